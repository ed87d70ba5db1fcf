"""threading: Lock, RLock, Condition, Event, Semaphore, Barrier."""
import threading

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
