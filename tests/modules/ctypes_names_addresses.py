"""What ctypes takes for the name of a symbol, for a library's handle and for an address; abstract classes."""
import _ctypes
import ctypes
from ctypes import CDLL, CFUNCTYPE, POINTER, Structure, Union, c_double, c_int, pointer


def error_of(function, *args):
    try:
        function(*args)
    except Exception as e:
        return f"{type(e).__name__}: {e}"


NOT_A_NAME = "TypeError: function name must be string, bytes object or integer"
libc = CDLL("libc.so.6")
prototype = CFUNCTYPE(c_int, c_int)

# a name: str or bytes, up to the first NUL, in UTF-8
assert prototype(("abs", libc))(-3) == prototype((b"abs", libc))(-4) - 1 == 3
assert prototype(("abs\0more", libc))(-3) == 3
for name in 1, -1, 2**70, True, None, bytearray(b"abs"):
    assert error_of(prototype, (name, libc)) == NOT_A_NAME
assert error_of(lambda: libc[1]) == NOT_A_NAME
assert error_of(prototype, ("a\ud800", libc)).startswith("UnicodeEncodeError: 'utf-8' codec can't encode")
NOT_UTF8 = "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff"  # 3.11.2 has no message
assert error_of(prototype, (b"zz\xff", libc)).startswith((NOT_UTF8, "AttributeError: "))
assert error_of(_ctypes.dlopen, b"/no\xff").startswith((NOT_UTF8, "OSError: "))
assert error_of(_ctypes.dlopen, "/none/caf\u00e9").startswith("OSError: /none/caf\u00e9: cannot open")
for find in lambda name: c_int.in_dll(libc, name), lambda name: _ctypes.dlsym(libc._handle, name):
    assert error_of(find, "a\0b") == "ValueError: embedded null character"
    assert error_of(find, "a\ud800").startswith("UnicodeEncodeError: 'utf-8' codec can't encode")
assert _ctypes.dlsym(libc._handle, "abs") == ctypes.cast(libc.abs, ctypes.c_void_p).value

# an address has 64 bits
takers = [prototype, c_int.from_address, _ctypes.PyObj_FromPtr, _ctypes.dlclose,
          lambda n: _ctypes.dlsym(n, "x"), lambda n: _ctypes.call_function(n, ())]
for take in takers:
    assert error_of(take, 2**64) == "OverflowError: Python int too large to convert to C unsigned long"
    assert error_of(take, -2**63 - 1) == "OverflowError: Python int too large to convert to C long"
assert ctypes.cast(prototype(-1), ctypes.c_void_p).value == 2**64 - 1
assert error_of(_ctypes.PyObj_FromPtr, "x") == "TypeError: an integer is required"


class Library:
    _handle = 2**64


for find in lambda: c_int.in_dll(Library, "x"), lambda: prototype(("x", Library)):
    assert error_of(find) == "ValueError: could not convert the _handle attribute to a pointer"

# counts of arguments
assert error_of(c_int.in_dll, libc) == "TypeError: in_dll() takes exactly 2 arguments (1 given)"
assert error_of(c_int.from_buffer) == "TypeError: from_buffer() takes at least 1 argument (0 given)"
assert error_of(c_int.from_buffer_copy, b"", 0, 0) == \
    "TypeError: from_buffer_copy() takes at most 2 arguments (3 given)"
assert error_of(ctypes.resize, c_int()) == "TypeError: resize() takes exactly 2 arguments (1 given)"
assert error_of(_ctypes.dlopen) == "TypeError: dlopen() takes at least 1 argument (0 given)"
assert error_of(_ctypes.dlclose) == "TypeError: dlclose() takes exactly 1 argument (0 given)"


# an abstract class as the type of a parameter: its instances
class Pair(Structure):
    _fields_ = [("a", c_int), ("b", c_int)]


pair = Pair(1, 2)
assert Structure.from_param(pair) is pair
number = c_int(5)
assert _ctypes._SimpleCData.from_param(number) is number
assert error_of(_ctypes._SimpleCData.from_param, 5) == "TypeError: abstract class"
assert error_of(_ctypes._Pointer.from_param, 5) == "TypeError: abstract class"
for base in Structure, Union, ctypes.Array, _ctypes.CFuncPtr:
    wanted = f"{base.__module__}.{base.__name__}"
    assert error_of(base.from_param, number) == f"TypeError: expected {wanted} instance instead of c_int"
takes_simple = CDLL("libc.so.6").abs
takes_simple.argtypes = [_ctypes._SimpleCData]
assert takes_simple(c_int(-5)) == 5
assert error_of(takes_simple, 5) == "ArgumentError: argument 1: TypeError: abstract class"
assert error_of(POINTER(c_double).from_param, pointer(number)) == \
    "TypeError: expected LP_c_double instance instead of LP_c_int"
