"""pprint and reprlib: long values over several lines, and cut short."""
import pprint
import reprlib

assert pprint.pformat({"b": [1, 2], "a": (3,)}) == "{'a': (3,), 'b': [1, 2]}"
assert pprint.pformat(list(range(40)), width=30).count("\n") == 39
assert pprint.pformat({"k%d" % i: "v" * 20 for i in range(3)}) == (
    "{'k0': 'vvvvvvvvvvvvvvvvvvvv',\n 'k1': 'vvvvvvvvvvvvvvvvvvvv',\n 'k2': 'vvvvvvvvvvvvvvvvvvvv'}")
assert reprlib.repr(list(range(100))) == "[0, 1, 2, 3, 4, 5, ...]"
