"""Callgrind's format: cost by line and calls between functions, for callgrind_annotate and KCachegrind.

Events: Time (µs); Samples; with --exact Runs and Instr of lines, Miss of their sites; with --alloc Bytes. A
call's count is exact where it was counted, else the samples in which it was seen. Inclusive cost: what
samples saw; a function that stands above itself is counted once for each call, as callgrind does."""
from krait.profile import choice as choices
from krait.profile import counts
from krait.profile.model import PYTHON
from krait.profile.tree import ROOT, Tree


def callgrind(recording, choice=None):
    tree = Tree(recording, choices.weigh(recording, choice))
    events, lines = line_costs(recording, tree)
    calls = call_costs(recording, tree)
    out = ["# callgrind format", "version: 1", "creator: krait profile", f"pid: {recording.first.pid}",
           f"cmd: {one_line(recording.meta.get('command', ''))}", "positions: line",
           f"events: {' '.join(events)}",
           "summary: " + numbers([sum(cost[n] for rows in lines.values() for cost in rows.values())
                                  for n in range(len(events))])]
    for key in sorted(lines.keys() | calls.keys()):
        out += ["", *heading(key)]
        out += [f"{line} {numbers(cost)}" for line, cost in sorted(lines.get(key, {}).items())]
        out += call_lines(calls.get(key, {}), len(events))
    return "\n".join(out) + "\n"


def numbers(cost):
    return " ".join(str(n) for n in cost)


def one_line(text):
    return text.replace("\n", " ").replace("\r", " ")


def heading(key, prefix=""):
    """fl and fn, of a callee with the prefix c"""
    path, name, _ = key
    file = {"": "fl", "c": "cfi"}[prefix]
    return f"{file}={one_line(path or '(krait)')}", f"{prefix}fn={one_line(name)}"


def key_of(function):
    """(file, name, first line): two functions of a name in a file are told apart by their line"""
    is_told_apart = function.kind == PYTHON and function.name.startswith("<")
    name = f"{function.name}:{function.first_line}" if is_told_apart else function.name
    return function.path, name, function.first_line


def line_costs(recording, tree):
    """(names of events, {function's key: {line: costs}})"""
    rows, extra = {}, Extra(recording)
    for node in range(1, len(tree)):
        line = rows.setdefault(key_of(tree.function[node]), {}).setdefault(tree.line[node], [0, 0])
        line[0] += tree.self[node]
        line[1] += tree.count[node]
    for key, line, costs in extra.rows():
        rows.setdefault(key, {}).setdefault(line, [0, 0])
    for key, of_lines in rows.items():
        for line, cost in of_lines.items():
            cost += extra.take(key, line)
    return ["Time", "Samples"] + extra.events, rows


class Extra:
    """Costs that samples do not tell: counts, misses, bytes, by function and line."""

    def __init__(self, recording):
        self.recording, self.costs = recording, {}
        self.events = ["Runs", "Instr"] * bool(recording.counts) + ["Miss"] * bool(recording.sites) + \
            ["Bytes"] * bool(recording.allocs)
        if recording.counts:
            self.add_counts()
        for code, insn, _, misses, _ in recording.sites:
            self.add(code, recording.codes[code].line(insn), "Miss", misses)
        for stack, _, weight, _, _ in recording.allocs.values():
            _, code, insn = recording.stacks[stack]
            self.add(code, recording.codes[code].line(insn), "Bytes", weight)

    def add_counts(self):
        for code, lines in counts.code_lines(self.recording).items():
            for line, (times, instructions) in lines.items():
                self.add(code, line, "Runs", times)
                self.add(code, line, "Instr", instructions)

    def add(self, code, line, event, cost):
        known = self.recording.codes[code]
        row = self.costs.setdefault((key_of(known_function(known)), line), [0] * len(self.events))
        row[self.events.index(event)] += cost

    def rows(self):
        return [(*key, costs) for key, costs in self.costs.items()]

    def take(self, key, line):
        return self.costs.get((key, line), [0] * len(self.events))


class known_function:
    """A code with a function's names"""

    def __init__(self, code):
        self.path, self.name, self.first_line, self.kind = code.path, code.label, code.first_line, code.kind


def call_costs(recording, tree):
    """{caller's key: {(line, callee's key): [calls, µs, samples]}}"""
    rows = {}
    for node in range(1, len(tree)):
        parent = tree.parent[node]
        if parent != ROOT:
            row = call(rows, key_of(tree.function[parent]), tree.line[parent], key_of(tree.function[node]))
            row[1] += tree.total[node]
    add_counts_of_samples(tree, rows)
    exact = {}
    for (caller, insn, callee), count in recording.edges.items():
        known = recording.codes[caller]
        key = key_of(known_function(known)), known.line(insn), key_of(known_function(recording.codes[callee]))
        exact[key] = exact.get(key, 0) + count
    for key, count in exact.items():
        call(rows, *key)[0] = count
    return rows


def call(rows, caller, line, callee):
    return rows.setdefault(caller, {}).setdefault((line, callee), [0, 0, 0])


def add_counts_of_samples(tree, rows):
    below = list(tree.count)
    for node in range(len(tree) - 1, 0, -1):
        parent = tree.parent[node]
        below[parent] += below[node]
        if parent != ROOT:
            row = call(rows, key_of(tree.function[parent]), tree.line[parent], key_of(tree.function[node]))
            row[0] += below[node]
            row[2] += below[node]


def call_lines(rows, width):
    out = []
    for (line, callee), (calls, us, samples) in sorted(rows.items()):
        out += heading(callee, "c")
        out += [f"calls={max(1, calls)} {callee[2]}", f"{line} {numbers([us, samples] + [0] * (width - 2))}"]
    return out
