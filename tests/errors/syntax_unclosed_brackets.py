"""Syntax errors: brackets that are not closed, or by another. Text, line, caret range."""
from _refusals import show

SOURCES = [
    "1 +", "(1 + 2", "1 + 2)", "[1, 2", "[1, 2)", "{1: 2", "{1: 2]", "f(1, 2", "x = (\n1,\n2\n",
    "x = [1,\n2\n", "x = {\n'a': 1\n'b': 2}", "foo(\na,\nb c)", "def f(\na,\nb:\n  pass", "x = 1 +\\\n",
    "x = '\\\n", "if (x:\n  pass", "x = (1]\n", "x = (1\n]", "x = [(1, 2]\n", ")", "]", "}", "x = 1)\n",
    "print('a'", "print('a'\nprint('b')", "x = {\n", "print(x", "(a, b", "from x import (a, b"]

show(SOURCES)
