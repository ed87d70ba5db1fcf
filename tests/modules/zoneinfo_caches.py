# stress: 10
"""zoneinfo: keys and where their files are, the two caches, pickles, subclasses, texts; errors in the
reference's words.
"""
import copy
import datetime as D
import gc
import inspect
import os
import pickle
import subprocess
import sys
import tempfile
import weakref
import zoneinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, _common

from _case import error
from _zones import zone_data, zone_file

folder = tempfile.TemporaryDirectory()
KEYS = ["Zone%d" % i for i in range(20)] + ["Some/Place"]
os.mkdir(os.path.join(folder.name, "Some"))
for number, key in enumerate(KEYS):
    with open(os.path.join(folder.name, key), "wb") as f:
        f.write(zone_data([(60 * number, 0, key[-4:])]))
zoneinfo.reset_tzpath([folder.name])

# ---- one zone a key, as long as somebody holds it; the last eight are held
zone = ZoneInfo("Zone1")
assert zone is ZoneInfo("Zone1") is ZoneInfo(key="Zone1") and zone is not ZoneInfo("Zone2")
assert zone.key == str(zone) == "Zone1" and repr(zone) == "zoneinfo.ZoneInfo(key='Zone1')"
assert zone is not ZoneInfo.no_cache("Zone1") is not ZoneInfo.no_cache("Zone1")
assert zone.utcoffset(None) == ZoneInfo.no_cache(key="Zone1").utcoffset(None) == D.timedelta(minutes=1)


def still_there(key):
    """A weak reference to the cached zone, and its address for comparing."""
    return weakref.ref(ZoneInfo(key))


def collect():
    for _ in range(3):
        gc.collect()


def all_of(keys):
    return [still_there(key) for key in keys]


def alive(references):
    collect()
    return [r() is not None for r in references]


ZoneInfo.clear_cache()
del zone
references = all_of(KEYS[:8])
assert alive(references) == [True] * 8
references += all_of(KEYS[:1] + KEYS[8:9])  # the first again: the second is the oldest now
kept = alive(references[:8])
assert kept[0] and not kept[1] and all(kept[2:]), kept
held = ZoneInfo(KEYS[3])
all_of(KEYS[9:17])
assert alive(references[:8]) == [False] * 3 + [True] + [False] * 4
assert ZoneInfo(KEYS[3]) is held

# ---- forgetting them
other = ZoneInfo(KEYS[4])
assert ZoneInfo.clear_cache(only_keys=[KEYS[3], "none such"]) is None
assert ZoneInfo(KEYS[3]) is not held and ZoneInfo(KEYS[4]) is other
assert ZoneInfo.clear_cache() is None and ZoneInfo(KEYS[4]) is not other
other = ZoneInfo(KEYS[4])
ZoneInfo.clear_cache(only_keys=None)
assert ZoneInfo(KEYS[4]) is not other
other = ZoneInfo(KEYS[4])
ZoneInfo.clear_cache(only_keys=iter(()))
ZoneInfo.clear_cache(only_keys=KEYS[4])  # a str is an iterable of others
assert ZoneInfo(KEYS[4]) is other
held = ZoneInfo(KEYS[5])


class Equal(str):
    def __eq__(self, another):
        return str.__eq__(self, another)

    __hash__ = str.__hash__


assert ZoneInfo(Equal(KEYS[5])) is held and type(held.key) is str

# ---- a subclass has a cache of its own, and none that holds
class Sub(ZoneInfo):
    pass


class SubSub(Sub, ignored=1):
    pass


one = Sub(KEYS[1])
assert type(one) is Sub and one is Sub(KEYS[1])
assert one is not ZoneInfo(KEYS[1]) and one is not SubSub(KEYS[1])
assert repr(one) == f"Sub(key='{KEYS[1]}')" and str(one) == KEYS[1]
assert type(Sub._weak_cache) is weakref.WeakValueDictionary and Sub._weak_cache[KEYS[1]] is one
assert SubSub._weak_cache is not Sub._weak_cache and not hasattr(ZoneInfo, "_weak_cache")
ZoneInfo.clear_cache()
assert one is Sub(KEYS[1])
Sub.clear_cache(only_keys=[KEYS[1]])
assert one is not Sub(KEYS[1])
one = Sub(KEYS[1])
Sub.clear_cache()
assert one is not Sub(KEYS[1]) and type(Sub.no_cache(KEYS[1])) is Sub
one.attribute = 3
assert vars(one) == {"attribute": 3}
assert Sub.__dict__.keys() == {"__module__", "__dict__", "__doc__", "_weak_cache"}
del Sub._weak_cache
gone = "AttributeError: type object 'Sub' has no attribute '_weak_cache'"
assert error(Sub, KEYS[1]) == error(Sub.clear_cache) == error(Sub.clear_cache, only_keys=[KEYS[1]]) == gone
Sub._weak_cache = {}
assert Sub(KEYS[1]) is Sub(KEYS[1]) and list(Sub._weak_cache) == [KEYS[1]] and Sub.clear_cache() is None
assert not Sub._weak_cache

