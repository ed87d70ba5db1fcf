"""str: indexing, repr, comparison, hashing, multiplication, concatenation across widths, str() of things, ord and chr."""
from _case import error, outcome

a, e, j, s = "abc", "é", "日本", "😀x"
for x in (a, e, j, s, ""):
    for y in (a, e, j, s, ""):
        z = x + y
        assert len(z) == len(x) + len(y) and z[:len(x)] == x and z[len(x):] == y
        assert list(z) == list(x) + list(y)
        assert hash(z) == hash("".join([x, y])) and z == f"{x}{y}" == "%s%s" % (x, y)
        assert (z == x) == (y == "")
        assert (x < y) == (list(map(ord, x)) < list(map(ord, y)))
    assert x * 3 == x + x + x and x * 0 == "" and x * -1 == "" and 2 * x == x + x
    assert x[::-1][::-1] == x and "".join(reversed(x)) == x[::-1]
    assert eval(repr(x)) == x and eval(ascii(x)) == x and ascii(x).isascii()
assert a[0] == "a" and a[-1] == "c" and s[0] == "😀" and j[1] == "本"
assert error(lambda: a[3]) == "IndexError: string index out of range"
assert error(lambda: str()[0]) == "IndexError: string index out of range"
assert repr("a'b") == '"a\'b"' and repr('a"b') == "'a\"b'" and repr("a'\"b") == "'a\\'\"b'"
assert repr("\n\t\r\\\0\x7f\xa0\xad") == "'\\n\\t\\r\\\\\\x00\\x7f\\xa0\\xad'"
assert repr("é日😀") == "'é日😀'" and repr("\ud800") == "'\\ud800'"
assert repr("\u200b\u3000\ue000\U000e0001") == "'\\u200b\\u3000\\ue000\\U000e0001'"
assert ascii("é日😀") == "'\\xe9\\u65e5\\U0001f600'"
assert ord("a") == 97 and ord("😀") == 0x1F600 and chr(0x1F600) == "😀" and chr(0) == "\0"
assert chr(0x10FFFF) == "\U0010ffff"
assert error(ord, "ab") == "TypeError: ord() expected a character, but string of length 2 found"
assert error(ord, 5) == "TypeError: ord() expected string of length 1, but int found"
assert error(chr, 0x110000) == "ValueError: chr() arg not in range(0x110000)"
assert error(chr, -1) == "ValueError: chr() arg not in range(0x110000)" and ord(b"a") == 97
assert str() == "" and str(5) == "5" and str(None) == "None" and str(b"a") == "b'a'"
assert str(b"\xc3\xa9", "utf-8") == "é" and str(b"\xff", errors="replace") == "\ufffd"
assert str(object=1) == "1"
assert error(str, 5, "utf-8") == "TypeError: decoding to str: need a bytes-like object, int found"
assert error(str, "a", "utf-8") == "TypeError: decoding str is not supported"
assert error(lambda: "a" + 5) == 'TypeError: can only concatenate str (not "int") to str'
assert error(lambda: 5 + "a") == "TypeError: unsupported operand type(s) for +: 'int' and 'str'"
assert "a" < "b" < "ba" < "é" < "日" < "😀" and "Z" < "a" and not "a" < "a" and "a" <= "a"
assert hash("abc") == hash("ab" + "c") and {"abc": 1}["a" + "bc"] == 1 and "abc" == "".join("abc")
assert "a" != 97 and "1" != 1
t = ""
for i in range(1000):
    t += "x"
u = t
t += "y"
assert len(t) == 1001 and len(u) == 1000 and u == "x" * 1000 and t[-1] == "y"
v = t
v += "é"
w = t
w += "日"
assert v[-1] == "é" and w[-1] == "日" and len(t) == 1001 and t[-1] == "y"


class S(str):
    def __str__(self):
        return "custom"


