"""Regular expressions as people write them: a tokeniser, dates, log lines, addresses, CSV, numbers, Roman
numerals, templates; many small ones compiled anew; backtracking.
"""
import re
import sys
import zlib

TOKENS = re.compile(r"""
    (?P<space>\s+) | (?P<comment>\#[^\n]*) | (?P<number>\d+(?:\.\d*)?(?:[eE][+-]?\d+)?)
  | (?P<name>[^\W\d]\w*) | (?P<text>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')
  | (?P<sign>\*\*|//|[<>=!]=|[-+*/%<>=(){}\[\],.:])""", re.VERBOSE)
LOG = re.compile(r'^(\S+) \S+ (\S+) \[([\w:/]+\s[+-]\d{4})\] "(\S+) (\S+)\s*(\S*)" (\d{3}) (\d+|-)', re.M)
DATE = re.compile(r"\b(?:(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)"
                  r"|(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4}))\b")
MAIL = re.compile(r"(?i)\b[a-z0-9._%+-]+@(?:[a-z0-9-]+\.)+[a-z]{2,}\b")
CELL = re.compile(r'(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))')
ROMAN = re.compile(r"^(?=[MDCLXVI])M*(C[MD]|D?C{0,3})(X[CL]|L?X{0,3})(I[XV]|V?I{0,3})$")
HOLE = re.compile(r"\$(?:(?P<escaped>\$)|\{(?P<braced>\w+)(?::(?P<form>[^}]*))?\}|(?P<plain>\w+))")
DOUBLE = re.compile(r"\b(\w+)\s+\1\b", re.I)
PASSWORD = re.compile(r"^(?=.*\d)(?=.*[a-z])(?=.*[A-Z])(?!.*(.)\1\1).{6,12}$")


def program(i):
    return (f"def f{i}(a, b_{i % 7}):  # number {i}\n    return a ** {i}.5e-3 + b_{i % 7} // {i} != "
            f"\"it's \\\"{i}\\\"\" and x[{i % 10}]['k'] <= 0.{i}\n")


def kinds_of(source):
    counts, at = {}, 0
    while at < len(source):
        match = TOKENS.match(source, at)
        if match is None:
            raise SyntaxError(source[at:at + 10])
        counts[match.lastgroup] = counts.get(match.lastgroup, 0) + 1
        at = match.end()
    return counts


def log_line(i):
    request = f'"{("GET", "POST")[i % 2]} /a/{i % 101}?x={i} HTTP/1.1" {200 + i % 5 * 100}'
    return (f"10.{i % 9}.{i % 250}.7 - user{i % 31} [30/Nov/2026:{i % 24:02d}:{i % 60:02d}:00 +0100] "
            f"{request} {i * 37 if i % 6 else '-'}")


def letter(i):
    month, day = i % 12 + 1, i % 28 + 1
    return (f"On 2026-{month:02d}-{day:02d} or {day}.{month}.2025 please write to to person.{i}@mail{i % 9}."
            f"example.org, or Info+{i}@EXAMPLE.COM; the the price is ${{price:.2f}} for $name$$.")


def cells(line):
    return [quoted.replace('""', '"') if quoted else plain for quoted, plain in CELL.findall(line)]


def filled(text, values):
    def value(match):
        if match["escaped"]:
            return "$"
        return format(values[match["braced"] or match["plain"]], match["form"] or "")
    return HOLE.sub(value, text)


def roman(n):
    out = ""
    for value, sign in zip((1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
                           "M CM D CD C XC L XL X IX V IV I".split()):
        out, n = out + sign * (n // value), n % value
    return out


def globs(names, n):
    """Each pattern is new, so that each is compiled."""
    found = 0
    for i in range(n):
        pattern = re.compile(rf"^(?:pers|pl)[a-{'efgh'[i % 4]}](?:se|rson){{0,{i + 1}}}|{i}[0-9]?(?:_{i})*$")
        found += sum(pattern.match(name) is not None for name in names)
    return found


def main(n):
    counts, bytes_sent, users, check = {}, 0, {}, 0
    for i in range(n):
        for kind, count in kinds_of(program(i)).items():
            counts[kind] = counts.get(kind, 0) + count
        text = letter(i)
        dates = [match.groupdict() for match in DATE.finditer(text)]
        assert int(dates[0]["m"]) == int(dates[1]["month"]) and len(MAIL.findall(text)) == 2
        text = DOUBLE.sub(r"\1", filled(text, {"price": i / 3, "name": f"n{i}"}))
        check = zlib.crc32(text.encode(), check)
        assert cells(f'{i},"a ""b"", c",,x') == [str(i), 'a "b", c', "", "x"]
        assert ROMAN.match(roman(i % 3999 + 1)) and not ROMAN.match(roman(i % 3999 + 1) + "IIII")
    for match in LOG.finditer("\n".join(map(log_line, range(n)))):
        users[match[2]] = users.get(match[2], 0) + 1
        bytes_sent += int(match[8]) if match[8] != "-" else 0
    words = re.split(r"[^A-Za-z0-9]+", "".join(letter(i) for i in range(n // 10)))
    strong = sum(PASSWORD.match(word + "Aa1"[i % 3:]) is not None for i, word in enumerate(words))
    slow = re.compile(r"(?:a|aa)+b|(x+x+)+y").search("a" * 20 + "x" * 14 + "a" * 20 + "xxy")
    print(sorted(counts.items()), "sent", bytes_sent, "users", len(users), check)
    print("words", len(words), "strong", strong, "slow", slow.span(), "globs", globs(words[:50], n // 20))


main(int(sys.argv[1]) if len(sys.argv) > 1 else 8000)
