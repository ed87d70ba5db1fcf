"""The rules of hints: each looks at Facts and gives Hints. What a site met is told by its reasons (the
recorder's words).

FACTORS: how much of a concerned run's time is expected to be lost, from 0 to 1. They are estimates until they
are calibrated; the JSON report shows what they led to."""
import re

from krait.profile import choice as choices
from krait.profile import counts
from krait.profile.hints import RUNS_MIN, SAMPLES_MIN, Hint, is_library
from krait.profile.model import PYTHON
from krait.profile.words import rounded, seconds, size

FACTORS = {"two shapes": 0.4, "megamorphic": 0.4, "several classes": 0.3, "class changed": 0.4,
           "boxed floats": 0.5, "big ints": 0.6,
           "allocation storm": 0.5, "globals change": 0.4, "slow call": 0.3, "hook": 0.4, "quadratic": 0.9,
           "collector": 0.5, "import": 0.8}
NOT_SCALED = {"0.0", "-0.0", "nan", "inf", "-inf"}  # floats that no scale would help
PATTERN_AND = re.compile(r"&(?!&)")


def loss(facts, place, finding, concerned):
    return facts.share(place) * min(concerned, 1) * FACTORS[finding]


def chosen(met, *words):
    """The rows whose reason has one of the words"""
    return [row for row in met if any(word in row[0] for word in words)]


def total(rows):
    return sum(count for _, _, count in rows)


def listed(rows, runs):
    """A 50 %, B 50 %"""
    sums = {}
    for _, met, count in rows:
        if met:
            sums[met] = sums.get(met, 0) + count
    parts = sorted(sums.items(), key=lambda item: -item[1])[:4]
    return ", ".join(f"{met} {rounded(count, runs)}" for met, count in parts)


def two_shapes(facts):
    for place, runs, misses, met in facts.sites():
        rows = chosen(met, "attribute order")
        if rows and total(rows) >= 0.1 * runs:
            name = max(rows, key=lambda row: row[2])[1] or "one class"
            yield Hint("two shapes", place, f"objects of {name} come with their attributes in different "
                       f"orders or sets ({rounded(total(rows), runs)} of {runs:,} runs): set them in one "
                       "order, all in __init__",
                       loss(facts, place, "two shapes", total(rows) / runs))


def several_classes(facts):
    for place, runs, misses, met in facts.sites():
        rows = chosen(met, "other class", "megamorphic")
        kinds = {row[1] for row in rows}
        if misses < 0.2 * runs or len(kinds) < 2 or chosen(met, "attribute order"):
            continue
        many = len(kinds) > 4 or chosen(met, "megamorphic")
        finding = "megamorphic" if many else "several classes"
        count = "more than 4" if many else len(kinds)
        yield Hint(finding, place, f"{count} classes meet here ({listed(rows, runs)}; "
                   f"{rounded(misses, runs)} missed): split the loop by class",
                   loss(facts, place, finding, misses / runs))


def class_changed(facts):
    for place, runs, _, met in facts.sites():
        rows = chosen(met, "class changed")
        if total(rows) >= 100:
            name = max(rows, key=lambda row: row[2])[1]
            assigned = assignment(facts.recording, name)
            if assigned:
                path, line, attribute = assigned
                yield Hint("class changed", place,
                           f"line {line} assigns {name}.{attribute}, {total(rows):,} times while "
                           "this line runs: keep what changes outside of the class",
                           loss(facts, place, "class changed", total(rows) / runs))


def assignment(recording, name):
    """(path, line, attribute) where a class's attribute is assigned"""
    if not name:
        return None
    receiver = re.escape(name.split(".")[-1])
    wanted = re.compile(rf"\b(?:{receiver}|cls|type\(self\))\.(\w+)\s*[-+*/|&^%]?=(?!=)")
    for file in recording.files.values():
        if not is_library(file.path):
            for number, line in enumerate(file.lines, 1):
                found = wanted.search(line)
                if found:
                    return file.path, number, found[1]
    return None