x = S("raw")
assert str(x) == "custom" and x == "raw" and f"{x}" == "custom" and "%s" % x == "custom"
assert "".join([x]) == "raw" and x.upper() == "RAW" and type(x.upper()) is str and type(x + "") is str
assert type(x[:]) is str
assert hash(x) == hash("raw") and {"raw": 1}[x] == 1 and len(x) == 3 and isinstance(x, str)
assert repr(x) == "'raw'"
x.attr = 5
assert x.attr == 5
assert "abc".__contains__("b") and "abc".__len__() == 3 and "a".__add__("b") == "ab"
assert "a".__mul__(2) == "aa" and "a".__eq__(1) is NotImplemented and str.__len__("ab") == 2
assert error(lambda: "a" * 2 ** 63).startswith("OverflowError: cannot fit 'int' into an index-sized integer")
assert "ab".__getitem__(slice(0, 1)) == "a"
assert sorted("hello") == ["e", "h", "l", "l", "o"] and max("hello") == "o"
assert list(enumerate("ab")) == [(0, "a"), (1, "b")] and set("aab") == {"a", "b"}
assert tuple("ab") == ("a", "b")
assert outcome(lambda: "a" + "b") == 'ab'
assert outcome(lambda: "a" + "\u20ac") == 'a€'
assert outcome(lambda: "\U0001f600" + "b") == '😀b'
assert outcome(lambda: "" + "a") == 'a'
assert outcome(lambda: "a" + "") == 'a'
assert outcome(lambda: "a" + 1) == 'TypeError: can only concatenate str (not "int") to str'
assert outcome(lambda: 1 + "a") == "TypeError: unsupported operand type(s) for +: 'int' and 'str'"
assert outcome(lambda: "a" + None) == 'TypeError: can only concatenate str (not "NoneType") to str'
assert outcome(lambda: "a" + b"b") == 'TypeError: can only concatenate str (not "bytes") to str'
assert outcome(lambda: "ab" * 3) == 'ababab'
assert outcome(lambda: 3 * "ab") == 'ababab'
assert outcome(lambda: "ab" * 0) == ''
assert outcome(lambda: "ab" * -1) == ''
assert outcome(lambda: "\u20ac" * 3) == '€€€'
assert outcome(lambda: "" * 100) == ''
assert outcome(lambda: "ab" * True) == 'ab'
assert outcome(lambda: "a" * 1.5) == "TypeError: can't multiply sequence by non-int of type 'float'"
assert outcome(lambda: 1.5 * "a") == "TypeError: can't multiply sequence by non-int of type 'float'"
assert outcome(lambda: "a" * "b") == "TypeError: can't multiply sequence by non-int of type 'str'"
assert outcome(lambda: "abc"[0]) == 'a'
assert outcome(lambda: "abc"[-1]) == 'c'
assert outcome(lambda: "abc"[True]) == 'b'
assert outcome(lambda: "abc"[3]) == 'IndexError: string index out of range'
assert outcome(lambda: "abc"[-4]) == 'IndexError: string index out of range'
assert outcome(lambda: "abc".__getitem__("a")) == "TypeError: string indices must be integers, not 'str'"
assert outcome(lambda: "abc".__getitem__(1.0)) == "TypeError: string indices must be integers, not 'float'"
assert outcome(lambda: "abcdef"[1:3]) == 'bc'
assert outcome(lambda: "abcdef"[::2]) == 'ace'
assert outcome(lambda: "abcdef"[::-1]) == 'fedcba'
assert outcome(lambda: "abcdef"[5:1:-2]) == 'fd'
assert outcome(lambda: "abcdef"[10:]) == ''
assert outcome(lambda: "abcdef"[:-2]) == 'abcd'
assert outcome(lambda: "abcdef"[4:2]) == ''
assert outcome(lambda: "a\u20ac\U0001f600b"[1:3]) == '€😀'
assert outcome(lambda: "a\u20ac\U0001f600b"[::2]) == 'a😀'
assert outcome(lambda: "a\u20ac\U0001f600b"[0:1]) == 'a'
assert outcome(lambda: "abc"[::0]) == 'ValueError: slice step cannot be zero'
assert outcome(lambda: "abc".__getitem__(slice("a", None))) == (
    'TypeError: slice indices must be integers or None or have an __index__ method')
