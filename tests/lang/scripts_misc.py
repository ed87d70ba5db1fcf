"""Odds and ends of syntax: semicolons, line joins, pass, ellipsis, empty bodies, one-liners, unicode names, tabs."""
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
total = 1 + \
    2 + \
    3
assert total == 6
listing = [
    1,   # comment

    2,
    ]
assert listing == [1, 2]
if (total == 6 and
        listing):
    ok = True
assert ok
try: 1 / 0
except ZeroDivisionError: caught = True
finally: done = True
assert caught and done
with open(__file__) as f: first = f.readline()
assert first.startswith('"""Odds')
λ = lambda ñ: ñ * 2
π = 3.14
été = "summer"
assert λ(2) == 4 and π == 3.14 and été == "summer"
ﬁ = 5  # NFKC: the ligature is "fi"
assert fi == 5 and "ﬁ" != "fi"
𝐱 = 7
assert x == 7
if True:
	tabbed = 1
	if tabbed:
		deeper = 2
assert deeper == 2
assert ... is Ellipsis and type(...).__name__ == "ellipsis" and str(...) == "Ellipsis"
x = (
    yield_ := 5
)
assert yield_ == 5
print_ = print
assert print_ is print
match = case = type = _ = 1
assert match == case == type == _ == 1
async_ = await_ = 2
lambda: (yield)
def star(*, a, **k): return a, k
assert star(a=1, b=2) == (1, {"b": 2})
assert [1, 2, 3,][-1] == 3 and (1,)[0] == 1 and {1: 2,}[1] == 2 and {1,} == {1}
assert one(x=1,) == 2 and (lambda a, b,: a + b)(1, 2,) == 3
def defaults(a, b=(1, 2), *c, d={"k": [1]}): return a, b, c, d
assert defaults(0) == (0, (1, 2), (), {"k": [1]})
assert __debug__ is True
nested = {"a": [{"b": (1, {2: [3]})}]}
assert nested["a"][0]["b"][1][2][0] == 3
s = "a" if 0 else \
    "b"
assert s == "b"
assert not False is True and (not False) is True
assert 0xf == 15
