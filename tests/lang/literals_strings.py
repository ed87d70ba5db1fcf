r"""String and bytes literals: prefixes, escapes, raw, triple quotes, continuation, concatenation, \N names.
"""
from _case import syntax_error

assert "\a\b\f\n\r\t\v\\\'\"" == (
    chr(7) + chr(8) + chr(12) + chr(10) + chr(13) + chr(9) + chr(11) + chr(92) + chr(39) + chr(34))
assert "\0" == chr(0) and "\101" == "A" and "\1012" == "A2" and "\x41" == "A" and "\u0041" == "A"
assert "\U00000041" == "A" and "\U0001F600" == chr(128512)
assert b"\x00\xff\101\n" == bytes([0, 255, 65, 10]) and b"a" b"b" == b"ab" and rb"\x" == b"\\x"
assert Rb"\n" == bR"\n"
assert r"\n" == "\\n" and len(r"\\") == 2 and r"\"" == '\\"' and R'a\'b' == "a\\'b"
assert "a" 'b' """c""" == "abc" and ("a"
                                    "b") == "ab"
assert """line1
line2""" == "line1\nline2" and '''a"b'c''' == "a\"b'c" and """a\
b""" == "ab" and "a\
b" == "ab"
assert """""" == "" and "" "" == "" and '''a''' '''b''' == "ab" and """ "quoted" """ == ' "quoted" '
assert u"text" == "text" and U"x" == "x" and len("日本語") == 3 and "é" == "\xe9" and len("😀") == 1
assert "\ud800" != "\ud801" and len("\ud800\udc00") == 2
assert b"" == bytes() and len(b"\"'") == 2 and b'''x
y''' == b"x\ny"
assert "tab	inside" == "tab\tinside"
assert 'It''s' == "Its" and "'" == '\'' and '"' == "\""
assert "\\" + "n" == r"\n" and "\\\\" == r"\\"
assert "%s" "%d" % ("a", 1) == "a1"
assert ("x" * 3, "ab" "cd" [1:3]) == ("xxx", "bc")
doc = __doc__
assert doc.startswith("String and bytes") and "\\N names" in doc


def f():
    'single'
    return 1


def g():
    """doc""" "more"
    return 1


def h():
    f"not a doc"


def i():
    b"not a doc"


class C:
    "class doc"


assert f.__doc__ == "single" and g.__doc__ == "docmore" and h.__doc__ is None and i.__doc__ is None
assert C.__doc__ == "class doc"
assert syntax_error(r"'\x4'") == (
    r"(unicode error) 'unicodeescape' codec can't decode bytes in position 0-2: truncated \xXX escape")
assert syntax_error(r"'\N{nothing like this}'") == (
    r"(unicode error) 'unicodeescape' codec can't decode bytes in position 0-20: unknown Unicode "
    r"character name")
assert syntax_error(r"b'\x4'") == r"(value error) invalid \x escape at position 0"
assert syntax_error("'abc") == "unterminated string literal (detected at line 1)"
assert syntax_error("b'é'") == "bytes can only contain ASCII literal characters"
assert syntax_error("'''abc") == "unterminated triple-quoted string literal (detected at line 1)"
assert syntax_error("'a' b'b'") == "cannot mix bytes and nonbytes literals"
assert eval(r"'\U0010ffff'") == chr(0x10ffff)
assert syntax_error(r"'\U00110000'") == (
    r"(unicode error) 'unicodeescape' codec can't decode bytes in position 0-9: illegal Unicode character")
