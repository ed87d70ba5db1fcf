"""Calls whose arguments do harm while they are being asked: the engine of tests/hostile.

A family is a table: receivers (how to make one, what can happen to it) and programs, one line of Python
each, in which `r` is the receiver and names such as I(2), E(), IT(1, 2) make hostile arguments: their
__index__, __eq__, __iter__ … first does what the case's action says to the receiver, and then answers.
Every program is run with every action; a case prints its name, the result or the exception, and the
receiver as it is afterwards. The reference's answers are in NAME.expected.

An answer of `?` there: CPython 3.11 itself reads freed memory (its answers differ from run to run, or it
dies). Such a case is run here, for it must not crash, and not under CPython; its answer does not count.
NAME.differs lists the answers that are Krait's own on purpose, each with a reason (reasons.txt). How it is
recorded, _record.py tells. Under CPython the cases run in child processes, because some of them leave a
spoilt memory behind.
"""
import array
import bisect
import collections
import functools
import gc
import heapq
import io
import itertools
import operator
import os
import re
import resource
import sys
import warnings

from _expected import unspecified

warnings.simplefilter("ignore")
EVENTS = 2  # how often in a case the hostile arguments act


class Boom(Exception):
    """What the action `raise` raises."""


class Case:
    """What the hostile arguments of the running case do, and how often they still may."""
    budget = 0
    action = None
    receiver = None
    depth = 0
    number = 0  # of the case, for objects that outlive theirs


def act():
    """Called from every hostile special method."""
    if Case.budget <= 0 or Case.depth:
        return
    Case.budget -= 1
    Case.depth += 1
    try:
        Case.action(Case.receiver)
        churn()
    finally:
        Case.depth -= 1


def churn():
    """New objects into the memory that the action has just freed."""
    if os.environ.get("HOSTILE_CHURN") == "no":
        return
    for size in (1, 3, 8, 20, 60, 200):
        [[-77] * size, bytearray(b"\xee" * size * 8), {n: n for n in range(size)}, "\xee" * size]


def hostile(name, *specials, **more):
    """A class of values equal to a number, some of whose special methods act first."""
    def acting(special, answer):
        def method(self, *arguments):
            act()
            return answer(self, *arguments)
        method.__name__ = special
        return method

    body = {"__init__": lambda self, value=1: setattr(self, "value", value),
            "__repr__": lambda self: f"{name}({self.value!r})", **more}
    for special in specials:
        body[special] = acting(special, ANSWERS[special])
    if "__eq__" in specials and "__hash__" not in body:
        body["__hash__"] = lambda self: hash(self.value)
    return type(name, (), body)


def value_of(other):
    return getattr(other, "value", other)


ANSWERS = {
    "__index__": lambda self: self.value,
    "__int__": lambda self: self.value,
    "__float__": lambda self: float(self.value),
    "__complex__": lambda self: complex(self.value),
    "__bool__": lambda self: bool(self.value),
    "__len__": lambda self: self.value,
    "__hash__": lambda self: hash(self.value),
    "__str__": lambda self: str(self.value),
    "__bytes__": lambda self: bytes(str(self.value), "ascii"),
    "__format__": lambda self, spec: f"{spec}{self.value}",
    "__fspath__": lambda self: str(self.value),
    "__eq__": lambda self, other: self.value == value_of(other),
    "__ne__": lambda self, other: self.value != value_of(other),
    "__lt__": lambda self, other: self.value < value_of(other),
    "__gt__": lambda self, other: self.value > value_of(other),
    "__le__": lambda self, other: self.value <= value_of(other),
    "__ge__": lambda self, other: self.value >= value_of(other),
    "__add__": lambda self, other: self.value + value_of(other),
    "__radd__": lambda self, other: value_of(other) + self.value,
    "__mul__": lambda self, other: self.value * value_of(other),
    "__round__": lambda self, *digits: self.value,
    "__neg__": lambda self: -self.value,
    "__abs__": lambda self: abs(self.value),
    "__call__": lambda self, *arguments: arguments[0] if arguments else self.value,
}

I = hostile("I", "__index__")
N = hostile("N", "__int__", "__float__", "__index__", "__complex__")
E = hostile("E", "__eq__")
H = hostile("H", "__hash__", "__eq__")
B = hostile("B", "__bool__")
S = hostile("S", "__str__", "__format__", "__bytes__")
P = hostile("P", "__fspath__")
L = hostile("L", "__lt__", "__gt__", "__le__", "__ge__")
A = hostile("A", "__add__", "__radd__", "__mul__", "__round__", "__neg__", "__abs__")


