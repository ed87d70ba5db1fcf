"""Docstrings of functions: whose they are, and that they stay when the code is exchanged."""
def f():
    "doc"
def g(): pass
assert f.__doc__ == "doc" and g.__doc__ is None
f.__code__ = g.__code__
assert f.__doc__ == "doc"
def h():
    "other"
h.__doc__ = None
assert h.__doc__ is None
del h.__doc__
assert h.__doc__ is None
def k():
    "k"
del k.__doc__
assert k.__doc__ is None
import types
assert types.FunctionType(f.__code__, {}).__doc__ is None
class A:
    @property
    def p(self):
        "prop"
assert A.p.__doc__ == "prop"
import functools
@functools.wraps(h)
def w(): "mine"
assert w.__doc__ is None, w.__doc__
