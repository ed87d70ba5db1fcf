"""Conway's Life: an unbounded world as a set of cells, and a torus as lists of rows; gliders and an
R-pentomino.
"""
import sys


def step_set(cells):
    counts = {}
    for x, y in cells:
        for dx in (-1, 0, 1):
            for dy in (-1, 0, 1):
                if dx or dy:
                    key = (x + dx, y + dy)
                    counts[key] = counts.get(key, 0) + 1
    return {cell for cell, n in counts.items() if n == 3 or n == 2 and cell in cells}


def step_rows(rows):
    height, width = len(rows), len(rows[0])
    result = []
    for y in range(height):
        above, here, below = rows[y - 1], rows[y], rows[(y + 1) % height]
        row = []
        for x in range(width):
            right = x + 1 if x + 1 < width else 0
            n = (
                above[x - 1] + above[x] + above[
                    right] + here[x - 1] + here[right] + below[x - 1] + below[x] + below[right])
            row.append(1 if n == 3 or n == 2 and here[x] else 0)
        result.append(row)
    return result


def step_bits(rows, width):
    """Rows as integers: neighbours are added column-wise with bit logic."""
    mask = (1 << width) - 1

    def turned(r):
        return ((r << 1) | (r >> (width - 1))) & mask, ((r >> 1) | (r << (width - 1))) & mask

    result = []
    for y, here in enumerate(rows):
        ones = twos = fours = 0
        above, below = rows[y - 1], rows[(y + 1) % len(rows)]
        for r in (above, below):
            for bits in (r, *turned(r)):
                carry = ones & bits
                ones ^= bits
                carry, twos = twos & carry, twos ^ carry
                fours |= carry
        for bits in turned(here):
            carry = ones & bits
            ones ^= bits
            carry, twos = twos & carry, twos ^ carry
            fours |= carry
        result.append(twos & ~fours & (ones | here))
    return result


def main(generations):
    cells = {(1, 0), (2, 0), (0, 1), (1, 1), (1, 2)}
    for _ in range(generations):
        cells = step_set(cells)
    size = 64
    rows = [[1 if (x * x * 7 + y * y * 13 + x * y * 5) % 11 < 4 else 0 for x in range(size)]
            for y in range(size)]
    packed = [sum(bit << x for x, bit in enumerate(row)) for row in rows]
    for _ in range(generations // 6):
        rows = step_rows(rows)
        packed = step_bits(packed, size)
    assert packed == [sum(bit << x for x, bit in enumerate(row)) for row in rows]
    glider = {(1, 0), (2, 1), (0, 2), (1, 2), (2, 2)}
    moved = glider
    for _ in range(40):
        moved = step_set(moved)
    assert moved == {(x + 10, y + 10) for x, y in glider}
    print("generations", generations, "cells", len(cells), "x", min(x for x, _ in cells),
          max(x for x, _ in cells))
    print("torus", sum(map(sum, rows)), "checksum",
          sum(p * (i + 1) for i, p in enumerate(packed)) % 1000000007)


main(int(sys.argv[1]) if len(sys.argv) > 1 else 1100)
