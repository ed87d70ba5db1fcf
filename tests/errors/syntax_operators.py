"""Syntax errors: operators. Text, line, caret range."""
from _refusals import show

SOURCES = [
    "a ? b : c", "a $ b", "a ! b", "a !", "a <> b", "a === b", "a && b", "a || b", "!a", "a++", "++a",
    "a--", "x = y = ", "x = = y", "x =", "= x", "x +=", "del", "del f()", "del 1", "del (a, f())",
    "del a + b", "del *a", "del None", "del x = 1"]
show(SOURCES)
