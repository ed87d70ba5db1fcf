"""Compares the codecs of Chinese, Japanese and Korean with a reference interpreter's: every code point to
every encoding, and every sequence of up to four bytes that a codec tells apart back.

    tests/meta/cjk_compare.py [full] [CODEC...]

A plain run looks at one block of eight; `full` at all (half a minute). Both interpreters run this file with
--dump, which prints a digest for each block of the code space; blocks that differ are printed, the first
of them in full.
"""
import hashlib
import itertools
import os
import subprocess
import sys
import zlib

CODECS = ("gb2312 gbk gb18030 hz big5 cp950 big5hkscs euc_jp shift_jis cp932 shift_jis_2004 "
          "shift_jisx0213 euc_jis_2004 euc_jisx0213 euc_kr cp949 johab iso2022_jp iso2022_jp_1 iso2022_jp_2 "
          "iso2022_jp_2004 iso2022_jp_3 iso2022_jp_ext iso2022_kr").split()
ESCAPES = [b"", b"\x1b(J", b"\x1b(I", b"\x1b$@", b"\x1b$A", b"\x1b$B", b"\x1b$(C", b"\x1b$(D", b"\x1b$(O",
           b"\x1b$(P",
           b"\x1b$(Q", b"\x1b$)C\x0e", b"\x1b.A\x1bN", b"\x1b.F\x1bN", b"\x1b&@\x1b$B"]
STEP = 0x400
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
KRAIT = os.environ.get("KRAIT", os.path.join(ROOT, "build/krait"))
FULL = "full" in sys.argv


def chosen(codec, name):
    return FULL or zlib.crc32(f"{codec} {name}".encode()) % 8 == 0


def encoded(codec):
    """Each code point, with a line end behind it, so that none meets the next."""
    for start in range(0, 0x110000, STEP):
        name = f"U+{start:04X}"
        if not chosen(codec, name):
            continue
        text = "\n".join(map(chr, range(start, start + STEP)))
        yield name, text.encode(codec, "ignore").split(b"\n")
    for first in (0xCA, 0xEA, 0x304B, 0x31F7, 0xE6, 0x254, 0x2E9, 0x2E5):
        texts = [chr(first) + chr(c) for c in range(0x300, 0x10000, 0x1B)]
        texts += [chr(first) + chr(c) for c in (0x300, 0x301, 0x304, 0x309A, 0x30C, 0x2E5, 0x2E9)]
        yield f"pairs of U+{first:04X}", [text.encode(codec, "replace") for text in texts]


def sequences(codec):
    pairs = [bytes(pair) for pair in itertools.product(range(256), repeat=2)]
    for lead in range(256):
        yield f"{lead:02x}", pairs[lead * 256:lead * 256 + 256]
    if codec.startswith("euc_j"):
        for lead in range(256):
            yield f"8f {lead:02x}", [b"\x8f" + pair for pair in pairs[lead * 256:lead * 256 + 256]]
    if codec == "gb18030":
        for a, b in itertools.product(range(0x80, 0x100), range(0x30, 0x3A)):
            yield f"{a:02x} {b:02x} and two", [bytes((a, b, c, d)) for c in range(0x80, 0x100)
                                               for d in range(0x2F, 0x3B)]
    if codec == "euc_kr":
        jamo = range(0xA0, 0xD6)
        for a in jamo:
            yield f"syllable {a:02x}", [b"\xa4\xd4\xa4%c\xa4%c\xa4%c" % (a, b, c) for b in jamo for c in jamo]
    if codec == "hz" or codec.startswith("iso"):
        for escape in [b"~{", *ESCAPES][codec != "hz":]:
            for lead in range(128):
                yield f"{escape} {lead:02x}", [escape + pair for pair in pairs[lead * 256:lead * 256 + 256]]


def decoded(codec):
    """Each sequence, with something behind it that ends what it began."""
    rest = {"hz": b"~}\n"}.get(codec, b"\x0f\x1b(B\n" if codec.startswith("iso") else b"\n\n")
    for name, block in sequences(codec):
        if chosen(codec, name):
            yield name, rest.join(block).decode(codec, "replace").split("\n")


def digest(items):
    return hashlib.md5("\n".join(map(ascii, items)).encode()).hexdigest()


def dump(codecs):
    for codec in codecs:
        for what, blocks in (("encode", encoded(codec)), ("decode", decoded(codec))):
            for name, items in blocks:
                print(codec, what, name, digest(items), sep="\t")


def show(codec, what, name):
    for block, items in (encoded if what == "encode" else decoded)(codec):
        if block == name:
            print("\n".join(map(ascii, items)))
            return


def run(interpreter, *arguments):
    command = [interpreter, __file__, *arguments, *["full"] * FULL]
    return subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout.splitlines()


def is_repaired(line):
    """Is it about the pairs that two of ISO 2022 do not know in 3.11.2?"""
    codec, what, name, _ = line.split("\t")
    return codec in ("iso2022_jp_2004", "iso2022_jp_3") and "pairs" in name


def main(*codecs):
    mine, theirs = run(KRAIT, "--dump", *codecs), run(sys.executable, "--dump", *codecs)
    different = [b for a, b in zip(mine, theirs) if a != b and not is_repaired(b)]
    for line in different[:60]:
        print("differs:", line)
    if different:
        codec, what, name, _ = different[0].split("\t")
        pairs = zip(run(KRAIT, "--show", codec, what, name), run(sys.executable, "--show", codec, what, name))
        for i, (a, b) in enumerate(pairs):
            if a != b:
                print(f"  {i:x}: {a}, reference {b}")
    print(len(theirs), "blocks,", len(different), "differ")
    return bool(different) or len(mine) != len(theirs)


if __name__ == "__main__":
    arguments = [argument for argument in sys.argv[1:] if argument != "full"]
    if arguments[:1] == ["--dump"]:
        dump(arguments[1:] or CODECS)
    elif arguments[:1] == ["--show"]:
        show(*arguments[1:])
    else:
        sys.exit(main(*arguments))
