"""Syntax errors: match. Text, line, caret range."""
from _refusals import show

SOURCES = [
    "match x:\n  pass", "match x:\ncase 1: pass", "match x:\n  case 1\n    pass",
    "match x:\n  case 1:\n  pass", "match x:\n  case a: pass\n  case b: pass",
    "match x:\n  case _: pass\n  case 1: pass", "match x:\n  case a | b: pass",
    "match x:\n  case (a, a): pass", "match x:\n  case a | 1: pass", "match x:\n  case {**a, 'b': 1}: pass",
    "match x:\n  case {a: 1}: pass", "match x:\n  case [*a, *b]: pass",
    "match x:\n  case A(b=1, b=2): pass", "match x:\n  case A(b=1, 2): pass",
    "match x:\n  case 1 + 2: pass", "match x:\n  case -a: pass", "match x:\n  case f'': pass",
    "match x:\n  case 1 as a.b: pass", "match x:\n  case 1 as _: pass",
    "match x:\n  case {'a': 1, 'a': 2}: pass", "match x:\n  case {**_}: pass",
    "match x:\n  case a.b(): pass\n  case a(): y", "match x:\n  case (1 as a) | (2 as b): pass",
    "match x:\n  case 1 if: pass", "match x\n  case 1: pass", "match:\n  case 1: pass"]

show(SOURCES)
