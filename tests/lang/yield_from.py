"""yield from: delegation of values, send, throw, close, return values, to generators and plain iterators."""
from _case import error

log = []


def inner():
    try:
        x = yield 1
        log.append(("sent", x))
        y = yield 2
        log.append(("sent", y))
    except ValueError as e:
        log.append("caught")
        yield "recovered"
    finally:
        log.append("finally")
    return "result"


def outer():
    r = yield from inner()
    log.append(r)
    yield 3


g = outer()
assert next(g) == 1 and g.send("a") == 2 and g.gi_yieldfrom is not None and g.send("b") == 3
assert log == [("sent", "a"), ("sent", "b"), "finally", "result"]
log.clear()
g = outer()
next(g)
assert g.throw(ValueError()) == "recovered" and log == ["caught"] and next(g) == 3
assert log == ["caught", "finally", "result"]
log.clear()
g = outer()
next(g)
g.close()
assert log == ["finally"]
log.clear()
g = outer()
next(g)
assert error(g.throw, KeyError("k")) == "KeyError: 'k'" and log == ["finally"]


def plain():
    r = yield from [1, 2]
    yield r
    yield from "ab"
    yield from range(2)
    return (yield from ())


assert list(plain()) == [1, 2, None, "a", "b", 0, 1]
g = plain()
next(g)
assert error(g.send, 5) == "AttributeError: 'list_iterator' object has no attribute 'send'"
g = plain()
next(g)
assert error(g.throw, OSError("t")) == "OSError: t"


class It:
    def __init__(self):
        self.log = []

    def __iter__(self):
        return self

    def __next__(self):
        self.log.append("next")
        return 0

    def send(self, x):
        self.log.append(("send", x))
        if x == "stop":
            raise StopIteration("value")
        return x

    def throw(self, *a):
        self.log.append("throw")
        return "thrown"

    def close(self):
        self.log.append("close")


def deleg(it):
    r = yield from it
    yield ("done", r)


it = It()
g = deleg(it)
assert next(g) == 0 and g.send(5) == 5 and g.throw(ValueError) == "thrown"
assert g.send("stop") == ("done", "value")
it = It()
g = deleg(it)
next(g)
g.close()
assert it.log == ["next", "close"]


def tree(n):
    if n:
        yield from tree(n - 1)
        yield n
        yield from tree(n - 1)


assert list(tree(4)) == [1, 2, 1, 3, 1, 2, 1, 4, 1, 2, 1, 3, 1, 2, 1]


def chain_depth(n):
    if n == 0:
        got = yield "bottom"
        return got
    return (yield from chain_depth(n - 1))


g = chain_depth(200)
assert next(g) == "bottom"
try:
    g.send("up")
except StopIteration as s:
    assert s.value == "up"
assert error(lambda: next(deleg(5))) == "TypeError: 'int' object is not iterable"


def already():
    yield from me


me = already()
assert error(next, me) == "ValueError: generator already executing"


def bad_close():
    class C(It):
        def close(self):
            raise KeyError("close failed")
    g = deleg(C())
    next(g)
    g.close()


assert error(bad_close) == "KeyError: 'close failed'"


def return_tuple():
    return (yield 1), 2


def use_tuple():
    x = yield from return_tuple()
    yield x


g = use_tuple()
next(g)
assert g.send("v") == ("v", 2)
