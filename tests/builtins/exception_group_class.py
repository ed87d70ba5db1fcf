"""ExceptionGroup as a class: text, split, subgroup, which class a call makes, what it refuses."""
from _case import error

g = ExceptionGroup("g", [ValueError(1), TypeError(2), ExceptionGroup("h", [ValueError(3)])])
assert str(g) == "g (3 sub-exceptions)"
match, rest = g.split(ValueError)
assert repr(match) == "ExceptionGroup('g', [ValueError(1), ExceptionGroup('h', [ValueError(3)])])"
assert repr(rest) == "ExceptionGroup('g', [TypeError(2)])" and g.subgroup(KeyError) is None
assert type(BaseExceptionGroup("b", [ValueError()])) is ExceptionGroup
assert error(ExceptionGroup, "b", [KeyboardInterrupt()]) == (
    "TypeError: Cannot nest BaseExceptions in an ExceptionGroup")
assert error(ExceptionGroup, "b", []) == (
    "ValueError: second argument (exceptions) must be a non-empty sequence")
