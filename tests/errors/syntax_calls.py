"""Syntax errors: calls. Text, line, caret range."""
from _refusals import show

SOURCES = [
    "a b", "1a", "a..b", "a.1", ".", "*", "x = *", "*a", "x = *a", "print(*a, *)", "f(**)", "f(*)",
    "f(a=1, 2)", "f(**a, *b)", "f(**a, b)", "f(a for a in b, c)"]
show(SOURCES)
