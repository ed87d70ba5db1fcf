# modes: reference cold warm miss eager switch asan
"""zip, enumerate and items give a pair nobody else keeps; who keeps it must not see it change."""
from _forms import made

kept = made("def f(x):\n out = []\n for p in x: out.append(p)\n return out")
for fresh, wanted in ((lambda: zip("ab", "cd"), [("a", "c"), ("b", "d")]),
                      (lambda: enumerate("ab"), [(0, "a"), (1, "b")]),
                      (lambda: {1: 2, 3: 4}.items(), [(1, 2), (3, 4)])):
    assert kept(fresh()) == wanted == [p for p in fresh()] == list(fresh())
same_twice = made("def f(x):\n for a, a in x: pass\n return a")
assert same_twice(zip("ab", "cd")) == "d" == same_twice([("a", "d")])
swap = made("def f(x, b):\n for b, a in x: pass\n return a, b")
assert swap(enumerate("xy"), 1) == ("y", 1)
