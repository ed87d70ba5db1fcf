"""collections.OrderedDict: order that can be changed, and that counts in comparisons."""
from collections import OrderedDict

o = OrderedDict([("a", 1), ("b", 2), ("c", 3)])
o.move_to_end("a")
assert list(o) == ["b", "c", "a"] and o.move_to_end("a", last=False) is None and list(o) == ["a", "b", "c"]
assert o.popitem(last=False) == ("a", 1) and o == OrderedDict([("b", 2), ("c", 3)])
assert o != OrderedDict([("c", 3), ("b", 2)]) and o == {"c": 3, "b": 2}
assert repr(o) == "OrderedDict([('b', 2), ('c', 3)])" and list(reversed(o)) == ["c", "b"]
