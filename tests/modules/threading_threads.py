"""threading: names, which thread is current, data of its own, excepthook, a thread that spins."""
import sys
import threading
import time

assert threading.current_thread() is threading.main_thread() and threading.active_count() == 1
local = threading.local()
local.x = 1
seen = []
t = threading.Thread(target=lambda: seen.append(hasattr(local, "x")))
t.start()
t.join()
assert seen == [False] and local.x == 1
errors = []
threading.excepthook = lambda a: errors.append(a.exc_type)
t = threading.Thread(target=lambda: 1 / 0)
t.start()
t.join()
assert errors == [ZeroDivisionError]
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
