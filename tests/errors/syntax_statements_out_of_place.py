"""Syntax errors: return, yield, await, break and continue where they may not stand. Text, line, caret range."""
from _refusals import show

SOURCES = [
    "return 1", "return", "class C:\n  return 1", "yield 1", "class C:\n  yield 1", "break", "continue",
    "if x:\n  break", "def f():\n  break", "for x in y:\n  def f():\n    continue", "class C:\n  break",
    "while 1:\n  class C:\n    break", "[(yield x) for x in y]", "(x for x in (yield))",
    "def f():\n  [(yield x) for x in y]", "await x", "[await x for x in y]", "lambda: await x"]
show(SOURCES)
