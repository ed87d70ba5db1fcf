"""Floats are values, not objects: two nans with the same bits are identical, so containers take them for
the same item.

Cause: a float lives in the 64-bit word that refers to it (vm/core/value.h), so `is` compares bits.
Workaround: none needed in most programs; use math.isnan, not identity, to tell nans apart.
"""
import sys

a, b = float("nan"), float("nan")
assert a != b and not a == b and a != a
assert a in [a] and [a] == [a]
if sys.implementation.name == "cpython":
    assert a is not b and [a] != [b]
else:
    assert a is b and [a] == [b]
