"""Linear equations on lists of lists: LU decomposition with pivots, successive over-relaxation, conjugate
gradients on a sparse matrix, sparse products, power iteration.
"""
import sys


def make_matrix(size):
    rows, seed = [], 11
    for i in range(size):
        row = []
        for j in range(size):
            seed = (seed * 16807) % 2147483647
            row.append((seed % 2001 - 1000) / 1000 + (3.0 if i == j else 0.0))
        rows.append(row)
    return rows


def decompose(matrix):
    """L below the diagonal and U above it in one matrix, and the order of the rows."""
    lu = [row[:] for row in matrix]
    size, order = len(lu), list(range(len(lu)))
    for k in range(size):
        pivot = max(range(k, size), key=lambda r: abs(lu[r][k]))
        lu[k], lu[pivot] = lu[pivot], lu[k]
        order[k], order[pivot] = order[pivot], order[k]
        head = lu[k]
        for i in range(k + 1, size):
            row = lu[i]
            factor = row[k] / head[k]
            row[k] = factor
            for j in range(k + 1, size):
                row[j] -= factor * head[j]
    return lu, order


def solve(lu, order, right):
    size = len(lu)
    x = [right[i] for i in order]
    for i in range(size):
        row = lu[i]
        for j in range(i):
            x[i] -= row[j] * x[j]
    for i in reversed(range(size)):
        row = lu[i]
        x[i] = (x[i] - sum(row[j] * x[j] for j in range(i + 1, size))) / row[i]
    return x


def relax(grid, omega, rounds):
    """Laplace's equation on the inner points of a grid; the largest change of the last round."""
    height, width = len(grid), len(grid[0])
    change = 0.0
    for _ in range(rounds):
        change = 0.0
        for y in range(1, height - 1):
            above, row, below = grid[y - 1], grid[y], grid[y + 1]
            for x in range(1, width - 1):
                step = omega * (0.25 * (above[x] + below[x] + row[x - 1] + row[x + 1]) - row[x])
                row[x] += step
                if step > change or -step > change:
                    change = abs(step)
    return change


class Sparse:
    """Rows as dicts of column to value."""

    def __init__(self, rows):
        self.rows = rows

    @classmethod
    def grid(cls, side):
        rows = []
        for i in range(side * side):
            row = {i: 4.5}
            for j, inside in ((i - 1, i % side), (i + 1, (i + 1) % side), (i - side, i >= side),
                              (i + side, i + side < side * side)):
                if inside:
                    row[j] = -1.0
            rows.append(row)
        return cls(rows)

    def times(self, x):
        return [sum([value * x[j] for j, value in row.items()]) for row in self.rows]

    def __matmul__(self, other):
        out = []
        for row in self.rows:
            sums = {}
            for k, a in row.items():
                for j, b in other.rows[k].items():
                    sums[j] = sums.get(j, 0.0) + a * b
            out.append(sums)
        return Sparse(out)


def dot(x, y):
    return sum(map(float.__mul__, x, y))


def conjugate(matrix, right, limit):
    x, r = [0.0] * len(right), right[:]
    p, rr = r[:], dot(right, right)
    for step in range(limit):
        q = matrix.times(p)
        alpha = rr / dot(p, q)
        x = [a + alpha * b for a, b in zip(x, p)]
        r = [a - alpha * b for a, b in zip(r, q)]
        rr, old = dot(r, r), rr
        if rr < 1e-18:
            break
        p = [a + rr / old * b for a, b in zip(r, p)]
    return x, step


def main(size):
    matrix = make_matrix(size)
    wanted = [float(i % 7 - 3) for i in range(size)]
    x = solve(*decompose(matrix), [dot(row, wanted) for row in matrix])
    assert max(abs(a - b) for a, b in zip(x, wanted)) < 1e-6
    grid = [[100.0 if y == 0 else 0.0 for _ in range(size // 2)] for y in range(size // 2)]
    change = relax(grid, 1.8, size)
    sparse = Sparse.grid(size // 5)
    right = [float(i * 37 % 11) for i in range(len(sparse.rows))]
    y, steps = conjugate(sparse, right, 200)
    assert max(abs(a - b) for a, b in zip(sparse.times(y), right)) < 1e-6
    power = sparse @ sparse @ sparse
    entries = sum(map(len, power.rows))
    print(f"solved {sum(x):.3f} heat {grid[size // 8][size // 4]:.6f} change {change:.3e} steps {steps}")
    print(f"power {entries} {sum(sum(row.values()) for row in power.rows):.1f} y {y[0]:.9f}")


main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
