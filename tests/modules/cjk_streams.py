"""Readers and writers of Chinese, Japanese and Korean, files of such encodings, and source text in them."""
import codecs
import io
import os
import subprocess
import sys
import tempfile

from _case import error

TEXT = "中文\n第二行 ab\r\n" * 5
DATA = TEXT.encode("gbk")


class Slow(io.BytesIO):
    """A stream that gives a byte at a time."""

    def read(self, size=-1):
        return super().read(1 if size else 0)


def reader(data, errors="strict", stream=io.BytesIO, encoding="gbk"):
    return codecs.getreader(encoding)(stream(data), errors)


assert reader(DATA).read() == TEXT
assert reader(DATA).readlines() == TEXT.splitlines(True)
assert reader(DATA).readline() == TEXT.splitlines(True)[0]
assert "".join(iter(lambda r=reader(DATA): r.read(3), "")) == TEXT
assert "".join(iter(lambda r=reader(DATA, stream=Slow): r.read(3), "")) == TEXT
assert list(reader(DATA)) == TEXT.splitlines(True)
assert reader(DATA).read(0) == "" and reader(DATA).read(1) == "中" and reader(b"").read(5) == ""
r = reader(b"\xd6\xd0\xd6a")
assert r.read(3) == "\u4e2d"
r.reset()  # forgets the byte that waits
assert r.read() == "a"
assert error(reader(b"\x81").read).endswith("incomplete multibyte sequence")
assert error(reader(b"\x81").read, 1).endswith("incomplete multibyte sequence")
assert reader(b"a\x81", "replace").read() == "a\ufffd"
assert error(reader(DATA).read, "a") == error(reader(DATA).readlines,
                                              1.5) == "TypeError: arg 1 must be an integer"
assert error(reader(DATA).read, 1 << 99) == "OverflowError: Python int too large to convert to C ssize_t"
r = codecs.getreader("gbk")(io.StringIO("abc"))
assert error(r.read) == "TypeError: stream function returned a non-bytes object (str)"
assert error(setattr, r, "stream", 5) == "AttributeError: readonly attribute" and isinstance(r.stream,
                                                                                             io.StringIO)
missing = error(codecs.getreader("gbk"))
assert missing == "TypeError: StreamReader() missing required argument 'stream' (pos 1)"


def writer(encoding="gbk", errors="strict"):
    return codecs.getwriter(encoding)(io.BytesIO(), errors)


w = writer()
w.write("中")
w.writelines(["a", "文"])
w.writelines("bc")
assert w.stream.getvalue() == b"\xd6\xd0a\xce\xc4bc"
assert error(w.writelines, 5) == error(w.writelines, {"a"}) == "TypeError: arg must be a sequence object"
assert error(w.writelines, {0: "a"}) == "TypeError: arg must be a sequence object"
assert error(w.write, "\ud55c").startswith("UnicodeEncodeError: 'gbk'")
w = writer("shift_jis_2004")
w.write("か")
assert w.stream.getvalue() == b""
w.reset()
assert w.stream.getvalue() == b"\x82\xa9"
w = writer("iso2022_jp")
w.write("日")
w.write("本")
assert w.stream.getvalue() == b"\x1b$BF|K\\"
assert error(codecs.getwriter("gbk")(5).write, "a") == "AttributeError: 'int' object has no attribute 'write'"

with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "text")
    for encoding, text in (("gbk", TEXT), ("shift_jis", "日本語\n" * 3000), ("euc_kr", "한국어 갂\n" * 3000),
                           ("iso2022_jp", "日本a\n語\n" * 3000), ("big5hkscs", "中\xca\u0304文\n" * 3000)):
        with open(path, "w", encoding=encoding, newline="") as f:
            f.write(text)
        with open(path, "rb") as f:
            assert f.read() == text.encode(encoding), encoding
        with open(path, encoding=encoding, newline="") as f:
            assert f.read() == text, encoding
        with open(path, encoding=encoding, newline="") as f:
            f.readline()
            place = f.tell()
            rest = f.read()
            f.seek(place)
            assert f.read() == rest, encoding
        with open(path, "a", encoding=encoding, newline="") as f:
            f.write("a")
        with open(path, encoding=encoding, newline="") as f:
            assert f.read() == text + "a", encoding

    for encoding, word in (("gbk", "中文"), ("shift_jis", "ソ表"), ("euc_kr", "한글"), ("big5", "功許"),
                           ("iso2022_jp", "日本")):
        program = os.path.join(folder, "program.py")
        with open(program, "w", encoding=encoding) as f:
            f.write(f"# -*- coding: {encoding} -*-\nprint(ascii('{word}'), ascii(b'x'.decode()))\n")
        out = subprocess.run([sys.executable, program], stdout=subprocess.PIPE, text=True, check=True).stdout
        assert out == f"{ascii(word)} 'x'\n", (encoding, out)
