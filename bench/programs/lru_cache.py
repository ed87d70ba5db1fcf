"""Least-recently-used caches: by a linked list of our own, by OrderedDict, by dict order, by functools;
same hits each.
"""
import sys
from collections import OrderedDict
from functools import lru_cache


class Link:
    __slots__ = ("key", "value", "before", "after")


class ListCache:
    def __init__(self, capacity):
        self.capacity = capacity
        self.links = {}
        self.root = root = Link()
        root.before = root.after = root
        self.hits = self.misses = 0

    def get(self, key, compute):
        link = self.links.get(key)
        if link is not None:
            self.hits += 1
            link.before.after = link.after
            link.after.before = link.before
        else:
            self.misses += 1
            if len(self.links) >= self.capacity:
                oldest = self.root.after
                self.root.after = oldest.after
                oldest.after.before = self.root
                del self.links[oldest.key]
            link = Link()
            link.key, link.value = key, compute(key)
            self.links[key] = link
        last = self.root.before
        last.after = self.root.before = link
        link.before, link.after = last, self.root
        return link.value


class OrderedCache:
    def __init__(self, capacity):
        self.capacity = capacity
        self.items = OrderedDict()
        self.hits = self.misses = 0

    def get(self, key, compute):
        if key in self.items:
            self.hits += 1
            self.items.move_to_end(key)
            return self.items[key]
        self.misses += 1
        value = self.items[key] = compute(key)
        if len(self.items) > self.capacity:
            self.items.popitem(last=False)
        return value


class DictCache:
    def __init__(self, capacity):
        self.capacity = capacity
        self.items = {}
        self.hits = self.misses = 0

    def get(self, key, compute):
        try:
            value = self.items.pop(key)
            self.hits += 1
        except KeyError:
            self.misses += 1
            value = compute(key)
            if len(self.items) >= self.capacity:
                del self.items[next(iter(self.items))]
        self.items[key] = value
        return value


def keys(n):
    seed = 12345
    for _ in range(n):
        seed = (seed * 1103515245 + 12345) & 0x7FFFFFFF
        a = seed >> 16
        yield (a % 100) * (a // 100 % 30)


def collatz(n):
    steps = 0
    while n > 1:
        n = n // 2 if n % 2 == 0 else 3 * n + 1
        steps += 1
    return steps


def main(n):
    capacity = 300
    results = []
    for cache in (ListCache(capacity), OrderedCache(capacity), DictCache(capacity)):
        total = 0
        for key in keys(n):
            total += cache.get(key, collatz)
        results.append((total, cache.hits, cache.misses))
    cached = lru_cache(maxsize=capacity)(collatz)
    total = sum(cached(key) for key in keys(n))
    info = cached.cache_info()
    results.append((total, info.hits, info.misses))
    assert all(r == results[0] for r in results), results

    @lru_cache(None)
    def edit(i, j):
        return i + j if not i or not j else min(edit(i - 1, j) + 1, edit(i, j - 1) + 1,
                                                edit(i - 1, j - 1) + ((i * 7) % 5 != (j * 3) % 5))

    print("total, hits, misses", results[0], "edit", edit(120, 100), edit.cache_info().currsize)


main(int(sys.argv[1]) if len(sys.argv) > 1 else 120000)
