"""datetime: construction, arithmetic, formatting, parsing, time zones, errors."""
from datetime import date, datetime, time, timedelta, timezone

from _case import error

d = date(2024, 2, 29)
assert d.weekday() == 3 and d.isoweekday() == 4 and d.isocalendar() == (2024, 9, 4)
assert d.toordinal() == 738945 and date.fromordinal(738945) == d and str(d) == "2024-02-29"
assert repr(d) == "datetime.date(2024, 2, 29)" and d.replace(day=1) == date(2024, 2, 1)
assert d + timedelta(366) == date(2025, 3, 1) and date.fromisoformat("2024-02-29") == d
assert d.strftime("%Y/%j %a %b") == "2024/060 Thu Feb" and d < date.max
assert d.ctime() == "Thu Feb 29 00:00:00 2024" and d.timetuple().tm_yday == 60
assert date.fromisocalendar(2024, 9, 4) == d
t = timedelta(days=1, hours=25, minutes=-3, milliseconds=5)
assert t == timedelta(2, 3420, 5000) and str(t) == "2 days, 0:57:00.005000"
assert repr(t) == "datetime.timedelta(days=2, seconds=3420, microseconds=5000)"
assert t.total_seconds() == 176220.005 and -t + t == timedelta(0) and t * 2 // 2 == t
assert t / timedelta(1) > 2 and divmod(timedelta(5), timedelta(2)) == (2, timedelta(1))
assert str(timedelta(-1)) == "-1 day, 0:00:00" and abs(timedelta(-1)) == timedelta(1)
assert timedelta(hours=1) < timedelta(1) and not timedelta(0) and timedelta(1) / 3 == timedelta(0, 28800)
x = datetime(2024, 1, 31, 13, 5, 9, 123456)
assert str(x) == "2024-01-31 13:05:09.123456"
assert repr(x) == "datetime.datetime(2024, 1, 31, 13, 5, 9, 123456)"
assert x.isoformat("T", "seconds") == "2024-01-31T13:05:09"
assert datetime.fromisoformat("2024-01-31T13:05:09.123456") == x and x.date() == date(2024, 1, 31)
assert x.time() == time(13, 5, 9, 123456)
assert x.strftime("%d.%m.%y %I:%M:%S %p %f %%") == "31.01.24 01:05:09 PM 123456 %"
assert datetime.strptime("31/12/1999 23:59", "%d/%m/%Y %H:%M") == datetime(1999, 12, 31, 23, 59)
assert x - datetime(2024, 1, 1) == timedelta(30, 47109, 123456)
assert datetime.combine(d, time(1, 2)) == datetime(2024, 2, 29, 1, 2) and f"{x:%H:%M}" == "13:05"
assert x.replace(microsecond=0).microsecond == 0
u = datetime(2024, 6, 1, 12, tzinfo=timezone.utc)
z = timezone(timedelta(hours=5, minutes=30), "IST")
assert u.astimezone(z).isoformat() == "2024-06-01T17:30:00+05:30" and u.timestamp() == 1717243200.0
assert datetime.fromtimestamp(0, timezone.utc) == datetime(1970, 1, 1, tzinfo=timezone.utc)
assert u.tzname() == "UTC" and z.tzname(None) == "IST" and str(timezone(timedelta(hours=-3))) == "UTC-03:00"
assert u == u.astimezone(z) and hash(u) == hash(u.astimezone(z))
assert datetime.fromisoformat("2024-06-01T12:00:00+00:00") == u
assert datetime.fromisoformat("20240601T120000Z") == u and repr(timezone.utc) == "datetime.timezone.utc"
assert u.utcoffset() == timedelta(0)
assert error(date, 2023, 2, 29) == "ValueError: day is out of range for month"
assert error(date, 2023, 13, 1) == "ValueError: month must be in 1..12"
assert error(time, 25) == "ValueError: hour must be in 0..23"
assert error(date, 0, 1, 1) == "ValueError: year 0 is out of range"
assert error(datetime.strptime, "x", "%Y") == "ValueError: time data 'x' does not match format '%Y'"
assert error(lambda: u < x) == "TypeError: can't compare offset-naive and offset-aware datetimes"
assert error(lambda: d + 1) == "TypeError: unsupported operand type(s) for +: 'datetime.date' and 'int'"
assert error(lambda: date.max + timedelta(1)) == "OverflowError: date value out of range"
assert error(date.fromisoformat, "2024-1-1") == "ValueError: Invalid isoformat string: '2024-1-1'"
assert error(timedelta, 10 ** 10) == "OverflowError: Python int too large to convert to C int"
assert error(timedelta, 10 ** 9) == "OverflowError: days=1000000000; must have magnitude <= 999999999"
assert time(1, 2, 3) < time(1, 2, 4) and str(time(1, 2)) == "01:02:00"
assert time.fromisoformat("04:05:06.5") == time(4, 5, 6, 500000) and time(5).isoformat() == "05:00:00"
assert bool(time(0)) and time(1, tzinfo=timezone.utc).isoformat() == "01:00:00+00:00"
import copy, pickle
assert pickle.loads(pickle.dumps(x)) == x and copy.deepcopy(u) == u and pickle.loads(pickle.dumps(t)) == t
days = [date(1900, 1, 1) + timedelta(i * 37) for i in range(1000)]
assert sorted(days, reverse=True)[0] == days[-1]
assert sum((b - a).days for a, b in zip(days, days[1:])) == 37 * 999
assert all(date.fromordinal(x.toordinal()) == x for x in days)
