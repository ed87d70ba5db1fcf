"""Constructors, attributes and texts of the builtin exceptions; the class tree."""
from _case import error

TREE = """
BaseException
 BaseExceptionGroup
 GeneratorExit
 KeyboardInterrupt
 SystemExit
 Exception
  ArithmeticError
   FloatingPointError
   OverflowError
   ZeroDivisionError
  AssertionError
  AttributeError
  BufferError
  EOFError
  ImportError
   ModuleNotFoundError
  LookupError
   IndexError
   KeyError
  MemoryError
  NameError
   UnboundLocalError
  OSError
   BlockingIOError
   ChildProcessError
   ConnectionError
    BrokenPipeError
    ConnectionAbortedError
    ConnectionRefusedError
    ConnectionResetError
   FileExistsError
   FileNotFoundError
   InterruptedError
   IsADirectoryError
   NotADirectoryError
   PermissionError
   ProcessLookupError
   TimeoutError
  ReferenceError
  RuntimeError
   NotImplementedError
   RecursionError
  StopAsyncIteration
  StopIteration
  SyntaxError
   IndentationError
    TabError
  SystemError
  TypeError
  ValueError
   UnicodeError
    UnicodeDecodeError
    UnicodeEncodeError
    UnicodeTranslateError
  Warning
   BytesWarning
   DeprecationWarning
   EncodingWarning
   FutureWarning
   ImportWarning
   PendingDeprecationWarning
   ResourceWarning
   RuntimeWarning
   SyntaxWarning
   UnicodeWarning
   UserWarning
"""
import builtins
stack = []
for line in TREE.strip("\n").split("\n"):
    depth = len(line) - len(line.lstrip())
    cls = getattr(builtins, line.strip())
    del stack[depth:]
    assert cls.__bases__[0] is (stack[-1] if stack else object), cls
    assert cls.__name__ == line.strip() and cls.__module__ == "builtins"
    stack.append(cls)
assert ExceptionGroup.__bases__ == (BaseExceptionGroup, Exception) and EnvironmentError is OSError is IOError
for cls in (ValueError, TypeError, RuntimeError, KeyboardInterrupt, AssertionError, MemoryError, EOFError, Warning):
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
o = OSError(13, "Denied", "file", None, "other")
assert type(o) is PermissionError
assert (o.errno, o.strerror, o.filename, o.filename2) == (13, "Denied", "file", "other")
assert str(o) == "[Errno 13] Denied: 'file' -> 'other'" and o.args == (13, "Denied")
for number, cls in [(2, FileNotFoundError), (17, FileExistsError), (21, IsADirectoryError), (20, NotADirectoryError), (1, PermissionError), (11, BlockingIOError), (32, BrokenPipeError), (104, ConnectionResetError), (111, ConnectionRefusedError), (103, ConnectionAbortedError), (4, InterruptedError), (3, ProcessLookupError), (10, ChildProcessError), (110, TimeoutError), (5, OSError)]:
    assert type(OSError(number, "t")) is cls, number
assert str(OSError("one")) == "one" and OSError("one").errno is None and OSError(1).errno is None
assert type(FileNotFoundError(13, "x")) is FileNotFoundError
assert str(KeyError("k")) == "'k'" and str(KeyError(("a",))) == "('a',)" and StopIteration(1, 2).value == 1
assert SystemExit(1, 2).code == (1, 2) and SystemExit("m").code == "m"
i = ImportError("msg", name="n", path="p")
assert i.msg == "msg" and i.name == "n" and i.path == "p"
assert error(ImportError, x=1) == "TypeError: 'x' is an invalid keyword argument for ImportError()"
assert NameError("m", name="q").name == "q" and AttributeError("m", name="q", obj=5).obj == 5
s = SyntaxError("bad", ("f.py", 3, 5, "some text", 3, 9))
assert (s.msg, s.filename, s.lineno, s.offset, s.text, s.end_lineno, s.end_offset) == ("bad", "f.py", 3, 5, "some text", 3, 9)
assert str(s) == "bad (f.py, line 3)" and str(SyntaxError("just")) == "just"
assert SyntaxError("a", ("f", 1, 2, "t")).end_lineno is None and s.print_file_and_line is None
u = UnicodeEncodeError("ascii", "aé", 1, 2, "why")
assert (u.encoding, u.object, u.start, u.end, u.reason) == ("ascii", "aé", 1, 2, "why")
assert str(u) == "'ascii' codec can't encode character '\\xe9' in position 1: why"
assert str(UnicodeDecodeError("utf-8", b"ab", 0, 2, "r")) == "'utf-8' codec can't decode bytes in position 0-1: r"
assert str(UnicodeTranslateError("é", 0, 1, "r")) == "can't translate character '\\xe9' in position 0: r"
assert error(UnicodeDecodeError, "a") == "TypeError: function takes exactly 5 arguments (1 given)"


class Mine(Exception):
    def __init__(self, a, *, b=2):
        self.a, self.b = a, b


m = Mine(1, b=3)
assert m.args == (1,) and (m.a, m.b) == (1, 3) and repr(m) == "Mine(1)" and str(m) == "1"


class Both(KeyError, AttributeError):
    pass


assert isinstance(Both(), LookupError) and str(Both("x")) == "'x'"
assert error(type, "Bad", (OSError, StopIteration), {}) == "TypeError: multiple bases have instance lay-out conflict"
assert error(BaseException.__new__, int) == "TypeError: BaseException.__new__(int): int is not a subtype of BaseException"
x = Exception("a")
assert x.with_traceback(None) is x
assert error(x.with_traceback, 5) == "TypeError: __traceback__ must be a traceback or None"
assert error(setattr, x, "args", 5) == "TypeError: 'int' object is not iterable"
assert x.__setstate__({"q": 1}) is None and x.q == 1
try:
    assert False, "message"
except AssertionError as a:
    assert a.args == ("message",)
try:
    assert 0
except AssertionError as a:
    assert a.args == ()
try:
    assert not 1, [1, 2]
except AssertionError as a:
    assert a.args == ([1, 2],)
