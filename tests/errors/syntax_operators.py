"""Syntax errors: operators. Text, line, caret range."""
SOURCES = [
    "a ? b : c", "a $ b", "a ! b", "a !", "a <> b", "a === b", "a && b", "a || b", "!a", "a++", "++a", "a--", "x = y = ", "x = = y", "x =", "= x", "x +=", "del", "del f()", "del 1", "del (a, f())", "del a + b", "del *a", "del None", "del x = 1",
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
