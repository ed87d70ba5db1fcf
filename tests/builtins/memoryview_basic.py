"""memoryview: slices, casts, writes through, formats, release, comparison."""


def error(f, *a, **k):
    try:
        return f(*a, **k)
    except Exception as e:
        return type(e).__name__ + ": " + str(e)


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
