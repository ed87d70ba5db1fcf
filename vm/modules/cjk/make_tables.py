#!/usr/bin/env python3
"""Makes tables.inc: what each code of the Chinese, Japanese and Korean character sets stands for, and back.

    python3.11 make_tables.py > tables.inc

The reference interpreter is asked for every code and every code point; nothing else is read. charset.h says
how the tables are looked up, tests/meta/cjk_compare.py compares all codecs with the reference over the whole
code space.
"""
import sys

WIDTH = 110
EXTRA = 0xD800  # values from here on are places in `extra`: code points above 0xFFFF, and pairs


def decoded(data, encoding):
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def packed(text):
    """A character as a number; a pair as (first << 16 | second), which is above all code points."""
    first, *second = map(ord, text)
    assert not second or first << 16 > 0x10FFFF
    return first << 16 | second[0] if second else first


def decoder(encoding, prefix=b"", codes=range(0x8130, 0xFF00), to_code=lambda code: code, single=range(0)):
    """code -> character of all two-byte sequences that are one character of the encoding."""
    found = {}
    for code in codes:
        if code & 0xFF < 0x30 or code >> 8 in single:
            continue
        text = decoded(prefix + code.to_bytes(2, "big"), encoding)
        if text:
            found[to_code(code)] = packed(text)
    return found


EVERY = [c for c in range(0x30000) if not 0xD800 <= c < 0xE000]


def encoder(encoding, size=2, prefix=b"", to_code=lambda code: code):
    """character -> code of all whose encoding has this prefix and size."""
    found = {}
    for c in EVERY:
        try:
            data = chr(c).encode(encoding)
        except UnicodeEncodeError:
            continue
        if len(data) == len(prefix) + size and data.startswith(prefix):
            found[c] = to_code(int.from_bytes(data[len(prefix):], "big"))
    return found


# --- writing

total = 0


def emit(kind, name, values, size):
    global total
    total += size * len(values)
    print(f"\n{'' if name == 'greek_values' else 'static '}const {kind} {name}[{len(values)}] = {{")
    line = ""
    for value in values:
        text = (value if isinstance(value, str) else f"{value}") + ","
        if len(line) + len(text) > WIDTH:
            print(line)
            line = ""
        line += text
    print(line + "\n};")


def emit_decoding(name, decoding):
    first, last = min(decoding) >> 8, max(decoding) >> 8
    values, rows, extra = [], [], []
    for lead in range(first, last + 1):
        trails = [code & 0xFF for code in decoding if code >> 8 == lead]
        if not trails:
            rows.append((len(values), 1, 0))
            continue
        rows.append((len(values), min(trails), max(trails)))
        for trail in range(min(trails), max(trails) + 1):
            value = decoding.get(lead << 8 | trail, 0)
            assert not EXTRA <= value < 0xE000
            if value > 0xFFFF:
                extra.append(value)
                value = EXTRA + len(extra) - 1
            values.append(value)
    assert len(values) < 0x10000 and len(extra) <= 0x800
    emit("uint16_t", name + "_values", values, 2)
    emit("CharsetRow", name + "_rows", ["{%d,%d,%d}" % row for row in rows], 4)
    if extra:
        emit("uint32_t", name + "_extra", extra, 4)
    places = {lead << 8 | trail: start + trail - low for lead, (start, low, high) in enumerate(rows, first)
              for trail in range(low, high + 1)}
    return first, last, bool(extra), places, len(values)


def emit_encoding(name, encoding):
    pages, bits, bases, codes, places = [], [0] * 8, [0] * 8, [], {}
    numbers = 1
    for page in range((max(encoding) >> 8) + 1):
        points = [c for c in range(page << 8, (page + 1) << 8) if c in encoding]
        pages.append(numbers if points else 0)
        if not points:
            continue
        numbers += 1
        for block in range(page << 8, (page + 1) << 8, 32):
            bits.append(sum(1 << i for i in range(32) if block + i in encoding))
            for c in range(block, block + 32):
                if c in encoding:
                    places[c] = len(codes)
                    codes.append(encoding[c])
            bases.append(len(codes))
    assert len(codes) < 0x10000
    emit("uint16_t", name + "_pages", pages, 2)
    emit("uint32_t", name + "_bits", bits, 4)
    emit("uint16_t", name + "_bases", bases, 2)
    emit("uint16_t", name + "_codes", codes, 2)
    return len(pages), places, len(codes)


