# stress: 499
"""zoneinfo: what is read from files of all versions, whole and damaged; what zones then say of datetimes."""
import datetime as D
import io
import random
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo
from zoneinfo._zoneinfo import ZoneInfo as Written  # the library's own, in Python

from _case import error
from _zones import EPOCH, seconds, zone_data, zone_file

HOUR, NONE = timedelta(hours=1), timedelta(0)


def says(zone, *when, fold=0):
    dt = datetime(*when, tzinfo=zone, fold=fold)
    return dt.utcoffset() // timedelta(minutes=1), dt.dst() // timedelta(minutes=1), dt.tzname()


def from_utc(zone, *when):
    local = datetime(*when, tzinfo=D.UTC).astimezone(zone)
    assert local.tzinfo is zone
    return local.replace(tzinfo=None).isoformat(" "), local.fold


# ---- a zone of every version: before the first turn, in a gap, in a fold, after the last turn
KINDS = (1234, 0, "LMT"), (3600, 0, "CET"), (7200, 1, "CEST")
TURNS = ((seconds(1910, 1, 1), 1), (seconds(2000, 3, 26, 1), 2), (seconds(2000, 10, 29, 1), 1),
         (seconds(2001, 3, 25, 1), 2), (seconds(2001, 10, 28, 1), 1))
for version in 1, 2, 3:
    zone = ZoneInfo.from_file(zone_file(KINDS, TURNS, "CET-1CEST,M3.5.0,M10.5.0/3", version))
    dt = datetime(1909, 12, 31, tzinfo=zone)
    assert (dt.utcoffset(), dt.dst(), dt.tzname()) == (timedelta(seconds=1234), NONE, "LMT")
    winter, summer = (60, 0, "CET"), (120, 60, "CEST")
    assert says(zone, 2000, 1, 1) == winter and says(zone, 2000, 7, 1) == summer
    assert says(zone, 2000, 3, 26, 1, 59, 59) == winter and says(zone, 2000, 3, 26, 3) == summer
    assert says(zone, 2000, 3, 26, 2, 30) == winter and says(zone, 2000, 3, 26, 2, 30, fold=1) == summer
    assert says(zone, 2000, 10, 29, 2, 30) == summer and says(zone, 2000, 10, 29, 2, 30, fold=1) == winter
    assert says(zone, 2000, 10, 29, 3) == winter
    assert from_utc(zone, 2000, 10, 29, 0, 30) == ("2000-10-29 02:30:00", 0)
    assert from_utc(zone, 2000, 10, 29, 1, 30) == ("2000-10-29 02:30:00", 1)
    assert from_utc(zone, 2000, 10, 29, 2) == ("2000-10-29 03:00:00", 0)
    assert from_utc(zone, 2001, 10, 28, 1, 30) == ("2001-10-28 02:30:00", 1)
    after = summer if version > 1 else winter
    assert says(zone, 2030, 7, 1) == after and says(zone, 2030, 1, 1) == winter
    assert says(zone, 9999, 7, 1) == after and from_utc(zone, 1, 1, 1)[0] == "0001-01-01 00:20:34"
    assert from_utc(zone, 2030, 10, 27, 1, 30) == (("2030-10-27 02:30:00", 1) if version > 1 else
                                                   ("2030-10-27 02:30:00", 0))
    assert zone.utcoffset(None) is zone.dst(None) is zone.tzname(None) is None
    assert D.time(12, tzinfo=zone).utcoffset() is None

# ---- zones that never change speak of times too; without a rule the last kind goes on
for version in 1, 2:
    zone = ZoneInfo.from_file(zone_file([(-5400, 0, "XYZ")], version=version))
    assert D.time(12, tzinfo=zone).utcoffset() == timedelta(minutes=-90) and zone.tzname(None) == "XYZ"
    zone = ZoneInfo.from_file(zone_file([(-5400, 1, "SUM")], version=version))
    assert zone.dst(None) == HOUR and says(zone, 2000, 1, 1) == (-90, 60, "SUM")
