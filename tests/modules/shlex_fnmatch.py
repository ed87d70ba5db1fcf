"""shlex and fnmatch: words of a shell's line, and names by patterns."""
import fnmatch
import shlex

assert shlex.split("a 'b c' \"d\" e\\ f") == ["a", "b c", "d", "e f"] and shlex.quote("a b") == "'a b'"
assert fnmatch.fnmatch("a.txt", "*.txt") and fnmatch.filter(["a", "b1"], "b?") == ["b1"]
