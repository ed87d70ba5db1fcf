"""The error handler "namereplace" writes code points of private use, which have no names, as \\U.

Cause: CPython keeps the names of aliases and named sequences at code points of private use, U+F0000 and
U+F0200 on, and its handler asks with that numbering: it names characters that are not in the text.
unicodedata.name() has no name for them. Workaround: "backslashreplace" for such text.
"""
import sys
import unicodedata

private = "\U000f0231"
assert unicodedata.name(private, None) is None
shown = private.encode("ascii", "namereplace")
if sys.implementation.name == "cpython":
    assert shown == rb"\N{LATIN SMALL LETTER E WITH DOT ABOVE AND TILDE}", shown
else:
    assert shown == rb"\U000f0231", shown
