"""str.replace: counts, empty texts, changes of character width."""
from _case import error, outcome

s = "hello world hello"
assert s.replace("hello", "bye") == "bye world bye" and s.replace("hello", "x", 1) == "x world hello"
assert s.replace("l", "") == "heo word heo"
assert "abc".replace("", "-") == "-a-b-c-" and "abc".replace("", "-", 2) == "-a-bc"
assert "".replace("", "x") == "x" and "aaa".replace("a", "aa") == "aaaaaa"
assert "abc".replace("x", "y") == "abc" and "aXbX".replace("X", "é日") == "aé日bé日"
assert "日本".replace("本", "a") == "日a" and "aaa".replace("a", "b", 0) == "aaa"
assert "aaa".replace("a", "b", -1) == "bbb"
assert error("a".replace, "b") == "TypeError: replace expected at least 2 arguments, got 1"
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
