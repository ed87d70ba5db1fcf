"""Compares vm/base's Unicode, float and UTF-8 functions with a reference interpreter's (run it under
CPython 3.11).

    python3.11 tests/meta/unicode_compare.py [full]

A plain run looks at every code point below U+3000 and samples the rest; `full` looks at all (a minute).
"""
import ctypes
import glob
import os
import random
import struct
import subprocess
import sys
import tempfile
import unicodedata

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
FULL = sys.argv[1:] == ["full"]
with tempfile.TemporaryDirectory() as folder:
    library = os.path.join(folder, "base.so")
    subprocess.run(["gcc", "-shared", "-fPIC", "-O1", "-std=gnu17", "-D_GNU_SOURCE", "-I" + ROOT, "-o",
                    library,
                    *glob.glob(os.path.join(ROOT, "vm/base/*.c")), "-lm", "-lxxhash"], check=True)
    lib = ctypes.CDLL(library)
POINTS = range(0x110000) if FULL else [*range(0x3000), *random.sample(range(0x3000, 0x110000), 20000)]
ROUNDS = 200000 if FULL else 10000
for name in ("category", "bidirectional", "east_asian_width"):
    getattr(lib, "unicode_" + name).restype = ctypes.c_char_p
lib.unicode_name.restype = ctypes.c_size_t
lib.float_repr.restype = ctypes.c_size_t
lib.float_parse.restype = ctypes.c_double
lib.float_hex.restype = ctypes.c_size_t
lib.unicode_is_mirrored.restype = ctypes.c_bool
failures = 0


class Buffer(ctypes.Structure):
    _fields_ = [("bytes", ctypes.c_void_p), ("size", ctypes.c_size_t), ("capacity", ctypes.c_size_t),
                ("failed", ctypes.c_bool)]

    def take(self):
        data = ctypes.string_at(self.bytes, self.size) if self.size else b""
        self.size = 0
        return data


class Utf8Error(ctypes.Structure):
    _fields_ = [("start", ctypes.c_size_t), ("end", ctypes.c_size_t), ("reason", ctypes.c_char_p),
                ("incomplete", ctypes.c_bool)]


class Utf8Scan(ctypes.Structure):
    _fields_ = [("bytes", ctypes.c_size_t), ("count", ctypes.c_size_t), ("widest", ctypes.c_uint32)]


lib.utf8_scan.restype = Utf8Scan


def check(what, key, mine, reference):
    global failures
    if mine != reference and not (mine != mine and reference != reference):
        failures += 1
        if failures < 200:
            print(what, key, "mine", mine, "reference", reference)


triple = (ctypes.c_uint32 * 4)()
text = ctypes.create_string_buffer(256)
number = ctypes.c_double()
buffer = Buffer()
PROPERTIES = [("isalpha", 0), ("isdecimal", 1), ("isdigit", 2), ("isnumeric", 3), ("isspace", 4),
              ("isprintable", 5),
              ("isupper", 6), ("islower", 7)]


def mapped(function, c):
    n = function(c, triple)
    return "".join(map(chr, triple[:n]))


def compare_points():
    for c in POINTS:
        s = chr(c)
        flags = lib.unicode_flags(c)
        for name, bit in PROPERTIES:
            check(name, hex(c), bool(flags & 1 << bit), getattr(s, name)())
        check("isalnum", hex(c), bool(flags & 15), s.isalnum())
        check("istitle", hex(c), bool(flags & (1 << 8 | 1 << 6)), s.istitle())
        check("xid_start", hex(c), bool(flags & 1 << 11), s.isidentifier())
        check("xid_continue", hex(c), bool(flags & 1 << 12), ("a" + s).isidentifier())
        check("line_break", hex(c), bool(flags & 1 << 14), len((s + "a").splitlines()) == 2)
        check("lower", hex(c), mapped(lib.unicode_full_lower, c), s.lower() if c != 0x3A3 else "\u03c3")
        check("upper", hex(c), mapped(lib.unicode_full_upper, c), s.upper())
        check("title", hex(c), mapped(lib.unicode_full_title, c), s.title())
        check("casefold", hex(c), mapped(lib.unicode_full_fold, c), s.casefold())
        # Case_Ignorable and Cased, seen through the final sigma rule.
        check("ignorable", hex(c), bool(flags & 3 << 9), ("A" + s + "\u03a3").lower()[-1] == "\u03c2"
              if flags & 1 << 10 else (s + "\u03a3").lower()[-1] == "\u03c2")
        check("category", hex(c), lib.unicode_category(c).decode(), unicodedata.category(s))
        check("bidirectional", hex(c), lib.unicode_bidirectional(c).decode(), unicodedata.bidirectional(s))
        check("width", hex(c), lib.unicode_east_asian_width(c).decode(), unicodedata.east_asian_width(s))
        check("combining", hex(c), lib.unicode_combining(c), unicodedata.combining(s))
        check("mirrored", hex(c), lib.unicode_is_mirrored(c), bool(unicodedata.mirrored(s)))
        check("decimal", hex(c), lib.unicode_decimal_value(c), unicodedata.decimal(s, -1))
        check("digit", hex(c), lib.unicode_digit_value(c), unicodedata.digit(s, -1))
        have = lib.unicode_numeric_value(c, ctypes.byref(number)) & 1
        check("numeric", hex(c), number.value if have else None, unicodedata.numeric(s, None))
        lib.unicode_decomposition(c, ctypes.byref(buffer))
        check("decomposition", hex(c), buffer.take().decode(), unicodedata.decomposition(s))
        n = lib.unicode_name(c, text)
        name = text.raw[:n].decode()
        check("name", hex(c), name, unicodedata.name(s, ""))
        if name:
            check("lookup", name, mapped(lambda _, out: lib.unicode_lookup(
                name.lower().encode() if not name.startswith(("HANGUL SYL", "CJK UNI")) else name.encode(),
                ctypes.c_size_t(n), 1, out), c), s)