class Data:
    """One set of tables: `decoding` code -> character, `encoding` character -> code."""

    def __init__(self, name, decoding, encoding):
        self.name, self.decoding, self.encoding = name, decoding, encoding
        first, last, extra, self.code_places, self.value_count = emit_decoding(name, decoding)
        pages, self.point_places, self.code_count = emit_encoding(name, encoding)
        print(f"static const CharsetData {name}_data = {{{name}_values, {name}_rows, "
              f"{name + '_extra' if extra else 'NULL'}, {name}_pages, {name}_bits, "
              f"{name}_bases, {name}_codes, "
              f"{pages}, {first}, {last}}};")
        sys.stderr.write(f"{name}: {len(decoding)} codes, {len(encoding)} characters, {total} bytes so far\n")


def emit_members(name, places, count, members):
    data = bytearray((count + 7) // 8)
    for member in members:
        data[places[member] >> 3] |= 1 << (places[member] & 7)
    emit("uint8_t", name, data, 1)


def charset(name, decoding, encoding, bases):
    """Writes the charset `name`: what the bases have of it, in their order, and a set of its own for the
    rest."""
    chain = []
    for base in bases:
        same = {code for code, c in base.decoding.items() if decoding.get(code) == c}
        points = {c for c, code in base.encoding.items() if encoding.get(c) == code}
        part = f"{name}_{len(chain)}"
        decodes = encodes = "NULL"
        if len(same) != len(base.decoding):
            emit_members(part + "_decodes", base.code_places, base.value_count, same)
            decodes = part + "_decodes"
        if len(points) != len(base.encoding):
            emit_members(part + "_encodes", base.point_places, base.code_count, points)
            encodes = part + "_encodes"
        decoding = {code: c for code, c in decoding.items() if code not in same}
        encoding = {c: code for c, code in encoding.items() if c not in points}
        chain.append((base.name, decodes, encodes))
    if decoding or encoding or not bases:
        own = Data(name + "_own", decoding or {0x2121: 0}, encoding or {0: 0})
        chain.append((own.name, "NULL", "NULL"))
    else:
        own = None
    for i, (base, decodes, encodes) in reversed(list(enumerate(chain))):
        following = f"&{name}_part{i + 1}" if i + 1 < len(chain) else "NULL"
        label = f"{name}_part{i}" if i else f"charset_{name}"
        fields = f"&{base}_data, {decodes}, {encodes}, {following}"
        print(f"{'static ' if i else ''}const Charset {label} = {{{fields}}};")
    return own


# --- Chinese

print("/* Made by make_tables.py from the codecs of the reference interpreter; do not edit. */")
print("/* clang-format off */")

gb = charset("gb18030", decoder("gb18030"), encoder("gb18030"), [])
charset("gbk", decoder("gbk"), encoder("gbk"), [gb])
charset("gb2312", decoder("gb2312"), encoder("gb2312"), [gb])


def emit_ranges():
    """The code points of the basic plane that GB 18030 writes as four bytes: first, last, and the number of
    the first."""
    ranges = []
    for c in range(0x80, 0x10000):
        try:
            a, b, *rest = chr(c).encode("gb18030")
        except UnicodeEncodeError:
            continue
        if not rest:
            continue
        n = ((a - 0x81) * 10 + b - 0x30) * 1260 + (rest[0] - 0x81) * 10 + rest[1] - 0x30
        if ranges and ranges[-1][1] == c - 1 and ranges[-1][2] + c - ranges[-1][0] == n:
            ranges[-1][1] = c
        else:
            ranges.append([c, c, n])
    for i in range(len(ranges) - 1):
        assert ranges[i][2] < ranges[i + 1][2]
    print(f"const uint16_t gb18030_range_count = {len(ranges)};")
    print(f"const Gb18030Range gb18030_ranges[{len(ranges)}] = {{")
    print(",\n".join("{%d,%d,%d}" % tuple(row) for row in ranges) + "};")


emit_ranges()

big5 = charset("big5", decoder("big5"), encoder("big5"), [])
charset("cp950", decoder("cp950"), encoder("cp950"), [big5])
hkscs = decoder("big5hkscs")
charset("big5hkscs", hkscs, encoder("big5hkscs"), [big5])

# --- Japanese: codes are rows and cells from 0x21 on; rows of the second plane have the high bit

KANA = range(0xA0, 0xE0)
SECOND = {0xF0: (1, 8), 0xF1: (3, 4), 0xF2: (5, 12), 0xF3: (13, 14), 0xF4: (15,
                                                                            78)}  # lead -> rows of plane 2


def unshift(code, planes=False):
    """The code of a Shift_JIS sequence."""
    lead, trail = code >> 8, code & 0xFF
    cell = trail - 0x40 - (trail > 0x7F)
    half, cell = divmod(cell, 94)
    if planes and lead >= 0xF0:
        rows = SECOND.get(lead) or (79 + (lead - 0xF5) * 2, 80 + (lead - 0xF5) * 2)
        return rows[half] + 0xA0 << 8 | cell + 0x21
    row = (lead - (0x81 if lead < 0xA0 else 0xC1)) * 2 + half
    return row + 0x21 << 8 | cell + 0x21


def seven(code):
    return code & 0x7F7F


def plane2(code):
    return code & 0xFF7F


def without(encoding, test):
    return {c: code for c, code in encoding.items() if not test(c)}


EUC = range(0xA1A1, 0xFEFF)
euc = dict(codes=EUC, to_code=seven)
half_kana = range(0xFF61, 0xFFA0).__contains__
jisx0208 = charset("jisx0208", decoder("euc_jp", **euc), without(encoder("euc_jp", to_code=seven),
                                                                 half_kana), [])
jisx0212 = charset("jisx0212", decoder("euc_jp", b"\x8f", **euc), encoder("euc_jp", 2, b"\x8f", seven), [])
sjis = dict(single=KANA, to_code=unshift)
assert decoder("shift_jis", **sjis) == jisx0208.decoding


def is_private(c):
    return 0xE000 <= c < 0xE758


cp932 = {code: c for code, c in decoder("cp932", single=KANA, codes=range(0x8130, 0xFD00),
                                        to_code=unshift).items()
         if not is_private(c)}
charset("cp932", cp932, without(encoder("cp932", to_code=unshift), is_private), [jisx0208])


def unshift2(code):
    return unshift(code, True)


sjis = dict(single=KANA, codes=range(0x8130, 0xFD00), to_code=unshift2)


TILDE = 0x2232  # the wide tilde in EUC alone


def jis_2004(encoding, euc_encoding):
    """Of a version of JIS X 0213: the codes, as EUC has them and as Shift_JIS, which is not ASCII."""
    codes, points = decoder(encoding, **sjis), encoder(encoding, to_code=unshift2)
    euc_codes = {**codes, **{k: c for k, c in decoder(euc_encoding, **euc).items() if codes[k] != c}}
    euc_codes[TILDE] = codes[TILDE]
    euc_points = {c: k for c, k in points.items() if c > 0x7F}
    euc_points.update((c, k) for k, c in euc_codes.items() if codes[k] != c)
    return euc_codes, euc_points, codes, points


euc_codes, euc_points, codes, points = jis_2004("shift_jis_2004", "euc_jis_2004")
jisx0213 = charset("jisx0213", euc_codes, euc_points, [jisx0208])
charset("euc_jis_2004", {**euc_codes, TILDE: 0xFF5E}, {**euc_points, 0xFF5E: TILDE}, [jisx0208, jisx0213])
charset("shift_jis_2004", codes, points, [jisx0208, jisx0213])
euc_codes, euc_points, codes, points = jis_2004("shift_jisx0213", "euc_jisx0213")
older = charset("jisx0213_2000", euc_codes, euc_points, [jisx0208, jisx0213])
charset("euc_jisx0213", {**euc_codes, TILDE: 0xFF5E}, {**euc_points, 0xFF5E: TILDE}, [jisx0208, jisx0213,
                                                                                      older])
charset("shift_jisx0213", codes, points, [jisx0208, jisx0213, older])


def emit_pairs():
    pairs = []
    for name, encoding in (("jisx0213", "shift_jis_2004"), ("big5hkscs", "big5hkscs")):
        decoding = decoder(encoding, **sjis) if name == "jisx0213" else hkscs
        pairs = sorted((c >> 16, c & 0xFFFF, code) for code, c in decoding.items() if c > 0x10FFFF)
        print(f"const CharsetPair {name}_pairs[{len(pairs) + 1}] = {{")
        print(",".join("{%d,%d,%d}" % pair for pair in pairs) + ",{0,0,0}};")


emit_pairs()

greek = [decoded(b"\x1b.F\x1bN" + bytes([c]), "iso2022_jp_2") for c in range(0x20, 0x80)]
emit("uint16_t", "greek_values", [ord(c) if c else 0 for c in greek], 2)

# --- Korean

korean = charset("cp949", decoder("cp949"), encoder("cp949"), [])
ks = decoder("euc_kr", codes=EUC)
ks[0xA4D4] = 0x3164  # begins a syllable of four parts there
charset("ksx1001", ks, encoder("euc_kr"), [korean])
sys.stderr.write(f"{total} bytes\n")
