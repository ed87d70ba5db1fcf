"""Big integers: modular powers, Miller-Rabin, RSA round trips, Lucas-Lehmer, factorials, gcd, Chinese
remainders.
"""
import sys
from math import gcd, isqrt


def power(base, exponent, modulus):
    """Square and multiply, by hand."""
    result = 1
    base %= modulus
    while exponent:
        if exponent & 1:
            result = result * base % modulus
        base = base * base % modulus
        exponent >>= 1
    return result


def is_probable_prime(n):
    if n < 2:
        return False
    for p in (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37):
        if n % p == 0:
            return n == p
    d, s = n - 1, 0
    while d % 2 == 0:
        d //= 2
        s += 1
    for a in (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37):
        x = pow(a, d, n)
        if x in (1, n - 1):
            continue
        for _ in range(s - 1):
            x = x * x % n
            if x == n - 1:
                break
        else:
            return False
    return True


def next_prime(n):
    n |= 1
    while not is_probable_prime(n):
        n += 2
    return n


def inverse(a, m):
    r0, r1, s0, s1 = a, m, 1, 0
    while r1:
        q = r0 // r1
        r0, r1 = r1, r0 - q * r1
        s0, s1 = s1, s0 - q * s1
    return s0 % m


def lucas_lehmer(p):
    m = (1 << p) - 1
    s = 4
    for _ in range(p - 2):
        s = s * s - 2
        while s > m:
            s = (s & m) + (s >> p)
        if s == m:
            s = 0
    return s == 0


def main(n):
    p = next_prime(3 ** 160 + n)
    q = next_prime(5 ** 110 + n)
    modulus, phi, e = p * q, (p - 1) * (q - 1), 65537
    d = inverse(e, phi)
    checksum = 0
    for i in range(n):
        message = (i + 2) ** 41 % modulus
        secret = power(message, e, modulus)
        assert pow(secret, e, modulus) == power(secret, e, modulus)
        checksum = (checksum * 31 + secret) % 1000000007
    assert pow(pow(12345, e, modulus), d, modulus) == 12345
    print("bits", modulus.bit_length(), "checksum", checksum)
    print("mersenne", [p for p in range(3, 2 * n) if is_probable_prime(p) and lucas_lehmer(p)])
    f = 1
    for i in range(2, 8 * n):
        f *= i
    print("factorial", f % 1000000007, len(bin(f)), gcd(f, 6 ** 500) == 6 ** 500, isqrt(f) % 998244353)
    x, m = 0, 1
    for i in range(60):
        prime = next_prime(10 ** 9 + i * 1000)
        x += m * ((i - x) * inverse(m, prime) % prime)
        m *= prime
    assert all(x % next_prime(10 ** 9 + i * 1000) == i for i in range(0, 60, 7))
    print("remainders", x % 998244353)


main(int(sys.argv[1]) if len(sys.argv) > 1 else 900)
