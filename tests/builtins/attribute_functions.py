"""getattr, setattr, delattr, hasattr: defaults and errors."""
from _case import error


class C:
    a = 1

    def __init__(self):
        self.b = 2

    def m(self):
        pass


c = C()
assert hasattr(c, "a") and not hasattr(c, "z") and getattr(c, "b") == 2 and getattr(c, "z", 9) == 9
assert setattr(c, "z", 1) is None and c.z == 1 and delattr(c, "z") is None
assert error(getattr, c, "z") == "AttributeError: 'C' object has no attribute 'z'"
assert error(hasattr, c, 5) == "TypeError: attribute name must be string, not 'int'"
