# stress: 5000
"""What runs over blocks and vectors, at lengths from 0 to 70 and in every width, against the same done a
character at a time: slices, comparing, searching, splitting, replacing, case, tests, translate, repr,
encodings.
"""
seed = 7
LENGTHS = [*range(0, 36), 47, 48, 49, 63, 64, 65, 70]
# characters of one width each, with line ends and blanks in all of them, and what case mappings find hard
ALPHABETS = [
    "abcXYZ09 \n\r\t,'\\\x1c\x1f\x7f",
    "aB ß\xe9ÿµ\x85\xa0\n,\xad",
    "a Дж中文ﬁΣσİ\u2028\u3000,\n\uff21",
    "a😀𝐱 é中\n,\U00010400\U00010428",
    "a\ud800 \udc00b😀,中",
]


def rnd(n):
    global seed
    seed = (seed * 1103515245 + 12345) & 0x7FFFFFFF
    return (seed >> 12) % n


def same(got, want, *what):
    assert got == want and len(got) == len(want) and hash(got) == hash(want), (got, want, *what)


def find(chars, what, start=0):
    for i in range(start, len(chars) - len(what) + 1):
        if chars[i:i + len(what)] == what:
            return i
    return -1


def split(chars, what):
    parts, start = [], 0
    while (at := find(chars, what, start)) >= 0:
        parts.append("".join(chars[start:at]))
        start = at + len(what)
    return parts + ["".join(chars[start:])]


def words(chars):
    return [word for word in "".join("\0" if c.isspace() else c for c in chars).split("\0") if word]


def lines(chars, keep):
    out, line, i = [], "", 0
    while i < len(chars):
        end = chars[i]
        if end == "\r" and chars[i + 1:i + 2] == ["\n"]:
            end = "\r\n"
        i += len(end)
        if end in "\r\n" or end in "\v\f\x1c\x1d\x1e\x85\u2028\u2029":
            out.append(line + end * keep)
            line = ""
        else:
            line += end
    return out + [line] * bool(line)


def utf8(chars):
    out = []
    for c in map(ord, chars):
        size = 1 if c < 0x80 else 2 if c < 0x800 else 3 if c < 0x10000 else 4
        tail = [0x80 | c >> 6 * k & 0x3F for k in range(size - 1)][::-1]
        out += [c if size == 1 else (0xF00 >> size & 0xFF) | c >> 6 * (size - 1), *tail]
    return bytes(out)


def utf16(chars, order):
    out = b""
    for c in map(ord, chars):
        units = [c] if c < 0x10000 else [0xD7C0 + (c >> 10), 0xDC00 | c & 0x3FF]
        out += b"".join(u.to_bytes(2, order) for u in units)
    return out


def narrow(parts):
    """Each part equals a text that is made of its characters: it has the narrowest width."""
    for part in parts:
        same(part, "".join(list(part)))
    return parts


