"""Dates: civil-day arithmetic of our own against datetime; weekdays, Easter, intervals, formatting and
parsing.
"""
import sys
from datetime import date, datetime, timedelta


def days_from_civil(y, m, d):
    """Days since 1970-01-01 in the Gregorian calendar."""
    y -= m <= 2
    era = y // 400
    year_of_era = y - era * 400
    day_of_year = (153 * (m + (-3 if m > 2 else 9)) + 2) // 5 + d - 1
    return era * 146097 + year_of_era * 365 + year_of_era // 4 - year_of_era // 100 + day_of_year - 719468


def civil_from_days(z):
    z += 719468
    era = z // 146097
    doe = z - era * 146097
    yoe = (doe - doe // 1460 + doe // 36524 - doe // 146096) // 365
    doy = doe - (365 * yoe + yoe // 4 - yoe // 100)
    mp = (5 * doy + 2) // 153
    d = doy - (153 * mp + 2) // 5 + 1
    m = mp + 3 if mp < 10 else mp - 9
    return yoe + era * 400 + (m <= 2), m, d


def easter(year):
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    month, day = divmod(h + m - 7 * ((a + 11 * h + 22 * m) // 451) + 114, 31)
    return month, day + 1


def main(n):
    start = days_from_civil(1900, 1, 1)
    fridays = 0
    for z in range(start, start + n):
        y, m, d = civil_from_days(z)
        assert days_from_civil(y, m, d) == z
        if d == 13 and (z + 3) % 7 == 4:
            fridays += 1
    day, one, check = date(1900, 1, 1), timedelta(days=1), 0
    for _ in range(n // 2):
        if day.day == 13 and day.weekday() == 4:
            check += 1
        day += one
    assert day == date(*civil_from_days(start + n // 2))
    spread = [0] * 36
    for year in range(1583, 1583 + n // 20):
        month, d = easter(year)
        spread[(month - 3) * 31 + d - 22] += 1
    moment = datetime(2026, 1, 31, 12, 30, 45)
    texts, total = 0, timedelta()
    for i in range(n // 10):
        later = moment + timedelta(hours=i * 7, minutes=i % 60, seconds=i * 13 % 60)
        text = later.strftime("%Y-%m-%d %H:%M:%S")
        again = datetime.fromisoformat(text)
        assert again == later
        total += again - moment
        texts += len(text) + later.isocalendar()[1] + later.timetuple().tm_yday
    parsed = datetime.strptime("21 Mar 2024 08:15", "%d %b %Y %H:%M")
    print("fridays", fridays, check, "easter", max(spread), spread.index(max(spread)), "total", total,
          "texts", texts)
    print(day, parsed.isoformat(), (date(2026, 12, 25) - date(2026, 3, 1)).days, date.max - date.min)


main(int(sys.argv[1]) if len(sys.argv) > 1 else 700000)
