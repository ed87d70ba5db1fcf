"""Syntax errors: keyword arguments. Text, line, caret range."""
from _refusals import show

SOURCES = [
    "f(c, a for a in b)", "f(a=1, a=2)", "f(1=2)", "f(a.b=1)", "f(True=1)", "f(a+b=1)", "f((a)=1)",
    "lambda: (yield) = 1", "lambda x: = 1", "lambda x, x: 1"]
show(SOURCES)
