"""re._compiler.compile against the library's own functions: the same code, flags, groups, names, or errors.

Under Krait compile is native, the library's function its __self__; the reference compares it with itself."""
import _sre
import random
import re
import sys
import warnings
from re import _compiler, _parser

LIBRARY = getattr(_compiler.compile, "__self__", None)
if not hasattr(LIBRARY, "__code__"):
    LIBRARY = _compiler.compile
assert sys.implementation.name == "cpython" or LIBRARY is not _compiler.compile

real = _sre.compile


def expected(pattern, flags):
    """What the library hands to _sre.compile; or the error."""
    taken = []
    space = dict(LIBRARY.__globals__, _sre=type("", (), {
        "compile": staticmethod(lambda *a: taken.append(a) or real(*a)), "MAGIC": _sre.MAGIC,
        "CODESIZE": _sre.CODESIZE}))
    try:
        compiled = type(LIBRARY)(LIBRARY.__code__, space, "compile", LIBRARY.__defaults__)(pattern, flags)
    except (re.error, ValueError, OverflowError, RecursionError) as e:
        return None, f"{type(e).__name__}: {e}", None
    return compiled, None, taken[0]


def compare(pattern, flags=0):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs, error, parts = expected(pattern, flags)
        try:
            ours = _compiler.compile(pattern, flags)
        except (re.error, ValueError, OverflowError, RecursionError) as e:
            assert error == f"{type(e).__name__}: {e}", (pattern, flags, error, e)
            return False
    assert error is None, (pattern, flags, error)
    # equal patterns have equal code
    assert ours == theirs and ours.flags == theirs.flags, (pattern, flags, parts[2])
    assert ours.groups == theirs.groups and ours.groupindex == theirs.groupindex, (pattern, flags)
    assert list(ours.groupindex) == list(theirs.groupindex) and ours.pattern is pattern
    return True


FIXED = r"""
a
abc
a|b
ab|ac
ab|cd|ef
foobar|foobaz|foo
(a)(b)(c)
(?:ab)+c
(?P<name>x+)-(?P=name)
(?P<a>.)(?P<b>.)\2\1
[a-z]+
[^a-z]
[]abc]
[^]abc]
[a-]
[\w-]
[\d.]+
[\]\\]
[a-c\d\s]
[-a]
\d+\.\d*
\bword\b
\B\A\Z
^start$
a*?b+?c??
a{2}b{2,}c{,3}d{1,4}?e{3}+
a{b}{}{,}x{1
x*+y++z?+
(?>abc|de)f
(?=look)(?!ahead)
(?<=abc)def(?<!xyz)
(?<=(?:ab|cd))x
(?<=a|bc)x
(?i)abc
(?im)^abc$
(?x) a b # comment
(?x: a b )c d
(?i:abc)def
(?-i:abc)def
(?s-i:a.b)c.
(?a:\w)\w
(?u)\w
(?#comment)a(?#another)b
\x41\u0042\U00000043\101\0\07
\a\f\n\r\t\v\\\.\-\ 
(a)\1(b)\2
(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)\10\11
\8
(a\1)
(?P<n>a)(?P<n>b)
(?P=none)
(
)
[
[z-a]
[\w-a]
a**
*a
a{2,1}
a{99999999999}
\
\q
[\q]
(?z)
(?P<1a>x)
(?<=a*)b
(?(1)a|b)
(a)?(?(1)b|c)
a(?i)b
((((((((((x))))))))))
(a|b|c)*(d|e)+
([ab]|c)(?:[^d]|e)
(?:a|b)|(?:c|d)
|a
a|
a||b
(|a)
(?:)
(?:)*
()*
(a*)*
(?:a*)*
.*
.+?x
[\x00-\xff]
[\u0100-\u0200a]
[\u4e00-\u9fff]+
[\U00010000-\U0010ffff]
[a\U0001f600]
[^\U0001f600]
[acegikmoqsuwy]
[\u0430\u0432\u0435\u0438\u043a]
ſtraße
K\u212a
[k-s]
[^k-s\u0131]
µ|μ
İi
\N{EM DASH}
"""


