"""lzma: chains of filters, and their properties as bytes."""
import lzma
import random

random.seed(3)
text = bytes(random.choice(b"abcdefgh \n") for _ in range(200000))
chain = [
    {"id": lzma.FILTER_DELTA, "dist": 4},
    {"id": lzma.FILTER_LZMA2, "preset": 1, "lc": 2, "dict_size": 1 << 16}]
raw = lzma.compress(text, lzma.FORMAT_RAW, filters=chain)
assert lzma.decompress(raw, lzma.FORMAT_RAW, filters=chain) == text
assert lzma._encode_filter_properties({"id": lzma.FILTER_DELTA, "dist": 5}) == b"\x04"
assert lzma._decode_filter_properties(lzma.FILTER_LZMA2, b"\x04") == {
    "id": lzma.FILTER_LZMA2, "dict_size": 16384}