# ---- pickles: cached zones through the cache, others beside it, of files not at all
zone, fresh = ZoneInfo(KEYS[2]), ZoneInfo.no_cache(KEYS[2])
for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
    assert pickle.loads(pickle.dumps(zone, protocol)) is zone
    again = pickle.loads(pickle.dumps(fresh, protocol))
    assert again is not fresh and again is not zone and again.key == KEYS[2]
    assert type(pickle.loads(pickle.dumps(SubSub(KEYS[2]), protocol))) is SubSub
assert copy.copy(zone) is copy.deepcopy(zone) is zone and copy.copy(fresh) is not fresh
assert zone.__reduce__() == (ZoneInfo._unpickle, (KEYS[2], 1)) and fresh.__reduce__()[1] == (KEYS[2], 0)
for lowest_byte in 1, 257, -1:
    assert ZoneInfo._unpickle(KEYS[2], lowest_byte) is zone
assert ZoneInfo._unpickle(KEYS[2], True) is zone and ZoneInfo._unpickle(KEYS[2], 2 ** 70) is not zone
for key in {}, {"key": KEYS[2]}:
    of_file = ZoneInfo.from_file(zone_file([(0, 0, "A")]), **key)
    assert error(of_file.__reduce__) == "PicklingError: Cannot pickle a ZoneInfo file from a file stream."
    assert error(pickle.dumps, of_file) == "PicklingError: Cannot pickle a ZoneInfo file from a file stream."

# ---- zones of files are in no cache; they are called by their file, or the key that was given
class File:
    def __init__(self, data):
        self.data, self.at = data, 0

    def read(self, n):
        self.at += n
        return self.data[self.at - n:self.at]

    def seek(self, n, whence):
        self.at += n

    def __repr__(self):
        return "<file \u20ac>"


def of_file(cls=ZoneInfo, *arguments, **named):
    return cls.from_file(File(zone_data([(0, 0, "A")])), *arguments, **named)


assert repr(of_file()) == str(of_file()) == "zoneinfo.ZoneInfo.from_file(<file \u20ac>)"
assert of_file().key is None
assert repr(of_file(SubSub)) == "SubSub.from_file(<file \u20ac>)"
assert repr(of_file(key="x")) == "zoneinfo.ZoneInfo(key='x')" and str(of_file(ZoneInfo, "x")) == "x"
assert repr(of_file(key=5)) == "zoneinfo.ZoneInfo(key=5)" and of_file(key=5).key == 5
assert error(str, of_file(key=5)) == "TypeError: __str__ returned non-string (type int)"
assert error(ZoneInfo, "x").startswith("ZoneInfoNotFoundError")
File.__repr__ = lambda self: 5
assert error(of_file) == "TypeError: __repr__ returned non-string (type int)"

# ---- keys
for key, text in {
        "none": "'No time zone found with key none'", "a\0b": "'No time zone found with key a\\x00b'",
        "\ud800": "'No time zone found with key \\ud800'"}.items():
    assert error(ZoneInfo, key) == error(ZoneInfo.no_cache, key) == "ZoneInfoNotFoundError: " + text
assert issubclass(ZoneInfoNotFoundError, KeyError)
for key, text in {"": "must be normalized relative paths, got: ", "/x": "may not be absolute paths, got: /x",
                  "../x": "must refer to subdirectories of TZPATH, got: ../x",
                  "a/../b": "must be normalized relative paths, got: a/../b"}.items():
    assert error(ZoneInfo, key) == "ValueError: ZoneInfo keys " + text
assert error(ZoneInfo, []) == "TypeError: unhashable type: 'list'"
assert error(ZoneInfo, 5) == "TypeError: expected str, bytes or os.PathLike object, not int"

# ---- calls
MISSING = "TypeError: function missing required argument 'key' (pos 1)"
TWO = "TypeError: function takes at most 1 argument (2 given)"
for f in ZoneInfo, ZoneInfo.no_cache, Sub, SubSub.no_cache:
    assert error(f) == error(f, kay="x") == MISSING
    assert error(f, "a", "b") == error(f, "a", kay="b") == error(f, "a", key="b") == TWO
