"""Loops whose head meets other kinds in every round: tests of while statements, iterators of for statements.
What is learned of one round holds for no other. Arguments moved into calls."""
import signal
import sys


class Less:
    """Compares like its number and counts how often; true as long as it is positive."""

    def __init__(self, n):
        self.n, self.asked = n, 0

    def compare(self, other, how):
        self.asked += 1
        return how(self.n, other)

    def __lt__(self, other):
        return self.compare(other, lambda a, b: a < b)

    def __le__(self, other):
        return self.compare(other, lambda a, b: a <= b)

    def __eq__(self, other):
        return self.compare(other, lambda a, b: a == b)

    def __ne__(self, other):
        return self.compare(other, lambda a, b: a != b)

    def __gt__(self, other):
        return self.compare(other, lambda a, b: a > b)

    def __ge__(self, other):
        return self.compare(other, lambda a, b: a >= b)

    def __bool__(self):
        self.asked += 1
        return self.n > 0


def kinds_of(n):
    return [n, float(n), n + 0.5, bool(n & 1), n + (1 << 62), float("nan"), Less(n)]


# ---- while: the test is made with another kind in each round
for symbol in ("<", "<=", "==", "!=", ">", ">="):
    space = {}
    for name, limit in (("with_variable", "limit"), ("with_small", "3"), ("with_other", "3.25")):
        exec(f"""
def {name}(values, limit):
    i, x = 0, values[0]
    while x {symbol} {limit}:
        i += 1
        if i == len(values): break
        x = values[i]
    else:
        return -i
    return i
""", space)
    exec(f"""
def plain(values, limit):
    for i, x in enumerate(values):
        if not x {symbol} limit: return -i
    return len(values)
""", space)
    for rounds in range(3):
        for n in (-1, 0, 2, 3, 4, 100):
            for values in (kinds_of(n), kinds_of(n)[::-1], [n] * 5 + kinds_of(n), kinds_of(n) + [3] * 3):
                for limit in (3, 3.25, 1 << 62):
                    assert space["with_variable"](values, limit) == space["plain"](values, limit)
                assert space["with_small"](values, None) == space["plain"](values, 3)
                assert space["with_other"](values, None) == space["plain"](values, 3.25)


def while_true(values):
    i, x = 0, values[0]
    while x:
        i += 1
        if i == len(values):
            break
        x = values[i]
    else:
        return -i
    return i


for rounds in range(3):
    for values in ([1, True, 2.5, "a", [0], (0,), Less(1), 1 << 62, 0], [True, True, False], [5, 4, 3, 0.0],
                   [1, ""], [2, None], [Less(1), Less(0)],
                   [True] * 4):
        expected = next((-i for i, x in enumerate(values) if not x), len(values))
        assert while_true(values) == expected, values


# ---- for: one statement, an iterator of another kind each time
class Own:
    def __init__(self, items):
        self.items = iter(items)

    def __iter__(self):
        return self

    def __next__(self):
        return next(self.items)


def generate(items):
    yield from items


def collect(iterable, limit=None):
    out = []
    for item in iterable:
        out.append(item)
        if len(out) == limit:
            break
    else:
        out.append("end")
    return out


def collect_pairs(iterable):
    out = []
    for a, b in iterable:
        out.append((a, b))
    return out


ways = [list, tuple, iter, lambda s: iter(tuple(s)), generate, Own, dict.fromkeys, reversed, set, "".join,
        bytes,
        lambda s: map(str, s), lambda s: range(len(s)), lambda s: zip(s, s), enumerate, memoryview, frozenset]
for size in (0, 1, 2, 7):
    for first in ways:
        for second in ways:
            for way in (first, second, first):
                source = "abcdefg"[:size] if way is "".join or way == "".join else bytes(range(size))
                assert collect(way(source)) == list(way(source)) + ["end"], (way, source)
                if size > 1:
                    assert collect(way(source), 1) == list(way(source))[:1]

items = [(1, 2), [3, 4], "56"]
pair_ways = [list, tuple, iter, generate, Own, lambda s: zip([x[0] for x in s], (x[1] for x in s)),
             lambda s: enumerate(x[1] for x in s), lambda s: {x[0]: x[1] for x in s}.items()]
for first in pair_ways:
    for second in pair_ways:
        for way in (first, second, second, first):
            assert collect_pairs(way(items)) == [tuple(x) for x in way(items)]


# ---- errors of the head are told at the head, with the loop's variables as they were
def fails_at_head(values):
    x = values[0]
    i = 0
    while x < 3:
        i += 1
        x = values[i]
    return i


def line_of(function, *arguments):
    try:
        function(*arguments)
    except TypeError as e:
        frame = e.__traceback__.tb_next
        return frame.tb_lineno - function.__code__.co_firstlineno, frame.tb_frame.f_locals["i"]


assert line_of(fails_at_head, [1, 2, None]) == (3, 2)
assert line_of(fails_at_head, [1, 2, "a"]) == (3, 2)


def native_fails(values):
    i = 0
    for x in map(abs, values):
        i += x
    return i


assert line_of(native_fails, [1, 2, None]) == (2, 3)


# ---- signals are heard in loops of every form
class Heard(Exception):
    pass


def hear(number, frame):
    raise Heard


def endless_while_small():
    i = 0
    while i < 1:
        i = 0


def endless_while_variable(a=1, b=2):
    while a != b:
        pass


def endless_while_flag(on=True):
    while on:
        pass


def endless_native():
    import itertools
    for _ in itertools.repeat(1):
        pass


def endless_pair():
    import itertools
    for a, b in zip(itertools.repeat(1), itertools.count()):
        pass


if hasattr(signal, "setitimer"):
    signal.signal(signal.SIGALRM, hear)
    for endless in (endless_while_small, endless_while_variable, endless_while_flag, endless_native,
                    endless_pair):
        signal.setitimer(signal.ITIMER_REAL, 0.01)
        try:
            endless()
        except Heard:
            continue
        sys.exit("not heard")


# ---- arguments that are moved: each call gets its own, in order, whatever they are
def take(*arguments):
    return arguments


def three(a, b, c):
    return take(a), take(a, b), take(c, b, a), take(a, a, a, a), (b, a), three_of(a, c, b), [c].append(a)


def three_of(a, b, c):
    a, b = b, a
    return a, b, c


assert three(1, "b", 2.5) == ((1,), (1, "b"), (2.5, "b", 1), (1, 1, 1, 1), ("b", 1), (2.5, 1, "b"), None)


class Method:
    def of(self, a, b=None):
        return self, a, b


method = Method()
assert [method.of(x, y) for x in (1, 2) for y in (3, x)] == [(method, x, y) for x in (1, 2) for y in (3, x)]


def unbound(flag, a):
    if flag:
        late = 1
    return take(a, late)


assert unbound(True, 2) == (2, 1)
try:
    unbound(False, 2)
except UnboundLocalError as e:
    assert "late" in str(e)
else:
    sys.exit("no error")
