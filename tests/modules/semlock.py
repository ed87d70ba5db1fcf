# Semaphores that processes share: counting, owning, waiting, names, and what constructor and methods refuse.
import _multiprocessing
import os
import threading
import time

from _case import error

SemLock = _multiprocessing.SemLock
RECURSIVE, SEMAPHORE = 0, 1
NAME = "/krait-test-%d" % os.getpid()

assert _multiprocessing.flags == {"HAVE_SEM_OPEN": 1, "HAVE_SEM_TIMEDWAIT": 1}
assert SemLock.SEM_VALUE_MAX == 2147483647

# a semaphore counts; nobody owns it
two = SemLock(SEMAPHORE, 2, 2, NAME, True)
assert (two.kind, two.maxvalue, two.name, type(two.handle)) == (1, 2, None, int)
assert two.acquire() is True and two.acquire(False) is True and two.acquire(False) is False
assert two._count() == 2 and two._get_value() == 0
assert two._is_zero() is True and two._is_mine() is True
start = time.monotonic()
assert two.acquire(True, 0.05) is False and time.monotonic() - start >= 0.04
assert two.acquire(True, -1) is False and two.acquire(timeout=0) is False
assert two.acquire(False, None) is False
assert two.release() is None and two.release() is None
assert error(two.release) == "ValueError: semaphore or lock released too many times"
assert two._count() == 0 and not two._is_zero() and not two._is_mine()
with two as entered:
    assert entered is True and two._count() == 1
assert two.__exit__(None) is None if two.acquire() else False
two.acquire()
two._after_fork()
assert two._count() == 0 and two._get_value() == 1

# a recursive lock belongs to a thread
lock = SemLock(kind=RECURSIVE, value=1, maxvalue=1, name=NAME, unlink=True)
refusal = "AssertionError: attempt to release recursive lock not owned by thread"
assert error(lock.release) == refusal
assert lock.acquire() and lock.acquire() and lock._count() == 2 and lock._get_value() == 0
seen = []
thread = threading.Thread(target=lambda: seen.extend((lock._is_mine(), lock.acquire(0), error(lock.release))))
thread.start()
thread.join()
assert seen == [False, False, refusal], seen
lock.release()
assert lock._is_mine()
lock.release()
assert not lock._is_mine() and error(lock.release) == refusal

# another thread runs while one waits
gate = SemLock(SEMAPHORE, 0, 1, NAME, True)
thread = threading.Thread(target=gate.release)
thread.start()
assert gate.acquire(True, 10)
thread.join()

# and a process
pid = os.fork()
if not pid:
    gate.release()
    os._exit(0)
assert gate.acquire(True, 10)
os.waitpid(pid, 0)

# by name, until it is unlinked
named = SemLock(SEMAPHORE, 1, 3, NAME, False)
assert named.name == NAME
assert error(SemLock, SEMAPHORE, 1, 3, NAME, False) == "FileExistsError: [Errno 17] File exists"
same = SemLock._rebuild(named.handle, SEMAPHORE, 3, NAME)
assert same.name == NAME and same.acquire() and named._is_zero() and same.release() is None
assert _multiprocessing.sem_unlink(NAME) is None
assert error(_multiprocessing.sem_unlink, NAME) == "FileNotFoundError: [Errno 2] No such file or directory"
assert error(SemLock._rebuild, 1, 1, 1, NAME) == "FileNotFoundError: [Errno 2] No such file or directory"


class Mine(SemLock):
    pass


pid = os.fork()
if not pid:  # who knows a handle twice must not close it twice
    known = Mine._rebuild(gate.handle, SEMAPHORE, 4, None)
    known.extra = 1
    fine = type(known) is Mine and known.name is None and known.maxvalue == 4 and known.handle == gate.handle
    os._exit(0 if fine and known.release() is None and gate.acquire(False) else 1)
assert os.waitpid(pid, 0)[1] == 0

# refused
for arguments, message in [
    ((2, 1, 1, NAME, True), "ValueError: unrecognized kind"),
    ((0, -1, 1, NAME, True), "OSError: [Errno 22] Invalid argument"),
    ((0, 1, 1, 5, True), "TypeError: SemLock() argument 'name' must be str, not int"),
    ((0, 1, 1, "a\0b", True), "ValueError: embedded null character"),
    ((0, 1, 1, NAME), "TypeError: SemLock() missing required argument 'unlink' (pos 5)"),
    ((0, 1, 1, "no/slash", True), "OSError: [Errno 22] Invalid argument"),
    (("a", 1, 1, NAME, True), "TypeError: 'str' object cannot be interpreted as an integer"),
    ((0, 1, 1, NAME, "x"), "TypeError: 'str' object cannot be interpreted as an integer"),
    ((0, 1, 1, NAME, True, 4), "TypeError: SemLock() takes at most 5 arguments (6 given)"),
]:
    assert error(SemLock, *arguments) == message, (arguments, error(SemLock, *arguments))
for call, message in [
    (lambda: gate.acquire(1, 2, 3), "TypeError: acquire() takes at most 2 arguments (3 given)"),
    (lambda: gate.acquire(None), "TypeError: 'NoneType' object cannot be interpreted as an integer"),
    (lambda: gate.acquire(True, "x"), "TypeError: must be real number, not str"),
    (lambda: gate.acquire(True, float("nan")), "OSError: [Errno 22] Invalid argument"),
    (lambda: gate.__exit__(1, 2, 3, 4), "TypeError: __exit__ expected at most 3 arguments, got 4"),
    (lambda: setattr(gate, "kind", 4), "AttributeError: readonly attribute"),
    (lambda: SemLock._rebuild("x", 1, 1, None), "TypeError: _rebuild() argument 1 must be int, not str"),
    (lambda: SemLock._rebuild(1, 1, 1, 5), "TypeError: _rebuild() argument 4 must be str or None, not int"),
    (lambda: _multiprocessing.sem_unlink(5), "TypeError: sem_unlink() argument must be str, not int"),
]:
    assert error(call) == message, error(call)
