"""vars and dir of instances and classes."""
from _case import error


class C:
    a = 1

    def __init__(self):
        self.b = 2

    def m(self):
        pass


c = C()
assert vars(c) == {"b": 2} and vars(C)["a"] == 1
assert error(vars, 5) == "TypeError: vars() argument must have __dict__ attribute"
assert {"a", "b", "m", "__init__", "__class__", "__dict__", "__eq__"} <= set(dir(c)) and "b" not in dir(C)
assert dir(c) == sorted(dir(c))
