"""strip, removeprefix, replace, expandtabs, padding, translate."""
from _case import outcome

assert outcome(lambda: "  a b  ".strip()) == 'a b'
assert outcome(lambda: "  a b  ".lstrip()) == 'a b  '
assert outcome(lambda: "  a b  ".rstrip()) == '  a b'
assert outcome(lambda: "xxabcxx".strip("x")) == 'abc'
assert outcome(lambda: "xyabcyx".lstrip("xy")) == 'abcyx'
assert outcome(lambda: "abc".strip("abc")) == ''
assert outcome(lambda: "abc".strip("")) == 'abc'
assert outcome(lambda: "\u3000a\xa0".strip()) == 'a'
assert outcome(lambda: "\u20aca\u20ac".strip("\u20ac")) == 'a'
assert outcome(lambda: "abc".strip(1)) == 'TypeError: strip arg must be None or str'
assert outcome(lambda: "abc".lstrip(b"a")) == 'TypeError: lstrip arg must be None or str'
assert outcome(lambda: "TestHook".removeprefix("Test")) == 'Hook'
assert outcome(lambda: "TestHook".removeprefix("Hook")) == 'TestHook'
assert outcome(lambda: "abc".removeprefix("")) == 'abc'
assert outcome(lambda: "TestHook".removesuffix("Hook")) == 'Test'
assert outcome(lambda: "TestHook".removesuffix("Test")) == 'TestHook'
assert outcome(lambda: "abc".removesuffix("")) == 'abc'
assert outcome(lambda: "abc".removeprefix(1)) == 'TypeError: removeprefix() argument must be str, not int'
assert outcome(lambda: "banana".replace("a", "o")) == 'bonono'
assert outcome(lambda: "banana".replace("an", "")) == 'ba'
assert outcome(lambda: "banana".replace("a", "o", 2)) == 'bonona'
assert outcome(lambda: "banana".replace("a", "o", 0)) == 'banana'
assert outcome(lambda: "abc".replace("", "-")) == '-a-b-c-'
assert outcome(lambda: "abc".replace("", "-", 2)) == '-a-bc'
assert outcome(lambda: "".replace("", "x")) == 'x'
assert outcome(lambda: "".replace("a", "x")) == ''
assert outcome(lambda: "abc".replace("b", "\u20ac")) == 'a€c'
assert outcome(lambda: "a\u20acc".replace("\u20ac", "b").isascii()) == True
assert outcome(lambda: "a\u20acc".replace("\u20ac", "bb")) == 'abbc'
assert outcome(lambda: "aXc".replace("X", "\U0001f600")) == 'a😀c'
assert outcome(lambda: "abc".replace("abc", "abc")) == 'abc'
assert outcome(lambda: "aaa".replace("a", "aa")) == 'aaaaaa'
assert outcome(lambda: "aaa".replace("aa", "b")) == 'ba'
assert outcome(lambda: "abc".replace(1, "a")) == 'TypeError: replace() argument 1 must be str, not int'
assert outcome(lambda: "abc".replace("a", 1)) == 'TypeError: replace() argument 2 must be str, not int'
assert outcome(lambda: "abc".replace("a")) == 'TypeError: replace expected at least 2 arguments, got 1'
assert outcome(lambda: "a\tb\tc".expandtabs()) == 'a       b       c'
assert outcome(lambda: "a\tb".expandtabs(4)) == 'a   b'
assert outcome(lambda: "a\nb\tc".expandtabs(4)) == 'a\nb   c'
assert outcome(lambda: "\t".expandtabs(0)) == ''
assert outcome(lambda: "ab\tc".expandtabs(tabsize=2)) == 'ab  c'
assert outcome(lambda: "abc".center(10)) == '   abc    '
assert outcome(lambda: "abc".center(10, "*")) == '***abc****'
assert outcome(lambda: "abc".center(9, "*")) == '***abc***'
assert outcome(lambda: "ab".center(5, "*")) == '**ab*'
assert outcome(lambda: "abc".center(2)) == 'abc'
assert outcome(lambda: "abc".ljust(6, ".")) == 'abc...'
assert outcome(lambda: "abc".rjust(6, ".")) == '...abc'
assert outcome(lambda: "abc".ljust(0)) == 'abc'
assert outcome(lambda: "abc".rjust(5, "\u20ac")) == '€€abc'
assert outcome(lambda: "abc".center(10, "ab")) == (
    'TypeError: The fill character must be exactly one character long')
assert outcome(lambda: "abc".center(10, 1)) == (
    'TypeError: The fill character must be a unicode character, not int')
assert outcome(lambda: "42".zfill(5)) == '00042'
assert outcome(lambda: "-42".zfill(5)) == '-0042'
assert outcome(lambda: "+42".zfill(5)) == '+0042'
assert outcome(lambda: "".zfill(3)) == '000'
assert outcome(lambda: "abc".zfill(2)) == 'abc'
assert outcome(lambda: "--1".zfill(6)) == '-000-1'
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
assert outcome(lambda: "hello".startswith("he")) == True
assert outcome(lambda: "hello".startswith(("x", "h"))) == True
assert outcome(lambda: "hello".startswith("e", 1)) == True
assert outcome(lambda: "hello".startswith("", 5)) == True
assert outcome(lambda: "hello".startswith("", 6)) == False
assert outcome(lambda: "hello".endswith("lo")) == True
assert outcome(lambda: "hello".endswith(("x", "o"))) == True
assert outcome(lambda: "hello".endswith("l", 0, 4)) == True
assert outcome(lambda: "hello".endswith("")) == True
assert outcome(lambda: "hello".startswith(1)) == (
    'TypeError: startswith first arg must be str or a tuple of str, not int')
assert outcome(lambda: "hello".endswith(("a", 1))) == (
    'TypeError: tuple for endswith must only contain str, not int')
