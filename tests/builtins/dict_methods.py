"""dict: every method, order, views, merging, deletion, comparison, keys that are equal, subclassing,
errors.
"""
from _case import error

d = {"a": 1, "b": 2}
assert d["a"] == 1 and d.get("z") is None and d.get("z", 5) == 5 and "a" in d and "z" not in d and len(d) == 2
d["c"] = 3
d["a"] = 10
assert list(d) == ["a", "b", "c"] and list(d.items()) == [("a", 10), ("b", 2), ("c", 3)]
assert list(d.values()) == [10, 2, 3]
del d["a"]
d["a"] = 1
assert list(d) == ["b", "c", "a"] and list(reversed(d)) == ["a", "c", "b"]
assert d.pop("b") == 2 and d.pop("zz", None) is None and error(d.pop, "zz") == "KeyError: 'zz'"
assert d.popitem() == ("a", 1) and d.popitem() == ("c", 3)
assert error(d.popitem) == "KeyError: 'popitem(): dictionary is empty'"
assert d.setdefault("x", []) == [] and d.setdefault("x", 5) == [] and d.setdefault("n") is None
assert d == {"x": [], "n": None}
d.clear()
assert d == {} and not d
d.update({"a": 1}, b=2)
d.update([("c", 3), ["d", 4]])
d.update("xy" for _ in range(1))
assert d == {"a": 1, "b": 2, "c": 3, "d": 4, "x": "y"}
assert error(d.update, [1]) == "TypeError: cannot convert dictionary update sequence element #0 to a sequence"
assert error(d.update, [(1, 2, 3)]) == (
    "ValueError: dictionary update sequence element #0 has length 3; 2 is required")
assert error(d.update, 5) == "TypeError: 'int' object is not iterable"
assert dict() == {} and dict(a=1) == {"a": 1} and dict([("a", 1)], b=2) == {"a": 1, "b": 2}
assert dict({"a": 1}, a=2) == {"a": 2} and dict(zip("ab", (1, 2))) == {"a": 1, "b": 2}
assert dict.fromkeys("ab") == {"a": None, "b": None} and dict.fromkeys([1, 2], 0) == {1: 0, 2: 0}
assert error(dict, 5) == "TypeError: 'int' object is not iterable"
assert error(dict, 1, 2) == "TypeError: dict expected at most 1 argument, got 2"
assert error(lambda: {}["k"]) == "KeyError: 'k'" and error(lambda: {}[(1, 2)]) == "KeyError: (1, 2)"
assert error(lambda: {}[[]]) == "TypeError: unhashable type: 'list'"
assert error({}.get, []) == "TypeError: unhashable type: 'list'"
assert {"a": 1} | {"b": 2} == {"a": 1, "b": 2} and {"a": 1} | {"a": 2} == {"a": 2}
assert error(lambda: {} | []) == "TypeError: unsupported operand type(s) for |: 'dict' and 'list'"
e = {"a": 1}
f = e
e |= {"b": 2}
e |= [("c", 3)]
assert f is e and e == {"a": 1, "b": 2, "c": 3}
assert {1: "a", 1.0: "b", True: "c"} == {1: "c"} and list({1: "a", True: "c"}) == [1] and {0: 1}[False] == 1
assert {"a": 1} == {"a": 1.0} and {1: 2} != {1: 3} and {1: 2} != [1] and {(1, 2): 3}[1, 2] == 3
assert {None: 1}[None] == 1 and {1.5: 2}[1.5] == 2 and {2 ** 70: 1}[2 ** 70] == 1
assert repr({"a": [1], 2: {3: 4}}) == "{'a': [1], 2: {3: 4}}" and str({}) == "{}"
k, v, i = d.keys(), d.values(), d.items()
assert "a" in k and 1 in v and ("a", 1) in i and ("a", 2) not in i and len(k) == len(v) == len(i) == 5
d["new"] = 0
assert "new" in k and len(v) == 6 and list(k)[-1] == "new"
assert {"a": 1, "b": 2}.keys() & {"a", "z"} == {"a"} and {"a": 1}.keys() | {"b"} == {"a", "b"}
assert {"a": 1, "b": 2}.keys() - {"a"} == {"b"} and {"a": 1}.keys() ^ {"b"} == {"a", "b"}
assert {"a": 1}.items() & {("a", 1)} == {("a", 1)} and {"a": 1}.keys() == {"a"}
assert {"a": 1}.keys() <= {"a", "b"} and {"a": 1}.keys().isdisjoint({"b"})
assert {"a"} & {"a": 1}.keys() == {"a"}
assert repr({"a": 1}.keys()) == "dict_keys(['a'])" and repr({"a": 1}.values()) == "dict_values([1])"
assert repr({"a": 1}.items()) == "dict_items([('a', 1)])"
assert list(reversed({"a": 1, "b": 2}.items())) == [("b", 2), ("a", 1)]
assert {"a": 1}.keys().mapping["a"] == 1 and {1: 2}.values() != {1: 2}.values()
c = d.copy()
c["only"] = 1
assert "only" not in d and type(c) is dict
big = {}
for n in range(5000):
    big[n] = n * n
