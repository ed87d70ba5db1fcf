"""Trailing commas in displays, parameters and arguments; displays within displays."""


def one(x): return x + 1


assert [1, 2, 3,][-1] == 3 and (1,)[0] == 1 and {1: 2,}[1] == 2 and {1,} == {1}
assert one(x=1,) == 2 and (lambda a, b,: a + b)(1, 2,) == 3
nested = {"a": [{"b": (1, {2: [3]})}]}
assert nested["a"][0]["b"][1][2][0] == 3
