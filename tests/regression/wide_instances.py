"""Instances larger than what the heap always has room for (subclasses of native classes with thousands of
__slots__): when there is no memory, making one raises MemoryError. Whoever made one took it for granted."""
import _collections, _csv, _functools, _io, _json, _pickle, _queue, _random, _struct  # noqa: E401, F401
import _thread, array, bz2, collections, datetime, functools, hashlib, io, itertools  # noqa: E401, F401
import lzma, operator, re, select, socket, struct, threading, types, weakref, zlib  # noqa: E401, F401

try:
    import _memory
except ImportError:
    _memory = None

SLOTS = tuple("abcdefghijklmnopqrstuvwxyz"[i % 26] + str(i) for i in range(2100))  # 16,800 bytes


class Raw(io.BytesIO):
    def close(self):  # by whatever wrapped it and dies
        pass


raw = Raw()
ARGUMENTS = [(), (5,), ([],), (b"",), ("x",), (raw,), (raw, raw), (5, 5), ([], []), (len, []), ([], len,
        5, False), ([], 1), ("i", [1]), ("/dev/null",), ("x", "y", 1, 2, "z"), ("x", b"y", 1, 2, "z"),
        ("x", 1, 2, "y"),
             ({}, None, None, None, ":", ",", False, False, True), (list, int), (len, 5, 6), (None,),
                     (2020, 1, 2), ("m", []), ("m", "d", [ValueError()]), ("m", [ValueError()]),
             (None, True), (lambda: 0,), (datetime.timedelta(),), (property(), "x"), (list, (int,)), (int,
                     5), (len, 5, False, tuple)]


class Context:
    strict, object_hook, object_pairs_hook, parse_float, parse_int, parse_constant, memo = (
        True, None, None, float, int, float, {})


ARGUMENTS.append((Context(),))


def native_classes():
    found, todo = {}, [object]
    while todo:
        c = todo.pop()
        if c in found:
            continue
        found[c] = None
        todo += type.__subclasses__(c)
    # Py_TPFLAGS_HEAPTYPE: what CPython makes itself is that too, for some
    return [c for c in found if not c.__flags__ & 1 << 9]


def wide(c):
    try:
        return type("Wide", (c,), {"__slots__": SLOTS})
    except TypeError:
        return None  # not to be inherited from, or its size varies


def make(c, arguments, refuse):
    """Was one made, and what was raised? With `refuse` every request of memory meanwhile is refused."""
    if refuse:
        _memory.fail_after(1, 1)
    try:
        return type(c(*arguments)) is c, None
    except Exception as e:
        return False, e
    finally:
        if refuse:
            _memory.fail_after(0)


made = 0
for native in native_classes():
    c = wide(native)
    for arguments in ARGUMENTS if c else []:
        if make(c, arguments, False)[0]:
            made += 1
            if _memory:
                done, error = make(c, arguments, True)
                assert isinstance(error, MemoryError), (native, arguments, done, error)
            break
    else:
        assert not c or not _memory or native.__name__ in ("HASH", "HASHXOF"), native
assert made > 50, made
