"""string: Formatter, Template, capwords, constants."""
import string

from _case import error, outcome

assert (
    outcome(lambda: string.Formatter().format("{} {a!r} {0[1]}".replace("{}", "{1}", 1), [1, 2], 3, a="x"))
    == ("3 'x' 2"))
assert outcome(lambda: string.Formatter().format("{:>5}|{}", 1, 2)) == '    1|2'
assert outcome(lambda: list(string.Formatter().parse("a{b!r:c{d}}e{{f}}"))) == (
    [('a', 'b', 'c{d}', 'r'), ('e{', None, None, None), ('f}', None, None, None)])
assert outcome(lambda: list(string.Formatter().parse(""))) == []
assert outcome(lambda: string.Formatter().vformat("{x.real}", (), {"x": 5})) == '5'
assert outcome(lambda: list(string.Formatter().parse("{"))) == (
    "ValueError: Single '{' encountered in format string")
assert outcome(lambda: string.Formatter().format("{0}{}", 1)) == (
    'ValueError: cannot switch from manual field specification to automatic field numbering')
assert outcome(lambda: string.Formatter().format("{x}")) == "KeyError: 'x'"
assert outcome(lambda: string.Formatter().get_field("0.real", (5,), {})) == (5, 0)
assert outcome(lambda: string.Formatter().get_field("a[b][0]", (), {"a": {"b": [7]}})) == (7, 'a')
assert outcome(lambda: string.Template("$a ${b} $$").substitute(a=1, b=2)) == '1 2 $'
assert outcome(lambda: string.Template("$a $c").safe_substitute(a=1)) == '1 $c'
assert outcome(lambda: string.Template("$a").substitute()) == "KeyError: 'a'"
assert outcome(lambda: string.capwords("hello  world")) == 'Hello World'
assert outcome(lambda: string.ascii_lowercase) == 'abcdefghijklmnopqrstuvwxyz'
assert outcome(lambda: string.punctuation) == '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~'

assert string.ascii_lowercase == "abcdefghijklmnopqrstuvwxyz" and string.capwords("a bc d") == "A Bc D"
assert string.Template("$a ${b} $$").substitute(a=1, b=2) == "1 2 $"
assert string.Template("$x").safe_substitute() == "$x"
assert error(string.Template("$x").substitute) == "KeyError: 'x'"
assert string.Formatter().format("{0}{a}", 1, a=2) == "12"
assert list(string.Formatter().parse("a{b!r:c}")) == [("a", "b", "c", "r")]
