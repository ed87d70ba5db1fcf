"""A variable keeps its object until it is rebound, deleted or the function returns, although nothing reads
it any more.
"""
import gc
import weakref


class G:
    pass


def local():
    x = G()
    w = weakref.ref(x)
    gc.collect()
    return w() is not None


def parameter(x, w):
    gc.collect()
    return w() is not None


def only_parameter():
    x = [G()]
    w = weakref.ref(x[0])
    return parameter(x.pop(), w)


def cell():
    x = G()
    w = weakref.ref(x)

    def inner():
        return x

    del inner
    gc.collect()
    return w() is not None


def rest(*args, **kwargs):
    gc.collect()
    return all(w() is not None for w in refs)


def generator():
    x = G()
    w = weakref.ref(x)
    yield w
    gc.collect()
    yield w


def in_generator():
    g = generator()
    w = next(g)
    gc.collect()
    first = w() is not None
    next(g)
    return first and w() is not None


def in_loop():
    for x in [G()]:
        w = weakref.ref(x)
    gc.collect()
    return w() is not None


def caller():
    x = G()
    w = weakref.ref(x)

    def deeper(n):
        if n:
            return deeper(n - 1)
        gc.collect()
        return w() is not None

    return deeper(50)


def rebound():
    x = G()
    w = weakref.ref(x)
    x = 1
    gc.collect()
    return w() is None


def raised():
    def f():
        x = G()
        refs.append(weakref.ref(x))
        1 / 0

    del refs[:]
    try:
        f()
    except ZeroDivisionError as e:
        gc.collect()
        held = refs[0]() is not None  # by the traceback's frame
    gc.collect()
    return held and refs[0]() is None


refs = []
for f in (local, only_parameter, cell, in_generator, in_loop, caller, rebound, raised):
    assert f(), f.__name__

objects = [G(), G()]
refs = [weakref.ref(o) for o in objects]
assert rest(objects.pop(), x=objects.pop())
