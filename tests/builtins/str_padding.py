"""str: ljust, rjust, center, zfill."""
from _case import error, outcome

assert "a".ljust(3) == "a  " and "a".rjust(3, "*") == "**a" and "a".center(4) == " a  "
assert "ab".center(5) == "  ab " and "abc".center(2) == "abc" and "a".center(4, "é") == "éaéé"
assert "42".zfill(5) == "00042" and "-42".zfill(5) == "-0042" and "+1".zfill(4) == "+001"
assert "abc".zfill(2) == "abc" and "".zfill(2) == "00" and "--1".zfill(5) == "-00-1"
assert error("a".ljust, 5, "ab") == "TypeError: The fill character must be exactly one character long"
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
