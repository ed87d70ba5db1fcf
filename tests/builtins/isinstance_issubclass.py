"""isinstance and issubclass: classes, tuples, unions, and what they refuse."""
from _case import error

assert isinstance(1, int) and isinstance(True, int) and isinstance(1, (str, int))
assert isinstance(1, (str, (float, int))) and not isinstance(1, ()) and isinstance(None, type(None))
assert isinstance(1, int | str) and not isinstance(1.5, int | str) and isinstance(None, int | None)
assert error(isinstance, 1, 5) == "TypeError: isinstance() arg 2 must be a type, a tuple of types, or a union"
assert error(isinstance, 1, list[int]) == (
    "TypeError: isinstance() argument 2 cannot be a parameterized generic")
assert error(issubclass, 1, int) == "TypeError: issubclass() arg 1 must be a class"
assert error(issubclass, int, 5) == (
    "TypeError: issubclass() arg 2 must be a class, a tuple of classes, or a union")
assert issubclass(bool, int) and issubclass(int, object) and issubclass(int, (str, object))
assert issubclass(int, int | str) and not issubclass(int, bool)
