# stress: 3
"""Every attribute of the frame of a generator, coroutine or async generator, in every state it can be in."""
import inspect
import sys
import threading
import traceback
import types
import warnings

from _case import outcome

warnings.simplefilter("ignore", RuntimeWarning)


def gen(a, b=2):
    c = a
    try:
        x = yield a
        d = 3
        yield b
    finally:
        e = 1


async def coro(a, b=2):
    c = a
    try:
        x = await step(a)
        d = 3
        await step(b)
    finally:
        e = 1


async def agen(a, b=2):
    c = a
    try:
        x = yield a
        d = 3
        yield b
    finally:
        e = 1


@types.coroutine
def step(value):
    yield value


PREFIX = {gen: "gi", coro: "cr", agen: "ag"}
KINDS = list(PREFIX)


def frame_of(make, made):
    return getattr(made, PREFIX[make] + "_frame")


def advance(made):
    if not hasattr(made, "asend"):
        return made.send(None)
    try:
        made.asend(None).send(None)
    except StopIteration as stop:
        return stop.value


def close(made):
    if not hasattr(made, "aclose"):
        return made.close()
    try:
        made.aclose().send(None)
    except StopIteration:
        pass


# what is seen after that many steps: line (from the def line) and local variables
STEPS = [(0, {"a": 1, "b": 2}), (3, {"a": 1, "b": 2, "c": 1}),
         (5, {"a": 1, "b": 2, "c": 1, "x": None, "d": 3})]


def check_frame(frame, code, line, variables):
    where = code.co_firstlineno + line
    assert frame.f_lineno == where, (code.co_name, frame.f_lineno - code.co_firstlineno, line)
    assert frame.f_locals == variables, (code.co_name, line, frame.f_locals)
    assert frame.f_code is code and frame.f_globals is globals() and isinstance(frame.f_builtins, dict)
    assert frame.f_back is None
    assert isinstance(frame.f_lasti, int)
    assert (frame.f_trace, frame.f_trace_lines, frame.f_trace_opcodes) == (None, True, False)
    assert repr(frame).endswith(f"file {__file__!r}, line {where}, code {code.co_name}>"), repr(frame)
    assert [(s.lineno, s.name) for s in traceback.extract_stack(frame)] == [(where, code.co_name)]
    assert [line for _, line in traceback.walk_stack(frame)] == [where]
    assert traceback.StackSummary.extract(traceback.walk_stack(frame))[0].lineno == where
    assert inspect.getframeinfo(frame).lineno == where
    assert sys.getsizeof(frame) > 0 and "f_lineno" in dir(frame)


def made_at(make, steps, early):
    made = make(1)
    frame = frame_of(make, made) if early else None
    for _ in range(steps):
        advance(made)
    return made, frame or frame_of(make, made)


def test_suspended():
    for make in KINDS:
        for early in (False, True):
            for steps, (line, variables) in enumerate(STEPS):
                made, frame = made_at(make, steps, early)
                check_frame(frame, make.__code__, line, variables)
                assert frame_of(make, made) is frame
                close(made)


def test_states():
    wanted = ["CREATED", "SUSPENDED", "SUSPENDED"]
    for steps in range(3):
        made = made_at(gen, steps, True)[0]
        assert inspect.getgeneratorstate(made) == "GEN_" + wanted[steps]
        assert inspect.getgeneratorlocals(made) == STEPS[steps][1]
        made.close()
        assert (inspect.getgeneratorstate(made), inspect.getgeneratorlocals(made)) == ("GEN_CLOSED", {})
        made = made_at(coro, steps, True)[0]
        assert inspect.getcoroutinestate(made) == "CORO_" + wanted[steps]
        assert inspect.getcoroutinelocals(made) == STEPS[steps][1]
        made.close()
        assert (inspect.getcoroutinestate(made), inspect.getcoroutinelocals(made)) == ("CORO_CLOSED", {})


def ended(make, steps):
    """Line and variables after close(): of the finally clause."""
    line, variables = STEPS[steps]
    return (7, {**variables, "e": 1}) if steps else (line, variables)


def test_closed():
    for make in KINDS:
        for early in (False, True):
            for steps in range(3):
                made, frame = made_at(make, steps, early)
                close(made)
                assert frame_of(make, made) is None
                check_frame(frame, make.__code__, *ended(make, steps))


def test_finished():
    for make in KINDS:
        made, frame = made_at(make, 2, False)
        try:
            advance(made)
        except (StopIteration, StopAsyncIteration):
            pass
        assert frame_of(make, made) is None
        check_frame(frame, make.__code__, 7, {**STEPS[2][1], "e": 1})


