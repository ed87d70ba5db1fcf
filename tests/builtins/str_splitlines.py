"""str.splitlines: every line break of Unicode."""
from _case import outcome

assert "a\nb\r\nc\rd\n".splitlines() == ["a", "b", "c", "d"] and "a\nb".splitlines(True) == ["a\n", "b"]
assert "a\r\nb\n".splitlines(keepends=True) == ["a\r\n", "b\n"]
assert "".splitlines() == [] and "\n".splitlines() == [""]
assert "a\x0bb\x0cc\x1cd\x1de\x1ef\x85g\u2028h\u2029i".splitlines() == list("abcdefghi")
big = ",".join(str(i) for i in range(2000))
assert len(big.splitlines()) == 1
assert outcome(lambda: "a\nb\r\nc\rd\x0be\x0cf\x1cg\x85h\u2028i\u2029j".splitlines()) == (
    ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'])
assert outcome(lambda: "a\nb\r\nc\n".splitlines(True)) == ['a\n', 'b\r\n', 'c\n']
assert outcome(lambda: "a\nb\n\n".splitlines()) == ['a', 'b', '']
assert outcome(lambda: "".splitlines()) == []
assert outcome(lambda: "\n".splitlines(keepends=True)) == ['\n']
assert outcome(lambda: "a\r".splitlines(True)) == ['a\r']
