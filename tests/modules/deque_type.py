"""collections.deque: both ends, the maximal length, rotation, comparison, changes while it is walked."""
from collections import deque

from _case import error

d = deque([1, 2, 3], maxlen=4)
d.append(4)
d.append(5)
assert list(d) == [2, 3, 4, 5] and d.maxlen == 4 and d.popleft() == 2 and d.pop() == 5
assert d.appendleft(9) is None and list(d) == [9, 3, 4] and d[0] == 9 and d[-1] == 4 and len(d) == 3
d.rotate(1)
assert list(d) == [4, 9, 3] and d.rotate(-1) is None and list(d) == [9, 3, 4] and d.count(3) == 1
assert d.index(4) == 2 and d.reverse() is None and list(d) == [4, 3, 9]
assert repr(d) == "deque([4, 3, 9], maxlen=4)" and d.copy() == d
d.extendleft([7, 8])

assert list(d)[:2] == [8, 7] and d.clear() is None and error(d.pop) == "IndexError: pop from an empty deque"
assert deque("ab") + deque("c") == deque("abc") and deque([1]) * 3 == deque([1, 1, 1])
assert deque([1, 2]) < deque([1, 3]) and error(lambda: deque()[0]) == "IndexError: deque index out of range"
big = deque()
for i in range(1000):
    big.append(i)
    if i % 3 == 0:
        big.popleft()
assert len(big) == 666 and big[0] == 334 and sum(big) == sum(range(334, 1000))
q = deque([1, 2])


def mutate():
    for x in q:
        q.append(x)


assert error(mutate) == "RuntimeError: deque mutated during iteration"
