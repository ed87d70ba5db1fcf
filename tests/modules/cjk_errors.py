"""Codecs of Chinese, Japanese and Korean: what is no character, error handlers and their answers."""
import codecs

import _codecs_cn
import _codecs_jp
import _multibytecodec

from _case import error


def seen(function, *arguments):
    """Range and reason of the UnicodeError that a call raises."""
    try:
        function(*arguments)
    except UnicodeError as e:
        return e.encoding, e.start, e.end, e.reason
    raise AssertionError(arguments)


ILLEGAL, INCOMPLETE = "illegal multibyte sequence", "incomplete multibyte sequence"
assert seen(b"a\xff\xa1".decode, "gbk") == ("gbk", 1, 2, ILLEGAL)
assert seen(b"a\xa1".decode, "gbk") == ("gbk", 1, 2, INCOMPLETE)
assert seen(b"\x81\x30\x81".decode, "gb18030") == ("gb18030", 0, 3, INCOMPLETE)
assert seen(b"\xe3\x32\x9a\x36".decode, "gb18030") == ("gb18030", 0, 1, ILLEGAL)
assert seen(b"\xeb".decode, "shift_jis") == ("shift_jis", 0, 1, ILLEGAL)
assert seen(b"\xeb".decode, "shift_jis_2004") == ("shift_jis_2004", 0, 1, INCOMPLETE)
assert seen(b"\x8f\xa1".decode, "euc_jp") == ("euc_jp", 0, 2, INCOMPLETE)
assert seen(b"\xae\xa1".decode, "euc_jisx0213") == ("euc_jisx0213", 0, 2, ILLEGAL)
assert seen(b"\xa4\xd4\xa4".decode, "euc_kr") == ("euc_kr", 0, 3, INCOMPLETE)
assert seen(b"\x1b$(Z".decode, "iso2022_jp") == ("iso2022_jp", 0, 4, ILLEGAL)
assert seen(b"\x1b$B!".decode, "iso2022_jp") == ("iso2022_jp", 3, 4, INCOMPLETE)
assert seen(b"~{VP~x".decode, "hz") == ("hz", 4, 5, ILLEGAL)
assert seen("ab\u4e2d\ud55c".encode, "big5") == ("big5", 3, 4, ILLEGAL)
assert seen("\U0001f600".encode, "cp932") == ("cp932", 0, 1, ILLEGAL)
assert "\U0001f600".encode("gb18030") == b"\x94\x39\xfc\x36"

TEXT = "a\u4e2d\xe9\ud800\U0001f600z"
assert TEXT.encode("big5", "ignore") == b"a\xa4\xa4z"
assert TEXT.encode("big5", "replace") == b"a\xa4\xa4???z"
assert TEXT.encode("big5", "backslashreplace") == b"a\xa4\xa4\\xe9\\ud800\\U0001f600z"
assert TEXT.encode("big5", "xmlcharrefreplace") == b"a\xa4\xa4&#233;&#55296;&#128512;z"
assert "\xb5\U0001f600".encode("big5", "namereplace") == b"\\N{MICRO SIGN}\\N{GRINNING FACE}"
assert "a\udc81\udcff".encode("gbk", "surrogateescape") == b"a\x81\xff"
assert b"a\xff\x80z".decode("euc_kr", "surrogateescape") == "a\udcff\udc80z"
assert b"\xb0\xa1\xff\x80z".decode("euc_kr", "replace") == "\uac00\ufffd\ufffdz"
assert b"\xb0\xa1\xff\x80z".decode("euc_kr", "ignore") == "\uac00z"
assert b"\xb0\xa1\xff\x80z".decode("euc_kr", "backslashreplace") == "\uac00\\xff\\x80z"
# the replacement is written in the state that the encoder is in
assert "\u4e2d\ud55c\u4e2d".encode("hz", "replace") == b"~{VP~}?~{VP~}"
assert "\u4e2d\ud55c\u4e2d".encode("iso2022_jp", "replace") == b"\x1b$BCf\x1b(B?\x1b$BCf\x1b(B"


