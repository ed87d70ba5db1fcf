"""Functions of the C library: arguments, results, errors."""
from ctypes import *
import ctypes.util

libc = CDLL(None)

assert libc.abs(-5) == 5 and libc.strlen(b"hello") == 5
assert libc.wcslen("hello") == 5
libc.strchr.restype = c_char_p
assert libc.strchr(b"hello", ord("l")) == b"llo" and libc.strchr(b"hello", ord("z")) is None
libc.atof.restype = c_double
libc.atof.argtypes = [c_char_p]
assert libc.atof(b"2.5") == 2.5
assert libc.atof.argtypes == [c_char_p] and libc.atof.restype is c_double


def text_of(call, *args):
    try:
        call(*args)
    except Exception as e:
        return f"{type(e).__name__}: {e}"
    raise AssertionError("nothing raised")


expected = {
    ("1",): "ArgumentError: argument 1: TypeError: wrong type",
    (): "TypeError: this function takes at least 1 argument (0 given)",
}
for args, text in expected.items():
    assert text_of(libc.atof, *args) == text, text_of(libc.atof, *args)
abs_ = CFUNCTYPE(c_int, c_int)(("abs", libc))
assert abs_(-3) == 3 and abs_(True) == 1
assert text_of(abs_, 1.5) == "ArgumentError: argument 1: TypeError: wrong type"
plain = CDLL(None)
assert plain.abs(2**40 + 3) == 3
assert text_of(plain.abs, object()) == \
    "ArgumentError: argument 1: TypeError: Don't know how to convert parameter 1"
assert text_of(plain.abs, 2**80) == \
    "ArgumentError: argument 1: OverflowError: int too long to convert"
assert text_of(setattr, abs_, "argtypes", (3,)) == \
    "TypeError: item 1 in _argtypes_ has no from_param method"
assert text_of(setattr, abs_, "restype", 3) == "TypeError: restype must be a type, a callable, or None"
assert text_of(setattr, abs_, "errcheck", 3) == "TypeError: the errcheck attribute must be callable"
assert "undefined symbol: no_such_function" in text_of(lambda: libc.no_such_function)
assert text_of(CDLL, "no such library").startswith("OSError: no such library: cannot open shared object file")

# whatever has _as_parameter_, whatever converts itself
class Number:
    def __init__(self, n):
        self._as_parameter_ = n
assert plain.abs(Number(-7)) == 7 and plain.abs(Number(Number(c_int(-8)))) == 8
class Doubled:
    @classmethod
    def from_param(cls, v):
        return v * 2
plain.labs.argtypes = [Doubled]
assert plain.labs(-4) == 8

# results: called, checked
plain.abs.restype = lambda n: ("result", n)
assert plain.abs(-1) == ("result", 1)
def check(result, function, args):
    return result, function is plain.strlen, args
plain.strlen.errcheck = check
assert plain.strlen(b"abc") == (3, True, (b"abc",))
del plain.strlen.errcheck
assert plain.strlen(b"abc") == 3

# errno of the thread
own = CDLL(None, use_errno=True)
set_errno(0)
assert own.close(-1) == -1 and get_errno() == 9 and set_errno(5) == 9 and get_errno() == 5

# many arguments, and variable ones
buffer = create_string_buffer(100)
libc.snprintf.argtypes = [c_char_p, c_size_t, c_char_p]
assert libc.snprintf(buffer, 100, b"%d %s %.2f %c", 42, b"text", c_double(2.5), b"x"[0]) == 14
assert buffer.value == b"42 text 2.50 x"

# structures by value
class Quotient(Structure):
    _fields_ = [("quot", c_int), ("rem", c_int)]
libc.div.restype = Quotient
q = libc.div(17, 5)
assert (q.quot, q.rem) == (3, 2)
class LongQuotient(Structure):
    _fields_ = [("quot", c_long), ("rem", c_long)]
libc.ldiv.restype = LongQuotient
libc.ldiv.argtypes = [c_long, c_long]
q = libc.ldiv(-17, 5)
assert (q.quot, q.rem) == (-3, -2)

# parameters with names and directions
prototype = CFUNCTYPE(c_double, c_double, POINTER(c_int))
frexp = prototype(("frexp", CDLL(ctypes.util.find_library("m"))), ((1, "x"), (2, "exponent")))
assert frexp(8.0) == 4 and frexp(x=8.0) == 4
assert text_of(frexp) == "TypeError: required argument 'x' missing"
assert text_of(frexp, 1.0, 2.0) == "TypeError: call takes exactly 1 arguments (2 given)"
assert text_of(prototype, ("frexp", libc), ((1,),)) == \
    "ValueError: paramflags must have the same length as argtypes"

assert string_at(b"abc\0def") == b"abc" and string_at(b"abc\0def", 7) == b"abc\0def"
assert wstring_at("abc") == "abc"
target = create_string_buffer(5)
memmove(target, b"xyz", 3)
memset(target, ord("a"), 1)
assert target.raw == b"ayz\0\0"
