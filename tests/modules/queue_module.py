"""queue: a bounded queue between threads, priorities, the empty queue."""
import queue
import threading

from _case import error

q = queue.Queue(maxsize=2)


def produce():
    for i in range(10):
        q.put(i)
    q.put(None)


t = threading.Thread(target=produce, daemon=True)
t.start()
got = []
while (x := q.get()) is not None:
    got.append(x)
t.join()
assert got == list(range(10)) and q.empty() and error(q.get_nowait) == "Empty: " and t.daemon
p = queue.PriorityQueue()
for v in (3, 1, 2):
    p.put(v)
assert [p.get() for _ in range(3)] == [1, 2, 3] and queue.LifoQueue().empty()
