"""str.encode: codecs, error handlers, and what UnicodeEncodeError says."""
from _case import error, outcome

assert "é".encode() == b"\xc3\xa9" and "é".encode("latin-1") == b"\xe9"
assert "é".encode("ascii", "replace") == b"?" and "é".encode("ascii", "ignore") == b""
assert "é".encode("ascii", "xmlcharrefreplace") == b"&#233;"
assert "é".encode("ascii", "backslashreplace") == b"\\xe9"
assert "é".encode("ascii", "namereplace") == b"\\N{LATIN SMALL LETTER E WITH ACUTE}"
assert "a".encode("utf-16-le") == b"a\0" and "a".encode("utf-16") == b"\xff\xfea\0"
assert "😀".encode("utf-16-be") == b"\xd8=\xde\0" and "a".encode("utf-32-be") == b"\0\0\0a"
assert "\ud800".encode("utf-8", "surrogatepass") == b"\xed\xa0\x80"
assert error("é".encode, "ascii") == (
    "UnicodeEncodeError: 'ascii' codec can't encode character '\\xe9' in position 0: ordinal not in "
    "range(128)")
assert error("aéü".encode, "ascii") == (
    "UnicodeEncodeError: 'ascii' codec can't encode characters in position 1-2: ordinal not in range(128)")
assert error("\ud800".encode) == (
    "UnicodeEncodeError: 'utf-8' codec can't encode character '\\ud800' in position 0: surrogates not "
    "allowed")
assert error("a".encode, "nope") == "LookupError: unknown encoding: nope"
assert error("é".encode, "ascii", "nope") == "LookupError: unknown error handler name 'nope'"
assert error("日".encode, "latin-1") == (
    "UnicodeEncodeError: 'latin-1' codec can't encode character '\\u65e5' in position 0: ordinal not in "
    "range(256)")


def problem(f):
    """What the UnicodeError of the call says."""
    try:
        return f()
    except UnicodeError as e:
        return e.encoding, e.start, e.end, e.reason, str(e)


assert outcome(lambda: "a\xe9\u20ac\U0001f600".encode()) == b'a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80'
assert outcome(lambda: "abc".encode("ascii")) == b'abc'
assert outcome(lambda: "\xe9".encode("latin-1")) == b'\xe9'
assert outcome(lambda: "a\u20ac".encode("utf-16")) == b'\xff\xfea\x00\xac '
assert outcome(lambda: "a\u20ac".encode("utf-16-le")) == b'a\x00\xac '
assert outcome(lambda: "a\u20ac".encode("utf-16-be")) == b'\x00a \xac'
assert outcome(lambda: "\U0001f600".encode("utf-16-le")) == b'=\xd8\x00\xde'
assert outcome(lambda: "a\u20ac".encode("utf-32-be")) == b'\x00\x00\x00a\x00\x00 \xac'
assert outcome(lambda: "a".encode("utf-32")) == b'\xff\xfe\x00\x00a\x00\x00\x00'
assert outcome(lambda: "a\xe9+~".encode("utf-7")) == b'a+AOkAKwB+-'
assert outcome(lambda: "\u20ac".encode("cp1252")) == b'\x80'
assert outcome(lambda: "\u20ac".encode("utf-8-sig")) == b'\xef\xbb\xbf\xe2\x82\xac'
assert outcome(lambda: "\xe9".encode("ascii", "ignore")) == b''
assert outcome(lambda: "\xe9".encode("ascii", "replace")) == b'?'
assert outcome(lambda: "\xe9\u20ac\U0001f600".encode("ascii", "backslashreplace")) == (
    b'\\xe9\\u20ac\\U0001f600')
assert outcome(lambda: "\xe9\u20ac".encode("ascii", "xmlcharrefreplace")) == b'&#233;&#8364;'
assert outcome(lambda: "\xe9\u20ac".encode("ascii", "namereplace")) == (
    b'\\N{LATIN SMALL LETTER E WITH ACUTE}\\N{EURO SIGN}')
