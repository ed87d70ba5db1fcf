"""An argument that could not be made is not handed on: the call that would take it does not run, its
exception stays.
"""
import array
import builtins
import os
import sys
import types
import _hashlib

from _case import error, outcome


class Loud:
    def __repr__(self):
        raise KeyError("loud")


if sys.implementation.name != "cpython":   # there the digest is not shown
    for function in (_hashlib.hmac_new, _hashlib.hmac_digest):
        assert error(function, b"k", b"m", Loud()) == "KeyError: 'loud'", error(function, b"k", b"m", Loud())

# the modules that the functions need come through builtins.__import__ in CPython, which may have lost it
kept = builtins.__import__
for lost in (lambda: delattr(builtins, "__import__"), lambda: setattr(builtins, "__import__", None)):
    lost()
    try:
        answers = outcome(array.array("i", [1]).__reduce_ex__, 3), error(os.wait4, -1, 0)
    finally:
        builtins.__import__ = kept
    wanted = "ChildProcessError", "KeyError", "AttributeError", "TypeError"
    assert type(answers[0]) is tuple or answers[0].split(":")[0] in wanted, answers
    assert answers[1].split(":")[0] in wanted, answers


class Name(str):
    def __str__(self):
        raise KeyError("name")
    __repr__ = __str__


module = types.ModuleType("m")
module.__name__ = Name("m")
assert error(getattr, module, "absent") == "AttributeError: module 'm' has no attribute 'absent'"
