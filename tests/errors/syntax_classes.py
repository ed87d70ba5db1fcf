"""Syntax errors: classes. Text, line, caret range."""
from _refusals import show

SOURCES = [
    "class C\n  pass", "class C:\npass", "class C(:\n  pass", "class 1: pass", "class C(a b): pass",
    "class C(): x = ", "class None: pass", "class C(x for x in y): pass"]
show(SOURCES)
