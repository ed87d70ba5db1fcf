"""How often control went from block to block of counted code, and with that how often lines began.

A block: first instruction, count, target of its last instruction's jump (None: no jump), whether it falls
through. Laws: what enters a block is its count; what leaves it is its count less its exceptions, unless it
ends or suspends. Edges are solved by these laws, one unknown at a time; entries by exceptions are taken to be
those of blocks that nothing leads to. A line begins as settrace has it: where control comes from another
line, or back."""

SUSPENDS = {"YIELD", "YIELD_DELEGATE", "GENERATOR_START"}
RESUMES = {"SEND", "END_ASYNC_FOR"}


class Block:
    __slots__ = ("first", "end", "count", "leaving", "into", "out", "balanced")

    def __init__(self, first, end, count, leaving, balanced):
        self.first, self.end, self.count, self.leaving = first, end, count, leaving
        self.balanced = balanced  # what leaves it is known
        self.into, self.out = [], []


class Edge:
    __slots__ = ("before", "after", "count")

    def __init__(self, before, after):
        self.before, self.after, self.count = before, after, None


def line_runs(lines, runs, left, jumps, suspends, resumes=lambda insn: False):
    """{line: how often it began}. runs: of each instruction; left: {instruction: exceptions that left it};
    jumps: {first instruction of a block: (target or None, falls through)}; suspends(insn): whether the frame
    is left there and may be entered again behind it; resumes(insn): whether who comes to it goes on with
    what the line does (RESUMES)"""
    blocks = make_blocks(runs, left, jumps, suspends)
    solve(blocks)
    sums = {}
    for block in blocks:
        add(sums, lines[block.first], begins(block, lines, resumes(block.first)))
        for insn in range(block.first + 1, block.end):
            if lines[insn] != lines[insn - 1]:
                add(sums, lines[insn], runs[insn])
    return sums


def add(sums, line, count):
    if line > 0 and count > 0:
        sums[line] = sums.get(line, 0) + count


def make_blocks(runs, left, jumps, suspends):
    firsts = sorted(first for first in jumps if first < len(runs))
    blocks = [Block(first, end, runs[first], max(0, runs[end - 1] - left.get(end - 1, 0)),
                    not suspends(end - 1))
              for first, end in zip(firsts, firsts[1:] + [len(runs)])]
    at = {block.first: block for block in blocks}
    for block, following in zip(blocks, blocks[1:] + [None]):
        target, falls_through = jumps[block.first]
        after = {at.get(target)} | ({following} if falls_through else set())
        for other in after - {None}:
            edge = Edge(block, other)
            block.out.append(edge)
            other.into.append(edge)
    if blocks and blocks[0].into:  # the call of the function, beside what jumps back
        blocks[0].into.append(Edge(None, blocks[0]))
    return blocks


def solve(blocks):
    """All edges: those that the laws decide, then one by guess, and so on"""
    edges = [edge for block in blocks for edge in block.into]
    edges.sort(key=lambda edge: edge.before is None or edge.before.end != edge.after.first)
    decide(blocks)
    for edge in edges:  # those that fall through first
        if edge.count is None:
            edge.count = guess(edge)
            decide([block for block in (edge.before, edge.after) if block])


def decide(blocks):
    todo = list(blocks)
    while todo:
        block = todo.pop()
        sides = [(block.into, block.count)] + ([(block.out, block.leaving)] if block.balanced else [])
        for edges, whole in sides:
            unknown = [edge for edge in edges if edge.count is None]
            if len(unknown) == 1:
                edge = unknown[0]
                edge.count = rest(edges, whole)
                todo += [other for other in (edge.before, edge.after) if other is not None]


def rest(edges, whole):
    return max(0, whole - sum(edge.count or 0 for edge in edges))


def guess(edge):
    """As many as can be: a loop that is tested before and behind is entered"""
    most = rest(edge.after.into, edge.after.count)
    if edge.before and edge.before.balanced:
        most = min(most, rest(edge.before.out, edge.before.leaving))
    return most


def begins(block, lines, resumes):
    """How often the line of the block's first instruction begins there"""
    line = lines[block.first]
    if not block.into:
        return 0 if resumes else block.count
    goes_on = 0
    for edge in block.into:
        is_behind = edge.before is not None and edge.before.end <= block.first
        if (is_behind or resumes and edge.before is not None) and lines[edge.before.end - 1] == line:
            goes_on += edge.count
    return block.count - goes_on
