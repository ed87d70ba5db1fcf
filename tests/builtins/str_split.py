"""str: split and rsplit."""
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
text = "one two  three"
assert [w for w in text.split(" ")] == ["one", "two", "", "three"]
assert " ".join(text.split()) == "one two three"
big = ",".join(str(i) for i in range(2000))
assert list(map(int, big.split(","))) == list(range(2000))
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
