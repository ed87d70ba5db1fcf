"""Writes recordings for the tests: every type of record, as vm/profile/records.def has it."""
import random
import struct
import zlib

LOG, COUNTERS = 1, 2
WALL, EXACT, ALLOC, DETERMINISTIC = 1, 2, 4, 8
PYTHON, NATIVE, ACTIVITY, OPERATOR = 1, 2, 3, 4


class Writer:
    def __init__(self, order="<", rate=1000, flags=0, pid=100, parent=0, major=1, minor=0, segment=4096,
                 began=10**9):
        self.order, self.segment = order, segment
        self.header = struct.pack(order + "8sHHHHQIIQQIIQ", b"KRAITPRF", major, minor, 0x0102, 64, 77, pid,
                                  parent,
                                  1_700_000_000 * 10**9, began, rate, flags, 0)
        self.segments, self.log = [], b""
        self.ids, self.strings, self.pending = {}, {"": 0}, []

    def pack(self, shape, *values):
        return struct.pack(self.order + shape, *values)

    def next(self, kind):
        self.ids[kind] = self.ids.get(kind, 0) + 1
        return self.ids[kind]

    def record(self, kind, payload, flags=0):
        whole = self.pack("HHI", kind, flags, 8 + len(payload)) + payload
        whole += bytes(-len(whole) % 8)
        if len(self.log) + len(whole) > self.segment - 32:
            self.seal()
        self.log += whole

    def seal(self, sealed=1):
        size = max(self.segment, 32 + len(self.log))
        crc = zlib.crc32(self.log) if sealed else 0
        self.segments.append(self.pack("IHHIII12x", 0x47455350, LOG, sealed, size, len(self.log), crc)
                             + self.log.ljust(size - 32, b"\0"))
        self.log = b""

    def counters(self, values):
        """A segment of counters; where its first one stands in the file"""
        if self.log:
            self.seal()
        offset = 64 + sum(map(len, self.segments)) + 32
        body = self.pack(f"{len(values)}Q", *values)
        self.segments.append(self.pack("IHHIII12x", 0x47455350, COUNTERS, 0, 32 + len(body), len(body), 0)
                             + body)
        return offset

    def bytes(self):
        if self.log:
            self.seal(sealed=0)
        return self.header + b"".join(self.segments)

    def meta(self, **pairs):
        for key, value in pairs.items():
            self.record(1, key.encode() + b"\0" + value.encode())

    def totals(self, samples=0, lost=0, imprecise=0, torn=0, wall=0, cpu=0, gc_count=0, gc_ns=0, rss=0,
               ended=1):
        self.record(2, self.pack("10Q", samples, lost, imprecise, torn, wall, cpu, gc_count, gc_ns, rss,
                                 ended))

    def string(self, text):
        if text not in self.strings:
            self.strings[text] = self.next("string")
            raw = text.encode("utf-8", "surrogatepass")
            self.record(3, self.pack("II", self.strings[text], len(raw)) + raw)
        return self.strings[text]

    def file(self, path, source=None):
        path, id = self.string(path), self.next("file")
        raw = (source or "").encode()
        self.record(4, self.pack("IIQII", id, path, zlib.crc32(raw), len(raw), 0)
                    + (zlib.compress(raw) if source else b""))
        return id

    def code(self, kind, name, module="", file=0, first_line=0, lines=(), opcodes=None, flags=0):
        name, module, id = self.string(name), self.string(module), self.next("code")
        self.record(5, self.pack("8I", id, kind, file, name, module, first_line, len(lines), flags)
                    + self.pack(f"{len(lines)}i", *lines) + bytes(opcodes or len(lines)))
        return id

    def thread(self, name, system=1, began=0):
        name, id = self.string(name), self.next("thread")
        self.record(6, self.pack("IIQQII", id, system, 1 << 40, began, name, 0))
        return id

    def task(self, name, awaited_by=0, thread=1, time=0):
        name, id = self.string(name), self.next("task")
        self.record(7, self.pack("IIIIQ", id, name, awaited_by, thread, time))
        return id

    def stack(self, *frames):
        """frames: (code, insn) from the outermost; the id of the innermost"""
        caller = 0
        for frame in frames:
            key = (caller, *frame)
            if key not in self.ids:
                self.ids[key] = self.next("stack")
                self.record(8, self.pack("IIII", self.ids[key], caller, *frame))
            caller = self.ids[key]
        return caller

    def samples(self, thread, time, rows, room=0, native=False):
        """rows: (after, stack, weight) in µs; time in ns"""
        body = b"".join(self.pack("IIII" if native else "III", *row) for row in rows)
        self.record(9, self.pack("QII", time, thread, len(rows)) + body + bytes(room), int(native))

    def alloc(self, stack, time, weight, size, kind):
        kind, id = self.string(kind), self.next("alloc")
        self.record(10, self.pack("IIQQQII", id, stack, time, weight, size, kind, 0))
        return id

    def free(self, alloc, time):
        self.record(11, self.pack("IIQ", alloc, 0, time))

    def site(self, code, insn, runs, misses, met):
        met = [(self.string(reason), self.string(what), count) for reason, what, count in met]
        self.record(12, self.pack("IIQQ", code, insn, runs, misses)
                    + b"".join(self.pack("IIQ", *m) for m in met))

    def edges(self, *rows):
        self.record(13, b"".join(self.pack("IIIIQ", caller, insn, callee, 0, calls)
                                 for caller, insn, callee, calls in rows))

    def gc(self, began, ns, stack, full=0, before=0, after=0):
        self.record(14, self.pack("QQIIQQ", began, ns, stack, full, before, after))

    def imported(self, began, ns, module, by="", how="cached", depth=0):
        module, by, how = map(self.string, (module, by, how))
        self.record(15, self.pack("QQIIII", began, ns, module, by, how, depth))

    def child(self, pid, how, time, name):
        name = self.string(name)
        self.record(16, self.pack("IIQII", pid, how, time, name, 0))

    def end(self, status=0, time=0):
        self.record(17, self.pack("iIQ", status, 0, time))

    def counts(self, code, firsts, counts, late=(), targets=None, falls=None):
        """Without targets and falls: blocks that follow each other"""
        offset = self.counters(counts)
        rows = b""
        for n, first in enumerate(firsts):
            target = targets[n] if targets and targets[n] is not None else 0xffffffff
            flags = (1 if falls is None or falls[n] else 0) | (2 if first in late else 0)
            rows += self.pack("IIII", first, target, flags, 0)
        self.record(18, self.pack("IIQ", code, len(firsts), offset) + rows)

    def left(self, *rows):
        """rows: (code, instruction, how often)"""
        offset = self.counters([count for _, _, count in rows])
        self.record(19, b"".join(self.pack("IIQ", code, insn, offset + 8 * n)
                                 for n, (code, insn, _) in enumerate(rows)))


