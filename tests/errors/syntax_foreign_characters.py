"""Syntax errors: characters that no token begins with, backslashes. Text, line, caret range."""
from _refusals import show

SOURCES = [
    "é€", "a€", "\u201cquoted\u201d", "x = 5\u00a0+ 3", "x\u200b = 1", "\x00", "a\\b", "a \\ b", "\\",
    "a \\"]

show(SOURCES)
