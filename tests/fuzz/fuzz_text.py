#!/usr/bin/python3.11
"""Text and bytes: every method, slices, formats, codecs in one go and in pieces, text files, on texts of
all widths; the answer must be the reference's.
"""
import sys

import _fuzz

PIECES = ["", "a", "b", "ab", "aa", "abc", " ", "\t", "\n", "\r\n", "\r", "\x0b", "\x1c", "\x85", "\u2028",
          "\xa0", "A", "Z", "0", "9", "\u0663", "_", "-", ".", ",", "%", "{", "}", "\x00",
          "\x7f", "\x80", "\xdf", "\xe9", "\xff", "\u0130", "\u0131", "\u0149", "\u01c5", "\u03a3",
              "\u03c2", "\u0410", "\u1e9e", "\u20ac", "\ufb01", "\uffff", "\ud800", "\udc80", "\udfff",
          "\U00010000", "\U0001d400", "\U0001f600", "\U0010ffff", "\u0300", "e\u0301", "\uac00",
              "aaaaaaaaaaaaaaaa", "abababababab", "x" * 40, "lorem ipsum ", "\u0430\u0431\u0432" * 5]
CODECS = ["utf-8", "latin-1", "ascii", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-7",
          "cp1252", "unicode_escape", "raw_unicode_escape", "utf-8-sig", "koi8-r", "cp437",
          "idna", "punycode", "rot13", "hex", "nosuch"]
ERRORS = ["strict", "ignore", "replace", "backslashreplace", "xmlcharrefreplace", "namereplace",
          "surrogateescape", "surrogatepass", "nosuch"]
NOARG = """capitalize casefold expandtabs isalnum isalpha isascii isdecimal isdigit isidentifier islower isnumeric isprintable
isspace istitle isupper lower lstrip rstrip split splitlines strip swapcase title upper rsplit""".split()
BYTES_NOARG = (
    ("capitalize expandtabs isalnum isalpha isascii isdigit islower isspace istitle isupper lower lstrip "
     "rstrip split splitlines strip swapcase title upper hex").split())
SEARCH = ["find", "rfind", "index", "rindex", "count", "startswith", "endswith"]
NUMBERS = ["0", "1", "-1", "2", "3", "5", "10", "-10", "100", "-100", "2**31", "2**63", "-2**63", "None",
           "True"]


