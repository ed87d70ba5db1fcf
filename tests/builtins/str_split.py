"""str: split, rsplit, splitlines, partition, join, strip and friends."""
from _case import error, outcome

assert "a b  c".split() == ["a", "b", "c"] and "  a b ".split() == ["a", "b"] and "".split() == []
assert "   ".split() == [] and "a".split() == ["a"]
assert "a,b,,c".split(",") == ["a", "b", "", "c"] and "".split(",") == [""] and ",".split(",") == ["", ""]
assert "a--b--c".split("--") == ["a", "b", "c"]
assert "a b c d".split(None, 2) == ["a", "b", "c d"] and "a b c d".split(maxsplit=1) == ["a", "b c d"]
assert " a  b ".split(None, 0) == ["a  b "] and "a,b,c".split(",", 1) == ["a", "b,c"]
assert "a,b".split(sep=",") == ["a", "b"]
assert "a b c d".rsplit(None, 2) == ["a b", "c", "d"] and "a,b,c".rsplit(",", 1) == ["a,b", "c"]
assert " a b ".rsplit(None, 1) == [" a", "b"] and "a,b".rsplit(",") == ["a", "b"]
assert "a\tb\nc\rd\x0be\x0cf\x1cg\u2003h\x85i".split() == list("abcdefghi")
assert "a\u200bb".split() == ["a\u200bb"]
assert error("a".split, "") == "ValueError: empty separator"
assert error("a".split, 5) == "TypeError: must be str or None, not int"
assert "a\nb\r\nc\rd\n".splitlines() == ["a", "b", "c", "d"] and "a\nb".splitlines(True) == ["a\n", "b"]
assert "a\r\nb\n".splitlines(keepends=True) == ["a\r\n", "b\n"]
assert "".splitlines() == [] and "\n".splitlines() == [""]
assert "a\x0bb\x0cc\x1cd\x1de\x1ef\x85g\u2028h\u2029i".splitlines() == list("abcdefghi")
assert ",".join(["a", "b"]) == "a,b" and "".join([]) == "" and ",".join(["a"]) == "a"
assert "-".join("abc") == "a-b-c" and "é".join(["日", "b"]) == "日éb" and ",".join(x for x in "ab") == "a,b"
assert ",".join({"k": 1}) == "k"
assert error(",".join, [1]) == "TypeError: sequence item 0: expected str instance, int found"
assert error(",".join, ["a", None]) == "TypeError: sequence item 1: expected str instance, NoneType found"
assert error(",".join, 5) == "TypeError: can only join an iterable"
assert " \t\na b\n ".strip() == "a b" and " a ".lstrip() == "a " and " a ".rstrip() == " a"
assert "xxaxx".strip("x") == "a" and "abcba".strip("ab") == "c" and "aaa".strip("a") == ""
assert "abc".strip("") == "abc" and " a ".strip(None) == "a"
assert "\u3000a\u2003".strip() == "a" and "日本日".strip("日") == "本"
assert "www.example.com".strip("cmowz.") == "example"
assert error("a".strip, 5) == "TypeError: strip arg must be None or str"
assert error("a".lstrip, 5) == "TypeError: lstrip arg must be None or str"
text = "one two  three"
assert [w for w in text.split(" ")] == ["one", "two", "", "three"]
assert " ".join(text.split()) == "one two three"
s = "key = value = more"
k, _, v = s.partition(" = ")
assert (k, v) == ("key", "value = more")
big = ",".join(str(i) for i in range(2000))
assert list(map(int, big.split(","))) == list(range(2000)) and len(big.splitlines()) == 1
x = "abc"
assert x.strip() is x or x.strip() == x
assert "a-b_c".replace("-", " ").replace("_", " ").split() == ["a", "b", "c"]
assert outcome(lambda: " a  b c ".split()) == ['a', 'b', 'c']
assert outcome(lambda: " a  b c ".split(" ")) == ['', 'a', '', 'b', 'c', '']
assert outcome(lambda: "a,b,c".split(",", 1)) == ['a', 'b,c']
assert outcome(lambda: "a,b,c".rsplit(",", 1)) == ['a,b', 'c']
assert outcome(lambda: "a,b,c".split(",", 0)) == ['a,b,c']
assert outcome(lambda: " a b  c ".split(None, 1)) == ['a', 'b  c ']
assert outcome(lambda: " a b  c ".rsplit(None, 1)) == [' a b', 'c']
assert outcome(lambda: " a b c ".split(maxsplit=2)) == ['a', 'b', 'c ']
assert outcome(lambda: " a b c ".split(None, 0)) == ['a b c ']
assert outcome(lambda: " a b c ".rsplit(None, 0)) == [' a b c']
assert outcome(lambda: "".split()) == []
assert outcome(lambda: "".split(",")) == ['']
assert outcome(lambda: "   ".split()) == []
assert outcome(lambda: "a\u2003b\u00a0c".split()) == ['a', 'b', 'c']
assert outcome(lambda: "abc".split("")) == 'ValueError: empty separator'
assert outcome(lambda: "abc".split(1)) == 'TypeError: must be str or None, not int'
assert outcome(lambda: "abc".rsplit("")) == 'ValueError: empty separator'
assert outcome(lambda: "aXXbXXc".split("XX")) == ['a', 'b', 'c']
assert outcome(lambda: "aXXXb".split("XX")) == ['a', 'Xb']
assert outcome(lambda: "aXXXb".rsplit("XX")) == ['aX', 'b']
assert outcome(lambda: "a\u20acb\u20acc".split("\u20ac")) == ['a', 'b', 'c']
assert outcome(lambda: "abc".split("\u20ac")) == ['abc']
assert outcome(lambda: "a\nb\r\nc\rd\x0be\x0cf\x1cg\x85h\u2028i\u2029j".splitlines()) == (
    ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'])
assert outcome(lambda: "a\nb\r\nc\n".splitlines(True)) == ['a\n', 'b\r\n', 'c\n']
assert outcome(lambda: "a\nb\n\n".splitlines()) == ['a', 'b', '']
assert outcome(lambda: "".splitlines()) == []
assert outcome(lambda: "\n".splitlines(keepends=True)) == ['\n']
assert outcome(lambda: "a\r".splitlines(True)) == ['a\r']
assert outcome(lambda: "key=value=x".partition("=")) == ('key', '=', 'value=x')
assert outcome(lambda: "key=value=x".rpartition("=")) == ('key=value', '=', 'x')
assert outcome(lambda: "key".partition("=")) == ('key', '', '')
assert outcome(lambda: "key".rpartition("=")) == ('', '', 'key')
assert outcome(lambda: "key".partition("")) == 'ValueError: empty separator'
assert outcome(lambda: "key".partition(1)) == 'TypeError: must be str, not int'
assert outcome(lambda: ",".join(["a", "b", "c"])) == 'a,b,c'
assert outcome(lambda: ",".join("abc")) == 'a,b,c'
assert outcome(lambda: "".join([])) == ''
assert outcome(lambda: ", ".join(["one"])) == 'one'
assert outcome(lambda: "\u20ac".join(["a", "b"])) == 'a€b'
assert outcome(lambda: "".join(["a", "\u20ac", "\U0001f600"])) == 'a€😀'
assert outcome(lambda: ",".join(["a", 1])) == 'TypeError: sequence item 1: expected str instance, int found'
assert outcome(lambda: ",".join(1)) == 'TypeError: can only join an iterable'
assert outcome(lambda: ",".join({"k": 1})) == 'k'
assert outcome(lambda: "-".join(x for x in ("a", "b"))) == 'a-b'
assert outcome(lambda: ",".join([b"a"])) == 'TypeError: sequence item 0: expected str instance, bytes found'
