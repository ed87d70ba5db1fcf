# fsum of numbers all over the range: what cancels leaves parts of few bits each, and so many more parts than
# a sum of numbers with 53 bits could have.
import math
import random
from fractions import Fraction

rng = random.Random(20261130)
for _ in range(300):
    values = [rng.choice((-1, 1)) * math.ldexp(rng.random(), rng.randrange(-1074, 1000))
              for _ in range(rng.randrange(2, 400))]
    assert math.fsum(values) == float(sum(map(Fraction, values))), values
for step in 1, 2, 27, 53, 54:
    sparse = [2.0 ** n for n in range(-1074, 1024, step)]
    sparse = sparse[:-1] if step == 1 else sparse
    exact = sum(map(Fraction, sparse))
    assert math.fsum(sparse) == math.fsum(sparse[::-1]) == float(exact), step
    assert math.fsum(sparse + [-x for x in sparse[1:]]) == sparse[0]
