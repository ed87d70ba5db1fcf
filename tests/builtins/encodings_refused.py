"""Names of encodings that C could not read, and sources whose encoding does not fit them."""
import codecs

from _case import error

assert error(codecs.lookup, "utf-8\udce2") == \
    "UnicodeEncodeError: 'utf-8' codec can't encode character '\\udce2' in position 5: surrogates not allowed"
assert error(codecs.lookup, "a\0b") == error(b"x".decode, "a\0") == "ValueError: embedded null character"
assert error(codecs.lookup, "\xe9") == "LookupError: unknown encoding: \xe9"


def refusal(source):
    try:
        compile(source, "<string>", "exec")
    except SyntaxError as exception:
        return exception.args
    return None


place = ("<string>", 0, -1, None)
assert refusal(b"# coding: ascii\n\xe2\x98\x83") == \
    ("'ascii' codec can't decode byte 0xe2 in position 16: ordinal not in range(128)", place)
assert refusal(b"# coding: cp1252\n'\x81'") == \
    ("'charmap' codec can't decode byte 0x81 in position 18: character maps to <undefined>", place)
assert refusal(b"# coding: hex\nzz") == \
    ("'hex' is not a text encoding; use codecs.decode() to handle arbitrary codecs", place)
assert refusal(b"# coding: no-such\n") == ("unknown encoding: no-such", place)
