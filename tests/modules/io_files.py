"""open: modes, buffering, positions, and what it refuses."""
import io
import os
import shutil
import tempfile

from _case import error

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
assert error(open, "/no/such/file") == (
    "FileNotFoundError: [Errno 2] No such file or directory: '/no/such/file'")
assert error(open, folder) == "IsADirectoryError: [Errno 21] Is a directory: %r" % folder
assert error(open, path, "q") == "ValueError: invalid mode: 'q'"
assert error(open, path, "rw") == "ValueError: must have exactly one of create/read/write/append mode"
assert error(open, path, "x").startswith("FileExistsError: [Errno 17] File exists:")
assert error(open, path, "rb", encoding="utf-8") == (
    "ValueError: binary mode doesn't take an encoding argument")
assert error(open, path, "rt", 0) == "ValueError: can't have unbuffered text I/O"
with open(path) as f:
    assert error(f.write, "x") == "UnsupportedOperation: not writable"
    assert issubclass(io.UnsupportedOperation, OSError)
    assert error(open(path, "w").read) == "UnsupportedOperation: not readable"
assert isinstance(io.open, type(open)) and io.DEFAULT_BUFFER_SIZE == 8192
assert isinstance(open(path, "rb"), io.IOBase)
shutil.rmtree(folder)
assert not os.path.exists(folder)
