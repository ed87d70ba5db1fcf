"""Attributes that are members of a class's instances: their descriptors, and that they are read-only."""
import collections
import contextvars
import datetime
import functools
import types

from _case import error

MEMBERS = {
    property: ["fget", "fset", "fdel"], types.MethodType: ["__func__", "__self__"],
    classmethod: ["__func__"], staticmethod: ["__func__"], complex: ["real", "imag"],
    super: ["__thisclass__", "__self__", "__self_class__"],
    types.FunctionType: ["__globals__", "__closure__"],
    type: ["__base__", "__mro__", "__flags__", "__basicsize__", "__itemsize__", "__dictoffset__",
           "__weakrefoffset__"],
    datetime.timedelta: ["days", "seconds", "microseconds"],
}
for cls, names in MEMBERS.items():
    for name in names:
        assert type(cls.__dict__[name]) is types.MemberDescriptorType, (cls, name)

p = property(len, id)
assert p.fget is len and p.fset is id and p.fdel is None
assert error(setattr, p, "fget", 1) == "AttributeError: readonly attribute"
assert error(delattr, p, "fget") == "AttributeError: readonly attribute"
assert error(setattr, datetime.timedelta(1), "days", 1) == "AttributeError: readonly attribute"
assert datetime.timedelta.days.__get__(datetime.timedelta(3)) == 3
assert complex.real.__doc__ == "the real part of a complex number"

# classes with __eq__ and without __hash__
for cls in (list, set, dict, slice, types.MappingProxyType, collections.deque, type({}.keys()),
            type({}.items()), type(functools.cmp_to_key(len))):
    assert cls.__hash__ is None, cls
assert repr(contextvars.Token.MISSING) == "<Token.MISSING>"
