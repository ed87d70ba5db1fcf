"""args, text and repr of exceptions, of classes derived from them too."""
from _case import error

for cls in (
        ValueError, TypeError, RuntimeError, KeyboardInterrupt, AssertionError, MemoryError, EOFError,
        Warning):
    e = cls()
    assert e.args == () and str(e) == "" and repr(e) == cls.__name__ + "()"
    e = cls("m")
    assert e.args == ("m",) and str(e) == "m" and repr(e) == cls.__name__ + "('m')"
    e = cls(1, "b")
    assert e.args == (1, "b") and str(e) == "(1, 'b')" and repr(e) == cls.__name__ + "(1, 'b')"
    assert e.__cause__ is None and e.__context__ is None and e.__traceback__ is None
    assert e.__suppress_context__ is False
    e.args = ["new"]
    assert e.args == ("new",) and str(e) == "new"
e = ValueError("x")
e.attr = 5
assert e.attr == 5 and e.__dict__ == {"attr": 5} and e.__reduce__() == (ValueError, ("x",), {"attr": 5})


class Mine(Exception):
    def __init__(self, a, *, b=2):
        self.a, self.b = a, b


m = Mine(1, b=3)
assert m.args == (1,) and (m.a, m.b) == (1, 3) and repr(m) == "Mine(1)" and str(m) == "1"


class Both(KeyError, AttributeError):
    pass


assert isinstance(Both(), LookupError) and str(Both("x")) == "'x'"
assert error(type, "Bad", (OSError, StopIteration), {}) == (
    "TypeError: multiple bases have instance lay-out conflict")
assert error(BaseException.__new__, int) == (
    "TypeError: BaseException.__new__(int): int is not a subtype of BaseException")
x = Exception("a")
assert error(setattr, x, "args", 5) == "TypeError: 'int' object is not iterable"
assert error(ValueError, foo=1) == "TypeError: ValueError() takes no keyword arguments"
