"""A signal's handler runs while C code consumes an iterator that never ends, and what it raises ends the
call.
"""
# modes: cold warm miss eager switch asan
# (the reference hears a signal only when such a call is over)
import array
import collections
import functools
import itertools
import math
import operator
import signal

count, repeat = itertools.count, itertools.repeat
CALLS = [
    lambda: sum(count()),
    lambda: -1 in count(),
    lambda: max(count()),
    lambda: any(repeat(0)),
    lambda: all(repeat(1)),
    lambda: set(repeat(1)),
    lambda: dict.fromkeys(repeat(1)),
    lambda: collections.deque(count(), maxlen=0),
    lambda: collections.deque(maxlen=5).extend(repeat(1)),
    lambda: collections.Counter(repeat(1)),
    lambda: math.fsum(repeat(1.0)),
    lambda: math.prod(repeat(1)),
    lambda: next(filter(None, repeat(0))),
    lambda: next(itertools.islice(count(), 10 ** 12, None)),
    lambda: next(itertools.dropwhile(bool, repeat(1))),
    lambda: next(itertools.compress(count(), repeat(0))),
    lambda: next(itertools.filterfalse(None, repeat(1))),
    lambda: functools.reduce(operator.or_, repeat(1)),
    lambda: operator.countOf(repeat(1), 2),
    lambda: operator.indexOf(repeat(1), 2),
    lambda: collections.deque(zip(repeat(1), count()), maxlen=0),
    lambda: collections.deque(map(abs, repeat(1)), maxlen=0),
    lambda: array.array("i").extend(itertools.takewhile(bool, filter(None, repeat(0)))),]


class Rang(Exception):
    pass


def ring(number, frame):
    raise Rang


signal.signal(signal.SIGALRM, ring)
for call in CALLS:
    signal.setitimer(signal.ITIMER_REAL, 0.005)
    try:
        call()
    except Rang:
        continue
    raise AssertionError("the call ended by itself")

# a handler that returns lets the call go on
heard = []
signal.signal(signal.SIGALRM, lambda number, frame: heard.append(number))
signal.setitimer(signal.ITIMER_REAL, 0.002, 0.002)
total = 0
while len(heard) < 3:
    total = sum(repeat(1, 20000))
signal.setitimer(signal.ITIMER_REAL, 0)
assert total == 20000