def compare(chars, text):
    n = len(chars)
    for k in {0, n // 2, n - 1} if n else ():
        for c in "\0", "~", "\xff", "\u0100", "\uffff", "\U0010ffff":
            other = "".join(chars[:k] + [c] + chars[k + 1:])
            order = (text > other) - (text < other)
            assert order == (ord(chars[k]) > ord(c)) - (ord(chars[k]) < ord(c)), (text, other)
            assert (text == other) == (order == 0) and (text <= other) == (order <= 0)
    assert not text < text[:n // 2] and text >= text and (text == text[:-1]) == (n == 0)


def cut(chars, text):
    n = len(chars)
    for start, stop, step in (
            (1, None, 1), (0, -1, 1), (3, 20, 1), (0, None, 2), (1, None, 3), (None, None, -1),
            (None, None, -2), (rnd(n + 1), rnd(n + 1), 1)):
        same(text[start:stop:step], "".join(chars[start:stop:step]), start, stop, step)
    same("".join(reversed(text)), "".join(chars[::-1]))
    same(chars[0].join(text[1:]) if n else text, "".join(c + chars[0] for c in chars[1:])[:-1])


def search(chars, text, alphabet):
    c, d = alphabet[rnd(len(alphabet))], alphabet[rnd(len(alphabet))]
    for what in c, c + d, d + c + d:
        want = list(what)
        at = find(chars, want)
        parts = split(chars, want)
        assert text.find(what) == at and (what in text) == (at >= 0) and text.count(what) == len(parts) - 1
        back = [i for i in range(len(chars)) if chars[i:i + len(want)] == want]
        assert text.rfind(what) == (back[-1] if back else -1)
        assert narrow(text.split(what)) == parts
        for new in "", "-", "\xff", "\u4e2d", "\U0001f600", "xy", c:
            same(text.replace(what, new), new.join(parts), what, new)
        some = text.replace(what, "!", 2)
        same(some, "!".join([*parts[:2], what.join(parts[2:])] if len(parts) > 2 else parts))
        head = text if at < 0 else "".join(chars[:at])
        assert narrow(text.partition(what)[:1]) == (head,)
        assert what.join(text.rsplit(what, 1)) == text and narrow(text.rsplit(what)) is not None
    for k in range(len(chars)):
        assert text.find(chars[k], k) == k and text.rfind(chars[k], 0, k + 1) == k
    same(text.replace("", "·"), "·" + "".join(x + "·" for x in chars))
    assert narrow(text.split()) == words(chars) and text.rsplit() == words(chars)
    assert narrow(text.splitlines()) == lines(chars, False) and text.splitlines(True) == lines(chars, True)
    inner = [i for i, x in enumerate(chars) if not x.isspace()]
    same(text.strip(), "".join(chars[inner[0]:inner[-1] + 1]) if inner else "")
    same(text.lstrip(c), "".join(chars[next((i for i, x in enumerate(chars) if x != c), len(chars)):]))


def case(chars, text):
    same(text.upper(), "".join(c.upper() for c in chars))
    same(text.casefold(), "".join(c.casefold() for c in chars))
    if "Σ" not in text:  # at the end of a word it has a form of its own
        same(text.lower(), "".join(c.lower() for c in chars))
        same(text.swapcase(), "".join(c.swapcase() for c in chars))
        same(text.capitalize(), "".join([c.title() for c in chars[:1]] + [c.lower() for c in chars[1:]]))
        cased = [False] + [c.lower() != c or c.upper() != c or c.islower() for c in chars]
        same(text.title(), "".join(c.lower() if was else c.title() for was, c in zip(cased, chars)))
    for name in "isalpha", "isdigit", "isalnum", "isspace", "isdecimal", "isnumeric":
        assert getattr(text, name)() == (bool(chars) and all(getattr(c, name)() for c in chars)), name
        assert getattr("7" + text, name)() == all(getattr(c, name)() for c in ["7", *chars])
    assert text.isprintable() == all(c.isprintable() for c in chars)
    assert text.isascii() == all(c < "\x80" for c in chars)
    capitals = any(c.isupper() or c.istitle() for c in chars)
    assert text.islower() == (any(c.islower() for c in chars) and not capitals)
    assert ("a" + text).isidentifier() == all(("a" + c).isidentifier() for c in chars)
    table = {ord("a"): "1", ord(","): None, ord("中"): 0x1F600, 0x1F600: "ab", ord("ß"): 65, ord(" "): "é"}
    same(text.translate(table), "".join(c.translate(table) for c in chars))
    quote = '"' if "'" in text and '"' not in text else "'"
    body = "".join("'" if c == "'" and quote == '"' else "\\'" if c == "'" else repr(c)[1:-1] for c in chars)
    same(repr(text), quote + body + quote)


def coding(chars, text):
    encoded = utf8(chars)
    assert text.encode("utf-8", "surrogatepass") == encoded
    assert text.encode("utf-16-le", "surrogatepass") == utf16(chars, "little")
    assert text.encode("utf-16-be", "surrogatepass") == utf16(chars, "big")
    wide = b"".join(ord(c).to_bytes(4, "little") for c in chars)
    assert text.encode("utf-32-le", "surrogatepass") == wide
    lone = any("\ud800" <= c <= "\udfff" for c in chars)
    for codec in "utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "utf-16", "utf-32":
        if not lone:
            same(text.encode(codec).decode(codec), text, codec)
            padded = b"x" + text.encode(codec)  # at an odd address
            same(str(memoryview(padded)[1:], codec), text, codec)
            continue
        try:
            text.encode(codec)
        except UnicodeEncodeError as e:
            assert "\ud800" <= text[e.start] <= "\udfff" and e.reason == "surrogates not allowed"
        else:
            raise AssertionError(codec)
    if lone:
        return
    same(encoded.decode(), text)
    for k in range(len(encoded)):
        bad = bytearray(encoded)
        bad[k] = (0xFF, 0x80, 0xC3, 0xED, 0xF0, 0x41)[rnd(6)]
        decode_slowly(bytes(bad))
        decode_slowly(encoded[:k])


def decode_slowly(data):
    """A text and the places that were replaced, or what strict decoding says of the first one."""
    good = data.decode("utf-8", "replace")
    try:
        same(data.decode(), good)
        assert good.encode() == data
    except UnicodeDecodeError as e:
        at = len(data[:e.start].decode())
        assert good[at] == "\ufffd" and data.decode("utf-8", "ignore") == (
            data[:e.start].decode() + data[e.end:].decode("utf-8", "ignore"))


# capitals that are wider than the letter, or several
for letter, upper, title in (
        ("µ", "Μ", "Μ"), ("ÿ", "Ÿ", "Ÿ"), ("ß", "SS", "Ss"), ("ﬁ", "FI", "Fi"), ("ǆ", "Ǆ", "ǅ")):
    for before in "", "a", "é", "é " * 20, "-" * 70 + "中":
        inside = before[-1:] in {"a", "é"}
        assert (before + letter).upper() == before.upper() + upper
        assert (before + letter).title() == before.title() + (letter if inside else title), (before, letter)
        assert (letter + before).capitalize() == title + before
        assert (before + letter).swapcase() == before.upper() + upper
assert ("Σ" * 40 + "a").lower() == "σ" * 40 + "a" and ("aΣ" * 30).lower() == "aσ" * 29 + "aς"
assert ("aΣ " * 30).title() == "Aς " * 30 and "ΣΣ".capitalize() == "Σς" and "aΣ".swapcase() == "Aς"

for alphabet in ALPHABETS:
    for n in LENGTHS:
        chars = [alphabet[rnd(len(alphabet))] for _ in range(n)]
        text = "".join(chars)
        compare(chars, text)
        cut(chars, text)
        search(chars, text, alphabet)
        case(chars, text)
        coding(chars, text)
    for k in range(40):  # one that is wide, at every place among many that are not
        for c in "\xe9", "中", "😀", "ß", "\n":
            chars = list("x" * k + c + "y" * (39 - k))
            text = "".join(chars)
            same(text[k + 1:], "y" * (39 - k))
            same(text[:k + 1], "x" * k + c)
            same(text.replace(c, "z"), "x" * k + "z" + "y" * (39 - k))
            assert text.encode().decode() == text
            assert text.upper() == "X" * k + c.upper() + "Y" * (39 - k)
            assert text.find(c) == text.rfind(c) == k
            assert text.index("y" if k < 39 else c) == min(k + 1, 39)

# ---- bytes and bytearrays
for kind in bytes, bytearray:
    for n in LENGTHS:
        items = [b"abAB09 \n\r,\x80\xff"[rnd(12)] for _ in range(n)]
        data = kind(items)
        assert data.hex() == "".join("%02x" % b for b in items)
        assert kind.fromhex(data.hex(" ").upper()) == data
        digits, odd = data.hex(), n % 3 * 2
        threes = [digits[i:i + 6] for i in range(odd, 2 * n, 6)]
        assert data.hex(":", 3) == ":".join([digits[:odd]] * bool(odd) + threes)
        texts = [kind([b]) for b in items]
        assert data.upper() == kind().join(b.upper() for b in texts)
        assert data.lower() == kind().join(b.lower() for b in texts)
        for name in "isalpha", "isdigit", "isalnum", "isspace":
            assert getattr(data, name)() == (n > 0 and all(getattr(b, name)() for b in texts))
        assert data.isascii() == all(b < 0x80 for b in items)
        for what in b",", b"ab", b"\r\n":
            chars = [chr(b) for b in items]
            parts = [kind(part, "latin-1") for part in split(chars, list(what.decode()))]
            assert data.split(what) == parts and data.count(what) == len(parts) - 1
            for new in b"", b"-", b"xyz", b"0123456789abcdefg":
                assert data.replace(what, new) == kind(new).join(parts)
            assert data.replace(b"", b"--") == b"--" + kind().join(b + b"--" for b in texts)
            assert what.join(data.rsplit(what)) == data
        if data.isascii():
            assert data.splitlines() == [kind(x, "ascii") for x in lines([chr(b) for b in items], False)]
    for bad in "0 0g g0 00_0 00_g0 000 0_0 é0 0é".split() + ["00" * 40 + "x0", "00" * 40 + "0x"]:
        bad = bad.replace("_", " ")
        try:
            kind.fromhex(bad)
        except ValueError as e:
            at = int(str(e).split()[-1])
            good = bad[:at]
            assert kind.fromhex(good[:len(good) - len(good.replace(" ", "")) % 2]) is not None
            assert str(e) == f"non-hexadecimal number found in fromhex() arg at position {at}"
        else:
            raise AssertionError(bad)
print("ok")
