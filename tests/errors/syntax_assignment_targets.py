"""Syntax errors: assignment targets. Text, line, caret range."""
SOURCES = [
    "if x = 1: pass", "while x = 1: pass", "x == 1 = y", "1 = x", "'a' = x", "f() = 1", "a + b = 1", "-a = 1", "(a, 1) = 2", "[a, f()] = 1", "None = 1", "True = 1", "... = 1",
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
