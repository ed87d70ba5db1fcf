# stress: 499
"""zoneinfo: TZ texts, the rule behind the last turn: what is taken, what is refused in which words, and when
clocks are turned by it.
"""
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from _case import error
from _zones import zone_file


def zone_of(rule):
    return ZoneInfo.from_file(zone_file(rule=rule))


def minutes(zone, *when, fold=0):
    return datetime(*when, tzinfo=zone, fold=fold).utcoffset() / timedelta(minutes=1)


def turns(rule, year):
    """When clocks are turned in a year: [(what they show before, minutes gained)]."""
    zone, found = zone_of(rule), []
    at, end = datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC)
    step = timedelta(minutes=30)
    while at < end:
        now = at.astimezone(zone)
        gained = (now.utcoffset() - (at - step).astimezone(zone).utcoffset()) / timedelta(minutes=1)
        if gained:
            before = at.replace(tzinfo=None) + now.utcoffset() - timedelta(minutes=gained)
            found.append((before.strftime("%m-%d %H:%M"), gained))
        at += step
    return found


# ---- offsets count westward; hours of one or two digits, minutes and seconds of two
OFFSETS = {"A0": 0, "ABC5": -300, "ABC-5": 300, "ABC+05": -300, "ABC-12:30": 750, "ABC1:00:30": -60.5,
           "ABC24": -1440, "ABC0:99:99": -100.65, "<>3": -180, "<+03>-3": 180, "<a-1>1": -60,
           "A" * 70 + "9": -540, "EST5\0junk": -300}
for rule, wanted in OFFSETS.items():
    zone = zone_of(rule)
    assert zone.utcoffset(None) == timedelta(minutes=wanted), rule
    assert zone.tzname(None) == rule.split("\0")[0].lstrip("<").split(">")[0].rstrip("+-:0123456789") or (
        rule[0] == "<"), rule
assert [zone_of(rule).tzname(None) for rule in ("<>3", "<+03>-3", "<a-1>1")] == ["", "+03", "a-1"]

# ---- days of the week: first, second … and last of a month
assert turns("EST5EDT,M3.2.0,M11.1.0", 2024) == [("03-10 02:00", 60), ("11-03 02:00", -60)]
assert turns("CET-1CEST,M3.5.0,M10.5.0/3", 2023) == [("03-26 02:00", 60), ("10-29 03:00", -60)]
assert turns("A0B,M02.3.4/0,M2.5.5/12", 2024) == [("02-15 00:00", 60), ("02-23 12:00", -60)]
assert turns("A0B,M2.4.4/0,M2.5.4/0", 2024) == [("02-22 00:00", 60), ("02-29 00:00", -60)]
assert turns("A0B-0:30,M4.1.6/-3,M10.1.6/30", 2021) == [("04-02 21:00", 30), ("10-03 06:00", -30)]
assert turns("A0B-2,M4.1.6/+1:30,M12.5.5/23:00:00", 2021) == [("04-03 01:30", 120), ("12-31 23:00", -120)]
# the south's summer goes over the year's end; negative summer time
assert turns("AEST-10AEDT,M10.1.0,M4.1.0/3", 2024) == [("04-07 03:00", -60), ("10-06 02:00", 60)]
assert turns("IST-1GMT0,M10.5.0,M3.5.0/1", 2024) == [("03-31 01:00", 60), ("10-27 02:00", -60)]
zone = zone_of("IST-1GMT0,M10.5.0,M3.5.0/1")
summer, winter = (datetime(2024, m, 1, tzinfo=zone) for m in (7, 1))
assert (summer.tzname(), summer.dst(), winter.tzname(), winter.dst()) == (
    "IST", timedelta(0), "GMT", timedelta(hours=-1))

# ---- days of the year: with J none counts the 29th of February, but J59 in leap years is that day
assert turns("A0B,J31/0,J58/0", 2024) == [("01-31 00:00", 60), ("02-27 00:00", -60)]
assert turns("A0B,J59/0,J60/0", 2023) == [("02-28 00:00", 60), ("03-01 00:00", -60)]
assert turns("A0B,J59/0,J60/0", 2024) == [("02-29 00:00", 60), ("03-01 00:00", -60)]
assert turns("A0B,J91/0,J365/22", 2024) == [("04-01 00:00", 60), ("12-31 22:00", -60)]
# without it days count from 1 too (POSIX counts from 0)
assert turns("A0B,31/0,59/0", 2023) == turns("A0B,31/0,59/0", 2024) == [
    ("01-31 00:00", 60), ("02-28 00:00", -60)]
