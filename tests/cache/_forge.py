"""Entries and packs taken apart and sealed again, as somebody would who knows the format."""
import ctypes
import ctypes.util
import struct

_xxhash = ctypes.CDLL(ctypes.util.find_library("xxhash") or "libxxhash.so.0")
_xxhash.XXH3_64bits.restype = ctypes.c_uint64
_xxhash.XXH3_64bits.argtypes = [ctypes.c_char_p, ctypes.c_size_t]
TRAILER, IMAGE_CHECKED, HEADER = 128, 24, 72
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


def seal_trailer(trailer, image=None):
    """With `image`: the trailer says that it belongs to it."""
    if image is not None:
        struct.pack_into("<Q", trailer, 16, len(image))
        struct.pack_into("<Q", trailer, 112, image_checksum(image))
    struct.pack_into("<Q", trailer, 120, checksum(trailer[:120]))
    return trailer


def _varint(data, at):
    n = shift = 0
    while True:
        byte = data[at]
        at += 1
        n |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return n, at


def code_places(image, whole=False):
    """Where code and constants lie; whole: all that belongs to functions, their tables too."""
    functions_count, _, constants_count, functions, _, constants, cold = struct.unpack_from("<7I", image, 24)
    yield from range(constants, constants + 4 * constants_count)
    if constants_count:
        yield from range(min(struct.unpack_from(f"<{constants_count}I", image, constants)), cold)
    for i in range(functions_count):
        start = at = struct.unpack_from("<I", image, functions + 4 * i)[0]
        head = []
        for _ in range(16):
            n, at = _varint(image, at)
            head.append(n)
        constants_at = at + 4 * head[7] + 8 * head[8] + 4 * (head[9] + head[11])
        at = constants_at + 4 * head[12] + 16 * head[13]
        yield from range(constants_at, constants_at + 4 * head[12])
        yield from range(start if whole else at, at + head[14])


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
