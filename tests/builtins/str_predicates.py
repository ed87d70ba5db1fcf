"""str: isalpha and the other predicates, over characters of every category."""
from _case import outcome

for s, alpha, digit, alnum, lower, upper, space, title, ident, decimal, numeric, printable in [
        ("abc", 1, 0, 1, 1, 0, 0, 0, 1, 0, 0, 1),
        ("ABC", 1, 0, 1, 0, 1, 0, 0, 1, 0, 0, 1),
        ("123", 0, 1, 1, 0, 0, 0, 0, 0, 1, 1, 1),
        ("", 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1),
        ("a1", 0, 0, 1, 1, 0, 0, 0, 1, 0, 0, 1),
        (" \t\n", 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0),
        ("Ab Cd", 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1),
        ("²", 0, 1, 1, 0, 0, 0, 0, 0, 0, 1, 1),
        ("½", 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 1),
        ("٣", 0, 1, 1, 0, 0, 0, 0, 0, 1, 1, 1),
        ("é", 1, 0, 1, 1, 0, 0, 0, 1, 0, 0, 1),
        ("_x", 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 1),
        ("日本", 1, 0, 1, 0, 0, 0, 0, 1, 0, 0, 1),
        ("\xa0", 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0),
        ("Ⅷ", 0, 0, 1, 0, 1, 0, 1, 1, 0, 1, 1),
        ("ª", 1, 0, 1, 1, 0, 0, 0, 1, 0, 0, 1),
        ("\u200b", 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
        ("😀", 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1),
        ("ǅ", 1, 0, 1, 0, 0, 0, 1, 1, 0, 0, 1)]:
    got = (
        s.isalpha(), s.isdigit(), s.isalnum(), s.islower(), s.isupper(), s.isspace(), s.istitle(),
        s.isidentifier(), s.isdecimal(), s.isnumeric(), s.isprintable())
    assert got == tuple(
        map(bool, (alpha, digit, alnum, lower, upper, space, title, ident, decimal, numeric, printable))), (
        s, got)
assert "abc".isascii() and not "é".isascii() and "".isascii() and not "1a".isidentifier()
assert "class".isidentifier() and "a·".isidentifier()
assert outcome(lambda: "abc".islower()) == True
assert outcome(lambda: "aBc".islower()) == False
assert outcome(lambda: "123".islower()) == False
assert outcome(lambda: "a1".islower()) == True
assert outcome(lambda: "".islower()) == False
assert outcome(lambda: "ABC".isupper()) == True
assert outcome(lambda: "ABc".isupper()) == False
assert outcome(lambda: "A1".isupper()) == True
assert outcome(lambda: "".isupper()) == False
assert outcome(lambda: "Hello World".istitle()) == True
assert outcome(lambda: "Hello world".istitle()) == False
assert outcome(lambda: "".istitle()) == False
assert outcome(lambda: "\u01c5".istitle()) == True
assert outcome(lambda: "abc1".isalnum()) == True
assert outcome(lambda: "abc ".isalnum()) == False
assert outcome(lambda: "".isalnum()) == False
assert outcome(lambda: "\u4e2d".isalnum()) == True
assert outcome(lambda: "abc".isalpha()) == True
assert outcome(lambda: "ab1".isalpha()) == False
assert outcome(lambda: "\xe9".isalpha()) == True
assert outcome(lambda: "123".isdecimal()) == True
assert outcome(lambda: "\xb2".isdecimal()) == False
assert outcome(lambda: "\u0663".isdecimal()) == True
assert outcome(lambda: "123".isdigit()) == True
assert outcome(lambda: "\xb2".isdigit()) == True
assert outcome(lambda: "\xbd".isdigit()) == False
assert outcome(lambda: "\xbd".isnumeric()) == True
assert outcome(lambda: "\u4e00".isnumeric()) == True
assert outcome(lambda: "a".isnumeric()) == False
assert outcome(lambda: " \t\n\u3000".isspace()) == True
assert outcome(lambda: "".isspace()) == False
assert outcome(lambda: "a ".isspace()) == False
assert outcome(lambda: "\x1c".isspace()) == True
assert outcome(lambda: "abc".isprintable()) == True
assert outcome(lambda: "a\n".isprintable()) == False
assert outcome(lambda: "".isprintable()) == True
assert outcome(lambda: "\xa0".isprintable()) == False
assert outcome(lambda: "\u0378".isprintable()) == False
assert outcome(lambda: "abc".isascii()) == True
assert outcome(lambda: "\x80".isascii()) == False
assert outcome(lambda: "".isascii()) == True
assert outcome(lambda: "abc".isidentifier()) == True
assert outcome(lambda: "1a".isidentifier()) == False
assert outcome(lambda: "_".isidentifier()) == True
assert outcome(lambda: "".isidentifier()) == False
assert outcome(lambda: "\xe9t\xe9".isidentifier()) == True
assert outcome(lambda: "a b".isidentifier()) == False
assert outcome(lambda: "for".isidentifier()) == True
assert outcome(lambda: "\xdf".isupper()) == False
assert outcome(lambda: "\xaa".islower()) == True
assert outcome(lambda: "\u2160".isupper()) == True
