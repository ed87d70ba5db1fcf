"""What krait bench prints: the report, and the line that tells how far it is."""
import math
import sys
import time

from krait.bench.estimate import deviation, median, outliers
from krait.bench.results import failures, good_runs, logs_of, values_of

BAR = 10


def amount(value, metric):
    """A value with its unit, in three or four digits."""
    if value is None:
        return "not known"
    if metric == "rss":
        return f"{value / 1024:.1f} MB"
    if metric == "faults":
        return f"{value:.0f}"
    if value >= 1:
        return f"{value:.3f} s"
    return f"{value * 1e3:.3g} ms" if value >= 1e-3 else f"{value * 1e6:.3g} µs"


def share(value):
    return f"{value * 100:.1f} %"


def judgement(row):
    """faster, slower (of what is no time: less, more), or what would have shown."""
    if row["verdict"] == "no difference":
        seen = row["detectable"]
        return "no difference" + (f" ({share(max(seen, 0.01))} would have shown)" if seen is not None else "")
    if row.get("metric") in ("rss", "faults"):
        return {"faster": "less", "slower": "more"}.get(row["verdict"], row["verdict"])
    return row["verdict"]


def ratio_text(row):
    return f"{row['ratio']:.3g}x" if row["ratio"] >= 10 else f"{row['ratio']:.3f}x"


def interval_text(row):
    if row["rounds"] < 2:
        return "[?]"
    return f"[{row['low']:.3f}, {row['high']:.3f}]"


def p_text(p):
    return f"p {p:.3f}" if p >= 0.001 else f"p {p:.0e}"


def row_text(row):
    return f"{ratio_text(row)} {interval_text(row)} {judgement(row)} ({p_text(row['p_holm'])})"


def report(made):
    """The lines of the report."""
    metric, width = made["metric"], max([len(s["label"]) for t in made["targets"] for s in t["sides"]] + [8])
    for it in made["interpreters"]:
        yield f"{it['label']}: {it['version']}"
    for target in made["targets"]:
        rows = {row["against"]: row for row in target["results"]}
        yield target["name"]
        for side in target["sides"]:
            yield "  " + side_text(side, rows.get(side["label"]), metric, width)
            yield from ("    " + line for line in remarks(side, metric))
    yield from summary_lines(made)


def side_text(side, row, metric, width):
    if side["failure"]:
        return f"{side['label']:{width}}  FAILED: {side['failure']}"
    values = values_of(side, metric)
    if not values:
        return f"{side['label']:{width}}  " + (f"does not tell {metric}" if good_runs(side) else "no runs")
    middle, least = amount(median(values), metric), amount(min(values), metric)
    text = f"{side['label']:{width}}  {middle:>9}  min {least:>9}"
    memory = values_of(side, "rss")
    if metric != "rss":
        text += f"  {amount(median(memory) if memory else None, 'rss'):>9}"
    return text + (f"  {row_text(row)}" if row else "")


def remarks(side, metric):
    """What is to be known of a side's runs besides."""
    if side["failure"]:
        return
    values, collections = values_of(side, metric), side["collections"]
    far = outliers(values)
    if far:
        most = max((values[at] for at in far), key=lambda value: abs(value - median(values)))
        yield f"{len(far)} of {len(values)} runs stand apart, up to {most / median(values):.2f} of the median"
    warm = [run["warm"] for run in side["runs"] if "warm" in run]
    if warm:
        never = sum(w["from"] is None for w in warm)
        late = [w["until"] for w in warm if w["from"] is not None]
        yield (f"warm after {amount(median(late), 'wall')}" if late else "never warm") + (
            f", never in {never} of {len(warm)} runs" if never and late else "")
    if collections and collections["number"]:
        yield f"collector: {collections['number']} times, {amount(collections['seconds'], 'wall')}"


def summary_lines(made):
    for row in made["summary"]:
        if row["targets"] > 1:
            memory = f"; peak memory {row['memory']:.2f}" if row["memory"] else ""
            least, name = row["slowest"]
            yield (f"geometric mean against {row['against']}: {row['ratio']:.3f}x [{row['low']:.3f}, "
                   f"{row['high']:.3f}] of {row['targets']}; slowest {name} {least:.3f}x{memory}")
    bad = failures(made)
    if bad:
        yield f"{len(bad)} failed"
    if made["summary"]:
        yield f"(above 1: {made['targets'][0]['sides'][0]['label']} is better; {made['metric']})"
    yield from host_lines(made)
    yield f"seed {made['seed']}, {made['rounds']} rounds" + (", interrupted" if made["interrupted"] else "")


def host_lines(made):
    if not made["launcher"]:
        yield "no C compiler: peak memory is known only where it is larger than this process's"
    for warning in made["warnings"]:
        yield f"note: {warning}"
    for reason in made["host"]["reasons"]:
        yield f"unreliable: {reason}"


# ---- the line of progress
class Progress:
    def __init__(self, stream=None, force=False):
        self.stream = stream or sys.stderr
        self.on = force or self.stream.isatty()
        self.last = 0.0

    def __call__(self, session):
        now = time.monotonic()
        if self.on and now - self.last > 0.1:
            self.last = now
            self.put(line(session))

    def put(self, text):
        self.stream.write("\r" + text[:119] + "\x1b[K")
        self.stream.flush()

    def end(self):
        if self.on and self.last:
            self.put("")


def expected(session, target):
    """How many rounds a target will have, as far as is known."""
    begun, spent = session.begun[target], session.spent[target]
    if target in session.done or target.sides[0].failure:
        return begun
    if session.options.runs or not begun:
        return session.least
    by_time = int(session.options.max_time / max(spent / begun, 1e-9))
    return max(session.least, min(session.most, by_time), begun)


def line(session):
    """nbody krait 2.31x ±0.9 % [######----] 14/20 ETA 0:41"""
    current = next((t for t in session.active()), session.targets[-1])
    rounds, total = max(session.begun.values()), max(expected(session, t) for t in session.targets)
    left = sum((expected(session, t) - session.begun[t]) * session.spent[t] / max(session.begun[t], 1)
               for t in session.targets)
    done = sum(session.begun.values()) / max(sum(expected(session, t) for t in session.targets), 1)
    marks = "#" * int(BAR * done)
    eta = f" ETA {int(left) // 60}:{int(left) % 60:02d}" if rounds else ""
    name = f"{current.name} {current.sides[0].label}{so_far(session, current)}"
    return f"{name} [{marks:-<{BAR}}] {rounds}/{total}{eta}"


def so_far(session, target):
    """The ratio up to now, cheaply: its interval as normal noise would have it."""
    if len(target.sides) < 2 or session.begun[target] < 3:
        return ""
    logs = logs_of(target.sides[0], target.sides[1], session.options.metric)
    if len(logs) < 3:
        return ""
    half = 1.96 * 1.25 * 1.48 * deviation(logs) / math.sqrt(len(logs))
    return f" {math.exp(median(logs)):.2f}x ±{half * 100:.1f} %"
