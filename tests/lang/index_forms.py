# modes: reference cold warm miss eager switch asan
"""Every form of a subscription (register, literal, slices of two and three parts, store, delete,
augmented) over edge keys and containers.
"""
import array
import operator

from _forms import Digest, I, made, outcome

EXPECTED = {
    'load': '8138ffa89123a07d',
    'store': 'a95a8ef1f961621b',
    'delete': '7dd98c5d0de0680b',
    'slice': 'e387cb7799493b27',
    'store slice': 'cfa92248246667f1',
    'step': '2e41c0fab9f9f2a6',
    'delete slice': 'e211d8e14184fe66',
}


class Key:
    def __init__(self, n): self.n = n
    def __index__(self): return self.n
    def __repr__(self): return f"Key({self.n})"


class L(list):
    pass


class T(tuple):
    pass


class D(dict):
    def __missing__(self, key): return "missing", key


class Own(list):
    def __getitem__(self, key): return "got", key
    def __setitem__(self, key, v): list.append(self, ("set", key, v))
    def __delitem__(self, key): list.append(self, ("del", key))


def containers():
    return [[], [1, 2, 3, 4, 5], list(range(300)), (), (1, 2, 3), tuple(range(40)), "", "abcde",
            "a\u0100\U00010000z", b"", b"abc", bytearray(b"abcd"), L([1, 2]),
            T((1, 2)), {}, {0: "zero", 1: "one", "a": 2, 2**61: 3, None: 4, 1.5: 5}, D({1: 2}),
            Own([1]), range(5), range(0, -50, -7), array.array("d", [1.5, 2.5]),
            memoryview(bytearray(b"mem")), None, 5, object]


KEYS = [0, 1, -1, 2, 4, 5, -5, -6, 299, 32767, -32768, 32768, 2**31, -2**31, 2**61 - 1, 2**61, -2**61,
        2**63 - 1, 2**63, -2**63, 2**64, 2**100, True, False,
        I(1), I(-1), Key(1), Key(-2), Key(2**64), 1.0, 1.5, "a", None, (1,), [], slice(1, 3)]
BOUNDS = [None, 0, 1, -1, 3, -4, 100, 2**61, -2**64, True, Key(1), I(2), "a"]
STEPS = [None, 1, 2, -1, -2, 0, 2**63, -2**64, Key(-1), "a"]


def state(c):
    if isinstance(c, (memoryview, array.array)):
        return f"{type(c).__name__} {c.tolist()!r}"
    return repr(c)


def show(c, function, *arguments):
    """The outcome and what the container is afterwards; both without addresses."""
    def call():
        got = function(c, *arguments)
        return got.tolist() if isinstance(got, memoryview) else got
    return outcome(call), state(c)


digest = Digest(EXPECTED)
load = made("def f(c, k): return c[k]")
store = made("def f(c, k, v): c[k] = v")
delete = made("def f(c, k): del c[k]")
augmented = made("def f(c, k): c[k] += c[k]; return c[k]")
literal = {k: made(f"def f(c): return c[{k!r}]") for k in KEYS if type(k) is int}
literal_store = {k: made(f"def f(c, v): c[{k!r}] = v") for k in KEYS if type(k) is int}
literal_delete = {k: made(f"def f(c): del c[{k!r}]") for k in KEYS if type(k) is int}


def generic_augmented(c, k):
    operator.setitem(c, k, operator.iadd(operator.getitem(c, k), operator.getitem(c, k)))
    return operator.getitem(c, k)


for i in range(len(containers())):
    for k in KEYS:
        fresh = lambda: containers()[i]
        title = type(fresh()).__name__
        wanted = show(fresh(), operator.getitem, k)
        assert show(fresh(), load, k) == wanted, (title, k, show(fresh(), load, k), wanted)
        digest.add("load", f"{title} {k!r} {wanted}")
        wanted_store = show(fresh(), operator.setitem, k, 65)
        assert show(fresh(), store, k, 65) == wanted_store, (title, k)
        if title != "memoryview":
            digest.add("store", f"{title} {k!r} {wanted_store}")
        wanted_delete = show(fresh(), operator.delitem, k)
        assert show(fresh(), delete, k) == wanted_delete, (title, k)
        digest.add("delete", f"{title} {k!r} {wanted_delete}")
        assert show(fresh(), augmented, k) == show(fresh(), generic_augmented, k), (title, k)
        if type(k) is int:
            assert show(fresh(), literal[k]) == wanted, (title, "literal", k, show(fresh(), literal[k]),
                    wanted)
            assert show(fresh(), literal_store[k], 65) == wanted_store, (title, "literal", k)
            assert show(fresh(), literal_delete[k]) == wanted_delete, (title, "literal", k)

