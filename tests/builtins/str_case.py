"""str: case methods with Unicode, predicates, alignment, expandtabs, zfill, translate, encode."""
from _case import error, outcome

assert "Hello".upper() == "HELLO" and "Hello".lower() == "hello" and "hello".capitalize() == "Hello"
assert "hELLO wORLD".capitalize() == "Hello world"
assert "hello world it's".title() == "Hello World It'S" and "aBc".swapcase() == "AbC"
assert "ß".upper() == "SS" and "ß".casefold() == "ss" and "ﬁ".upper() == "FI" and "İ".lower() == "i̇"
assert "ΑΣ".lower() == "ας" and "Σ".lower() == "σ" and "ǆ".title() == "ǅ" and "ŉ".upper() == "ʼN"
assert "éÀ".swapcase() == "Éà" and "STRASSE".casefold() == "strasse" and "ᾳ".upper() == "ΑΙ"
assert "µ".upper() == "Μ" and "ÿ".upper() == "Ÿ" and "日".upper() == "日" and "\u01f0".upper() == "J\u030c"
assert "\ufb03".capitalize() == "Ffi"
for s, alpha, digit, alnum, lower, upper, space, title, ident, decimal, numeric, printable in [
        ("abc", 1, 0, 1, 1, 0, 0, 0, 1, 0, 0, 1), ("ABC", 1, 0, 1, 0, 1, 0, 0, 1, 0, 0, 1), ("123", 0, 1, 1, 0, 0, 0, 0, 0, 1, 1, 1),
        ("", 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1), ("a1", 0, 0, 1, 1, 0, 0, 0, 1, 0, 0, 1), (" \t\n", 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0),
        ("Ab Cd", 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1), ("²", 0, 1, 1, 0, 0, 0, 0, 0, 0, 1, 1), ("½", 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 1),
        ("٣", 0, 1, 1, 0, 0, 0, 0, 0, 1, 1, 1), ("é", 1, 0, 1, 1, 0, 0, 0, 1, 0, 0, 1), ("_x", 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 1),
        ("日本", 1, 0, 1, 0, 0, 0, 0, 1, 0, 0, 1), ("\xa0", 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0), ("Ⅷ", 0, 0, 1, 0, 1, 0, 1, 1, 0, 1, 1),
        ("ª", 1, 0, 1, 1, 0, 0, 0, 1, 0, 0, 1), ("\u200b", 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), ("😀", 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1), ("ǅ", 1, 0, 1, 0, 0, 0, 1, 1, 0, 0, 1)]:
    got = (s.isalpha(), s.isdigit(), s.isalnum(), s.islower(), s.isupper(), s.isspace(), s.istitle(), s.isidentifier(), s.isdecimal(), s.isnumeric(), s.isprintable())
    assert got == tuple(map(bool, (alpha, digit, alnum, lower, upper, space, title, ident, decimal, numeric, printable))), (s, got)
