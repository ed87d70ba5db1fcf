"""A signal's handler runs in the middle of long work in C, and what it raises ends the work at once.

Measured in processor time, so that a busy machine does not matter: each case would take a second or more, is told to stop after
FIRST seconds and must have stopped LATEST seconds later."""
# modes: cold warm miss eager switch asan
import math
import signal
import sys
import time

FIRST, LATEST = 0.03, 0.5
sys.set_int_max_str_digits(0)

wide = (1 << 300_000_000) - 1
other = wide - 12345
half = (1 << 130_000_000) - 12345
odd, base = (1 << 60_000) - 9, (1 << 60_000) - 3
digits = "7" * 40_000_000

NUMBERS = {
    "product": lambda: wide * other,
    "square": lambda: wide * wide,
    "quotient": lambda: wide // half,
    "remainder": lambda: wide % half,
    "divmod": lambda: divmod(-wide, half),
    "power": lambda: 3 ** 300_000_000,
    "modular power": lambda: pow(base, base, odd),
    "modular inverse": lambda: pow(half, -1, (1 << 130_000_000) - 1),
    "factorial": lambda: math.factorial(10_000_000),
    "comb": lambda: math.comb(30_000_000, 15_000_000),
    "comb of a large number": lambda: math.comb(1 << 100, 3_000_000),
    "perm": lambda: math.perm(20_000_000, 10_000_000),
    "gcd": lambda: math.gcd(wide // 3, half),
    "isqrt": lambda: math.isqrt(wide << 600_000_000),
    "str": lambda: str(wide),
    "format": lambda: f"{wide:,}",
    "int": lambda: int(digits),
}
CASES = {**NUMBERS}
CPYTHON_IS_DEAF = {"gcd", "int"}


class Rang(Exception):
    pass


def ring(number, frame):
    raise Rang


def time_of(call):
    """Processor time that the call takes until it is stopped; the timer counts the same time."""
    start = time.process_time()
    try:
        signal.setitimer(signal.ITIMER_PROF, FIRST)
        call()
        signal.setitimer(signal.ITIMER_PROF, 0)
    except Rang:
        return time.process_time() - start
    raise AssertionError("the call ended by itself")


signal.signal(signal.SIGPROF, ring)
late = {}
for name, call in CASES.items():
    if sys.implementation.name == "cpython" and name in CPYTHON_IS_DEAF:
        continue
    took = time_of(call)
    if "-v" in sys.argv:
        print(f"{name:30} {took:.3f}")
    if took > FIRST + LATEST:
        late[name] = took
assert not late, late

# A handler that returns lets the work go on, and the result is right.
heard = []
signal.signal(signal.SIGPROF, lambda number, frame: heard.append(number))
signal.setitimer(signal.ITIMER_PROF, 0.005, 0.005)
prime = (1 << 4423) - 1
answers = [pow(3, prime - 1, prime)]
while len(heard) < 3:
    answers.append(pow(3, prime - 1, prime))
factorial = math.factorial(150_000)
signal.setitimer(signal.ITIMER_PROF, 0)
assert set(answers) == {1}
assert factorial % math.factorial(1000) == 0 and factorial % 149_993 == 0 and factorial % 150_001 != 0
