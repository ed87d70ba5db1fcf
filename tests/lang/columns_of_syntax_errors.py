"""Columns of syntax errors that the parser finds: characters where the encoding is known (str, a byte order
mark, a cookie), bytes where it is not; the tokenizer's are always characters. And what literals of both
kinds, unknown features and too many blocks say."""
import os
import subprocess
import sys
import tempfile
import traceback


def fault(source):
    try:
        compile(source, "<test>", "exec")
    except SyntaxError as e:
        return e.msg, e.lineno, e.offset, e.end_lineno, e.end_offset
    raise AssertionError(source)


def columns(source):
    return fault(source)[2::2]


# source: columns in characters, columns in bytes
ROWS = {
    "éé = 1 +": ((9, 9), (11, 11)),
    "ééé = x y": ((9, 10), (12, 13)),
    "def é(é): é é": ((13, 14), (16, 18)),
    "é = (1, 2": ((5, 0), (6, 0)),
    "é = $": ((5, 6), (6, 7)),
    'é = "\\N{zz}"': ((13, 13), (14, 14)),
    '"éé" = 5': ((1, 5), (1, 7)),
    'if é:\n"é"': ((1, 4), (1, 5)),
    'é = "é" if é': ((5, 13), (6, 16)),
    "é\\é": ((3, 0), (4, 0)),
    # the tokenizer's
    "éé = 1__0": ((7, 7), (7, 7)),
    'éé = "x': ((6, 6), (6, 6)),
    "éé = €": ((6, 6), (6, 6)),
    "éé = }": ((6, 6), (6, 6)),
    # an f-string's expression counts bytes, whatever its source
    'é = f"{é é}"': ((2, 7), (2, 7)),
    'é = f"{é!é}"': ((13, 13), (16, 16)),
}
for text, (characters, byte_columns) in ROWS.items():
    assert columns(text) == characters, (text, columns(text))
    assert columns(b"\xef\xbb\xbf" + text.encode()) == characters, text
    assert columns("# coding: utf-8\n".encode() + text.encode()) == characters, text
    assert columns(text.encode()) == byte_columns, (text, columns(text.encode()))

# ---- bytes that are not UTF-8
BAD = {
    b'Python = "\xcf\xb3\xf2\xee\xed" +': (1, 18, 1, 19),
    b'x = 1\ny = "\xf2\xee\xed"\n': (2, 10, 2, 10),
    b'"\xc3\xa9\xff"': (1, 6, 1, 6),
    b'a\xc3\xa9 = "abc\xff def"': (1, 17, 1, 17),
    b'# \xff\xff\n"\xc3\xa9" x': (2, 6, 2, 7),
    b'"""\xff\xff\xff\n""" x y': (2, 5, 2, 6),
}
for source, place in BAD.items():
    assert fault(source)[1:] == place, (source, fault(source))


# ---- a script, a module, -c
def shown(*arguments):
    command = [sys.executable, *arguments]
    told = subprocess.run(command, stderr=subprocess.PIPE, encoding="utf-8", cwd=folder)
    return [line for line in told.stderr.splitlines() if line.strip(" ^") == "" and "^" in line]


with tempfile.TemporaryDirectory() as folder:
    with open(os.path.join(folder, "badly_written.py"), "w", encoding="utf-8") as f:
        f.write('"éé" = 5\n')
    assert shown("badly_written.py") == ["    ^^^^^^"]
    assert shown("-c", "import badly_written") == ["    ^^^^^^"]
    assert shown("-c", '"éé" = 5') == ["    ^^^^"]

    class Finder:
        """The library's importlib has to ask it, so it imports instead of what is built in."""

        @staticmethod
        def find_spec(*_):
            return None

    sys.meta_path.append(Finder)
    sys.path.insert(0, folder)
    try:
        import badly_written
    except SyntaxError as e:
        assert [f.name for f in traceback.extract_tb(e.__traceback__)] == ["<module>"]
    sys.meta_path.remove(Finder)

# ---- literals of both kinds
MIXED = "cannot mix bytes and nonbytes literals"
ESCAPE = "(value error) invalid \\x escape at position 0"
TEXT_ESCAPE = ("(unicode error) 'unicodeescape' codec can't decode bytes in position 0-1: "
               "truncated \\xXX escape")
ASCII = "bytes can only contain ASCII literal characters"
LITERALS = {
    '"a" b"b"': MIXED,
    'b"a" f"b"': MIXED,
    '"a" b"é"': ASCII,
    'b"é" "a"': ASCII,
    'f"a" b"\\x"': ESCAPE,
    '"a" br"\\x"': MIXED,
    'b"a" "\\x"': TEXT_ESCAPE,
    'b"a" r"\\x"': MIXED,
    'b"a" f"{"': MIXED,
}
for text, message in LITERALS.items():
    assert fault(text)[0] == message, (text, fault(text))

# ---- features that are not there end nowhere
assert fault("from __future__ import division, no")[1:] == (1, 1, 1, None)
assert fault("x = 1\nfrom __future__ import braces")[2::2] != (1, None)


# ---- blocks: a handler counts twice, as it cleans up behind itself
def nested(count, opening):
    lines = [" " * i + line for i in range(count) for line in opening]
    return "\n".join(lines + [" " * count + "pass"])


for opening, most in ((["while x:"], 20), (["with x:"], 20), (["try: pass", "except:"], 10),
                      (["try: pass", "except E as e:"], 10), (["try: pass", "except* E:"], 10),
                      (["try: pass", "except E: pass", "else:"], 20)):
    if most == 20 and opening[-1] == "else:":
        compile(nested(most + 5, opening), "<test>", "exec")
        continue
    compile(nested(most, opening), "<test>", "exec")
    assert fault(nested(most + 1, opening))[0] == "too many statically nested blocks", opening
