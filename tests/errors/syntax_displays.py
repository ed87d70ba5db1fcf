"""Syntax errors: displays. Text, line, caret range."""
from _refusals import show

SOURCES = [
    "a if b", "a if b else", "a else b", "x if else y", "[x for]", "[x for x]", "[x for x in]",
    "[for x in y]", "[x for x in y if]", "[x, y for x in z]", "{x: y, z for x in w}", "[*x for x in y]",
    "{**x for x in y}", "[x for 1 in y]", "[x for f() in y]", "[x if y for z in w]", "(x for x in 1, 2)",
    "{1, 2: 3}", "{1: 2, 3}", "{1:}", "{:1}", "{1: *a}", "{**a: 1}", "{1: 2 3: 4}", "[1 2]", "(1 2)",
    "{1 2}", "[1, 2 3, 4]"]
show(SOURCES)
