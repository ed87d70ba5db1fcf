"""Walks over sets that are mostly empty: after deletions, of copies, while they are refilled; every walk
gives each member once, in one order.
"""


def check(s, expected):
    once = list(s)
    assert len(once) == len(s) == len(expected) and set(once) == expected, (once, expected)
    assert list(s) == once and sorted(once) == sorted(expected)
    assert all(x in s for x in expected)
    assert hash(frozenset(s)) == hash(frozenset(sorted(expected)))
    assert list(s.copy()) == list(set(s)) and s.copy() == s
    assert s | set() == s & s == s - set() == s ^ set() == expected


# a member alone, at every place of tables of several sizes
for size in (5, 20, 40, 80, 400):
    s = set(range(size))
    for left in (0, 1, 7, 8, size // 2, size - 1):
        if left < size:
            one = s - (s - {left})
            check(one, {left})
            few = set(range(size))
            for n in range(size):
                if n != left:
                    few.discard(n)
            check(few, {left})
            assert few.pop() == left and not few and list(few) == []
            few.add(left)
            check(few, {left})

# deleted and filled again
s = set(range(0, 200, 3))
for turn in range(20):
    for n in range(turn, 200, 7):
        s.discard(n)
    for n in range(turn, 200, 11):
        s.add(n)
expected = {n for n in range(200) if n in s}
check(s, expected)
taken = set()
while s:
    taken.add(s.pop())
assert taken == expected
s.update("abc")
check(s, set("abc"))
s.clear()
check(s, set())

# what a walk meets when something comes and something else goes
s = set(range(30))
for n in range(25):
    s.remove(n)
seen = []
for n in s:
    seen.append(n)
    s.remove(n)
    s.add(n)
assert sorted(seen) == [25, 26, 27, 28, 29]
try:
    for n in s:
        s.add(n + 100)
except RuntimeError as e:
    assert str(e) == "Set changed size during iteration"
else:
    raise AssertionError

# members that are equal and not identical
pairs = {(n, str(n)) for n in range(50)}
assert all((n, str(n)) in pairs for n in range(50)) and (1, "2") not in pairs
assert (1.0, "1") in pairs and (True, "1") in pairs and (1, "1", 1) not in pairs
mixed = {(b"ab", n): n for n in range(9)}
assert mixed[bytes([97, 98]), 3] == 3 and (b"ac", 3) not in mixed and mixed[b"ab", 3.0] == 3
texts = {b"x" * n: n for n in range(40)}
assert all(texts[bytes(b"x" * n)] == n for n in range(40)) and b"x" * 39 + b"y" not in texts
assert all(b"x" * n + b"y" not in texts for n in range(40))
words = {"w" * n: n for n in range(40)}
assert all(words["".join(["w"] * n)] == n for n in range(40))
assert all("w" * n + "v" not in words for n in range(40))
family = {("a", frozenset((n, n + 1))): n for n in range(20)}
assert all(family["a", frozenset((n + 1, n))] == n for n in range(20))

# a tuple's hash does not depend on who knows its parts' hashes
part = frozenset((1, 2))
fresh = ("k", frozenset((2, 1)), 5)
hash(part)
assert hash(("k", part, 5)) == hash(fresh) == hash(("".join("k"), frozenset([1, 2]), 5))
try:
    hash((1, [2]))
except TypeError as e:
    assert str(e) == "unhashable type: 'list'"
else:
    raise AssertionError

# order of texts and bytes that differ early, late, or in length only
samples = ["", "a", "b", "ab", "abc", "abd", "abcd", "abcde", "abcdefgh", "abcdefgi", "abcdefghi", "\xe9",
           "a\xe9", "abcdefg\xff", "abcdefgh" * 3, "abcdefgh" * 3 + "a", "abcdefgh" * 2 + "b"]
by_points = sorted(samples, key=lambda s: [ord(c) for c in s])
assert sorted(samples) == by_points == [t[1] for t in sorted((0, s) for s in samples)]
coded = [s.encode("latin-1") for s in samples]
assert sorted(coded) == [s.encode("latin-1") for s in by_points]
assert [t[1] for t in sorted((0, b) for b in coded)] == sorted(coded)
