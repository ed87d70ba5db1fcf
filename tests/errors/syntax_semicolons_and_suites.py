"""Syntax errors: semicolons, suites on one line, chained and starred assignments. Text, line, caret range."""
from _refusals import show

SOURCES = [
    "a = 3 \\ 4\n", "async def f():\n  async x\n", "def f():\n  \"\"\"doc\n", "x = 1;; y", "; x", "x ;\n;",
    "if x: if y: pass", "if x: for y in z: pass", "while x: def f(): pass", "x = lambda: pass", "x = def",
    "a, b += 1", "a = b += 1", "a += b += 1", "a, *b, *c = d", "*a = 1", "a = *b, *c, d = *e", "*a, b: int",
    "x: int = ", "x: = 1"]

show(SOURCES)