class Texts(_fuzz.Fuzzer):
    """Text and bytes against the reference."""
    ROUND = 3000
    EXPLAINED = [  # the reference fails to write this message of its own
        (r"ValueError: unsupported format character .*",
         r"(ValueError|OverflowError): (character argument not in range.*)?"),
    ]
    PRELUDE = r"""
import codecs, io, re, string, textwrap, unicodedata
class Shown:
    x, items = 'attribute', ['a', {'k': 'deep'}]
    def __format__(self, spec): return 'spec<' + spec + '>'
    def __getitem__(self, key): return ('item', key)
    def __str__(self): return 'as str'
    def __repr__(self): return 'as \u20ac repr'
def pieces(coder, data, sizes):
    # what an incremental coder gives for data in pieces
    out = []
    for n in sizes:
        try: out.append(coder(data[:n], False))
        except UnicodeError as e: out.append((type(e).__name__, str(e)))
        data = data[n:]
    try: out.append(coder(data, True))
    except UnicodeError as e: out.append((type(e).__name__, str(e)))
    return out
def read_in(data, codec, errors, newline, how):
    f = io.TextIOWrapper(io.BytesIO(data), codec, errors, newline)
    return [getattr(f, name)(*arguments) for name, arguments in how] + [f.read(), f.newlines]
def written(codec, errors, newline, texts):
    raw = io.BytesIO(); f = io.TextIOWrapper(raw, codec, errors, newline)
    for t in texts: f.write(t)
    f.flush(); return raw.getvalue()
"""

    def text(self, g, most=6):
        return "".join(g.choice(PIECES) for _ in range(g.randrange(0, most)))

    def bytes_of(self, g, most=6):
        data = self.text(g, most).encode("utf-8", "surrogatepass")
        if g.random() < 0.4:
            data = bytes(g.choice([0, 9, 10, 13, 32, 48, 65, 97, 127, 128, 0xc0, 0xc3, 0xa9, 0xe2, 0x82,
                                   0xac, 0xed, 0xa0, 0xf0, 0x9f, 0xf4, 0xff,
                                   0xfe]) for _ in range(g.randrange(0, 9)))
        return g.choice(["", "", "bytearray"]) + f"({data!r})"

    def receiver(self, g, is_text):
        return ascii(self.text(g)) if is_text else self.bytes_of(g)

    def call(self, g, is_text):
        a, b, c = (self.receiver(g, is_text) for _ in range(3))
        n, m = g.choice(NUMBERS), g.choice(NUMBERS)
        small = g.choice(["0", "1", "5", "20", "-1", "33"])
        short = ascii(self.text(g, 2)) if is_text else self.bytes_of(g, 2)
        fill = g.choice(["''", f", {short}"]) if g.random() < 0.7 else f", {short}"
        fill = "" if fill == "''" else fill
        choices = [
            f"{a}.{g.choice(NOARG if is_text else BYTES_NOARG)}()",
            f"({a} + {b} + {c}).{g.choice(SEARCH)}({short}, {n}, {m})",
            f"({a} + {b}).{g.choice(SEARCH)}({short})",
            f"({a} + {b} + {c}).replace({short}, {c}, {g.choice(['-1', '0', '1', '2', '3'])})",
            f"({a} + {short} + {b} + {short}).{g.choice(['split', 'rsplit'])}({short}, "
            f"{g.choice(['-1', '0', '1', '2'])})",
            f"({a} + {b}).{g.choice(['partition', 'rpartition'])}({short})",
            f"({a} + {b}).{g.choice(['strip', 'lstrip', 'rstrip'])}({short})",
            f"({a}).{g.choice(['center', 'ljust', 'rjust'])}({small}{fill})",
            f"({a}).zfill({small})",
            f"({a} + {b}).expandtabs({small})",
            f"({a} + {b} + {c}).splitlines({g.choice(['True', 'False'])})",
            f"({a} + {b})[{n}:{m}:{g.choice(['None', '1', '-1', '2', '-3'])}]",
            f"({a} + {b})[{g.choice(NUMBERS[:7])}]",
            f"{a} * {g.choice(['0', '1', '2', '5', '-1'])} + {b}",
            f"{short}.join([{a}, {b}, {c}])",
            f"({a} < {b}, {a} == {b}, {a} >= {c}, hash({a}) == hash({b}), {short} in {a})",
            f"({a} + {b}).{g.choice(['removeprefix', 'removesuffix'])}({short})",
            f"repr({a} + {b})",
            f"list({a} + {b})[:20]",
            f"max({a} + {b}), len({a} + {b})",
            f"min([{a}, {b}, {c}]), sorted([{c}, {b}, {a}])",
            f"{a}.{g.choice(['startswith', 'endswith'])}(({short}, {b}), {n})",]
        if is_text:
            codec, errors = g.choice(CODECS), g.choice(ERRORS)
            choices += [
                f"({a} + {b}).encode({codec!r}, {errors!r})",
                f"({a} + {b}).encode({codec!r}, {errors!r})",
                f"({a}).translate({{97: None, 98: 'zz', 233: 0x1f600, 0x20ac: '', 65: {short}}})",
                f"str.maketrans({short}, {short}, {a})",
                f"({a} + '%s' + {b}) % ({c},)",
                f"'{{0:{g.choice('<>^=')}{small.strip('-')}}}|{{0!r}}|{{0!a:.3}}'.format({a})",
                f"({a}).format(1, x=2)",
                f"format({a}, "
                f"{g.choice(['', '10', '<10', '>10.2', '^7', '*^9', '.0', '010', '=5', 'd', 's', ' <5', ',', '!'])!r}"
                f")",
                f"unicodedata.normalize({g.choice(['NFC', 'NFD', 'NFKC', 'NFKD'])!r}, {a} + {b})",
                f"[unicodedata.category(c) for c in {a} + {b}]",
                f"string.capwords({a} + {b})",
                f"textwrap.wrap({a} + {b} + {c}, {g.randrange(1, 30)})",
                f"ascii({a}), {a}.isidentifier(), {a}.casefold() == {b}.casefold()",
                f"string.Template({a} + '$x ${{y}} $$ ' + {b}).safe_substitute(x=1)",
                f"int({a})",
                f"float({a})",
                f"eval(repr({a}))==({a})",
                f"bytes({a}, 'utf-8', {errors!r})"]
        else:
            codec, errors = g.choice(CODECS[:17]), g.choice(ERRORS)
            choices += [f"({a} + {b}).decode({codec!r}, {errors!r})"] * 3 + [
                f"({a}).translate("
                f"{g.choice(['None', 'bytes(range(256))', 'bytes(255-i for i in range(256))', 'b' + repr('ab')])}"
                f", {short})",
                f"bytes.fromhex({ascii(self.text(g))})",
                f"({a}).hex({g.choice([':'.encode(), '-', '', '::'])!r}, "
                f"{g.choice(['1', '2', '-2', '0', '5'])})",
                f"({a} + b'%b %d') % ({b}, 5)",
                f"memoryview({a} + {b})[{n}:{m}].tobytes()",
                f"memoryview({a})[::-1].tolist()",
                f"{g.choice(NUMBERS[:6] + ['97', '255', '256'])} in ({a})",
                f"bytes([{n}, 1])",
                f"int.from_bytes({a}, 'little')",
                f"str({a}, 'utf-8', {errors!r})",
                f"({a} + {b}).count({g.choice(NUMBERS[:6])})"]
        return g.choice(choices)

    def template(self, g):
        """A str.format template with what it formats, or the same for %."""
        if g.random() < .5:
            parts = []
            for _ in range(g.randrange(1, 4)):
                field = g.choice(["", "", "0", "1", "2", "x", "x.x", "0.x", "1[0]", "1[k]", "x.items[1][k]",
                                  "x[a]", "0.nosuch", "9", "0[", "x.", "a b", "-1"])
                conversion = g.choice(["", "", "", "!r", "!s", "!a", "!x", "!"])
                spec = g.choice(["", "", "", ":", ":>{1}", ":{0}", ":^9", ":*<8.3", ":05", ":+", ":x",
                                 ":{x}", ":,", ":.2f", ":{", ":é>7", ":=6", ":c", ":%", ":s"])
                parts.append(g.choice(["{", "{", "{", "{", "{{", "}",
                                       "{"]) + field + conversion + spec + g.choice(["}", "}", "}", "}",
                    "}}", ""]))
            text = self.text(g, 3) + g.choice(PIECES).join(parts)
            values = ", ".join(g.choice([self.receiver(g, True), "5", "-3", "2.5", "Shown()", "[1, 2]",
                                         "{'k': 'v'}", "None", "b'b'", "True",
                                         "10**20"]) for _ in range(g.randrange(0, 4)))
            return (
                f"({ascii(text)}).format({values + ', ' if values else ''}x="
                f"{g.choice(['Shown()', '7', repr('t')])})"
                if g.random() < .8
                else f"list(string.Formatter().parse({ascii(text)}))")
        directive = (
            "%"
            + g.choice(["", "(a)", "(b)", "(", "(a"] if g.random() < .2 else [""])
            + "".join(g.choice("#0- +") for _ in range(g.randrange(0, 3)))
            + g.choice(["", "5", "12", "*"])
            + g.choice(["", ".0", ".3", ".10", ".*", "."])
            + g.choice(["", "", "", "l", "h", "L"])
            + g.choice("diouxXeEfFgGcrsa%bzy"))
        text = self.text(g, 3) + directive + g.choice(["", self.text(g, 2), "%s", "%%"])
        values = g.choice(["5", "-3", "2.5", "'t'", "'\u20ac'", "b'b'", "Shown()", "(1,)", "(1, 2)",
                           "('a', 2.5)", "(3, 5)", "(10, 3, 2.5)", "{'a': 1, 'b': 'x'}", "[1]", "None",
                           "10**20", "0x110000", "()", "97", "float('nan')", "(-5, 3)", "True"])
        return f"({ascii(text)}) % {values}" if g.random() < (
            .75) else f"({text.encode('utf-8', 'surrogatepass')!r}) % {values}"

    def in_pieces(self, g):
        codec, errors = g.choice(CODECS[:16]), g.choice(ERRORS[:8])
        sizes = [g.randrange(0, 4) for _ in range(g.randrange(0, 6))]
        match g.randrange(4):
            case 0: return f"pieces(codecs.getincrementalencoder({codec!r})({errors!r}).encode, {self.receiver(g, True)}, {sizes})"
            case 1: return f"pieces(codecs.getincrementaldecoder({codec!r})({errors!r}).decode, {self.bytes_of(g)} + {self.bytes_of(g)}, {sizes})"
            case 2:
                how = [(g.choice(["read", "readline"]),
                        (g.randrange(0, 5),) if g.random() < .6 else ()) for _ in range(g.randrange(0, 4))]
                return (
                    f"read_in({self.bytes_of(g)} + {self.bytes_of(g)}, {g.choice(CODECS[:8])!r}, "
                    f"{errors!r}, {g.choice([None, '', chr(10), chr(13), chr(13) + chr(10)])!r}, {how})")
            case 3: return f"written({codec!r}, {errors!r}, {g.choice([None, '', chr(10), chr(13), chr(13) + chr(10)])!r}, [{self.receiver(g, True)}, {self.receiver(g, True)}])"

    def mutation(self, g):
        """A bytearray changed in place."""
        lines = [f"b = bytearray({self.bytes_of(g)} + {self.bytes_of(g)})"]
        for _ in range(g.randrange(1, 5)):
            n, m, step = g.choice(NUMBERS[:10]), g.choice(NUMBERS[:10]), g.choice(["None", "1", "2", "-1"])
            change = g.choice([f"b.insert({n}, {g.randrange(300)})", f"b.extend({self.bytes_of(g)})",
                               f"b.__setitem__(slice({n}, {m}, {step}), {self.bytes_of(g)})",
                               f"b.__delitem__(slice({n}, {m}, {step}))",
                               f"b.pop({n})", f"b.remove({g.randrange(200)})", "b.reverse()",
                                   f"b.__imul__({g.choice(['0', '1', '3'])})",
                                   f"b.append({g.randrange(300)})", f"b.__iadd__({self.bytes_of(g)})",
                                   "b.clear()"])
            lines.append(f"attempt(lambda: {change})")
        return "\n".join(lines) + "\nshow(b)"

    def case(self, g):
        if g.random() < 0.1:
            return self.mutation(g)
        return "\n".join(
            f"attempt(lambda: "
            f"{self.template(g) if g.random() < .15 else self.in_pieces(g) if g.random() < .15 else self.call(g, g.random() < 0.6)}"
            f")"
            for _ in range(10))


if __name__ == "__main__":
    sys.exit(Texts().main())
