"""difflib: a unified diff, close matches, ratios."""
import difflib

assert "".join(difflib.unified_diff(["a\n", "b\n"], ["a\n", "c\n"], "x", "y")) == (
    "--- x\n+++ y\n@@ -1,2 +1,2 @@\n a\n-b\n+c\n")
assert difflib.get_close_matches("appel", ["ape", "apple", "peach"]) == ["apple", "ape"]
assert difflib.SequenceMatcher(None, "abcd", "bcde").ratio() == 0.75
