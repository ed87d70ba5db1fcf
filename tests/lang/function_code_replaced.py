"""A function gets another __code__ while it runs: what runs goes on with the code it has."""
import functools
import gc
import sys
import threading
import traceback


def other():
    return 5


def other_generator():
    yield 7


def function():
    function.__code__ = other.__code__
    try:
        1 / 0
    except ZeroDivisionError:
        return sys._getframe().f_lineno - sys._getframe().f_code.co_firstlineno


assert function() == 5  # the line within the function
assert function() == 5  # the other function's result


def generator():
    generator.__code__ = other_generator.__code__
    yield 1
    try:
        yield 1 / 0
    except ZeroDivisionError:
        yield "handled"


assert list(generator()) == [1, "handled"]
assert list(generator()) == [7]


def suspended():
    x = yield 1
    yield x


g = suspended()
next(g)
suspended.__code__ = other_generator.__code__
assert g.send(3) == 3 and next(g, "end") == "end"
assert list(suspended()) == [7]

# ---- while another thread runs it
def waits(inside, go):
    inside.set()
    go.wait()
    a, b, c, d, e, f, g, h = range(8)
    try:
        return [a, b, c, d, e, f, g, h][9]
    except IndexError:
        frame = sys._getframe()
        return frame.f_lineno - frame.f_code.co_firstlineno, frame.f_code.co_name, [a, b, c, d, e, f, g, h]


def in_thread():
    inside, go, results = threading.Event(), threading.Event(), []
    thread = threading.Thread(target=lambda: results.append(waits(inside, go)))
    thread.start()
    inside.wait()
    waits.__code__ = other.__code__
    names = [f.f_code.co_name for top in sys._current_frames().values() for f, _ in traceback.walk_stack(top)]
    assert "waits" in names, names
    gc.collect()
    go.set()
    thread.join()
    return results[0]


assert in_thread() == (8, "waits", list(range(8)))
assert waits() == 5


# ---- while its arguments are bound: what was called runs
class Name(str):
    __hash__ = str.__hash__

    def __eq__(self, other_name):
        bound.__code__, bound.__defaults__, bound.__kwdefaults__ = other.__code__, ("new",), {"k": "new k"}
        return str.__eq__(self, other_name)


def given():
    return {Name("first"): 1}


def fresh():
    def bound(first, second="old", *, k="old k"):
        x = y = z = first
        return x, y, z, second, k, sys._getframe().f_code.co_name
    return bound


def in_c(function):
    return list(map(lambda _: function(**given()), [0]))[0]


for call in (lambda function: function(**given()), in_c,
             lambda function: functools.partial(function, **given())()):
    for warm in (False, True):
        bound = fresh()
        if warm:
            bound(1), bound(first=2)
        result = call(bound)
        assert result[:3] == (1, 1, 1) and result[5] == "bound", result


# ---- recursion: the outer activations end as they began
def recursive(n):
    if n == 0:
        recursive.__code__ = other.__code__
        return [recursive()]
    return [n] + recursive(n - 1)


assert recursive(5) == [5, 4, 3, 2, 1, 5]
