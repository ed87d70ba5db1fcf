"""Ellipsis and __debug__."""
assert ... is Ellipsis and type(...).__name__ == "ellipsis" and str(...) == "Ellipsis"
assert __debug__ is True
