"""str(): of objects, of bytes with an encoding, and what it refuses."""
from _case import error, outcome

assert str() == "" and str(5) == "5" and str(None) == "None" and str(b"a") == "b'a'"
assert str(b"\xc3\xa9", "utf-8") == "é" and str(b"\xff", errors="replace") == "\ufffd"
assert str(object=1) == "1"
assert error(str, 5, "utf-8") == "TypeError: decoding to str: need a bytes-like object, int found"
assert error(str, "a", "utf-8") == "TypeError: decoding str is not supported"
assert outcome(lambda: str()) == ''
assert outcome(lambda: str(1)) == '1'
assert outcome(lambda: str("a")) == 'a'
assert outcome(lambda: str(None)) == 'None'
assert outcome(lambda: str(object="x")) == 'x'
assert outcome(lambda: str(b"abc", "ascii")) == 'abc'
assert outcome(lambda: str(b"\xe9", encoding="latin-1")) == 'é'
assert outcome(lambda: str(b"a\xff", "ascii", "replace")) == 'a�'
assert outcome(lambda: str(b"abc", errors="strict")) == 'abc'
assert outcome(lambda: str("a", "ascii")) == 'TypeError: decoding str is not supported'
assert outcome(lambda: str(1, "ascii")) == 'TypeError: decoding to str: need a bytes-like object, int found'
assert outcome(lambda: str(b"a", 1)) == "TypeError: str() argument 'encoding' must be str, not int"
assert outcome(lambda: str(1, 2, 3, 4)) == 'TypeError: str() takes at most 3 arguments (4 given)'
assert outcome(lambda: str(x=1)) == "TypeError: 'x' is an invalid keyword argument for str()"
assert outcome(lambda: str(b"abc")) == "b'abc'"
assert outcome(lambda: "abc".__str__()) == 'abc'
