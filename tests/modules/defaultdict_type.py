"""collections.defaultdict: what the factory is called for."""
from collections import defaultdict

from _case import error

dd = defaultdict(list)
dd["x"].append(1)
assert dd == {"x": [1]} and dd["y"] == [] and list(dd) == ["x", "y"] and dd.default_factory is list
assert repr(defaultdict(int, a=1)) == "defaultdict(<class 'int'>, {'a': 1})"
assert error(lambda: defaultdict()["k"]) == "KeyError: 'k'" and dd.get("q") is None