SOURCE = """def area(shape):
    return shape.w * shape.h

def alloc(n):
    out = []
    for i in range(n):
        out.append((i, [i]))
    return sorted(out)

for i in range(3):
    alloc(i); area(i)
"""


def example(order="<", flags=EXACT | ALLOC, exact=True, samples=400, ended=True, seed=1, slow=1.0, runs=1000,
            hash_seed="0", threads=2, **options):
    """A recording with something of everything; `slow`: how much longer line 7 takes"""
    w = Writer(order=order, flags=flags if exact else flags & ~EXACT, **options)
    w.meta(command="work.py 3", version="Krait 1", python="3.11.2", mode="cpu", rate="1000",
           hash_seed=hash_seed,
           host="here", cwd="/tmp", options="", opcodes="NOP LOAD STORE CALL FOR_ITER")
    file = w.file("/tmp/work.py", SOURCE)
    module = w.code(PYTHON, "<module>", "__main__", file, 1, [1, 10, 10, 11, 11, 11, 10],
                    [1, 1, 4, 3, 3, 0, 2])
    area = w.code(PYTHON, "area", "__main__", file, 1, [2, 2, 2], [1, 1, 2])
    alloc = w.code(PYTHON, "alloc", "__main__", file, 4, [5, 6, 6, 7, 7, 8], [1, 1, 4, 3, 3, 3])
    key = w.code(PYTHON, "<lambda>", "__main__", file, 8, [8], [1])
    built, method = w.code(NATIVE, "sorted", "builtins"), w.code(NATIVE, "append", "list")
    collector = w.code(ACTIVITY, "garbage collection")
    plus = w.code(OPERATOR, "<str +>")
    ids = [w.thread(name, 100 + n, 10**6 * n) for n, name in enumerate(["MainThread", "w; 2"][:threads])]
    w.task("Task-2", w.task("Task-1"))
    main, work = (module, 3), (alloc, 3)
    stacks = [w.stack(main, work), w.stack(main, work, (method, 0)), w.stack(main, work, (collector, 0)),
              w.stack(main, (alloc, 5), (built, 0)), w.stack(main, (alloc, 5), (built, 0), (key, 0)),
              w.stack(main, (area, 1)), w.stack(main, (area, 1), (plus, 0)), 0,
              w.stack(main, work, (alloc, 5), (alloc, 3))]
    write_samples(w, random.Random(seed), ids, stacks, samples, slow)
    w.gc(5 * 10**6, 2 * 10**6, stacks[0], 0, 9 << 20, 3 << 20)
    w.gc(50 * 10**6, 4 * 10**6, stacks[0], 1, 8 << 20, 2 << 20)
    w.imported(1000, 6 * 10**6, "json", "__main__", "cached")
    w.imported(2000, 4 * 10**6, "json.decoder", "json", "compiled", 1)
    kept = [w.alloc(stacks[0], n * 10**6, 1 << 19, 64, "list" if n % 3 else "tuple") for n in range(30)]
    for n, id in enumerate(kept[:20]):
        w.free(id, (n + 5) * 10**6)
    if exact:
        write_counts(w, module, area, alloc, key, (built, method), runs)
    w.child(4321, 1, 10**6, "work.kprof.4321")
    w.totals(samples, 0, 3, 0, int(samples * 1.01e6), samples * 10**6, 2, 6 * 10**6, 50 << 20, int(ended))
    if ended:
        w.end(0, samples * 10**6)
    return w.bytes()


