"""Syntax errors: typed and named targets. Text, line, caret range."""
SOURCES = [
    "f() += 1", "(a, b) += 1", "[a] += 1", "1 += 1", "a: int: str", "(a, b): int", "[a]: int", "f(): int", "1: int", "x := 1", "(x.a := 1)", "(x[0] := 1)", "(1 := 2)", "((a, b) := 1)", "f(x := 1, y := 2) = 3",
]


def main():
    import sys
    for number, source in enumerate(SOURCES, 1):
        print("----", number, repr(source), file=sys.stderr)
        try:
            compile(source, "<test>", "exec")
            print("compiles", file=sys.stderr)
        except (SyntaxError, ValueError) as e:
            sys.excepthook(type(e), e, None)


main()
