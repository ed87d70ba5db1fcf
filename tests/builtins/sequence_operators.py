"""+ and * of built-in sequences: the other operand's number methods come first, then the sequence's own."""
import array
import collections
import operator

from _case import outcome

log = []


class Index:
    def __index__(self):
        log.append("index")
        return 2


class Declines(Index):
    def __rmul__(self, other):
        log.append("rmul")
        return NotImplemented


class Answers(Index):
    def __rmul__(self, other):
        log.append("rmul")
        return "R"

    def __mul__(self, other):
        log.append("mul")
        return "M"


class NoIndex:
    def __rmul__(self, other):
        log.append("rmul")
        return NotImplemented


class Adds:
    def __add__(self, other):
        log.append("add")
        return NotImplemented

    def __radd__(self, other):
        log.append("radd")
        return NotImplemented

    def __iter__(self):
        return iter((7, 8))


class OwnList(list):
    pass


MAKERS = [lambda: [1], lambda: (1,), lambda: "a", lambda: b"a", lambda: bytearray(b"a"),
          lambda: array.array("i", [1]), lambda: collections.deque([1]), lambda: OwnList([1])]


def answered(call):
    log.clear()
    return outcome(call), list(log)


for make in MAKERS:
    twice = outcome(lambda: make() * 2)
    name = type(make()).__name__
    for how in (operator.mul, operator.imul):
        assert answered(lambda: how(make(), Index())) == (twice, ["index"]), name
        assert answered(lambda: how(make(), Declines())) == (twice, ["rmul", "index"]), name
        assert answered(lambda: how(make(), Answers()))[1] == ["rmul"], name
        refused = "TypeError: can't multiply sequence by non-int of type 'NoIndex'"
        assert answered(lambda: how(make(), NoIndex())) == (refused, ["rmul"]), name
        for odd in (2.0, None, "a", [1]):
            refused = f"TypeError: can't multiply sequence by non-int of type '{type(odd).__name__}'"
            got = answered(lambda: how(make(), odd))
            assert got == (refused, []), (name, odd, got)
        got = answered(lambda: how(make(), 1 << 70))
        assert got == ("OverflowError: cannot fit 'int' into an index-sized integer", []), (name, got)
    assert answered(lambda: Index() * make()) == (twice, ["index"]), name
    assert answered(lambda: Declines() * make()) == (twice, ["index"]), name
    assert answered(lambda: Answers() * make())[1] == ["mul"], name
    for method in ("__mul__", "__rmul__", "__imul__"):
        f = getattr(make(), method, None)
        if f:
            assert answered(lambda: f(Declines())) == (twice, ["index"]), name
            refused = "TypeError: 'NoIndex' object cannot be interpreted as an integer"
            assert answered(lambda: f(NoIndex())) == (refused, []), name

CANNOT_ADD = {
    "list": "can only concatenate list (not \"Adds\") to list",
    "OwnList": "can only concatenate list (not \"Adds\") to list",
    "tuple": "can only concatenate tuple (not \"Adds\") to tuple",
    "str": "can only concatenate str (not \"Adds\") to str", "bytes": "can't concat Adds to bytes",
    "bytearray": "can't concat Adds to bytearray", "array": "can only append array (not \"Adds\") to array",
    "deque": "can only concatenate deque (not \"Adds\") to deque",
}
for make in MAKERS:
    name = type(make()).__name__
    refused = "TypeError: " + CANNOT_ADD[name]
    assert answered(lambda: make() + Adds()) == (refused, ["radd"]), name
    assert answered(lambda: operator.concat(make(), Adds())) == (refused, []), name
    got = answered(lambda: operator.iadd(make(), Adds()))
    assert got[1] == ([] if name == "OwnList" else ["radd"]), (name, got)
    if name in ("list", "OwnList", "deque"):
        assert got[0] == outcome(lambda: type(make())([1, 7, 8])), (name, got)
    else:
        assert got[0].startswith("TypeError: can"), (name, got)
    assert answered(lambda: operator.iconcat(make(), Adds())) == (got[0], []), name

assert outcome(lambda: operator.concat(Adds(), [1])) == "TypeError: 'Adds' object can't be concatenated"
assert outcome(lambda: operator.concat({}, {})) == "TypeError: 'dict' object can't be concatenated"
