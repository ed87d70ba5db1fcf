# Mapped files and memory: as a file, as a sequence, as a buffer; sizes, access, what is refused.
import mmap
import os
import re
import sys
import tempfile

from _case import error

DIGITS = b"0123456789" * 1000
file = tempfile.TemporaryFile()
file.write(DIGITS)
file.flush()
fd = file.fileno()
CLOSED = "ValueError: mmap closed or invalid"
READ_ONLY = "TypeError: mmap can't modify a readonly memory map."

m = mmap.mmap(fd, 0)
assert len(m) == m.size() == 10000 and bytes(m) == m[:] == DIGITS and m.closed is False
assert repr(m) == "<mmap.mmap closed=False, access=ACCESS_DEFAULT, length=10000, pos=0, offset=0>"

# as a file
assert m.read(5) == b"01234" and m.tell() == 5 and m.read(0) == b""
assert m.seek(-3, 2) is None and m.read(-1) == b"789" and m.read() == b"" == m.readline()
m.seek(-4, os.SEEK_CUR)
assert m.read_byte() == 54 and m.write_byte(65) is None and m.tell() == 9998 and m[-3] == 65
assert error(m.write, b"abc") == "ValueError: data out of range"
assert m.write(b"ab") == 2 and error(m.write_byte, 1) == "ValueError: write byte out of range"
assert error(m.read_byte) == "ValueError: read byte out of range"
for place in ((-1,), (10001,), (1, 2), (1, 1), (2**63 - 1, 1)):
    assert error(m.seek, *place) == "ValueError: seek out of range"
assert error(m.seek, 0, 3) == "ValueError: unknown seek type"
assert error(m.write_byte, 256) == "OverflowError: unsigned byte integer is greater than maximum"
assert error(m.read, "x") == "TypeError: argument should be integer or None, not 'str'"
m[:] = b"one\ntwo\n\nlast".ljust(10000, b".")
m.seek(0)
assert [m.readline() for _ in range(3)] == [b"one\n", b"two\n", b"\n"] and len(m.readline()) == 9991
file.seek(0)
assert file.read(8) == b"one\ntwo\n"

# finding starts at the position
m[:] = DIGITS
m.seek(5)
assert m.find(b"0") == 10 and m.rfind(b"3") == 9993 and m.find(b"0", 0) == 0 and m.find(b"x") == -1
assert m.find(b"9", -1) == 9999 and m.find(b"34", 0, 5) == 3 and m.find(b"34", 0, 4) == -1
assert m.rfind(b"") == 10000 and m.find(b"90", 0) == 9
assert error(m.find, "x") == "TypeError: a bytes-like object is required, not 'str'"
assert error(m.find) == "TypeError: find() takes at least 1 argument (0 given)"
assert re.search(rb"7(8)9", m).span() == (7, 10)

# as a sequence: items are ints, iteration gives bytes
assert m[0] == 48 and m[-1] == 57 and m[:4] == b"0123" and m[8:2:-3] == b"85"
assert next(iter(m)) == b"0" and b"5" in m and 48 not in m and next(reversed(m)) == b"9"
m[0], m[1:3], m[3:9:2] = 65, b"BC", bytearray(b"xyz")
assert m[:9] == b"ABCx4y6z8"
for key, value, message in [
    (0, 256, "ValueError: mmap item value must be in range(0, 256)"),
    (0, b"a", "TypeError: mmap item value must be an int"),
    (10000, 1, "IndexError: mmap index out of range"),
    ("x", 1, "TypeError: mmap indices must be integer"),
    (slice(0, 3), b"ab", "IndexError: mmap slice assignment is wrong size"),
    (slice(0, 3), 5, "TypeError: a bytes-like object is required, not 'int'"),
]:
    assert error(m.__setitem__, key, value) == message, (key, value)
assert error(m.__getitem__, 10000) == "IndexError: mmap index out of range"
assert error(m.__getitem__, None) == "TypeError: mmap indices must be integers"
assert error(m.__delitem__, 0) == "TypeError: mmap doesn't support item deletion"
assert error(m.__delitem__, slice(2)) == "TypeError: mmap object doesn't support slice deletion"

# moving, flushing, advising
m[:10] = b"0123456789"
m.move(2, 0, 5)
assert m[:10] == b"0101234789"
outside = "ValueError: source, destination, or count out of range"
for arguments in ((0, 0, -1), (9999, 0, 2), (0, 9999, 2), (-1, 0, 1), (2**63 - 1,) * 3):
    assert error(m.move, *arguments) == outside
assert m.flush() is None and m.flush(4096, 4096) is None
assert error(m.flush, 1, 1) == "OSError: [Errno 22] Invalid argument"
assert error(m.flush, 0, 20000) == "ValueError: flush values out of range"
assert m.madvise(mmap.MADV_NORMAL) is None and m.madvise(mmap.MADV_NORMAL, 4096, 2**62) is None
assert error(m.madvise, 0, 10000) == "ValueError: madvise start out of bounds"
assert error(m.madvise, 0, 0, -1) == "ValueError: madvise length invalid"
assert error(m.madvise, 0, 4096, 2**63 - 1) == "OverflowError: madvise length too large"