assert turns("A0B,60/0,365/0", 2023) == [("03-01 00:00", 60), ("12-31 00:00", -60)]
assert turns("A0B,60/0,365/0", 2024) == [("02-29 00:00", 60), ("12-30 00:00", -60)]
assert turns("A0B,0/0,J365/25", 2024) == []

# ---- all the year summer
zone = zone_of("EST5EDT,0/0,J365/25")
for when in (2019, 12, 31, 23), (2020, 1, 1), (2020, 7, 1), (1, 1, 2), (9999, 12, 30):
    assert minutes(zone, *when) == -240 and datetime(*when, tzinfo=zone).tzname() == "EDT"

# ---- gaps and folds, at each side of them
zone = zone_of("EST5EDT,M3.2.0,M11.1.0")
for fold, gap, again in (0, -300, -240), (1, -240, -300):
    assert [minutes(zone, 2040, 3, 11, h, m, fold=fold) for h, m in ((1, 59), (2, 0), (2, 59), (3, 0))] == [
        -300, gap, gap, -240]
    assert [minutes(zone, 2040, 11, 4, h, m, fold=fold) for h, m in ((0, 59), (1, 0), (1, 59), (2, 0))] == [
        -240, again, again, -300]
for hour, fold in (4, 0), (5, 0), (6, 1), (7, 0):
    local = datetime(2040, 11, 4, hour, 30, tzinfo=UTC).astimezone(zone)
    assert local.fold == fold and local.astimezone(UTC).hour == hour
zone = zone_of("IST-1GMT0,M10.5.0,M3.5.0/1")
for hour, fold in (0, 0), (1, 1), (2, 0):
    local = datetime(2040, 10, 28, hour, 30, tzinfo=UTC).astimezone(zone)
    assert local.fold == fold and local.astimezone(UTC).hour == hour

# ---- what is refused
WRONG = {
    "Invalid STD format in %r": ["5", "+A5", "<A5", "<A B>5", ":A5", " A5", "<\u00e9>5", "\u00e95"],
    "Invalid STD offset in %r": ["A", "AB+", "A25", "A1:", "A1:3", "A1:30:", "A1:30:1", "A,5", "<A>>5",
                                 "A--5"],
    "Invalid DST format in %r": ["A5,", "A5 ", "A123", "A1:30:30:30", "A5<B", "A5<B,C>"],
    "Invalid DST offset in %r": ["A5B", "A5B25,", "A5B+,0,1", "A5B1:,0,1", "A5B C,0,1"],
    "Missing transition rules in TZ string: %r": ["A5B4", "A5B,M3.2.0", "A5B4:30:00", "A5B,M3.2.01,5",
                                                  "A5B,1234,5", "A5B,1/167,5", "A5B,5;6", "A5B,1/2:00:000,5"],
    "Malformed transition rule in TZ string: %r": [
        "A5B,", "A5B,,", "A5B,M13.1.1,5", "A5B,M0.1.1,5", "A5B,M.1.1,5", "A5B,M3,5", "A5B,M3.1,5",
        "A5B,M3.6.1,5", "A5B,M3.0.1,5", "A5B,M3.1.7,5", "A5B,M123.1.1,5", "A5B,M3.1.x,5", "A5B,J0,5",
        "A5B,J366,5", "A5B,366,5",
        "A5B,J,5", "A5B,-1,5", "A5B,m3.1.1,5", "A5B,5,", "A5B,5,J0", "A5B,1/,5", "A5B,1/x,5", "A5B,1/2:,5",
        "A5B,1/2:0,5", "A5B,1/2:00:,5", "A5B,1/--2,5"],
    "Extraneous characters at end of TZ string: %r": ["A5B,1,5x", "A5B,1,5,", "A5B,M3.2.0,M11.1.0/100",
                                                       "A5B,1,5/2:30 "],
}
for text, rules in WRONG.items():
    for rule in rules:
        assert error(zone_of, rule) == "ValueError: " + text % rule.encode(), rule
