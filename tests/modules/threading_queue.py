"""threading, queue, time, signal-free: locks, events, conditions, pools, thread-local data."""
import queue, sys, threading, time

from _case import error

results = []
lock = threading.Lock()
total = 0


def work(n):
    global total
    for _ in range(n):
        with lock:
            total += 1


threads = [threading.Thread(target=work, args=(500,), name="w%d" % i) for i in range(4)]
for t in threads:
    t.start()
for t in threads:
    t.join()
assert total == 2000 and not threads[0].is_alive() and threads[1].name == "w1"
assert threading.current_thread() is threading.main_thread() and threading.active_count() == 1
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
e = threading.Event()
timer = threading.Timer(0.01, e.set)
timer.start()
assert e.wait(5) and e.is_set()
cond = threading.Condition()
flag = []


def waiter():
    with cond:
        while not flag:
            cond.wait(1)
        results.append("notified")


w = threading.Thread(target=waiter)
w.start()
with cond:
    flag.append(1)
    cond.notify_all()
w.join()
assert results == ["notified"]
local = threading.local()
local.x = 1
seen = []
t = threading.Thread(target=lambda: seen.append(hasattr(local, "x")))
t.start()
t.join()
assert seen == [False] and local.x == 1
r = threading.RLock()
with r, r:
    pass
assert error(r.release) == "RuntimeError: cannot release un-acquired lock" and lock.acquire(blocking=False)
assert not lock.acquire(timeout=0.01) and lock.release() is None
assert error(lock.release) == "RuntimeError: release unlocked lock"
b = threading.Barrier(2)
out = []
t = threading.Thread(target=lambda: out.append(b.wait()))
t.start()
out.append(b.wait())
t.join()
assert sorted(out) == [0, 1]
s = threading.Semaphore(1)
assert s.acquire() and not s.acquire(blocking=False)
p = queue.PriorityQueue()
for v in (3, 1, 2):
    p.put(v)
assert [p.get() for _ in range(3)] == [1, 2, 3] and queue.LifoQueue().empty()
from concurrent.futures import ThreadPoolExecutor
with ThreadPoolExecutor(2) as pool:
    assert list(pool.map(lambda v: v * v, range(5))) == [0, 1, 4, 9, 16]
    assert pool.submit(len, "ab").result() == 2 and "ValueError" in error(pool.submit(int, "x").result)
errors = []
threading.excepthook = lambda a: errors.append(a.exc_type)
t = threading.Thread(target=lambda: 1 / 0)
t.start()
t.join()
assert errors == [ZeroDivisionError]
start = time.monotonic()
time.sleep(0.02)
assert 0.015 < time.monotonic() - start < 2 and time.time() > 1.6e9 and time.perf_counter_ns() > 0
assert time.strftime("%Y", time.gmtime(0)) == "1970" and time.gmtime(86400).tm_mday == 2
assert time.struct_time(range(9)).tm_mon == 1 and time.process_time() > 0
stop = []


def spin():
    while not stop:
        pass


t = threading.Thread(target=spin)
t.start()
time.sleep(0.02)
stop.append(1)
t.join(5)
assert not t.is_alive() and isinstance(threading.get_ident(), int) and sys.getswitchinterval() > 0
