"""str: case methods with Unicode, predicates, alignment, expandtabs, zfill, translate, encode."""


def error(f, *a, **k):
    try:
        return f(*a, **k)
    except Exception as e:
        return type(e).__name__ + ": " + str(e)


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
