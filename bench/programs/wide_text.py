"""Text beyond ASCII: many alphabets encoded and decoded in many ways, damaged bytes, incremental decoders,
normal forms, properties of characters, case and width.
"""
import codecs
import io
import sys
import unicodedata
import zlib

LINES = [
    "The quick brown fox, 0123456789.", "Größenmaß, façade, naïve, Åland, þing", "Ελληνικά και ελευθερία",
    "Съешь ещё этих мягких булок", "שלום עולם — 42%", "日本語の文章と漢字、カタカナ。", "한국어 문장입니다", "हिन्दी में लिखा",
    "emoji 🐍🦀👩‍🚀 and 𝔣𝔯𝔞𝔨𝔱𝔲𝔯", "e\u0301 a\u030a combining \ufb01 ligature Ⅷ ½",
]
CODECS = ["utf-8", "utf-16", "utf-16-le", "utf-32-be", "utf-7", "utf-8-sig", "unicode-escape", "gb18030"]
NARROW = ["latin-1", "cp1252", "iso8859-7", "koi8-r", "cp1255", "shift_jis", "euc-kr", "ascii"]


def book(n):
    return "\n".join(f"{i}: {LINES[i * i % 10]} {LINES[i % 7]}" for i in range(n))


def round_trips(text):
    sizes = []
    for name in CODECS:
        data = text.encode(name)
        assert data.decode(name) == text, name
        sizes.append((len(data), zlib.crc32(data)))
    return sizes


def narrowed(text):
    """Into codes that lack most of these letters, with each way to get around that."""
    check = 0
    for name in NARROW:
        for errors in ("replace", "ignore", "xmlcharrefreplace", "backslashreplace", "namereplace"):
            check = zlib.crc32(text.encode(name, errors), check)
    return check


def damaged(data):
    """Every 50th byte spoilt; what each error handler makes of it."""
    spoilt = bytearray(data)
    spoilt[::50] = b"\xff" * len(spoilt[::50])
    ways = ("replace", "ignore", "backslashreplace", "surrogateescape")
    texts = [spoilt.decode("utf-8", errors) for errors in ways]
    assert texts[3].encode("utf-8", "surrogateescape") == spoilt
    return [len(text) for text in texts], texts[0].count("\ufffd")


def by_pieces(data, name, size):
    decoder = codecs.getincrementaldecoder(name)()
    parts = [decoder.decode(data[i:i + size]) for i in range(0, len(data), size)]
    parts.append(decoder.decode(b"", final=True))
    return "".join(parts)


def properties(text):
    kinds, width = {}, 0
    for c in text:
        kind = unicodedata.category(c)
        kinds[kind] = kinds.get(kind, 0) + 1
        width += 2 if unicodedata.east_asian_width(c) in "WF" else not unicodedata.combining(c)
    return sorted(kinds.items())[:6], width


def folded(text):
    words = {}
    for word in text.split():
        letters = unicodedata.normalize("NFKD", word.casefold())
        plain = "".join(c for c in letters if not unicodedata.combining(c))
        words.setdefault(plain, set()).add(word)
    return len(words), max(map(len, words.values())), sum(w.isalpha() + 2 * w.isupper() for w in words)


def main(n):
    text = book(n)
    print("codecs", round_trips(text))
    data = text.encode()
    print("narrow", narrowed(text[:20000]), "damaged", *damaged(data))
    for name in ("utf-8", "utf-16", "shift_jisx0213", "utf-7"):
        part = text if name.startswith("utf") else LINES[5] * 500
        assert by_pieces(part.encode(name), name, 61) == part
    stream = io.TextIOWrapper(io.BytesIO(text.encode("utf-16")), encoding="utf-16", newline=None)
    lines = list(stream)
    forms = [len(unicodedata.normalize(form, text)) for form in ("NFC", "NFD", "NFKC", "NFKD")]
    print("lines", len(lines), "forms", forms, "kinds", *properties(text[:n * 20]))
    swapped = text.swapcase().title().upper()
    found = sum(text.count(c) for c in "ßя語🐍한") + text.find("булок") + text.rfind("🦀")
    check = zlib.crc32(swapped.encode())
    print("words", *folded(text + swapped), "swapped", check, "found", found, ascii(text[-1]))


main(int(sys.argv[1]) if len(sys.argv) > 1 else 12000)