assert outcome(lambda: "\udc80a".encode("ascii", "surrogateescape")) == b'\x80a'
assert outcome(lambda: "\ud800".encode("utf-8", "surrogatepass")) == b'\xed\xa0\x80'
assert outcome(lambda: "\ud800".encode("utf-16-le", "surrogatepass")) == b'\x00\xd8'
assert outcome(lambda: "\u20ac".encode("latin-1", "backslashreplace")) == b'\\u20ac'
assert outcome(lambda: "a\ud800b".encode("utf-8", "replace")) == b'a?b'
assert outcome(lambda: "a\ud800b".encode("utf-8", "ignore")) == b'ab'
assert outcome(lambda: "\ud800".encode("utf-8", "backslashreplace")) == b'\\ud800'
assert outcome(lambda: "\u0141".encode("cp1252", "replace")) == b'?'
assert outcome(lambda: "\udc80".encode("utf-8", "surrogateescape")) == b'\x80'
assert outcome(lambda: problem(lambda: "a\xe9\xeab".encode("ascii"))) == ((
    'ascii', 1, 3, 'ordinal not in range(128)',
    "'ascii' codec can't encode characters in position 1-2: ordinal not in range(128)"))
assert outcome(lambda: problem(lambda: "ab\u20ac".encode("latin-1"))) == ((
    'latin-1', 2, 3, 'ordinal not in range(256)',
    "'latin-1' codec can't encode character '\\u20ac' in position 2: ordinal not in range(256)"))
assert outcome(lambda: problem(lambda: "ab\ud800\udc00c".encode("utf-8"))) == ((
    'utf-8', 2, 4, 'surrogates not allowed',
    "'utf-8' codec can't encode characters in position 2-3: surrogates not allowed"))
assert outcome(lambda: problem(lambda: "\ud800".encode("utf-16"))) == ((
    'utf-16', 0, 1, 'surrogates not allowed',
    "'utf-16' codec can't encode character '\\ud800' in position 0: surrogates not allowed"))
assert outcome(lambda: problem(lambda: "a\u0141\u0142b".encode("cp1252"))) == ((
    'charmap', 1, 3, 'character maps to <undefined>',
    "'charmap' codec can't encode characters in position 1-2: character maps to <undefined>"))
assert outcome(lambda: problem(lambda: "\xe9".encode("ascii", "surrogateescape"))) == ((
    'ascii', 0, 1, 'ordinal not in range(128)',
    "'ascii' codec can't encode character '\\xe9' in position 0: ordinal not in range(128)"))
assert outcome(lambda: problem(lambda: "\xe9".encode("ascii", "surrogatepass"))) == ((
    'ascii', 0, 1, 'ordinal not in range(128)',
    "'ascii' codec can't encode character '\\xe9' in position 0: ordinal not in range(128)"))
assert outcome(lambda: "\n\t\\\xe9\u20ac\U0001f600".encode("unicode_escape")) == (
    b'\\n\\t\\\\\\xe9\\u20ac\\U0001f600')
assert outcome(lambda: "\n\\\xe9\u20ac\U0001f600".encode("raw_unicode_escape")) == (
    b'\n\\\xe9\\u20ac\\U0001f600')
assert outcome(lambda: "a".encode("no-such-codec")) == 'LookupError: unknown encoding: no-such-codec'
assert outcome(lambda: "a".encode("ascii", "no-such-handler")) == b'a'
assert outcome(lambda: "\xe9".encode("ascii", "no-such-handler")) == (
    "LookupError: unknown error handler name 'no-such-handler'")
assert outcome(lambda: "a".encode(1)) == "TypeError: encode() argument 'encoding' must be str, not int"
assert outcome(lambda: "a".encode("hex")) == (
    "LookupError: 'hex' is not a text encoding; use codecs.encode() to handle arbitrary codecs")
assert outcome(lambda: "a".encode("a\0b")) == 'ValueError: embedded null character'
assert outcome(lambda: "ABC".encode("UTF8")) == b'ABC'
assert outcome(lambda: "ABC".encode("Latin_1")) == b'ABC'
assert outcome(lambda: "ABC".encode("US-ASCII")) == b'ABC'
assert outcome(lambda: "ABC".encode("iso8859-1")) == b'ABC'
assert outcome(lambda: "a".encode(encoding="utf-16-le")) == b'a\x00'
assert outcome(lambda: "\xe9".encode(errors="strict")) == b'\xc3\xa9'
