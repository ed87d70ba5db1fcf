"""memoryview: items, slices, casts, writes through, attributes, formats, release, comparison."""
from _case import error, outcome

data = bytearray(b"abcdefgh")
m = memoryview(data)
assert m[0] == 97 and m[-1] == 104 and len(m) == 8 and bytes(m[2:4]) == b"cd"
assert m[::2].tobytes() == b"aceg" and m[::-1].tolist() == list(b"hgfedcba") and m.nbytes == 8
assert m.itemsize == 1 and m.format == "B" and m.ndim == 1 and m.shape == (8,) and m.strides == (1,)
assert not m.readonly and m.obj is data and m.contiguous and m.c_contiguous
m[0] = 65
m[1:3] = b"XY"
assert data == b"AXYdefgh" and m == b"AXYdefgh" and m == data and m != b"x" and m[1:3] == b"XY"
assert error(data.append, 1) == "BufferError: Existing exports of data: object cannot be re-sized"
c = m.cast("H")
assert len(c) == 4 and c.itemsize == 2 and c[0] == 65 + 88 * 256 and c.format == "H"
assert c.tolist()[3] == 103 + 104 * 256
c[0] = 0
assert data[:2] == b"\0\0" and m.cast("b")[0] == 0 and m.cast("I").shape == (2,)
assert m.cast("B", (2, 4)).shape == (2, 4) and m.cast("B", (2, 4))[1, 2] == data[6]
assert m.cast("B", [2, 4]).tolist() == [list(data[:4]), list(data[4:])]
r = memoryview(b"abc")


def write():
    r[0] = 1


def bad_size():
    m[0:2] = b"xyz"


assert r.readonly and error(write) == "TypeError: cannot modify read-only memory"
assert hash(r) == hash(b"abc") and error(hash, m) == "ValueError: cannot hash writable memoryview object"
assert error(bad_size) == "ValueError: memoryview assignment: lvalue and rvalue have different structures"
assert error(lambda: m[99]) == "IndexError: index out of bounds on dimension 1"
assert error(lambda: m["a"]) == "TypeError: memoryview: invalid slice key"
assert error(memoryview, 5) == "TypeError: memoryview: a bytes-like object is required, not 'int'"
assert error(memoryview, "a") == "TypeError: memoryview: a bytes-like object is required, not 'str'"
assert list(r) == [97, 98, 99] and 98 in r and r.hex() == "616263" and r.hex(":") == "61:62:63"
assert r.tobytes() == b"abc" and bytes(r) == b"abc" and bytearray(r) == b"abc" and b"x".join([r]) == b"abc"
assert b"abcd".startswith(r) and b"" + r == b"abc"
m.release()
c.release()
assert error(lambda: m[0]) == "ValueError: operation forbidden on released memoryview object"
with memoryview(data) as w:
    assert w[3] == 100
    w[3] = 0
assert error(lambda: w[0]) == "ValueError: operation forbidden on released memoryview object"
ro = memoryview(bytearray(b"x")).toreadonly()
assert ro.readonly and ro == b"x" and repr(ro).startswith("<memory at 0x")
assert memoryview(memoryview(b"ab")) == b"ab" and memoryview(b"ab")[:0].tobytes() == b""
assert int.from_bytes(memoryview(b"\1\2"), "big") == 258
view = memoryview


def edit(code):
    """Runs the statement with m, a view of bytearray(b"abcd"), and returns the content afterwards."""
    data = bytearray(b"abcd")
    exec(code, {"m": memoryview(data)})
    return bytes(data)


assert outcome(lambda: view(b"abc")[0]) == 97
assert outcome(lambda: bytes(view(b"abc")[1:])) == b'bc'
assert outcome(lambda: view(b"abc").tolist()) == [97, 98, 99]
assert outcome(lambda: view(b"abc").tobytes()) == b'abc'
assert outcome(lambda: len(view(b"abc"))) == 3
assert outcome(lambda: view(b"abcd")[::2].tolist()) == [97, 99]
assert outcome(lambda: view(b"abcd")[::-1].tobytes()) == b'dcba'
assert outcome(lambda: list(view(b"ab"))) == [97, 98]
assert outcome(lambda: view(b"abc").format) == 'B'
assert outcome(lambda: view(b"abc").itemsize) == 1
assert outcome(lambda: view(b"abc").nbytes) == 3
assert outcome(lambda: view(b"abc").ndim) == 1
assert outcome(lambda: view(b"abc").shape) == (3,)
assert outcome(lambda: view(b"abc").strides) == (1,)
assert outcome(lambda: view(b"abc").suboffsets) == ()
assert outcome(lambda: view(b"abc").readonly) == True
assert outcome(lambda: view(bytearray(b"a")).readonly) == False
assert outcome(lambda: view(b"abc").obj) == b'abc'
assert outcome(lambda: view(b"abc").contiguous) == True
assert outcome(lambda: view(b"abc").c_contiguous) == True
assert outcome(lambda: view(b"abc").f_contiguous) == True
assert outcome(lambda: view(b"abcd")[::2].contiguous) == False
assert outcome(lambda: view(b"abcd")[::2].strides) == (2,)
assert outcome(lambda: view(b"abcd")[::2].shape) == (2,)
assert outcome(lambda: view(b"abcd")[::2].nbytes) == 2
assert outcome(lambda: view(b"abc") == b"abc") == True
assert outcome(lambda: view(b"abc") == view(b"abc")) == True
assert outcome(lambda: view(b"abc") != b"abd") == True
assert outcome(lambda: view(b"abc") == "abc") == False
assert outcome(lambda: view(b"abc")[1:] == b"bc") == True
assert outcome(lambda: hash(view(b"abc")) == hash(b"abc")) == True
assert outcome(lambda: hash(view(bytearray(b"a")))) == 'ValueError: cannot hash writable memoryview object'
assert outcome(lambda: view(b"abcd").cast("I").tolist()) == [1684234849]
assert outcome(lambda: view(b"abcd").cast("H").shape) == (2,)
assert outcome(lambda: view(bytes(8)).cast("d").tolist()) == [0.0]
assert outcome(lambda: view(b"abcd").cast("b").format) == 'b'
assert outcome(lambda: view(b"abcdef").cast("B", [2, 3]).tolist()) == [[97, 98, 99], [100, 101, 102]]
assert outcome(lambda: view(b"abcdef").cast("B", (2, 3))[1, 2]) == 102
assert outcome(lambda: view(b"abcdef").cast("B", [2, 3]).strides) == (3, 1)
assert outcome(lambda: view(b"abcdef").cast("B", [3, 2]).tobytes("F")) == b'acebdf'
assert outcome(lambda: view(b"abc").cast("I")) == (
    'TypeError: memoryview: length is not a multiple of itemsize')
