"""re: syntax, groups, flags, substitution, split, errors, unicode and bytes."""
import re

from _case import error

m = re.match(r"(\w+)\s(?P<second>\w+)(\d)?", "hello world!")
assert m.group() == "hello world" and m[1] == "hello" and m["second"] == "world"
assert m.groups() == ("hello", "world", None) and m.groups("x")[2] == "x"
assert m.groupdict() == {"second": "world"} and m.span() == (0, 11) and m.start(2) == 6
assert m.end("second") == 11 and m.span(3) == (-1, -1) and m.lastindex == 2 and m.lastgroup == "second"
assert m.string == "hello world!" and m.re.groups == 3 and m.expand(r"\2-\g<1>") == "world-hello"
assert repr(m) == "<re.Match object; span=(0, 11), match='hello world'>"
assert re.search("b+", "aabbb").span() == (2, 5) and re.match("b", "ab") is None
assert re.fullmatch("a+", "aaa") and re.fullmatch("a+", "aab") is None
assert re.findall(r"\d+", "1 22 333") == ["1", "22", "333"]
assert re.findall(r"(a)(b)?", "abа") == [("a", "b")] and re.findall("", "ab") == ["", "", ""]
assert [x.span() for x in re.finditer("a|", "ba")] == [(0, 0), (1, 2), (2, 2)]
assert re.sub("a", "b", "aaa", 2) == "bba" and re.sub(r"(\w)(\w)", r"\2\1", "abcd") == "badc"
assert re.sub("x*", "-", "abxd") == "-a-b--d-" and re.subn("a", "b", "aa") == ("bb", 2)
assert re.sub("a", lambda m: m[0].upper() * 2, "cab") == "cAAb"
assert re.sub(r"(?P<n>a)", r"<\g<n>>", "ba") == "b<a>" and re.sub("a", r"\\\n", "a") == "\\\n"
assert re.split(r"[,;]", "a,b;c") == ["a", "b", "c"] and re.split(r"(,)", "a,b") == ["a", ",", "b"]
assert re.split("x*", "axbc") == ["", "a", "", "b", "c", ""]
assert re.split(",", "a,b,c", maxsplit=1) == ["a", "b,c"] and re.escape("a.b*c") == r"a\.b\*c"
assert re.findall("(?i)AbC", "aBc ABC") == ["aBc", "ABC"] and re.findall("^a", "a\na", re.M) == ["a", "a"]
assert re.match("a.b", "a\nb", re.S) and re.match(r"""a  # comment
  b""", "ab", re.X)
assert re.findall(r"\w+", "é日本 a", re.A) == ["a"] and re.findall(r"\w+", "é日本 a") == ["é日本", "a"]
assert re.match("É", "é", re.I) and re.match("(?s:.)a", "\na") and not re.match("(?-i:A)", "a", re.I)
assert re.findall("a(?=b)", "abac") == ["a"] and re.findall("a(?!b)", "abac") == ["a"]
assert re.findall("(?<=a)b", "abcb") == ["b"] and re.findall("(?<!a)b", "abcb") == ["b"]
assert re.match(r"(a)?(?(1)b|c)", "ab") and re.match(r"(a)?(?(1)b|c)", "c") and re.match(r"(.)\1", "aa")
assert not re.match(r"(.)\1", "ab") and re.match(r"(?P<q>['\"]).*?(?P=q)", "'a'b'").group() == "'a'"
assert re.match("a{2,3}", "aaaa").group() == "aaa" and re.match("a{2,3}?", "aaaa").group() == "aa"
assert re.match("a{2}", "a") is None and re.match("a*?b", "aab")
assert re.match("(?:ab)+", "ababa").group() == "abab" and re.match("a++b", "aab")
assert re.match("(?>a+)b", "aab") and re.match("a++a", "aaa") is None
assert re.match("(a|ab)(c|bcd)(d*)", "abcd").groups() == ("a", "bcd", "")
assert re.match(r"[a-c\d\-]+", "ab1-z").group() == "ab1-" and re.match(r"[^a]", "b")
assert re.match(r"[]a]+", "]a") and re.match(r"\bfoo\b", "foo bar") and re.search(r"\Bo", "foo")
assert re.match(r"\A\s*\Z", "  ") and re.match("[\\u00e0-\\u00ff]", "é")
assert re.match(r"\N{LATIN SMALL LETTER A}", "a") and re.match(r"\x41\u0042\103", "ABC")
assert re.match("[😀-😎]", "😃")
assert re.match(rb"a\x00+", b"a\0\0").group() == b"a\0\0" and re.sub(b"a", b"b", b"ca") == b"cb"
assert re.findall(rb"\w", b"a\xe9") == [b"a"]
assert error(re.match, "a", b"a") == "TypeError: cannot use a string pattern on a bytes-like object"
assert error(re.match, b"a", "a") == "TypeError: cannot use a bytes pattern on a string-like object"
p = re.compile("(a)(?P<b>b)", re.I | re.M)
assert p.pattern == "(a)(?P<b>b)" and p.flags == re.I | re.M | re.U and p.groupindex == {"b": 2}
assert p.groups == 2 and p.search("xAB", 1).span() == (1, 3) and p.match("xab", 1)
assert p.search("ab", 0, 1) is None and p is re.compile("(a)(?P<b>b)", re.I | re.M)
assert p == re.compile("(a)(?P<b>b)", re.I | re.M)
assert repr(re.compile("x", re.I)) == "re.compile('x', re.IGNORECASE)"
for bad, text in [
        ("(", "missing ), unterminated subpattern at position 0"),
        (")", "unbalanced parenthesis at position 0"),
        ("a**", "multiple repeat at position 2"),
        ("*", "nothing to repeat at position 0"),
        ("[a", "unterminated character set at position 0"),
        ("a{2,1}", "min repeat greater than max repeat at position 2"),
        (r"\1", "invalid group reference 1 at position 1"),
        ("(?P<n>a)(?P<n>b)", "redefinition of group name 'n' as group 2; was group 1 at position 12"),
        ("[z-a]", "bad character range z-a at position 1"),
        (r"\q", r"bad escape \q at position 0"),
        ("(?<=a+)b", "look-behind requires fixed-width pattern"),
        ("(?Z)", "unknown extension ?Z at position 1")]:
    assert error(re.compile, bad) == "error: " + text, (bad, error(re.compile, bad))
assert re.match("(?:a|b)*c", "ab" * 5000 + "c") and re.search("a*" * 10 + "$", "a" * 20)
assert re.match("(.*)(.*)(.*)x", "a" * 50) is None and len(re.findall("[a-z]+", "word " * 2000)) == 2000
s = re.Scanner([(r"\d+", lambda s, t: int(t)), (r"\w+", lambda s, t: t), (r"\s+", None)])
assert s.scan("ab 12 c") == (["ab", 12, "c"], "")
