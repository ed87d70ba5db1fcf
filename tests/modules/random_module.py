"""random: the same streams as CPython for the same seeds (recorded values)."""
import random

from _case import error

r = random.Random(42)
assert [r.random() for _ in range(3)] == [0.6394267984578837, 0.025010755222666936, 0.27502931836911926]
assert [r.randint(1, 100) for _ in range(5)] == [29, 18, 95, 14, 87]
assert r.getrandbits(70) == 643647106656314877619
r.seed("text")
a = [r.randrange(1000) for _ in range(4)]
assert a == [892, 406, 863, 826]
r.seed("text")
assert a == [r.randrange(1000) for _ in range(4)]
state = r.getstate()
x = r.random()
r.setstate(state)
assert r.random() == x
r.seed(1)
l = list(range(10))
r.shuffle(l)
assert l == [6, 8, 9, 7, 5, 3, 0, 4, 1, 2]
assert r.choice("a") == "a" and len(r.sample(range(100), 5)) == 5 and len(r.choices("ab", k=4)) == 4
assert 1 <= r.uniform(1, 2) <= 2 and isinstance(r.gauss(0, 1), float)
assert error(r.choice, []) == "IndexError: Cannot choose from an empty sequence"
assert error(r.randrange, 0) == "ValueError: empty range for randrange()"
random.seed(2 ** 100)
first = random.random()
random.seed(2 ** 100)
assert random.random() == first and 0 <= first < 1 and random.Random(0).random() == 0.8444218515250481
assert random.Random(-5).random() == random.Random(5).random()
assert random.Random(1.5).random() == random.Random(1.5).random()
assert random.Random(7).sample(range(50), 5) == random.Random(7).sample(range(50), 5)
assert random.Random(3).betavariate(1, 2) < 1 and len(random.Random(1).randbytes(5)) == 5
