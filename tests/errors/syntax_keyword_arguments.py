"""Syntax errors: keyword arguments. Text, line, caret range."""
SOURCES = [
    "f(c, a for a in b)", "f(a=1, a=2)", "f(1=2)", "f(a.b=1)", "f(True=1)", "f(a+b=1)", "f((a)=1)", "lambda: (yield) = 1", "lambda x: = 1", "lambda x, x: 1",
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
