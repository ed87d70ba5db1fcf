"""An atomic group keeps the first way in which it matches: (?>X)Y finds what (?=(X))\\1Y finds."""
import itertools
import re

INSIDE = ["", "a", "a|ab", "ab|a", "|a", "a|", "|.{1,3}", "a*", "a*?", "a??", "(?:a|b)*", "(?:ab|a|b)??",
          "a|b|ab", "|b|", ".*", ".*?", "a+|b", "[ab]*?b|a", "(?>a|)b|",
          "(?:|a)b", "(?:|b)(?:|a)", "a(?:|b)", "(?>|a)(?:|b)"]
BEHIND = ["", "a", "b", "c", "[bc]", "b*c", "(?:b|c)", "(?>c|)", "$"]
TEXTS = ["", "a", "abc", "aabbc", "cab", "abab", "bca", "aac b", "xbacab"]

for inside, behind in itertools.product(INSIDE, BEHIND):
    atomic = re.compile(f"(?>{inside}){behind}")
    plain = re.compile(f"(?=({inside}))\\1{behind}")
    for text in TEXTS:
        found = [m.span() for m in atomic.finditer(text)]
        wanted = [m.span() for m in plain.finditer(text)]
        assert found == wanted, (inside, behind, text, found, wanted)
        as_bytes = re.compile(atomic.pattern.encode()).finditer(text.encode())
        assert [m.span() for m in as_bytes] == wanted, (inside, behind, text)

REPEATED = ["a*", "a+", "a?", "(?:ab)*", "(?:|ab){1,2}", "(?:a|ab)+", "(?:|a)?", "[ab]{1,2}"]
for repeat, behind in itertools.product(REPEATED, BEHIND):
    for text in TEXTS:
        found = [m.span() for m in re.finditer(f"{repeat}+{behind}", text)]
        wanted = [m.span() for m in re.finditer(f"(?>{repeat}){behind}", text)]
        assert found == wanted, (repeat, behind, text, found, wanted)
