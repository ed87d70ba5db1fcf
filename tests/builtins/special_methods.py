"""Special methods are what calls, len, bool, in, reversed, dir, isinstance, getsizeof and with ask."""
import sys


class Call:
    def __call__(self, *a, **k):
        return a, k

    def __enter__(self):
        return "entered"

    def __exit__(self, *a):
        return True

    def __bool__(self):
        return False

    def __len__(self):
        return 5

    def __contains__(self, x):
        return x == 1

    def __reversed__(self):
        return "rev"

    def __dir__(self):
        return ["only"]

    def __sizeof__(self):
        return 77

    def __instancecheck__(self, x):
        return True

    def __getstate__(self):
        return "state"


c = Call()
assert c(1, k=2) == ((1,), {"k": 2}) and not c and len(c) == 5 and 1 in c and reversed(c) == "rev"
assert dir(c) == ["only"] and isinstance(5, c) and c.__reduce_ex__(2)[2] == "state"
assert sys.getsizeof(c) >= 77 and sys.getsizeof([]) > 0 and sys.getsizeof(10 ** 100) > sys.getsizeof(1) - 100
try:
    with c as got:
        raise ValueError
finally:
    assert got == "entered"
