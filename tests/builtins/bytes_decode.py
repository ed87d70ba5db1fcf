"""decode of bytes and bytearray: codecs, error handlers, and what UnicodeDecodeError says."""
from _case import error, outcome

for B in (bytes, bytearray):
    assert B(b"\xc3\xa9").decode() == "é" and B(b"\xe9").decode("latin-1") == "é"
    assert B(b"a\xffb").decode("utf-8", "replace") == "a\ufffdb"
    assert B(b"a\xffb").decode(errors="ignore") == "ab"
    assert B(b"\xff").decode("utf-8", "backslashreplace") == "\\xff"
    assert B(b"\xff").decode("utf-8", "surrogateescape") == "\udcff"
    assert B(b"a\0").decode("utf-16-le") == "a"
    assert error(B(b"a\xff").decode) == (
        "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 1: invalid start byte")
    assert error(B(b"\xc3").decode) == (
        "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xc3 in position 0: unexpected end of data")
    assert error(B(b"\xe2(\xa1").decode) == (
        "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xe2 in position 0: invalid continuation byte")
    assert error(B(b"\xff").decode, "ascii") == (
        "UnicodeDecodeError: 'ascii' codec can't decode byte 0xff in position 0: ordinal not in range(128)")
assert outcome(lambda: b"abc".decode()) == 'abc'
assert outcome(lambda: b"\xe2\x82\xac".decode("utf-8")) == '€'
assert outcome(lambda: b"\xff".decode("latin-1")) == 'ÿ'
assert outcome(lambda: b"a\xffb".decode("ascii", "ignore")) == 'ab'
assert outcome(lambda: b"abc".decode(encoding="ascii", errors="strict")) == 'abc'


def problem(f):
    """What the UnicodeError of the call says."""
    try:
        return f()
    except UnicodeError as e:
        return e.encoding, e.start, e.end, e.reason, str(e)


assert outcome(lambda: problem(lambda: b"ab\xff".decode("ascii"))) == ((
    'ascii', 2, 3, 'ordinal not in range(128)',
    "'ascii' codec can't decode byte 0xff in position 2: ordinal not in range(128)"))
assert outcome(lambda: problem(lambda: b"a\xffb".decode())) == ((
    'utf-8', 1, 2, 'invalid start byte',
    "'utf-8' codec can't decode byte 0xff in position 1: invalid start byte"))
assert outcome(lambda: problem(lambda: b"a\xe2\x82".decode())) == ((
    'utf-8', 1, 3, 'unexpected end of data',
    "'utf-8' codec can't decode bytes in position 1-2: unexpected end of data"))
assert outcome(lambda: problem(lambda: b"a\xe2\x28\xa1".decode())) == ((
    'utf-8', 1, 2, 'invalid continuation byte',
    "'utf-8' codec can't decode byte 0xe2 in position 1: invalid continuation byte"))
assert outcome(lambda: problem(lambda: b"\xc0\x80".decode())) == ((
    'utf-8', 0, 1, 'invalid start byte',
    "'utf-8' codec can't decode byte 0xc0 in position 0: invalid start byte"))
assert outcome(lambda: problem(lambda: b"\xed\xa0\x80".decode())) == ((
    'utf-8', 0, 1, 'invalid continuation byte',
    "'utf-8' codec can't decode byte 0xed in position 0: invalid continuation byte"))
assert outcome(lambda: problem(lambda: b"\xf4\x90\x80\x80".decode())) == ((
    'utf-8', 0, 1, 'invalid continuation byte',
    "'utf-8' codec can't decode byte 0xf4 in position 0: invalid continuation byte"))
assert outcome(lambda: problem(lambda: b"\x00".decode("utf-16"))) == ((
    'utf-16-le', 0, 1, 'truncated data',
    "'utf-16-le' codec can't decode byte 0x00 in position 0: truncated data"))
assert outcome(lambda: problem(lambda: b"\x00\xd8".decode("utf-16-le"))) == ((
    'utf-16-le', 0, 2, 'unexpected end of data',
    "'utf-16-le' codec can't decode bytes in position 0-1: unexpected end of data"))
assert outcome(lambda: problem(lambda: b"\x00\xd8a\x00".decode("utf-16-le"))) == ((
    'utf-16-le', 0, 2, 'illegal UTF-16 surrogate',
    "'utf-16-le' codec can't decode bytes in position 0-1: illegal UTF-16 surrogate"))
assert outcome(lambda: problem(lambda: b"\x00\xdc".decode("utf-16-le"))) == ((
    'utf-16-le', 0, 2, 'illegal encoding',
    "'utf-16-le' codec can't decode bytes in position 0-1: illegal encoding"))
assert outcome(lambda: problem(lambda: b"\x00\x00".decode("utf-32-le"))) == ((
    'utf-32-le', 0, 2, 'truncated data',
    "'utf-32-le' codec can't decode bytes in position 0-1: truncated data"))