assert outcome(lambda: view(b"abcd").cast("z")) == (
    "ValueError: memoryview: destination format must be a native single character format prefixed with an "
    "optional '@'")
assert outcome(lambda: view(b"abcd").cast("I").cast("H")) == (
    'TypeError: memoryview: cannot cast between two non-byte formats')
assert outcome(lambda: view(b"abcd")[::2].cast("I")) == (
    'TypeError: memoryview: casts are restricted to C-contiguous views')
assert outcome(lambda: view(b"abcd").cast("B", [3])) == (
    'TypeError: memoryview: product(shape) * itemsize != buffer size')
assert outcome(lambda: view(b"abcdef").cast("B", [2, 3])[0]) == (
    'NotImplementedError: multi-dimensional sub-views are not implemented')
assert outcome(lambda: view(b"abc")[5]) == 'IndexError: index out of bounds on dimension 1'
assert outcome(lambda: view(b"abc")["a"]) == 'TypeError: memoryview: invalid slice key'
assert outcome(lambda: view(b"abc")[1.5]) == 'TypeError: memoryview: invalid slice key'
assert outcome(lambda: edit("m[0] = 65")) == b'Abcd'
assert outcome(lambda: edit("m[1:3] = b'xy'")) == b'axyd'
assert outcome(lambda: edit("m[::2] = b'12'")) == b'1b2d'
assert outcome(lambda: edit("m[-1] = 1")) == b'abc\x01'
assert outcome(lambda: edit("m[:] = m[::-1]")) == b'dcba'
assert outcome(lambda: edit("m[0] = 256")) == "ValueError: memoryview: invalid value for format 'B'"
assert outcome(lambda: edit("m[0] = 'a'")) == "TypeError: memoryview: invalid type for format 'B'"
assert outcome(lambda: edit("m[0] = -1")) == "ValueError: memoryview: invalid value for format 'B'"
assert outcome(lambda: edit("m[0:2] = b'xyz'")) == (
    'ValueError: memoryview assignment: lvalue and rvalue have different structures')
assert outcome(lambda: edit("m[5] = 1")) == 'IndexError: index out of bounds on dimension 1'
assert outcome(lambda: edit("del m[0]")) == 'TypeError: cannot delete memory'
assert outcome(lambda: edit("m.toreadonly()[0] = 1")) == 'TypeError: cannot modify read-only memory'
assert outcome(lambda: edit("m.release(); m[0]")) == (
    'ValueError: operation forbidden on released memoryview object')
assert outcome(lambda: edit("m.release(); m.release()")) == b'abcd'
assert outcome(lambda: edit("m.release(); len(m)")) == (
    'ValueError: operation forbidden on released memoryview object')
assert outcome(lambda: view(b"abc").hex()) == '616263'
assert outcome(lambda: view(b"abc").hex(":")) == '61:62:63'
assert outcome(lambda: view(b"abc").toreadonly().readonly) == True
assert outcome(lambda: memoryview("a")) == "TypeError: memoryview: a bytes-like object is required, not 'str'"
assert outcome(lambda: memoryview(1)) == "TypeError: memoryview: a bytes-like object is required, not 'int'"
assert outcome(lambda: memoryview()) == "TypeError: memoryview() missing required argument 'object' (pos 1)"
assert outcome(lambda: memoryview(object=b"a").tobytes()) == b'a'
assert outcome(lambda: b"".join([view(b"a"), view(b"bc")])) == b'abc'
assert outcome(lambda: b"xabc".find(view(b"abc"))) == 1
assert outcome(lambda: bytes(view(b"abc"))) == b'abc'
assert outcome(lambda: bytearray(view(b"abc"))) == bytearray(b'abc')
assert outcome(lambda: int.from_bytes(view(b"\x01\x02"), "big")) == 258
assert outcome(lambda: 98 in view(b"abc")) == True
assert outcome(lambda: list(reversed(view(b"abc")))) == [99, 98, 97]
assert outcome(lambda: view(b"abc").tobytes(order="C")) == b'abc'
assert outcome(lambda: view(b"").tolist()) == []
