"""What wrong calls of native functions, methods and constructors say."""
from _case import error

assert int.__call__(5) == 5 and type.__call__(int, "7") == 7 and int.__new__(int, 3) == 3
assert error(int.__new__, str) == "TypeError: int.__new__(str): str is not a subtype of int"
assert error(object.__new__, int) == "TypeError: object.__new__(int) is not safe, use int.__new__()"
assert error(int.__add__, "a",
             1) == "TypeError: descriptor '__add__' requires a 'int' object but received a 'str'"
assert error(str.upper, 5) == (
    "TypeError: descriptor 'upper' for 'str' objects doesn't apply to a 'int' object")
assert error(str.upper) == "TypeError: unbound method str.upper() needs an argument"
assert error(list.append, 1, 2) == (
    "TypeError: descriptor 'append' for 'list' objects doesn't apply to a 'int' object")

assert error(len) == "TypeError: len() takes exactly one argument (0 given)"
assert error([].append) == "TypeError: list.append() takes exactly one argument (0 given)"
assert error([].append, x=1) == "TypeError: list.append() takes no keyword arguments"
assert error([].clear, 1) == "TypeError: list.clear() takes no arguments (1 given)"
assert error([].pop, 1, 2) == "TypeError: pop expected at most 1 argument, got 2"
assert error([].insert, 1) == "TypeError: insert expected 2 arguments, got 1"
assert error("".split, 1, 2, 3) == "TypeError: split() takes at most 2 arguments (3 given)"
assert error("".split, None, sep=1) == (
    "TypeError: argument for split() given by name ('sep') and position (1)")
assert error("".split, foo=1) == "TypeError: 'foo' is an invalid keyword argument for split()"
assert error((1).__add__) == "TypeError: expected 1 argument, got 0"
assert error(list.append) == "TypeError: unbound method list.append() needs an argument"
assert error(list.append, 1, 2) == (
    "TypeError: descriptor 'append' for 'list' objects doesn't apply to a 'int' object")
assert error(int.__add__, "a",
             1) == "TypeError: descriptor '__add__' requires a 'int' object but received a 'str'"
assert error(int.__new__) == "TypeError: int.__new__(): not enough arguments"
assert error(int.__new__, str) == "TypeError: int.__new__(str): str is not a subtype of int"
assert error(object.__new__, int) == "TypeError: object.__new__(int) is not safe, use int.__new__()"
assert error(setattr, int, "x", 1) == "TypeError: cannot set 'x' attribute of immutable type 'int'"
assert error(setattr, 1, "real", 2) == "AttributeError: attribute 'real' of 'int' objects is not writable"
assert error(object, 1) == "TypeError: object() takes no arguments"

# slots of two arguments and more: a blank where a name should stand
assert error((1).__pow__) == "TypeError:  expected at least 1 argument, got 0"
assert error((1).__pow__, 1, 2, 3) == "TypeError:  expected at most 2 arguments, got 3"
assert error([].__setitem__, 1) == error(object().__setattr__, 1) == "TypeError:  expected 2 arguments, got 1"
assert error([].__delitem__) == "TypeError: expected 1 argument, got 0"

# object.__init__ of what has no constructor takes everything
for instance in iter([]), (i for i in []), len:
    assert instance.__init__(1, 2, a=3) is None
assert error(object().__init__, 1).endswith("takes exactly one argument (the instance to initialize)")

# what the reference parses as a tuple is called by its bare name
assert error("".find) == "TypeError: find() takes at least 1 argument (0 given)"
assert error("".find, sub=1) == "TypeError: find() takes no keyword arguments"
