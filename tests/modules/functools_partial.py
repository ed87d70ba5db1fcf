"""functools: partial and reduce."""
import functools

from _case import error

assert functools.reduce(lambda a, b: a + b, [1, 2, 3]) == 6 and functools.reduce(max, [], 5) == 5
assert error(functools.reduce, max, []) == "TypeError: reduce() of empty iterable with no initial value"
p = functools.partial(int, base=2)
assert p("101") == 5 and p.func is int and p.keywords == {"base": 2} and p.args == ()
assert functools.partial(p, "11")() == 3
assert repr(functools.partial(print, 1)).startswith("functools.partial(<built-in function print>, 1)")