def test_cleared():
    for make in KINDS:
        for steps in range(3):
            made, frame = made_at(make, steps, False)
            frame.clear()
            untouched = make is coro and steps == 0
            assert (frame_of(make, made) is frame) == untouched
            check_frame(frame, make.__code__, *ended(make, steps))
            close(made)


def test_assignments():
    for make in KINDS:
        for steps in range(3):
            made, frame = made_at(make, steps, True)
            assert outcome(setattr, frame, "f_lineno",
                           3) == "ValueError: can't jump from the 'call' trace event of a new frame"
            assert outcome(setattr, frame, "f_lineno", "x") == "ValueError: lineno must be an integer"
            assert outcome(delattr, frame, "f_lineno") == "AttributeError: cannot delete attribute"
            assert outcome(setattr, frame, "f_trace_lines",
                           1) == "TypeError: attribute value type must be bool"
            assert outcome(delattr, frame,
                           "f_trace_lines") == "TypeError: can't delete numeric/char attribute"
            for name in ("f_lasti", "f_locals", "f_back", "f_code", "f_globals", "f_builtins"):
                assert outcome(setattr, frame, name,
                               1) == f"AttributeError: attribute '{name}' of 'frame' objects is not writable"
            frame.f_trace = print
            assert frame.f_trace is print
            del frame.f_trace
            frame.f_trace = None
            check_frame(frame, make.__code__, *STEPS[steps])
            close(made)


def test_running():
    def look():
        frame = made.gi_frame
        assert frame is sys._getframe(1) and frame.f_lineno == frame.f_code.co_firstlineno + 1
        assert frame.f_back is sys._getframe(2)
        try:
            frame.clear()
        except RuntimeError as error:
            assert str(error) == "cannot clear an executing frame"
        else:
            raise AssertionError("cleared")

    def runs():
        look()
        yield

    made = runs()
    next(made)
    assert made.gi_frame.f_back is None
    made.close()


class Delegate:
    """What a generator delegates to, looking back at it."""
    def __init__(self):
        self.seen = []

    def __iter__(self):
        return self

    def __next__(self):
        return 1

    def look(self, name):
        frame = self.outer.gi_frame
        self.seen.append((name, frame.f_lineno - frame.f_code.co_firstlineno, frame.f_locals["b"],
                          self.outer.gi_running))
        assert self.outer.gi_yieldfrom is (None if name == "send" else self)
        assert "__class__" in dir(frame) and repr(frame)

    def send(self, value):
        self.look("send")

    def throw(self, *what):
        self.look("throw")

    def close(self):
        self.look("close")


def delegating(delegate):
    b = 1
    yield from delegate


def test_seen_by_the_delegate():
    for early in (False, True):
        delegate = Delegate()
        delegate.outer = outer = delegating(delegate)
        frame = outer.gi_frame if early else None
        next(outer)
        outer.send(2)
        outer.throw(ValueError)
        outer.close()
        assert delegate.seen == [(name, 2, 1, True) for name in ("send", "throw", "close")], delegate.seen
        if frame:
            assert frame.f_lineno == frame.f_code.co_firstlineno + 2


def test_running_in_another_thread():
    entered, go_on = threading.Event(), threading.Event()

    def waits(a):
        yield a
        entered.set()
        go_on.wait()
        yield

    def deep(depth):
        if depth:
            return deep(depth - 1)
        next(made)

    made = waits(7)
    next(made)
    thread = threading.Thread(target=deep, args=(5,))
    thread.start()
    entered.wait()
    frame = made.gi_frame
    first = frame.f_code.co_firstlineno
    assert frame.f_lineno in (first + 2, first + 3), frame.f_lineno - first
    assert frame.f_locals["a"] == 7
    names = [entry.name for entry in traceback.extract_stack(frame)]
    assert names[-7:] == ["deep"] * 6 + ["waits"], names
    frames = sys._current_frames()
    assert set(frames) == {threading.get_ident(), thread.ident}
    assert names[-2:] == [entry.name for entry in traceback.extract_stack(frames[thread.ident])
                          if entry.name in names][-2:]
    assert set(sys._current_exceptions()) == set(frames)
    go_on.set()
    thread.join()
    assert frame.f_lineno == first + 4 and frame.f_back is None


for name, test in sorted(globals().items()):
    if name.startswith("test_"):
        test()