def answering(answer):
    """A call of the encoder and the decoder with a handler that answers so, three times at most."""
    left = [0]

    def handler(e):
        left[0] -= 1
        if left[0] < 0:
            raise KeyError("enough")
        return answer
    codecs.register_error("cjk.answer", handler)
    codec = _codecs_cn.getcodec("gbk")
    for method, data in ((codec.encode, "a\ud801bc"), (codec.decode, b"a\xff\xffbc")):
        left[0] = 3
        try:
            yield method(data, "cjk.answer")
        except Exception as e:
            yield f"{type(e).__name__}: {e}"


WRONG = ["TypeError: encoding error handler must return (str, int) tuple",
         "TypeError: decoding error handler must return (str, int) tuple"]
for answer in (5, ("a",), ("a", "b"), (5, 1), [1, 2], ("a", 1.5), ("a", 1, 2), None):
    assert list(answering(answer)) == WRONG, answer
for huge in (1 << 99, -1 << 99):
    assert list(answering(("a", huge))) == ["IndexError: position -1 from error handler out of bounds"] * 2
assert list(answering(("a", -99))) == ["IndexError: position -95 from error handler out of bounds",
                                       "IndexError: position -94 from error handler out of bounds"]
assert list(answering((b"\x81\xff", -1))) == [(b"a\x81\xffc", 4), WRONG[1]]
assert list(answering(("\u4e2d", -1))) == [(b"a\xd6\xd0c", 4), ("a\u4e2dc", 5)]
assert list(answering(("\ud800", 2))) == [
    "UnicodeEncodeError: 'gbk' codec can't encode character '\\ud800' in position 0: "
    "illegal multibyte sequence",
    "KeyError: 'enough'"]
assert list(answering(("x", True))) == ["KeyError: 'enough'"] * 2

getcodec = _codecs_cn.getcodec
assert error(getcodec, 5) == "TypeError: encoding name must be a string."
assert error(getcodec, "big5") == error(_codecs_jp.getcodec,
                                        "gbk") == "LookupError: no such codec is supported."
assert error(getcodec) == "TypeError: _codecs_cn.getcodec() takes exactly one argument (0 given)"
codec = getcodec("gbk")
assert error(type(codec)) == "TypeError: cannot create '_multibytecodec.MultibyteCodec' instances"
assert codec.encode(5) == (b"5", 1) and codec.encode("") == (b"", 0) and codec.decode(b"") == ("", 0)
assert codec.encode(input="a", errors=None) == (b"a", 1)
assert error(codec.encode) == "TypeError: encode() missing required argument 'input' (pos 1)"
assert error(codec.decode, "a") == "TypeError: a bytes-like object is required, not 'str'"
assert error(codec.encode, "a", 5) == "TypeError: encode() argument 'errors' must be str or None, not int"
assert error(codec.encode, "a", "a\0b") == "ValueError: embedded null character"
assert error(codec.encode, "\ud800", "no such") == "LookupError: unknown error handler name 'no such'"
assert codec.decode(bytearray(b"\xd6\xd0")) == codec.decode(memoryview(b"\xd6\xd0")) == ("\u4e2d", 2)
assert error(_multibytecodec.__create_codec, b"x") == "ValueError: argument type invalid"


def test_characters_of_the_second_set():
    """ISO-2022-JP-2: ESC N and one byte, of Latin-1 without and of Greek with either half."""
    for byte in range(256):
        latin = b"\x1b.A\x1bN" + bytes([byte])
        greek = b"\x1b.F\x1bN" + bytes([byte])
        if byte < 0x80:
            assert latin.decode("iso2022_jp_2") == chr(byte | 0x80)
        else:
            assert latin.decode("iso2022_jp_2", "replace")[:1] == "\ufffd", byte
        newer = byte ^ 0x80 in (0xA4, 0xA5, 0xAA)  # signs that ISO 8859-7 gained in 2003
        wanted = "\ufffd" if newer else bytes([byte ^ 0x80]).decode("iso8859_7", "replace")
        assert greek.decode("iso2022_jp_2", "replace")[:1] == wanted, byte


test_characters_of_the_second_set()
