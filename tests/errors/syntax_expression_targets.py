"""Syntax errors: expression targets. Text, line, caret range."""
from _refusals import show

SOURCES = [
    "a if b = 1", "a if b else c = 1", "lambda: 1 = 2", "{a} = 1", "{a: b} = 1", "[x for x in y] = 1",
    "(x for x in y) = 1", "f'{a}' = 1", "(yield) = 1", "a < b = 1", "a and b = 1", "not a = 1"]
show(SOURCES)
