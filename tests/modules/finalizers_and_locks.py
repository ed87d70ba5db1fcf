"""A finalizer that takes a lock never meets its own thread in the middle of what the lock guards.

What dies here does so before its lock is taken. Where finalizers run at that moment nothing is to be seen;
where a collection finds the dead later, inside of `with lock:`, the finalizer has to wait for the end of it.
"""
import _thread
import contextlib
import gc
import os
import select
import subprocess
import sys
import threading
import time
import weakref

VAIN = 10  # seconds that a finalizer waits for a lock of its own thread
heard = []
REFERENCE = sys.implementation.name == "cpython"


class Dead:
    def __init__(self, lock):
        self.lock = lock

    def __del__(self):
        if got := self.lock.acquire(timeout=VAIN):
            self.lock.release()
        heard.append((threading.get_ident(), got))


class Bare:
    pass


def drop_del(lock):
    Dead(lock)


def on_death(lock):
    if got := lock.acquire(timeout=VAIN):
        lock.release()
    heard.append((threading.get_ident(), got))


kept = []


def drop_callback(lock):
    bare = Bare()
    kept.append(weakref.ref(bare, lambda _: on_death(lock)))


def drop_finalize(lock):
    bare = Bare()
    kept.append(weakref.finalize(bare, on_death, lock))


def garbage(rounds=60000):
    """Enough of it for collections of the young, within a second."""
    until = time.monotonic() + 1
    for i in range(rounds):
        [i, [], {}]
        if i % 100 == 0 and time.monotonic() > until:
            break


@contextlib.contextmanager
def by_generator(lock):
    with lock:
        yield


@contextlib.contextmanager
def by_acquire(lock):
    lock.acquire()
    try:
        yield
    finally:
        lock.release()


@contextlib.contextmanager
def by_condition(lock):
    condition = threading.Condition(lock)
    with condition:
        condition.wait(0.001)  # gives the lock up, and takes it again
        yield


def wait_for(what, seconds=20):
    until = time.monotonic() + seconds
    while not what() and time.monotonic() < until:
        garbage(2000)
        time.sleep(0.001)
    assert what()


def check_held(drop, enter):
    heard.clear()
    lock = threading.Lock()
    with enter(lock):  # what is only acquired and released is known for a guard after the first time
        pass
    for _ in range(3):
        drop(lock)
        with enter(lock):
            garbage()
    gc.collect()
    assert [got for _, got in heard] == [True] * 3, (drop, enter, heard)
    kept.clear()


for drop in drop_del, drop_callback, drop_finalize:
    check_held(drop, by_generator)
for enter in (lambda lock: lock), by_acquire, by_condition:
    check_held(drop_del, enter)


def check_first():
    """A lock that was never held before, by `with`."""
    heard.clear()
    lock = threading.Lock()
    drop_del(lock)
    with lock:
        garbage()
    gc.collect()
    assert [got for _, got in heard] == [True], heard


check_first()


def check_second_lock():
    """The finalizer wants the lock of another thread, which wants ours, reentrant or not."""
    for kind in threading.Lock, threading.RLock:
        heard.clear()
        ours, theirs = kind(), threading.Lock()
        has, go = threading.Event(), threading.Event()

        def other():
            with theirs:
                has.set()
                go.wait()
                with ours:
                    pass

        thread = threading.Thread(target=other)
        thread.start()
        has.wait()
        if not REFERENCE:  # whose finalizer would run in the next line, and wait for nothing that comes
            drop_del(theirs)
        with ours:
            go.set()
            garbage()
        thread.join()
        gc.collect()
        assert all(got for _, got in heard), heard


check_second_lock()


def check_idle():
    """Who stands still with a lock in his hands looks for the dead, too."""
    heard.clear()
    lock = threading.Lock()
    drop_del(lock)
    reader, writer = os.pipe()
    with lock:
        select.select([reader], [], [], 0.3)
    garbage(10)
    wait_for(lambda: heard)
    assert heard[0][1], heard
    os.close(reader), os.close(writer)


check_idle()


def check_other_thread():
    """While one thread holds its lock for long, others finalize."""
    heard.clear()
    lock, unrelated = threading.Lock(), threading.Lock()
    stop, holding = threading.Event(), threading.Event()

    def hold():
        with lock:
            holding.set()
            while not stop.is_set():
                garbage(100)

    thread = threading.Thread(target=hold)
    thread.start()
    holding.wait()
    drop_del(unrelated)
    wait_for(lambda: heard)
    stop.set()
    thread.join()
    assert heard[0][1]


check_other_thread()


def check_not_for_ever():
    """A lock that is never let go of keeps no finalizer from running."""
    heard.clear()
    lock, unrelated = threading.Lock(), threading.Lock()
    with lock:
        drop_del(unrelated)
        wait_for(lambda: heard)
        heard.clear()
        drop_del(unrelated)
        began = time.monotonic()
        gc.collect()  # who asks does not wait
        assert heard and time.monotonic() - began < 2
        heard.clear()


check_not_for_ever()


def check_messages():
    """A lock that one thread takes and another gives back guards nothing: nobody waits for it."""
    heard.clear()
    for _ in range(3):
        lock = _thread.allocate_lock()
        with lock:
            pass
        lock.acquire()
        thread = threading.Thread(target=lock.release)
        thread.start()
        thread.join()
    event = threading.Event()
    for _ in range(100):
        assert not event.wait(0) and not event.wait(0.0001)
    began = time.monotonic()
    drop_del(threading.Lock())
    wait_for(lambda: heard)
    assert time.monotonic() - began < 4, "it waited for a lock that nobody has"


check_messages()


def check_fork():
    """A child has its own thread's locks, and may let go of them all at once."""
    heard.clear()
    lock = threading.Lock()
    with lock:
        child = os.fork()
        if child == 0:
            lock._at_fork_reinit()
            drop_del(lock)
            began = time.monotonic()
            wait_for(lambda: heard)
            os._exit(0 if heard[0][1] and time.monotonic() - began < 4 else 1)
        assert os.waitpid(child, 0)[1] == 0


check_fork()


# at the end all are told, whatever is held
text = """
import threading
class Last:
    def __del__(self): print("told")
lock = threading.Lock()
lock.acquire(), lock.release(), lock.acquire()
ring = Last(); ring.ring = ring; del ring
for i in range(20000): [i, []]
"""
out = subprocess.run([sys.executable, "-c", text], stdout=subprocess.PIPE, check=True).stdout
assert out == b"told\n", out

# the tracker of shared resources: its lock is plain, and semaphores that die tell it so
text = """
import multiprocessing.resource_tracker as tracker, gc, weakref
class Named:
    pass
for i in range(60):
    named = Named()
    tracker.register(f"/krait-{i}", "noop")
    weakref.finalize(named, tracker.unregister, f"/krait-{i}", "noop")
    del named
    if i % 20 == 19:
        tracker._resource_tracker._stop()
for i in range(3000):
    tracker.ensure_running()
tracker._resource_tracker._stop()
"""
subprocess.run([sys.executable, "-c", text], stderr=subprocess.DEVNULL, timeout=120, check=True)
