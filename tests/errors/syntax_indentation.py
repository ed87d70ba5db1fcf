"""Syntax errors: indentation. Text, line, caret range."""
from _refusals import show

SOURCES = [
    " x = 1", "x = 1\n  y = 2", "if x:\n    a\n  b", "if x:\n  a\n    b", "def f():\n\tx\n        y",
    "def f():\n  x\n y", "if x:\n  if y:\n  z", "\tx", "for x in y:\n\n\nz", "if 1:\n  # comment\nx",
    "class C:\n  def f(self):\n  x", "if x:\n  pass\n else:\n  pass"]

show(SOURCES)
