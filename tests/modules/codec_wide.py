"""UTF-16, UTF-32 and character maps on texts of many blocks: plain, with pairs, wrong in places, cut."""
import codecs
import random

g = random.Random(3)
RANGES = [(0x20, 0x7F), (0x20, 0x100), (0x4E00, 0x9FFF), (0x10000, 0x110000), (0xD800, 0xE000)]


def reference(text, unit, order):
    """The encoding of each character by itself."""
    out = b""
    for c in map(ord, text):
        points = [c] if unit == 4 or c < 0x10000 else [0xD800 + (c - 0x10000 >> 10),
                                                       0xDC00 + (c - 0x10000 & 0x3FF)]
        out += b"".join(p.to_bytes(unit, order) for p in points)
    return out


def texts():
    for size in (0, 1, 255, 256, 257, 511, 512, 513, 700, 2100):
        for kinds in ([0], [1], [2], [3], [0, 2], [0, 3], [2, 3], [0, 1, 2, 3]):
            yield "".join(chr(g.randrange(*RANGES[g.choice(kinds)])) for _ in range(size))
    yield "a" * 3000 + "\U0001f600" + "b" * 3000
    yield "\u4e2d" * 511 + "\U0001f600\U0001f601" + "\u4e2d" * 600


for text in texts():
    for unit, name in ((2, "utf-16"), (4, "utf-32")):
        for order, suffix in (("little", "-le"), ("big", "-be")):
            data = text.encode(name + suffix)
            assert data == reference(text, unit, order), (name, suffix, text[:20])
            assert data.decode(name + suffix) == text
            assert memoryview(b"x" + data)[1:].tobytes().decode(name + suffix) == text
            assert codecs.getdecoder(name + suffix)(memoryview(b"x" + data)[1:])[0] == text
            assert ("\ufeff".encode(name + suffix) + data).decode(name) == text
        assert text.encode(name) == b"\xff\xfe\0\0"[:unit] + reference(text, unit, "little")

# wrong units between right ones
for name, unit, order in (("utf-16-le", 2, "little"), ("utf-16-be", 2, "big"), ("utf-32-le", 4, "little"),
                          ("utf-32-be", 4, "big")):
    for at in (0, 1, 255, 256, 257, 600, 1199):
        for wrong in (0xD800, 0xDC00, 0x110000)[:2 if unit == 2 else 3]:
            points = [0x4E2D] * 1200
            points[at] = wrong
            data = b"".join(p.to_bytes(unit, order) for p in points)
            try:
                data.decode(name)
            except UnicodeDecodeError as e:
                assert e.start == at * unit, (name, at, e)
            else:
                raise AssertionError(name)
            assert data.decode(name, "replace") == "\u4e2d" * at + "\ufffd" + "\u4e2d" * (1199 - at)
            assert data.decode(name, "ignore") == "\u4e2d" * 1199
    text = "\u4e2d" * 700 + "\ud800" + "\u4e2d" * 700
    assert text.encode(name, "surrogatepass").decode(name, "surrogatepass") == text
    assert text.encode(name, "replace").decode(name) == text.replace("\ud800", "?")
    data = ("\u4e2d\U0001f600" * 700).encode(name)
    for cut in (*range(1020, 1030), len(data) - 1, len(data) - 3):
        decoder = codecs.getincrementaldecoder(name)()
        assert decoder.decode(data[:cut]) + decoder.decode(data[cut:], True) == "\u4e2d\U0001f600" * 700
        if cut % unit:
            try:
                data[:cut].decode(name)
            except UnicodeDecodeError as e:
                assert e.reason in ("truncated data", "unexpected end of data"), e

# character maps: tables, dicts that a handler changes, undefined bytes
data = bytes(range(256)) * 9
for name in ("cp1252", "koi8-r", "cp437", "iso8859-3"):
    text = data.decode(name, "ignore")
    assert text == "".join(bytes([b]).decode(name, "ignore") for b in data)
    assert text.encode(name) == b"".join(c.encode(name) for c in text)
    assert data.decode(name, "replace").count("\ufffd") == 9 * (256 - len(set(text)))
mapping = {97: 65, 98: b"<>", 0x161: 66}


def change(e):
    mapping[97] = 67
    return "", e.end


codecs.register_error("wide.change", change)
assert codecs.charmap_encode("aab\u0161\x61ca", "wide.change", mapping)[0] == b"AA<>BAC"
