#!/usr/bin/python3.11
"""Regular expressions: random patterns on random texts; the answer, or the error's text, must be the
reference's.
"""
import functools
import re
import subprocess
import sys

import _fuzz

POSSESSIVE = re.compile(r"[*+?}]\+")
POSSESSIVE_GROUP = re.compile(r"\)(?:[*+?]|\{[0-9,]*\})\+")

ATOMS = ["a", "b", "ab", ".", "\\d", "\\w", "\\s", "\\D", "\\W", "\\S", "\\b", "\\B", "^", "$", "\\A",
         "\\Z", "[ab]", "[^a]", "[a-c]", "[a-]", "[]a]", "[\\w-]", "[\\d.]", "\\n", "\\x41", "\\u00e9",
         "é", "ß", "K", "ſ", "İ", "Σ", "я", "😀", "[а-я]", "\\.", " ", "#", "x{2}", "0", "\\1", "\\2",
         "(?P=n)", "A", "Z", "_", "\\t", "[[:alpha:]]", "\\N{DIGIT ONE}", "[\\b]", "i"]
REPEATS = ["*", "+", "?", "*?", "+?", "??", "{2}", "{1,3}", "{0,2}?", "{,2}", "{2,}", "*+", "++", "?+",
           "{1,2}+", "", "", "", "", "{", "{a}", "**"]
GROUPS = ["({})", "(?:{})", "(?P<n>{})", "(?={})", "(?!{})", "(?<={})", "(?<!{})", "(?>{})", "(?i:{})",
          "(?-i:{})", "(?s:{})", "(?x: {})", "(?(1){}|b)", "(?(n){})", "(?#{})", "({", "[{}", "b?(?a:{})",
          "(?m:{})"]
FLAGS = ["0", "0", "0", "re.I", "re.M", "re.S", "re.X", "re.A", "re.I|re.A", "re.I|re.M|re.S", "re.U",
         "re.L"]
LETTERS = "aabbabcABKkſßẞéÉİiıIΣσςяЯ01_ .\n\t-#x😀"


class Regex(_fuzz.Fuzzer):
    """Regular expressions against the reference."""
    ROUND = 4000
    PRELUDE = "import re, warnings\nwarnings.simplefilter('ignore')\n"
    SECONDS_A_CASE = 2.0

    def same(self, krait, reference, text):
        """With 3.11.2-6+deb12u8 and before as reference nothing is said about possessive repeats; of groups
        that are repeated so every 3.11 may tell where no text has matched.
        """
        unsure = POSSESSIVE if self.is_old else POSSESSIVE_GROUP
        return super().same(krait, reference, text) or unsure.search(text) is not None

    @functools.cached_property
    def is_old(self):
        """Does the reference take what a failed possessive group has eaten?"""
        code = "import re; print(re.match('(.+b{1,2}+)?+', 'xy').end())"
        return subprocess.run([self.options.reference, "-c", code], capture_output=True).stdout != b"0\n"

    def pattern(self, g, depth=0):
        parts = []
        for _ in range(g.randrange(1, 4)):
            part = g.choice(GROUPS).replace(
                "{}", self.pattern(g, depth + 1)) if depth < 3 and g.random() < 0.35 else g.choice(ATOMS)
            parts.append(part + g.choice(REPEATS))
        if g.random() < 0.2:
            parts.insert(g.randrange(len(parts) + 1), "|")
        if depth == 0 and g.random() < 0.05:
            parts.insert(0, g.choice(["(?i)", "(?x)", "(?m)", "(?s)", "(?a)", "(?ims)"]))
        return "".join(parts)

    def case(self, g):
        pattern, flags = self.pattern(g), g.choice(FLAGS)
        if g.random() < 0.1:   # damage
            at = g.randrange(len(pattern) + 1)
            pattern = pattern[:at] + g.choice(["(", ")", "[", "]", "\\", "?", "{", "*", "|", "(?",
                                               "(?P<", "\\x", "-"]) + pattern[at:]
        texts = ["".join(g.choice(LETTERS) for _ in range(g.randrange(0, 24))) for _ in range(4)]
        if g.random() < 0.2:
            pattern, texts = pattern.encode(), [t.encode() for t in texts]
        replacement = g.choice(["'<\\\\g<0>>'", "'\\\\1'", "'\\\\g<n>'", "'-'", "lambda m: m[0] * 2",
                                "'\\\\9'", "'\\\\n'", "'\\\\g<1'"])
        if isinstance(pattern, bytes) and "lambda" not in replacement:
            replacement = "b" + replacement
        lines = [
            f"p = None\ntry: p = re.compile({pattern!a}, {flags})\nexcept re.error as e: show(str(e), "
            f"e.pos, e.lineno, e.colno)\nexcept (OverflowError, RecursionError, ValueError) as e: "
            f"show(str(e))",
            "def told(m): return m and (m.span(), m.groups(), m.lastindex, m.lastgroup, m.regs)"]
        lines.append("if p: show(p.groups, p.groupindex, p.flags)")
        for t in texts:
            how = g.choice([f"told(p.match({t!a}))", f"told(p.search({t!a}, {g.randrange(0, 5)}))",
                            f"told(p.fullmatch({t!a}))", f"p.findall({t!a})",
                            f"p.split({t!a}, {g.randrange(0, 3)})",
                            f"p.subn({replacement}, {t!a})", f"[told(m) for m in p.finditer({t!a})]",
                            f"p.sub({replacement}, {t!a}, {g.randrange(0, 3)})",
                            f"told(p.search({t!a}, 1, {g.randrange(0, 12)}))"])
            lines.append(f"if p: attempt(lambda: {how})")
        return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(Regex().main())
