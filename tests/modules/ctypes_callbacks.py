"""Python functions that C calls: in order, with errors, on other threads."""
import gc
import sys
import threading
from ctypes import *

libc = CDLL(None)

# qsort
compare_type = CFUNCTYPE(c_int, POINTER(c_int), POINTER(c_int))
numbers = (c_int * 100)(*[(i * 37) % 101 for i in range(100)])
calls = 0
def compare(a, b):
    global calls
    calls += 1
    if calls % 50 == 0:
        gc.collect()
    return a[0] - b[0]
libc.qsort(numbers, 100, sizeof(c_int), compare_type(compare))
assert list(numbers) == sorted(numbers) and calls > 100

# a callback that calls C that calls back
def nested(a, b):
    few = (c_int * 3)(3, 1, 2)
    libc.qsort(few, 3, sizeof(c_int), compare_type(lambda x, y: x[0] - y[0]))
    assert list(few) == [1, 2, 3]
    return a.contents.value - b.contents.value
pair = (c_int * 2)(2, 1)
libc.qsort(pair, 2, sizeof(c_int), compare_type(nested))
assert list(pair) == [1, 2]

# exceptions: told, and C goes on with 0
told = []
sys.unraisablehook = lambda u: told.append((u.exc_type, u.err_msg, u.object))
def failing(a, b):
    raise KeyError("no")
libc.qsort(pair, 2, sizeof(c_int), compare_type(failing))
assert told[0] == (KeyError, "Exception ignored on calling ctypes callback function", failing), told
told.clear()
def wrong(a, b):
    return "text"
libc.qsort(pair, 2, sizeof(c_int), compare_type(wrong))
assert told[0][:2] == (TypeError, "Exception ignored on converting result of ctypes callback function"), told
assert told[0][2] is wrong
told.clear()

# all kinds of arguments and results
for kind, value in [(c_byte, -3), (c_ubyte, 200), (c_short, -300), (c_ushort, 60000),
                    (c_int, -70000),
                    (c_uint, 2**32 - 1), (c_long, -2**63), (c_ulong, 2**64 - 1), (c_float, 1.5),
                    (c_double, 2.5),
                    (c_bool, True), (c_char, b"x"), (c_wchar, "\u20ac"),
                    (c_longdouble, 3.5), (py_object, [1])]:
    echo = CFUNCTYPE(kind, kind)(lambda v: v)
    assert echo(value) == value, (kind, echo(value))
    seventh = CFUNCTYPE(kind, *[c_int] * 6, kind, c_double)(lambda *args: args[6])
    assert seventh(1, 2, 3, 4, 5, 6, value, 1.0) == value, kind

class Point(Structure):
    _fields_ = [("x", c_int), ("y", c_int)]
class Large(Structure):
    _fields_ = [("values", c_double * 10)]
class Mixed(Structure):
    _fields_ = [("x", c_double), ("y", c_long)]
seen = []
for made in (Point(1, 2), Large((c_double * 10)(*range(10))), Mixed(1.5, 7)):
    take = CFUNCTYPE(c_int, type(made))(lambda v: seen.append(bytes(v)) or 1)
    assert take(made) == 1 and seen[-1] == bytes(made)

def refuses(make, text):
    try:
        make()
    except TypeError as e:
        assert str(e) == text, e
    else:
        raise AssertionError("nothing raised")
refuses(lambda: CFUNCTYPE(Point)(lambda: 1), "invalid result type for callback function")
refuses(lambda: CFUNCTYPE(c_int)("text"), "argument must be callable or integer function address")

# on threads that Python has not started
entry_type = CFUNCTYPE(c_void_p, c_void_p)
names = []
def entry(argument):
    names.append((argument, threading.current_thread() is threading.main_thread(), [gc.collect() and 0]))
    data = [str(i) for i in range(1000)]
    return len(data)
callback = entry_type(entry)
libc.pthread_create.argtypes = [POINTER(c_ulong), c_void_p, entry_type, c_void_p]
libc.pthread_join.argtypes = [c_ulong, POINTER(c_void_p)]
for round_ in range(5):
    handles = [c_ulong() for _ in range(4)]
    for i, handle in enumerate(handles):
        assert libc.pthread_create(byref(handle), None, callback, i + 1) == 0
    for handle in handles:
        result = c_void_p()
        assert libc.pthread_join(handle, byref(result)) == 0 and result.value == 1000
assert sorted(n[0] for n in names) == sorted([1, 2, 3, 4] * 5) and not any(n[1] for n in names)
def dies(argument):
    raise ValueError("on a thread of C")
callback = entry_type(dies)
handle = c_ulong()
assert libc.pthread_create(byref(handle), None, callback, None) == 0
assert libc.pthread_join(handle, None) == 0
assert told and told[0][0] is ValueError
told.clear()

# other threads run while C waits
libc.usleep.argtypes = [c_uint]
ran = []
def other():
    ran.append(1)
thread = threading.Thread(target=other)
thread.start()
libc.usleep(200000)
assert ran == [1]
thread.join()

# with the lock held: PyDLL
echo = PYFUNCTYPE(c_int, c_int)(lambda n: n + 1)
assert echo(41) == 42