def boxed_floats(facts):
    for place, runs, _, met in facts.sites():
        rows = [row for row in chosen(met, "float boxed") if row[1] not in NOT_SCALED]
        if total(rows) >= 0.1 * runs:
            example = next((row[1] for row in rows if row[1]), "")
            near = f"values near {example}" if example else "very small or large values"
            yield Hint("boxed floats", place, f"{rounded(total(rows), runs)} of the results are allocated, "
                       f"since {near} do not fit into a value: scale them",
                       loss(facts, place, "boxed floats", total(rows) / runs))


def big_ints(facts):
    for place, runs, _, met in facts.sites():
        rows = chosen(met, "int overflow")
        if total(rows) >= 0.1 * runs and PATTERN_AND.search(facts.source(place)):
            yield Hint("big ints", place, f"{rounded(total(rows), runs)} of the results pass 62 bits before "
                       "they are masked: mask inside the expression",
                       loss(facts, place, "big ints", total(rows) / runs))


ADVICE = {"tuple": "unpack instead of making pairs", "list": "a generator, or one list that is cleared",
          "dict": "make it before the loop", "str": "join once", "slice": "index instead",
          "float": "fewer steps in one expression"}


def allocation_storm(facts):
    rows = counts.memory_lines(facts.recording)
    whole = sum(row.bytes for row in rows.values())
    if not whole:
        return
    busy = facts.collector() + facts.spent.get("allocation", 0) / (facts.whole or 1)
    if busy < 0.05:
        return
    dead = bytes_dead_soon(facts.recording)
    for place, row in rows.items():
        if place is None or is_library(place[0]) or row.bytes < 0.2 * whole:
            continue
        if dead.get(place, 0) < 0.8 * row.bytes:
            continue
        kind = max(row.kinds, key=row.kinds.get)
        advice = ADVICE.get(kind, "make it before the loop")
        expected = max(facts.share(place) * FACTORS["allocation storm"], busy * row.bytes / whole)
        yield Hint("allocation storm", place, f"{size(row.bytes)} allocated "
                   f"({rounded(row.bytes, whole)} of all), most of it {kind or 'objects'} that die at once: "
                   f"{advice}", expected)


def bytes_dead_soon(recording):
    """{place: bytes of objects that the next collection or the one after found dead}"""
    starts = sorted(row[0] for row in recording.gcs)
    sums = {}
    for id, (stack, time, weight, _, _) in recording.allocs.items():
        freed = recording.frees.get(id)
        if freed is not None and sum(1 for start in starts if time < start <= freed) <= 1:
            place = counts.place(recording, stack)
            sums[place] = sums.get(place, 0) + weight
    return sums


def globals_change(facts):
    for place, runs, misses, met in facts.sites():
        rows = chosen(met, "globals changed", "builtins changed")
        if total(rows) >= max(100, 0.1 * runs):
            yield Hint("globals change", place,
                       f"names of the module are added or removed while this line runs "
                       f"({total(rows):,} times): set them before the loop, or keep them in an object",
                       loss(facts, place, "globals change", total(rows) / runs))


SLOW_CALLS = {"CALL_EX": "f(*args) or f(**options)", "binding": "keywords or defaults",
              "__call__": "an object's __call__"}


def slow_call(facts):
    for place, runs, _, met in facts.sites():
        for word, what in SLOW_CALLS.items():
            rows = chosen(met, word)
            if not rows or facts.share(place) < 0.05:
                continue
            if max(row[2] for row in rows) >= 0.95 * total(rows):
                name = max(rows, key=lambda row: row[2])[1]
                yield Hint("slow call", place,
                           f"{name or 'one function'} is called by {what} ({rounded(total(rows), runs)} of "
                           f"{runs:,} runs): call it with plain arguments in order",
                           loss(facts, place, "slow call", total(rows) / runs))


def hook(facts):
    for place, runs, _, met in facts.sites():
        rows = chosen(met, "hook", "descriptor")
        if total(rows) >= 0.1 * runs and facts.share_with_calls(place) >= 0.05:
            name = max(rows, key=lambda row: row[2])[1] or "the class"
            what = "__getattr__ or __setattr__" if chosen(rows, "hook") else "a descriptor"
            expected = facts.share_with_calls(place) * total(rows) / runs * FACTORS["hook"]
            yield Hint("hook", place, f"{name} defines {what}, which each access runs ({total(rows):,} "
                       "times): read it once before the loop, or make it an attribute", expected)