assert outcome(lambda: "a" < "b") == True
assert outcome(lambda: "a" < "aa") == True
assert outcome(lambda: "b" > "abc") == True
assert outcome(lambda: "\xe9" > "z") == True
assert outcome(lambda: "\U0001f600" > "\uffff") == True
assert outcome(lambda: "" < "a") == True
assert outcome(lambda: "abc" == "abc") == True
assert outcome(lambda: "abc" != "abd") == True
assert outcome(lambda: "a" < 1) == "TypeError: '<' not supported between instances of 'str' and 'int'"
assert outcome(lambda: "a" == 1) == False
assert outcome(lambda: "a" != 1) == True
assert outcome(lambda: hash("abc") == hash("ab" + "c")) == True
assert outcome(lambda: hash("\u20ac") == hash("\u20ac")) == True
assert outcome(lambda: len("")) == 0
assert outcome(lambda: len("abc")) == 3
assert outcome(lambda: len("\U0001f600\u20aca")) == 3
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
assert outcome(lambda: [c for c in "a\u20ac\U0001f600"]) == ['a', '€', '😀']
assert outcome(lambda: list(reversed("abc"))) == ['c', 'b', 'a']
assert outcome(lambda: sorted("bca")) == ['a', 'b', 'c']
assert outcome(lambda: max("abc")) == 'c'
assert outcome(lambda: min("abc")) == 'a'
assert outcome(lambda: list(enumerate("ab"))) == [(0, 'a'), (1, 'b')]
assert outcome(lambda: "abc".__getnewargs__()) == ('abc',)
assert outcome(lambda: "a".__add__("b")) == 'ab'
assert outcome(lambda: "a".__mul__(2)) == 'aa'
assert outcome(lambda: "a".__contains__("a")) == True
assert outcome(lambda: "a".__len__()) == 1
assert outcome(lambda: "a".__eq__(1)) == NotImplemented
assert outcome(lambda: "a".__lt__("b")) == True
assert outcome(lambda: repr("abc")) == "'abc'"
assert outcome(lambda: repr("a'b")) == '"a\'b"'
assert outcome(lambda: repr('a"b')) == '\'a"b\''
assert outcome(lambda: repr("a'b\"c")) == '\'a\\\'b"c\''
assert outcome(lambda: repr("\n\t\r\\")) == "'\\n\\t\\r\\\\'"
assert outcome(lambda: repr("\x00\x1f\x7f")) == "'\\x00\\x1f\\x7f'"
assert outcome(lambda: repr("\xe9\xa0")) == "'é\\xa0'"
assert outcome(lambda: repr("\u20ac\u200b")) == "'€\\u200b'"
assert outcome(lambda: repr("\U0001f600\U000e0001")) == "'😀\\U000e0001'"
assert outcome(lambda: repr("\ud800")) == "'\\ud800'"
assert outcome(lambda: ascii("\xe9\u20ac\U0001f600'")) == '"\\xe9\\u20ac\\U0001f600\'"'
assert outcome(lambda: ascii("abc")) == "'abc'"
assert outcome(lambda: "%s" % "a") == 'a'
assert outcome(lambda: "abc".__str__()) == 'abc'
assert outcome(lambda: "abc".__repr__()) == "'abc'"
assert outcome(lambda: "a" "b" == "ab") == True
assert outcome(lambda: type(iter("abc")).__name__) == 'str_ascii_iterator'
assert outcome(lambda: type(iter("\xe9")).__name__) == 'str_iterator'
assert outcome(lambda: iter("abc").__length_hint__()) == 3
