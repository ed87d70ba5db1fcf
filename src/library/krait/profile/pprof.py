"""pprof's profile.proto, deflated: samples and time by the lines of the stack; with --alloc bytes too."""
import gzip

from krait.profile import choice as choices
from krait.profile.model import WALL
from krait.profile.protobuf import block, field, packed
from krait.profile.tree import Tree


class Strings:
    def __init__(self):
        self.numbers = {"": 0}

    def __getitem__(self, text):
        return self.numbers.setdefault(text, len(self.numbers))


def pprof(recording, choice=None):
    strings = Strings()
    weights = choices.weigh(recording, choice)
    memory = memory_by_stack(recording) if recording.allocs else {}
    tree = Tree(recording, {**{stack: [0, 0] for stack in memory}, **weights})
    clock = "wall" if recording.flags & WALL else "cpu"
    types = [("samples", "count"), (clock, "nanoseconds")]
    if memory:
        types += [("alloc_objects", "count"), ("alloc_space", "bytes"), ("inuse_objects", "count"),
                  ("inuse_space", "bytes")]
    out = [block(1, value_type(strings, *kind)) for kind in types]
    out += samples(recording, tree, strings, memory, choice)
    out += locations(tree) + functions(tree, strings)
    period = 10**9 // (recording.first.rate or 1000)
    out += [field(9, recording.first.began_real), field(10, recording.totals.wall),
            block(11, value_type(strings, clock, "nanoseconds")), field(12, period),
            field(14, strings[clock])]
    out += [block(6, text.encode("utf-8", "backslashreplace")) for text in strings.numbers]
    return gzip.compress(b"".join(out), 6, mtime=0)


def value_type(strings, kind, unit):
    return field(1, strings[kind]) + field(2, strings[unit])


def memory_by_stack(recording):
    """{stack: [objects, bytes, objects alive at the end, bytes alive]}"""
    rows = {}
    for id, (stack, _, weight, size, _) in recording.allocs.items():
        objects = max(1, weight // size) if size else 1
        row = rows.setdefault(stack, [0, 0, 0, 0])
        row[0] += objects
        row[1] += weight
        if id not in recording.frees:
            row[2] += objects
            row[3] += weight
    return rows


def samples(recording, tree, strings, memory, choice):
    """One for each thread's node, then those of allocations; location = node, innermost first"""
    out = []
    for thread, weights in choices.weigh_threads(recording, choice).items():
        name = choices.thread_name(recording, thread)
        label = block(3, field(1, strings["thread"]) + field(2, strings[name]))
        for node, (us, count) in by_node(tree, weights).items():
            values = [count, us * 1000] + [0] * (4 if memory else 0)
            out.append(block(2, packed(1, tree.path(node)[::-1]) + packed(2, values) + label))
    for node, values in by_node(tree, memory).items():
        out.append(block(2, packed(1, tree.path(node)[::-1]) + packed(2, [0, 0] + values)))
    return out


def by_node(tree, rows):
    sums = {}
    for stack, values in rows.items():
        node = tree.node_of_stack[stack]
        sums[node] = [a + b for a, b in zip(sums.get(node, [0] * len(values)), values)]
    return sums


def locations(tree):
    return [block(4, field(1, node)
                  + block(4, field(1, tree.function[node].index + 1) + field(2, tree.line[node])))
            for node in range(1, len(tree))]


def functions(tree, strings):
    """A system's name that differs: pprof takes the name as it is, and does not cut <lambda> as it does
    C++'s"""
    return [block(5, field(1, f.index + 1) + field(2, strings[f.name])
                  + field(3, strings[f"{f.where} {f.name}"]) + field(4, strings[f.path or f.where])
                  + field(5, f.first_line)) for f in tree.functions]
