"""Who waits for what an unreachable object holds waits no longer: a connection, a pipe or a weak reference
that was dropped and not closed, seen from a lock, a queue, a condition, select, poll and epoll."""
import os
import queue
import select
import socket
import threading
import warnings
import weakref

warnings.simplefilter("ignore", ResourceWarning)


class Held:
    pass


def drop_connection():
    """A connection whose other end is dropped."""
    ours, theirs = socket.socketpair()
    theirs.makefile("rwb")
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


# A word left on a C stack may keep one object alive for longer: one of some attempts ends in time.
def ends(attempt):
    assert any(attempt(3) for _ in range(6)), attempt.__name__


# a thread that is joined waits for the end of what the joining one has dropped
event = threading.Event()


def joined(timeout):
    thread = start(drop_connection(), lambda: None)
    thread.join(timeout)
    return not thread.is_alive()


def event_is_set(timeout):
    event.clear()
    start(drop_connection(), event.set)
    return event.wait(timeout)


def item_comes(timeout, kind=queue.SimpleQueue):
    answers = kind()
    start(drop_connection(), lambda: answers.put(1))
    try:
        return answers.get(timeout=timeout) == 1
    except queue.Empty:
        return False


def item_of_other_queue(timeout):
    return item_comes(timeout, queue.Queue)


def lock_is_released(timeout):
    lock = threading.Lock()
    lock.acquire()
    start(drop_connection(), lock.release)
    return lock.acquire(timeout=timeout)


# so does who waits for the end himself
def selected(timeout):
    with drop_connection() as ours:
        return select.select([ours], [], [], timeout)[0] == [ours] and ours.recv(1) == b""


def polled(timeout):
    with drop_connection() as ours:
        poll = select.poll()
        poll.register(ours, select.POLLIN)
        return poll.poll(timeout * 1000) and ours.recv(1) == b""


def epolled(timeout):
    with drop_connection() as ours, select.epoll() as epoll:
        epoll.register(ours, select.EPOLLIN)
        return epoll.poll(timeout) and ours.recv(1) == b""


def write_and_drop(descriptor):
    stream = open(descriptor, "wb")
    stream.write(b"last words")


def last_words(timeout):
    reader, writer = os.pipe()
    write_and_drop(writer)
    came = select.select([reader], [], [], timeout)[0] and os.read(reader, 100) == b"last words"
    os.close(reader)
    return came


def callback_is_called(timeout):
    event.clear()
    watch = weakref.ref(Held(), lambda r: event.set())
    return event.wait(timeout) and watch() is None


class Speaker:
    def __del__(self):
        event.set()


def finalizer_is_called(timeout):
    event.clear()
    Speaker()
    return event.wait(timeout)


for attempt in (joined, event_is_set, item_comes, item_of_other_queue, lock_is_released, selected, polled,
                epolled, last_words, callback_is_called, finalizer_is_called):
    ends(attempt)

# and what is alive stays
kept = Held()
watch = weakref.ref(kept, lambda r: event.set())
event.clear()
assert not event.wait(1.2) and watch() is kept

# handlers that raise, calls that end in time: as ever
lock, answers = threading.Lock(), queue.SimpleQueue()
lock.acquire()
assert select.select([], [], [], 0.2) == ([], [], [])
assert not lock.acquire(timeout=0.2)
try:
    answers.get(timeout=0.2)
except queue.Empty:
    pass
else:
    raise AssertionError("an item")
