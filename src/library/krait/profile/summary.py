"""Sums over a tree: functions, lines, kinds of work. Times are µs.

A line's time is its own and that of the built-ins, operators and activities that it began; a function's is
its own."""
from krait.profile.model import ACTIVITY, NATIVE, OPERATOR, PYTHON
from krait.profile.tree import ROOT

COLLECTION = "garbage collection"
WAITS = ("blocked", "wait for the lock of threads")
LOADS = ("import", "compile", "read from the cache")


class Row:
    """Self and total of a function or a line."""
    __slots__ = ("key", "self", "total", "count", "collector")

    def __init__(self, key):
        self.key, self.self, self.total, self.count, self.collector = key, 0, 0, 0, 0


def functions(tree):
    """{Function index: Row}"""
    rows = {f.index: Row(f) for f in tree.functions}
    for node in range(1, len(tree)):
        row = rows[tree.function[node].index]
        row.self += tree.self[node]
        row.count += tree.count[node]
    keys = [None] + [f.index for f in tree.function[1:]]
    for index, total in tree.sum_once(keys).items():
        rows[index].total = total
    return rows


def lines(tree):
    """{(path, line): Row} of Python lines"""
    rows, owner = {}, tree.owners()
    keys = [None]
    for node in range(1, len(tree)):
        function = tree.function[node]
        keys.append((function.path, tree.line[node]) if function.kind == PYTHON else None)
    for key in keys:
        if key is not None and key not in rows:
            rows[key] = Row(key)
    for node in range(1, len(tree)):
        if tree.count[node] and owner[node] != ROOT:
            row = rows[keys[owner[node]]]
            row.self += tree.self[node]
            row.count += tree.count[node]
            if tree.function[node].name == COLLECTION and tree.function[node].kind == ACTIVITY:
                row.collector += tree.self[node]
    for key, total in tree.sum_once(keys).items():
        rows[key].total = total
    return rows


def spent(tree):
    """{what: µs} by what the innermost frame is, most first"""
    sums = {}
    for node in range(1, len(tree)):
        if tree.self[node]:
            what = kind_of_work(tree.function[node])
            sums[what] = sums.get(what, 0) + tree.self[node]
    return dict(sorted(sums.items(), key=lambda item: -item[1]))


def kind_of_work(function):
    if function.kind != ACTIVITY:
        return {PYTHON: "Python", NATIVE: "built-ins", OPERATOR: "operators"}[function.kind]
    name = function.name
    if name == COLLECTION:
        return "collector"
    if name in LOADS:
        return "import, compile"
    return "waiting" if name in WAITS else name
