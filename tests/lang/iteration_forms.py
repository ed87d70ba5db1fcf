# modes: reference cold warm miss eager switch asan
"""Every form of a loop and of unpacking over all kinds of iterables, at one site after the other and at sites of their own."""
import itertools

from _forms import made, outcome


class Counting:
    """An iterator with __next__ in Python."""

    def __init__(self, n): self.n = n
    def __iter__(self): return self
    def __next__(self):
        if not self.n:
            raise StopIteration
        self.n -= 1
        return self.n


class Old:
    """Iterated by __getitem__."""

    def __getitem__(self, i):
        if i > 2:
            raise IndexError
        return i, -i


class L(list): pass


class LI(list):
    def __iter__(self): return iter("own")


class T(tuple): pass


class D(dict):
    def __iter__(self): return iter([7])


class Raising:
    def __init__(self): self.n = 0
    def __iter__(self): return self
    def __next__(self):
        self.n += 1
        if self.n == 3:
            raise KeyError("third")
        return self.n, self.n


def generator(n):
    for i in range(n):
        yield i, i * i
    return "returned"


def failing():
    yield 1, 2
    raise ValueError("in the generator")


FRESH = [
    lambda: [], lambda: [1, 2, 3], lambda: [(1, 2), (3, 4)], lambda: [(1, 2), (3,)],
    lambda: [[1, 2], "ab", {5: 6, 7: 8}], lambda: (), lambda: ((1, 2),),
    lambda: range(0), lambda: range(3), lambda: range(5, -6, -3), lambda: range(2**61 - 1, 2**61 + 2),
    lambda: range(-2**61 - 1, -2**61 + 1), lambda: range(2**70, 2**70 + 2),
    lambda: "", lambda: "abc", lambda: "a\u0100", lambda: b"ab", lambda: bytearray(b"ab"), lambda: {},
    lambda: {1: 2, 3: 4}, lambda: {1: 2, 3: 4}.items(),
    lambda: {1: 2}.keys(), lambda: {1: 2}.values(), lambda: {(1, 2): 3}, lambda: {5},
    lambda: frozenset([(1, 2)]), lambda: enumerate("ab"), lambda: enumerate("ab", 2**61 - 1),
    lambda: enumerate(generator(2)), lambda: zip("ab", [1, 2]), lambda: zip("ab", [1]),
    lambda: zip("ab", generator(1)), lambda: zip([1], [2], [3]), lambda: zip([1]), lambda: zip(),
    lambda: map(divmod, [7, 8], [2, 3]), lambda: map(lambda a: (a, a), [1, 2]),
    lambda: filter(None, [0, 1, (2, 3)]), lambda: reversed([1, 2]), lambda: reversed({1: 2}.items()),
    lambda: generator(0), lambda: generator(3), lambda: failing(), lambda: ((i, i) for i in range(2)),
    lambda: Counting(3), lambda: Counting(0), lambda: Old(), lambda: L([(1, 2), 3]),
    lambda: LI([1]), lambda: T((1, 2)), lambda: D({1: 2}), lambda: Raising(), lambda: iter([1, 2]),
    lambda: iter(lambda c=iter([1, 2, 0]): next(c), 0), lambda: memoryview(b"ab"),
    lambda: itertools.chain([(1, 2)], "ab"), lambda: itertools.product([1, 2], [3]),
    lambda: itertools.islice(generator(5), 2), lambda: itertools.count(2**61 - 1),
    lambda: itertools.repeat((1, 2), 3), lambda: itertools.pairwise("abc"), lambda: 5, lambda: None,
    lambda: object, lambda: [None], lambda: [5, 6],
]


def reference(iterable, each):
    """A loop without any loop instruction."""
    step, out = iter(iterable).__next__, []

    def go():
        if len(out) < 6:
            try:
                item = step()
            except StopIteration:
                return out
            out.append(each(item))
            return go()
        return out
    return go()


def pair(item):
    a, b = item
    return b, a


