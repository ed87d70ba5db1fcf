"""string, textwrap, pprint, csv, argparse, difflib, shlex, fnmatch, locale-free formatting, configparser, html."""
import argparse, configparser, csv, difflib, fnmatch, html, io, pprint, shlex, string, textwrap, reprlib

from _case import error

assert string.ascii_lowercase == "abcdefghijklmnopqrstuvwxyz" and string.capwords("a bc d") == "A Bc D"
assert string.Template("$a ${b} $$").substitute(a=1, b=2) == "1 2 $"
assert string.Template("$x").safe_substitute() == "$x"
assert error(string.Template("$x").substitute) == "KeyError: 'x'"
assert string.Formatter().format("{0}{a}", 1, a=2) == "12"
assert list(string.Formatter().parse("a{b!r:c}")) == [("a", "b", "c", "r")]
assert textwrap.wrap("the quick brown fox jumps", 10) == ["the quick", "brown fox", "jumps"]
assert textwrap.fill("aaa bbb", 3) == "aaa\nbbb" and textwrap.dedent("  a\n    b\n  c") == "a\n  b\nc"
assert textwrap.indent("a\nb", "> ") == "> a\n> b"
assert textwrap.shorten("hello world foo", 11) == "hello [...]"
assert pprint.pformat({"b": [1, 2], "a": (3,)}) == "{'a': (3,), 'b': [1, 2]}"
assert pprint.pformat(list(range(40)), width=30).count("\n") == 39
assert pprint.pformat({"k%d" % i: "v" * 20 for i in range(3)}) == "{'k0': 'vvvvvvvvvvvvvvvvvvvv',\n 'k1': 'vvvvvvvvvvvvvvvvvvvv',\n 'k2': 'vvvvvvvvvvvvvvvvvvvv'}"
assert reprlib.repr(list(range(100))) == "[0, 1, 2, 3, 4, 5, ...]"
rows = list(csv.reader(io.StringIO('a,"b ""q"", c",d\r\n1,,\n"x\ny",2,3\n')))
assert rows == [["a", 'b "q", c', "d"], ["1", "", ""], ["x\ny", "2", "3"]]
out = io.StringIO()
w = csv.writer(out)
w.writerow([1, 'a "b"', "c,d", None, 1.5, "x\ny"])
assert out.getvalue() == '1,"a ""b""","c,d",,1.5,"x\ny"\r\n'
assert list(csv.DictReader(io.StringIO("a,b\n1,2\n"))) == [{"a": "1", "b": "2"}]
assert list(csv.reader(["a;b|c"], delimiter=";")) == [["a", "b|c"]]
p = argparse.ArgumentParser(prog="prog", description="A test.")
p.add_argument("name")
p.add_argument("-n", "--number", type=int, default=3, help="a number")
p.add_argument("--flag", action="store_true")
p.add_argument("rest", nargs="*")
a = p.parse_args(["x", "y", "z", "-n", "5"])
assert a == argparse.Namespace(name="x", number=5, flag=False, rest=["y", "z"])
assert p.format_usage() == "usage: prog [-h] [-n NUMBER] [--flag] name [rest ...]\n"
assert "a number" in p.format_help()
sub = argparse.ArgumentParser(exit_on_error=False).add_subparsers(dest="cmd")
sub.add_parser("run").add_argument("--fast", action="store_const", const=1)
assert "".join(difflib.unified_diff(["a\n", "b\n"], ["a\n", "c\n"], "x", "y")) == "--- x\n+++ y\n@@ -1,2 +1,2 @@\n a\n-b\n+c\n"
assert difflib.get_close_matches("appel", ["ape", "apple", "peach"]) == ["apple", "ape"]
assert difflib.SequenceMatcher(None, "abcd", "bcde").ratio() == 0.75
assert shlex.split("a 'b c' \"d\" e\\ f") == ["a", "b c", "d", "e f"] and shlex.quote("a b") == "'a b'"
assert fnmatch.fnmatch("a.txt", "*.txt") and fnmatch.filter(["a", "b1"], "b?") == ["b1"]
assert html.escape("<a&b>") == "&lt;a&amp;b&gt;" and html.unescape("&eacute;&#65;") == "éA"
c = configparser.ConfigParser()
c.read_string("[s]\na = 1\nb: yes\n# c\n[t]\nx = %(y)s!\ny = z\n")
assert c["s"].getint("a") == 1 and c["s"].getboolean("b") and c["t"]["x"] == "z!"
assert c.sections() == ["s", "t"]
