"""Regular expressions over a made log: findall, groups, substitution by function, split, alternations,
lookahead.
"""
import re
import sys


def make_log(n):
    lines = []
    seed = 17
    for i in range(n):
        seed = (seed * 214013 + 2531011) & 0x7FFFFFFF
        a = seed >> 8
        lines.append(
            "2026-%02d-%02d %02d:%02d:%02d [%s] 10.%d.%d.%d user=%s%d path=/a/%x/b?id=%d&q=%s took %d.%03d "
            "ms"
            % (
                a % 12 + 1, a % 28 + 1, a % 24, a % 60, i % 60, ("INFO", "WARN", "ERROR")[a % 3], a % 256,
                a // 7 % 256, a // 31 % 256, "abcdef"[a % 6] * 3, a % 500, a, i, "xy" * (a % 4), a % 90,
                a % 1000))
    return "\n".join(lines)


def main(n):
    log = make_log(n)
    line = re.compile(
        r"^(\d{4})-(\d\d)-(\d\d) (\d+):(\d+):(\d+) \[(?P<level>[A-Z]+)\] (?P<ip>(?:\d{1,3}\.){3}\d{1,3}) "
        r"user=(?P<user>\w+)",
        re.M)
    levels, users = {}, set()
    for match in line.finditer(log):
        levels[match["level"]] = levels.get(match["level"], 0) + 1
        users.add(match["user"])
    print("levels", sorted(levels.items()), "users", len(users))
    assert sum(levels.values()) == n
    times = [float(t) for t in re.findall(r"took (\d+\.\d+) ms", log)]
    print("took %.3f" % sum(times), "slow", sum(1 for t in times if t > 80))
    hidden = re.sub(r"\b10\.(\d+)\.(\d+)\.\d+", lambda m: "%s-%s" % (m[2], m[1]), log)
    print("hidden", len(hidden), len(re.sub(r"(xy)+", "<\\1>", log)))
    print("paths", len(set(re.findall(r"/a/([0-9a-f]+)/b", log))), "queries",
          len(re.findall(r"q=(?=xy)", log)))
    print("words", sum(1 for _ in re.finditer(r"(?i)error|warn\b", log)), len(re.split(r"[&?= ]+", log)))
    print("numbers", sum(map(int, re.findall(r"(?<=id=)\d+", log))), len(re.findall(r"(\w)\1\1", log)))
    print("quoted", len(re.findall(r"[^\s\[\]]+(?:\.[^\s]+)*", log)),
          bool(re.search(r"(a+)+b$", "a" * 14 + "c")))


main(int(sys.argv[1]) if len(sys.argv) > 1 else 30000)
