"""Random numbers: linear, xorshift, Mersenne twister in Python, and the random module; pi, dice, shuffles,
walks.
"""
import random
import sys


def xorshift(seed):
    x = seed
    while True:
        x ^= x << 13 & 0xFFFFFFFFFFFFFFFF
        x ^= x >> 7
        x ^= x << 17 & 0xFFFFFFFFFFFFFFFF
        yield x


class Twister:
    """MT19937."""

    def __init__(self, seed):
        state = [seed]
        for i in range(1, 624):
            state.append((1812433253 * (state[-1] ^ state[-1] >> 30) + i) & 0xFFFFFFFF)
        self.state = state
        self.index = 624

    def refill(self):
        state = self.state
        for i in range(624):
            y = (state[i] & 0x80000000) | (state[(i + 1) % 624] & 0x7FFFFFFF)
            state[i] = state[(i + 397) % 624] ^ y >> 1 ^ (0x9908B0DF if y & 1 else 0)
        self.index = 0

    def next(self):
        if self.index == 624:
            self.refill()
        y = self.state[self.index]
        self.index += 1
        y ^= y >> 11
        y ^= y << 7 & 0x9D2C5680
        y ^= y << 15 & 0xEFC60000
        return y ^ y >> 18


def main(n):
    linear, inside = 42, 0
    for _ in range(n):
        linear = (linear * 6364136223846793005 + 1442695040888963407) & 0xFFFFFFFFFFFFFFFF
        x = (linear >> 33) / 2147483648.0
        linear = (linear * 6364136223846793005 + 1442695040888963407) & 0xFFFFFFFFFFFFFFFF
        y = (linear >> 33) / 2147483648.0
        if x * x + y * y < 1.0:
            inside += 1
    shifts, buckets = xorshift(88172645463325252), [0] * 16
    for _ in range(n):
        buckets[next(shifts) >> 60] += 1
    twister = Twister(5489)
    assert twister.next() == 3499211612
    for _ in range(n - 1):
        last = twister.next()
    source = random.Random(2026)
    deck = list(range(52))
    for _ in range(n // 1000):
        source.shuffle(deck)
    position, reached = 0, 0
    for _ in range(n):
        position += 1 if source.random() < 0.5 else -1
        reached = max(reached, abs(position))
    dice = [0] * 13
    for _ in range(n // 4):
        dice[source.randint(1, 6) + source.randrange(1, 7)] += 1
    bell = sum(source.gauss(10, 2) for _ in range(n // 8)) / (n // 8)
    assert abs(bell - 10) < 0.2
    print("pi %.4f" % (4 * inside / n), "spread", max(buckets) - min(buckets), "twister", last)
    print("deck", deck[:5], "walk", position, reached, "dice", dice[2:], "bell %.9f" % bell)
    print("choice", source.choices("abc", weights=[5, 3, 1], k=8), source.sample(range(1000), 4))


main(int(sys.argv[1]) if len(sys.argv) > 1 else 400000)
