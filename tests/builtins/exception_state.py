"""Notes, traceback, cause and dictionary of an exception: what may be set, and what pickling takes along."""
from _case import error

x = Exception("a")
assert x.with_traceback(None) is x
assert error(x.with_traceback, 5) == "TypeError: __traceback__ must be a traceback or None"
assert x.__setstate__({"q": 1}) is None and x.q == 1

e = ValueError("a")
e.add_note("n1")
assert e.__notes__ == ["n1"] and error(e.add_note, 1) == "TypeError: note must be a str, not 'int'"
assert e.with_traceback(None) is e
assert error(setattr, e, "__traceback__", 1) == "TypeError: __traceback__ must be a traceback or None"
assert error(setattr, e, "__cause__", 1) == (
    "TypeError: exception cause must be None or derive from BaseException")
e.__cause__ = None
assert e.__suppress_context__
e.x = 3
assert e.__reduce__() == (ValueError, ("a",), {"__notes__": ["n1"], "x": 3})
