"""collections.namedtuple: fields, defaults, replacement, refused names."""
from collections import namedtuple

from _case import error

P = namedtuple("P", "x y z", defaults=[0])
p = P(1, 2)
assert p == (1, 2, 0) and p.x == 1 and p._replace(y=5) == (1, 5, 0)
assert p._asdict() == {"x": 1, "y": 2, "z": 0} and P._fields == ("x", "y", "z")
assert repr(p) == "P(x=1, y=2, z=0)" and P._make([1, 2, 3]).z == 3
assert error(P, 1) == "TypeError: P.__new__() missing 1 required positional argument: 'y'"
a, b, z = p
assert (a, b, z) == (1, 2, 0) and isinstance(p, tuple) and hash(p) == hash((1, 2, 0))
assert error(namedtuple, "Q", "a a") == "ValueError: Encountered duplicate field name: 'a'"
assert namedtuple("R", "class a", rename=True)._fields == ("_0", "a")
