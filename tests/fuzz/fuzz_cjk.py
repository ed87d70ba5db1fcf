#!/usr/bin/python3.11
"""The codecs of Chinese, Japanese and Korean, and the other multibyte ones: random text and random bytes,
whole and in pieces, with every error handler: text, bytes, exceptions and states must be the reference's."""
import re
import sys

import _fuzz

CODECS = ("gb2312 gbk gb18030 hz big5 cp950 big5hkscs euc_jp shift_jis cp932 shift_jis_2004 shift_jisx0213 "
          "euc_jis_2004 euc_jisx0213 euc_kr cp949 johab iso2022_jp iso2022_jp_1 iso2022_jp_2 iso2022_jp_2004 "
          "iso2022_jp_3 iso2022_jp_ext iso2022_kr").split()
OTHERS = "utf-8 utf-16 utf-16-le utf-16-be utf-32 utf-32-le utf-32-be utf-7 cp1252 koi8-r cp437".split()
ERRORS = ("strict ignore replace backslashreplace xmlcharrefreplace namereplace surrogateescape "
          "surrogatepass text bytes back none").split()

PRELUDE = r'''
import codecs, io
limit = [0]
def place(e, where):
    limit[0] -= 1
    if limit[0] < 0: raise KeyError('enough')
    return where
codecs.register_error('text', lambda e: ('[\u4e2d%s]' % e.reason[:2], place(e, e.end)))
codecs.register_error('bytes', lambda e: (b'<\x81>' if type(e) is UnicodeEncodeError else '<>',
                                              place(e, e.end)))
codecs.register_error('back', lambda e: ('?', place(e, -1 if limit[0] % 3 else e.start + 1)))
codecs.register_error('none', lambda e: (None, place(e, e.end)))
def whole(codec, data, errors):
    limit[0] = 5
    try:
        out = data.encode(codec, errors) if isinstance(data, str) else data.decode(codec, errors)
    except UnicodeError as e:
        return type(e).__name__, str(e), e.start, e.end, e.reason, e.object == data
    return out
def pieces(codec, data, errors, cuts):
    limit[0] = 9
    make = codecs.getincrementalencoder if isinstance(data, str) else codecs.getincrementaldecoder
    coder = make(codec)(errors)
    step = coder.encode if isinstance(data, str) else coder.decode
    start, seen = 0, []
    for cut in [*cuts, len(data)]:
        try:
            seen.append(step(data[start:cut], cut == len(data)))
        except UnicodeError as e:
            seen.append((str(e), e.start, e.end, e.object))
        except Exception as e:
            seen.append(str(e))
        if codec in KEEPS: seen.append(coder.getstate())
        if cut % 7 == 3:
            coder.setstate(coder.getstate())
        if cut % 11 == 5:
            coder.reset()
            if codec in KEEPS: seen.append(coder.getstate())
        start = cut
    return seen
def streams(codec, data, errors, sizes):
    limit[0] = 9
    if isinstance(data, str):
        raw = io.BytesIO()
        writer = codecs.getwriter(codec)(raw, errors)
        for i in range(0, len(data), 3): writer.write(data[i:i + 3])
        writer.reset()
        return raw.getvalue()
    reader = codecs.getreader(codec)(io.BytesIO(data), errors)
    return [reader.read(n) if n < 5 else reader.readline() if n < 7 else reader.readlines(n) for n in sizes]
''' + f"KEEPS = {CODECS!r}\n"

RANGES = [(0x20, 0x7F), (0x20, 0x7F), (0, 0x180), (0x370, 0x460), (0x2000, 0x2300), (0x3000, 0x3200),
          (0x4E00, 0xA000),
          (0x4E00, 0xA000), (0x3400, 0x4E00), (0xAC00, 0xD7A4), (0xD800, 0xE000), (0xE000, 0xF900), (0xF900,
                                                                                                     0xFB00),
          (0xFE30, 0x10000), (0x20000, 0x2A6E0), (0x1F300, 0x1F700), (0, 0x110000)]
