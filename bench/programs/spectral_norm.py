"""The largest singular value of the infinite matrix a[i][j] = 1 / ((i+j)(i+j+1)/2 + i + 1), by power
iteration.
"""
import sys


def entry(i, j):
    s = i + j
    return 1.0 / (s * (s + 1) // 2 + i + 1)


def times(vector):
    n = len(vector)
    return [sum([entry(i, j) * vector[j] for j in range(n)]) for i in range(n)]


def times_transposed(vector):
    n = len(vector)
    result = []
    for i in range(n):
        total = 0.0
        for j, v in enumerate(vector):
            total += entry(j, i) * v
        result.append(total)
    return result


def main(n):
    u = [1.0] * n
    for _ in range(8):
        v = times_transposed(times(u))
        u = times_transposed(times(v))
    v = times_transposed(times(u))
    dot_uv = sum(a * b for a, b in zip(u, v))
    dot_uu = sum(a * a for a in u)
    norm = (dot_uv / dot_uu) ** 0.5
    assert 1.0 < norm < 1.2742242
    print("norm %.9f" % norm)


main(int(sys.argv[1]) if len(sys.argv) > 1 else 330)
