"""Generators, closures and iterators chained into pipelines; coroutines that consume; permutations by
yield from.
"""
import sys


def naturals(limit):
    n = 0
    while n < limit:
        yield n
        n += 1


def mapped(f, items):
    for item in items:
        yield f(item)


def kept(predicate, items):
    for item in items:
        if predicate(item):
            yield item


def pairs(items):
    previous = None
    for item in items:
        if previous is not None:
            yield previous, item
        previous = item


def running_mean():
    total = count = 0
    mean = None
    while True:
        value = yield mean
        total += value
        count += 1
        mean = total / count


def permutations(items):
    if len(items) < 2:
        yield items
        return
    for i, item in enumerate(items):
        for rest in permutations(items[:i] + items[i + 1:]):
            yield [item] + rest


class Tree:
    def __init__(self, value):
        self.value = value
        self.left = self.right = None

    def insert(self, value):
        node = self
        while True:
            side = "left" if value < node.value else "right"
            child = getattr(node, side)
            if child is None:
                setattr(node, side, Tree(value))
                return
            node = child

    def __iter__(self):
        if self.left:
            yield from self.left
        yield self.value
        if self.right:
            yield from self.right


class Countdown:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        return self

    def __next__(self):
        if self.n == 0:
            raise StopIteration
        self.n -= 1
        return self.n


def compose(*functions):
    def run(x):
        for f in functions:
            x = f(x)
        return x
    return run


def make_counter():
    count = 0

    def bump(by):
        nonlocal count
        count += by
        return count
    return bump


def main(n):
    triple = compose(lambda x: x + 1, lambda x: x * 3, lambda x: x - 2)
    pipeline = kept(lambda x: x % 7 == 0, mapped(triple, naturals(n)))
    total = sum(b - a for a, b in pairs(pipeline))
    mean = running_mean()
    next(mean)
    for i in naturals(n // 2):
        average = mean.send(i)
    tree = Tree(n // 2)
    seed = 1
    for _ in range(n // 20):
        seed = (seed * 16807) % 2147483647
        tree.insert(seed % n)
    ordered = list(tree)
    assert ordered == sorted(ordered)
    bump = make_counter()
    for k in Countdown(n // 2):
        counted = bump(k & 3)
    perms = sum(p[0] * 3 + p[-1] for p in permutations(list(range(7))))
    squares = sum(x * x for x in (y + 1 for y in (z * 2 for z in range(n))) if x % 3)
    print("pipeline", total, "mean", average, "tree", len(ordered), ordered[0], ordered[-1])
    print("counted", counted, "permutations", perms, "squares", squares)


main(int(sys.argv[1]) if len(sys.argv) > 1 else 1100000)
