"""sys.settrace and sys.setprofile: what a tracer sees. Not under Krait yet."""
# modes: reference
import sys

calls = []


def tracer(frame, event, arg):
    calls.append((event, frame.f_code.co_name))
    return tracer


def traced():
    x = 1
    return x


sys.settrace(tracer)
traced()
sys.settrace(None)
assert calls[:4] == [("call", "traced"), ("line", "traced"), ("line", "traced"), ("return", "traced")]
assert sys.gettrace() is None
prof = []
sys.setprofile(lambda f, e, a: prof.append(e))
traced()
len("")
sys.setprofile(None)
assert prof[:4] == ["call", "return", "c_call", "c_return"]
