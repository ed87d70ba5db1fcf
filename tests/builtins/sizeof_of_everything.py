"""sys.getsizeof and __sizeof__ answer for every object, those that lie in no heap included: shared
characters and bytes, the empty text and tuple, singletons, built-in types, functions and modules. Text,
bytes and numbers have CPython's sizes."""
import _io
import array
import collections
import datetime
import functools
import gc
import io
import itertools
import operator
import re
import struct
import sys
import types
import weakref


def size(thing):
    n = sys.getsizeof(thing)
    assert type(n) is int and 0 < n < 1 << 20, (thing, n)
    own = type.__sizeof__(thing) if isinstance(thing, type) else thing.__sizeof__()
    assert n >= own > 0
    return n


# text: a head, shorter for ASCII, the units and a terminating one
assert size("") == 49 and size(b"") == 33
for n in range(256):
    assert size(chr(n)) == (50 if n < 128 else 74), n
    assert size(bytes([n])) == 34
for n in (2, 3, 7, 8, 15, 100, 1000):
    assert size("a" * n) == 49 + n and size(b"a" * n) == 33 + n
    assert size("\xe9" * n) == 73 + n and size("\u0394" * n) == 74 + 2 * n
    assert size("\U0001f600" * n) == 76 + 4 * n
grown = ""
for n in range(5000):
    grown += "x"
assert size(grown) == 5049
# numbers: digits of 30 bits
for n, bytes_ in ((0, 28), (1, 28), (-1, 28), (2**30 - 1, 28), (2**30, 32), (2**60 - 1, 32),
                  (2**60, 36), (2**61, 36),
                  (2**62, 36), (-2**70, 36), (2**90, 40), (10**100, 72), (True, 28)):
    assert size(n) == bytes_, (n, size(n))
assert size(0.0) == size(1.5) == size(1e300) == size(float("nan")) == 24
assert size(None) == size(...) == size(NotImplemented) == 16 and size(object()) == 16


class Plain:
    pass


class Slots:
    __slots__ = ("a", "b")


class Text(str):
    pass


class Number(int):
    pass


def function(a, b=1):
    return lambda: a


def generator():
    yield


things = [(), (1, 2), [], [1], {}, {1: 2}, set(), {1}, frozenset(), bytearray(), bytearray(b"x"),
          memoryview(b"x"), slice(1), range(3),
          1j, Plain, Plain(), Slots, Slots(), Text("x"), Text(), Number(), Number(3), function,
          function.__code__, generator(),
          generator().gi_frame, Plain().__init__, [].append, property(), Plain.__dict__, {}.items(),
          iter([]), function(1).__closure__,
          types.SimpleNamespace(a=1), weakref.ref(Plain), collections.deque(),
          collections.OrderedDict(a=1), ValueError(1),
          functools.partial(function), datetime.date(2000, 1, 1), re.compile("a"), re.match("a", "a"),
          io.BytesIO(), io.StringIO(),
          struct.Struct("i"), array.array("i"), array.array("i", [1]), itertools.count(),
          itertools.product([1], [2]),
          itertools.permutations([1]), operator.itemgetter(1), sys.flags, sys.version_info, sys._getframe()]
modules = [sys, gc, itertools, functools, collections, re, io, _io, struct, array, datetime, types,
           operator, __builtins__]
for module in modules:
    things.append(module)
    things.extend(value for name, value in vars(module).items() if not isinstance(value, types.ModuleType))
for thing in things:
    size(thing)
for thing in gc.get_objects()[:20000]:
    if not hasattr(type(thing), "__getattr__") and "__sizeof__" in dir(type(thing)):
        sys.getsizeof(thing, 1)
# what else asks where an object lies
for thing in ["", "a", b"", b"a", (), None, True, 5, 1.5, int, len, sys, type, object, ...]:
    assert id(thing) == id(thing)
    gc.get_referents(thing), gc.get_referrers(thing), gc.is_tracked(thing), gc.is_finalized(thing)
    assert sys.getrefcount(thing) > 0 and weakref.getweakrefcount(thing) >= 0
    assert not weakref.getweakrefs(object())
    try:
        weakref.ref(thing)
    except TypeError as error:
        assert "cannot create weak reference" in str(error)
    try:
        thing.__class__ = Plain
    except TypeError as error:
        assert "__class__" in str(error), error
    else:
        raise AssertionError(thing)
