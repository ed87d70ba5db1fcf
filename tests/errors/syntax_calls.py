"""Syntax errors: calls. Text, line, caret range."""
SOURCES = [
    "a b", "1a", "a..b", "a.1", ".", "*", "x = *", "*a", "x = *a", "print(*a, *)", "f(**)", "f(*)", "f(a=1, 2)", "f(**a, *b)", "f(**a, b)", "f(a for a in b, c)",
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