zone = ZoneInfo.from_file(zone_file(rule="ABC-3"))
assert zone.utcoffset(None) == 3 * HOUR and says(zone, 1, 1, 1) == (180, 0, "ABC")
zone = ZoneInfo.from_file(zone_file([(3600, 0, "A")], rule="A-1"))
assert zone.tzname(None) == "A"
zone = ZoneInfo.from_file(zone_file([(3600, 0, "A")], rule="B-1"))
assert zone.tzname(None) is None
zone = ZoneInfo.from_file(zone_file(KINDS, version=1))
assert says(zone, 2000, 1, 1) == (120, 60, "CEST") and zone.tzname(None) is None
# only summer times: the first of the kinds is what was before all turns, whatever the first turn says
zone = ZoneInfo.from_file(zone_file([(60, 1, "ONE"), (120, 1, "TWO")], [(0, 1)]))
assert says(zone, 1960, 1, 1) == (1, 60, "ONE") and says(zone, 1970, 1, 1, 0, 2) == (2, 60, "TWO")

# ---- equal offsets are one timedelta, whichever zone says them
one, other = (ZoneInfo.from_file(zone_file([(3600, 0, name)])) for name in ("A", "B"))
assert one.utcoffset(None) is other.utcoffset(None) and one.dst(None) is other.dst(None)
kinds = [(-2 ** 31, 0, "A"), (2 ** 31 - 1, 1, "B")]
zone = ZoneInfo.from_file(zone_file(kinds, [(0, 0), (1000, 1), (2000, 0)]))
assert zone.utcoffset(EPOCH - timedelta(30000)) == timedelta(seconds=-2 ** 31)
there = EPOCH + timedelta(seconds=2 ** 31 + 1500)
assert zone.utcoffset(there) == timedelta(seconds=2 ** 31 - 1) and zone.dst(there) == timedelta(seconds=-1)
assert error(lambda: datetime(1970, 1, 1, tzinfo=zone).utcoffset()) == (
    "ValueError: offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24).")

# ---- turns at the ends of 64 bits, and in no order: any answer but a crash
for turns in [(-2 ** 63, 0), (2 ** 63 - 1, 1)], [(-2 ** 63, 1)], [(2 ** 63 - 1, 1), (-2 ** 63, 0)], [
        (9, 1), (5, 0), (7, 1), (-5, 0)]:
    zone = ZoneInfo.from_file(zone_file([(3600, 0, "A"), (7200, 1, "B")], turns, "A-1"))
    for dt in datetime.min + timedelta(2), EPOCH, datetime.max - timedelta(2):
        for fold in 0, 1:
            dt = dt.replace(tzinfo=zone, fold=fold)
            assert dt.tzname() in "AB" and zone.fromutc(dt).tzinfo is zone

# ---- clocks that the last turn puts back show an hour twice, whatever the rule behind it
zone = ZoneInfo.from_file(zone_file([(7200, 0, "A"), (3600, 0, "B")], [(0, 1)], "B-1"))
for second, fold in (-1, 0), (0, 1), (1, 1), (3599, 1), (3600, 0):
    assert zone.fromutc(EPOCH.replace(tzinfo=zone) + timedelta(seconds=second)).fold == fold

# ---- against the library's own, in Python, which tells the same of sound files
R = random.Random(8)
for _ in range(60):
    kinds = [(R.randrange(-15, 15) * 1800, 0, "S%d" % i) for i in range(R.randint(1, 3))]
    kinds += [(kinds[i][0] + R.choice((3600, 1800, 7200)), 1, "D%d" % i) for i in range(len(kinds))]
    when = sorted(R.sample(range(-2 ** 31, 2 ** 31, 86400 * 20), R.randint(1, 9)))
    turns = [(t, R.randrange(len(kinds))) for t in when] + [(2 ** 31 + 86400 * 9, 0)]
    rule = R.choice(("", "AAA%dBBB,M%d.%d.%d/%d,M%d.%d.%d" %
                     (R.randint(-12, 12), R.randint(1, 6), R.randint(1, 5), R.randint(0, 6), R.randint(0, 24),
                      R.randint(7, 12), R.randint(1, 5), R.randint(0, 6))))
    data = zone_data(kinds, turns, rule)
    ours, theirs = ZoneInfo.from_file(io.BytesIO(data)), Written.from_file(io.BytesIO(data))
    for t in [R.randrange(-2 ** 34, 2 ** 36) for _ in range(40)] + [
            t + d for t, _ in turns for d in (-1801, -1, 0, 1, R.randrange(-9000, 9000), 1800, 3600)]:
        dt = EPOCH + timedelta(seconds=t)
        for fold in 0, 1:
            a, b = dt.replace(tzinfo=ours, fold=fold), dt.replace(tzinfo=theirs, fold=fold)
            assert (a.utcoffset(), a.dst(), a.tzname()) == (b.utcoffset(), b.dst(), b.tzname())
            a, b = ours.fromutc(a), theirs.fromutc(b)
            assert a.replace(tzinfo=None) == b.replace(tzinfo=None)
            # soon after the last turn the library's own does not see that clocks were put back then
            assert a.fold == b.fold or 0 < t - turns[-1][0] < 3 * 3600

