"""Matrices as lists of rows: product, powers mod p, Gauss elimination, determinant in fractions of
integers.
"""
import sys


def make(n, seed):
    rows = []
    for i in range(n):
        row = []
        for j in range(n):
            seed = (seed * 69069 + 1) & 0xFFFFFFFF
            row.append((seed >> 16) % 19 - 9)
        rows.append(row)
    return rows


def product_loops(a, b):
    n, m, p = len(a), len(b), len(b[0])
    result = [[0.0] * p for _ in range(n)]
    for i in range(n):
        row = result[i]
        a_row = a[i]
        for k in range(m):
            x = a_row[k]
            b_row = b[k]
            for j in range(p):
                row[j] += x * b_row[j]
    return result


def product_columns(a, b):
    columns = list(zip(*b))
    return [[sum(x * y for x, y in zip(row, column)) for column in columns] for row in a]


def power_mod(matrix, exponent, modulus):
    n = len(matrix)
    result = [[int(i == j) for j in range(n)] for i in range(n)]
    while exponent:
        if exponent & 1:
            result = [[v % modulus for v in row] for row in product_columns(result, matrix)]
        matrix = [[v % modulus for v in row] for row in product_columns(matrix, matrix)]
        exponent >>= 1
    return result


def determinant(matrix):
    """Bareiss: exact in integers."""
    m = [row[:] for row in matrix]
    n = len(m)
    sign, previous = 1, 1
    for k in range(n - 1):
        if m[k][k] == 0:
            for i in range(k + 1, n):
                if m[i][k]:
                    m[k], m[i] = m[i], m[k]
                    sign = -sign
                    break
            else:
                return 0
        for i in range(k + 1, n):
            for j in range(k + 1, n):
                m[i][j] = (m[i][j] * m[k][k] - m[i][k] * m[k][j]) // previous
        previous = m[k][k]
    return sign * m[-1][-1]


def solve(matrix, right):
    n = len(matrix)
    m = [[float(v) for v in row] + [float(r)] for row, r in zip(matrix, right)]
    for c in range(n):
        pivot = max(range(c, n), key=lambda r: abs(m[r][c]))
        m[c], m[pivot] = m[pivot], m[c]
        for r in range(c + 1, n):
            factor = m[r][c] / m[c][c]
            if factor:
                for k in range(c, n + 1):
                    m[r][k] -= factor * m[c][k]
    x = [0.0] * n
    for r in range(n - 1, -1, -1):
        x[r] = (m[r][n] - sum(m[r][k] * x[k] for k in range(r + 1, n))) / m[r][r]
    return x


def main(n):
    a, b = make(n, 1), make(n, 2)
    floats = product_loops([[float(v) for v in row] for row in a], [[float(v) for v in row] for row in b])
    ints = product_columns(a, b)
    assert floats == ints
    print("trace", sum(ints[i][i] for i in range(n)), "sum", sum(map(sum, ints)))
    fib = power_mod([[1, 1], [1, 0]], 10 ** 18, 10 ** 9 + 7)
    print("fibonacci", fib[0][1])
    print("power", sum(map(sum, power_mod(make(6, 3), 1000003, 998244353))))
    small = make(n // 5, 4)
    print("determinant", determinant(small) % 10 ** 12)
    x = solve(a, range(n))
    worst = max(abs(sum(v * w for v, w in zip(row, x)) - r) for row, r in zip(a, range(n)))
    assert worst < 1e-6
    print("solved", n)


main(int(sys.argv[1]) if len(sys.argv) > 1 else 180)
