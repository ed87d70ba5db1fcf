# modes: reference cold warm
"""Texts with a wide character, put together after a long narrow one: no pages come and go for them."""
import resource


def faults():
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt


def both(numbers):
    long, n = repr(numbers), len(numbers)
    return len(long) > 5 * n, f"{n:,} €", "%s €" % 5, "{} 𝄞".format(7), repr(["é", "€", "𝄞"])


def rounds(n, times):
    numbers = list(range(n))
    for _ in range(times):
        assert both(numbers) == (True, f"{n:,} €", "5 €", "7 𝄞", "['é', '€', '𝄞']"), both(numbers)


SIZES = range(5_000, 9_500, 250)
for n in SIZES:
    rounds(n, 10)
before = faults()
for n in SIZES:
    rounds(n, 60)
assert faults() - before < 500, faults() - before
