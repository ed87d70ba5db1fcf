"""Values and comparisons shared by the tests *_forms.py: every specialised form of an operation against the
generic one.

A form is a function made from text, so that the compiler chooses its instruction. All forms of an operation
must give what the function of `operator` gives, and what CPython 3.11 gave: the digests in the tests are
its answers (made anew with --digest).
"""
import hashlib
import math
import sys

import _case


class I(int):
    """A subclass of int without methods: never an immediate value."""


class F(float):
    """A subclass of float without methods."""


class Returning(int):
    """An int with operators of its own, which must be asked first."""

    def __add__(self, other): return "add"
    def __radd__(self, other): return "radd"
    def __iadd__(self, other): return "iadd"
    def __sub__(self, other): return "sub"
    def __rsub__(self, other): return "rsub"
    def __isub__(self, other): return "isub"
    def __mul__(self, other): return "mul"
    def __rmul__(self, other): return "rmul"
    def __mod__(self, other): return "mod"
    def __rfloordiv__(self, other): return "rfloordiv"
    def __and__(self, other): return "and"
    def __rlshift__(self, other): return "rlshift"
    def __rpow__(self, other, mod=None): return "rpow"
    def __lt__(self, other): return "lt"
    def __eq__(self, other): return "eq"
    def __ge__(self, other): return ""
    __hash__ = int.__hash__


SMALL = [0, 1, -1, 2, -2, 3, -7, 61, 62, 255, 2**15 - 1, -2**15, 2**15]
EDGES = [s * (2**n + d) for n in (61, 62, 63) for d in (-1, 0, 1) for s in (1, -1)]
EDGES += [2**31, -2**32, 2**53 + 1, -2**60, 2**60 + 1, 2**64]
HUGE = [-2**100, 3**90]
INTS = SMALL + EDGES + HUGE + [True, False, I(5), I(-3), I(2**61), Returning(4)]
FLOATS = [0.0, -0.0, 1.0, -1.0, 0.5, 1.5, -2.5, 3.0, 1e16, 2.0**53, -(2.0**61), 2.0**63, 1e100, -1e100,
          1e200, 1.5e300, -1e308,
          1e-100, 1e-300, 5e-324, -5e-324, 2.2250738585072014e-308, 0.1, math.inf, -math.inf, math.nan,
          F(1.5), F(0.0)]
OTHERS = [1j, complex(0.0, -0.0), "", "ab", "\u0100", b"", b"xy", bytearray(b"q"), (), (1, 2), [],
          [1, [2]], None, NotImplemented,
          {1: 2}, {1, 2}, frozenset((2, 3)), range(3), int, Ellipsis]
NUMBERS = INTS + FLOATS


def show(v):
    """What a value is, exactly: its types and text."""
    if type(v) in (list, tuple):
        return f"{type(v).__name__}({', '.join(show(i) for i in v)})"
    return f"{type(v).__name__} {v!r}"


def outcome(function, *arguments):
    """What calling gives: the value shown, or the exception with its text."""
    return _case.outcome(lambda: show(function(*arguments)))


def made(text, **names):
    """The function `f` that a text defines."""
    exec(text, names)
    return names["f"]


def literal(v):
    """The text of a number as a program writes it; None: it has none."""
    if type(v) is int or type(v) is float and math.isfinite(v):
        return repr(v)
    return None


class Digest:
    """Outcomes by kind, compared with the digests that CPython gave."""

    def __init__(self, expected):
        self.expected = expected
        self.hashes = {}
        self.count = 0

    def add(self, kind, text):
        self.hashes.setdefault(kind,
                               hashlib.sha256()).update(text.encode("utf-8", "backslashreplace") + b"\n")
        self.count += 1
        if len(sys.argv) > 2 and sys.argv[2] == kind:
            print(text)

    def check(self):
        """Compares; with --digest prints the table instead, with --digest KIND what went into one of its
        rows.
        """
        found = {kind: h.hexdigest()[:16] for kind, h in self.hashes.items()}
        if "--digest" in sys.argv:
            print("EXPECTED = {" + "".join(f"\n    {k!r}: {v!r}," for k, v in found.items()) + "\n}")
            return
        different = [kind for kind in found.keys() | self.expected.keys()
                     if found.get(kind) != self.expected.get(kind)]
        assert not different, f"not CPython's answers: {sorted(different)} (see --digest KIND)"
