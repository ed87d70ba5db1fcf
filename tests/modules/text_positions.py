"""Positions that seek() of text streams takes: parts of CPython's widths; what is no position is refused."""
import io

from _case import outcome


def seek(cookie, encoding="utf-8"):
    w = io.TextIOWrapper(io.BytesIO(b"abc\n" * 10), encoding=encoding, errors="replace")
    return outcome(lambda: w.seek(cookie))


for encoding in "utf-8", "utf-16", "latin-1":
    for bits in 168, 200, 255, 256:
        assert seek((1 << bits) + 1, encoding) == "OverflowError: int too big to convert", (encoding, bits)
    assert seek(1 << 63, encoding) == f"ValueError: negative seek value {-1 << 63}", encoding
    assert seek(1 << 130, encoding) == "OSError: can't restore logical file position", encoding
    assert seek(-1, encoding) == "ValueError: negative seek position -1", encoding

w = io.TextIOWrapper(io.BytesIO("äöü€\n".encode("utf-16") * 3), encoding="utf-16")
seen = [(w.tell(), w.read(1)) for _ in range(14)]
for position, text in seen[::-1]:
    w.seek(position)
    assert w.read(1) == text, position
