"""Syntax errors: typed and named targets. Text, line, caret range."""
from _refusals import show

SOURCES = [
    "f() += 1", "(a, b) += 1", "[a] += 1", "1 += 1", "a: int: str", "(a, b): int", "[a]: int", "f(): int",
    "1: int", "x := 1", "(x.a := 1)", "(x[0] := 1)", "(1 := 2)", "((a, b) := 1)", "f(x := 1, y := 2) = 3"]
show(SOURCES)
