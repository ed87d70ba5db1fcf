"""Exceptions with attributes of their own: what the constructor makes of its arguments, and the text."""
from _case import error

assert str(KeyError("k")) == "'k'" and str(KeyError(("a",))) == "('a',)" and StopIteration(1, 2).value == 1
assert SystemExit(1, 2).code == (1, 2) and SystemExit("m").code == "m"
i = ImportError("msg", name="n", path="p")
assert i.msg == "msg" and i.name == "n" and i.path == "p"
assert error(ImportError, x=1) == "TypeError: 'x' is an invalid keyword argument for ImportError()"
assert NameError("m", name="q").name == "q" and AttributeError("m", name="q", obj=5).obj == 5
s = SyntaxError("bad", ("f.py", 3, 5, "some text", 3, 9))
assert (s.msg, s.filename, s.lineno, s.offset, s.text, s.end_lineno, s.end_offset) == (
    "bad", "f.py", 3, 5, "some text", 3, 9)
assert str(s) == "bad (f.py, line 3)" and str(SyntaxError("just")) == "just"
assert SyntaxError("a", ("f", 1, 2, "t")).end_lineno is None and s.print_file_and_line is None
u = UnicodeEncodeError("ascii", "aé", 1, 2, "why")
assert (u.encoding, u.object, u.start, u.end, u.reason) == ("ascii", "aé", 1, 2, "why")
assert str(u) == "'ascii' codec can't encode character '\\xe9' in position 1: why"
assert str(UnicodeDecodeError("utf-8", b"ab", 0, 2, "r")) == (
    "'utf-8' codec can't decode bytes in position 0-1: r")
assert str(UnicodeTranslateError("é", 0, 1, "r")) == "can't translate character '\\xe9' in position 0: r"
assert error(UnicodeDecodeError, "a") == "TypeError: function takes exactly 5 arguments (1 given)"

assert str(KeyError("a")) == "'a'" and str(KeyError("a", 1)) == "('a', 1)"
assert StopIteration(3).value == 3 and StopIteration().value is None
assert SystemExit(1, 2).code == (1, 2) and SystemExit().code is None
assert ImportError("m", name="n", path="p").name == "n"
assert error(ImportError, foo=1) == "TypeError: 'foo' is an invalid keyword argument for ImportError()"
s = SyntaxError("bad", ("f.py", 3, 4, "x = ", 3, 5))
assert str(s) == "bad (f.py, line 3)" and s.lineno == 3 and s.end_offset == 5 and s.text == "x = "
u = UnicodeDecodeError("utf-8", b"\xff", 0, 1, "bad")
assert str(u) == "'utf-8' codec can't decode byte 0xff in position 0: bad"
assert str(UnicodeEncodeError("ascii", "\u20ac", 0, 1, "no")) == (
    "'ascii' codec can't encode character '\\u20ac' in position 0: no")
