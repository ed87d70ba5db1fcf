"""Queens on a board: all solutions counted three ways: sets of bits, lists of flags, and a generator of
placements.
"""
import sys


def count_bits(columns, left, right, full):
    if columns == full:
        return 1
    found = 0
    free = full & ~(columns | left | right)
    while free:
        place = free & -free
        free ^= place
        found += count_bits(columns | place, (left | place) << 1, (right | place) >> 1, full)
    return found


def count_flags(n):
    column = [False] * n
    rising = [False] * (2 * n)
    falling = [False] * (2 * n)

    def place(row):
        if row == n:
            return 1
        found = 0
        for c in range(n):
            if not column[c] and not rising[row + c] and not falling[row - c + n]:
                column[c] = rising[row + c] = falling[row - c + n] = True
                found += place(row + 1)
                column[c] = rising[row + c] = falling[row - c + n] = False
        return found

    return place(0)


def placements(n, queens=()):
    if len(queens) == n:
        yield queens
        return
    row = len(queens)
    for c in range(n):
        if all(c != q and abs(c - q) != row - r for r, q in enumerate(queens)):
            yield from placements(n, queens + (c,))


def main(n):
    bits = count_bits(0, 0, 0, (1 << n) - 1)
    flags = count_flags(n)
    assert bits == flags
    small = n - 2
    listed = sum(1 for _ in placements(small))
    assert listed == count_bits(0, 0, 0, (1 << small) - 1)
    print("queens", n, bits, "listed", small, listed, "first", next(placements(n)))


main(int(sys.argv[1]) if len(sys.argv) > 1 else 12)
