"""Factorials in decimals: exact ones by one factor after the other and by halves, and ones of 28 digits with
their logarithms against Stirling's series.
"""
import sys
from decimal import Decimal, Inexact, getcontext, localcontext


def one_by_one(n):
    product = Decimal(1)
    for i in range(2, n + 1):
        product *= i
    return product


def by_halves(low, high):
    """low * (low + 1) * … * high"""
    if high - low < 8:
        product = Decimal(low)
        for i in range(low + 1, high + 1):
            product *= i
        return product
    middle = (low + high) // 2
    return by_halves(low, middle) * by_halves(middle + 1, high)


def zeros_behind(n):
    """How many zeros n! ends with (Legendre)."""
    count = 0
    while n:
        n //= 5
        count += n
    return count


def stirling(n):
    """ln n! by Stirling's series."""
    x = Decimal(n)
    two_pi = Decimal("6.283185307179586476925286766559005768394")
    series = 1 / (12 * x) - 1 / (360 * x ** 3) + 1 / (1260 * x ** 5) - 1 / (1680 * x ** 7)
    return x * x.ln() - x + (two_pi * x).ln() / 2 + series


def rounded_ones(n):
    """The sum of ln k! - Stirling's for many k up to n, all in 28 digits."""
    worst, product = Decimal(0), Decimal(1)
    for k in range(1, n + 1):
        product *= k
        if k > 20 and k % 16 == 0:
            worst = max(worst, abs(product.ln() - stirling(k)))
    return product, worst


def main(n):
    with localcontext() as context:
        context.prec = 20 * n
        context.traps[Inexact] = True
        plain = one_by_one(n // 3)
        whole = by_halves(1, 3 * n)
        assert by_halves(1, n // 3) == plain
        text = str(whole)
        zeros = len(text) - len(text.rstrip("0"))
        assert zeros == zeros_behind(3 * n), zeros
        assert whole.normalize().as_tuple().exponent == zeros
        tail = text[-zeros - 10:-zeros] if zeros else text[-10:]
    getcontext().prec = 28
    product, worst = rounded_ones(4 * n)
    assert worst < Decimal("1e-12"), worst
    print("digits", len(text), "head", text[:12], "tail", tail, "zeros", zeros)
    print("rounded", product, "sum", sum(map(int, text)))


main(int(sys.argv[1]) if len(sys.argv) > 1 else 15000)
