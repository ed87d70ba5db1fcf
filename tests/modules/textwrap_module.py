"""textwrap: wrap, fill, dedent, indent, shorten."""
import textwrap

assert textwrap.wrap("the quick brown fox jumps", 10) == ["the quick", "brown fox", "jumps"]
assert textwrap.fill("aaa bbb", 3) == "aaa\nbbb" and textwrap.dedent("  a\n    b\n  c") == "a\n  b\nc"
assert textwrap.indent("a\nb", "> ") == "> a\n> b"
assert textwrap.shorten("hello world foo", 11) == "hello [...]"
