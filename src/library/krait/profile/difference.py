"""What two recordings differ in, by line: exact ones by subtraction of their instructions, sampled ones by
time with a 95 % bootstrap interval. Lines of files that changed are matched by difflib.

Bootstrap: every GROUPS-th sample is a group; groups are drawn again, so that phases of the program stay as
they are. A change is clear if it passes Benjamini and Hochberg's test at 5 % over all lines. The interval is
of the two recordings: what differs from run to run (the machine's speed) is not in it, so compare more than
one pair of runs."""
import difflib
import json
import math
import operator
import os
import random

from krait.profile import counts, text
from krait.profile.tree import short_path
from krait.profile.words import clean, cut_end, number, seconds

GROUPS, DRAWS, SEED = 100, 400, 1
LEAST = 0.001  # of the longer run: lines below are left out
LEVEL = 0.05


class Row:
    """A line in both: its number after and before (0: is not there), µs or instructions, the interval of the
    change."""

    def __init__(self, path, line, old_line, before, after):
        self.path, self.line, self.old_line, self.before, self.after = path, line, old_line, before, after
        self.change = after - before
        self.low = self.high = self.change
        self.p, self.clear, self.source = 0.0, True, ""

    def document(self):
        return {"file": self.path, "line": self.line, "old_line": self.old_line, "before": self.before,
                "after": self.after,
                "change": self.change, "low": self.low, "high": self.high, "p": self.p, "clear": self.clear,
                "source": self.source}


def diff(a, b, form="text", limit=15):
    found = compare(a, b)
    if form == "json":
        return json.dumps(found, indent=1) + "\n"
    if form == "html":
        from krait.profile.page import html
        return html(b, difference=found)
    return diff_text(a, b, found, limit)


def compare(a, b):
    """{summary, notes, exact, rows}"""
    exact = bool(a.counts and b.counts)
    match = Match(a, b)
    rows = exact_rows(a, b, match) if exact else sampled_rows(a, b, match)
    for row in rows:
        old = match.old_path(row.path), row.old_line
        row.source = (b.source_line(row.path, row.line) if row.line else a.source_line(*old)) or ""
    rows.sort(key=lambda row: (not row.clear, -abs(row.change)))
    notes = text.first_lines(a) + text.first_lines(b) + match.notes()
    return {"summary": summary(a, b, exact), "notes": notes, "exact": exact,
            "rows": [row.document() for row in rows]}


def summary(a, b, exact):
    cpu = change_text(a.totals.cpu / 1000, b.totals.cpu / 1000, seconds)
    if exact:
        instructions = change_text(counts.instructions(a), counts.instructions(b), number)
        return f"instructions {instructions}; CPU {cpu}"
    return f"CPU {cpu}; {a.totals.samples:,} and {b.totals.samples:,} samples"


def change_text(before, after, shown):
    percent = f" ({100 * (after / before - 1):+.2f} %)" if before else ""
    return f"{shown(before)} → {shown(after)}{percent}"


class Match:
    """Which line of A a line of B was."""

    def __init__(self, a, b):
        self.a, self.b = a, b
        self.old_paths, self.maps, self.changed = {}, {}, set()
        for path in {code.path for code in b.codes.values() if code.path}:
            self.old_paths[path] = self.find_old_path(path)
            self.maps[path] = self.line_map(path)

    def find_old_path(self, path):
        """The same path, else the only one of that name"""
        paths = {code.path for code in self.a.codes.values() if code.path}
        if path in paths:
            return path
        alike = [p for p in paths if os.path.basename(p) == os.path.basename(path)]
        return alike[0] if len(alike) == 1 else path

    def old_path(self, path):
        return self.old_paths.get(path, path)

    def line_map(self, path):
        """{line of A: line of B}, None if they are the same"""
        old, new = self.a.file_of(self.old_path(path)), self.b.file_of(path)
        if old is None or new is None or old.lines == new.lines:
            return None
        self.changed.add(path)
        pairs = {}
        matcher = difflib.SequenceMatcher(None, old.lines, new.lines, autojunk=False)
        for kind, a1, a2, b1, b2 in matcher.get_opcodes():
            if kind == "equal" or (kind == "replace" and a2 - a1 == b2 - b1):
                pairs.update((a1 + n + 1, b1 + n + 1) for n in range(a2 - a1))
        return pairs

    def pairs(self, before, after):
        """(path, line, old line, value before, value after) of every line; 0 and None where it is not
        there"""
        new_paths = {old: new for new, old in self.old_paths.items()}
        left = dict(after)
        for (old, old_line), value in before.items():
            path = new_paths.get(old, old)
            moved = self.maps.get(path)
            line = old_line if moved is None else moved.get(old_line)
            if line is None:
                yield path, 0, old_line, value, None
            else:
                yield path, line, old_line, value, left.pop((path, line), None)
        for (path, line), value in left.items():
            yield path, line, 0, None, value

    def notes(self):
        return [f"{short_path(path)} has changed; its lines are matched" for path in sorted(self.changed)]


