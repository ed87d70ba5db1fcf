"""Steps in a series of runs: where the level changed and stayed.

A series is cut so that the distances from each part's median are least in the sum, and each cut costs COST
typical distances. A part has at least LEAST runs, so a single odd one is no step.
"""
import math

from krait.bench.estimate import deviation, median
from krait.bench.results import logs_of, values_of
from krait.bench.text import amount

LEAST = 3
COST = 3.0          # of a cut, and COST_OF_LENGTH times the logarithm of the length besides
COST_OF_LENGTH = 1.5
SMALLEST = 0.01     # a step's least relative size


class Series:
    """One side of one target over all documents: (date, value, spread) in the order of time."""

    def __init__(self, name, points, relative):
        self.name, self.points, self.relative = name, points, relative
        self.logs = [math.log(value) for _, value, _ in points]
        self.parts = split(self.logs, median([spread for *_, spread in points]) if points else 0)

    def steps(self):
        """(place, level before, level after), levels as values."""
        levels = [math.exp(median(self.logs[a:b])) for a, b in self.parts]
        return [(part[0], before, after) for part, before, after in zip(self.parts[1:], levels, levels[1:])]


def split(logs, spread=0.0):
    """The parts [(from, to)] of a series between its steps. spread: what a single value may be wrong by."""
    n = len(logs)
    if n < 2 * LEAST:
        return [(0, n)]
    noise = max(typical(logs), spread, 1e-4)
    cut = COST + COST_OF_LENGTH * math.log(n)
    best, last = [0.0] + [math.inf] * n, [0] * (n + 1)
    for end in range(LEAST, n + 1):
        for start in range(0, end - LEAST + 1):
            if best[start] == math.inf:
                continue
            cost = best[start] + (cut if start else 0) + distance(logs[start:end]) / noise
            if cost < best[end]:
                best[end], last[end] = cost, start
    ends = [n]
    while last[ends[-1]]:
        ends.append(last[ends[-1]])
    bounds = [0, *reversed(ends)]
    return join_small(logs, list(zip(bounds, bounds[1:])))


def typical(logs):
    """How far a value is from its part's median, mostly: from neighbours, which a step rarely parts."""
    steps = [b - a for a, b in zip(logs, logs[1:])]
    return deviation(steps) / math.sqrt(2) if steps else 0.0


def distance(values):
    middle = median(values)
    return sum(abs(value - middle) for value in values)


def join_small(logs, parts):
    """Parts whose levels differ by less than SMALLEST, or by fewer than LEAST runs, are one."""
    result = parts[:1]
    for start, end in parts[1:]:
        before = result[-1]
        if is_step(logs[before[0]:before[1]], logs[start:end]):
            result.append((start, end))
        else:
            result[-1] = (before[0], end)
    return result


def is_step(before, after):
    old, new = median(before), median(after)
    if abs(new - old) < math.log1p(SMALLEST):
        return False
    between, sign = (old + new) / 2, 1 if new > old else -1
    return all(sum((value - between) * side > 0 for value in values) >= LEAST
               for values, side in ((before, -sign), (after, sign)))


# ---- documents
def shared_reference(documents):
    """The label and version of an interpreter that all documents compare with, or None."""
    sets = []
    for made in documents:
        labels = {side["label"] for target in made["targets"] for side in target["sides"][1:]}
        sets.append({(it["label"], it["version"]) for it in made["interpreters"] if it["label"] in labels})
    shared = set.intersection(*sets) if sets else set()
    return min(shared)[0] if shared else None


def series_of(documents, metric):
    """A series for each target; relative to an interpreter if all documents have the same."""
    reference, points = shared_reference(documents), {}
    for made in sorted(documents, key=lambda made: made["date"]):
        for target in made["targets"]:
            point = point_of(target, reference, metric)
            if point:
                points.setdefault(target["name"], []).append((made["date"], *point))
    return [Series(name, found, reference) for name, found in points.items()]


def point_of(target, reference, metric):
    """(value, how far it may be off) of a target's first side in one document."""
    subject = target["sides"][0]
    other = next((s for s in target["sides"] if s["label"] == reference and not s["failure"]), None)
    if subject["failure"] or (reference and other is None) or not values_of(subject, metric):
        return None
    logs = logs_of(subject, other, metric)
    if not logs:
        return None
    sign = -1 if reference else 1
    return math.exp(sign * median(logs)), 1.25 * deviation(logs) / math.sqrt(len(logs))


def shown(value, series, metric):
    return f"{value:.3f} of {series.relative}" if series.relative else amount(value, metric)


def lines(series, metric):
    for one in series:
        dates = [date for date, *_ in one.points]
        last = shown(math.exp(median(one.logs[slice(*one.parts[-1])])), one, metric)
        yield f"{one.name}: {len(one.points)} runs, {dates[0][:10]} to {dates[-1][:10]}, now {last}"
        for place, before, after in one.steps():
            word = "slower" if after > before else "faster"
            change = abs(after / before - 1) * 100
            yield (f"  {dates[place]}: {change:.1f} % {word}, from {shown(before, one, metric)} to "
                   f"{shown(after, one, metric)}")
        if len(one.points) < 2 * LEAST:
            yield f"  a step needs {LEAST} runs on either side"
    if not series:
        yield "no runs"
