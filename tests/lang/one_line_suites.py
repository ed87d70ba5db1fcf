"""Suites and several statements on one line."""
a = 1; b = 2; c = a + b
assert c == 3; assert True;
if a: b = 5; c = 6
assert (b, c) == (5, 6)
for i in range(3): d = i
while a: a = 0
else: a = "else"
assert d == 2 and a == "else"


def one(x): return x + 1


class Two: y = one(1); z = 3


assert one(1) == 2 and Two.y == 2 and Two.z == 3


def nothing(): ...


def also(): pass


assert nothing() is None and also() is None
try: 1 / 0
except ZeroDivisionError: caught = True
finally: done = True
assert caught and done
with open(__file__) as f: first = f.readline()
assert first.startswith('"""Suites')
lambda: (yield)


def star(*, a, **k): return a, k


assert star(a=1, b=2) == (1, {"b": 2})


def defaults(a, b=(1, 2), *c, d={"k": [1]}): return a, b, c, d


assert defaults(0) == (0, (1, 2), (), {"k": [1]})
