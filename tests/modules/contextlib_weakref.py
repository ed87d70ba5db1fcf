"""contextlib, weakref, abc, types, operator."""
import abc, contextlib, gc, operator, types, weakref

from _case import error

log = []


@contextlib.contextmanager
def cm(x):
    log.append("in")
    try:
        yield x
    except KeyError:
        log.append("caught")
    finally:
        log.append("out")


with cm(5) as v:
    assert v == 5
with cm(1):
    raise KeyError
assert log == ["in", "out", "in", "caught", "out"]


@cm(2)
def decorated():
    return 9


assert decorated() == 9
with contextlib.suppress(ValueError, TypeError):
    raise TypeError
with contextlib.ExitStack() as st:
    st.callback(log.append, "cb")
    assert st.enter_context(cm(3)) == 3
assert log[-2:] == ["out", "cb"]
with contextlib.closing(types.SimpleNamespace(close=lambda: log.append("closed"))):
    pass
assert log[-1] == "closed"
import io
with contextlib.redirect_stdout(io.StringIO()) as out:
    print("captured")
assert out.getvalue() == "captured\n" and contextlib.nullcontext(4).__enter__() == 4


class W:
    pass


def weak_things():
    w = W()
    r = weakref.ref(w, lambda ref: log.append("dead"))
    d = weakref.WeakValueDictionary(k=w)
    ks = weakref.WeakKeyDictionary({w: 1})
    ws = weakref.WeakSet([w])
    f = weakref.finalize(w, log.append, "final")
    p = weakref.proxy(w)
    p.attr = 5
    assert r() is w and w.attr == 5 and len(d) == len(ks) == len(ws) == 1 and weakref.getweakrefcount(w) >= 2
    assert r == weakref.ref(w)
    return r, d, ks, ws, f, p


def scrub(n):
    """Overwrites what earlier calls left on the stacks."""
    a = b = c = d = e = g = None
    return scrub(n - 1) if n else [a, b, c, d, e, g]


r, d, ks, ws, f, p = weak_things()
scrub(50)
gc.collect()
assert error(weakref.ref, 5) == "TypeError: cannot create weak reference to 'int' object"


class A(abc.ABC):
    @abc.abstractmethod
    def m(self):
        pass

    @property
    @abc.abstractmethod
    def p(self):
        pass


class B(A):
    def m(self):
        return 1

    p = 2


assert error(A) == "TypeError: Can't instantiate abstract class A with abstract methods m, p"
assert B().m() == 1 and A.__abstractmethods__ == {"m", "p"}
A.register(int)
assert isinstance(5, A) and issubclass(int, A) and not isinstance("a", A)
import collections.abc as ca
assert isinstance([], ca.Sequence) and isinstance({}, ca.Mapping) and isinstance(iter([]), ca.Iterator)
assert isinstance((i for i in []), ca.Generator) and issubclass(set, ca.Set)
assert not isinstance(5, ca.Iterable) and isinstance(len, ca.Callable) and isinstance("", ca.Hashable)
assert not isinstance([], ca.Hashable) and isinstance(range(3), ca.Sequence)
n = types.SimpleNamespace(a=1, b=[2])
assert repr(n) == "namespace(a=1, b=[2])" and n == types.SimpleNamespace(b=[2], a=1)
assert isinstance(decorated, types.FunctionType) and isinstance(types.MappingProxyType({"a": 1})["a"], int)
assert types.new_class("N", (int,), {}, lambda ns: ns.update(q=1)).q == 1
assert types.MethodType(lambda s: s, 5)() == 5 and isinstance(None, types.NoneType)
assert operator.add(1, 2) == 3 and operator.itemgetter(1)([1, 2]) == 2
assert operator.itemgetter(0, "a")({0: 1, "a": 2}) == (1, 2)
assert operator.attrgetter("real", "imag")(1j) == (0.0, 1.0) and operator.methodcaller("upper")("a") == "A"
assert operator.contains([1], 1) and operator.index(5) == 5 and operator.concat([1], [2]) == [1, 2]
assert operator.attrgetter("a.b")(types.SimpleNamespace(a=types.SimpleNamespace(b=3))) == 3
assert operator.iadd([1], [2]) == [1, 2] and operator.truth([]) is False
assert operator.length_hint(iter([1])) == 1 and operator.countOf([1, 1], 1) == 2
assert operator.not_(1) is False and operator.call(len, "ab") == 2
