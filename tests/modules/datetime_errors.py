"""datetime: what each constructor and method says of wrong arguments, in the reference's words."""
import datetime as D

from _case import error

MISSING_YEAR = "TypeError: function missing required argument 'year' (pos 1)"
assert error(D.date) == MISSING_YEAR == error(D.datetime)
assert error(D.date, 1, 2, 3, 4) == "TypeError: function takes at most 3 arguments (4 given)"
assert error(D.date, 1, 2, x=3) == "TypeError: function missing required argument 'day' (pos 3)"
assert error(D.date, "2024-02-29") == "TypeError: 'str' object cannot be interpreted as an integer"
assert error(D.date, 2 ** 31, 1, 1) == "OverflowError: signed integer is greater than maximum"
assert error(D.date, 10 ** 20, 1, 1) == "OverflowError: Python int too large to convert to C long"
ZONE = "TypeError: tzinfo argument must be None or of a tzinfo subclass, not type 'int'"
for f in D.time, lambda tzinfo: D.datetime(
        1, 1, 1, tzinfo=tzinfo), D.datetime.min.replace, D.time.min.replace:
    assert error(f, tzinfo=3) == ZONE
assert error(D.datetime.now, 3) == ZONE == error(D.datetime.min.astimezone, 3)
assert error(D.time, 0, 0, 0, 0, None, 1) == (
    "TypeError: function takes at most 5 positional arguments (6 given)")
assert error(D.time, fold=2) == "ValueError: fold must be either 0 or 1" == (
    error(D.datetime.min.replace, year=0, fold=2))
assert error(D.timedelta, "a") == "TypeError: unsupported type for timedelta days component: str"
assert error(D.timedelta, x=1) == "TypeError: 'x' is an invalid keyword argument for __new__()"
assert error(D.timedelta, 1, days=3) == (
    "TypeError: argument for __new__() given by name ('days') and position (1)")
assert error(D.timedelta, float("nan")) == "ValueError: cannot convert float NaN to integer"
assert error(lambda: D.timedelta(1) / 0) == "ZeroDivisionError: integer division or modulo by zero"
assert error(lambda: D.timedelta(1) / D.timedelta(0)) == "ZeroDivisionError: division by zero"
assert error(lambda: D.timedelta(1) % D.timedelta(0)) == "ZeroDivisionError: integer modulo by zero"
assert error(lambda: D.timedelta(1) < 1) == (
    "TypeError: '<' not supported between instances of 'datetime.timedelta' and 'int'")
assert error(lambda: D.date.min < D.datetime.min) == (
    "TypeError: can't compare datetime.datetime to datetime.date")
assert error(lambda: D.time(1) < D.time(1, tzinfo=D.UTC)) == (
    "TypeError: can't compare offset-naive and offset-aware times")
assert (error(lambda: D.datetime.min - D.datetime.min.replace(tzinfo=D.UTC)) ==
        "TypeError: can't subtract offset-naive and offset-aware datetimes")
assert (error(lambda: D.datetime.min - D.date.min) ==
        "TypeError: unsupported operand type(s) for -: 'datetime.datetime' and 'datetime.date'")
assert error(D.timezone, 3) == "TypeError: timezone() argument 1 must be datetime.timedelta, not int"
assert error(D.timezone, D.timedelta(1)) == (
    "ValueError: offset must be a timedelta strictly between -timedelta(hours=24) and "
    "timedelta(hours=24), not datetime.timedelta(days=1).")
assert error(D.timezone.utc.fromutc, D.datetime.min) == "ValueError: fromutc: dt.tzinfo is not self"
assert error(D.timezone.utc.utcoffset, 3) == (
    "TypeError: utcoffset(dt) argument must be a datetime instance or None, not int")
for name in "utcoffset", "dst", "tzname":
    assert error(getattr(D.tzinfo(), name), None) == (
        f"NotImplementedError: a tzinfo subclass must implement {name}()")
assert error(D.date.fromordinal, 0) == "ValueError: ordinal must be >= 1"
assert error(D.date.fromordinal, 10 ** 7) == "ValueError: year 27380 is out of range"
assert error(D.datetime.fromtimestamp, 1e30) == "OverflowError: timestamp out of range for platform time_t"
assert error(D.datetime.fromtimestamp, float("nan")) == "ValueError: Invalid value NaN (not a number)"
assert error(D.datetime.combine, 1, 2) == "TypeError: combine() argument 1 must be datetime.date, not int"
assert error(D.datetime.min.isoformat, "ab") == (
    "TypeError: isoformat() argument 1 must be a unicode character, not str")
assert error(D.time().isoformat, "x") == "ValueError: Unknown timespec value"
assert error(D.time().isoformat, 3) == "TypeError: isoformat() argument 1 must be str, not int"
assert error(D.date.fromisoformat, 3) == "TypeError: fromisoformat: argument must be str"
assert error(D.date.fromisocalendar, 2020, 54, 1) == "ValueError: Invalid week: 54"
assert error(D.date.fromisocalendar, 2020, 1, 8) == "ValueError: Invalid day: 8 (range is [1, 7])"
assert error(D.date.fromisocalendar, 10 ** 20, 1, 1) == "ValueError: ISO calendar component out of range"
assert error(D.date.min.strftime) == "TypeError: strftime() missing required argument 'format' (pos 1)"
assert error(D.date.min.__format__, 3) == "TypeError: __format__() argument 1 must be str, not int"
assert error(setattr, D.date.min, "year", 1) == (
    "AttributeError: attribute 'year' of 'datetime.date' objects is not writable")
assert error(setattr, D.timedelta(1), "days", 1) == "AttributeError: readonly attribute"
assert error(setattr, D.date, "x", 1) == (
    "TypeError: cannot set 'x' attribute of immutable type 'datetime.date'")
assert error(type, "X", (D.timezone,), {}) == (
    "TypeError: type 'datetime.timezone' is not an acceptable base type")
assert repr(D.timedelta.__dict__["days"]) == "<member 'days' of 'datetime.timedelta' objects>"


class Wrong(D.tzinfo):
    def utcoffset(self, moment):
        return 3

    def dst(self, moment):
        return D.timedelta(1)

    def tzname(self, moment):
        return 3


x = D.datetime(2020, 1, 1, tzinfo=Wrong())
for f in x.utcoffset, x.isoformat, lambda: hash(x), lambda: x.astimezone(D.UTC), x.utctimetuple:
    assert error(f) == "TypeError: tzinfo.utcoffset() must return None or timedelta, not 'int'"
assert error(x.tzname) == "TypeError: tzinfo.tzname() must return None or a string, not 'int'"
assert error(x.timetuple) == (
    "ValueError: offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24).")
assert error(D.datetime, b"\x07\xe4\x01\x01\0\0\0\0\0\0", 3) == "TypeError: bad tzinfo state arg"