assert "abc".isascii() and not "é".isascii() and "".isascii() and not "1a".isidentifier()
assert "class".isidentifier() and "a·".isidentifier()
assert "a".ljust(3) == "a  " and "a".rjust(3, "*") == "**a" and "a".center(4) == " a  "
assert "ab".center(5) == "  ab " and "abc".center(2) == "abc" and "a".center(4, "é") == "éaéé"
assert "42".zfill(5) == "00042" and "-42".zfill(5) == "-0042" and "+1".zfill(4) == "+001"
assert "abc".zfill(2) == "abc" and "".zfill(2) == "00" and "--1".zfill(5) == "-00-1"
assert error("a".ljust, 5, "ab") == "TypeError: The fill character must be exactly one character long"
assert "a\tb\tc".expandtabs() == "a       b       c" and "a\tb".expandtabs(4) == "a   b"
assert "ab\tc\nd\te".expandtabs(4) == "ab  c\nd   e" and "a\tb".expandtabs(0) == "ab"
assert "\t".expandtabs(tabsize=2) == "  "
t = str.maketrans("abc", "xyz", "d")
assert "abcd".translate(t) == "xyz" and t == {97: 120, 98: 121, 99: 122, 100: None}
assert "aé".translate({233: "E", 97: None}) == "E" and "ab".translate({97: "long", 98: 120}) == "longx"
assert str.maketrans({"a": 1, 98: "x"}) == {97: 1, 98: "x"}
assert error(str.maketrans, "ab", "c") == "ValueError: the first two maketrans arguments must have equal length"
assert error("a".translate, {97: 2 ** 30}) == "ValueError: character mapping must be in range(0x110000)"
assert "abc".translate(["x"] * 98) == "xbc"
assert "é".encode() == b"\xc3\xa9" and "é".encode("latin-1") == b"\xe9"
assert "é".encode("ascii", "replace") == b"?" and "é".encode("ascii", "ignore") == b""
assert "é".encode("ascii", "xmlcharrefreplace") == b"&#233;"
assert "é".encode("ascii", "backslashreplace") == b"\\xe9"
assert "é".encode("ascii", "namereplace") == b"\\N{LATIN SMALL LETTER E WITH ACUTE}"
assert "a".encode("utf-16-le") == b"a\0" and "a".encode("utf-16") == b"\xff\xfea\0"
assert "😀".encode("utf-16-be") == b"\xd8=\xde\0" and "a".encode("utf-32-be") == b"\0\0\0a"
assert "\ud800".encode("utf-8", "surrogatepass") == b"\xed\xa0\x80"
assert error("é".encode, "ascii") == "UnicodeEncodeError: 'ascii' codec can't encode character '\\xe9' in position 0: ordinal not in range(128)"
assert error("aéü".encode, "ascii") == "UnicodeEncodeError: 'ascii' codec can't encode characters in position 1-2: ordinal not in range(128)"
assert error("\ud800".encode) == "UnicodeEncodeError: 'utf-8' codec can't encode character '\\ud800' in position 0: surrogates not allowed"
assert error("a".encode, "nope") == "LookupError: unknown encoding: nope"
assert error("é".encode, "ascii", "nope") == "LookupError: unknown error handler name 'nope'"
assert error("日".encode, "latin-1") == "UnicodeEncodeError: 'latin-1' codec can't encode character '\\u65e5' in position 0: ordinal not in range(256)"
assert outcome(lambda: "Hello World".lower()) == 'hello world'
assert outcome(lambda: "Hello World".upper()) == 'HELLO WORLD'
assert outcome(lambda: "hello wORLD's".title()) == "Hello World'S"
assert outcome(lambda: "hello WORLD".capitalize()) == 'Hello world'
assert outcome(lambda: "Hello World".swapcase()) == 'hELLO wORLD'
assert outcome(lambda: "stra\xdfe".upper()) == 'STRASSE'
assert outcome(lambda: "stra\xdfe".casefold()) == 'strasse'
assert outcome(lambda: "STRASSE".casefold() == "stra\xdfe".casefold()) == True
assert outcome(lambda: "\u039f\u0394\u039f\u03a3".lower()) == 'οδος'
assert outcome(lambda: "\u03a3".lower()) == 'σ'
assert outcome(lambda: "A\u03a3 \u03a3A".lower()) == 'aς σa'
assert outcome(lambda: "\u01c6".title()) == 'ǅ'
assert outcome(lambda: "\u01c6abc".capitalize()) == 'ǅabc'
assert outcome(lambda: "\ufb01".upper()) == 'FI'
assert outcome(lambda: "\u0130".lower()) == 'i̇'
assert outcome(lambda: "\u0149".upper()) == 'ʼN'
assert outcome(lambda: "\xb5".upper()) == 'Μ'
assert outcome(lambda: "\xff".upper()) == 'Ÿ'
assert outcome(lambda: "\U00010428".upper()) == '𐐀'
assert outcome(lambda: "".upper()) == ''
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
assert outcome(lambda: "a\xe9\u20ac".upper()) == 'AÉ€'
assert outcome(lambda: "\xdf".isupper()) == False
assert outcome(lambda: "\xaa".islower()) == True
assert outcome(lambda: "\u2160".isupper()) == True
