"""ctypes.pythonapi: the functions of CPython's C API that make bytes and format text, and a variable."""
import ctypes
import sys
from ctypes import POINTER, c_char, c_char_p, c_int, c_size_t, c_ssize_t, py_object, pythonapi


def error_of(function, *args):
    try:
        function(*args)
    except Exception as e:
        return f"{type(e).__name__}: {e}"


make = pythonapi.PyBytes_FromStringAndSize
make.restype, make.argtypes = py_object, (c_char_p, c_ssize_t)
assert make(b"abcdefghi", 3) == b"abc"
assert make(b"a\0b", 3) == b"a\0b"
assert make(b"", 0) == b"" and len(make(None, 5)) == 5
assert error_of(make, b"a", -1) == "SystemError: Negative size passed to PyBytes_FromStringAndSize"

whole = pythonapi.PyBytes_FromString
whole.restype, whole.argtypes = py_object, (c_char_p,)
assert whole(b"abc") == b"abc" and whole(b"") == b""
kept = [whole(b"%d" % i) for i in range(1000)]
assert kept == [b"%d" % i for i in range(1000)]

form = pythonapi.PyOS_snprintf
form.argtypes = POINTER(c_char), c_size_t, c_char_p
text = ctypes.create_string_buffer(b"?" * 20)
assert form(text, 8, b"%s-%d-%.1f", b"ab", 12, ctypes.c_double(2.5)) == 9
assert text.value == b"ab-12-2" and text.raw[8:12] == b"????"
assert error_of(form, text) == "TypeError: this function takes at least 3 arguments (1 given)"

flag = c_int.in_dll(pythonapi, "Py_OptimizeFlag")
assert flag.value == sys.flags.optimize
flag.value += 1
assert c_int.in_dll(pythonapi, "Py_OptimizeFlag").value == sys.flags.optimize + 1
flag.value -= 1

assert error_of(c_int.in_dll, pythonapi, "Py_NoSuchThing").endswith("undefined symbol: Py_NoSuchThing")
assert not hasattr(ctypes.CDLL("libc.so.6"), "PyBytes_FromString")