# as a buffer it stays where it is
view = memoryview(m)
assert (view.format, view.readonly, len(view)) == ("B", False, 10000)
view[0] = 90
assert m[0] == 90
assert error(m.resize, 100) == "BufferError: mmap can't resize with extant buffers exported."
assert error(m.close) == "BufferError: cannot close exported pointers exist"
view.release()
assert m.resize(20000) is None and len(m) == m.size() == 20000 == os.fstat(fd).st_size
m.seek(0, 2)
m.resize(10)
assert len(m) == 10 and m.tell() == 20000 and m.read() == b""
assert error(m.write, b"x") == "ValueError: data out of range"
assert error(m.resize, -1) == "ValueError: new size out of range"
m.resize(10000)

# access
reader = mmap.mmap(fd, 5, access=mmap.ACCESS_READ)
assert memoryview(reader).readonly and reader.flush() is None
for change in (lambda: reader.__setitem__(0, 1), lambda: reader.write(b"a"), lambda: reader.write_byte(1),
               lambda: reader.move(0, 1, 1), lambda: reader.__delitem__(0)):
    assert error(change) == READ_ONLY
unchanging = "TypeError: mmap can't resize a readonly or copy-on-write memory map."
assert error(reader.resize, 10) == unchanging
copy = mmap.mmap(fd, 5, access=mmap.ACCESS_COPY)
copy[:3] = b"abc"
assert copy[:3] == b"abc" != reader[:3] and error(copy.resize, 10) == unchanging
assert error(mmap.mmap(fd, 5, prot=mmap.PROT_READ).__setitem__, 0, 1) == READ_ONLY
behind = mmap.mmap(fd, 0, offset=4096)
assert len(behind) == 10000 - 4096 and repr(behind).endswith("offset=4096>")

# no file
own = mmap.mmap(-1, 5000)
assert own[:3] == bytes(3) and error(own.size) == "OSError: [Errno 9] Bad file descriptor"
pid = os.fork()
if not pid:
    own[:5] = b"child"
    os._exit(0)
os.waitpid(pid, 0)
assert own[:5] == b"child"
private = mmap.mmap(-1, 5000, flags=mmap.MAP_PRIVATE)
private.resize(9000)
private[8999] = 1

# closed
with mmap.mmap(-1, 10) as m:
    pass
assert m.closed and m.close() is None and repr(m) == "<mmap.mmap closed=True>"
for call in (m.__enter__, m.__len__, m.read, m.readline, m.read_byte, m.tell, m.flush, m.size,
             lambda: m.write(b"x"), lambda: m.write_byte(1), lambda: m.seek(0), lambda: m.find(b"x"),
             lambda: m.move(0, 0, 0), lambda: m.resize(4), lambda: m[0], lambda: m.__setitem__(0, 1),
             lambda: m.madvise(0), lambda: memoryview(m), lambda: bytes(m), lambda: next(iter(m))):
    assert error(call) == CLOSED, call


# closed by what it is given; CPython crashes
class Closing:
    def __init__(self, victim, value=0):
        self.victim, self.value = victim, value

    def __index__(self):
        self.victim.close()
        return self.value


for use in (lambda m, c: m[c], lambda m, c: m[c:5], lambda m, c: m.seek(c), lambda m, c: m.read(c),
            lambda m, c: m.find(b"", c), lambda m, c: m.move(c, 0, 5), lambda m, c: m.write_byte(c),
            lambda m, c: m.__setitem__(slice(c, 2), b"ab"), lambda m, c: m.flush(c),
            lambda m, c: m.resize(c)):
    m = mmap.mmap(-1, 4096)
    if sys.implementation.name == "cpython":
        break
    assert error(use, m, Closing(m)) == CLOSED

# refused
empty = tempfile.TemporaryFile()
for arguments, named, message in [
    ((), {}, "TypeError: function missing required argument 'fileno' (pos 1)"),
    ((-1, -1), {}, "OverflowError: memory mapped length must be positive"),
    ((-1, 0), {}, "OSError: [Errno 22] Invalid argument"),
    ((fd, 20000), {}, "ValueError: mmap length is greater than file size"),
    ((fd, 5), {"access": 9}, "ValueError: mmap invalid access parameter."),
    ((fd, 5, 2), {"access": 1}, "ValueError: mmap can't specify both access and flags, prot."),
    ((fd, 5), {"offset": -1}, "OverflowError: memory mapped offset must be positive"),
    ((fd, 5), {"offset": 1}, "OSError: [Errno 22] Invalid argument"),
    ((fd, 0), {"offset": 40960}, "ValueError: mmap offset is greater than file size"),
    ((9999, 5), {}, "OSError: [Errno 9] Bad file descriptor"),
    ((-1, 5), {"foo": 1}, "TypeError: 'foo' is an invalid keyword argument for this function"),
    ((-1, 2**62), {}, "OSError: [Errno 12] Cannot allocate memory"),
    ((empty.fileno(), 0), {}, "ValueError: cannot mmap an empty file"),
]:
    assert error(mmap.mmap, *arguments, **named) == message, (arguments, named)


class Named(mmap.mmap):
    pass


named = Named(-1, 10)
named.name = "x"
assert repr(named).startswith("<Named closed=False") and mmap.error is OSError
assert error(setattr, own, "closed", 1) == \
    "AttributeError: attribute 'closed' of 'mmap.mmap' objects is not writable"
