"""Arrays, pointers, simple values."""
from array import array
from ctypes import *


def text_of(call, *args, **kwargs):
    try:
        call(*args, **kwargs)
    except Exception as e:
        return f"{type(e).__name__}: {e}"
    raise AssertionError("nothing raised")


a = (c_int * 5)(1, 2, 3)
assert list(a) == [1, 2, 3, 0, 0] and len(a) == 5 and a[-5] == 1
assert a[1:4] == [2, 3, 0] and a[::-2] == [0, 3, 1]
a[1:3] = 20, 30
assert list(a) == [1, 20, 30, 0, 0]
assert text_of(lambda: a[5]) == "IndexError: invalid index"
assert text_of(lambda: a["x"]) == "TypeError: indices must be integers"
assert text_of(a.__setitem__, slice(0, 2), [1]) == "ValueError: Can only assign sequence of same size"
assert text_of(a.__delitem__, 0) == "TypeError: Array does not support item deletion"
assert text_of(c_int * 2, 1, 2, 3) == "IndexError: invalid index"
assert (c_int * 5) is (c_int * 5) and 5 * c_int is c_int * 5
assert text_of(lambda: c_int * -1) == "ValueError: Array length must be >= 0, not -1"
m = (c_double * 3 * 2)((1, 2, 3), (4, 5, 6))
assert m[1][2] == 6 and memoryview(m).shape == (2, 3) and memoryview(m).tobytes()[:8] == bytes(c_double(1))
assert memoryview(m).format == "<d" and memoryview(m).strides == (24, 8)
text = create_string_buffer(b"hello", 8)
assert text.value == b"hello" and text.raw == b"hello\0\0\0"
assert text[1:3] == b"el" and text[::-1][:3] == b"\0\0\0"
text.value = b"xy"
assert text.raw == b"xy\0lo\0\0\0"
text.raw = b"12345678"
assert text.value == b"12345678"
assert text_of(setattr, text, "value", b"123456789") == "ValueError: byte string too long"
wide = create_unicode_buffer("h\xe9", 4)
assert wide.value == "h\xe9" and wide[:] == "h\xe9\0\0" and wide[1] == "\xe9"
for missing, error in [({}, "class must define a '_length_' attribute"),
                       ({"_length_": 3}, "class must define a '_type_' attribute")]:
    assert text_of(type(Array), "X", (Array,), missing) == "AttributeError: " + error

p = pointer(c_int(5))
assert p.contents.value == 5 and p[0] == 5 and type(p) is POINTER(c_int) and bool(p)
p[0] = 6
p.contents = c_int(7)
assert p[0] == 7
null = POINTER(c_int)()
assert not null and text_of(lambda: null[0]) == "ValueError: NULL pointer access"
assert text_of(lambda: null.contents) == "ValueError: NULL pointer access"
assert text_of(POINTER(c_int), 3) == "TypeError: expected c_int instead of int"
assert text_of(POINTER, 3) == "TypeError: must be a ctypes type"
p = cast(a, POINTER(c_int))
assert p[:3] == [1, 20, 30] and p[2:0:-1] == [30, 20]
assert text_of(lambda: p[:]) == "ValueError: slice stop is required"
assert text_of(lambda: p[:3:-1]) == "ValueError: slice start is required for step < 0"
assert cast(b"abc", POINTER(c_char))[:3] == b"abc"
assert text_of(cast, 1, c_int) == "TypeError: cast() argument 2 must be a pointer type, not c_int"
deep = pointer(pointer(c_int(3)))
assert deep[0][0] == 3 and deep.contents.contents.value == 3
later = POINTER("later")
class Later(Structure):
    _fields_ = [("p", later), ("n", c_int)]
SetPointerType(later, Later)
assert Later(pointer(Later(None, 4))).p[0].n == 4

for kind, good, back in [(c_byte, 300, 44), (c_ushort, -1, 65535), (c_uint, 2**40 + 5, 5),
                         (c_longlong, 2**63, -2**63),
                         (c_bool, [], False), (c_char, 65, b"A"), (c_float, 0.1, 0.10000000149011612),
                         (c_void_p, 0, None), (c_void_p, -1, 2**64 - 1), (py_object, None, None)]:
    assert kind(good).value == back, (kind, kind(good).value)
assert repr(c_int(3)) == "c_int(3)" and repr(c_char(b"a")) == "c_char(b'a')"
assert repr(py_object()) == "py_object(<NULL>)"
assert repr(c_void_p()) == "c_void_p(None)" and not c_int() and c_int(1)
for call, args, error in [
        (c_int, ("a",), "TypeError: 'str' object cannot be interpreted as an integer"),
        (c_int, (1, 2), "TypeError: __init__ expected at most 1 argument, got 2"),
        (c_double, ("a",), "TypeError: must be real number, not str"),
        (c_char, (b"ab",), "TypeError: one character bytes, bytearray or integer expected"),
        (c_wchar, ("ab",), "TypeError: one character unicode string expected"),
        (c_char_p, ("a",), "TypeError: bytes or integer address expected instead of str instance"),
        (c_wchar_p, (b"a",),
         "TypeError: unicode string or integer address expected instead of bytes instance"),
        (c_void_p, ("a",), "TypeError: cannot be converted to pointer"),
        (hash, (c_int(),), "TypeError: unhashable type")]:
    assert text_of(call, *args) == error, (call, args, text_of(call, *args))
assert text_of(lambda: py_object().value) == "ValueError: PyObject is NULL"
assert cast(id(a), py_object).value is a
class Own(c_int):
    pass
class Has(Structure):
    _fields_ = [("own", Own), ("plain", c_int)]
assert type(Has(Own(3)).own) is Own and Has(Own(3)).own.value == 3
numbers = array("i", [1, 2, 3])
view = (c_int * 3).from_buffer(numbers)
view[1] = 9
assert numbers[1] == 9
x = c_int(258)
resize(x, 100)
assert sizeof(x) == 100 and x.value == 258
assert text_of(resize, c_int(), 1) == "ValueError: minimum size is 4"
assert byref(x, 1)._obj is x and repr(byref(x)).startswith("<cparam 'P' (0x")
assert cast(byref(x, 1), POINTER(c_ubyte))[0] == 1
assert c_int.in_dll(CDLL(None), "environ").value is not None
assert text_of(c_int.in_dll, CDLL(None), "no_such_thing").startswith("ValueError: ")
