"""Sorting: the built-in sort with keys of many kinds, and merge sort, quicksort, heapsort, shell sort of
our own.
"""
import sys
from operator import attrgetter, itemgetter


class Record:
    def __init__(self, name, age, score):
        self.name, self.age, self.score = name, age, score

    def __lt__(self, other):
        return self.score < other.score


def numbers(n, seed):
    out = []
    for _ in range(n):
        seed = (seed * 6364136223846793005 + 1442695040888963407) & 0xFFFFFFFFFFFFFFFF
        out.append(seed >> 40)
    return out


def merge_sort(values):
    if len(values) < 2:
        return values
    middle = len(values) // 2
    left, right = merge_sort(values[:middle]), merge_sort(values[middle:])
    merged, i, j = [], 0, 0
    while i < len(left) and j < len(right):
        if right[j] < left[i]:
            merged.append(right[j])
            j += 1
        else:
            merged.append(left[i])
            i += 1
    return merged + left[i:] + right[j:]


def quick_sort(a, low, high):
    while low < high:
        pivot = a[(low + high) >> 1]
        i, j = low, high
        while i <= j:
            while a[i] < pivot:
                i += 1
            while a[j] > pivot:
                j -= 1
            if i <= j:
                a[i], a[j] = a[j], a[i]
                i += 1
                j -= 1
        if j - low < high - i:
            quick_sort(a, low, j)
            low = i
        else:
            quick_sort(a, i, high)
            high = j


def heap_sort(a):
    def sink(root, end):
        while True:
            child = 2 * root + 1
            if child >= end:
                return
            if child + 1 < end and a[child] < a[child + 1]:
                child += 1
            if a[root] >= a[child]:
                return
            a[root], a[child] = a[child], a[root]
            root = child

    for i in range(len(a) // 2 - 1, -1, -1):
        sink(i, len(a))
    for end in range(len(a) - 1, 0, -1):
        a[0], a[end] = a[end], a[0]
        sink(0, end)


def shell_sort(a):
    gap = 1
    while gap < len(a) // 3:
        gap = 3 * gap + 1
    while gap:
        for i in range(gap, len(a)):
            v = a[i]
            j = i
            while j >= gap and a[j - gap] > v:
                a[j] = a[j - gap]
                j -= gap
            a[j] = v
        gap //= 3


def main(n):
    values = numbers(n, 1)
    expected = sorted(values)
    for name, result in (("merge", merge_sort(values)),):
        assert result == expected, name
    for sort in (lambda a: quick_sort(a, 0, len(a) - 1), heap_sort, shell_sort):
        a = values[:]
        sort(a)
        assert a == expected
    records = [Record("n%d" % (v % 9973), v % 90, v / 7.0) for v in values]
    by_name = sorted(records, key=attrgetter("name"))
    by_age = sorted(records, key=lambda r: (r.age, -r.score))
    by_lt = sorted(records)
    assert all(a.score <= b.score for a, b in zip(by_lt, by_lt[1:]))
    pairs = [(r.age, r.name) for r in records]
    pairs.sort()
    pairs.sort(key=itemgetter(1), reverse=True)
    texts = sorted(map(str, values))
    floats = sorted(v / 3 for v in values)
    print("sorted", n, expected[0], expected[n // 2], texts[0], texts[-1])
    print("records", by_name[0].name, by_age[0].score, by_lt[-1].age, pairs[0], pairs[-1],
          "%.3f" % floats[n // 3])
    print("stable", sum(i for i, r in enumerate(by_name) if r.age == 7) % 10007)


main(int(sys.argv[1]) if len(sys.argv) > 1 else 50000)
