"""Syntax errors: simple statements and decorators. Text, line, caret range."""
from _refusals import show

SOURCES = [
    "raise x,", "raise x from", "raise from x", "assert", "assert x,", "assert (x, 'message')", "pass x",
    "pass = 1", "break x", "continue 1", "del x y", "@", "@x", "@x\ny = 1", "@x y\ndef f(): pass",
    "@\ndef f(): pass"]

show(SOURCES)
