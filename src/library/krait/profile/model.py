"""What a recording says: its tables by id, joined over the processes that belong to it.

An id of the n-th process is the file's own plus n << 32, so tables of several files do not meet; 0 stays
"none". Law: a stack's caller stands in the table before it, so there is no cycle and callers come first."""
import struct
import zlib

PYTHON, NATIVE, ACTIVITY, OPERATOR = 1, 2, 3, 4
KIND_NAMES = {PYTHON: "python", NATIVE: "native", ACTIVITY: "activity", OPERATOR: "operator"}
NO_CALLER = -1
WALL, EXACT, ALLOC, DETERMINISTIC = 1, 2, 4, 8
SOURCE_MAX = 1 << 26  # bytes of a source that are inflated at most


class Code:
    """A code object, a built-in, an operator or an activity. Lines are unpacked when they are asked for."""
    __slots__ = ("id", "kind", "path", "file", "name", "module", "first_line", "insn_count", "flags",
                 "packed",
                 "opcodes", "order", "unpacked")

    def __init__(self, id, kind, name, path="", module="", first_line=0):
        self.id, self.kind, self.name, self.path, self.module = id, kind, name, path, module
        self.first_line, self.insn_count, self.flags, self.file = first_line, 0, 0, 0
        self.packed, self.opcodes, self.order, self.unpacked = b"", b"", "<", None

    @property
    def lines(self):
        if self.unpacked is None:
            self.unpacked = struct.unpack(f"{self.order}{len(self.packed) // 4}i", self.packed)
        return self.unpacked

    def line(self, insn):
        """The line of instruction `insn`; 0 for what has no lines."""
        if self.kind != PYTHON:
            return 0
        lines = self.lines
        line = lines[insn] if insn < len(lines) else 0
        return line if line > 0 else self.first_line

    @property
    def label(self):
        """The name as people write it: list.append, <module work>, sorted."""
        if self.kind == NATIVE and self.module not in ("", "builtins") and "." not in self.name:
            return f"{self.module}.{self.name}"
        return self.name

    @property
    def key(self):
        """What is equal for the same function of another process or another run of its module."""
        return self.kind, self.path, self.label, self.first_line


class File:
    """A source: its path and, if it was kept, its text, which is inflated when it is asked for."""
    __slots__ = ("id", "path", "hash", "size", "deflated", "lines_")

    def __init__(self, id, path, hash, size, deflated):
        self.id, self.path, self.hash, self.size, self.deflated = id, path, hash, size, deflated
        self.lines_ = None

    @property
    def lines(self):
        if self.lines_ is None:
            self.lines_ = inflate(self.deflated).decode("utf-8", "replace").splitlines()
        return self.lines_


def inflate(deflated):
    try:
        return zlib.decompressobj().decompress(deflated, SOURCE_MAX) if deflated else b""
    except zlib.error:
        return b""


class Process:
    """One file of the recording: who wrote it and how it ended."""

    def __init__(self, index, path, size):
        self.index, self.path, self.size = index, path, size
        self.pid = self.parent = self.build = self.rate = self.flags = 0
        self.began = self.began_real = 0
        self.meta, self.totals, self.status = {}, None, None
        self.ended, self.damaged = False, 0


class Totals:
    FIELDS = ("samples", "lost", "imprecise", "torn", "wall", "cpu", "gc_count", "gc_ns", "peak_rss", "ended")

    def __init__(self, values=(0,) * 10):
        for name, value in zip(self.FIELDS, values):
            setattr(self, name, value)


class Thread:
    __slots__ = ("id", "system", "identity", "began", "name", "process")

    def __init__(self, id, system, identity, began, name, process):
        self.id, self.system, self.identity, self.began = id, system, identity, began
        self.name, self.process = name, process


