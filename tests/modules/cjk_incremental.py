"""Incremental coders of Chinese, Japanese and Korean: every cut, states, reset, what a failure leaves."""
import codecs

import _multibytecodec

from _case import error

TEXTS = {"gb2312": "中文 a", "gbk": "中文丂a", "gb18030": "中㐀\U0001f600é", "hz": "ab中文cd\n文", "big5": "中文",
         "cp950": "中文€",
         "big5hkscs": "\xca\u0304\xca中\u30a7", "euc_jp": "日本ｶﾞ丂a", "shift_jis": "日本ｶﾞ", "cp932": "日本①\ue000",
         "shift_jis_2004": "か\u309aかa\xe6\u0300", "euc_jis_2004": "か\u309aか\U0002000b", "euc_kr": "가각갂a",
         "cp949": "갂가",
         "johab": "갂ㄱ가", "iso2022_jp": "a日本¥\n", "iso2022_jp_2": "中한é", "iso2022_kr": "a한글a\n한"}


def incremental_state(coder, data, kind):
    """All the coder gives for data a piece at a time, its state put back before each."""
    parts = []
    for i in range(len(data)):
        coder.setstate(coder.getstate())
        parts.append(kind(coder, data[i:i + 1], i == len(data) - 1))
    return parts[0][:0].join(parts)


for name, text in TEXTS.items():
    whole = text.encode(name)
    assert whole.decode(name) == text, name
    assert incremental_state(codecs.getincrementalencoder(name)(), text, lambda c,
                             *a: c.encode(*a)) == whole, name
    assert incremental_state(codecs.getincrementaldecoder(name)(), whole, lambda c,
                             *a: c.decode(*a)) == text, name
    for cut in range(len(whole) + 1):
        decoder = codecs.getincrementaldecoder(name)()
        assert decoder.decode(whole[:cut]) + decoder.decode(whole[cut:], True) == text, (name, cut)

# what is kept, and how the state shows it
encoder = codecs.getincrementalencoder("shift_jis_2004")()
assert encoder.encode("か") == b"" and encoder.getstate() == 0x8B81E303
assert encoder.encode("\u309a") == b"\x82\xf5" and encoder.getstate() == 0
assert encoder.encode("か") == b"" and encoder.encode("", True) == b"\x82\xa9"
encoder.encode("か")
encoder.reset()
assert encoder.getstate() == 0
encoder.setstate(0x8B81E303)
assert encoder.encode("x") == b"\x82\xa9x"
encoder = codecs.getincrementalencoder("iso2022_kr")()
assert encoder.getstate() == 0x424200 and encoder.encode("한") == b"\x1b$)C\x0eGQ"
assert encoder.getstate() == 0x10000C34200 and encoder.encode("", True) == b"\x0f"
decoder = codecs.getincrementaldecoder("gb18030")()
assert decoder.getstate() == (b"", 0) and decoder.decode(b"a\x81\x30\x81") == "a"
assert decoder.getstate() == (b"\x81\x30\x81", 0) and decoder.decode(b"\x30") == "\x80"
decoder = codecs.getincrementaldecoder("iso2022_jp")()
assert decoder.decode(b"\x1b$B$") == "" and decoder.getstate() == (b"$", 0x4242C2)
decoder.reset()
assert decoder.getstate() == (b"", 0x424242)

# after a failure
decoder = codecs.getincrementaldecoder("gbk")()
decoder.decode(b"\x81")
error(decoder.decode, b"\xff\xff")
assert decoder.getstate() == (b"", 0)
decoder.decode(b"\x81")
assert error(decoder.decode, b"", True).endswith("incomplete multibyte sequence")
assert decoder.getstate() == (b"\x81", 0)
assert decoder.decode(b"\x40") == "丂"
encoder = codecs.getincrementalencoder("big5hkscs")()
encoder.encode("\xca")
error(encoder.encode, "\ud55c")
assert encoder.getstate() == 0x8AC302
assert encoder.encode("\u0304") == b"\x88\x62"

# handlers that are put in place later
encoder = codecs.getincrementalencoder("gbk")()
assert encoder.errors == "strict"
encoder.errors = "replace"
assert encoder.encode("\ud55c") == b"?"
encoder.errors = "abc\0def"
assert encoder.errors == "abc"
assert error(encoder.encode, "\ud55c") == "LookupError: unknown error handler name 'abc'"
assert error(setattr, encoder, "errors", 5) == "TypeError: errors must be a string"
assert error(delattr, encoder, "errors") == "AttributeError: cannot delete attribute"

# arguments
assert encoder.encode(5) == b"5"
assert error(encoder.encode) == "TypeError: encode() missing required argument 'input' (pos 1)"
assert error(encoder.setstate, "a") == "TypeError: setstate() argument must be int, not str"
assert error(encoder.setstate, -1) == "OverflowError: can't convert negative int to unsigned"
assert error(encoder.setstate, 1 << 136) == "OverflowError: int too big to convert"
assert error(encoder.setstate, 9) == "UnicodeError: pending buffer too large"
assert error(encoder.setstate, 0xFF01).startswith("UnicodeDecodeError: 'utf-8'")
assert error(decoder.setstate, 5) == "TypeError: setstate() argument must be tuple, not int"
for state in ((), (b"",), ("a", 0), (b"a", "0"), (b"", 0, 0)):
    assert error(decoder.setstate, state) == "TypeError: setstate(): illegal state argument", state
assert error(decoder.setstate, (b"", 1 << 64)) == "OverflowError: int too big to convert"
assert error(decoder.setstate, (b"123456789", 0)) == "UnicodeError: pending buffer too large"
assert error(decoder.decode, "a") == "TypeError: a bytes-like object is required, not 'str'"


class Wrong(_multibytecodec.MultibyteIncrementalEncoder):
    codec = 5


assert error(Wrong) == "TypeError: codec is unexpected type"
Base = _multibytecodec.MultibyteIncrementalDecoder
assert error(Base) == ("AttributeError: type object '_multibytecodec.MultibyteIncrementalDecoder' "
                       "has no attribute 'codec'")
make = codecs.getincrementalencoder("gbk")
assert error(make, 5) == "TypeError: IncrementalEncoder() argument 1 must be str, not int"
assert error(make, "a", "b") == "TypeError: IncrementalEncoder() takes at most 1 argument (2 given)"
assert error(make, "a\0") == "ValueError: embedded null character"
assert make(errors="x").errors == "x" and not hasattr(make(), "buffer")
