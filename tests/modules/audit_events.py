"""What is told to audit hooks, with which arguments; a hook refuses by raising, and tracers do not see it."""
import gc
import marshal
import mmap
import sys
import syslog
import tempfile

from _case import error

seen = []
refused = set()
is_on = False


def hook(event, arguments):
    if not is_on:
        return
    if event in refused:
        raise PermissionError(event)
    seen.append((event, arguments))


sys.addaudithook(hook)


def events(function, *arguments):
    global is_on
    seen.clear()
    is_on = True
    try:
        function(*arguments)
    finally:
        is_on = False
    return [event for event in seen if event[0] != "import"]


code = compile("1", "name", "eval")
assert events(compile, "1", "name", "eval") == [("compile", (b"1", "name"))]
assert events(eval, code) == events(exec, code) == [("exec", (code,))]
(first, (source, name)), (second, (made,)) = events(eval, "7")
assert (first, source, name, second) == ("compile", b"7", "<string>", "exec") and eval(made) == 7

with tempfile.NamedTemporaryFile() as file:
    (event, (name, mode, flags)), = events(lambda: open(file.name, "rb").close())
    assert (event, name, mode) == ("open", file.name, "r") and isinstance(flags, int)
    refused.add("open")
    assert error(events, open, file.name, "w") == "PermissionError: open"
    assert error(events, open, 3, "wb") == "PermissionError: open"
    refused.clear()

assert events(marshal.dumps, 5) == [("marshal.dumps", (5, marshal.version))]
assert events(marshal.loads, bytearray(b"N")) == [("marshal.loads", (b"N",))]
thing = []
assert events(gc.get_objects) == [("gc.get_objects", (-1,))]
assert events(gc.get_referents, thing, 5) == [("gc.get_referents", ((thing, 5),))]
assert events(gc.get_referrers, thing) == [("gc.get_referrers", ((thing,),))]
assert events(mmap.mmap, -1, 8) == [("mmap.__new__", (-1, 8, 0, 0))]
assert events(id, thing) == [("builtins.id", (id(thing),))]
assert events(sys._current_frames) == [("sys._current_frames", ())]
assert events(sys.settrace, None) == [("sys.settrace", ())]
assert events(sys.setprofile, None) == [("sys.setprofile", ())]
assert events(syslog.openlog, "krait") == [("syslog.openlog", ("krait", 0, syslog.LOG_USER))]
assert events(syslog.setlogmask, 255) == [("syslog.setlogmask", (255,))]
assert events(syslog.closelog) == [("syslog.closelog", ())]

# tracers see only the hooks that let them
traced = []


class Hook:
    def __call__(self, event, arguments):
        pass


hooks = Hook(), Hook()
hooks[1].__cantrace__ = True
for one in hooks:
    sys.addaudithook(one)


def trace(frame, event, argument):
    if event == "call" and frame.f_code is Hook.__call__.__code__:
        traced.append(frame.f_locals["self"])


sys.settrace(trace)
sys.audit("krait.test")
sys.settrace(None)
assert traced and set(traced) == {hooks[1]}, traced
assert not any(hook in held for held in gc.get_objects() if isinstance(held, list))
