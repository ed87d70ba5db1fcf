"""What pstats.Stats loads: {(file, line, name): (primitive calls, calls, self s, total s, {caller: the
same})}.

Calls are exact where they were counted, else the samples in which the function was seen."""
import marshal

from krait.profile import choice as choices
from krait.profile import counts
from krait.profile.model import PYTHON
from krait.profile.tree import ROOT, Tree


def pstats(recording, choice=None):
    tree = Tree(recording, choices.weigh(recording, choice))
    functions = [None] + [f.index for f in tree.function[1:]]
    own = own_times(tree)
    total = tree.sum_once(functions)
    callers = callers_of(tree, functions)
    calls = exact_calls(recording, tree)
    table = {}
    for f in tree.functions:
        known = callers.get(f.index, {})
        count = calls.get(f.index, max(1, own[f.index][1]))
        rows = {name_of(tree.functions[caller]): (calls_of, calls_of, self_us / 1e6, total_us / 1e6)
                for caller, (calls_of, self_us, total_us) in known.items()}
        put(table, name_of(f), (count, count, own[f.index][0] / 1e6, total.get(f.index, 0) / 1e6, rows))
    return marshal.dumps(table)


def put(table, key, row):
    """Functions that have one name are one"""
    if key in table:
        old = table[key]
        row = (*(a + b for a, b in zip(old[:4], row[:4])), {**old[4], **row[4]})
    table[key] = row


def name_of(function):
    """As pstats prints it: {built-in …} for what has no file"""
    if function.kind == PYTHON:
        return function.path or "~", function.first_line, function.name
    return "~", 0, f"<{function.where} {function.name.strip('<>')}>"


def own_times(tree):
    """{function: [µs, samples]}"""
    rows = {f.index: [0, 0] for f in tree.functions}
    for node in range(1, len(tree)):
        row = rows[tree.function[node].index]
        row[0] += tree.self[node]
        row[1] += tree.count[node]
    return rows


def callers_of(tree, functions):
    """{function: {caller: [samples, self µs, total µs]}}; of recursion, the outermost call's total"""
    pairs, rows = [None] * len(tree), {}
    for node in range(1, len(tree)):
        parent = tree.parent[node]
        if parent != ROOT:
            pairs[node] = functions[node], functions[parent]
            row = rows.setdefault(functions[node], {}).setdefault(functions[parent], [0, 0, 0])
            row[0] += tree.count[node]
            row[1] += tree.self[node]
    for (function, caller), us in tree.sum_once(pairs).items():
        rows[function][caller][2] = us
    for callers in rows.values():
        for row in callers.values():
            row[0] = max(1, row[0])
    return rows


def exact_calls(recording, tree):
    known, sums = tree.function_of_code, {}
    for code, count in counts.calls(recording).items():
        if code in known:
            sums[known[code].index] = sums.get(known[code].index, 0) + count
    return sums
