# stress: 499
"""_tokenize: the compiler's own tokens, their places, what is wrong between them, and where a stream ends."""
import gc
import inspect
import io
import os
import sys
import textwrap
import token
import tokenize
import warnings

import _tokenize
from _case import error
from _tokenize import TokenizerIter


def steps(source, stops=1):
    """What a stream gives: tokens, the text of what it raises, None for an end; until so many of these."""
    stream, found = TokenizerIter(source), []
    while found.count(None) < stops:
        try:
            found.append(next(stream))
        except StopIteration as e:
            assert e.args == ("EOF",)
            found.append(None)
        except SyntaxError as e:
            assert (e.filename, e.lineno, e.end_lineno) == ("<string>", e.lineno, e.lineno)
            found.append(f"{e.msg} {e.lineno}:{e.offset}-{e.end_offset} {e.text!r}")
        except UnicodeDecodeError as e:
            found.append(str(e))
    return found


def texts(source, stops=1):
    return [step[0] if isinstance(step, tuple) else step for step in steps(source, stops)]


# ---- places: line, end line, column and end column in bytes, the lines read so far
assert steps("") == steps("\n\n") == steps("# c\n") == steps("   ") == steps("\\") == [None]
assert steps("x") == steps("x\n") == [("x", 1, 1, 1, 0, 1, "x\n"), ("", 4, 1, 1, 1, 1, "x\n"), None]
assert steps("a = 1 # c\n")[2:] == [
    ("1", 2, 1, 1, 4, 5, "a = 1 # c\n"), ("# c", 4, 1, 1, 6, 9, "a = 1 # c\n"), None]
assert steps("if x:\n  y\n") == [
    ("if", 1, 1, 1, 0, 2, "if x:\n"), ("x", 1, 1, 1, 3, 4, "if x:\n"), (":", 11, 1, 1, 4, 5, "if x:\n"),
    ("", 4, 1, 1, 5, 5, "if x:\n"), ("", 5, 2, 2, -1, -1, "  y\n"), ("y", 1, 2, 2, 2, 3, "  y\n"),
    ("", 4, 2, 2, 3, 3, "  y\n"), ("", 6, 2, 2, -1, -1, "  y\n"), None]
assert steps("(a,\n b)\n")[2:4] == [(",", 12, 1, 1, 2, 3, "(a,\n"), ("b", 1, 2, 2, 1, 2, " b)\n")]
assert steps('"""a\nb"""+c\n')[:2] == [
    ('"""a\nb"""', 3, 1, 2, 0, 4, '"""a\nb"""+c\n'), ("+", 14, 2, 2, 4, 5, '"""a\nb"""+c\n')]
assert steps("a\\\nb")[:2] == [("a", 1, 1, 1, 0, 1, "a\\\n"), ("b", 1, 2, 2, 0, 1, "a\\\nb\n")]
assert steps('\u00e9 = "\U0001d518"')[:3] == [
    ("\u00e9", 1, 1, 1, 0, 2, '\u00e9 = "\U0001d518"\n'), ("=", 22, 1, 1, 3, 4, '\u00e9 = "\U0001d518"\n'),
    ('"\U0001d518"', 3, 1, 1, 5, 11, '\u00e9 = "\U0001d518"\n')]
assert steps("a\r\nb\rc") == steps("a\nb\nc") and texts("# coding: latin-1\n\u00e9") == ["\u00e9", "", None]
assert [step[1] for step in steps("async def f(): await $ ? ! `")[:-1]] == [
    56, 1, 1, 7, 8, 11, 55, 54, 54, 54, 54, 4]
for text, number in token.EXACT_TOKEN_TYPES.items():
    if text not in "()[]{}":
        assert steps(text)[0][:2] == (text, number), text
assert steps("<>")[0][:2] == ("<>", token.NOTEQUAL)

# ---- what tokenize, written in Python, says of whole files
def expected(source):
    for t in tokenize.generate_tokens(io.StringIO(source).readline):
        if t.type in (token.COMMENT, token.NL, token.ENDMARKER):
            continue
        kind = {"async": token.ASYNC, "await": token.AWAIT}.get(t.string, t.exact_type)
        yield kind if t.type in (token.INDENT, token.DEDENT, token.NEWLINE) else (
            t.string, kind, t.start[0], t.end[0], t.start[1], t.end[1])


for name in "textwrap", "difflib", "argparse", "contextlib", "asyncio/tasks", "dataclasses":
    with open(os.path.join(os.path.dirname(textwrap.__file__), name + ".py"), encoding="ascii") as f:
        text = f.read()
    ours = [step[1] if step[1] in (token.INDENT, token.DEDENT, token.NEWLINE) else step[:6]
            for step in TokenizerIter(text)]
    assert ours == list(expected(text)), name

# ---- what is wrong is told once; the stream goes on behind it, to the end of the line
UNTERMINATED = "unterminated string literal (detected at line 1) 1:1-1 '\"abc'"
assert texts('"abc\nd') == [UNTERMINATED, "abc", "", None]
assert texts("1__0\n  x") == ["invalid decimal literal 1:2-2 '1__0'", "_0", "", None]
assert texts("0777") == ["leading zeros in decimal integer literals are not permitted; "
                         "use an 0o prefix for octal integers 1:1-2 '0777'", "", None]
