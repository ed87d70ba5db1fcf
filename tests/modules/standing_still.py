"""Who waits for what an unreachable object holds waits no longer: a connection, a pipe or a weak reference
that was dropped and not closed, seen from a lock, a queue, a condition, select, poll and epoll."""
import os
import queue
import select
import socket
import threading
import time
import warnings
import weakref

warnings.simplefilter("ignore", ResourceWarning)


class Held:
    pass


def drop_connection(with_ring=False):
    """A connection whose other end is dropped."""
    ours, theirs = socket.socketpair()
    stream = theirs.makefile("rwb")
    if with_ring:
        stream.ring = stream
    return ours


def serve(connection, done):
    """Until the other end is closed; says so."""
    with connection:
        while connection.recv(100):
            pass
    done()


def start(connection, done):
    thread = threading.Thread(target=serve, args=(connection, done), daemon=True)
    thread.start()
    return thread


# a thread that is joined waits for the end of what the joining one has dropped
began = time.monotonic()
start(drop_connection(), lambda: None).join(60)
event = threading.Event()
start(drop_connection(), event.set)
assert event.wait(60)
answers = queue.SimpleQueue()
start(drop_connection(), lambda: answers.put(1))
assert answers.get(timeout=60) == 1
answers = queue.Queue()
start(drop_connection(), lambda: answers.put(2))
assert answers.get(timeout=60) == 2
lock = threading.Lock()
lock.acquire()
start(drop_connection(), lock.release)
assert lock.acquire(timeout=60)

# so does who waits for the end himself
ours = drop_connection()
assert select.select([ours], [], [], 60)[0] == [ours] and ours.recv(1) == b""
ours.close()
ours = drop_connection()
poll = select.poll()
poll.register(ours, select.POLLIN)
assert poll.poll(60000) and ours.recv(1) == b""
ours.close()
ours = drop_connection()
with select.epoll() as epoll:
    epoll.register(ours, select.EPOLLIN)
    assert epoll.poll(60) and ours.recv(1) == b""
ours.close()
reader, writer = os.pipe()
stream = open(writer, "wb")
stream.write(b"last words")
del stream
assert select.select([reader], [], [], 60)[0] and os.read(reader, 100) == b"last words"
os.close(reader)

# callbacks of weak references
event.clear()
watch = weakref.ref(Held(), lambda r: event.set())
assert event.wait(60) and watch() is None


class Speaker:
    def __del__(self):
        event.set()


event.clear()
Speaker()
assert event.wait(60)
assert time.monotonic() - began < 60

# and what is alive stays
kept = Held()
watch = weakref.ref(kept, lambda r: event.set())
event.clear()
assert not event.wait(1.2) and watch() is kept

# handlers that raise, calls that end in time: as ever
assert select.select([], [], [], 0.2) == ([], [], [])
assert not lock.acquire(timeout=0.2)
try:
    answers.get(timeout=0.2)
except queue.Empty:
    pass
else:
    raise AssertionError("an item")