def write_samples(w, chance, threads, stacks, samples, slow):
    for thread in threads:
        rows = []
        for n in range(samples // len(threads)):
            stack = chance.choice(stacks)
            weight = chance.randrange(900, 1100)
            rows.append((1000, stack, int(weight * slow) if stack in stacks[:3] else weight))
        half = len(rows) // 2
        w.samples(thread, 10**6, rows[:half], room=24)
        w.samples(thread, 10**6 + half * 10**6, [(*row, 4096) for row in rows[half:]], native=True)


def write_counts(w, module, area, alloc, key, natives, runs):
    w.counts(module, [0, 2, 3, 6], [1, 4, 3, 1], targets=[None, 6, 2, None], falls=[True, True, False, False])
    w.counts(area, [0], [runs])
    w.counts(alloc, [0, 2, 3, 5], [3, runs + 1, runs, 1], targets=[None, 5, 2, None],
             falls=[True, True, False, False])
    w.counts(key, [0], [runs])
    w.left((alloc, 3, 2))
    w.edges((module, 3, alloc, 3), (module, 4, area, runs), (alloc, 4, natives[1], runs),
            (alloc, 5, natives[0], 1),
            (natives[0], 0, key, runs))
    w.site(area, 1, runs * 100, runs * 50, [("other class", "A", runs * 25), ("other class", "B", runs * 25)])


def write(path, data):
    with open(path, "wb") as f:
        f.write(data)
    return path