FORMS = ["NFD", "NFKD", "NFC", "NFKC"]


def normal(form, s):
    data = s.encode("utf-32-le", "surrogatepass")
    lib.unicode_normalize(form, data, ctypes.c_size_t(len(s)), ctypes.byref(buffer))
    return buffer.take().decode("utf-32-le", "surrogatepass")


def compare_forms():
    interesting = [chr(c) for c in range(0x110000) if unicodedata.combining(chr(c))
                   or unicodedata.decomposition(chr(c))]
    interesting += [chr(c) for c in range(0x1100, 0x1200)] + list("abceou \u0391\u03b1\u1f00\uac00\uac01")
    for form, name in enumerate(FORMS):
        for c in POINTS:
            check(name, hex(c), normal(form, chr(c)), unicodedata.normalize(name, chr(c)))
        for _ in range(ROUNDS // 5):
            s = "".join(random.choices(interesting, k=random.randrange(1, 9)))
            check(name, ascii(s), normal(form, s), unicodedata.normalize(name, s))


def compare_floats():
    def one(v):
        n = lib.float_repr(ctypes.c_double(v), text)
        check("repr", v.hex(), text.raw[:n].decode(), repr(v))
        n = lib.float_hex(ctypes.c_double(v), text)
        check("hex", v.hex(), text.raw[:n].decode(), v.hex())
        parse(repr(v))
        status = lib.float_from_hex(v.hex().encode(), ctypes.c_size_t(len(v.hex())), ctypes.byref(number))
        check("fromhex", v.hex(), (status, repr(number.value)), (0, repr(v)))

    def parse(s):
        used = ctypes.c_size_t()
        got = lib.float_parse(s.encode(), ctypes.c_size_t(len(s)), ctypes.byref(used))
        check("parse", s, (got.hex(), used.value), (float(s).hex(), len(s)))

    def formatted(v, kind, precision, flags, spec):
        lib.float_format(ctypes.c_double(v), ctypes.c_char(kind.encode()), precision, flags,
                         ctypes.byref(buffer))
        check("format", (v, spec), buffer.take().decode(), format(v, spec))

    special = [0.0, -0.0, 1.0, 1e22, 1e23, 5e-324, 2.2250738585072014e-308, 2.225073858507201e-308,
               1.7976931348623157e308, 9007199254740992.0, 9007199254740993.0, 0.1, 0.5, 1e16, 1e15,
               123456789012345680.0,
               1e-4, 1e-5, float("inf"), float("nan"), 4.35, 2.675, 0.045, 1e100]
    special += [2.0 ** e for e in range(-1074, 1024)] + [float(f"1e{e}") for e in range(-330, 309)]
    for v in special:
        one(v)
    values = special[:]
    for _ in range(ROUNDS):
        v = struct.unpack("<d", random.randbytes(8))[0]
        if v == v:
            one(v)
            if random.random() < .05:
                values.append(v)
    for _ in range(ROUNDS):
        v = random.choice((random.random(), random.randrange(10 ** 9) / 100, random.uniform(-1e6, 1e6)))
        one(v)
        if random.random() < .1:
            values.append(v)
    for v in values:
        p = random.randrange(0, 26)
        if abs(v) < 1e60:
            formatted(v, "f", p, 0, f".{p}f")
            formatted(v, "f", p, 8, f"z.{p}f")
        formatted(v, "e", p, 0, f".{p}e")
        formatted(v, "g", p, 0, f".{p}g")
        formatted(v, "G", p, 1, f"#.{p}G")
        formatted(v, "e", p, 1, f"#.{p}e")
    for _ in range(ROUNDS):
        digits = "".join(random.choices("0123456789", k=random.choice((1, 5, 17, 18, 19, 20, 25, 40))))
        at = random.randrange(len(digits) + 1)
        parse(f"{digits[:at]}.{digits[at:]}e{random.randrange(-345, 310)}")
    for e in range(-400, 400):
        for d in ("1", "9007199254740993", "9007199254740992.5", "17976931348623158", "49406564584124654"):
            parse(f"{d}e{e}")
    for v in special:  # half way between neighbours, exactly
        if v and abs(v) < 1e30 and abs(v) > 1e-30:
            from fractions import Fraction
            import math
            half = (Fraction(v) + Fraction(math.nextafter(v, math.inf))) / 2
            from decimal import Decimal, getcontext
            getcontext().prec = 400
            s = format(Decimal(half.numerator) / Decimal(half.denominator), "e").replace("+", "")
            parse(s)
            parse(s.replace("e", "000000001e"))


def compare_utf8():
    for _ in range(ROUNDS):
        data = bytes(random.choices([0x41, 0x80, 0x9F, 0xA0, 0xBF, 0xC0, 0xC2, 0xDF, 0xE0, 0xE1, 0xED,
                                     0xEF, 0xF0, 0xF1,
                                     0xF4, 0xF5, 0xFF, 0x8F, 0x90], k=random.randrange(1, 7)))
        error = Utf8Error()
        scan = lib.utf8_scan(data, ctypes.c_size_t(len(data)), ctypes.byref(error))
        try:
            s = data.decode()
            check("utf8", data, (error.reason, scan.count), (None, len(s)))
        except UnicodeDecodeError as e:
            check("utf8", data, (error.reason and error.reason.decode(), error.start, error.end),
                  (e.reason, e.start, e.end))


class FormatSpec(ctypes.Structure):
    _fields_ = [("fill", ctypes.c_uint32), ("type", ctypes.c_uint32), ("width", ctypes.c_int64),
                ("precision", ctypes.c_int64),
                ("align", ctypes.c_char), ("sign", ctypes.c_char), ("grouping", ctypes.c_char),
                ("flags", ctypes.c_bool * 4)]


class NumberText(ctypes.Structure):
    _fields_ = [("prefix", ctypes.c_char_p), ("digits", ctypes.c_char_p), ("rest", ctypes.c_char_p),
                ("prefix_size", ctypes.c_size_t), ("digit_count", ctypes.c_size_t),
                ("rest_size", ctypes.c_size_t),
                ("negative", ctypes.c_bool)]


class NumberGrouping(ctypes.Structure):
    _fields_ = [("separator", ctypes.c_char_p), ("sizes", ctypes.c_char_p), ("point", ctypes.c_char_p)]


lib.grouping_of_spec.restype = NumberGrouping
lib.format_spec_parse.restype = ctypes.c_bool


def compare_specs():
    for _ in range(ROUNDS * 2):
        spec = random.choice(("", "", "*", "\u20ac",
                              "0")) + random.choice("<>=^") if random.random() < .5 else ""
        spec += random.choice(("", "+", "-", " ")) + random.choice(("", "#")) + random.choice(("", "0"))
        spec += random.choice(("", str(random.randrange(30)))) + random.choice(("", ",", "_"))
        spec += random.choice(("", "d", "d", "x", "b", "X", "q", "dd", ",", ".", ".3"))
        n = random.choice((0, 7, -1, 12345, -1234567, 10 ** 20))
        try:
            expected = format(n, spec)
        except ValueError as e:
            expected = str(e)
        parsed = FormatSpec()
        units = spec.encode("utf-32-le")
        if lib.format_spec_parse(units, 4, ctypes.c_size_t(len(spec)), ord("d"), ctypes.c_char(b">"), b"int",
                                 ctypes.byref(parsed), ctypes.byref(buffer)):
            kind = chr(parsed.type)
            if kind not in "dxXb" or parsed.precision >= 0:
                continue
            digits = format(abs(n), kind).encode()
            prefix = {"x": b"0x", "X": b"0X", "b": b"0b"}.get(kind, b"") if parsed.flags[2] else b""
            number = NumberText(prefix, digits, b"", len(prefix), len(digits), 0, n < 0)
            grouping = lib.grouping_of_spec(ctypes.byref(parsed))
            lib.number_layout(ctypes.byref(number), ctypes.byref(parsed), ctypes.byref(grouping),
                              ctypes.byref(buffer))
        check("spec", (n, spec), buffer.take().decode(), expected)


compare_specs()
compare_points()
compare_forms()
compare_floats()
compare_utf8()
print(failures, "differences")
sys.exit(failures != 0)
