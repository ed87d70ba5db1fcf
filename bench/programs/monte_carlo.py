"""Random trials on lists of lists: magnets on a grid, percolation, a walk that avoids itself, pi, a bootstrap
of means, a queue at a counter; every draw from a seeded random.Random.
"""
import math
import random
import sys


def magnets(rng, side, sweeps, heat):
    spins = [[rng.choice((-1, 1)) for _ in range(side)] for _ in range(side)]
    chance = {around: math.exp(-2 * around / heat) for around in (2, 4)}
    for _ in range(sweeps):
        for y in range(side):
            above, row, below = spins[y - 1], spins[y], spins[(y + 1) % side]
            for x in range(side):
                spin = row[x]
                around = spin * (above[x] + below[x] + row[x - 1] + row[(x + 1) % side])
                if around <= 0 or rng.random() < chance[around]:
                    row[x] = -spin
    return abs(sum(map(sum, spins)))


def percolates(rng, side, share):
    """Is there a way from the top to the bottom through the open cells?"""
    is_open = [[rng.random() < share for _ in range(side)] for _ in range(side)]
    edge = [(0, x) for x in range(side) if is_open[0][x]]
    for y, x in edge:
        is_open[y][x] = False
    while edge:
        y, x = edge.pop()
        if y == side - 1:
            return True
        for b, a in ((y + 1, x), (y, x + 1), (y, x - 1), (y - 1, x)):
            if 0 <= b and 0 <= a < side and is_open[b][a]:
                is_open[b][a] = False
                edge.append((b, a))
    return False


def walk(rng, side):
    """Steps of a walk that never enters a cell twice, until it is stuck or outside."""
    seen = [[False] * side for _ in range(side)]
    x = y = side // 2
    steps = 0
    while 0 <= x < side and 0 <= y < side:
        seen[y][x] = True
        ways = [(x + dx, y + dy) for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1))
                if not (0 <= x + dx < side and 0 <= y + dy < side and seen[y + dy][x + dx])]
        if not ways:
            break
        x, y = rng.choice(ways)
        steps += 1
    return steps


def pi(rng, n):
    inside = 0
    for _ in range(n):
        x, y = rng.random(), rng.random()
        if x * x + y * y < 1.0:
            inside += 1
    return 4 * inside / n


def bootstrap(rng, data, rounds):
    means = sorted(sum(rng.choices(data, k=len(data))) / len(data) for _ in range(rounds))
    return means[rounds // 20], means[-rounds // 20]


def counter(rng, customers):
    """The mean wait at one counter; people come and are served at random."""
    clock = free_at = waited = 0.0
    for _ in range(customers):
        clock += rng.expovariate(1.0)
        begin = max(clock, free_at)
        waited += begin - clock
        free_at = begin + rng.gauss(0.8, 0.1)
    return waited / customers


def main(n):
    rng = random.Random(2026)
    cold, hot = magnets(rng, 32, n // 20, 1.5), magnets(rng, 32, n // 20, 4.0)
    shares = [sum(percolates(rng, 30, share) for _ in range(n // 20)) for share in (0.5, 0.6, 0.7)]
    assert cold > hot and shares[0] <= shares[1] <= shares[2]
    steps = [walk(rng, 25) for _ in range(n // 2)]
    data = [rng.triangular(0, 10, 3) for _ in range(100)]
    low, high = bootstrap(rng, data, n)
    deck = list(range(52))
    fixed = 0
    for _ in range(n):
        rng.shuffle(deck)
        fixed += sum(i == card for i, card in enumerate(deck)) + len(rng.sample(deck, 5))
    print("magnets", cold, hot, "percolates", shares, "walks", sum(steps), max(steps))
    print(f"pi {pi(rng, 100 * n):.4f} means {low:.3f} {high:.3f} wait {counter(rng, 20 * n):.4f}", fixed)
    print(rng.getrandbits(60), rng.randrange(1 << 40), rng.uniform(1, 2))


main(int(sys.argv[1]) if len(sys.argv) > 1 else 5000)
