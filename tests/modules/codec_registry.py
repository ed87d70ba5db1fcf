"""codecs: looking up codecs and error handlers, handlers of one's own, decoding in pieces, the codecs'
functions.
"""
import codecs

from _case import outcome


def registered(method, encoding, handler):
    """The call with a handler of our own."""
    codecs.register_error("test.handler", handler)
    return method(encoding, "test.handler")


def chunks(encoding, data):
    """Decodes byte by byte."""
    decoder = codecs.getincrementaldecoder(encoding)()
    return "".join(decoder.decode(data[i:i + 1], i == len(data) - 1) for i in range(len(data)))


assert outcome(lambda: codecs.lookup("utf8").name) == 'utf-8'
assert outcome(lambda: codecs.lookup("LATIN-1").name) == 'iso8859-1'
assert outcome(lambda: codecs.getencoder("utf-8")("a\u20ac")) == (b'a\xe2\x82\xac', 2)
assert outcome(lambda: codecs.getdecoder("latin-1")(b"\xe9")) == ('é', 1)
assert outcome(lambda: codecs.encode("a\xe9", "latin-1")) == b'a\xe9'
assert outcome(lambda: codecs.decode(b"abc", "ascii")) == 'abc'
assert outcome(lambda: codecs.encode(b"abc", "hex")) == b'616263'
assert outcome(lambda: codecs.decode(b"616263", "hex")) == b'abc'
assert outcome(lambda: codecs.encode("abc", "rot13")) == 'nop'
assert outcome(lambda: codecs.encode(b"abc", "base64")) == b'YWJj\n'
assert outcome(lambda: codecs.decode(b"YWJj\n", "base64")) == b'abc'
assert outcome(lambda: codecs.lookup("no such")) == 'LookupError: unknown encoding: no such'
assert outcome(lambda: codecs.lookup_error("no such")) == "LookupError: unknown error handler name 'no such'"
assert outcome(lambda: codecs.lookup_error("strict").__name__) == 'strict_errors'
assert outcome(lambda: codecs.strict_errors is codecs.lookup_error("strict")) == True
assert outcome(lambda: codecs.ignore_errors is codecs.lookup_error("ignore")) == True
assert outcome(lambda: codecs.replace_errors(UnicodeEncodeError("ascii", "a\xe9b", 1, 2, "x"))) == ('?', 2)
assert outcome(lambda: codecs.replace_errors(UnicodeDecodeError("ascii", b"a\xffb", 1, 2, "x"))) == ('�', 2)
assert outcome(lambda: codecs.replace_errors(UnicodeTranslateError("a\xe9b", 1, 2, "x"))) == ('�', 2)
assert outcome(lambda: codecs.xmlcharrefreplace_errors(UnicodeEncodeError("ascii", "a\xe9b", 1, 2, "x"))) == (
    ('&#233;', 2))
assert outcome(lambda: codecs.backslashreplace_errors(UnicodeDecodeError("ascii", b"a\xffb", 1, 2, "x"))) == (
    ('\\xff', 2))
assert outcome(lambda: codecs.namereplace_errors(UnicodeEncodeError("ascii", "a\xe9b", 1, 2, "x"))) == (
    ('\\N{LATIN SMALL LETTER E WITH ACUTE}', 2))
assert outcome(lambda: codecs.ignore_errors(UnicodeEncodeError("ascii", "a\xe9b", 1, 2, "x"))) == ('', 2)
assert outcome(lambda: codecs.strict_errors(1)) == 'TypeError: codec must pass exception instance'
assert outcome(lambda: codecs.ignore_errors(ValueError())) == (
    "TypeError: don't know how to handle ValueError in error callback")
assert outcome(lambda: codecs.xmlcharrefreplace_errors(UnicodeDecodeError("ascii", b"a", 0, 1, "x"))) == (
    "TypeError: don't know how to handle UnicodeDecodeError in error callback")
assert outcome(
    lambda: registered(
        "a\xe9b".encode, "ascii", lambda e: ("<%d>" % ord(e.object[e.start]), e.end))) == (b'a<233>b')
assert outcome(lambda: registered("a\xe9b".encode, "ascii", lambda e: (b"\xff", e.end))) == b'a\xffb'
assert (
    outcome(lambda: registered(b"a\xffb".decode, "ascii", lambda e: ("[%d]" % e.object[e.start], e.end)))
    == ('a[255]b'))
assert outcome(lambda: registered("a\xe9b".encode, "utf-16-le", lambda e: ("", e.end))) == (
    b'a\x00\xe9\x00b\x00')