assert outcome(lambda: problem(lambda: b"\xff\xff\xff\xff".decode("utf-32-le"))) == ((
    'utf-32-le', 0, 4, 'code point not in range(0x110000)',
    "'utf-32-le' codec can't decode bytes in position 0-3: code point not in range(0x110000)"))
assert outcome(lambda: problem(lambda: b"\x81".decode("cp1252"))) == ((
    'charmap', 0, 1, 'character maps to <undefined>',
    "'charmap' codec can't decode byte 0x81 in position 0: character maps to <undefined>"))
assert outcome(lambda: problem(lambda: b"a\\x1".decode("unicode_escape"))) == ((
    'unicodeescape', 1, 4, 'truncated \\xXX escape',
    "'unicodeescape' codec can't decode bytes in position 1-3: truncated \\xXX escape"))
assert outcome(lambda: problem(lambda: b"\\N{no such}".decode("unicode_escape"))) == ((
    'unicodeescape', 0, 11, 'unknown Unicode character name',
    "'unicodeescape' codec can't decode bytes in position 0-10: unknown Unicode character name"))
assert outcome(lambda: problem(lambda: b"\\u12".decode("raw_unicode_escape"))) == ((
    'rawunicodeescape', 0, 4, 'truncated \\uXXXX escape',
    "'rawunicodeescape' codec can't decode bytes in position 0-3: truncated \\uXXXX escape"))
assert outcome(lambda: problem(lambda: b"+a".decode("utf-7"))) == ((
    'utf7', 0, 2, 'unterminated shift sequence',
    "'utf7' codec can't decode bytes in position 0-1: unterminated shift sequence"))
assert outcome(lambda: b"a\xe2\x82\xacb".decode()) == 'a€b'
assert outcome(lambda: b"\xff\xfea\x00".decode("utf-16")) == 'a'
assert outcome(lambda: b"\xfe\xff\x00a".decode("utf-16")) == 'a'
assert outcome(lambda: b"a\x00".decode("utf-16")) == 'a'
assert outcome(lambda: b"=\xd8\x00\xde".decode("utf-16-le")) == '😀'
assert outcome(lambda: b"\xef\xbb\xbfa".decode("utf-8-sig")) == 'a'
assert outcome(lambda: b"\xef\xbb\xbfa".decode()) == '\ufeffa'
assert outcome(lambda: b"\x80".decode("cp1252")) == '€'
assert outcome(lambda: b"+AOk-".decode("utf-7")) == 'é'
assert outcome(lambda: b"a\xffb".decode("utf-8", "replace")) == 'a�b'
assert outcome(lambda: b"a\xffb".decode("utf-8", "ignore")) == 'ab'
assert outcome(lambda: b"a\xffb".decode("utf-8", "backslashreplace")) == 'a\\xffb'
assert outcome(lambda: b"a\xffb".decode("utf-8", "surrogateescape")) == 'a\udcffb'
assert outcome(lambda: b"\xed\xa0\x80".decode("utf-8", "surrogatepass")) == '\ud800'
assert outcome(lambda: b"a\xe2\x82b".decode("utf-8", "replace")) == 'a�b'
assert outcome(lambda: b"\xff\xff".decode("ascii", "surrogateescape")) == '\udcff\udcff'
assert outcome(lambda: b"\xf0\x9f\x98".decode("utf-8", "replace")) == '�'
assert outcome(lambda: b"a\x81".decode("cp1252", "replace")) == 'a�'
assert outcome(lambda: b"\xe2\x82".decode("utf-8", "surrogateescape")) == '\udce2\udc82'
assert outcome(lambda: b"\\n\\x41\\u20ac\\U0001f600\\N{BULLET}\\\\\\'\\101".decode("unicode_escape")) == (
    "\nA€😀•\\'A")
assert outcome(lambda: b"\\u20ac\\x41\xe9".decode("raw_unicode_escape")) == '€\\x41é'
assert outcome(lambda: b"\xff".decode("ascii", "no-such-handler")) == (
    "LookupError: unknown error handler name 'no-such-handler'")
assert outcome(lambda: b"a".decode("rot13")) == (
    "LookupError: 'rot13' is not a text encoding; use codecs.decode() to handle arbitrary codecs")
assert outcome(lambda: b"abc".decode("UTF_8")) == 'abc'
assert outcome(lambda: b"\xe9".decode("iso-8859-15")) == 'é'
assert outcome(lambda: b"\xe9".decode("latin1")) == 'é'
assert outcome(lambda: b"\xc4".decode("koi8-r")) == 'д'
assert outcome(lambda: b"\xb0\xa1".decode("cp437")) == '░í'
assert outcome(lambda: "x" * 50000 == ("x" * 50000).encode().decode()) == True
assert outcome(lambda: ("\u20ac" * 3000).encode().decode() == "\u20ac" * 3000) == True
assert outcome(lambda: bytearray(b"abc").decode()) == 'abc'
