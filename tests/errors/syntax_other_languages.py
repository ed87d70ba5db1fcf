"""Syntax errors: other languages. Text, line, caret range."""
from _refusals import show

SOURCES = [
    "f(a, b, c for c in d)", "with open(x) as f, open(y) as g\n  pass", "try:\n  x\nexcept A as e\n  y",
    "lambda x\n", "class C(A, B\n  pass", "return = 1", "def f(): return\n return 2", "x = 10l",
    "x = 0xFFL", "raise A, B", "print >>f, x", "`x`", "exec x in y", "ur'x'", "x = <html>", "if x then y",
    "else if x:\n  pass", "elseif x:\n  pass", "switch x:\n  case 1: pass", "function f() {}", "var x = 1",
    "let x = 1", "x = new Foo()", "x = y z w", "foo bar baz", "for i = 0; i < 10: pass",
    "for (i in x) pass", "while (x) pass", "if (x) pass", "do x", "unless x: pass", "import x from y",
    "x => y", "x -> y", "int x = 5", "print f'x'", "print(a) if b", "return x if y", "def f(x) return x",
    "class A: def f(self): pass"]
show(SOURCES)