assert outcome(lambda: registered("a\xe9\xeab".encode, "ascii", lambda e: ("?", -1))) == b'a?b'
assert outcome(lambda: registered("a\xe9b".encode, "ascii", lambda e: 1)) == (
    'TypeError: encoding error handler must return (str/bytes, int) tuple')
assert outcome(lambda: registered("a\xe9b".encode, "ascii", lambda e: ("?", 100))) == (
    'IndexError: position 100 from error handler out of bounds')
assert outcome(lambda: registered(b"a\xffb".decode, "ascii", lambda e: (b"?", 2))) == (
    'TypeError: decoding error handler must return (str, int) tuple')
assert outcome(lambda: registered("a\xe9b".encode, "ascii", lambda e: ("\xe9", e.end))) == (
    "UnicodeEncodeError: 'ascii' codec can't encode character '\\xe9' in position 1: ordinal not in "
    "range(128)")
assert outcome(lambda: chunks("utf-8", "a\u20ac\U0001f600".encode())) == 'a€😀'
assert outcome(lambda: chunks("utf-16", "a\u20ac\U0001f600".encode("utf-16"))) == 'a€😀'
assert outcome(lambda: chunks("utf-7", "a\u20acb".encode("utf-7"))) == 'a€b'
assert outcome(lambda: chunks("utf-8-sig", b"\xef\xbb\xbfab")) == 'ab'
assert outcome(lambda: chunks("utf-32", "ab".encode("utf-32"))) == 'ab'
assert outcome(lambda: codecs.escape_decode(b"\\x41\\n\\101")) == (b'A\nA', 10)
assert outcome(lambda: codecs.escape_encode(b"a\n'")) == (b"a\\n\\'", 3)
assert outcome(lambda: codecs.utf_16_ex_decode(b"\xff\xfea\x00")) == ('a', 4, -1)
assert outcome(lambda: codecs.utf_8_decode(b"a\xe2\x82")) == ('a', 1)
assert outcome(lambda: codecs.utf_8_decode(b"a", "strict", True)) == ('a', 1)
assert outcome(lambda: codecs.charmap_decode(b"ab", "strict", {97: "x", 98: 121})) == ('xy', 2)
assert outcome(lambda: codecs.charmap_encode("ab", "strict", {97: 1, 98: b"yz"})) == (b'\x01yz', 2)
assert outcome(lambda: codecs.charmap_decode(b"\x00\x01", "strict", "xy")) == ('xy', 2)
assert outcome(lambda: codecs.readbuffer_encode(b"abc")) == (b'abc', 3)
assert outcome(lambda: codecs.utf_16_le_encode("a")) == (b'a\x00', 1)
assert outcome(lambda: codecs.ascii_encode("abc")) == (b'abc', 3)
assert outcome(lambda: codecs.unicode_escape_encode("\n")) == (b'\\n', 1)
assert outcome(lambda: codecs.charmap_decode(b"\x02", "strict", "xy")) == (
    "UnicodeDecodeError: 'charmap' codec can't decode byte 0x02 in position 0: character maps to <undefined>")
assert outcome(lambda: codecs.charmap_encode("c", "strict", {97: 1})) == (
    "UnicodeEncodeError: 'charmap' codec can't encode character '\\x63' in position 0: character maps to "
    "<undefined>")
assert outcome(lambda: codecs.escape_decode(b"\\x4")) == 'ValueError: invalid \\x escape at position 0'
assert outcome(lambda: codecs.escape_decode(b"\\")) == 'ValueError: Trailing \\ in string'
assert outcome(lambda: codecs.BOM_UTF8) == b'\xef\xbb\xbf'
assert outcome(lambda: codecs.BOM_UTF16_LE) == b'\xff\xfe'
assert outcome(lambda: codecs.iterdecode([b"a", b"b"], "ascii").__next__()) == 'a'
assert codecs.encode("abc", "rot13") == "nop" and codecs.decode(b"616263", "hex") == b"abc"
assert codecs.lookup("UTF8").name == "utf-8"
i = codecs.getincrementaldecoder("utf-8")()
assert i.decode(b"\xe2\x82") == "" and i.decode(b"\xac") == "€"
codecs.register_error("test.handler", lambda e: ("?" * (e.end - e.start), e.end))
assert "aéü".encode("ascii", "test.handler") == b"a??" and b"a\xff".decode("utf-8", "test.handler") == "a?"
