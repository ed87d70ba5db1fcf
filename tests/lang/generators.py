"""Generators: iteration, state, send, throw, close, return values, finally, attributes, re-entry."""
from _case import error


def count(n):
    for i in range(n):
        yield i


assert list(count(4)) == [0, 1, 2, 3] and sum(count(101)) == 5050
assert [x * y for x in count(3) for y in count(2)] == [0, 0, 0, 1, 0, 2]


def echo():
    got = []
    while True:
        x = yield got[-1:] or None
        if x is None:
            return got
        got.append(x)


g = echo()
assert next(g) is None and g.send(1) == [1] and g.send(2) == [2]
try:
    next(g)
except StopIteration as s:
    assert s.value == [1, 2]
assert error(next, g) == "StopIteration: " and list(g) == []
assert error(echo().send, 5) == "TypeError: can't send non-None value to a just-started generator"


def catcher():
    while True:
        try:
            yield "ready"
        except ValueError as e:
            yield "caught " + str(e)


g = catcher()
next(g)
assert g.throw(ValueError("x")) == "caught x" and next(g) == "ready"
assert error(g.throw, KeyError("k")) == "KeyError: 'k'" and error(next, g) == "StopIteration: "
g = catcher()
assert error(g.throw, ValueError("early")) == "ValueError: early"
log = []


def cleanup():
    try:
        yield 1
        yield 2
    finally:
        log.append("cleaned")


g = cleanup()
next(g)
g.close()
g.close()
assert log == ["cleaned"] and error(next, g) == "StopIteration: "
g = cleanup()
g.close()
assert log == ["cleaned"]


def stubborn():
    try:
        yield 1
    except GeneratorExit:
        yield 2


g = stubborn()
next(g)
assert error(g.close) == "RuntimeError: generator ignored GeneratorExit"


def stops():
    yield 1
    raise StopIteration("inner")


g = stops()
next(g)
try:
    next(g)
except RuntimeError as e:
    assert str(e) == "generator raised StopIteration" and type(e.__cause__) is StopIteration


def reenter():
    yield next(me)


me = reenter()
assert error(next, me) == "ValueError: generator already executing"
g = count(2)
assert g.gi_running is False and g.gi_frame is not None and g.gi_code is count.__code__
assert g.gi_yieldfrom is None
assert g.__name__ == "count" and iter(g) is g and repr(g).startswith("<generator object count at 0x")
list(g)
assert g.gi_frame is None


def fib():
    a, b = 0, 1
    while True:
        yield a
        a, b = b, a + b


def take(n, it):
    return [x for _, x in zip(range(n), it)]


assert take(10, fib()) == [0, 1, 1, 2, 3, 5, 8, 13, 21, 34]


def args(a, *b, c=1, **d):
    yield a, b, c, d


assert next(args(1, 2, c=3, e=4)) == (1, (2,), 3, {"e": 4})
assert error(args) == "TypeError: args() missing 1 required positional argument: 'a'"


def empty():
    return
    yield


assert list(empty()) == []


def yield_expr():
    x = (yield 1) or 10
    y = yield
    z = [(yield 2), (yield 3)]
    return x, y, z


g = yield_expr()
assert next(g) == 1 and g.send(None) is None and g.send("y") == 2 and g.send("a") == 3
try:
    g.send("b")
except StopIteration as s:
    assert s.value == (10, "y", ["a", "b"])


def loop_finally():
    for i in range(3):
        try:
            yield i
        finally:
            log.append(i)


log.clear()
for v in loop_finally():
    if v == 1:
        break
assert log[:1] == [0]


def recursive(tree):
    if isinstance(tree, list):
        for t in tree:
            for x in recursive(t):
                yield x
    else:
        yield tree


assert list(recursive([1, [2, [3, 4], 5], [[6]]])) == [1, 2, 3, 4, 5, 6]
a, b, *c = count(5)
assert (a, b, c) == (0, 1, [2, 3, 4]) and max(count(5)) == 4 and tuple(count(2)) == (0, 1)
assert set(count(2)) == {0, 1}
assert "".join(str(i) for i in count(3)) == "012" and dict((i, i) for i in count(2)) == {0: 0, 1: 1}
gens = [count(i) for i in range(50)]
assert sum(next(g, 0) for g in gens) == 0 and [next(g, None) for g in gens][:4] == [None, None, 1, 1]
