# stress: 50
"""zoneinfo: files, keys and caches whose code forgets zones, makes others or raises while one is made."""
import gc
import io
import os
import sys
import tempfile
import zoneinfo
from datetime import datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo, _common

from _case import error, outcome
from _zones import EPOCH, zone_data

KRAIT = sys.implementation.name == "krait"  # CPython walks over freed entries of its cache

folder = tempfile.TemporaryDirectory()
TURNS = [(0, 1), (1000, 0), (2000, 1), (3000, 0)]
DATA = zone_data([(60, 0, "A"), (3660, 1, "B")], TURNS, "A-1B,M3.1.0,M9.1.0")
for key in "ABCDEFGHIJKL":
    with open(os.path.join(folder.name, key), "wb") as f:
        f.write(DATA)
zoneinfo.reset_tzpath([folder.name])


class File(io.BytesIO):
    """Runs `act` at the n-th read."""

    def __init__(self, act, n):
        super().__init__(DATA)
        self.act, self.left = act, n

    def read(self, *size):
        self.left -= 1
        if self.left == 0:
            self.act()
        return super().read(*size)


def forget():
    ZoneInfo.clear_cache()
    gc.collect()


def make_many():
    for key in "ABCDEFGHIJKL":
        ZoneInfo(key)


def make_and_forget():
    make_many()
    ZoneInfo.clear_cache(only_keys="ABCDEFGHIJKL")
    gc.collect()


for act in forget, make_many, make_and_forget, lambda: ZoneInfo.from_file(io.BytesIO(DATA)):
    for n in range(1, 12):
        zone = ZoneInfo.from_file(File(act, n))
        assert zone.tzname(EPOCH) == "A" and zone.tzname(datetime(2040, 6, 1)) == "B"
        assert zone.fromutc(EPOCH.replace(tzinfo=zone)).hour == 1


def fail():
    raise KeyError("stop")


for n in range(1, 12):
    assert error(ZoneInfo.from_file, File(fail, n)) == "KeyError: 'stop'"

# ---- zones that are being made are seen by nobody as if they were whole
def ask_all():
    for thing in gc.get_objects():
        if isinstance(thing, ZoneInfo):
            thing.utcoffset(EPOCH), thing.dst(None), repr(thing)


for n in 1, 5, 9:
    ZoneInfo.from_file(File(ask_all, n))

# ---- what read() gives
class Reads:
    def __init__(self, change):
        self.file, self.change, self.n = io.BytesIO(DATA), change, 0
        self.seek = self.file.seek

    def read(self, size):
        self.n += 1
        return self.change(self.n, self.file.read(size))


class Bytes(bytes):
    def __eq__(self, other):
        forget()
        return bytes.__eq__(self, other)

    def __ne__(self, other):
        make_many()
        return bytes.__ne__(self, other)

    __hash__ = bytes.__hash__


for change in (lambda n, b: b), (lambda n, b: Bytes(b)), (lambda n, b: bytearray(b) if n > 4 else b):
    assert ZoneInfo.from_file(Reads(change)).tzname(datetime(2040, 6, 1)) == "B"
assert error(ZoneInfo.from_file, Reads(lambda n, b: None)).startswith("ValueError: Invalid TZif file")
for n in range(2, 14):
    for wrong in None, 5, "text", [], object(), b"", bytes(5):
        outcome(ZoneInfo.from_file, Reads(lambda m, b: wrong if m == n else b if m < 99 else b"\n"))

# ---- keys that compare and hash by code
class Key(str):
    def acted(self):
        act, Key.act = Key.act, None
        if act:
            try:
                act()
            finally:
                Key.act = act

    act = None

    def __eq__(self, other):
        self.acted()
        return str.__eq__(self, other)

    def __hash__(self):
        self.acted()
        return str.__hash__(self)


make_many()
for act in (forget, make_and_forget, make_many) if KRAIT else ():
    Key.act = act
    for key in "AFL":
        assert ZoneInfo(Key(key)).key == key
        assert ZoneInfo.clear_cache(only_keys=[Key(key), key, Key("none")]) is None
    assert ZoneInfo(Key("A")).key == "A"
forget()
Key.act = fail
assert error(ZoneInfo, Key("A")) == "KeyError: 'stop'"
make_many()
if KRAIT:
    assert error(ZoneInfo, Key("A")) == "KeyError: 'stop'"
Key.act = None

# ---- caches of a subclass that are something else
class Sub(ZoneInfo):
    pass


class Odd(dict):
    def get(self, key, *default):
        forget()
        return None

    def setdefault(self, key, value):
        forget()
        return value


Sub._weak_cache = Odd()
assert type(Sub("A")) is Sub and Sub("A") is not Sub("A") and Sub("A").tzname(EPOCH) == "A"
Odd.get = lambda self, *key: 17
assert Sub("A") == 17
Sub._weak_cache = 5
assert error(Sub, "A") == "AttributeError: 'int' object has no attribute 'get'"
assert error(Sub.clear_cache) == "AttributeError: 'int' object has no attribute 'clear'"

# ---- keys to forget that come from code which forgets
def keys():
    for key in "ABC":
        forget()
        make_many()
        yield key
    fail()


assert error(ZoneInfo.clear_cache, only_keys=keys()) == "KeyError: 'stop'"

# ---- the close of a file fails, or its reading and then its close
class Closes(io.BytesIO):
    def close(self):
        forget()
        raise OSError("closed")


real = _common.load_tzdata
try:
    _common.load_tzdata = lambda key: Closes(DATA)
    assert error(ZoneInfo, "nowhere") == error(ZoneInfo.no_cache, "nowhere") == "OSError: closed"
    make_many()
    Closes.read = lambda self, n: fail()
    if KRAIT:
        assert error(ZoneInfo, "nowhere") == "KeyError: 'stop'"
finally:
    _common.load_tzdata = real

# ---- datetimes that run code
class When(datetime):
    @property
    def minute(self):
        forget()
        return 0


zone = ZoneInfo("A")
assert zone.tzname(When(1970, 1, 1)) == "A" and zone.utcoffset(When(2040, 6, 1)) == timedelta(hours=2)
assert issubclass(ZoneInfo, tzinfo)
folder.cleanup()
