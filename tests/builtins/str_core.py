"""str: indexing, repr, comparison, hashing, multiplication, concatenation across widths, str() of things, ord and chr."""


def error(f, *a, **k):
    try:
        return f(*a, **k)
    except Exception as e:
        return type(e).__name__ + ": " + str(e)


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