class Recording:
    """All tables. Times of events are ns since the first process began."""

    def __init__(self):
        self.processes = []
        self.strings = {}
        self.files = {}
        self.codes = {0: Code(0, ACTIVITY, "(no frame)")}
        self.threads = {}
        self.tasks = {}
        self.stacks = {0: (NO_CALLER, 0, 0)}  # id: caller, code, instruction
        self.blocks = []   # (time, thread, packed samples, struct, count)
        self.allocs = {}   # id: (stack, time, weight, size, kind)
        self.frees = {}    # id: time
        self.sites = []    # (code, insn, runs, misses, ((reason, met, count), ...))
        self.edges = {}    # (caller, insn, callee): calls
        self.gcs = []      # (began, ns, stack, full, before, after)
        self.imports = []  # (began, ns, module, by, how, depth)
        self.children = []
        self.counts = []   # (code, its blocks: (first, late, target, falls through), their counts)
        self.left = {}     # (code, insn): exceptions that left the block there
        self.by_thread = None  # weights(), once they are summed
        self.made = {}         # what counts.py has worked out: {its function: the answer}

    @property
    def first(self):
        return self.processes[0]

    @property
    def meta(self):
        return self.first.meta

    @property
    def flags(self):
        return self.first.flags

    @property
    def totals(self):
        """Sums over the processes; wall is that of the longest."""
        all_of = [process.totals or Totals() for process in self.processes]
        summed = Totals(sum(getattr(t, name) for t in all_of) for name in Totals.FIELDS)
        summed.wall = max(t.wall for t in all_of)
        return summed

    def samples(self):
        """(time in µs, thread, stack, weight in µs) of each sample, by thread in the order they were taken"""
        stacks = self.stacks
        for base, time, thread, packed, shape, count in self.blocks:
            at = time // 1000
            for row in shape.iter_unpack(packed):
                at += row[0]
                stack = row[1] + base if row[1] else 0
                yield at, thread, stack if stack in stacks else 0, row[2]

    def source_line(self, path, number):
        """The text of a line, None if the source was not kept."""
        file = self.file_of(path)
        if file is None or not 0 < number <= len(file.lines):
            return None
        return file.lines[number - 1]

    def file_of(self, path):
        return next((f for f in self.files.values() if f.path == path and f.deflated), None)

    def weights(self):
        """{thread: {stack: [µs, samples]}} of all samples"""
        if self.by_thread is None:
            self.by_thread = {}
            for base, _, thread, packed, shape, _ in self.blocks:
                self.add_block(self.by_thread.setdefault(thread, {}), base, shape.iter_unpack(packed))
        return self.by_thread

    def add_block(self, rows, base, samples):
        for row in samples:
            stack = row[1] + base if row[1] else 0
            pair = rows.get(stack)
            if pair is not None:
                pair[0] += row[2]
                pair[1] += 1
            elif stack in self.stacks:
                rows[stack] = [row[2], 1]
            else:  # a file that is damaged
                pair = rows.setdefault(0, [0, 0])
                pair[0] += row[2]
                pair[1] += 1

    @property
    def sample_end(self):
        """µs of the last sample"""
        last = {thread: (time // 1000, shape, packed) for _, time, thread, packed, shape, _ in self.blocks}
        return max((time + sum(row[0] for row in shape.iter_unpack(packed))
                    for time, shape, packed in last.values()), default=0)

    @property
    def main_file(self):
        """The File that __main__ was run from; None of -c and the like"""
        for code in self.codes.values():
            if code.module == "__main__" and code.name == "<module>" and code.file in self.files:
                return self.files[code.file]
        return None

    @property
    def program(self):
        """What the recording is of, in a word: work.py, -m json.tool, -c"""
        words = self.meta.get("command", "").split(" ")
        for n, word in enumerate(words):
            if word == "-c" or word == "-m":
                return " ".join(words[n:n + 2]) if word == "-m" else "-c"
            if word.endswith(".py"):
                return word.rpartition("/")[2]
        main = self.main_file
        return (main.path if main else words[0]).rpartition("/")[2] or "?"

    def opcode_names(self):
        """{number: name}, of the META `opcodes`: names in the order of their numbers, with spaces between"""
        return dict(enumerate(self.meta.get("opcodes", "").split()))
