"""Primes up to n: a bytearray sieve by slices, a list sieve by loops, and trial division as the check."""
import sys


def sieve_bytes(n):
    flags = bytearray([1]) * (n + 1)
    flags[0:2] = b"\0\0"
    i = 2
    while i * i <= n:
        if flags[i]:
            flags[i * i::i] = bytes(len(range(i * i, n + 1, i)))
        i += 1
    return [i for i, flag in enumerate(flags) if flag]


def sieve_loop(n):
    composite = [False] * (n + 1)
    primes = []
    for i in range(2, n + 1):
        if composite[i]:
            continue
        primes.append(i)
        multiple = i * i
        while multiple <= n:
            composite[multiple] = True
            multiple += i
    return primes


def is_prime(n, primes):
    for p in primes:
        if p * p > n:
            return True
        if n % p == 0:
            return False
    return True


def main(n):
    primes = sieve_loop(n)
    assert primes == sieve_bytes(n)
    tested = 0
    for candidate in range(n - n // 8, n):
        if is_prime(candidate, primes):
            tested += 1
    assert tested == sum(1 for p in primes if n - n // 8 <= p < n)
    print("primes", len(primes), "last", primes[-1], "sum", sum(primes), "in the last eighth", tested)


main(int(sys.argv[1]) if len(sys.argv) > 1 else 2400000)