class R:
    """Its __repr__ acts."""

    def __init__(self, value=1):
        self.value = value

    def __repr__(self):
        act()
        return f"R({self.value!r})"


class ET:
    """Equality answers an object whose truth acts."""

    def __init__(self, value=1):
        self.value = value

    def __eq__(self, other):
        return B(self.value == value_of(other))

    __hash__ = None

    def __repr__(self):
        return f"ET({self.value!r})"


class NX:
    """An iterator; its __next__ acts before the item at `at`."""

    def __init__(self, *items, at=1):
        self.items, self.at, self.index = items, at, 0

    def __iter__(self):
        return self

    def __next__(self):
        if self.index == self.at:
            act()
        if self.index >= len(self.items):
            raise StopIteration
        self.index += 1
        return self.items[self.index - 1]

    def __repr__(self):
        return f"NX{self.items!r}"


class IT:
    """An iterable; its __iter__ acts."""

    def __init__(self, *items):
        self.items = items

    def __iter__(self):
        act()
        return iter(self.items)

    def __repr__(self):
        return f"{type(self).__name__}{self.items!r}"


class LH(IT):
    """An iterable whose iterator's __length_hint__ acts, and is wrong."""

    def __iter__(self):
        return HintingIterator(self.items)

    def __length_hint__(self):
        act()
        return 3


class HintingIterator:
    def __init__(self, items):
        self.iterator = iter(items)

    def __iter__(self):
        return self

    def __next__(self):
        return next(self.iterator)

    def __length_hint__(self):
        act()
        return 2


class LN:
    """A sequence without __iter__: __getitem__ and __len__ act."""

    def __init__(self, *items):
        self.items = items

    def __getitem__(self, index):
        act()
        return self.items[index]

    def __len__(self):
        act()
        return len(self.items)

    def __repr__(self):
        return f"LN{self.items!r}"


class M:
    """A mapping whose keys() and __getitem__ act."""

    def __init__(self, *pairs):
        self.pairs = dict(pairs)

    def keys(self):
        act()
        return list(self.pairs)

    def __getitem__(self, key):
        act()
        return self.pairs[key]

    def __repr__(self):
        return f"M{tuple(self.pairs.items())!r}"


class CT:
    """A container whose __contains__, and a set-like whose __len__ acts."""

    def __init__(self, *items):
        self.items = items

    def __contains__(self, item):
        act()
        return item in self.items

    def __len__(self):
        act()
        return len(self.items)

    def __iter__(self):
        act()
        return iter(self.items)

    def __repr__(self):
        return f"CT{self.items!r}"


class C:
    """A callable that acts, and answers its first argument (or `answer`)."""

    def __init__(self, answer=None, nth=1):
        self.answer, self.nth = answer, nth

    def __call__(self, *arguments, **named):
        self.nth -= 1
        if self.nth <= 0:
            act()
        return arguments[0] if self.answer is None and arguments else self.answer

    def __repr__(self):
        return "C()"


class W:
    """A writer and reader whose methods act."""

    def __init__(self, data=b""):
        self.data, self.written = data, []

    def read(self, n=-1):
        act()
        taken, self.data = (self.data, b"") if n < 0 else (self.data[:n], self.data[n:])
        return taken

    def readline(self):
        return self.read()

    def write(self, data):
        act()
        self.written.append(bytes(data) if not isinstance(data, str) else data)
        return len(data)

    def __repr__(self):
        return f"W({self.written!r})"


# ---- how results look

def joined(items, shape):
    """The shapes of items; of many only the ends and how many there are."""
    if len(items) <= 16:
        return ", ".join(map(shape, items))
    return f"{', '.join(map(shape, items[:8]))}, … {', '.join(map(shape, items[-3:]))} of {len(items)}"


def shortened(text):
    return text if len(text) <= 160 else f"{text[:100]} … {text[-30:]} of {len(text)}"


def show(value, depth=0):
    """The repr of a value, the same in every process."""
    if depth > 4:
        return "…"
    inner = functools.partial(show, depth=depth + 1)
    kind = type(value)
    if value is Case.receiver and depth:
        return "<r>"
    if kind in (list, tuple):
        return ("[%s]" if kind is list else "(%s)") % joined(value, inner)
    if kind in (set, frozenset):
        return f"{kind.__name__}({joined(sorted(map(inner, value)), str)})"
    if isinstance(value, (dict, collections.OrderedDict)):
        body = joined(list(value.items()), lambda item: f"{inner(item[0])}: {inner(item[1])}")
        return f"{'' if kind is dict else kind.__name__}{{{body}}}"
    if isinstance(value, collections.deque):
        return f"deque({inner(list(value))}, {value.maxlen})"
    if isinstance(value, memoryview):
        return f"memoryview({value.tobytes()!r})"
    if isinstance(value, io.BytesIO):
        return f"BytesIO({shortened(repr(value.getvalue()))}, {value.tell()})"
    if isinstance(value, io.StringIO):
        return f"StringIO({shortened(repr(value.getvalue()))}, {value.tell()})"
    if isinstance(value, array.array):
        return f"array({value.typecode!r}, {inner(value.tolist())})"
    if hasattr(value, "__next__") and not isinstance(value, NX):
        return f"{kind.__name__}{inner(list(itertools.islice(value, 40)))}"
    return shortened(repr(value))


