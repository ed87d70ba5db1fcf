"""Syntax errors: loops and branches. Text, line, caret range."""
from _refusals import show

SOURCES = [
    "if x\n  pass", "if x:\npass", "if x:", "if :\n  pass", "if x: pass\n  else: pass", "else: pass",
    "elif x: pass", "if x:\n  pass\nelif:\n  pass", "while x\n  pass", "while x:\npass",
    "for x in y\n  pass", "for x in y:\npass", "for x y: pass", "for 1 in x: pass", "for f() in x: pass",
    "for x in: pass", "for in y: pass", "for x, in y: pass\nelse", "for (x in y): pass",
    "for x in *a: pass"]
show(SOURCES)
