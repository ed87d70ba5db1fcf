"""Ints past a C int: most functions say one thing, those that read them by the format "i" another, and the
order of arguments decides which fault is told first."""
import fcntl
import io
import mmap
import os
import signal
import socket
import sys
import time
import types

from _case import error

INT = "OverflowError: Python int too large to convert to C int"
LONG = "OverflowError: Python int too large to convert to C long"
GREATER = "OverflowError: signed integer is greater than maximum"
LESS = "OverflowError: signed integer is less than minimum"
NO_FD = "TypeError: argument must be an int, or have a fileno() method."


class Index:

    def __init__(self, value):
        self.value = value

    def __index__(self):
        return self.value


WIDE = (2**31, -2**31 - 1, 2**63, -2**63 - 1, 2**64)
here = sys._getframe()

# ---- a C int
PLAIN = [
    lambda n: os.close(n), lambda n: os.dup(n), lambda n: os.dup2(n, 0), lambda n: os.fstat(n),
    lambda n: os.read(n, 1), lambda n: os.isatty(n), lambda n: os.open("/", n), lambda n: os.access("/", n),
    lambda n: os.chmod("/nowhere", n), lambda n: os.closerange(n, n), lambda n: os.pipe2(n),
    lambda n: os.set_inheritable(n, 1), lambda n: os.set_blocking(n, True), lambda n: os.set_blocking(900, n),
    lambda n: os.strerror(n), lambda n: os.sysconf(n), lambda n: os.confstr(n), lambda n: os.fpathconf(0, n),
    lambda n: os.pathconf("/", n), lambda n: os.WIFEXITED(n), lambda n: os.umask(n),
    lambda n: os.sched_get_priority_max(n), lambda n: os.waitstatus_to_exitcode(n),
    lambda n: fcntl.fcntl(n, 1), lambda n: fcntl.fcntl(n, "x"), lambda n: fcntl.flock(n, "x"),
    lambda n: fcntl.lockf(n, None), lambda n: fcntl.ioctl(n, "x"), lambda n: fcntl.fcntl(0, n),
    lambda n: fcntl.flock(0, n), lambda n: signal.strsignal(n), lambda n: signal.siginterrupt(n, 1),
    lambda n: signal.getitimer(n), lambda n: signal.default_int_handler(n, None),
    lambda n: types.TracebackType(None, here, n, 1), lambda n: types.TracebackType(None, here, 1, n),
]
for call in PLAIN:
    for n in WIDE:
        assert error(call, n) == INT, (call.__code__.co_consts, call.__code__.co_names, n, error(call, n))
assert error(os.close, Index(2**31)) == INT
assert error(fcntl.flock, "x", 2**40) == NO_FD and error(fcntl.fcntl, None, 2**40) == NO_FD

# ---- the format "i"
FORMAT = [
    lambda n: os.getpgid(n), lambda n: os.getsid(n), lambda n: os.kill(n, 0), lambda n: os.killpg(n, 0),
    lambda n: os.setpgid(n, n), lambda n: os.waitpid(n, 0), lambda n: os.sched_getscheduler(n),
    lambda n: time.clock_gettime(n), lambda n: time.clock_getres(n), lambda n: time.clock_gettime_ns(n),
    lambda n: socket.inet_ntop(n, b"abcd"), lambda n: socket.inet_pton(n, "1.2.3.4"),
    lambda n: socket.getservbyport(n), lambda n: socket.getaddrinfo("127.0.0.1", 1, n),
    lambda n: mmap.mmap(n, 10), lambda n: mmap.mmap(-1, 10, n), lambda n: fcntl.ioctl(900, 1, n),
]
with socket.socket() as plain:
    FORMAT += [
        lambda n: plain.listen(n), lambda n: plain.recv(1, n), lambda n: plain.send(b"", n),
        lambda n: plain.getsockopt(n, 1), lambda n: plain.setsockopt(1, n, 1)]
    for call in FORMAT:
        for n, text in zip(WIDE, (GREATER, LESS, LONG, LONG, LONG)):
            assert error(call, n) == text, (call.__code__.co_names, n, error(call, n))
    assert error(plain.shutdown, 2**31) == INT
assert error(socket.socket, 2**31) == INT
# the numbers of sockets are cut to a C int
assert error(socket.close, 2**32 + 900).startswith("OSError: [Errno 9]") and error(socket.dup, 2**63) == LONG


# ---- what a traceback is made with comes back
def made(place, line):
    traceback = types.TracebackType(None, here, place, line)
    return traceback.tb_lasti, traceback.tb_lineno


for place in (0, 1, 2, 7, 12345, 2**31 - 1, -1, -5, -2**31):
    assert made(place, 3) == (place, 3)
assert made(1, -1) == (1, -1)

# ---- open(): what is no descriptor is a path, and none
NO_PATH = "TypeError: expected str, bytes or os.PathLike object, not int"
for n in WIDE:
    for call in (io.FileIO, open, lambda n: io.FileIO(n, "no mode"), lambda n: open(n, "rb", closefd=False)):
        assert error(call, n) == NO_PATH, n
    assert error(open, n, "zz") == "ValueError: invalid mode: 'zz'"
    assert error(open, "/dev/null", "r", n) == INT
for n in (-1, -2**31):
    assert error(io.FileIO, n) == error(open, n) == "ValueError: negative file descriptor"
