"""str: strip, lstrip, rstrip."""
from _case import error, outcome

assert " \t\na b\n ".strip() == "a b" and " a ".lstrip() == "a " and " a ".rstrip() == " a"
assert "xxaxx".strip("x") == "a" and "abcba".strip("ab") == "c" and "aaa".strip("a") == ""
assert "abc".strip("") == "abc" and " a ".strip(None) == "a"
assert "\u3000a\u2003".strip() == "a" and "日本日".strip("日") == "本"
assert "www.example.com".strip("cmowz.") == "example"
assert error("a".strip, 5) == "TypeError: strip arg must be None or str"
assert error("a".lstrip, 5) == "TypeError: lstrip arg must be None or str"
x = "abc"
assert x.strip() is x or x.strip() == x

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
