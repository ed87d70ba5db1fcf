"""bisect: where to insert, and inserting."""
import bisect

from _case import error

a = [1, 3, 3, 5]
assert bisect.bisect(a, 3) == 3 and bisect.bisect_left(a, 3) == 1 and bisect.bisect_right(a, 3, 0, 2) == 2
assert bisect.bisect(a, 0) == 0 and bisect.bisect_left([(1, "a"), (2, "b")], 2, key=lambda p: p[0]) == 1
assert error(bisect.bisect, a, 1, -1) == "ValueError: lo must be non-negative"
bisect.insort(a, 4)
bisect.insort_left(a, 3)
assert a == [1, 3, 3, 3, 4, 5]
