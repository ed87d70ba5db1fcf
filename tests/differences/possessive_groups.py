"""A group within a group that is repeated possessively: its text is what it matched last.

Cause: CPython 3.11 may tell an empty place behind it: (?:(a){1,2}+|)*+ has its group at (1, 1) of "a". Krait
tells (0, 1), as for an atomic group of the same content. Workaround: (?>…) around a greedy repeat.
"""
import re
import sys

match = re.match("(?:(a){1,2}+|)*+", "a")
assert re.match("(?:(?>(a){1,2})|)*", "a").span(1) == (0, 1)
assert match.span() == (0, 1)
assert match.span(1) == ((1, 1) if sys.implementation.name == "cpython" else (0, 1)), match.span(1)