# ---- datetimes of other classes are asked for what they say
class Shifted(datetime):
    hour = property(lambda self: 23)
    minute = property(lambda self: self.told)
    told = 5

    def toordinal(self):
        return EPOCH.toordinal()


zone = ZoneInfo.from_file(zone_file([(0, 0, "A"), (60, 0, "B")], [(86280, 1)]))
assert zone.tzname(Shifted(2020, 1, 1)) == "A"
Shifted.told = 59
assert zone.tzname(Shifted(1960, 1, 1)) == "B" and zone.tzname(datetime(1960, 1, 1)) == "A"
Shifted.told = "x"
assert error(zone.tzname, Shifted(1960, 1, 1)) == (
    "TypeError: 'str' object cannot be interpreted as an integer")
assert error(zone.tzname, 5) == "AttributeError: 'int' object has no attribute 'toordinal'"
assert error(zone.dst, D.date(2020, 1, 1)) == "AttributeError: 'datetime.date' object has no attribute 'hour'"


class Replaced(datetime):
    def replace(self, **named):
        return named

    def __add__(self, delta):
        return Replaced(2020, 1, 1) if delta == HOUR else delta


zone = ZoneInfo.from_file(zone_file([(7200, 0, "A"), (3600, 0, "B")], [(0, 1)]))
assert zone.fromutc(Replaced(1970, 1, 1, tzinfo=zone)) == {"fold": 1}
assert zone.fromutc(Replaced(1960, 1, 1, tzinfo=zone)) == 2 * HOUR
assert error(zone.fromutc, EPOCH) == "ValueError: fromutc: dt.tzinfo is not self"
assert error(zone.fromutc, D.date(2020, 1, 1)) == "TypeError: fromutc: argument must be a datetime"
assert error(zone.fromutc, datetime.max.replace(tzinfo=zone)) == "OverflowError: date value out of range"

# ---- damaged files
def refused(data):
    class Ending(io.BytesIO):  # a file that ends in its rule is read for ever
        def read(self, size):
            got = super().read(size)
            if size == 1 and not got:
                raise EOFError("the end")
            return got

    return error(ZoneInfo.from_file, Ending(data))


assert refused(b"") == refused(b"TZiF" + bytes(60)) == "ValueError: Invalid TZif file: magic not found"
assert error(ZoneInfo.from_file, io.BytesIO(b"TZif")) == (
    "ValueError: invalid literal for int() with base 10: b''")
assert refused(b"TZif2") == "error: unpack requires a buffer of 24 bytes"
data = zone_data(KINDS, TURNS, "A-1")
assert refused(data[:-1]) == refused(data[:-2]) == "EOFError: the end"
assert error(ZoneInfo.from_file, io.BytesIO(data[:-5])) == "AssertionError: b''"
assert refused(data[:-5] + data[-4:]) == "AssertionError: b'A'"
assert refused(data[:44] + data[45:]) == "ValueError: Invalid TZif file: magic not found"
assert refused(zone_data(KINDS, [(0, 4)])) == (
    "ValueError: Invalid transition index found while reading TZif: 4")
assert refused(zone_data(KINDS, [(0, 255)])) == (
    "ValueError: Invalid transition index found while reading TZif: 255")
assert refused(zone_data()) == refused(zone_data(version=1)) == "ValueError: No time zone information found."
assert refused(data.replace(b"CEST", b"\xff\xfeST")) == (
    "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte")
assert refused(data.replace(b"A-1\n", b"A-\n")) == "ValueError: Invalid STD offset in b'A-'"

# ---- files that are none
assert error(ZoneInfo.from_file, 5) == "AttributeError: 'int' object has no attribute 'read'"
assert error(ZoneInfo.from_file, io.StringIO("TZif")) == "ValueError: Invalid TZif file: magic not found"
