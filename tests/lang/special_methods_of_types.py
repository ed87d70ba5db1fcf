"""Special methods are looked up on the type, not on the instance."""
from _case import error


class Instance:
    """Special methods are looked up on the type, not on the instance."""


i = Instance()
i.__len__ = lambda: 3
i.__call__ = lambda: 3
assert error(lambda: len(i)) == "TypeError: object of type 'Instance' has no len()"
assert error(lambda: i()) == "TypeError: 'Instance' object is not callable"
