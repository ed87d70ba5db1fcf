"""Syntax errors: keywords and marks. Text, line, caret range."""
SOURCES = [
    "a not b", "a is", "a in", "not", "a or", "and b", "a ** ", "await x", "await", "async x", "yield", "x = yield", "class = 1", "def = 1", "for = 1", "import = 1", "x.class", "f(class=1)", "None.x = 1", "f(None=1)", "x = (yield", "a[", "a[]", "a[1", "a[1:2:3:4]", "a[:", "a[*]", "a[b=1]", "a()()", "a.", "a.b.", "é€", "a€", "\u201cquoted\u201d", "x = 5\u00a0+ 3", "x\u200b = 1", "\x00", "a\\b", "a \\ b", "\\", "a \\",
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