def exact_rows(a, b, match):
    before = {key: row[1] for key, row in counts.line_runs(a).items()}
    after = {key: row[1] for key, row in counts.line_runs(b).items()}
    pairs = match.pairs(before, after)
    rows = [Row(path, line, old, was or 0, now or 0) for path, line, old, was, now in pairs]
    return [row for row in rows if row.change]


def sampled_rows(a, b, match):
    before, after = groups_by_line(a), groups_by_line(b)
    whole = max(sum(map(sum, before.values())), sum(map(sum, after.values()))) or 1
    chance = random.Random(SEED)
    draws_a, draws_b = draw(chance), draw(chance)
    rows, empty = [], [0] * GROUPS
    for path, line, old, was, now in match.pairs(before, after):
        was, now = was or empty, now or empty
        row = Row(path, line, old, sum(was), sum(now))
        if max(row.before, row.after) >= LEAST * whole:
            set_interval(row, resample(draws_a, was), resample(draws_b, now))
            rows.append(row)
    mark_clear(rows)
    return rows


def groups_by_line(recording):
    """{(path, line): [µs of each group]}"""
    sums, places = {}, {}
    for n, (_, _, stack, weight) in enumerate(recording.samples()):
        if stack not in places:
            places[stack] = counts.place(recording, stack) or ("", 0)
        row = sums.get(places[stack])
        if row is None:
            row = sums[places[stack]] = [0] * GROUPS
        row[n % GROUPS] += weight
    return sums


def draw(chance):
    """DRAWS times how often each group is drawn"""
    drawn = []
    for _ in range(DRAWS):
        times = [0] * GROUPS
        for group in chance.choices(range(GROUPS), k=GROUPS):
            times[group] += 1
        drawn.append(times)
    return drawn


def resample(draws, groups):
    if not any(groups):
        return [0] * len(draws)
    return [sum(map(operator.mul, times, groups)) for times in draws]


def set_interval(row, before, after):
    changes = sorted(map(operator.sub, after, before))
    edge = round(len(changes) * 0.025)
    row.low, row.high = changes[edge], changes[-1 - edge]
    mean = sum(changes) / len(changes)
    deviation = math.sqrt(sum((change - mean) ** 2 for change in changes) / (len(changes) - 1))
    row.p = math.erfc(abs(row.change) / deviation / math.sqrt(2)) if deviation else float(not row.change)


def mark_clear(rows):
    """Benjamini and Hochberg: the largest k whose p is at most k/n of LEVEL, and all before it"""
    ordered = sorted(rows, key=lambda row: row.p)
    passed = max((k for k, row in enumerate(ordered, 1) if row.p <= LEVEL * k / len(ordered)), default=0)
    for k, row in enumerate(ordered, 1):
        row.clear = k <= passed


def diff_text(a, b, found, limit):
    names = " → ".join(os.path.basename(r.first.path) for r in (a, b))
    out = found["notes"] + [f"{names}  {found['summary']}"]
    clear = [row for row in found["rows"] if row["clear"]]
    if not clear:
        return "\n".join(out + ["no line differs clearly"]) + "\n"
    shown = number if found["exact"] else seconds
    interval = "" if found["exact"] else f"{'95 % interval':>24}  "
    out += ["", f"{'change':>10}  {interval}{'before':>9}  {'after':>9}  where"]
    for row in clear[:limit]:
        interval = f"{signed(row['low'], shown)} … {signed(row['high'], shown)}"
        span = "" if found["exact"] else f"{interval:>24}  "
        where = f"{short_path(row['file']) or 'elsewhere'}:{row['line'] or '-'}"
        both = f"{shown(row['before']):>9}  {shown(row['after']):>9}"
        line = f"{signed(row['change'], shown):>10}  {span}{both}  {where:20}  {clean(row['source'].strip())}"
        out.append(cut_end(line.rstrip(), text.WIDTH))
    rest = len(clear) - limit
    return "\n".join(out + ([f"{rest} more lines (-l)"] if rest > 0 else [])) + "\n"


def signed(value, shown):
    return ("+" if value > 0 else "-" if value < 0 else "") + shown(abs(value))
