"""str: find, index, count and in, with bounds and odd arguments."""
from _case import error, outcome

s = "hello world hello"
assert s.find("hello") == 0 and s.find("hello", 1) == 12 and s.rfind("hello") == 12 and s.find("zz") == -1
assert s.find("") == 0 and s.rfind("") == 17
assert s.find("o", 5, 8) == 7 and s.find("o", -5) == 16 and s.find("hello", -100, 5) == 0
assert s.find("", 17) == 17 and s.find("", 18) == -1
assert s.index("w") == 6 and s.rindex("l") == 15
assert error(s.index, "q") == "ValueError: substring not found"
assert error(s.rindex, "q") == "ValueError: substring not found"
assert s.count("l") == 5 and s.count("hello") == 2 and s.count("") == 18 and "aaaa".count("aa") == 2
assert s.count("l", 3, 10) == 2 and "".count("") == 1
assert error("a".find, 5) == "TypeError: must be str, not int"
assert error("a".count, None) == "TypeError: must be str, not NoneType"
assert "é".find("é") == 0 and "日本語日本".rfind("日本") == 3 and "a😀b😀".count("😀") == 2 and "ab\0cd".find("\0") == 2
hay = "ab" * 1000 + "needle" + "ab" * 1000
assert hay.find("needle") == 2000 and hay.rfind("needle") == 2000 and hay.count("ab") == 2000
assert hay.find("ba" * 10) == 1 and ("a" * 5000 + "b").find("a" * 100 + "b") == 4900
assert "mississippi".count("issi") == 1 and "mississippi".find("issip") == 4
assert "mississippi".rfind("issi") == 4
assert "x" in "xyz" and "xz" not in "xyz" and "" in "" and "日" in "本日"
assert outcome(lambda: "hello".find("l")) == 2
assert outcome(lambda: "hello".rfind("l")) == 3
assert outcome(lambda: "hello".find("l", 3)) == 3
assert outcome(lambda: "hello".find("l", -2)) == 3
assert outcome(lambda: "hello".find("l", 0, 2)) == -1
assert outcome(lambda: "hello".find("", 5)) == 5
assert outcome(lambda: "hello".find("", 6)) == -1
assert outcome(lambda: "hello".rfind("", 2, 4)) == 4
assert outcome(lambda: "hello".find("")) == 0
assert outcome(lambda: "hello".rfind("")) == 5
assert outcome(lambda: "".find("")) == 0
assert outcome(lambda: "h\u20acllo\U0001f600".find("\U0001f600")) == 5
assert outcome(lambda: "h\u20acllo\U0001f600".find("\u20acl")) == 1
assert outcome(lambda: "abc".find("\u20ac")) == -1
assert outcome(lambda: "\u20ac\u20ac\u20ac".count("\u20ac")) == 3
assert outcome(lambda: "aaaa".count("aa")) == 2
assert outcome(lambda: "aaaa".count("")) == 5
assert outcome(lambda: "aaaa".count("", 2)) == 3
assert outcome(lambda: "aaaa".count("a", 1, 3)) == 2
assert outcome(lambda: "aaaa".count("", 10)) == 0
assert outcome(lambda: "abc".index("c")) == 2
assert outcome(lambda: "abc".index("d")) == 'ValueError: substring not found'
assert outcome(lambda: "abc".rindex("d")) == 'ValueError: substring not found'
assert outcome(lambda: "abcabc".rindex("bc")) == 4
assert outcome(lambda: "abcabc".rindex("bc", 0, 5)) == 1
assert outcome(lambda: "abc".find(1)) == 'TypeError: must be str, not int'
assert outcome(lambda: "abc".find("a", "b")) == (
    'TypeError: slice indices must be integers or None or have an __index__ method')
assert outcome(lambda: "abc".find("a", 0.5)) == (
    'TypeError: slice indices must be integers or None or have an __index__ method')
assert outcome(lambda: "b" in "abc") == True
assert outcome(lambda: "" in "abc") == True
assert outcome(lambda: "abcd" in "abc") == False
assert outcome(lambda: 1 in "abc") == "TypeError: 'in <string>' requires string as left operand, not int"
assert outcome(lambda: "abc".find("c", None, None)) == 2
assert outcome(lambda: "abc".find("c", -100, 100)) == 2
assert outcome(lambda: ("ab" * 1000 + "c").find("abc")) == 1998
assert outcome(lambda: ("ab" * 1000 + "c").rfind("ba")) == 1997
assert outcome(lambda: ("x" * 10000 + "yx").find("xy" + "x")) == 9999
assert outcome(lambda: "\x00a\x00b".find("\x00b")) == 2
assert outcome(lambda: "\u0141\u0142".find("A")) == -1
assert outcome(lambda: "\u4141x".find("AA")) == -1
