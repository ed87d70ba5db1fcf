"""Heaps of our own against heapq: binary with decreased keys, pairing; an interval tree, a running median,
a sweep over rectangles, a calendar.
"""
import bisect
import heapq
import sys


class IndexedHeap:
    """A heap of (key, item) which knows where each item lies, so that its key can be lowered."""

    def __init__(self):
        self.heap, self.place = [], {}

    def put(self, key, item):
        i = self.place.get(item)
        if i is None:
            i = len(self.heap)
            self.heap.append(None)
        elif self.heap[i][0] <= key:
            return
        self.up(i, (key, item))

    def up(self, i, entry):
        heap, place = self.heap, self.place
        while i and heap[(i - 1) // 2] > entry:
            heap[i] = heap[(i - 1) // 2]
            place[heap[i][1]] = i
            i = (i - 1) // 2
        heap[i] = entry
        place[entry[1]] = i

    def pop(self):
        heap, place = self.heap, self.place
        least, last = heap[0], heap.pop()
        del place[least[1]]
        if heap:
            i = 0
            while 2 * i + 1 < len(heap):
                child = 2 * i + 1
                if child + 1 < len(heap) and heap[child + 1] < heap[child]:
                    child += 1
                if heap[child] >= last:
                    break
                heap[i] = heap[child]
                place[heap[i][1]] = i
                i = child
            heap[i] = last
            place[last[1]] = i
        return least


def meld(a, b):
    """Pairing heaps are (key, [children]) or None."""
    if a is None or b is None:
        return a or b
    if b[0] < a[0]:
        a, b = b, a
    a[1].append(b)
    return a


def pairing_sort(values):
    heap, out = None, []
    for v in values:
        heap = meld(heap, (v, []))
    while heap is not None:
        out.append(heap[0])
        children, heap = heap[1], None
        pairs = [meld(children[i], children[i + 1] if i + 1 < len(children) else None)
                 for i in range(0, len(children), 2)]
        for pair in reversed(pairs):
            heap = meld(heap, pair)
    return out


class Intervals:
    """A balanced tree of half-open intervals sorted by start; each node knows the last end below it."""

    def __init__(self, intervals):
        self.root = self.build(sorted(intervals))

    def build(self, part):
        if not part:
            return None
        middle = len(part) // 2
        left, right = self.build(part[:middle]), self.build(part[middle + 1:])
        last = max(part[middle][1], left[3] if left else 0, right[3] if right else 0)
        return part[middle], left, right, last

    def at(self, point):
        found, stack = [], [self.root]
        while stack:
            node = stack.pop()
            if node is None or node[3] <= point:
                continue
            (begin, end), left, right, _ = node
            stack.append(left)
            if begin <= point:
                stack.append(right)
                if point < end:
                    found.append((begin, end))
        return found


def medians(values):
    low, high, total = [], [], 0
    for v in values:
        heapq.heappush(high, -heapq.heappushpop(low, -v))
        if len(high) > len(low):
            heapq.heappush(low, -heapq.heappop(high))
        total += -low[0]
    return total


def covered(rectangles):
    """The area under all of them: a line sweeps from left to right."""
    events = [(x, 1, y, v) for x, y, u, v in rectangles] + [(u, -1, y, v) for x, y, u, v in rectangles]
    events.sort()
    active, area, before = [], 0, 0
    for x, kind, y, v in events:
        height, top = 0, -1
        for a, b in active:
            if b > top:
                height += b - max(a, top)
                top = b
        area += height * (x - before)
        before = x
        if kind > 0:
            bisect.insort(active, (y, v))
        else:
            del active[bisect.bisect_left(active, (y, v))]
    return area


def main(n):
    values = [i * 7919 % 100003 for i in range(n)]
    heap = IndexedHeap()
    for i, v in enumerate(values):
        heap.put(v, i % (n // 2))
    drained = [heap.pop() for _ in range(len(heap.heap))]
    least = {i: min(values[i], values[i + n // 2]) for i in range(n // 2)}
    assert drained == sorted((v, i) for i, v in least.items())
    assert pairing_sort(values) == sorted(values)
    intervals = [(v, v + v % 300 + 1) for v in values[:n // 2]]
    tree = Intervals(intervals)
    stabbed = [len(tree.at(point)) for point in range(0, 100003, 100003 // (n // 20))]
    assert len(tree.at(5000)) == sum(a <= 5000 < b for a, b in intervals)
    area = covered([(v % 997, v % 613, v % 997 + v % 50 + 1, v % 613 + v % 41 + 1) for v in values[:n // 50]])
    merged = list(heapq.merge(*(sorted(values[i::7]) for i in range(7))))
    order = sum(v * i for i, (v, _) in enumerate(drained))
    print("drained", order, "stabbed", sum(stabbed), max(stabbed), "area", area)
    ends = heapq.nlargest(3, values), heapq.nsmallest(2, values, key=lambda v: -v % 1000)
    print("medians", medians(values), *ends, merged[n // 3])


main(int(sys.argv[1]) if len(sys.argv) > 1 else 50000)
