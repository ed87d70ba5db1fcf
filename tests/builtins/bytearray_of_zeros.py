"""bytearray(n) and bytes(n) hold n zeros, whatever their memory held before, and can be used as any other."""
import gc

SIZES = [0, 1, 15, 511, 512, 4096, 16000, 16384, 17000, 32752, 65536, 131072, 262144, 1 << 20, 3 << 20]


def fill_and_drop(size):
    dirty = [bytearray(b"\xff" * size) for _ in range(3)]
    for array in dirty:
        assert array.count(0xff) == size
    del dirty


for size in SIZES:
    for _ in range(3):
        array = bytearray(size)
        assert len(array) == size and array.count(0) == size
        zeros = bytes(size)
        assert len(zeros) == size == zeros.count(0) and bytes(array) == zeros
        assert hash(zeros) == hash(bytes(array)) and zeros + b"x" == b"\0" * size + b"x"
        array[:] = b"\xaa" * size
        assert array.count(0xaa) == size
        del array
        gc.collect()
        fill_and_drop(size)

# ---- many at once, of which only a part is written
arrays = [bytearray(256 * 1024) for _ in range(40)]
for i, array in enumerate(arrays):
    array[i * 1000:i * 1000 + 3] = b"abc"
for i, array in enumerate(arrays):
    assert array.count(0) == 256 * 1024 - 3 and array.find(b"abc") == i * 1000
    array.extend(b"end")
    assert len(array) == 256 * 1024 + 3 and array.endswith(b"\0end")
    del array[:256 * 1024]
    assert array == b"end"

# ---- a view writes into it, and it grows in between
array = bytearray(200000)
with memoryview(array) as view:
    view[199999] = 7
    assert array[199999] == 7 and not any(array[:199999])
    try:
        array.append(1)
    except BufferError:
        pass
    else:
        raise AssertionError("grew under a view")
array.append(1)
assert array[199998:] == b"\0\x07\x01"

# ---- made again
array = bytearray(b"first")
array.__init__(70000)
assert array == bytes(70000)
array.__init__(3)
assert array == b"\0\0\0"
array.__init__(0)
assert array == b""
empty = bytearray()
view = memoryview(empty)
try:
    empty.__init__(100000)
except BufferError:
    pass
else:
    raise AssertionError("made again under a view")
view.release()
empty.__init__(100000)
assert empty == bytes(100000)


class Sub(bytearray):
    pass


assert Sub(50000) == bytes(50000) and type(Sub(1)) is Sub
for bad in (-1, 1 << 62):
    try:
        bytearray(bad)
    except (ValueError, MemoryError, OverflowError):
        pass
    else:
        raise AssertionError(bad)

# ---- appended to: exact bytes, its own subclasses, itself
array = bytearray(b"ab")
array.extend(b"cd")


class Bytes(bytes):
    def __iter__(self):
        return iter(b"other")


array.extend(Bytes(b"ef"))
assert array in (b"abcdef", b"abcdother")
array = bytearray(b"xy")
array.extend(array)
array.extend(b"")
assert array == b"xyxy"
with memoryview(array):
    array.extend(b"")
    try:
        array.extend(b"z")
    except BufferError:
        pass
    else:
        raise AssertionError("grew under a view")
assert array == b"xyxy"
