"""str.translate and str.maketrans: tables of every kind."""
from _case import error, outcome

t = str.maketrans("abc", "xyz", "d")
assert "abcd".translate(t) == "xyz" and t == {97: 120, 98: 121, 99: 122, 100: None}
assert "aé".translate({233: "E", 97: None}) == "E" and "ab".translate({97: "long", 98: 120}) == "longx"
assert str.maketrans({"a": 1, 98: "x"}) == {97: 1, 98: "x"}
assert error(str.maketrans, "ab", "c") == (
    "ValueError: the first two maketrans arguments must have equal length")
assert error("a".translate, {97: 2 ** 30}) == "ValueError: character mapping must be in range(0x110000)"
assert "abc".translate(["x"] * 98) == "xbc"
assert outcome(lambda: "abc".translate({97: "x", 98: None, 99: 100})) == 'xd'
assert outcome(lambda: "abc".translate({"a": "b"})) == 'abc'
assert outcome(lambda: "abc".translate({})) == 'abc'
assert outcome(lambda: "abc".translate(str.maketrans("ab", "xy"))) == 'xyc'
assert outcome(lambda: "abc".translate(str.maketrans("ab", "xy", "c"))) == 'xy'
assert outcome(lambda: "abc".translate(str.maketrans({"a": "long", 98: None}))) == 'longc'
assert outcome(lambda: "a\u20ac".translate({0x20ac: "EUR"})) == 'aEUR'
assert outcome(lambda: str.maketrans("abc", "xy")) == (
    'ValueError: the first two maketrans arguments must have equal length')
assert outcome(lambda: str.maketrans({"ab": 1})) == (
    'ValueError: string keys in translate table must be of length 1')
assert outcome(lambda: str.maketrans(1)) == (
    'TypeError: if you give only one argument to maketrans it must be a dict')
assert outcome(lambda: "abc".translate({97: 1.5})) == (
    'TypeError: character mapping must return integer, None or str')
assert outcome(lambda: "abc".translate({97: 0x110000})) == (
    'ValueError: character mapping must be in range(0x110000)')
