"""Syntax errors: scopes declared. Text, line, caret range."""
from _refusals import show

SOURCES = [
    "global x\nx = 1", "x = 1\nglobal x", "def f():\n  x = 1\n  global x",
    "def f():\n  print(x)\n  global x", "def f(x):\n  global x", "def f():\n  nonlocal x", "nonlocal x",
    "def f(x):\n  nonlocal x", "def f():\n  global x\n  nonlocal x", "def f():\n  x: int\n  global x",
    "global", "global x, ", "global x.y", "nonlocal 1",
    "def f():\n  x = 1\n  def g():\n    x = 2\n    nonlocal x", "class C:\n  nonlocal x",
    "def f():\n  for x in y: pass\n  global x", "def f():\n  import x\n  global x"]
show(SOURCES)
