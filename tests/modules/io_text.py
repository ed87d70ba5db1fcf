"""Text streams: line ends, encodings, error handlers, many lines, positions."""
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
assert open(path, encoding="latin-1").read(3) == "hÃ©"
with open(path, "wb") as f:
    f.write(b"1\r\n2\r3\n")
assert open(path).read() == "1\n2\n3\n" and open(path, newline="").readlines() == ["1\r\n", "2\r", "3\n"]
assert open(path, newline="\n").readlines() == ["1\r\n", "2\r3\n"]
with open(path, "w", newline="\r\n") as f:
    f.write("a\nb")
assert open(path, "rb").read() == b"a\r\nb"
with open(path, "wb") as f:
    f.write(b"ab\xffcd")
assert error(lambda: open(path, encoding="utf-8").read()).startswith(
    "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 2")
assert open(path, errors="replace", encoding="utf-8").read() == "ab\ufffdcd"
assert open(path, encoding="utf-8", errors="surrogateescape").read() == "ab\udcffcd"
t = io.TextIOWrapper(io.BytesIO("aé日😀\nb".encode("utf-16")), encoding="utf-16")
assert t.read(2) == "aé" and t.readline() == "日😀\n" and t.read() == "b"
w = io.TextIOWrapper(io.BytesIO(), encoding="ascii", errors="xmlcharrefreplace", write_through=True)
w.write("é")
assert w.buffer.getvalue() == b"&#233;" and w.line_buffering is False and w.detach().getvalue() == b"&#233;"
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
shutil.rmtree(folder)
assert not os.path.exists(folder)
