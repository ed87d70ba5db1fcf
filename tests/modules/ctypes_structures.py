"""Structures and unions: layout, fields, what they keep alive."""
import pickle
from ctypes import *


def text_of(call, *args, **kwargs):
    try:
        call(*args, **kwargs)
    except Exception as e:
        return f"{type(e).__name__}: {e}"
    raise AssertionError("nothing raised")


class Point(Structure):
    _fields_ = [("x", c_int), ("y", c_int)]
class Rect(Structure):
    _fields_ = [("a", Point), ("b", Point), ("name", c_char * 5),
                ("wide", c_wchar * 3), ("p", POINTER(Point))]

assert (sizeof(Point), sizeof(Rect), alignment(Rect)) == (8, 48, 8)
assert repr(Rect.b) == "<Field type=Point, ofs=8, size=8>" and (Rect.b.offset, Rect.b.size) == (8, 8)
r = Rect(Point(1, 2), (3, 4), b"abc")
assert (r.a.x, r.a.y, r.b.x, r.b.y, r.name, r.wide, bool(r.p)) == (1, 2, 3, 4, b"abc", "", False)
r.a.x = 10
part = r.a
part.y = 20
assert (r.a.x, r.a.y) == (10, 20) and part._b_base_ is r and r._b_base_ is None
r.p = pointer(r.b)
r.p.contents.x = 30
assert r.b.x == 30
r.wide = "xyz"
assert r.wide == "xyz"
assert text_of(setattr, r, "wide", "wxyz") == "ValueError: string too long (4, maximum length 3)"
assert text_of(setattr, r, "name", b"abcdef") == "ValueError: bytes too long (6, maximum length 5)"
assert text_of(setattr, r, "name", "abc") == "TypeError: expected bytes, str found"
assert text_of(Point, 1, 2, 3) == "TypeError: too many initializers"
assert text_of(Point, 1, x=2) == "TypeError: duplicate values for field 'x'"
assert text_of(setattr, Point(), "x", "a") == "TypeError: 'str' object cannot be interpreted as an integer"
assert text_of(Rect, 3) == "TypeError: expected Point instance, got int"
assert text_of(Rect, (1, 2, 3)) == "RuntimeError: (Point) TypeError: too many initializers"
assert text_of(delattr, r, "name") == "TypeError: can't delete attribute"
assert text_of(Point.x.__get__, 3) == "TypeError: not a ctype instance"

class Value(Union):
    _fields_ = [("n", c_int), ("f", c_float), ("bytes", c_ubyte * 4)]
v = Value(f=1.0)
assert v.n == 0x3f800000 and list(v.bytes) == [0, 0, 0x80, 0x3f] and sizeof(Value) == 4

class Bits(Structure):
    _fields_ = [("a", c_int, 3), ("b", c_int, 5), ("c", c_uint, 30), ("d", c_short, 4), ("e", c_longlong, 40)]
b = Bits(a=-1, b=7, c=2**30 - 1, d=-8, e=-5)
assert (b.a, b.b, b.c, b.d, b.e) == (-1, 7, 2**30 - 1, -8, -5)
b.a = 4
assert (b.a, b.b) == (-4, 7)
layouts = [(f.offset, f.size >> 16, f.size & 0xffff) for f in (Bits.a, Bits.b, Bits.c, Bits.d, Bits.e)]
assert layouts == [(0, 3, 0), (0, 5, 3), (4, 30, 0), (8, 4, 0), (8, 40, 4)], layouts
assert sizeof(Bits) == 16

class Packed(Structure):
    _pack_ = 1
    _fields_ = [("c", c_char), ("d", c_double)]
assert sizeof(Packed) == 9 and Packed.d.offset == 1

class Inner(Structure):
    _fields_ = [("low", c_ushort), ("high", c_ushort)]
class Word(Union):
    _anonymous_ = ["parts"]
    _fields_ = [("whole", c_uint), ("parts", Inner)]
w = Word(0x12345678)
assert (w.low, w.high) == (0x5678, 0x1234)
w.high = 0
assert w.whole == 0x5678

class Big(BigEndianStructure):
    _fields_ = [("a", c_short), ("b", c_int), ("bits", c_ushort, 4)]
assert bytes(Big(0x102, 0x3040506)) == b"\1\2\0\0\3\4\5\6\0\0\0\0" and Big(0x102).a == 0x102
assert c_int.__ctype_be__(1).value == 1 and bytes(c_int.__ctype_be__(1)) == b"\0\0\0\1"

class Base(Structure):
    _fields_ = [("a", c_int)]
class Derived(Base):
    _fields_ = [("b", c_double)]
d = Derived(1, 2.5)
assert (d.a, d.b, sizeof(Derived)) == (1, 2.5, 16)

# when it is settled
class Node(Structure):
    pass
Node._fields_ = [("next", POINTER(Node)), ("n", c_int)]
second = Node(None, 2)
first = Node(pointer(second), 1)
assert first.next[0].n == 2 and not second.next
assert text_of(setattr, Node, "_fields_", []) == "AttributeError: _fields_ is final"
class Own(Structure):
    pass
assert text_of(setattr, Own, "_fields_", [("x", Own)]) == \
    "AttributeError: Structure or union cannot contain itself"
make = type(Structure)
for fields, text in [
        (3, "TypeError: '_fields_' must be a sequence of pairs"),
        ([3], "TypeError: '_fields_' must be a sequence of (name, C type) pairs"),
        ([("a", 3)], "TypeError: second item in _fields_ tuple (index 0) must be a C type"),
        ([("a", c_int, 0)], "ValueError: number of bits invalid for bit field"),
        ([("a", c_int, 33)], "ValueError: number of bits invalid for bit field"),
        ([("a", c_float, 3)], "TypeError: bit fields not allowed for type c_float")]:
    assert text_of(make, "Y", (Structure,), {"_fields_": fields}) == text, fields
assert text_of(make, "Y", (Structure,), {"_fields_": [("a", c_int)], "_pack_": -1}) == \
    "ValueError: _pack_ must be a non-negative integer"
assert text_of(Structure) == "TypeError: abstract class"

# pickles, memory of others
q = pickle.loads(pickle.dumps(Point(5, 6)))
assert (q.x, q.y) == (5, 6)
assert text_of(pickle.dumps, r) == "ValueError: ctypes objects containing pointers cannot be pickled"
memory = bytearray(16)
p = Point.from_buffer(memory, 8)
p.x = 0x01020304
assert memory[8:12] == b"\4\3\2\1"
assert text_of(memory.append, 1) == "BufferError: Existing exports of data: object cannot be re-sized"
assert text_of(Point.from_buffer, memory, 9) == \
    "ValueError: Buffer size too small (16 instead of at least 17 bytes)"
assert text_of(Point.from_buffer, b"12345678") == "TypeError: underlying buffer is not writable"
assert Point.from_buffer_copy(b"\1\0\0\0\2\0\0\0").y == 2
assert Point.from_address(addressof(p)).x == p.x
m = memoryview(Point())
assert (m.format, m.ndim, m.shape, m.itemsize, m.readonly) == ("T{<i:x:<i:y:}", 0, (), 8, False)
s = c_char_p(b"kept")
class Holder(Structure):
    _fields_ = [("text", c_char_p), ("more", c_char_p * 2)]
h = Holder(b"one", (b"two", b"three"))
assert h._objects["0"] == b"one" and h.more[1] == b"three"
h.more[0] = b"new"
assert h._objects["0:1"] == b"new", h._objects
