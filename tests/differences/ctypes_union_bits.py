"""Bit fields of a ctypes.Union begin at bit 0, each of them, as C has it.

Cause: CPython 3.11 goes on counting bits from one field of a union to the next, so that some lie before the
union's first byte.
Workaround: none is needed; in CPython, a structure for each field.
"""
import sys
from ctypes import Union, c_ubyte, c_uint, sizeof


class Bits(Union):
    _fields_ = [("low", c_ubyte, 3), ("more", c_ubyte, 5), ("all", c_uint, 32)]


if sys.implementation.name == "cpython":
    assert Bits.more.offset == -1
else:
    assert (Bits.more.offset, Bits.all.offset, sizeof(Bits)) == (0, 0, 4)
    bits = Bits(all=0x1f)
    assert (bits.low, bits.more) == (7, 31)
