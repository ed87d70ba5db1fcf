"""operator: functions for operators, itemgetter, attrgetter, methodcaller."""
import operator
import types

assert operator.add(1, 2) == 3 and operator.itemgetter(1)([1, 2]) == 2
assert operator.itemgetter(0, "a")({0: 1, "a": 2}) == (1, 2)
assert operator.attrgetter("real", "imag")(1j) == (0.0, 1.0) and operator.methodcaller("upper")("a") == "A"
assert operator.contains([1], 1) and operator.index(5) == 5 and operator.concat([1], [2]) == [1, 2]
assert operator.attrgetter("a.b")(types.SimpleNamespace(a=types.SimpleNamespace(b=3))) == 3
assert operator.iadd([1], [2]) == [1, 2] and operator.truth([]) is False
assert operator.length_hint(iter([1])) == 1 and operator.countOf([1, 1], 1) == 2
assert operator.not_(1) is False and operator.call(len, "ab") == 2
