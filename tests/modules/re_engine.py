"""re: backtracking, captures through loops, atomic and possessive parts, lookaround, all widths of text,
deep repeats.
"""
import re


def groups(pattern, text, flags=0):
    m = re.match(pattern, text, flags)
    return m and (m.span(), m.groups())


assert groups(r"(a|ab)(c|bcd)(d*)", "abcd") == ((0, 4), ("a", "bcd", ""))
assert groups(r"(?:(a)|b)*", "ab") == ((0, 2), ("a",))
assert groups(r"(a*)*", "aab") == ((0, 2), ("",))
assert groups(r"((a)(b)?)+", "aba") == ((0, 3), ("a", "a", "b"))
assert groups(r"(a)?(?(1)b|c)", "c") == ((0, 1), (None,))
assert groups(r"(a)?(?(1)b|c)", "ab") == ((0, 2), ("a",))
assert groups(r"(?>a+)ab", "aaab") is None and groups(r"a++ab", "aaab") is None and groups(r"a+ab", "aaab")
assert groups(r"(?:ab)*+ab", "ababab") is None and groups(r"(?:a|ab){2}+c", "aabc") is None
assert groups(r"(?=(a+))a*b\1", "baaabac") is None and re.search(r"(?=(a+))a*b\1", "baaabac").span() == (3, 6)
assert re.search(r"(?<=ab)c(?!d)", "abcd abce").span() == (7, 8)
assert re.findall(r"(?<!\w)\w(?!\w)", "a bc d") == ["a", "d"]
assert re.findall(r"a*?", "aa") == ["", "a", "", "a", ""]
assert re.sub("x*", "-", "abxd") == "-a-b--d-"
assert re.split(r"(?=b)|(c)", "abcb") == ["a", None, "b", "c", "", None, "b"]

for letter in "a", "\xe9", "\u0430", "\U0001f600":  # one, two, four bytes a character
    text = letter * 3 + "," + letter
    assert re.findall(r"[^,]+", text) == [letter * 3, letter]
    assert re.sub(re.escape(letter), "x", text) == "xxx,x"
    assert re.search("," + letter + r"\Z", text).start() == 3
assert re.findall(r"(?i)\u0430\u0431", "\u0410\u0411 \u0430\u0411") == ["\u0410\u0411", "\u0430\u0411"]
assert re.fullmatch(r"(?i)stra\xdfe|k", "\u212a")

assert re.match(r"(?:x|y)*z", "xy" * 50000 + "z").end() == 100001  # no recursion on the length of the text
assert re.match(r"(?:x|y)*z", "xy" * 50000) is None
assert re.match(r"(.|\n)*", "a" * 100000).end() == 100000
assert re.sub(r"(\w+) (\w+)", r"\2 \g<1>", "one two three four") == "two one four three"
assert re.compile(b"a.c", re.S).search(bytearray(b"xa\nc")).group() == b"a\nc"
m = re.match(r"(?P<year>\d{4})-(?P<month>\d\d)", "2024-05-06")
assert m.groupdict() == {"year": "2024", "month": "05"} and m.lastgroup == "month" and m["year"] == m[1]
assert m.regs == ((0, 7), (0, 4), (5, 7))

# ---- possessive repeats try once more than they must, also after a repetition that matched nothing
CONDITIONAL = r"(?:((?(1)\S|b)|))"
POINTS, ONES = [(i, i) for i in range(5)], [(0, 1), (1, 1), (2, 3), (3, 4), (4, 4)]
RUNS = [(0, 1), (1, 1), (2, 4), (4, 4)]
FOUND = {"{1,2}+": ONES, "++": RUNS, "{1,3}+": RUNS, "*+": POINTS, "{0,2}+": POINTS, "{2}+": ONES}
for repeat, wanted in FOUND.items():
    found = [m.span() for m in re.compile(CONDITIONAL + repeat).finditer("x yz")]
    assert found == wanted, (repeat, found)
