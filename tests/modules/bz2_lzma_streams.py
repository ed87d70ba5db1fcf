"""bz2 and lzma: in one call, in pieces, with limited output, what follows the end, files of text."""
import bz2
import io
import lzma
import random
import tempfile

from _case import error

random.seed(3)
text = bytes(random.choice(b"abcdefgh \n") for _ in range(200000))
for level in 1, 9:
    assert bz2.decompress(bz2.compress(text, level)) == text
assert bz2.decompress(bz2.compress(b"") + bz2.compress(b"two") + b"rest") == b"two"
for form in lzma.FORMAT_XZ, lzma.FORMAT_ALONE:
    for preset in 0, 6, 1 | lzma.PRESET_EXTREME:
        assert lzma.decompress(lzma.compress(text, form, preset=preset)) == text

for make, unmake, packed in ((bz2.BZ2Compressor, bz2.BZ2Decompressor, bz2.compress(text)),
                             (lzma.LZMACompressor, lzma.LZMADecompressor, lzma.compress(text))):
    c = make()
    assert b"".join([c.compress(text[:777]), c.compress(memoryview(text)[777:]), c.flush()]) == packed
    assert error(c.compress, b"x") == "ValueError: Compressor has been flushed"
    assert error(c.flush) == "ValueError: Repeated call to flush()"
    d = unmake()
    assert (d.eof, d.needs_input, d.unused_data) == (False, True, b"")
    assert b"".join(d.decompress(packed[i:i + 1]) for i in range(len(packed))) == text and d.eof
    assert not d.needs_input
    assert error(d.decompress, b"").startswith("EOFError: ")
    d, out = unmake(), []
    data = packed + b"behind"
    while not d.eof:
        piece = d.decompress(data, 1000)
        assert len(piece) <= 1000 and (piece or d.eof or d.needs_input)
        out.append(piece)
        data = b""
    assert b"".join(out) == text and d.unused_data == b"behind"
    assert error(setattr, d, "eof", False) == "AttributeError: readonly attribute"
d = lzma.LZMADecompressor()
assert d.check == lzma.CHECK_UNKNOWN and d.decompress(lzma.compress(b"x", check=lzma.CHECK_CRC32)) == b"x"
assert d.check == lzma.CHECK_CRC32

for module in bz2, lzma:
    with tempfile.TemporaryFile() as file:
        with module.open(file, "wt", encoding="utf-8") as out:
            out.write("first\n\u20ac second\n")
        file.seek(0)
        with module.open(file, "rt", encoding="utf-8") as lines:
            assert list(lines) == ["first\n", "\u20ac second\n"]
assert bz2.BZ2File(io.BytesIO(bz2.compress(text))).read(10) == text[:10]