POINTS = [0xA5, 0x203E, 0x304B, 0x309A, 0xE6, 0x300, 0xCA, 0x304, 0x30C, 0x2E9, 0x2E5, 0xFF61, 0xFF9F, 0x7E,
          0x5C, 10, 13,
          0x2014, 0x2015, 0xB7, 0x30FB, 0x3164, 0x9B1C, 0x9B1D, 0xDC80, 0xDCFF, 0xFFFE, 0xFEFF]
PIECES = [b"~{", b"~}", b"~~", b"~\n", b"~", b"\x1b$B", b"\x1b$@", b"\x1b(B", b"\x1b(J", b"\x1b(I",
          b"\x1b$A", b"\x1b$(C",
          b"\x1b$(D", b"\x1b$(O", b"\x1b$(P", b"\x1b$(Q", b"\x1b$)C", b"\x0e", b"\x0f", b"\x1b.A", b"\x1b.F",
          b"\x1bN",
          b"\x1b&@\x1b$B", b"\x1b", b"\x1b(", b"\x1b$", b"\x1b)Z", b"\n", b"\x8e", b"\x8f", b"\xa4\xd4",
          b"\x81\x30",
          b"\xa4\xd4\xa4\xa1\xa4\xbf\xa4\xd4", b"\xff", b"\x80", b"+AGE-", b"+", b"\xd8\x00", b"\x00\xd8",
          b"\x88\x62"]


class Cjk(_fuzz.Fuzzer):
    PRELUDE = PRELUDE
    ROUND = 1500

    def text(self, g, codec):
        points = []
        for _ in range(g.choice((0, 1, 2, 5, 20, 60))):
            if g.random() < .2:
                points.append(g.choice(POINTS))
            else:
                points += [g.randrange(*g.choice(RANGES[:8] if g.random() < .7 else RANGES))] * g.choice((1,
                                                                                                          1,
                                                                                                          1,
                                                                                                          2))
        text = "".join(map(chr, points))
        if g.random() < .5:
            text = text.encode(codec, "ignore").decode(codec, "ignore")
        # what 3.11.2 has wrong and later releases have repaired
        if codec == "hz":
            text = text.replace("~", "")
        if codec in ("iso2022_jp_2004", "iso2022_jp_3"):
            text = text.translate(dict.fromkeys((0x309A, 0x300, 0x301, 0x2E5, 0x2E9)))
        # tests/differences/jisx0213_null.py, namereplace_private_use.py
        if "2004" in codec or "0213" in codec or codec == "iso2022_jp_3":
            text = text.replace("\0", "")
        return re.sub("[\U000f0000-\U000f0fff]", "", text)

    def bytes(self, g, codec):
        data = b""
        for _ in range(g.choice((1, 1, 2, 4))):
            k = g.randrange(5)
            if k == 0:
                data += g.randbytes(g.randrange(0, 20))
            elif k == 1:
                data += b"".join(g.choices(PIECES, k=g.randrange(1, 6)))
            elif k == 2:
                data += bytes(g.randrange(0x21, 0x7F) for _ in range(g.randrange(8)))
            else:
                right = bytearray(self.text(g, codec).encode(codec, "ignore"))
                for _ in range(g.choice((0, 0, 1, 3))):
                    if right:
                        right[g.randrange(len(right))] = g.randrange(256)
                data += right
        return data

    def case(self, g):
        lines = []
        for _ in range(4):
            codec = g.choice(CODECS) if g.random() < .9 else g.choice(OTHERS)
            data = self.text(g, codec) if g.random() < .5 else self.bytes(g, codec)
            errors = g.choice(ERRORS)
            cuts = sorted(g.randrange(len(data) + 1) for _ in range(g.randrange(6)))
            sizes = [g.choice((-1, 0, 1, 2, 3, 4, 5, 6, 7)) for _ in range(6)]
            lines.append(f"attempt(whole, {codec!r}, {data!a}, {errors!r})")
            lines.append(f"attempt(pieces, {codec!r}, {data!a}, {errors!r}, {cuts})")
            if g.random() < .3 and codec in CODECS:
                lines.append(f"attempt(streams, {codec!r}, {data!a}, {errors!r}, {sizes})")
        return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(Cjk().main())
