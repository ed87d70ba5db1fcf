"""memoryview of ctypes objects: of all the bytes that resize() gave, cast from any format to bytes."""
import ctypes

from _case import error


class Empty(ctypes.Structure):
    pass


grown = Empty()
ctypes.resize(grown, 5)
view = memoryview(grown)
assert (view.nbytes, view.format, view.itemsize, view.shape) == (5, "B", 0, ())
view.cast("B")[:] = b"hello"
assert bytes(view.cast("B")) == b"hello" and memoryview(view).nbytes == 5

numbers = (ctypes.c_int * 3)(1, 2, 3)
ctypes.resize(numbers, 24)
view = memoryview(numbers)
assert (view.nbytes, view.shape, view.cast("B").shape) == (24, (3,), (24,))

assert memoryview(ctypes.c_double(0.6)).cast("B").nbytes == 8
assert memoryview(ctypes.c_int.__ctype_be__(1)).cast("B").tolist() == [0, 0, 0, 1]
assert error(memoryview((ctypes.c_int * 3)()).cast, "i") == \
    "TypeError: memoryview: cannot cast between two non-byte formats"
