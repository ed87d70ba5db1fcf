"""What an exact recording counts: instructions, line runs, calls, site misses, allocated bytes.

Runs of an instruction = its block's count minus the exceptions that left the block above it. A line runs as
often as it begins (flow.py), which is how often settrace would tell of it."""
from krait.profile import flow
from krait.profile.model import PYTHON


def once(make):
    """The function, whose answer is kept with the recording"""
    def kept(recording):
        if make not in recording.made:
            recording.made[make] = make(recording)
        return recording.made[make]
    return kept


@once
def instruction_runs(recording):
    """{code: [runs of each instruction]}"""
    left, blocks_of = left_of(recording), {}
    for code, blocks, counts in recording.counts:
        sums = blocks_of.setdefault(code, {})
        for (first, is_late, _, _), count in zip(blocks, counts):
            sums[first] = is_late, sums.get(first, (0, 0))[1] + count
    return {code: runs_of(recording.codes[code].insn_count, blocks, left.get(code, {}))
            for code, blocks in blocks_of.items()}


def left_of(recording):
    """{code: {instruction: exceptions that left it}}"""
    rows = {}
    for (code, insn), count in recording.left.items():
        rows.setdefault(code, {})[insn] = count
    return rows


def runs_of(total, blocks, left):
    """[runs of each instruction], of {first instruction: (late, count)}"""
    runs, firsts = [0] * total, sorted(blocks)
    for first, end in zip(firsts, firsts[1:] + [total]):
        is_late, count = blocks[first]
        for insn in range(first, min(end, total)):
            is_before = is_late and insn == first  # its counter is behind it
            runs[insn] = count + left.get(insn, 0) if is_before else count
            count -= 0 if is_before else left.get(insn, 0)
    return runs


def line_runs(recording):
    """{(path, line): [runs, instructions]}"""
    rows = {}
    for code, lines in code_lines(recording).items():
        path = recording.codes[code].path
        for line, (runs, instructions) in lines.items():
            row = rows.setdefault((path, line), [0, 0])
            row[0] += runs
            row[1] += instructions
    return rows


@once
def code_lines(recording):
    """{code: {line: [runs, instructions]}} of what has run; NOP does not count as an instruction"""
    names, left = recording.opcode_names(), left_of(recording)
    jumps = {code: {first: (target, falls) for first, _, target, falls in blocks}
             for code, blocks, _ in recording.counts}
    return {code: lines_of(recording.codes[code], runs, left.get(code, {}), jumps[code], names)
            for code, runs in instruction_runs(recording).items() if any(runs)}


def lines_of(code, runs, left, jumps, names):
    opcodes = [names.get(number) for number in code.opcodes]
    lines = [max(0, line) for line in code.lines]
    # making a generator is told as a call, not as a line
    made = opcodes.index("GENERATOR_START") + 1 if "GENERATOR_START" in opcodes else 0
    begun = flow.line_runs([0] * made + lines[made:], runs, left, jumps,
                           lambda insn: opcodes[insn] in flow.SUSPENDS,
                           lambda insn: opcodes[insn] in flow.RESUMES)
    rows = {line: [count, 0] for line, count in begun.items()}
    for line, count, opcode in zip(lines, runs, opcodes):
        if count and line and opcode != "NOP":
            rows.setdefault(line, [0, 0])[1] += count
    return rows


def instructions(recording):
    """VM instructions of the whole run, NOP excepted: what --metric=vm compares"""
    return sum(count for name, count in opcode_runs(recording).items() if name != "NOP")


def opcode_runs(recording):
    """{opcode's name: runs}, NOP too"""
    names, sums = recording.opcode_names(), {}
    for code, of_insn in instruction_runs(recording).items():
        opcodes = recording.codes[code].opcodes
        for at, count in enumerate(of_insn):
            if count:
                sums[opcodes[at]] = sums.get(opcodes[at], 0) + count
    return {names.get(number, f"opcode {number}"): count for number, count in sums.items()}


def opcode_samples(recording, weights):
    """{opcode's name: µs} of samples whose innermost frame is Python's"""
    names, sums = recording.opcode_names(), {}
    for stack, (weight, _) in weights.items():
        _, code, insn = recording.stacks[stack]
        opcodes = recording.codes[code].opcodes
        if insn < len(opcodes):
            sums[opcodes[insn]] = sums.get(opcodes[insn], 0) + weight
    return {names.get(number, f"opcode {number}"): weight for number, weight in sums.items()}


def calls(recording):
    """{code: calls}: how often a function's first instruction has run; of built-ins the calls at sites"""
    sums = {code: runs[0] for code, runs in instruction_runs(recording).items() if runs and runs[0]}
    for (_, _, callee), count in recording.edges.items():
        if callee not in sums or recording.codes[callee].kind != PYTHON:
            sums[callee] = sums.get(callee, 0) + count
    return sums


def calls_of_functions(recording, tree):
    """{index of a function of the tree: calls}"""
    sums = {}
    for code, count in calls(recording).items():
        if code in tree.function_of_code:
            index = tree.function_of_code[code].index
            sums[index] = sums.get(index, 0) + count
    return sums


def place(recording, stack):
    """(path, line) of the innermost Python frame of a stack; None if there is none"""
    while stack != -1:
        caller, code, insn = recording.stacks[stack]
        known = recording.codes[code]
        if known.path:
            return known.path, known.line(insn)
        stack = caller
    return None


def site_lines(recording):
    """{(path, line): [runs, misses]} of the sites"""
    rows = {}
    for code, insn, runs, misses, _ in recording.sites:
        known = recording.codes[code]
        row = rows.setdefault((known.path, known.line(insn)), [0, 0])
        row[0] += runs
        row[1] += misses
    return rows


class Memory:
    """Allocations of a place: bytes in all, those alive at the end, those alive at the peak; by kind."""
    __slots__ = ("bytes", "count", "live", "peak", "kinds")

    def __init__(self):
        self.bytes = self.count = self.live = self.peak = 0
        self.kinds = {}


@once
def memory_lines(recording):
    """{(path, line) or None: Memory}"""
    rows, peak = {}, alive_at_peak(recording)
    for id, (stack, _, weight, _, kind) in recording.allocs.items():
        row = rows.setdefault(place(recording, stack), Memory())
        row.bytes += weight
        row.count += 1
        row.live += 0 if id in recording.frees else weight
        row.peak += weight if id in peak else 0
        row.kinds[kind] = row.kinds.get(kind, 0) + weight
    return rows


@once
def heap_curve(recording):
    """[(ns, bytes alive, id, is an allocation)] of sampled objects, by time"""
    events = [(row[1], True, id) for id, row in recording.allocs.items()]
    events += [(time, False, id) for id, time in recording.frees.items() if id in recording.allocs]
    events.sort(key=lambda event: event[0])
    alive, curve = 0, []
    for time, begins, id in events:
        alive += recording.allocs[id][2] if begins else -recording.allocs[id][2]
        curve.append((time, alive, id, begins))
    return curve


def alive_at_peak(recording):
    """ids of the sampled objects that live when most bytes do"""
    curve = heap_curve(recording)
    if not curve:
        return set()
    top = max(range(len(curve)), key=lambda at: curve[at][1])
    alive = set()
    for _, _, id, begins in curve[:top + 1]:
        alive.add(id) if begins else alive.discard(id)
    return alive


def collector_lines(recording):
    """{(path, line) or None: ns of pauses that were triggered there}"""
    sums = {}
    for _, ns, stack, _, _, _ in recording.gcs:
        key = place(recording, stack)
        sums[key] = sums.get(key, 0) + ns
    return sums
