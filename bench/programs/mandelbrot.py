"""The Mandelbrot set on a square grid: how many points stay, and a checksum over the escape times."""
import sys


def escape_time(cr, ci, limit):
    zr = zi = 0.0
    zr2 = zi2 = 0.0
    for n in range(limit):
        zi = 2.0 * zr * zi + ci
        zr = zr2 - zi2 + cr
        zr2 = zr * zr
        zi2 = zi * zi
        if zr2 + zi2 > 4.0:
            return n
    return limit


def complex_inside(c, limit):
    z = 0j
    for _ in range(limit):
        z = z * z + c
        if abs(z) > 2.0:
            return False
    return True


def main(size):
    limit = 60
    inside = 0
    checksum = 0
    for row in range(size):
        ci = 2.0 * row / size - 1.0
        for column in range(size):
            n = escape_time(2.6 * column / size - 2.0, ci, limit)
            if n == limit:
                inside += 1
            checksum = (checksum * 31 + n) & 0xFFFFFFFF
    sampled = sum(complex_inside(complex(2.6 * k / size - 2.0, 0.1), limit) for k in range(size))
    print("size", size, "inside", inside, "checksum", checksum, "line", sampled)


main(int(sys.argv[1]) if len(sys.argv) > 1 else 430)
