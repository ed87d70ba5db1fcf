"""Runs of lines, worked out of the counts of basic blocks, are as many as settrace's line events.

Here the code is the reference's own: its instructions are counted by tracing, cut into blocks as counted code
is, and written as a recording; then the reader has to find what the same trace told of lines."""
import collections
import dis
import sys

from _report import expect, finish, recording
from _writer import PYTHON, Writer

from krait.profile import counts, reader

PROGRAM = '''
def loops(n):
    t = 0
    for i in range(n):
        if i % 3 == 0: t += 1
        elif i % 3 == 1:
            t += 2
        else:
            t += (i if i % 2
                  else 3)
    while t > 5: t -= 7
    while t < 50 and \\
          n:
        t += 1
    for a in range(3): pass
    x = [k for k in range(5) if k % 2]
    return sum(y
               for y in x)
def tries(n):
    c = 0
    for i in range(n):
        try:
            if i % 4 == 0:
                raise ValueError
            c += 1
        except ValueError:
            c -= 1
        finally:
            c += 2
    with open('/dev/null') as f:
        for line in f: pass
        c += 1
    try: int('x')
    except ValueError as e: c += 1
    return c
def generate(n):
    for i in range(n):
        yield i
        if i == 3: continue
    return
def call(a, b,
         c=3):
    return a + b + c
def branches(n):
    for i in range(n):
        x = (i if i % 3
             else -i if i % 2
             else 0)
        y = i and (x or
                   n)
        if (i < 3
                and y or x):
            continue
        z = [i
             for _ in range(2)
             if x]
def main():
    loops(10); tries(9); branches(13)
    for v in generate(6):
        call(v,
             2,
             c=v)
    for v in generate(9):
        if v == 4: break
    l = [1,
         2]
    d = {'a': 1, **{
        'b': 2}}
    assert l and d
    match v:
        case 1: pass
        case 4:
            l.append(
                v)
    for i in range(3):
        for j in range(i):
            if j: break
        else:
            continue
        l.pop()
    f = lambda q: q + 1
    f(1); f(2)
main()
'''


def trace(program):
    """({code: {offset: runs}}, {line: events})"""
    lines, runs = collections.Counter(), collections.defaultdict(collections.Counter)

    def hook(frame, event, argument):
        if frame.f_code.co_filename != "program":
            return None
        frame.f_trace_opcodes = True
        if event == "line":
            lines[frame.f_lineno] += 1
        elif event == "opcode":
            runs[frame.f_code][frame.f_lasti] += 1
        return hook

    sys.settrace(hook)
    exec(compile(program, "program", "exec"), {})
    sys.settrace(None)
    return runs, lines


def lines_of(code, instructions):
    at = {}
    for start, end, line in code.co_lines():
        at.update((offset, line or 0) for offset in range(start, end, 2))
    return [at.get(instruction.offset, 0) for instruction in instructions]


def handlers_of(code):
    return {entry.target for entry in dis.Bytecode(code).exception_entries}


ENDS = {"RETURN_VALUE", "RAISE_VARARGS", "RERAISE", "JUMP_FORWARD", "JUMP_BACKWARD",
        "JUMP_BACKWARD_NO_INTERRUPT"}
SUSPENDS = {"YIELD_VALUE", "SEND", "RETURN_GENERATOR"}


def add_code(w, file, code, runs):
    """A code of the recording, its blocks' counts, and what exceptions left"""
    instructions = list(dis.get_instructions(code))
    number = {instruction.offset: n for n, instruction in enumerate(instructions)}
    jumps = {n: number[i.argval] for n, i in enumerate(instructions) if i.opcode in dis.hasjrel + dis.hasjabs}
    behind = {n + 1 for n, i in enumerate(instructions) if n in jumps or i.opname in ENDS | SUSPENDS}
    firsts = sorted({0} | set(jumps.values()) | {number[offset] for offset in handlers_of(code)} | behind)
    firsts = [first for first in firsts if first < len(instructions)]
    count = [runs[i.offset] for i in instructions]
    for n in [n for n, i in enumerate(instructions) if i.opname == "RESUME"]:
        count[n] = count[n + 1]  # nothing is told of it
    begin = next(n for n, i in enumerate(instructions) if i.opname == "RESUME")
    count[:begin] = [count[begin]] * begin  # a call is told of when these have run
    opcodes = [2 if i.opname in SUSPENDS else 1 for i in instructions]
    lines = [0] * (begin + 1) + lines_of(code, instructions)[begin + 1:]
    id = w.code(PYTHON, code.co_name, "m", file, code.co_firstlineno, lines, opcodes)
    ends = [end - 1 for end in firsts[1:] + [len(instructions)]]
    w.counts(id, firsts, [count[first] for first in firsts], targets=[jumps.get(last) for last in ends],
             falls=[instructions[last].opname not in ENDS for last in ends])
    left = {(id, n): count[n] - count[n + 1] for first, last in zip(firsts, ends) for n in range(first, last)}
    for last in ends:  # the last one of a block: only what cannot go on is known to have raised
        if instructions[last].opname in ("RAISE_VARARGS", "RERAISE"):
            left[id, last] = count[last]
    rows = [(*key, n) for key, n in left.items() if n]
    if rows:
        w.left(*rows)


def check(program):
    runs, want = trace(program)
    w = Writer()
    w.meta(opcodes="NOP ANY YIELD")
    file = w.file("program", program)
    for code, of_code in runs.items():
        add_code(w, file, code, of_code)
    w.end()
    found = counts.line_runs(reader.read(recording("lines.kprof", w.bytes())))
    got = {line: row[0] for (_, line), row in found.items() if row[0]}
    source = program.split("\n")
    for line in sorted(want.keys() | got.keys()):
        expect(got.get(line) == want.get(line), f"line {line}", source[line - 1], got.get(line),
               want.get(line))


check(PROGRAM)
finish()
