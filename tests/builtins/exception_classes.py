"""Attributes, construction, text and pickling forms of the built-in exceptions."""
import errno

from _case import error

e = OSError(errno.ENOENT, "gone", "file")
assert type(e) is FileNotFoundError and e.args == (2, "gone") and str(e) == "[Errno 2] gone: 'file'"
assert OSError(1).errno is None and OSError(1, 2).strerror == 2
assert type(OSError(errno.EPIPE, "x")) is BrokenPipeError
assert str(OSError(2, "a", "f", None, "g")) == "[Errno 2] a: 'f' -> 'g'"
assert e.__reduce__() == (FileNotFoundError, (2, "gone", "file"))


class MyOSError(OSError):
    def __init__(self, a):
        super().__init__(a, "text")


assert MyOSError(7).errno == 7 and MyOSError(7).args == (7, "text")

assert str(KeyError("a")) == "'a'" and str(KeyError("a", 1)) == "('a', 1)"
assert StopIteration(3).value == 3 and StopIteration().value is None
assert SystemExit(1, 2).code == (1, 2) and SystemExit().code is None
assert ImportError("m", name="n", path="p").name == "n"
assert error(ImportError, foo=1) == "TypeError: 'foo' is an invalid keyword argument for ImportError()"
assert error(ValueError, foo=1) == "TypeError: ValueError() takes no keyword arguments"
s = SyntaxError("bad", ("f.py", 3, 4, "x = ", 3, 5))
assert str(s) == "bad (f.py, line 3)" and s.lineno == 3 and s.end_offset == 5 and s.text == "x = "
u = UnicodeDecodeError("utf-8", b"\xff", 0, 1, "bad")
assert str(u) == "'utf-8' codec can't decode byte 0xff in position 0: bad"
assert str(UnicodeEncodeError("ascii", "\u20ac", 0, 1, "no")) == "'ascii' codec can't encode character '\\u20ac' in position 0: no"

e = ValueError("a")
e.add_note("n1")
assert e.__notes__ == ["n1"] and error(e.add_note, 1) == "TypeError: note must be a str, not 'int'"
assert e.with_traceback(None) is e
assert error(setattr, e, "__traceback__", 1) == "TypeError: __traceback__ must be a traceback or None"
assert error(setattr, e, "__cause__", 1) == "TypeError: exception cause must be None or derive from BaseException"
e.__cause__ = None
assert e.__suppress_context__
e.x = 3
assert e.__reduce__() == (ValueError, ("a",), {"__notes__": ["n1"], "x": 3})

g = ExceptionGroup("g", [ValueError(1), TypeError(2), ExceptionGroup("h", [ValueError(3)])])
assert str(g) == "g (3 sub-exceptions)"
match, rest = g.split(ValueError)
assert repr(match) == "ExceptionGroup('g', [ValueError(1), ExceptionGroup('h', [ValueError(3)])])"
assert repr(rest) == "ExceptionGroup('g', [TypeError(2)])" and g.subgroup(KeyError) is None
assert type(BaseExceptionGroup("b", [ValueError()])) is ExceptionGroup
assert error(ExceptionGroup, "b", [KeyboardInterrupt()]) == "TypeError: Cannot nest BaseExceptions in an ExceptionGroup"
assert error(ExceptionGroup, "b", []) == "ValueError: second argument (exceptions) must be a non-empty sequence"
