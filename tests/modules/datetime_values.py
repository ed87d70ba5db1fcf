# stress: 10007
"""datetime: the calendar, exact arithmetic, ISO texts, strftime, subclasses, pickles, zones, folds."""
import os
import pickle
import time
from datetime import MAXYEAR, UTC, date, datetime, timedelta, timezone, tzinfo
from datetime import time as Time

# ---- every tenth day of the calendar, and all around the ends of years
before = 0
days = list(range(1, date.max.toordinal() + 1, 10))
for year in range(1, MAXYEAR + 1, 7):
    days += [date(year, 1, 1).toordinal() + i for i in range(-3, 4) if date(year, 1, 1).toordinal() + i > 0]
for n in days:
    d = date.fromordinal(n)
    assert d.toordinal() == n and d.weekday() == (n + 6) % 7 and d.isoweekday() == d.weekday() + 1
    iso = d.isocalendar()
    assert date.fromisocalendar(*iso) == d if iso[0] <= MAXYEAR else iso[0] == MAXYEAR + 1
    assert d.timetuple().tm_yday == n - date(d.year, 1, 1).toordinal() + 1
iso = date(2024, 12, 30).isocalendar()
assert iso == (2025, 1, 1) and (iso.year, iso.week, iso.weekday) == tuple(iso)
assert repr(iso) == "datetime.IsoCalendarDate(year=2025, week=1, weekday=1)"
assert type(pickle.loads(pickle.dumps(iso))) is tuple

