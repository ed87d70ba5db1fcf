"""__format__, __str__ and __repr__, and results of theirs that are no text."""
from _case import error


class Fmt:
    def __format__(self, spec):
        return "<" + spec + ">"

    def __str__(self):
        return "str"

    def __repr__(self):
        return "repr"


assert f"{Fmt()}" == "<>" and f"{Fmt():abc}" == "<abc>" and f"{Fmt()!s}{Fmt()!r:>6}" == "str  repr"
assert format(Fmt(), "q") == "<q>"


class BadStr:
    def __str__(self):
        return 5

    def __repr__(self):
        return None

    def __format__(self, s):
        return 5


assert error(lambda: str(BadStr())) == "TypeError: __str__ returned non-string (type int)"
assert error(lambda: repr(BadStr())) == "TypeError: __repr__ returned non-string (type NoneType)"
assert error(lambda: f"{BadStr()}") == "TypeError: __format__ must return a str, not int"
assert error(lambda: f"{object():x}") == "TypeError: unsupported format string passed to object.__format__"