assert texts("1j 0b12 0o8 0xg") == [
    "1j", "invalid digit '2' in binary literal 1:7-7 '1j 0b12 0o8 0xg'",
    "invalid digit '8' in octal literal 1:11-11 '1j 0b12 0o8 0xg'",
    "invalid hexadecimal literal 1:14-14 '1j 0b12 0o8 0xg'", "g", "", None]
assert texts("[(])\n") == [
    "[", "(", "closing parenthesis ']' does not match opening parenthesis '(' 1:3-3 '[(])'",
    "closing parenthesis ')' does not match opening parenthesis '[' 1:4-4 '[(])'", "", None]
assert texts("x = )") == ["x", "=", "unmatched ')' 1:5-5 'x = )'", "", None]
assert texts("a \u20ac b") == ["a", "invalid character '\u20ac' (U+20AC) 1:3-3 'a \u20ac b'", "b", "", None]
assert texts("\ufeffx") == ["invalid non-printable character U+FEFF 1:1-1 '\\ufeffx'", "x", "", None]
assert texts("if a:\n b\n c $ 1_\nd", 2) == [
    "if", "a", ":", "", "", "b", "", "c", "$", "invalid decimal literal 3:7-7 ' c $ 1_'", "", "", None, None]
# lines behind a string without end have been read already: they are one
assert steps('x\n"""a\nb\n')[2:] == [
    "unterminated triple-quoted string literal (detected at line 3) 2:1-1 '\"\"\"a'",
    ('""', 3, 2, 2, 1, 3, '"""a\nb\n'), ("a", 1, 2, 2, 3, 4, '"""a\nb\n'), ("", 4, 2, 2, 4, 4, '"""a\nb\n'),
    ("b", 1, 2, 2, 5, 6, '"""a\nb\n'), ("", 4, 2, 2, 6, 6, '"""a\nb\n'), None]

# ---- other faults are an end, behind which there may be more
assert texts("x = (\n", 2) == ["x", "=", "(", None, None] and texts("x\\", 2) == ["x", None, None]
assert texts("if x:\n  y\n z\n", 3) == ["if", "x", ":", "", "", "y", "", None, "", None, None]
assert texts("if 1:\n\tx\n        y\n", 2) == ["if", "1", ":", "", "", "x", "", None, None]
assert texts("a \\ b\nc", 2) == ["a", None, "b", "", None]
assert texts("a \\\u20acz\n", 2) == [
    "a", None, "'utf-8' codec can't decode byte 0x82 in position 0: invalid start byte", "", None]
deep = "".join(" " * i + "if 1:\n" for i in range(101))
assert texts(deep, 2)[-3:] == ["", None, None]

# ---- warnings come with their token, and may be errors
with warnings.catch_warnings(record=True) as seen:
    warnings.simplefilter("always")
    stream = TokenizerIter("x\n1if 0b1or\n")
    assert next(stream)[0] == "x" and not seen and next(stream) and not seen
    assert next(stream)[:2] == ("1", 2)
    assert [(w.category, str(w.message), w.filename, w.lineno) for w in seen] == [
        (SyntaxWarning, "invalid decimal literal", "<string>", 2)]
    assert [t[0] for t in stream] == ["if", "0b1", "or", ""] and len(seen) == 2
with warnings.catch_warnings():
    warnings.simplefilter("error")
    assert texts("1if x") == ["invalid decimal literal 1:1-1 '1if x'", "if", "x", "", None]

# ---- calls
MISSING = "TypeError: tokenizeriter() missing required argument 'source' (pos 1)"
assert error(TokenizerIter) == error(TokenizerIter, text="a") == MISSING
for wrong, name in (1, "int"), (b"a", "bytes"), (None, "None"):
    assert error(TokenizerIter, wrong) == (
        f"TypeError: tokenizeriter() argument 'source' must be str, not {name}")
assert error(TokenizerIter, "a", "b") == "TypeError: tokenizeriter() takes at most 1 argument (2 given)"
assert error(TokenizerIter, "a\0b") == "ValueError: embedded null character"
assert error(TokenizerIter, "\ud800").startswith("UnicodeEncodeError: 'utf-8' codec can't encode character")
assert len(list(TokenizerIter(source="a b"))) == 3
stream = TokenizerIter("a")
assert iter(stream) is stream and error(setattr, stream, "x", 1) == (
    "AttributeError: '_tokenize.TokenizerIter' object has no attribute 'x'")
assert error(type, "Sub", (TokenizerIter,), {}) == (
    "TypeError: type '_tokenize.TokenizerIter' is not an acceptable base type")
assert TokenizerIter.__doc__ is None is TokenizerIter.__text_signature__ and _tokenize.__doc__ is None
assert error(inspect.signature, TokenizerIter).startswith("ValueError: no signature found")

# ---- streams live and die by themselves; one that warns is asked again meanwhile
for i in range(200):
    stream = TokenizerIter("name%d + 'text' # comment\n" % i * 50)
    for _ in range(i):
        next(stream)
gc.collect()
del stream
gc.collect()
stream = TokenizerIter("1if 2if 3if x\n")
inner = []


def show(*arguments):
    inner.append(next(stream)[0])


with warnings.catch_warnings():
    warnings.simplefilter("always")
    warnings.showwarning = show
    if sys.implementation.name == "krait":  # CPython dies of it
        assert [t[0] for t in stream] == ["1", "2", "3", "x", ""] and inner == ["if"] * 3
