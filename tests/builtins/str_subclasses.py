"""A subclass of str: its own __str__, equality and hash of what it holds, methods that return str."""


class S(str):
    def __str__(self):
        return "custom"


x = S("raw")
assert str(x) == "custom" and x == "raw" and f"{x}" == "custom" and "%s" % x == "custom"
assert "".join([x]) == "raw" and x.upper() == "RAW" and type(x.upper()) is str and type(x + "") is str
assert type(x[:]) is str
assert hash(x) == hash("raw") and {"raw": 1}[x] == 1 and len(x) == 3 and isinstance(x, str)
assert repr(x) == "'raw'"
x.attr = 5
assert x.attr == 5
