"""Text that a code lacks in runs, blocks and single characters: each handler makes of the whole what it makes
of the characters one by one; spoilt UTF-8 likewise; a map that a handler changes is asked anew.
"""
import codecs
import unicodedata

STATELESS = ("ascii", "latin-1", "utf-8", "cp1252", "koi8-r", "iso8859-7", "cp1255", "shift_jis",
             "euc-kr", "gbk", "big5", "cp949")
HANDLERS = ("ignore", "replace", "backslashreplace", "xmlcharrefreplace", "namereplace", "surrogateescape")
TEXTS = (
    "", "?&#;\\N{}", "ёщ\u0411ß語🐍한é", "x" * 511 + "語é🐍" + "y" * 513 + "\udc80\udcff" + "Ω" * 600,
    "".join(chr(c) for c in range(0x20, 0x900, 7)) * 2, "\u043f\u043a?\u013f&" * 90,
)


def one_by_one(text, name, errors):
    return b"".join(c.encode(name, errors) for c in text)


for name in STATELESS:
    for errors in HANDLERS:
        for text in TEXTS:
            try:
                expected = one_by_one(text, name, errors)
            except UnicodeEncodeError as error:
                expected = error.reason
            try:
                found = text.encode(name, errors)
            except UnicodeEncodeError as error:
                found = error.reason
            assert found == expected, (name, errors, text)

# a map without "?" cannot replace, one with bytes for "?" writes these
lacking = {ord("a"): 1}
try:
    codecs.charmap_encode("aé", "replace", lacking)
except UnicodeEncodeError as error:
    assert (error.start, error.end, error.reason) == (1, 2, "character maps to <undefined>")
else:
    raise AssertionError
long = {ord("a"): 1, ord("?"): b"<?>", ord("é"): None}
assert codecs.charmap_encode("aéa" * 9, "replace", long) == (b"\x01<?>\x01" * 9, 27)


def teach(error):
    long[ord("é")] = 7
    return "aé", error.end


codecs.register_error("teach", teach)
assert codecs.charmap_encode("éaé", "teach", long) == (b"\x01\x07\x01\x07", 3)

# bytes that are no UTF-8, at every distance from good ones
good = "aé€🐍" * 40
for step in range(1, 40):
    data = good.encode()
    parts = [data[i:i + step] for i in range(0, len(data), step)]
    spoilt = b"\xff".join(parts)
    text = spoilt.decode("utf-8", "surrogateescape")
    assert text.encode("utf-8", "surrogateescape") == spoilt
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    assert "".join(map(decoder.decode, [spoilt[i:i + 3] for i in range(0, len(spoilt), 3)])) == text
    runs = spoilt.decode("utf-8", "backslashreplace")
    assert runs.count("\\xff") == len(parts) - 1

# marks out of order, in order, between letters, of letters that come apart
for marks in ("\u0301\u0323", "\u0323\u0301", "\u0323\u0301\u0327", "\u0301"):
    for base in ("a", "é", "ệ", "한", "x" * 70 + "ё"):
        whole = unicodedata.normalize("NFD", base) + marks
        letters = whole.rstrip("".join(map(chr, range(0x300, 0x370))))
        tail = "".join(sorted(whole[len(letters):], key=unicodedata.combining))
        assert unicodedata.normalize("NFD", base + marks) == letters + tail, (base, marks)
        assert unicodedata.normalize("NFC", base + marks) == unicodedata.normalize("NFC", letters + tail)

# characters that are met again are equal to new ones, whatever came between
seen = {}
for c in "яязы語🐍" * 50 + "".join(map(chr, range(0x400, 0x900))):
    seen[c] = seen.get(c, 0) + 1
    assert ord(c) == ord(chr(ord(c))) and c == chr(ord(c)) and len(c) == 1
assert seen["я"] == 101 and seen["🐍"] == 50
