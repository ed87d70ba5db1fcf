"""Pancake flips: over all permutations of n cakes, the most flips until cake 0 is on top, and a signed sum
of flips.
"""
import sys


def flips_of(cakes):
    stack = cakes[:]
    count = 0
    top = stack[0]
    while top:
        stack[:top + 1] = stack[top::-1]
        count += 1
        top = stack[0]
    return count


def main(n):
    cakes = list(range(n))
    counters = [0] * n
    best = 0
    signed = 0
    sign = 1
    while True:
        if cakes[0]:
            count = flips_of(cakes)
            if count > best:
                best = count
            signed += sign * count
        # Next permutation by one swap (Heap's order), so the sign alternates.
        i = 1
        while i < n and counters[i] >= i:
            counters[i] = 0
            i += 1
        if i == n:
            break
        j = counters[i] if i & 1 else 0
        cakes[i], cakes[j] = cakes[j], cakes[i]
        counters[i] += 1
        sign = -sign
    known = {5: 7, 6: 10, 7: 16, 8: 22, 9: 30, 10: 38}
    assert best == known.get(n, best)
    print("flips", n, best, "signed", signed)


main(int(sys.argv[1]) if len(sys.argv) > 1 else 9)
