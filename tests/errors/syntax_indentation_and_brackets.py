"""Syntax errors: indentation and brackets. Text, line, caret range."""
SOURCES = [
    " x = 1", "x = 1\n  y = 2", "if x:\n    a\n  b", "if x:\n  a\n    b", "def f():\n\tx\n        y", "def f():\n  x\n y", "if x:\n  if y:\n  z", "\tx", "for x in y:\n\n\nz", "if 1:\n  # comment\nx", "class C:\n  def f(self):\n  x", "if x:\n  pass\n else:\n  pass", "x = (\n1,\n2\n", "x = [1,\n2\n", "x = {\n'a': 1\n'b': 2}", "foo(\na,\nb c)", "def f(\na,\nb:\n  pass", "x = 1 +\\\n", "x = '\\\n", "if (x:\n  pass", "x = (1]\n", "x = (1\n]", "x = [(1, 2]\n", ")", "]", "}", "x = 1)\n", "print('a'", "print('a'\nprint('b')", "x = {\n", "a = 3 \\ 4\n", "async def f():\n  async x\n", "def f():\n  \"\"\"doc\n", "x = 1;; y", "; x", "x ;\n;", "if x: if y: pass", "if x: for y in z: pass", "while x: def f(): pass", "x = lambda: pass", "x = def", "a, b += 1", "a = b += 1", "a += b += 1", "a, *b, *c = d", "*a = 1", "a = *b, *c, d = *e", "*a, b: int", "x: int = ", "x: = 1", "print(x", "(a, b", "from x import (a, b",
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
