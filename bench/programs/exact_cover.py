"""Exact cover with sets of small numbers: tilings of a board by tetrominoes, Latin squares, and families of
frozensets.
"""
import sys

SHAPES = {
    "I": "####", "L": "###/#..", "J": "###/..#", "O": "##/##", "T": "###/.#.", "S": ".##/##.",
    "Z": "##./.##",
}


def cells_of(picture):
    rows = enumerate(picture.split("/"))
    return frozenset((y, x) for y, row in rows for x, c in enumerate(row) if c == "#")


def turned(cells):
    """All turned and mirrored forms of a shape, each moved to the corner."""
    forms = set()
    for _ in range(4):
        cells = frozenset((x, -y) for y, x in cells)
        for form in (cells, frozenset((y, -x) for y, x in cells)):
            top, left = min(y for y, _ in form), min(x for _, x in form)
            forms.add(frozenset((y - top, x - left) for y, x in form))
    return forms


def placements(width, height, names):
    rows = {}
    for name in names:
        for form in sorted(map(sorted, turned(cells_of(SHAPES[name])))):
            for top in range(height):
                for left in range(width):
                    if all(y + top < height and x + left < width for y, x in form):
                        covered = frozenset((y + top) * width + x + left for y, x in form)
                        rows[name, covered] = covered | {1000 + ord(name)}
    return rows


def solve(columns, rows, chosen):
    """All exact covers: the column with the fewest rows first, its rows tried one after another."""
    if not columns:
        yield list(chosen)
        return
    column = min(columns, key=lambda c: (len(columns[c]), c))
    for row in sorted(columns[column], key=lambda r: (r[0], sorted(r[1]))):
        chosen.append(row)
        removed = cover(columns, rows, row)
        yield from solve(columns, rows, chosen)
        uncover(columns, rows, row, removed)
        chosen.pop()


def cover(columns, rows, row):
    removed = []
    for c in sorted(rows[row]):
        for other in columns[c]:
            for d in rows[other]:
                if d != c:
                    columns[d].discard(other)
        removed.append(columns.pop(c))
    return removed


def uncover(columns, rows, row, removed):
    for c in sorted(rows[row], reverse=True):
        columns[c] = removed.pop()
        for other in columns[c]:
            for d in rows[other]:
                if d != c:
                    columns[d].add(other)


def covers(rows, wanted):
    """The first `wanted` exact covers of all that the rows hold."""
    columns = {}
    for row, covered in rows.items():
        for c in covered:
            columns.setdefault(c, set()).add(row)
    everything, found = set(columns), set()
    for solution in solve(columns, rows, []):
        assert set().union(*(rows[row] for row in solution)) == everything
        found.add(frozenset(solution))
        if len(found) == wanted:
            break
    return len(rows), len(everything), len(found)


def latin_squares(order):
    """Squares whose rows and columns hold each number once, the first row in order."""
    rows = {}
    for y in range(order):
        for x in range(order):
            for v in range(order):
                if y or x == v:
                    needs = frozenset((y * order + x, 100 + y * order + v, 200 + x * order + v))
                    rows["cell", needs] = needs
    return rows


def main(n):
    for width, height, names in ((8, 3, "LJSZIO"), (7, 4, "LJTSZIO"), (4, 5, "LJSZI"), (6, 4, "LJSZIO")):
        print(f"{width}x{height} {names}", *covers(placements(width, height, names), n))
    print("latin", *covers(latin_squares(5), n))
    subsets = {frozenset(i for i in range(12) if mask >> i & 1) for mask in range(1 << 12)}
    small = {s for s in subsets if len(s) < 3}
    joined = {a | b for a in small for b in small if not a & b}
    print("subsets", len(subsets), "disjoint", sum(s.isdisjoint({1, 4, 9}) for s in subsets),
          "over", sum(s > {2, 3} for s in subsets), "joined", len(joined), len(joined ^ small))
    assert joined <= subsets


main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)
