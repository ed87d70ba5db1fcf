"""Hints: each rule for a recording that it is about, at its line; none where a guard forbids it."""
from _report import expect, finish, recording
from _writer import ACTIVITY, NATIVE, OPERATOR, PYTHON, Writer

from krait.profile import hints, reader


COLLECTION = (ACTIVITY, "garbage collection")


class Case:
    """A program whose line 1 takes `share` of 1,000 samples, line 2 the rest"""

    def __init__(self, share=0.5, path="/home.py", source="x\ny\n", runs=10_000, leaf=None):
        self.w = w = Writer()
        w.meta(opcodes="NOP CONTAINS ADD")
        self.file = w.file(path, source)
        self.code = w.code(PYTHON, "f", "__main__", self.file, 1, [1, 2], [1, 2])
        frames = [(self.code, 0)] + ([(w.code(*leaf), 0)] if leaf else [])
        self.stack, other = w.stack(*frames), w.stack((self.code, 1))
        hot = int(1000 * share)
        w.samples(w.thread("MainThread"), 0, [(1000, self.stack, 1000)] * hot
                  + [(1000, other, 1000)] * (1000 - hot))
        w.counts(self.code, [0, 1], [runs, 1])

    def site(self, *met, runs=10_000, misses=None, insn=0):
        self.w.site(self.code, insn, runs, sum(count for _, _, count in met) if misses is None else misses,
                    met)
        return self

    def found(self, wall=10**9):
        self.w.totals(1000, wall=wall, cpu=10**9)
        self.w.end()
        return hints.hints(reader.read(recording("hints.kprof", self.w.bytes())))


def gives(finding, case, line=1, *words, **options):
    found = case.found(**options)
    good = len(found) == 1 and found[0].finding == finding and found[0].place[1] == line
    expect(good and all(word in found[0].text for word in words), finding, [vars(hint) for hint in found])


def gives_none(what, case, **options):
    found = case.found(**options)
    expect(not found, f"none: {what}", [vars(hint) for hint in found])


ORDER = "same class, other attribute order or set"


def sites():
    gives("two shapes", Case().site((ORDER, "P", 3000)), 1, "P", "one order")
    gives("several classes", Case().site(("other class", "A", 2500), ("other class", "B", 2500)), 1, "A 25 %",
          "B 25 %")
    gives("megamorphic", Case().site(*[("other class", name, 1000) for name in "ABCDEF"]), 1, "more than 4")
    gives("class changed", Case(source="x\nC.n = 1\n").site(("class changed (same shape, new key)", "C",
                                                             3000)), 1, "line 2")
    gives_none("no line that assigns", Case().site(("class changed (same shape, new key)", "C", 3000)))
    gives("boxed floats", Case().site(("float boxed", "1e-310", 5000)), 1, "1e-310")
    gives_none("zeros", Case().site(("float boxed", "0.0", 5000)))
    gives("big ints", Case(source="x = x * 3 & m\n").site(("int overflow", "", 5000)), 1, "mask")
    gives_none("no mask", Case(source="x = x * 3\n").site(("int overflow", "", 5000)))
    gives("globals change", Case().site(("globals changed", "", 4000)), 1, "4,000")
    gives("slow call", Case().site(("CALL_EX", "f", 9000)), 1, "f(*args)")
    gives_none("two callees", Case().site(("CALL_EX", "f", 5000), ("CALL_EX", "g", 4000)))
    gives("hook", Case().site(("getattr/setattr hook", "Lazy", 9000)), 1, "Lazy", "__getattr__")


def guards():
    shapes = (ORDER, "P", 3000)
    gives_none("too few runs", Case().site(("other class", "A", 400), ("other class", "B", 400), runs=900))
    gives_none("a cold line", Case(share=0.02).site(shapes))
    gives_none("misses are rare", Case().site((ORDER, "P", 500)))
    for path in ("/usr/lib/python3.11/json/decoder.py", "/opt/lib/python3.11/x.py", "<frozen os>"):
        gives_none(path, Case(path=path).site(shapes))
    many = Case()
    for n in range(30):
        many.site((ORDER, f"P{n}", 3000))
    expect(len(many.found()) <= 10, "ten at most")


def memory():
    def storm(dead=True, pauses=3):
        case = Case(share=0.3, leaf=COLLECTION if pauses else None)
        ids = [case.w.alloc(case.stack, n * 10**7, 1 << 19, 64, "tuple") for n in range(100)]
        for n in range(pauses):
            case.w.gc((n + 1) * 3 * 10**8, 10**8, case.stack, 0, 9 << 20, 1 << 20)
        for n, id in enumerate(ids if dead else []):
            case.w.free(id, (n // 30 + 1) * 3 * 10**8)
        return case

    gives("allocation storm", storm(), 1, "tuple", "unpack")
    gives_none("what stays", storm(dead=False))
    gives_none("collections take nothing", storm(pauses=0))
    growing = Case(share=0.3, leaf=COLLECTION)
    growing.w.alloc(growing.stack, 1, 50 << 20, 64, "list")
    for n in range(12):
        growing.w.gc(n * 10**7, 3 * 10**7, growing.stack, 1, 1 << 20, (n + 1) << 20)
    gives("collector", growing, 1, "grows", "kept from this line")
    steady = Case(share=0.3, leaf=COLLECTION)
    for n in range(12):
        steady.w.gc(n * 10**7, 3 * 10**7, steady.stack, 1, 9 << 20, 1 << 20)
    gives_none("a heap that does not grow", steady)


def built_ins():
    pop, plus = (NATIVE, "list.pop"), (OPERATOR, "<str +>")
    gives("quadratic", Case(source="if x in seen:\n"), 1, "set")
    gives_none("short lists", Case(source="if x in seen:\n", runs=10_000_000))
    gives("quadratic", Case(source="text += part\n", leaf=plus, runs=100_000), 1, "join")
    gives("quadratic", Case(source="queue.pop(0)\n", leaf=pop, runs=100_000), 1, "deque")
    gives_none("pop from the end", Case(source="queue.pop()\n", leaf=pop, runs=100_000))


def imports():
    def imported(how):
        case = Case()
        case.w.imported(0, 6 * 10**7, "big", "__main__", how)
        case.w.imported(10**6, 2 * 10**7, "big.part", "big", how, 1)
        return case

    gives("import", imported("compiled"), 0, "warm cache", wall=10**8)
    gives("import", imported("cached"), 0, "big", wall=10**8)
    gives_none("a long run", imported("cached"), wall=10**10)
    gives_none("a short run", imported("cached"), wall=4 * 10**7)


for part in (sites, guards, memory, built_ins, imports):
    part()
finish()
