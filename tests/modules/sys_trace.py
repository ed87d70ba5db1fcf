"""sys.settrace and sys.setprofile: which events a tracer sees, in which order, with which lines."""
import sys
import threading

events = []


def tracer(frame, event, arg):
    if frame.f_code.co_filename != __file__:
        return None
    line = frame.f_lineno - frame.f_code.co_firstlineno
    events.append((event, frame.f_code.co_name, line, arg[0] if event == "exception" else arg))
    return tracer


def trace(function, *args):
    events.clear()
    sys.settrace(tracer)
    try:
        return function(*args)
    finally:
        sys.settrace(None)


def lines(name):
    return [line for event, code, line, arg in events if code == name and event == "line"]


# ---- a function: call, lines, return
def plain(n):
    x = n
    if x > 1:
        pass
    else:
        x = 0
    return x


assert trace(plain, 2) == 2
assert events == [
    ("call", "plain", 0, None),
    ("line", "plain", 1, None),
    ("line", "plain", 2, None),
    ("line", "plain", 3, None),
    ("line", "plain", 6, None),
    ("return", "plain", 6, 2)], events
assert sys.gettrace() is None


# ---- loops, break, try, finally: lines without work count too
def loops():
    for i in range(2):
        try:
            if i:
                break
        finally:
            i = 5
    while True:
        break


trace(loops)
assert lines("loops") == [1, 2, 3, 6, 1, 2, 3, 4, 6, 7, 8], lines("loops")


# ---- exceptions: told in every frame they pass, return follows with None
def inner():
    raise KeyError(1)


def outer():
    try:
        inner()
    except KeyError:
        return "caught"


assert trace(outer) == "caught"
assert [e[:2] for e in events if e[0] in ("exception", "return")] == [
    ("exception", "inner"), ("return", "inner"), ("exception", "outer"), ("return", "outer")], events
assert [e[3] for e in events if e[0] == "return"] == [None, "caught"]


# ---- generators: a call for each resumption, a return for each yield
def numbers():
    yield 1
    yield 2


def consume():
    return list(numbers())


assert trace(consume) == [1, 2]
assert [(e[0], e[2]) for e in events if e[1] == "numbers"] == [
    ("call", 0),
    ("line", 1),
    ("return", 1),
    ("call", 1),
    ("line", 2),
    ("return", 2),
    ("call", 2),
    ("return", 2)], events


# ---- a local trace function of None: no lines of that frame, but calls below it
def only_calls(frame, event, arg):
    events.append((event, frame.f_code.co_name))


events.clear()
sys.settrace(only_calls)
outer()
sys.settrace(None)
assert events == [("call", "outer"), ("call", "inner")], events


# ---- f_trace set by hand: a frame that runs already
def by_hand():
    frame = sys._getframe()
    frame.f_trace = tracer
    sys.settrace(tracer)
    x = 1
    y = 2
    sys.settrace(None)


events.clear()
by_hand()
assert lines("by_hand") == [4, 5, 6], events


# ---- opcode events, and no line events
def with_opcodes(frame, event, arg):
    frame.f_trace_opcodes = True
    frame.f_trace_lines = False
    events.append(event)
    return with_opcodes


events.clear()
sys.settrace(with_opcodes)
plain(3)
sys.settrace(None)
assert "opcode" in events and "line" not in events, events


# ---- a tracer that raises: the exception is the program's, tracing is off
def raising(frame, event, arg):
    if event == "line":
        raise ZeroDivisionError("from the tracer")
    return raising


try:
    sys.settrace(raising)
    plain(1)
except ZeroDivisionError as e:
    assert str(e) == "from the tracer"
else:
    raise AssertionError("nothing was raised")
assert sys.gettrace() is None


# ---- f_locals written by a tracer, f_lineno assigned
def change(frame, event, arg):
    if event == "line" and frame.f_lineno - frame.f_code.co_firstlineno == 2:
        frame.f_locals["x"] = 1
    return change


sys.settrace(change)
result = plain(2)
sys.settrace(None)
assert result == 0, result


def jumped(out):
    out.append(1)
    out.append(2)
    out.append(3)


def jump(frame, event, arg):
    if frame.f_code is jumped.__code__ and event == "line" and frame.f_lineno == (
            jumped.__code__.co_firstlineno + 2):
        frame.f_lineno += 1
    return jump


out = []
sys.settrace(jump)
jumped(out)
sys.settrace(None)
assert out == [1, 3], out


def jump_badly(frame, event, arg):
    if frame.f_code is loops.__code__ and event == "line":
        sys.settrace(None)
        try:
            frame.f_lineno = frame.f_code.co_firstlineno - 5
        except ValueError as e:
            out.append(str(e))
        try:
            frame.f_lineno = "three"
        except ValueError as e:
            out.append(str(e))
        return None
    return jump_badly


out = []
sys.settrace(jump_badly)
loops()
sys.settrace(None)
assert out == [
    f"line {loops.__code__.co_firstlineno - 5} comes before the current code block",
    "lineno must be an integer"], out


# ---- profile functions: calls and returns, of native functions too
prof = []
sys.setprofile(lambda f, e, a: prof.append((e, getattr(a, "__name__", a))))
plain(2)
len("")
try:
    int("x")
    [].pop()
except (IndexError, ValueError):
    pass
try:
    [].pop()
except IndexError:
    pass
sys.setprofile(None)
assert prof == [
    ("call", None),
    ("return", 2),
    ("c_call", "len"),
    ("c_return", "len"),
    ("c_call", "pop"),
    ("c_exception", "pop"),
    ("c_call", "setprofile")], prof
assert sys.getprofile() is None

# ---- threads: each has its own
seen = []
threading.settrace(lambda frame, event, arg: seen.append(frame.f_code.co_name))
thread = threading.Thread(target=plain, args=(1,))
thread.start()
thread.join()
threading.settrace(None)
assert "plain" in seen, seen
seen.clear()
sys.settrace(
    lambda frame, event, arg: seen.append(frame.f_code.co_name) if frame.f_code is plain.__code__ else None)
thread = threading.Thread(target=plain, args=(1,))
thread.start()
thread.join()
sys.settrace(None)
assert not seen, seen


# ---- running code is watched and unwatched again, generators too
def switching():
    g = numbers()
    next(g)
    sys.settrace(tracer)
    next(g)
    sys.settrace(None)
    return next(g, "end")


events.clear()
assert switching() == "end"
assert [(e[0], e[2]) for e in events if e[1] == "numbers"] == [
    ("call", 1), ("line", 2), ("return", 2)], events
