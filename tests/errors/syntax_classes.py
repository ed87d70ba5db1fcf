"""Syntax errors: classes. Text, line, caret range."""
SOURCES = [
    "class C\n  pass", "class C:\npass", "class C(:\n  pass", "class 1: pass", "class C(a b): pass", "class C(): x = ", "class None: pass", "class C(x for x in y): pass",
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