# ---- durations: rounding half to even, products beyond 64 bits
us = timedelta(microseconds=1)
assert [timedelta(microseconds=x) // us for x in (0.5, 1.5, 2.5, -0.5, -1.5)] == [0, 2, 2, 0, -2]
assert timedelta(microseconds=0.25,
                 milliseconds=0.00025) == timedelta(0) and timedelta(seconds=0.1) == 100000 * us
assert [n * us / 2 // us for n in (1, 3, 5, -1, -3)] == [0, 2, 2, 0, -2] and 3 * us * 0.5 == 2 * us
assert timedelta.max / us == 8.64e19 and timedelta.max // us == 10 ** 15 * 86400 - 1
assert -127650439 * timedelta(1) * 1.0 == timedelta(-127650439)
assert divmod(timedelta(-5, 3), timedelta(2)) == (-3,
                                                  timedelta(1,
                                                          3)) and timedelta(7) // (10 ** 40) == timedelta(0)
assert timedelta(-7) // 10 ** 40 == -us and timedelta(hours=2, weeks=-1,
                                                      milliseconds=3) == timedelta(-7, 7200, 3000)
assert timedelta(1).total_seconds() == 86400.0 and timedelta.max.total_seconds() == 86399999999999.999999
assert hash(timedelta(3, 4, 5)) == hash((3, 4, 5)) and str(timedelta(-1, 1)) == "-1 day, 0:00:01"

# ---- texts
x = datetime(2024, 3, 9, 5, 7, 8, 90)
for text in (
        "2024-03-09T05:07:08.000090", "20240309T050708,00009", "2024-W10-6 05:07:08.0000901",
        "2024W106x05:07:08.000090"):
    assert datetime.fromisoformat(text) == x, text
assert datetime.fromisoformat("2024-03-09T05:07:08-03:30") == datetime(2024, 3, 9, 8, 37, 8, tzinfo=UTC)
assert Time.fromisoformat("T0507Z") == Time(5, 7, tzinfo=UTC)
assert Time.fromisoformat("05:07:08.5+00:00:01").utcoffset() == timedelta(0, 1)
for text in (
        "2024-3-9", "2024-02-30", "2024-W54", "2024-03-09T5", "2024-03-09T05:07:08.", "2024-03-09T05:7", "",
        "2024-03-09T05:07+1"):
    try:
        datetime.fromisoformat(text)
        assert False, text
    except ValueError:
        pass
assert [x.isoformat(timespec=s) for s in ("hours", "minutes", "seconds", "milliseconds", "microseconds")] == [
    "2024-03-09T05", "2024-03-09T05:07", "2024-03-09T05:07:08", "2024-03-09T05:07:08.000",
    "2024-03-09T05:07:08.000090"]
assert x.isoformat("\u20ac") == "2024-03-09\u20ac05:07:08.000090" and x.ctime() == "Sat Mar  9 05:07:08 2024"
assert x.strftime("%Y%m%d %H%M%S.%f %y %j %%") == "20240309 050708.000090 24 069 %"
assert x.strftime("%z%Z|%a %d %b|\u20ac") == "|Sat 09 Mar|\u20ac"
odd = timezone(timedelta(hours=-5, seconds=-1), "a%Yb")
assert x.replace(tzinfo=odd).strftime("%z %Z") == "-050001 a%Yb" and f"{x:%d/%m}" == "09/03"
assert f"{x}" == str(x)
assert date(99, 1, 2).isoformat() == "0099-01-02" and repr(Time(1, 2,
        fold=1)) == "datetime.time(1, 2, fold=1)"
assert repr(datetime(1, 2, 3, 4, 5, 6, 7, UTC, fold=1)) == (
    "datetime.datetime(1, 2, 3, 4, 5, 6, 7, fold=1, tzinfo=datetime.timezone.utc)")


# ---- subclasses: arithmetic and replace give them back, str and format go through overridden methods
class Day(date):
    def isoformat(self):
        return "iso!"

    def strftime(self, form):
        return "form " + form


class Moment(datetime):
    pass


day = Day(2024, 1, 1)
assert type(day + timedelta(1)) is Day and type(day.replace(day=2)) is Day and type(day - timedelta(1)) is Day
assert str(day) == "iso!" and f"{day}" == "iso!" and f"{day:x}" == "form x" and repr(day) == "Day(2024, 1, 1)"
m = Moment(2024, 1, 1, 5, tzinfo=UTC)
assert type(m + timedelta(1)) is Moment is type(m.astimezone(timezone.max))
assert type(Moment.fromisoformat("2024-01-01")) is Moment
assert type(Moment.combine(day, Time(1))) is Moment and type(m.date()) is date
assert Moment.fromordinal(5) == datetime(1, 1, 5)
m.label = "kept"
copy = pickle.loads(pickle.dumps(day))
assert copy == day and type(copy) is Day and m == datetime(2024, 1, 1, 5,
        tzinfo=UTC) and hash(m) == hash(m.astimezone(timezone.min))
for protocol in range(6):
    for v in x, x.replace(tzinfo=odd), Time(1, 2, 3, 4, UTC), date(1, 2, 3), timedelta(-1, 2, 3), UTC, odd:
        again = pickle.loads(pickle.dumps(v, protocol))
        assert again == v and type(again) is type(v) and repr(again) == repr(v)
assert pickle.loads(pickle.dumps(UTC)) is UTC is timezone(timedelta(0)) and pickle.loads(pickle.dumps(Time(1,
        fold=1), 4)).fold == 1


# ---- a zone of one's own, with a summer time whose end is a fold
class Summer(tzinfo):
    """An hour ahead from April to September, on the first of the month at 2:00."""

    def dst(self, moment):
        naive = moment.replace(tzinfo=None, fold=0)
        start, end = datetime(naive.year, 4, 1, 2), datetime(naive.year, 10, 1, 2)
        if start + timedelta(hours=1) <= naive < end - timedelta(hours=1):
            return timedelta(hours=1)
        if end - timedelta(hours=1) <= naive < end:
            return timedelta(0) if moment.fold else timedelta(hours=1)
        if start <= naive < start + timedelta(hours=1):
            return timedelta(hours=1) if moment.fold else timedelta(0)
        return timedelta(0)

    def utcoffset(self, moment):
        return timedelta(hours=1) + self.dst(moment)

    def tzname(self, moment):
        return "SUM" if self.dst(moment) else "WIN"


zone = Summer()
once, again = datetime(2024, 10, 1, 1, 30, tzinfo=zone), datetime(2024, 10, 1, 1, 30, tzinfo=zone, fold=1)
assert once == again and once.utcoffset() - again.utcoffset() == timedelta(hours=1)
assert again.tzname() == "WIN"
assert (again.astimezone(UTC) - once.astimezone(UTC)) == timedelta(hours=1) and hash(once) == hash(again)
assert once != once.astimezone(UTC) and datetime(2024, 7, 1, tzinfo=zone) == datetime(2024, 6, 30, 22,
        tzinfo=UTC)
assert datetime(2024, 7, 1, tzinfo=zone).timetuple().tm_isdst == 1 and datetime(2024, 7, 1,
        tzinfo=zone).utctimetuple().tm_hour == 22
assert datetime(2024, 6, 30, 22, tzinfo=UTC).astimezone(zone) == datetime(2024, 7, 1, tzinfo=zone)

# ---- the system's zone: gap, fold, timestamps both ways
os.environ["TZ"] = "EST+05EDT,M3.2.0,M11.1.0"
time.tzset()
first, second = datetime(2024, 11, 3, 1, 30), datetime(2024, 11, 3, 1, 30, fold=1)
assert second.timestamp() - first.timestamp() == 3600 and datetime.fromtimestamp(second.timestamp()).fold == 1
assert datetime.fromtimestamp(first.timestamp()).fold == 0
assert first.astimezone().tzname() == "EDT" != second.astimezone().tzname()
gap = datetime(2024, 3, 10, 2, 30)
assert gap.timestamp() - gap.replace(fold=1).timestamp() == 3600
assert datetime.fromtimestamp(gap.timestamp()).hour == 3
assert datetime.fromtimestamp(0) == datetime(1969, 12, 31,
                                             19) and datetime.utcfromtimestamp(-0.5).microsecond == 500000
assert date.fromtimestamp(0) == date(1969, 12, 31) and first.astimezone(UTC) == datetime(2024, 11, 3, 5,
        30, tzinfo=UTC)
assert abs(datetime.now(UTC).timestamp() - time.time()) < 60
assert datetime.now().date() - date.today() < timedelta(2)
