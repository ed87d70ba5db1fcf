"""Syntax errors: assignment targets. Text, line, caret range."""
from _refusals import show

SOURCES = [
    "if x = 1: pass", "while x = 1: pass", "x == 1 = y", "1 = x", "'a' = x", "f() = 1", "a + b = 1",
    "-a = 1", "(a, 1) = 2", "[a, f()] = 1", "None = 1", "True = 1", "... = 1"]
show(SOURCES)