# names of the built-in or instruction, what the line must have, µs a run at 256 items, and what to use
QUADRATIC = (
    (re.compile(r"^(NOT_)?CONTAINS$|^list\.(__contains__|index|count|remove)$"),
     re.compile(r"\bin\b|\.(index|count|remove)\("), 1.0,
     "searches a long sequence: if it is a list, use a set or a dict"),
    (re.compile(r"^list\.pop$"), re.compile(r"\.pop\(0\)"), 0.1,
     "moves the whole list: use collections.deque"),
    (re.compile(r"^list\.insert$"), re.compile(r"\.insert\(0,"), 0.1,
     "moves the whole list: use collections.deque"),
    (re.compile(r"^<str \+"), re.compile(r"\+="), 0.1,
     "copies the whole text: collect the parts and join them"),
)
SHOWN = {"CONTAINS": "in", "NOT_CONTAINS": "not in"}


def quadratic(facts):
    """Where a run takes as long as 256 items need, and all of them a fifth of the run"""
    if not facts.runs:
        return
    for (place, name), us in leaf_times(facts).items():
        runs = facts.runs.get(place, (0, 0))[0]
        if us < 0.2 * facts.whole or runs < RUNS_MIN or facts.samples(place) < SAMPLES_MIN:
            continue
        if is_library(place[0]):
            continue
        for named, written, least, advice in QUADRATIC:
            if named.search(name) and written.search(facts.source(place)) and us / runs >= least:
                shown = SHOWN.get(name, name.strip("<>"))
                yield Hint("quadratic", place, f"{shown} takes {seconds(us / runs)} a run and {advice}",
                           us / facts.whole * FACTORS["quadratic"])


def leaf_times(facts):
    """{(place, name of a built-in that it called, or of its own instruction): µs}"""
    recording, sums = facts.recording, {}
    names = recording.opcode_names()
    for stack, (us, _) in choices.weigh(recording).items():
        _, code, insn = recording.stacks[stack]
        known = recording.codes[code]
        name = known.label
        if known.kind == PYTHON:
            name = names.get(known.opcodes[insn], "") if insn < len(known.opcodes) else ""
        key = counts.place(recording, stack), name
        if key[0] and name:
            sums[key] = sums.get(key, 0) + us
    return sums


def collector(facts):
    pauses = facts.recording.gcs
    if len(pauses) < 10:
        return
    part = facts.collector()
    if part < 0.15:
        return
    after = [row[5] for row in sorted(pauses, key=lambda row: row[0])]
    quarter = max(1, len(after) // 4)
    begin, end = sum(after[:quarter]) / quarter, sum(after[-quarter:]) / quarter
    if end < 1.5 * begin:
        return
    rows = counts.memory_lines(facts.recording)
    kept = {place: row.live for place, row in rows.items() if place and row.live}
    if kept:
        place = max(kept, key=kept.get)
        yield Hint("collector", place, f"the collector takes {rounded(part, 1)} while the heap grows to "
                   f"{size(end)}, {size(kept[place])} of it kept from this line: keep less, or gc.freeze() "
                   "what stays", part * FACTORS["collector"])


def imports(facts):
    from krait.profile.text_views import own_times
    rows, wall = facts.recording.imports, facts.recording.totals.wall
    own = own_times(rows)
    if wall < 50e6 or sum(own) < 0.3 * wall:
        return
    compiled = sum(ns for ns, row in zip(own, rows) if row[4] == "compiled")
    if compiled >= 0.3 * sum(own):
        count = sum(1 for row in rows if row[4] == "compiled")
        yield Hint("import", ("", 0), f"imports take {rounded(sum(own), wall)}, since {count:,} modules were "
                   "compiled anew: run it again with a warm cache", compiled / wall * FACTORS["import"])
        return
    top = max(range(len(rows)), key=lambda n: (rows[n][5] == 0, rows[n][1]))
    yield Hint("import", ("", 0), f"imports take {rounded(sum(own), wall)} of the run, {rows[top][2]} "
               f"{seconds(rows[top][1] / 1000)} of it: import it where it is needed",
               min(1, rows[top][1] / wall) * FACTORS["import"])


RULES = (two_shapes, several_classes, class_changed, boxed_floats, big_ints, allocation_storm, globals_change,
         slow_call, hook,
         quadratic, collector, imports)
