# modes: reference cold warm stress -- other builds keep stale words on the C stack
"""A temporary keeps nothing: after gc.collect() a weak reference to what no variable holds is dead,
wherever the object was used.
"""
import gc
import threading
import weakref


class G:
    def m(self):
        pass


W = []
cases = []


def case(f):
    cases.append(f)
    return f


def mk():
    g = G()
    W.append(weakref.ref(g))
    return g


def check():
    gc.collect()
    alive = [i for i, w in enumerate(W) if w() is not None]
    W.clear()
    return alive or "all dead"


@case
def simple():
    mk()
    return check()


@case
def loop():
    for i in range(5):
        mk()
    return check()


@case
def method():
    mk().m()
    return check()


@case
def arg():

    def f(x):
        return 1
    f(mk())
    return check()


@case
def setnone():
    x = mk()
    x = None
    return check()


@case
def dele():
    x = mk()
    del x
    return check()


@case
def exc():
    try:
        raise ValueError(mk())
    except ValueError:
        pass
    return check()


@case
def exc2():

    def f():
        a = mk()
        raise ValueError
    try:
        f()
    except ValueError as e:
        pass
    return check()


@case
def comp():
    [mk() for i in range(3)]
    return check()


@case
def comp2():
    l = [mk() for i in range(3)]
    n = [x for x in l]
    del l, n
    return check()


@case
def comp3():
    l = [mk() for i in range(3)]
    n = {id(x): x for x in l}
    del l, n
    return check()


@case
def genexp():
    l = [mk() for i in range(3)]
    s = list((x for x in l))
    del l, s
    return check()


@case
def gen():

    def g():
        x = mk()
        yield 1
        yield x
    for v in g():
        pass
    del v
    return check()


@case
def gen2():

    def g():
        mk()
        yield check()
    return next(g())


@case
def gen3():

    def g():
        yield mk()
        yield 2
    it = g()
    next(it)
    return check()


@case
def with_():

    class C:

        def __enter__(s):
            return mk()

        def __exit__(s, *a):
            W.append(weakref.ref(s))
    with C():
        pass
    return check()


@case
def nested():

    def f():
        mk()
        return check()
    return f()


@case
def nested2():

    def f(a):
        return check()

    def g():
        return mk()
    g()
    return f(1)


@case
def args():

    def f(*a, **k):
        pass
    f(mk(), x=mk())
    f(*[mk()], **{'a': mk()})
    return check()


@case
def init():

    class C:

        def __init__(s, x):
            W.append(weakref.ref(s))
    C(mk())
    return check()


@case
def operators():

    class C(G):

        def __add__(s, o):
            return mk()

        def __eq__(s, o):
            return False

        def __getitem__(s, k):
            return mk()

    def mc():
        c = C()
        W.append(weakref.ref(c))
        return c
    mc() + mc()
    mc() == mc()
    mc()[mc()]
    mc() in [mc()]
    return check()


@case
def attr():

    class C(G):
        pass
    c = C()
    W.append(weakref.ref(c))
    c.x = mk()
    c.x
    c.x.m()
    c = None
    return check()


@case
def unpack():
    a, b = (mk(), mk())
    a = b = 0
    a, b = (mk(), mk())
    del a, b
    return check()


@case
def unpackloop():
    for a, b in [(mk(), mk()) for i in range(3)]:
        pass
    del a, b
    return check()


@case
def bound():
    f = mk().m
    f()
    del f
    return check()


@case
def thread():
    r = []

    def f():
        mk()
        r.append(check())
    th = threading.Thread(target=f)
    th.start()
    th.join()
    return r[0]


@case
def thread2():
    # What the C code of a waiting thread left on its stack is looked at word by word, and may keep one by
    # chance, but not each time.
    for attempt in range(8):
        W.clear()
        found = beside_waiting_thread()
        if found == "all dead":
            break
    return found


def beside_waiting_thread():
    ev = threading.Event()
    go = threading.Event()

    def f():
        mk()
        go.set()
        ev.wait()
    th = threading.Thread(target=f)
    th.start()
    go.wait()
    x = check()
    ev.set()
    th.join()
    return x


@case
def listpop():
    l = [mk()]
    l.pop()
    return check()


@case
def dictpop():
    d = {1: mk()}
    d.pop(1)
    return check()


@case
def sortkey():
    sorted([mk(), mk()], key=id)
    return check()


@case
def mapf():
    list(map(lambda x: x, [mk()]))
    return check()


@case
def fstr():
    f'{mk()} {mk()!r}'
    return check()


@case
def cond():
    if mk() and mk():
        pass
    while mk():
        break
    return check()


@case
def lam():
    (lambda x: x)(mk())
    return check()


@case
def clos():

    def f():
        x = mk()
        return lambda: x
    f()()
    return check()


@case
def retval():

    def f():
        return mk()
    x = f()
    x = f()
    del x
    return check()


@case
def excchain():
    try:
        try:
            raise ValueError(mk())
        finally:
            mk()
    except ValueError as e:
        e.x = mk()
    return check()


@case
def excctx():
    try:
        try:
            raise ValueError(mk())
        except ValueError:
            raise KeyError(mk())
    except KeyError:
        pass
    return check()


@case
def setattrs():

    class C:
        pass
    c = C()
    c.x = mk()
    c.x = 1
    return check()


@case
def glob():
    global GG
    GG = mk()
    GG = None
    return check()


@case
def isinst():
    isinstance(mk(), G)
    getattr(mk(), 'm')
    hash(mk())
    repr(mk())
    len([mk()])
    return check()


@case
def sendg():

    def g():
        while 1:
            x = (yield)
            x = None
    it = g()
    next(it)
    it.send(mk())
    return check()


@case
def stopv():

    def g():
        return mk()
        yield

    def h():
        yield from g()
    list(h())
    return check()


@case
def prop():

    class C(G):

        @property
        def p(s):
            return mk()
    for i in range(3):
        C().p
    return check()


@case
def coro():

    async def f():
        mk()
        return mk()

    async def g():
        await f()
        return check()
    try:
        g().send(None)
    except StopIteration as e:
        return e.value


@case
def match_():
    match [mk(), mk()]:
        case [a, b]:
            pass
    del a, b
    return check()


@case
def cls():

    class X:
        a = mk()
    del X
    return check()


wrong = []
for f in cases:
    W.clear()
    found = f()
    if found != "all dead":
        wrong.append((f.__name__, found))
assert not wrong, wrong

W.clear()
mk()
assert check() == "all dead"
for i in range(3):
    mk()
assert check() == "all dead"
mk().m()
[mk() for i in range(2)]
assert check() == "all dead"
