"""io: StringIO, BytesIO, files of every mode, TextIOWrapper newlines, encodings, buffering, errors."""
import io, os, tempfile

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
folder = tempfile.mkdtemp()
path = os.path.join(folder, "f.txt")
with open(path, "w", encoding="utf-8") as f:
    assert f.write("héllo\nwörld\n") == 12 and f.writelines(["x", "y\n"]) is None and f.name == path
    assert f.mode == "w" and f.encoding == "utf-8" and not f.closed
assert f.closed and error(f.write, "a") == "ValueError: I/O operation on closed file."
with open(path, encoding="utf-8") as f:
    assert f.readline() == "héllo\n" and next(f) == "wörld\n" and f.read() == "xy\n" and f.read() == ""
    assert f.seek(0) == 0 and [l.strip() for l in f] == ["héllo", "wörld", "xy"]
assert open(path, "rb").read() == "héllo\nwörld\nxy\n".encode()
with open(path, "a") as f:
    f.write("end")
with open(path, "r+") as f:
    assert f.read(1) == "h" and f.seek(0, 2) > 0 and f.write("!") == 1
assert open(path, encoding="latin-1").read(3) == "hÃ©"
with open(path, "wb") as f:
    f.write(b"1\r\n2\r3\n")
assert open(path).read() == "1\n2\n3\n" and open(path, newline="").readlines() == ["1\r\n", "2\r", "3\n"]
assert open(path, newline="\n").readlines() == ["1\r\n", "2\r3\n"]
with open(path, "w", newline="\r\n") as f:
    f.write("a\nb")
assert open(path, "rb").read() == b"a\r\nb"
with open(path, "rb") as f:
    assert isinstance(f, io.BufferedReader) and f.peek(1)[:1] == b"a" and f.read1(1) == b"a"
    assert f.readinto(bytearray(2)) == 2 and f.raw.readable() and f.fileno() > 2
with open(path, "rb", buffering=0) as f:
    assert isinstance(f, io.FileIO) and f.read(2) == b"a\r" and f.readall() == b"\nb"
with open(path, "w+b") as f:
    f.write(b"x" * 100000)
    f.seek(50000)
    f.write(b"Y")
    f.seek(49999)
    assert f.read(3) == b"xYx" and f.tell() == 50002 and f.seek(0, os.SEEK_END) == 100000
    assert f.truncate(5) == 5
assert os.path.getsize(path) == 5
assert error(open, "/no/such/file") == "FileNotFoundError: [Errno 2] No such file or directory: '/no/such/file'"
assert error(open, folder) == "IsADirectoryError: [Errno 21] Is a directory: %r" % folder
assert error(open, path, "q") == "ValueError: invalid mode: 'q'"
assert error(open, path, "rw") == "ValueError: must have exactly one of create/read/write/append mode"
assert error(open, path, "x").startswith("FileExistsError: [Errno 17] File exists:")
assert error(open, path, "rb", encoding="utf-8") == "ValueError: binary mode doesn't take an encoding argument"
assert error(open, path, "rt", 0) == "ValueError: can't have unbuffered text I/O"
with open(path, "wb") as f:
    f.write(b"ab\xffcd")
assert error(lambda: open(path, encoding="utf-8").read()).startswith("UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 2")
assert open(path, errors="replace", encoding="utf-8").read() == "ab\ufffdcd"
assert open(path, encoding="utf-8", errors="surrogateescape").read() == "ab\udcffcd"
with open(path) as f:
    assert error(f.write, "x") == "UnsupportedOperation: not writable"
    assert issubclass(io.UnsupportedOperation, OSError)
    assert error(open(path, "w").read) == "UnsupportedOperation: not readable"
t = io.TextIOWrapper(io.BytesIO("aé日😀\nb".encode("utf-16")), encoding="utf-16")
assert t.read(2) == "aé" and t.readline() == "日😀\n" and t.read() == "b"
w = io.TextIOWrapper(io.BytesIO(), encoding="ascii", errors="xmlcharrefreplace", write_through=True)
w.write("é")
assert w.buffer.getvalue() == b"&#233;" and w.line_buffering is False and w.detach().getvalue() == b"&#233;"
r = io.BufferedReader(io.BytesIO(b"0123456789"), 4)
assert r.read(3) == b"012" and r.peek()[:1] == b"3" and r.read() == b"3456789"
assert isinstance(io.open, type(open)) and io.DEFAULT_BUFFER_SIZE == 8192
assert isinstance(open(path, "rb"), io.IOBase)
big = os.path.join(folder, "big")
with open(big, "w") as f:
    for i in range(20000):
        f.write("line %d\n" % i)
with open(big) as f:
    n = sum(int(line.split()[1]) for line in f)
assert n == sum(range(20000))
with open(big) as f:
    f.readline()
    pos = f.tell()
    second = f.readline()
    f.seek(pos)
    assert f.readline() == second == "line 1\n"
import shutil
shutil.rmtree(folder)
assert not os.path.exists(folder)
