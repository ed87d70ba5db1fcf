"""Syntax errors: keywords as names and in wrong places. Text, line, caret range."""
from _refusals import show

SOURCES = [
    "a not b", "a is", "a in", "not", "a or", "and b", "a ** ", "await x", "await", "async x", "yield",
    "x = yield", "class = 1", "def = 1", "for = 1", "import = 1", "x.class", "f(class=1)", "None.x = 1",
    "f(None=1)", "x = (yield"]

show(SOURCES)
