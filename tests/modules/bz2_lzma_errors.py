"""What bz2 and lzma say of bad data, levels, containers and filters."""
import bz2
import lzma

from _case import error

chain = [
    {"id": lzma.FILTER_DELTA, "dist": 4},
    {"id": lzma.FILTER_LZMA2, "preset": 1, "lc": 2, "dict_size": 1 << 16}]

assert error(bz2.decompress, b"no bzip2 at all, by no means") == "OSError: Invalid data stream"
assert error(lzma.decompress, b"no xz at all, by no means") == (
    "LZMAError: Input format not supported by decoder")
assert error(bz2.BZ2Compressor, 10) == "ValueError: compresslevel must be between 1 and 9"
assert error(lzma.LZMACompressor, 9) == "ValueError: Invalid container format: 9"
assert error(lzma.LZMACompressor, filters=[{}]) == 'ValueError: Filter specifier must have an "id" entry'
assert error(lzma.LZMACompressor, filters=[{"id": 3, "x": 1}]) == (
    "ValueError: Invalid filter specifier for delta filter")
assert error(lzma.LZMACompressor, preset=-1) == "OverflowError: can't convert negative int to unsigned"
assert error(lzma.LZMADecompressor, filters=chain) == (
    "ValueError: Cannot specify filters except with FORMAT_RAW")
