# stress: 40
"""Sorting: stability, keys, reverse, mixed types, errors in the middle, mutation while sorting, comparison
by __lt__ alone.
"""
from _case import error


def stream(n, seed=1):
    out = []
    for _ in range(n):
        seed = (seed * 1103515245 + 12345) & 0x7FFFFFFF
        out.append(seed >> 8)
    return out


def check(values):
    s = sorted(values)
    assert len(s) == len(values) and all(not s[i + 1] < s[i] for i in range(len(s) - 1))
    assert sorted(values, reverse=True) == sorted(s, reverse=True)
    return s


for n in (0, 1, 2, 3, 10, 31, 32, 33, 63, 64, 65, 127, 128, 200, 1000, 3000):
    v = stream(n)
    s = check(v)
    assert check(s) == s and check(s[::-1]) == s and check(v + s) == sorted(s + v)
    assert sorted(v, key=lambda x: -x) == s[::-1]
    few = [x % 7 for x in v]
    tagged = sorted(enumerate(few), key=lambda p: p[1])
    assert all(a[1] < b[1] or a[1] == b[1] and a[0] < b[0] for a, b in zip(tagged, tagged[1:]))
    back = sorted(enumerate(few), key=lambda p: p[1], reverse=True)
    assert all(a[1] > b[1] or a[1] == b[1] and a[0] < b[0] for a, b in zip(back, back[1:]))
    check([x / 7 for x in v])
    check([str(x) for x in v])
    check([(x % 5, x) for x in v])
    check([x * 10 ** 20 for x in v])
    check([x if x % 2 else x / 2 for x in v])
    check([chr(x % 1000 + 65) + "é" for x in v])
    check([bytes([x % 256, x % 7]) for x in v])
    check([[x % 3, x] for x in v])
assert sorted("banana") == list("aaabnn") and sorted({3: 1, 1: 2}) == [1, 3]
assert sorted([True, 0, 2]) == [0, True, 2] and sorted(["b", "B", "a"], key=str.lower) == ["a", "b", "B"]
assert sorted([3, 1, 2], reverse=True) == [3, 2, 1] and sorted([(1, "b"), (1, "a")]) == [(1, "a"), (1, "b")]
assert sorted([[2], [1, 5], []]) == [[], [1, 5], [2]]
words = "the quick brown fox jumps over the lazy dog".split()
assert sorted(words, key=len) == ["the", "fox", "the", "dog", "over", "lazy", "quick", "brown", "jumps"]
assert sorted(words, key=lambda w: (-len(w), w))[:2] == ["brown", "jumps"]


class LtOnly:
    def __init__(self, v):
        self.v = v

    def __lt__(self, o):
        return self.v < o.v


assert [x.v for x in sorted([LtOnly(3), LtOnly(1), LtOnly(2)])] == [1, 2, 3]
assert max([LtOnly(1), LtOnly(5)], key=lambda x: x.v).v == 5
assert error(sorted, [1, "a"]) == "TypeError: '<' not supported between instances of 'str' and 'int'"
assert error(sorted, [None, 1]) == "TypeError: '<' not supported between instances of 'int' and 'NoneType'"
assert error(sorted, [1j, 2j]) == "TypeError: '<' not supported between instances of 'complex' and 'complex'"
assert error(sorted, 5) == error(sorted, 5, cmp=1) == "TypeError: 'int' object is not iterable"
assert error(sorted) == error(sorted, iterable=[1]) == "TypeError: sorted expected 1 argument, got 0"
assert error(sorted, [1], 2, cmp=1) == "TypeError: sorted expected 1 argument, got 2"
assert error(sorted, [1], cmp=1) == "TypeError: 'cmp' is an invalid keyword argument for sort()"
assert error(sorted, [1], key=1, reverse=1, cmp=1) == (
    "TypeError: sort() takes at most 2 keyword arguments (3 given)")
nan = float("nan")
assert len(sorted([3, nan, 1, nan, 2])) == 5


class Bad:
    count = 0

    def __init__(self, v):
        self.v = v

    def __lt__(self, o):
        Bad.count += 1
        if Bad.count > 20:
            raise KeyError("compare")
        return self.v < o.v


bad = [Bad(x) for x in stream(30)]
kept = list(bad)
assert error(bad.sort) == "KeyError: 'compare'" and len(bad) == 30 and set(map(id, bad)) == set(map(id, kept))
calls = []
lst = stream(20)
lst.sort(key=lambda x: calls.append(x) or x)
assert len(calls) == 20


def key_fails(x):
    if x == 3:
        raise ValueError("key")
    return x


original = [5, 4, 3, 2]
assert error(original.sort, key=key_fails) == "ValueError: key" and original == [5, 4, 3, 2]


def mutate(x):
    mutated.append(1)
    return x


mutated = [3, 2, 1]
assert error(mutated.sort, key=mutate) == "ValueError: list modified during sort"
seen = []
visible = [2, 1]
visible.sort(key=lambda x: seen.append(len(visible)) or x)
assert seen == [0, 0] and visible == [1, 2]
m = [5, 2, 8, 1]
assert m.sort(key=None, reverse=1) is None and m == [8, 5, 2, 1]
runs = list(range(100)) + list(range(50, 150)) + list(range(200, 100, -1))
assert check(runs)[0] == 0
assert min("banana", key=lambda c: -ord(c)) == "n" and max([], default=5) == 5
assert max(1, 2, key=lambda x: -x) == 1 and error(max, []) == "ValueError: max() arg is an empty sequence"
assert error(min, 5) == "TypeError: 'int' object is not iterable"
assert error(max) == "TypeError: max expected at least 1 argument, got 0"
