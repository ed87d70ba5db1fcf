"""Timeouts and lengths of sleep: what a number may be, and what is told of one that may not."""
import _queue
import faulthandler
import os
import select
import signal
import socket
import threading
import time

from _case import outcome

LARGE = "OverflowError: timestamp too large to convert to C _PyTime_t"
NOT_NUMBER = "ValueError: Invalid value NaN (not a number)"


class Index:
    def __init__(self, value):
        self.value = value

    def __index__(self):
        return self.value


class Float:
    def __float__(self):
        return 1.0


def answer(call, *arguments):
    """What it raises; None when it returns."""
    result = outcome(call, *arguments)
    return result if isinstance(result, str) else None


reader, writer = os.pipe()
os.write(writer, b"x")
poll = select.poll()
poll.register(reader)
epoll = select.epoll()
epoll.register(reader)
lock, rlock = threading.Lock(), threading.RLock()
queue = _queue.SimpleQueue()
connection = socket.socket()


def acquire(lock, timeout):
    assert lock.acquire(True, timeout)
    lock.release()


def get(timeout):
    queue.put(1)
    try:
        queue.get(True, timeout)
    finally:
        while not queue.empty():
            queue.get()


def wait(timeout):
    signal.raise_signal(signal.SIGUSR1)
    try:
        signal.sigtimedwait([signal.SIGUSR1], timeout)
    finally:
        signal.sigtimedwait([signal.SIGUSR1], 0)


def later(timeout):
    with open(os.devnull, "w") as silent:
        faulthandler.dump_traceback_later(timeout, file=silent)
        faulthandler.cancel_dump_traceback_later()


signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR1])
KINDS = {  # name: (call, what a TypeError says, or None for the usual, what is told of -2)
    "select": (lambda t: select.select([reader], [], [], t), "timeout must be a float or None",
               "ValueError: timeout must be non-negative"),
    "epoll": (epoll.poll, "timeout must be an integer or None", None),
    "lock": (lambda t: acquire(lock, t), None, "ValueError: timeout value must be positive"),
    "rlock": (lambda t: acquire(rlock, t), None, "ValueError: timeout value must be positive"),
    "queue": (get, None, "ValueError: 'timeout' must be a non-negative number"),
    "signal": (wait, None, "ValueError: timeout must be non-negative"),
    "settimeout": (connection.settimeout, None, "ValueError: Timeout value out of range"),
    "default": (socket.setdefaulttimeout, None, "ValueError: Timeout value out of range"),
    "faulthandler": (later, None, "ValueError: timeout must be greater than 0"),
}
for name, (call, wrong_type, below) in KINDS.items():
    for value in 1, 1.5, True, Index(1), 1e-12, 2000000.5:
        assert answer(call, value) is None, (name, value, answer(call, value))
    assert answer(call, -2) == below, (name, answer(call, -2))
    for value in 9223372037, 1 << 34, 1 << 63, 1 << 200, -9223372037, -1 << 70, Index(1 << 70):
        assert answer(call, value) == LARGE, (name, value, answer(call, value))
    for value in 1e10, 1e19, 1e300, float("inf"), -1e10, -float("inf"):
        assert answer(call, value) == LARGE, (name, value, answer(call, value))
    assert answer(call, float("nan")) == NOT_NUMBER, (name, answer(call, float("nan")))
    for value in "1", Float():
        told = wrong_type or f"'{type(value).__name__}' object cannot be interpreted as an integer"
        assert answer(call, value) == "TypeError: " + told, (name, answer(call, value))
socket.setdefaulttimeout(None)
assert answer(lock.acquire, True, None) == answer(rlock.acquire, True, None) == (
    "TypeError: 'NoneType' object cannot be interpreted as an integer")

# the longest that can be said, and that milliseconds in an int of C end sooner
connection.settimeout(9223372036.5)
assert connection.gettimeout() == 9223372036.5
assert answer(lock.acquire, False, 1) == "ValueError: can't specify a timeout for a non-blocking call"
for call, unit in (poll.poll, 1), (epoll.poll, 1000):
    for milliseconds in 2147483647.5, 2147483648, 1 << 33, -1 << 40:
        assert answer(call, milliseconds / unit) == "OverflowError: timeout is too large", milliseconds
    assert answer(call, 2147483647 / unit) is None and answer(call, -2147483 / unit) is None
assert answer(poll.poll, 1 << 60) == LARGE and answer(poll.poll, 1e18) == LARGE

for value, told in [(-1, "ValueError: sleep length must be non-negative"), (1 << 34, LARGE), (1e10, LARGE),
                    (float("nan"), NOT_NUMBER), (9223372036, "OSError: [Errno 22] Invalid argument"),
                    (Float(), "TypeError: 'Float' object cannot be interpreted as an integer")]:
    assert answer(time.sleep, value) == told, (value, answer(time.sleep, value))
assert answer(time.sleep, Index(0)) is None and answer(time.sleep, False) is None

# masks of events
for change in poll.register, poll.modify:
    assert answer(change, reader, 65535) is None and answer(change, reader, True) is None
    for mask, told in [(-1, "ValueError: value must be positive"),
                       (-1 << 70, "ValueError: value must be positive"),
                       (65536, "OverflowError: Python int too large for C unsigned short"),
                       (1 << 64, "OverflowError: Python int too large to convert to C unsigned long"),
                       (1.0, "TypeError: an integer is required")]:
        assert answer(change, reader, mask) == told, (mask, answer(change, reader, mask))
assert answer(epoll.modify, reader, (1 << 64) + select.EPOLLIN) is None and epoll.poll(1)
epoll.close()
connection.close()
