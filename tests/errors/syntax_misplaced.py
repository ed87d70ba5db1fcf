"""Syntax errors: misplaced. Text, line, caret range."""
SOURCES = [
    "return 1", "return", "class C:\n  return 1", "yield 1", "class C:\n  yield 1", "break", "continue", "if x:\n  break", "def f():\n  break", "for x in y:\n  def f():\n    continue", "class C:\n  break", "while 1:\n  class C:\n    break", "[(yield x) for x in y]", "(x for x in (yield))", "def f():\n  [(yield x) for x in y]", "await x", "[await x for x in y]", "lambda: await x",
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
