"""Syntax errors: subscripts and attributes. Text, line, caret range."""
from _refusals import show

SOURCES = ["a[", "a[]", "a[1", "a[1:2:3:4]", "a[:", "a[*]", "a[b=1]", "a()()", "a.", "a.b."]

show(SOURCES)