load2, load3 = made("def f(c, a, b): return c[a:b]"), made("def f(c, a, b, s): return c[a:b:s]")
load_to, load_from, load_all = made(
    "def f(c, b): return c[:b]"), made("def f(c, a): return c[a:]"), made("def f(c): return c[:]")
store2, store3 = made("def f(c, a, b, v): c[a:b] = v"), made("def f(c, a, b, s, v): c[a:b:s] = v")
delete2, delete3 = made("def f(c, a, b): del c[a:b]"), made("def f(c, a, b, s): del c[a:b:s]")
augmented2 = made("def f(c, a, b): c[a:b] += c[a:b]; return c[a:b]")
into_temporary = made("def f(c, a, b, s): return [c[a:b:s], c[a:b:s]]")
for i in range(len(containers())):
    fresh = lambda: containers()[i]
    title = type(fresh()).__name__
    for a in BOUNDS:
        assert show(fresh(), load_to, a)[0] == show(fresh(), lambda c, k: operator.getitem(c, k),
                                                    slice(None, a))[0], (title, a)
        assert show(fresh(), load_from, a)[0] == show(fresh(), lambda c, k: operator.getitem(c, k),
                                                      slice(a, None))[0], (title, a)
        for b in BOUNDS:
            wanted = show(fresh(), lambda c, a, b: operator.getitem(c, slice(a, b)), a, b)
            assert show(fresh(), load2, a, b) == wanted, (title, a, b, show(fresh(), load2, a, b), wanted)
            digest.add("slice", f"{title} {a!r} {b!r} {wanted}")
            v = fresh() if title in ("list", "bytearray") else [65, 66]
            wanted = show(fresh(), lambda c, a, b: operator.setitem(c, slice(a, b), v), a, b)
            assert show(fresh(), lambda c, a, b: store2(c, a, b, v), a, b) == wanted, (title, a, b)
            if title not in ("memoryview", "array"):
                digest.add("store slice", f"{title} {a!r} {b!r} {wanted}")
            wanted = show(fresh(), lambda c, a, b: operator.delitem(c, slice(a, b)), a, b)
            assert show(fresh(), delete2, a, b) == wanted, (title, a, b)
            if title != "memoryview":
                wanted = show(fresh(), generic_augmented, slice(a, b))
                assert show(fresh(), augmented2, a, b) == wanted, (title, a, b)
    for a in BOUNDS[::2]:
        for b in BOUNDS[1::2]:
            for s in STEPS:
                wanted = show(fresh(), lambda c, a, b, s: operator.getitem(c, slice(a, b, s)), a, b, s)
                assert show(fresh(), load3, a, b, s) == wanted, (title, a, b, s)
                digest.add("step", f"{title} {a!r} {b!r} {s!r} {wanted}")
                if title != "memoryview":
                    assert outcome(into_temporary, fresh(), a, b,
                                   s) == outcome(lambda: [operator.getitem(fresh(),
                                           slice(a, b, s))] * 2), (title, a, b, s)
                for v in ([65], [1, 2], (), 5):
                    wanted = show(fresh(), lambda c, a, b, s: operator.setitem(c, slice(a, b, s), v), a, b, s)
                    assert show(fresh(), lambda c, a, b, s: store3(c, a, b, s, v), a, b,
                                s) == wanted, (title, a, b, s, v)
                wanted = show(fresh(), lambda c, a, b, s: operator.delitem(c, slice(a, b, s)), a, b, s)
                assert show(fresh(), delete3, a, b, s) == wanted, (title, a, b, s)
                digest.add("delete slice", f"{title} {a!r} {b!r} {s!r} {wanted}")
digest.check()