f = ZoneInfo.from_file
assert error(f) == error(f, key=1) == error(f, fobj=1) == (
    "TypeError: function takes at least 1 positional argument (0 given)")
assert error(f, 1, 2, 3) == "TypeError: function takes at most 2 arguments (3 given)"
assert error(f, 1, kay=1) == "TypeError: 'kay' is an invalid keyword argument for this function"
f = ZoneInfo.clear_cache
assert error(f, 1) == "TypeError: function takes no positional arguments" and error(f, 1, 2) == TWO
assert error(f, kay=1) == "TypeError: 'kay' is an invalid keyword argument for this function"
assert error(f, only_keys=5) == "TypeError: 'int' object is not iterable"
assert error(f, only_keys=[[]]) == "TypeError: unhashable type: 'list'"
f = ZoneInfo._unpickle
for given in (), ("UTC",), ("UTC", 1, 2):
    assert error(f, *given) == f"TypeError: function takes exactly 2 arguments ({len(given)} given)"
assert error(f, KEYS[0], "x") == "TypeError: 'str' object cannot be interpreted as an integer"
assert error(f, KEYS[0], key=1) == "TypeError: _unpickle() takes no keyword arguments"
for name in "utcoffset", "dst", "tzname", "fromutc":
    f = getattr(zone, name)
    assert error(f) == f"TypeError: ZoneInfo.{name}() takes exactly one argument (0 given)"
    assert error(f, dt=None) == f"TypeError: ZoneInfo.{name}() takes no keyword arguments"
IMMUTABLE = "TypeError: cannot set '_weak_cache' attribute of immutable type 'zoneinfo.ZoneInfo'"
assert error(ZoneInfo.__init_subclass__) == error(ZoneInfo.__init_subclass__, 1, x=2) == IMMUTABLE
assert error(setattr, zone, "key", 1) == error(delattr, zone, "key") == "AttributeError: readonly attribute"
assert error(setattr, zone, "other", 1) == (
    "AttributeError: 'zoneinfo.ZoneInfo' object has no attribute 'other'")
assert error(object.__new__, ZoneInfo) == (
    "TypeError: object.__new__(zoneinfo.ZoneInfo) is not safe, use zoneinfo.ZoneInfo.__new__()")
assert error(D.tzinfo.__new__, ZoneInfo) == (
    "TypeError: datetime.tzinfo.__new__(zoneinfo.ZoneInfo) is not safe, use zoneinfo.ZoneInfo.__new__()")
assert ZoneInfo.__mro__ == (ZoneInfo, D.tzinfo, object) and ZoneInfo.__doc__ is None
assert ZoneInfo.__module__ == "zoneinfo" and not gc.is_tracked(ZoneInfo) and gc.is_tracked(Sub)
for f in ZoneInfo, ZoneInfo.no_cache, ZoneInfo.from_file:
    assert error(inspect.signature, f).startswith("ValueError: no signature found for builtin")

# ---- what the library's part in Python gives is looked at
real = _common.load_data
NO_INT = "TypeError: 'str' object cannot be interpreted as an integer"
NO_KIND = "ValueError: Invalid transition index found while reading TZif: 7"
try:
    for loaded, text in {
            5: "TypeError: Invalid data result type: %r", (): "IndexError: tuple index out of range",
            ((), (), (), (), ()): "IndexError: tuple index out of range",
            ((), (), (), (), (), None): "ValueError: No time zone information found.",
            ((), (), (), (), (), "UTC0"): "TypeError: expected bytes, str found",
            ((), (), (3,), (0,), (), None): "IndexError: tuple index out of range",
            ((), (1,), (3,), (0,), ("a",), None): "IndexError: tuple index out of range",
            ((0,), ("x",), (3,), (0,), ("a",), None): NO_INT,
            ((7,), (4,), (3,), (0,), ("a",), None): NO_KIND,
    }.items():
        _common.load_data = lambda file: loaded
        assert error(ZoneInfo.from_file, 1) == text, loaded
    _common.load_data = lambda file: ((), (), (3,), ("",), (5,), None)
    assert ZoneInfo.from_file(1).tzname(None) == 5
finally:
    _common.load_data = real
folder.cleanup()

# ---- the module itself, imported before all that it needs
code = ("import _zoneinfo; z = _zoneinfo.ZoneInfo; import zoneinfo, datetime\n"
        "print(zoneinfo.ZoneInfo is z, z.__base__)")
out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
assert out.stdout == "True <class 'datetime.tzinfo'>\n", out
