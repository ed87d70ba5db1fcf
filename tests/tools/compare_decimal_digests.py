#!/usr/bin/python3.11
"""Very many decimal operations by two interpreters, each of its kinds in all eight roundings: do results,
flags and exceptions agree?

    compare_decimal_digests.py [--krait PATH] [--chunks N] [--first N] [--seed N] [--only NAME,…]
                               [--without NAME,…] [--whole]

Both interpreters run this file with --worker and write a digest a kind and chunk. A chunk is GROUPS contexts
with operands of their own; a kind that differs in one is run again, an operation a line, and the first lines
that differ are shown. In the end the number of operations of each kind in each rounding is told; 2,500 chunks
are a million of most kinds. Of the costly ones a chunk has an eighth, with --whole as many as of others:

    compare_decimal_digests.py --whole --only exp,ln,log10,power --chunks 2500

decimal_kinds.py has the kinds and the operands.
"""
import argparse
import hashlib
import os
import random
import subprocess
import sys

from compare_decimal import ROOT, ROUNDINGS
from decimal_kinds import COSTLY, KINDS, context_of, operands_of

GROUPS, PER_GROUP = 10, 40
SIGNALS = """Clamped InvalidOperation DivisionByZero Inexact Rounded Subnormal Overflow Underflow
    FloatOperation""".split()


class FlagNames:
    """A short text for the flags of a context: the mappings that were seen are compared, which is cheap."""

    def __init__(self, decimal):
        self.decimal = decimal
        self.seen = []

    def find(self, context):
        flags = context.flags
        for flags_seen, name, _ in self.seen:
            if flags_seen == flags:
                return flags_seen, name
        signals = [getattr(self.decimal, name) for name in SIGNALS]
        raised = [s for s in signals if flags[s]]
        # a copy, because CPython's mapping tells InvalidOperation's causes apart, and needs its context alive
        owner = context.copy()
        self.seen.append((owner.flags, " ".join(s.__name__ for s in raised), owner))
        return self.seen[-1][:2]


def run_group(call, lists, context, names, out):
    """The result and the flags of each operation, appended to `out`."""
    append, clear, flags = out.append, context.clear_flags, context.flags
    last, name = names.find(context)
    for operands in zip(*lists):
        clear()
        try:
            append(str(call(*operands)))
        except Exception as e:
            append(f"{type(e).__name__}: {e}")
        if flags != last:
            last, name = names.find(context)
        append(name)


def groups_of(number, seed, decimal):
    """Contexts with operands, the same under both interpreters."""
    r = random.Random(seed * 1000003 + number)
    decimal.setcontext(decimal.Context(prec=999, Emin=-999999999, Emax=999999999, traps=[]))
    for _ in range(GROUPS):
        context = context_of(r, decimal)
        yield context, operands_of(r, decimal, context, PER_GROUP)


def count_of(options, name):
    """How many operands of each group one kind gets."""
    return PER_GROUP if options.whole else PER_GROUP // COSTLY.get(name, 1)


def run_kind(options, name, number, groups, decimal, names):
    """Texts of all operations of one kind in one chunk: result, flags, result, flags…"""
    letters, makers = KINDS[name]
    count = count_of(options, name)
    out = []
    for place, (context, operands) in enumerate(groups):
        lists = [operands[letter][:count] for letter in letters]
        for rounding in ROUNDINGS:
            context.rounding = rounding
            decimal.setcontext(context)
            call = makers[(number + place) % len(makers)](decimal, context)
            run_group(call, lists, context, names, out)
    return out


def describe(options, name, number, groups, decimal, texts):
    """The lines of run_kind with what was computed."""
    letters, makers = KINDS[name]
    count = count_of(options, name)
    texts = iter(texts)
    for place, (context, operands) in enumerate(groups):
        for rounding in ROUNDINGS:
            context.rounding = rounding
            context.clear_flags()
            for i in range(count):
                values = [operands[letter][i] for letter in letters]
                yield (f"{number} {name} {(number + place) % len(makers)} {values} {context!r} -> "
                       f"{next(texts)!r} [{next(texts)}]")


def worker(options):
    import decimal
    assert decimal.Decimal.__init__ is object.__init__, "this is the library's decimal in Python"
    names = FlagNames(decimal)
    for number in range(options.first, options.first + options.chunks):
        groups = list(groups_of(number, options.seed, decimal))
        for name in options.names:
            texts = run_kind(options, name, number, groups, decimal, names)
            if options.detail:
                for line in describe(options, name, number, groups, decimal, texts):
                    print(line)
            else:
                digest = hashlib.md5("\n".join(texts).encode("utf-8", "surrogatepass")).hexdigest()
                print(number, name, digest, len(texts) // 2)
        sys.stdout.flush()


def start(program, options, first, chunks, names, detail=False):
    arguments = [program, __file__, "--worker", "--first", str(first), "--chunks", str(chunks),
                 "--seed", str(options.seed), "--only", ",".join(names)]
    if detail:
        arguments.append("--detail")
    if options.whole:
        arguments.append("--whole")
    return subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True)


def show_difference(options, number, name):
    workers = [start(program, options, number, 1, [name], True)
               for program in (sys.executable, options.krait)]
    texts = [w.communicate()[0].splitlines() for w in workers]
    wrong = [(a, b) for a, b in zip(*texts) if a != b]
    print(f"chunk {number}, {name}: {len(wrong)} of {len(texts[0])} differ")
    for a, b in wrong[:options.show]:
        print(f"reference {a}\nkrait     {b}", flush=True)
    return len(wrong) + abs(len(texts[0]) - len(texts[1]))


def compare(options):
    """How many operations differ, and counts by kind."""
    workers = [start(program, options, options.first, options.chunks, options.names)
               for program in (sys.executable, options.krait)]
    counts, wrong, ended = dict.fromkeys(options.names, 0), 0, False
    while not ended:
        lines = [w.stdout.readline() for w in workers]
        ended = not all(lines)
        if lines[0] == lines[1] and not ended:
            _, name, _, count = lines[0].split()
            counts[name] += int(count)
        elif any(lines):
            fields = (lines[0] or lines[1]).split()
            wrong += max(1, show_difference(options, int(fields[0]), fields[1]))
    statuses = [w.wait() for w in workers]
    if any(statuses):
        sys.exit(f"a worker ended with {statuses}; {counts}")
    return wrong, counts


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--krait", default=os.path.join(ROOT, "build", "krait"))
    parser.add_argument("--chunks", type=int, default=20)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=3)
    parser.add_argument("--only", default="")
    parser.add_argument("--without", default="")
    parser.add_argument("--whole", action="store_true")
    parser.add_argument("--worker", action="store_true")
    parser.add_argument("--detail", action="store_true")
    options = parser.parse_args()
    left_out = options.without.split(",")
    options.names = options.only.split(",") if options.only else [k for k in KINDS if k not in left_out]
    if options.worker:
        worker(options)
        return
    wrong, counts = compare(options)
    for name, count in counts.items():
        print(f"{name} {count // len(ROUNDINGS)}")
    print(f"{sum(counts.values())} operations of {len(counts)} kinds, {wrong} differ")
    sys.exit(wrong != 0)


if __name__ == "__main__":
    main()
