"""Iteration over every builtin container, in order, with enumerate, zip, reversed, dict views, and
mutation errors.
"""
from _case import error

assert [x for x in "abc"] == ["a", "b", "c"] and [x for x in b"ab"] == [97, 98]
assert list({3: 1, 1: 2}) == [3, 1]
out = []
for i, (k, v) in enumerate({"a": 1, "b": 2}.items(), 5):
    out.append((i, k, v))
assert out == [(5, "a", 1), (6, "b", 2)]
assert [(a, b) for a, b in zip([1, 2, 3], "ab")] == [(1, "a"), (2, "b")]
assert [x for x in reversed([1, 2, 3])] == [3, 2, 1] and list(reversed(range(0, 10, 3))) == [9, 6, 3, 0]
assert list(reversed({"a": 1, "b": 2})) == ["b", "a"]
assert list(range(5, 0, -2)) == [5, 3, 1] and list(range(0)) == []
assert list(range(2 ** 62, 2 ** 62 + 3)) == [2 ** 62, 2 ** 62 + 1, 2 ** 62 + 2]
assert list(range(-2 ** 61 - 1, -2 ** 61 + 2)) == [-2 ** 61 - 1, -2 ** 61, -2 ** 61 + 1]
assert len(range(2 ** 61)) == 2 ** 61
total = 0
for i in range(2 ** 64, 2 ** 64 + 10, 3):
    total += i - 2 ** 64
assert total == 18


def grow_dict():
    d = {1: 1}
    for k in d:
        d[k + 1] = 1


def shrink_dict():
    d = {1: 1, 2: 2}
    for k in d:
        del d[k]


def grow_set():
    s = {1}
    for k in s:
        s.add(k + 1)


def change_value():
    d = {1: 1, 2: 2}
    for k in d:
        d[k] = 5
    return d


def replace_key():
    d = {1: 1, 2: 2}
    for k in d:
        del d[k]
        d[k] = 1
        d[k + 10] = 1
        del d[k + 10]


assert error(grow_dict) == "RuntimeError: dictionary changed size during iteration"
assert error(shrink_dict) == "RuntimeError: dictionary changed size during iteration"
assert error(grow_set) == "RuntimeError: Set changed size during iteration"
assert change_value() == {1: 5, 2: 5}
it = iter([1, 2, 3])
for x in it:
    if x == 1:
        next(it)
    last = x
assert last == 3
a = [1, 2, 3]
for a[0] in a:
    pass
assert a == [3, 2, 3]
for x, in [(1,), (2,)]:
    pass
assert x == 2
for i in range(3):
    for i in range(2):
        pass
    assert i == 1
words = {}
for w in "a b a c b a".split():
    words[w] = words.get(w, 0) + 1
assert words == {"a": 3, "b": 2, "c": 1} and sorted(words.items(), key=lambda kv: -kv[1])[0] == ("a", 3)
m = map(lambda x, y: x + y, [1, 2], [10, 20, 30])
assert next(m) == 11 and list(m) == [22] and list(filter(None, [0, 1, "", "x"])) == [1, "x"]
assert list(zip()) == [] and list(zip([1])) == [(1,)]
assert error(lambda: list(zip([1], [1, 2], strict=True))) == (
    "ValueError: zip() argument 2 is longer than argument 1")
e = enumerate("ab", start=2 ** 62)
assert list(e) == [(2 ** 62, "a"), (2 ** 62 + 1, "b")]
d = dict.fromkeys("abc", 0)
assert [k for k in d.keys()] == ["a", "b", "c"] and [v for v in d.values()] == [0, 0, 0]
assert list(d.items())[2] == ("c", 0)
big = list(range(1000))
acc = 0
for index in range(len(big)):
    acc += big[index]
for value in big:
    acc -= value
assert acc == 0
