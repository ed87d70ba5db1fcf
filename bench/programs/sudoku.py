"""Sudoku: constraint propagation on bit sets with search, fewest candidates first, over a family of
derived puzzles.
"""
import sys

PUZZLES = [
    "53..7....6..195....98....6.8...6...34..8.3..17...2...6.6....28....419..5....8..79",
    "8..........36......7..9.2...5...7.......457.....1...3...1....68..85...1..9....4..",
    "..............3.85..1.2.......5.7.....4...1...9.......5......73..2.1........4...9",
    "1....7.9..3..2...8..96..5....53..9...1..8...26....4...3......1..4......7..7...3..",
]


def make_units():
    units = []
    for i in range(9):
        units.append([9 * i + j for j in range(9)])
        units.append([9 * j + i for j in range(9)])
        top, left = i // 3 * 3, i % 3 * 3
        units.append([9 * (top + r) + left + c for r in range(3) for c in range(3)])
    return units


UNITS = make_units()
PEERS = [sorted({c for u in UNITS if cell in u for c in u} - {cell}) for cell in range(81)]
CELL_UNITS = [[u for u in UNITS if cell in u] for cell in range(81)]
COUNT = [bin(m).count("1") for m in range(512)]


def remove(grid, cell, bit):
    """Take a candidate away and everything that follows from it; False when a cell has none left."""
    if not grid[cell] & bit:
        return True
    left = grid[cell] & ~bit
    grid[cell] = left
    if not left:
        return False
    if not left & (left - 1):
        for peer in PEERS[cell]:
            if not remove(grid, peer, left):
                return False
    for unit in CELL_UNITS[cell]:
        place = -1
        many = False
        for other in unit:
            if grid[other] & bit:
                if place >= 0:
                    many = True
                    break
                place = other
        if many:
            continue
        if place < 0 or not assign(grid, place, bit):
            return False
    return True


def assign(grid, cell, bit):
    others = grid[cell] & ~bit
    while others:
        low = others & -others
        if not remove(grid, cell, low):
            return False
        others ^= low
    return True


def solve(grid, statistics):
    best, fewest = -1, 10
    for cell in range(81):
        n = COUNT[grid[cell]]
        if 1 < n < fewest:
            best, fewest = cell, n
            if n == 2:
                break
    if best < 0:
        return grid
    candidates = grid[best]
    while candidates:
        bit = candidates & -candidates
        candidates ^= bit
        statistics["guesses"] += 1
        attempt = grid[:]
        if assign(attempt, best, bit):
            solved = solve(attempt, statistics)
            if solved:
                return solved
    return None


def parse(text):
    grid = [511] * 81
    for cell, c in enumerate(text):
        if c != "." and not assign(grid, cell, 1 << int(c) - 1):
            return None
    return grid


def relabel(text, shift):
    """The same puzzle with its digits renamed and its rows moved within the bands."""
    digits = {str(d): str((d - 1 + shift) % 9 + 1) for d in range(1, 10)}
    rows = [text[9 * r:9 * r + 9] for r in range(9)]
    rows = [rows[r // 3 * 3 + (r + shift) % 3] for r in range(9)]
    return "".join(digits.get(c, c) for c in "".join(rows))


def main(n):
    statistics = {"guesses": 0}
    checksum = 0
    for k in range(n):
        for puzzle in PUZZLES:
            grid = parse(relabel(puzzle, k))
            solved = solve(grid, statistics)
            assert solved and all(sum(solved[c] for c in unit) == 511 for unit in UNITS)
            digits = "".join(str(m.bit_length()) for m in solved)
            checksum = (checksum * 33 + int(digits[:9])) % 1000000007
    print("solved", n * len(PUZZLES), "guesses", statistics["guesses"], "checksum", checksum)


main(int(sys.argv[1]) if len(sys.argv) > 1 else 60)