def clean(text):
    text = re.sub(r"0x[0-9a-f]{6,}", "0x…", text).replace("\n", "\\n").replace("\t", "\\t")
    return re.sub(r"[\x00-\x1f\x7f]", lambda c: f"\\x{ord(c[0]):02x}", text)


def described(make):
    try:
        return clean(show(make()))
    except BaseException as e:  # a receiver that is closed or released says so
        return clean(f"{type(e).__name__}: {e}")


NAMES = {name: value for name, value in globals().items() if not name.startswith("_")}


@functools.lru_cache(None)
def compiled(program):
    """The program's statements but the last, and the last: an expression if it is one."""
    *first, last = program.split("; ")
    try:
        return compile("; ".join(first), program, "exec"), compile(last, program, "eval"), True
    except SyntaxError:
        return compile("; ".join(first), program, "exec"), compile(last, program, "exec"), False


def run_case(receiver, program, action, names):
    """What one case answers: its result, a tab, the receiver afterwards."""
    first, last, is_expression = compiled(program)
    Case.budget = 0
    Case.number += 1
    scope = dict(NAMES, **names)
    scope["r"] = Case.receiver = receiver(scope) if receiver.__code__.co_argcount else receiver()
    Case.action, Case.depth = action, 0
    result = None
    try:
        exec(first, scope)  # not yet hostile
        Case.receiver = scope["r"]
        Case.budget = EVENTS
        if is_expression:
            result = eval(last, scope)
        else:
            exec(last, scope)
        Case.budget = 0
        outcome = "<r>" if result is scope["r"] else described(lambda: result)
    except BaseException as e:
        Case.budget = 0
        told = str(e)
        outcome = clean(f"{type(e).__name__}: {told}")
    return f"{outcome}\t{described(lambda: scope['r'])}"


def raise_boom(receiver):
    raise Boom("boom")


def collect(receiver):
    gc.collect()


# ---- running a table

def cases(families):
    """(name, function) of each case, in order; families: (title, receiver, actions, programs[, names])."""
    for title, receiver, actions, programs, *names in families:
        for program in programs:
            for label, action in {**actions, "raise": raise_boom}.items():
                name = f"{title}: {program} [{label}]"
                yield name, functools.partial(run_case, receiver, program, action, names[0] if names else {})


def in_children(cases, each_alone):
    """The answers of the cases from child processes: a new one after each death, and `died` for what
    killed.
    """
    at = 0
    while at < len(cases):
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:
            resource.setrlimit(resource.RLIMIT_CPU, (30, 30))
            resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            for case in cases[at:at + 1] if each_alone else cases[at:]:
                os.write(writer, (case() + "\n").encode("utf-8", "backslashreplace"))
            os._exit(0)
        os.close(writer)
        before = at
        with open(reader, encoding="utf-8") as f:
            for line in f:
                yield line.rstrip("\n")
                at += 1
        os.waitpid(child, 0)
        if at < len(cases) and (at == before or not each_alone):
            yield "died\t"
            at += 1


def wanted(name):
    """The command line may name cases: a part of the name, or =NAME."""
    return len(sys.argv) == 1 or any(w[1:] == name if w.startswith("=") else w in name for w in sys.argv[1:])


def main(families):
    table = [(name, case) for name, case in cases(families) if wanted(name)]
    assert len({name for name, _ in table}) == len(table), "a case stands there twice"
    how = os.environ.get("HOSTILE",
                         "")  # all: also what CPython does not survive; alone: a process for each case
    reference = sys.implementation.name == "cpython"
    skip = {
        "%s [%s]" % case
        for case in unspecified(sys.argv[0][:-3] + ".expected")} if reference and how != "all" else ()
    run = [case if name not in skip else lambda: "?\t" for name, case in table]
    answers = in_children(run, how == "alone") if reference else (case() for case in run)
    for (name, _), answer in zip(table, answers):
        os.write(1, f"{name} = {answer}\n".encode("utf-8", "backslashreplace"))
