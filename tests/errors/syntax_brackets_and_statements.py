"""Syntax errors: brackets and statements. Text, line, caret range."""
SOURCES = [
    "1 +", "(1 + 2", "1 + 2)", "[1, 2", "[1, 2)", "{1: 2", "{1: 2]", "f(1, 2", "f(a b)", "f(a, b c)", "x = 1 2", "x = a b", "print 'hello'", "print x, y", "exec 'x'",
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