for n in range(0, 5000, 2):
    del big[n]
for n in range(5000, 5100):
    big[n] = n
assert len(big) == 2600 and list(big)[:3] == [1, 3, 5] and list(big)[-1] == 5099
assert all(big[n] == n * n for n in range(1, 5000, 2)) and 4 not in big
text = {}
for n in range(3000):
    text["k%d" % (n % 1000)] = n
assert len(text) == 1000 and text["k999"] == 2999 and list(text)[0] == "k0"
mixed = {
    1: "int",
    "1": "str",
    1.5: "float",
    (1,): "tuple",
    None: "none",
    b"1": "bytes",
    frozenset([1]): "fs",
    2 ** 80: "big",
    True: "bool"}
assert mixed[1] == "bool" and mixed["1"] == "str" and mixed[b"1"] == "bytes"
assert mixed[frozenset([1])] == "fs" and len(mixed) == 8


class Key:
    def __init__(self, v, h):
        self.v, self.h = v, h

    def __hash__(self):
        return self.h

    def __eq__(self, o):
        return isinstance(o, Key) and self.v == o.v


col = {Key(n, n % 3): n for n in range(50)}
assert len(col) == 50 and all(col[Key(n, n % 3)] == n for n in range(50)) and Key(1, 2) not in col
del col[Key(7, 1)]
assert Key(7, 1) not in col and col[Key(10, 1)] == 10


class BadEq:
    def __hash__(self):
        return 1

    def __eq__(self, o):
        raise ValueError("eq")


assert error(lambda: {BadEq(): 1, BadEq(): 2}) == "ValueError: eq"


class D(dict):
    def __getitem__(self, k):
        return "sub:" + str(super().__getitem__(k))


s = D(a=1)
assert s["a"] == "sub:1" and s.get("a") == 1 and dict(s) == {"a": 1} and type(s.copy()) is dict
assert type(s | {}) is dict and isinstance(D.fromkeys("a"), D) and s == {"a": 1} and {**s} == {"a": 1}
it = iter({1: 1, 2: 2})
assert next(it) == 1 and it.__length_hint__() == 1
assert error({}.setdefault) == "TypeError: setdefault expected at least 1 argument, got 0"
assert error({}.__setitem__, [], 1) == "TypeError: unhashable type: 'list'"


class Mapping:
    def keys(self):
        return ["m", "n"]

    def __getitem__(self, k):
        return k * 2


assert dict(Mapping()) == {"m": "mm", "n": "nn"} and {**Mapping()} == {"m": "mm", "n": "nn"}
assert {k: v for k, v in sorted({"b": 1, "a": 2}.items())} == {"a": 2, "b": 1}
assert dict(sorted({"b": 1, "a": 2}.items(), key=lambda kv: kv[1])) == {"b": 1, "a": 2}
assert max({"a": 5, "b": 9}.items(), key=lambda kv: kv[1]) == ("b", 9)
