"""Syntax errors: parameters. Text, line, caret range."""
from _refusals import show

SOURCES = [
    "def f\n  pass", "def f()\n  pass", "def f():\npass", "def f(a, a): pass", "def f(a=1, b): pass",
    "def f(*): pass", "def f(*, **k): pass", "def f(**k, a): pass", "def f(*a, *b): pass",
    "def f(a, /, b, /): pass", "def f(/, a): pass", "def f(*, a, /): pass", "def f(**k, *a): pass",
    "def f(1): pass", "def f(a.b): pass", "def f((a, b)): pass", "def f(a:): pass", "def f(a=): pass",
    "def f() -> : pass", "def f() ->: pass", "def (): pass", "def 1(): pass", "def f(a b): pass",
    "def f(None): pass", "def f(*a=1): pass", "def f(**a=1): pass", "def f(*, a=1, b, **c, d): pass",
    "def f(a, *, b, a): pass", "lambda *: 1", "lambda a=1, b: 1", "lambda **k, a: 1", "lambda a, a: 1"]
show(SOURCES)
