"""io.StringIO and io.BytesIO: reading, writing, seeking, views."""
import io
import tempfile

from _case import error

s = io.StringIO("a\nb\n")
assert s.readline() == "a\n" and s.read() == "b\n" and s.seek(0) == 0 and s.readlines() == ["a\n", "b\n"]
assert s.tell() == 4 and s.write("c") == 1 and s.getvalue() == "a\nb\nc" and s.truncate(1) == 1
assert s.getvalue() == "a" and list(io.StringIO("x\ny")) == ["x\n", "y"]
assert io.StringIO("a\r\nb", newline=None).read() == "a\nb"
b = io.BytesIO(b"abc")
assert b.read(2) == b"ab" and b.tell() == 2 and b.seek(-1, 2) == 2 and b.read() == b"c"
assert b.write(b"de") == 2 and b.getvalue() == b"abcde"
with b.getbuffer() as view, view[1:3] as part:
    assert bytes(part) == b"bc"
assert b.seek(0) == 0 and b.readline() == b"abcde" and b.readable() and b.writable() and b.seekable()
assert b.close() is None and error(b.read) == "ValueError: I/O operation on closed file."


# ---- long contents: what getvalue() and read() give is whole, and the stream goes on from it
def long_contents():
    for size in (1 << 20, (1 << 20) + 1, 3_500_001):
        body = bytes(i * 31 >> 3 & 255 for i in range(4099)) * (size // 4099 + 1)
        body = body[:size]
        b = io.BytesIO()
        for at in range(0, size, 70001):
            b.write(body[at:at + 70001])
        view = b.getbuffer()
        assert b.getvalue() == body
        del view
        first = b.getvalue()
        assert first == body and b.getvalue() == body
        b.write(b"tail")
        assert b.getvalue() == body + b"tail" and first == body
        with tempfile.TemporaryFile() as f:
            f.write(body)
            f.seek(0)
            assert f.read() == body
            f.seek(5)
            assert f.read(3) == body[5:8] and f.read() == body[8:] and f.read() == b""


long_contents()
