# modes: cold warm switch asan
"""Objects made by __new__ alone, and initialised again with arguments that fail: no method or attribute
brings the interpreter down. (CPython's own does not survive all of it.)"""
import collections
import csv
import functools
import gc
import io
import itertools
import _random
import sys
import types
import weakref
import _thread

from _case import outcome

sys.setrecursionlimit(300)
arguments = [
    (),
    (None,),
    (0,),
    (-1,),
    ("a",),
    (b"a",),
    ([],),
    ({},),
    (len,),
    (1, 2),
    ("a", "b"),
    ([1], [2]),
    (None, None, None),
    (int,),
    (object(), int),
    (1, 2, 3),
    (bytearray(5),),
    (10**30,),
    (1.5,),
    (0, 0, 0, 0)]
endless = {"count", "cycle", "repeat"}
names = [
    collections.deque, collections.OrderedDict, collections.defaultdict, functools.partial, property,
    classmethod, staticmethod, types.SimpleNamespace, types.ModuleType, weakref.ref, _random.Random,
    io.BytesIO, io.StringIO, io.FileIO, io.BufferedReader, io.BufferedWriter, io.BufferedRandom,
    io.TextIOWrapper, io.IncrementalNewlineDecoder, io.BufferedRWPair, slice, super, list, dict, set,
    frozenset, bytearray, memoryview, map, zip, filter, enumerate, reversed, range, complex, BaseException,
    OSError, UnicodeError, UnicodeDecodeError, UnicodeEncodeError, UnicodeTranslateError, SyntaxError,
    ImportError, StopIteration, SystemExit, KeyError, AttributeError, NameError, BaseExceptionGroup,
    csv.Dialect, _thread._local, _thread.RLock]
names += [cls for cls in vars(itertools).values() if isinstance(cls, type) and cls.__name__ not in endless]
for module in (
        "array", "bz2", "lzma", "zlib", "json.encoder", "json.scanner", "pickle", "struct", "socket",
        "select", "datetime", "contextvars", "operator", "_lsprof", "_queue", "_asyncio", "_ast"):
    try:
        loaded = __import__(module, fromlist=["x"])
    except ImportError:
        continue
    names += [cls for cls in vars(loaded).values() if isinstance(cls, type) and not cls.__flags__ & 1 << 9]
skipped = {"__class__", "__init_subclass__", "__subclasshook__", "get", "poll", "close", "__exit__", "fileno"}


def use(thing):
    for name in sorted(set(dir(type(thing))) - skipped):
        member = outcome(getattr, thing, name)
        if callable(member) and member is not thing:
            for args in arguments:
                outcome(member, *args)
        outcome(setattr, thing, name, None)
        outcome(delattr, thing, name)
    for act in (
            repr, str, len, iter, hash, bool, list, lambda x: x == x, lambda x: x + x, lambda x: x[0],
            lambda x: x(), sys.getsizeof, gc.get_referents):
        outcome(act, thing)


for cls in names:
    if cls in (type, object):
        continue
    for args in arguments:
        thing = outcome(cls.__new__, cls, *args)
        if isinstance(thing, str):
            continue
        if isinstance(thing, cls):
            use(thing)
        break
    thing = outcome(cls)
    if not isinstance(thing, cls):
        continue
    for args in arguments:
        outcome(thing.__init__, *args)
    use(thing)
