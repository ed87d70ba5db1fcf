"""Entries and packs taken apart and sealed again, as somebody would who knows the format."""
import ctypes
import ctypes.util
import struct

_xxhash = ctypes.CDLL(ctypes.util.find_library("xxhash") or "libxxhash.so.0")
_xxhash.XXH3_64bits.restype = ctypes.c_uint64
_xxhash.XXH3_64bits.argtypes = [ctypes.c_char_p, ctypes.c_size_t]
_xxhash.XXH3_64bits_withSecret.restype = ctypes.c_uint64
_xxhash.XXH3_64bits_withSecret.argtypes = [ctypes.c_char_p, ctypes.c_size_t] * 2
TRAILER, IMAGE_CHECKED, HEADER = 136, 24, 72
PACK_HEADER, PACK_ENTRY = 40, 80


def checksum(data):
    return _xxhash.XXH3_64bits(bytes(data), len(data))


def split(entry):
    """(image, trailer)"""
    return bytearray(entry[:-TRAILER]), bytearray(entry[-TRAILER:])


def seal_image(image):
    struct.pack_into("<Q", image, 16, checksum(image[IMAGE_CHECKED:]))
    return image


def image_checksum(image):
    return struct.unpack_from("<Q", image, 16)[0]


def keyed_seal(trailer, key):
    return _xxhash.XXH3_64bits_withSecret(bytes(trailer[:120]), 120, bytes(key), len(key))


def seal_trailer(trailer, image=None):
    """With `image`: the trailer says that it belongs to it. Its checksum is right afterwards, the seal of
    the folder's key is not."""
    if image is not None:
        struct.pack_into("<Q", trailer, 16, len(image))
        struct.pack_into("<Q", trailer, 112, image_checksum(image))
    struct.pack_into("<Q", trailer, 128, checksum(trailer[:128]))
    return trailer


def seal_pack(pack):
    count = struct.unpack_from("<Q", pack, 24)[0]
    tables = pack[PACK_HEADER:PACK_HEADER + count * (PACK_ENTRY + 4)]
    struct.pack_into("<Q", pack, 32, checksum(tables))
    return pack


def pack_places(pack):
    """(offset of the entry in the file, offset of its image, size of the image) of each entry"""
    for i in range(struct.unpack_from("<Q", pack, 24)[0]):
        at = PACK_HEADER + i * PACK_ENTRY
        offset, size = struct.unpack_from("<QQ", pack, at + 56)
        yield at, offset, size
