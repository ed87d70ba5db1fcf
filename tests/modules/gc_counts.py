"""gc.collect() answers how many objects died in rings and on them: none for what makes no rings."""
# modes: reference cold warm switch asan
import gc
from collections import deque


class Plain:
    pass


class Pair:
    pass


class Dying:
    def __del__(self):
        pass


def trees():
    lists = sum(len([i, str(i), {i: (i,)}]) for i in range(100)), [[[]]] * 100
    return lists, {i: [Plain()] for i in range(100)}


def chain():
    link = None
    for i in range(100):
        link = Plain(), link, [link]
    return link


def rings_of(make):
    def run():
        for _ in range(100):
            x = make()
            x.x = x
    return run


def lists():
    for _ in range(100):
        a = []
        a.append(a)


def dicts_with_tails():  # each ring holds a list, which holds a dict and a tuple
    for _ in range(100):
        a = {}
        a[1] = [a, {2: (a,)}]


def pairs():
    for _ in range(100):
        a, b = Pair(), deque()
        a.b, a.tail = b, [[], Plain()]
        b.append(a)


def closure():
    def f():
        return f


def closures():  # each a function, its cell and its tuple of cells
    for _ in range(100):
        closure()


def caught():  # exception, traceback, frame
    for _ in range(100):
        try:
            raise ValueError
        except ValueError as e:
            kept = e
    del kept


def finalized():
    for _ in range(100):
        x = Dying()
        x.x = x


gc.collect()
for work in (trees, chain):
    work()
    assert gc.collect() == 0, work
# a word left on the stack may keep one alive until the next time
for work, count in ((rings_of(Plain), 100), (lists, 100), (dicts_with_tails, 400), (pairs, 500),
                    (closures, 300)):
    work()
    found = gc.collect()
    assert count * 0.95 <= found <= count + 10, (work, found)
caught()
gc.collect()
finalized()
gc.collect()
assert gc.collect() <= 10
big = [[] for i in range(10000)]
big.append(big)
del big
assert 10001 <= gc.collect() <= 10011
assert gc.collect(0) + gc.collect(1) + gc.collect(2) <= 10
lists()
seen = []
gc.callbacks.append(lambda phase, info: seen.append((phase, info["generation"], info["collected"])))
found = gc.collect()
gc.callbacks.clear()
assert 95 <= found <= 110 and seen == [("start", 2, 0), ("stop", 2, found)], seen
