"""A subclass of float: equal to its number, and its operators return float."""


class F(float):
    pass


f = F(1.5)
assert f == 1.5 and type(f + 1) is float and f * 2 == 3.0 and repr(f) == "1.5" and hash(f) == hash(1.5)
assert F("2.5") == 2.5 and isinstance(f, float)