MODULES = ("textwrap", "string", "tokenize", "json.decoder", "json.scanner", "json.encoder", "html.parser",
           "email.header", "email.message", "http.cookies", "configparser", "csv", "decimal", "fractions",
           "logging", "locale", "pprint", "shlex", "urllib.parse", "zoneinfo", "xml.etree.ElementPath",
           "_strptime", "difflib", "doctest", "inspect", "mimetypes", "nntplib", "pydoc", "re", "sre_parse")


def patterns_of_library():
    for name in MODULES:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            module = __import__(name, fromlist=["x"])
        for value in list(vars(module).values()):
            if isinstance(value, re.Pattern):
                yield value.pattern, value.flags & 0xff if isinstance(value.pattern, bytes) else value.flags


PIECES = ("a b c k s i A K S 1 _ - . \\d \\w \\s \\D \\W \\S \\b \\B \\A \\Z ^ $ [a-z] [^a-c] [\\w.] "
          "[abc] [k-s] [^\\d] ab abc (a) (?:a) (?:ab) (?P<x>a) (a|b) (?:a|b|c) (?:ab|ac) (?=a) (?!b) "
          "(?<=a) (?<!ab) (?>a) (?i:k) (?-i:s) (?s:.) (?m:^) (?x:_a_b) \\1 \\2 (?P=x) | | * + ? {2} "
          "{1,3} {,2} {2,} *? +? ?? *+ ++ ( ) (?: \u00e9 \u00df \u0131 \u017f \u4e2d \U0001f600 "
          "[\u00e0-\u00ff] [\u0400-\u04ff] [\\x00-\\U0010ffff] \u00b5 \\xb5 \\u212a \\t \\n # { } ] { "
          "[").split(" ")


def fuzz(seed, rounds):
    rng, compiled = random.Random(seed), 0
    for _ in range(rounds):
        pattern = "".join(rng.choices(PIECES, k=rng.randrange(1, 9)))
        flags = rng.choice((0, 0, 0, re.I, re.I, re.A, re.I | re.A, re.M | re.S, re.X, re.I | re.U,
                            re.I | re.X | re.M))
        if pattern.isascii() and rng.random() < 0.2:
            compiled += compare(pattern.encode(), int(flags) & ~re.U)
        else:
            compiled += compare(pattern, int(flags))
    return compiled


for line in FIXED.strip("\n").split("\n"):
    for flags in (0, re.I, re.A, re.I | re.A, re.M | re.S, re.X, re.U):
        compare(line, int(flags))
        if line.isascii() and not flags & re.U:
            compare(line.encode(), int(flags))
for pattern, flags in patterns_of_library():
    assert compare(pattern, int(flags))
for code in [*range(0, 0x250), 0x3bc, 0x1e9e, 0x2126, 0x212a, 0x212b, 0xa64a, 0xfb05, 0x10400, 0x1e921]:
    compare(re.escape(chr(code)), int(re.I))
    compare("[%s]" % re.escape(chr(code)), int(re.I))
    compare("[^%sx]" % re.escape(chr(code)), int(re.I))
deep = "(" * 90 + "a" + ")" * 90
compare(deep)
compare("a" * 5000)
compare("|".join("word%d" % i for i in range(300)))
compare("[" + "".join(chr(i) for i in range(0x100, 0x400, 3)) + "]")
rounds, seed = (int(a) for a in (sys.argv[1:] + ["3000", "1"][len(sys.argv) - 1:])[:2])
assert fuzz(seed, rounds) > rounds // 8

# The function looks and behaves like the library's.
assert _compiler.compile.__name__ == "compile" and _compiler.compile.__module__ == "re._compiler"
assert re.compile(p := "x(y)") is re.compile(p) and _compiler.compile("a", flags=2).flags == 34
assert _compiler.compile(_parser.parse("a(b)")).groups == 1


class Text(str):
    pass


assert type(_compiler.compile(Text("a")).pattern) is Text
for wrong in (1, None, ["a"]):
    try:
        _compiler.compile(wrong)
    except Exception:
        pass
    else:
        raise AssertionError(wrong)
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    re.compile("[[a]")
    re.compile("[+--]")
assert [w.category for w in caught] == [FutureWarning] * 2 and all(w.filename == __file__ for w in caught)
