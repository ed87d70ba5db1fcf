"""gate(A, B, metric, max_regress) -> (status, text): 0 as good, 1 a regression, 4 not comparable.

Comparable are runs of the same main file (its hash), with the same hash seed and as many threads, that both
have what the metric needs. vm: VM instructions of the image; calls: of functions; allocs, bytes: allocated;
cpu: processor time."""
from krait.profile import counts
from krait.profile.model import DETERMINISTIC
from krait.profile.words import number, seconds, size

OK, REGRESSION, NOT_COMPARABLE = 0, 1, 4
NEEDS = {"vm": "--exact or --metric=vm", "calls": "--exact", "allocs": "--alloc", "bytes": "--alloc",
         "cpu": "samples"}


def gate(a, b, metric, max_regress, any_source=False):
    reasons = not_comparable(a, b, metric, any_source)
    if reasons:
        return NOT_COMPARABLE, f"not comparable: {'; '.join(reasons)}\n"
    before, after = measured(a, metric), measured(b, metric)
    change = after / before - 1 if before else float(after > 0)
    is_worse = change > max_regress
    out = [f"{metric}  {told(before, metric)} → {told(after, metric)}  {100 * change:+.3f} %, "
           f"allowed {100 * max_regress:g} %: {'regression' if is_worse else 'ok'}"]
    out += beside(a, b, metric)
    if metric == "vm" and not (a.flags & b.flags & DETERMINISTIC):
        out.append(f"deterministic: no{threads_told(a, b)}")
    return (REGRESSION if is_worse else OK), "\n".join(out) + "\n"


def measured(recording, metric):
    """The number of a metric, None if the recording does not have it"""
    if metric == "vm":
        return counts.instructions(recording) if recording.counts else None
    if metric == "calls":
        return sum(recording.edges.values()) if recording.edges or recording.counts else None
    if metric == "cpu":
        return recording.totals.cpu or None
    if not recording.allocs:
        return None
    if metric == "bytes":
        return sum(row[2] for row in recording.allocs.values())
    return sum(max(1, row[2] // row[3]) if row[3] else 1 for row in recording.allocs.values())


def told(value, metric):
    if metric == "cpu":
        return seconds(value / 1000)
    return size(value) if metric == "bytes" else f"{value:,}"


def beside(a, b, metric):
    """The other metrics, which do not decide"""
    out = []
    for other in NEEDS:
        before, after = measured(a, other), measured(b, other)
        if other != metric and before and after is not None:
            change = 100 * (after / before - 1)
            out.append(f"{other:6}  {told(before, other)} → {told(after, other)}  {change:+.2f} %")
    return out


def not_comparable(a, b, metric, any_source):
    out = [f"{name} ends early" for name, r in (("A", a), ("B", b)) if not r.first.ended]
    out += [f"{name} does not have {metric} (record with {NEEDS[metric]})" for name, r in (("A", a), ("B", b))
            if measured(r, metric) is None]
    if not any_source and is_other_source(a, b):
        out.append("the main files differ (--any-source compares them)")
    seeds = [r.meta.get("hash_seed", "?") for r in (a, b)]
    if seeds[0] != seeds[1] or (metric in ("vm", "calls") and "random" in seeds):
        out.append(f"hash seeds {seeds[0]} and {seeds[1]}")
    if len(a.threads) != len(b.threads):
        out.append(f"{len(a.threads)} and {len(b.threads)} threads")
    return out


def is_other_source(a, b):
    """By the hash of the main file; where one was not kept, by its name"""
    files = a.main_file, b.main_file
    if all(files) and all(file.size for file in files):
        return files[0].hash != files[1].hash
    return a.program != b.program


def threads_told(a, b):
    count = max(len(a.threads), len(b.threads))
    return f" ({count} threads)" if count > 1 else ""
