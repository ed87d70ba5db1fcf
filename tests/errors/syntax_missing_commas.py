"""Syntax errors: two expressions side by side, print and exec without brackets. Text, line, caret range."""
from _refusals import show

SOURCES = ["f(a b)", "f(a, b c)", "x = 1 2", "x = a b", "print 'hello'", "print x, y", "exec 'x'"]

show(SOURCES)
