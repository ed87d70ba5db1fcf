"""zlib: round trips, streams in pieces, dictionaries, checksums, errors."""
import zlib

from _case import error

data = bytes(range(256)) * 400
for level in (0, 1, 6, 9, -1):
    assert zlib.decompress(zlib.compress(data, level)) == data
assert zlib.decompress(zlib.compress(data, wbits=-15), wbits=-15) == data
assert zlib.decompress(zlib.compress(data, wbits=31), wbits=31) == data
assert zlib.crc32(b"hello") == 907060870 and zlib.adler32(b"hello") == 103547413
assert zlib.crc32(b"lo", zlib.crc32(b"hel")) == zlib.crc32(b"hello")

c = zlib.compressobj(9)
packed = c.compress(data[:1000]) + c.copy().compress(b"") + c.compress(data[1000:]) + c.flush()
d = zlib.decompressobj()
out = d.decompress(packed + b"rest", 100)
assert out == data[:100] and not d.eof and d.unconsumed_tail
out += d.decompress(d.unconsumed_tail)
assert out == data and d.eof and d.unused_data == b"rest" and d.flush() == b""

c = zlib.compressobj(zdict=b"hello world")
packed = c.compress(b"hello world hello") + c.flush()
assert zlib.decompressobj(zdict=b"hello world").decompress(packed) == b"hello world hello"
assert error(zlib.decompress, b"xx") == "error: Error -3 while decompressing data: incorrect header check"
assert error(zlib.decompress, zlib.compress(data)[:-5]) == (
    "error: Error -5 while decompressing data: incomplete or truncated stream")
assert error(zlib.compress, b"", 55) == "error: Bad compression level"
assert error(zlib.compressobj, 55) == "ValueError: Invalid initialization option"
assert error(zlib.compress, "x") == "TypeError: a bytes-like object is required, not 'str'"
assert zlib.crc32(b"hello") == 907060870 and zlib.adler32(b"hello") == 103547413
assert zlib.decompress(zlib.compress(b"a" * 1000)) == b"a" * 1000 and len(zlib.compress(b"a" * 1000)) < 50
d = zlib.decompressobj()
z = zlib.compress(b"xyz" * 100)
assert d.decompress(z[:5]) + d.decompress(z[5:]) + d.flush() == b"xyz" * 100 and d.eof
assert error(zlib.decompress, b"junk") == "error: Error -3 while decompressing data: incorrect header check"
