"""heapq and bisect."""
import bisect, heapq

from _case import error

h = []
for x in [5, 1, 8, 3, 9, 2]:
    heapq.heappush(h, x)
assert h[0] == 1 and [heapq.heappop(h) for _ in range(6)] == [1, 2, 3, 5, 8, 9]
assert error(heapq.heappop, []) == "IndexError: index out of range"
h = [9, 4, 7, 1]
heapq.heapify(h)
assert h[0] == 1 and heapq.heappushpop(h, 0) == 0 and heapq.heapreplace(h, 5) == 1 and h[0] == 4
assert heapq.nlargest(2, [1, 5, 3]) == [5, 3] and heapq.nsmallest(2, [4, 1, 3], key=lambda x: -x) == [4, 3]
assert list(heapq.merge([1, 4], [2, 3])) == [1, 2, 3, 4]
assert list(heapq.merge([4, 1], [3, 2], reverse=True)) == [4, 3, 2, 1]
a = [1, 3, 3, 5]
assert bisect.bisect(a, 3) == 3 and bisect.bisect_left(a, 3) == 1 and bisect.bisect_right(a, 3, 0, 2) == 2
assert bisect.bisect(a, 0) == 0 and bisect.bisect_left([(1, "a"), (2, "b")], 2, key=lambda p: p[0]) == 1
assert error(bisect.bisect, a, 1, -1) == "ValueError: lo must be non-negative"
bisect.insort(a, 4)
bisect.insort_left(a, 3)
assert a == [1, 3, 3, 3, 4, 5]
values = [(x * 7919) % 1000 for x in range(500)]
h = []
for v in values:
    heapq.heappush(h, (v, -v))
assert [heapq.heappop(h)[0] for _ in range(500)] == sorted(values)