LOOPS = {
    "plain": ("def f(x):\n out = []\n for i in x:\n  out.append(i)\n  if len(out) > 5: break\n return out",
              lambda i: i),
    "pair": ("def f(x):\n out = []\n for a, b in x:\n  out.append((b, a))\n  if len(out) > 5: break\n return out", pair),
    "nested": ("def f(x):\n out = []\n for _ in range(1):\n  for i in x:\n   out.append(i)\n   if len(out) > 5: break\n return out", lambda i: i),
    "continue": ("def f(x):\n out = []\n for i in x:\n  if i is None:\n   out.append(None)\n   continue\n  out.append(i)\n  if len(out) > 5: break\n return out", lambda i: i),
    "closure": ("def f(x):\n out = []\n for i in x:\n  out.append((lambda: i)())\n  if len(out) > 5: break\n return out", lambda i: i),
    "comprehension": ("import itertools\ndef f(x): return [i for i in itertools.islice(iter(x), 6)]",
                      lambda i: i),
    "module": ("def f(x):\n names = {'x': x}\n exec('out = []\\nfor i in x:\\n out.append(i)\\n if len(out) > 5: break', names)\n return names['out']", lambda i: i),
    "generator": ("def g(x):\n for i in x: yield i\ndef f(x):\n out = []\n for i in g(x):\n  out.append(i)\n  if len(out) > 5: break\n return out", lambda i: i),
    "delegated": ("def g(x):\n yield from x\ndef f(x):\n out = []\n for i in g(x):\n  out.append(i)\n  if len(out) > 5: break\n return out", lambda i: i),
}
for title, (text, each) in LOOPS.items():
    shared = made(text)
    for kind, fresh in enumerate(FRESH):
        wanted = outcome(reference, fresh(), each)
        own = made(text)
        for i in range(3):
            assert outcome(own, fresh()) == wanted, (title, kind, i, outcome(own, fresh()), wanted)
        assert outcome(shared, fresh()) == wanted, (title, kind, outcome(shared, fresh()), wanted)
    for kind, fresh in reversed(list(enumerate(FRESH))):  # the shared site has met all of them now
        assert outcome(shared, fresh()) == outcome(reference, fresh(), each), (title, kind)


def take(x, before, star, after):
    """Unpacking, spelt out."""
    if not hasattr(type(x), "__iter__") and not hasattr(type(x), "__getitem__"):
        raise TypeError(f"cannot unpack non-iterable {type(x).__name__} object")
    items = list(itertools.islice(iter(x), before + 1)) if not star else list(x)
    if len(items) < before + after:
        least = "at least " if star else ""
        raise ValueError(f"not enough values to unpack (expected {least}{before + after}, got {len(items)})")
    if not star and len(items) > before:
        raise ValueError(f"too many values to unpack (expected {before})")
    if star:
        return [*items[:before], items[before:len(items) - after], *items[len(items) - after:]]
    return items


UNPACKS = [("a,", 1, False, 0), ("a, b", 2, False, 0), ("a, b, c", 3, False, 0), ("*a,", 0, True, 0),
           ("a, *b", 1, True, 0), ("*a, b", 0, True, 1), ("a, *b, c", 1, True, 1),
           ("a, b, *c, d", 2, True, 1)]
for targets, before, star, after in UNPACKS:
    names = ", ".join(name.strip(" *") for name in targets.split(",") if name.strip())
    text = f"def f(x):\n {targets} = x\n return [{names}]"
    shared = made(text)
    as_globals = made(f"def f(x):\n global a, b, c, d\n {targets} = x\n return [{names}]")
    for kind, fresh in enumerate(FRESH):
        if isinstance(fresh(), itertools.count) and star:
            continue
        wanted = outcome(take, fresh(), before, star, after)
        own = made(text)
        for f in (own, own, shared, as_globals):
            assert outcome(f, fresh()) == wanted, (targets, kind, outcome(f, fresh()), wanted)

# the container changes while the loop runs
grow = made("def f(x):\n out = []\n for i in x:\n  out.append(i)\n  if len(x) < 6: x.append(i + 1)\n return out")
shrink = made("def f(x):\n out = []\n for i in x:\n  out.append(i)\n  del x[0]\n return out")
clear = made("def f(x):\n out = []\n for i in x:\n  out.append(i)\n  x.clear()\n return out")
exhausted = made("def f(x):\n out = []\n it = iter(x)\n for i in it: out.append(i)\n x.append(9)\n for i in it: out.append(i)\n return out")
change = made("def f(x):\n out = []\n for k, v in x.items():\n  out.append((k, v))\n  x[k + 10] = v\n return out")
for i in range(3):
    assert grow([1, 2]) == [1, 2, 2, 3, 3, 4]
    assert shrink([1, 2, 3, 4]) == [1, 3]
    assert clear([1, 2]) == [1] == clear(bytearray([1, 2]))
    assert exhausted([1, 2]) == [1, 2]
    assert outcome(change, {1: 2}) == "RuntimeError: dictionary changed size during iteration"
    assert grow(bytearray([1, 2])) == [1, 2, 2, 3, 3, 4]

# zip, enumerate and items give a pair nobody else keeps; who keeps it must not see it change
kept = made("def f(x):\n out = []\n for p in x: out.append(p)\n return out")
for fresh, wanted in ((lambda: zip("ab", "cd"), [("a", "c"), ("b", "d")]),
                      (lambda: enumerate("ab"), [(0, "a"), (1, "b")]),
                      (lambda: {1: 2, 3: 4}.items(), [(1, 2), (3, 4)])):
    assert kept(fresh()) == wanted == [p for p in fresh()] == list(fresh())
same_twice = made("def f(x):\n for a, a in x: pass\n return a")
assert same_twice(zip("ab", "cd")) == "d" == same_twice([("a", "d")])
swap = made("def f(x, b):\n for b, a in x: pass\n return a, b")
assert swap(enumerate("xy"), 1) == ("y", 1)
