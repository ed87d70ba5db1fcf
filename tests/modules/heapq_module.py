"""heapq: push, pop, heapify, merge, the largest and the smallest."""
import heapq

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
values = [(x * 7919) % 1000 for x in range(500)]
h = []
for v in values:
    heapq.heappush(h, (v, -v))
assert [heapq.heappop(h)[0] for _ in range(500)] == sorted(values)
