"""Syntax errors: expression targets. Text, line, caret range."""
SOURCES = [
    "a if b = 1", "a if b else c = 1", "lambda: 1 = 2", "{a} = 1", "{a: b} = 1", "[x for x in y] = 1", "(x for x in y) = 1", "f'{a}' = 1", "(yield) = 1", "a < b = 1", "a and b = 1", "not a = 1",
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
