"""collections.Counter: counts, arithmetic, update and subtract."""
from collections import Counter

c = Counter("abracadabra")
assert c["a"] == 5 and c["z"] == 0 and c.most_common(2) == [("a", 5), ("b", 2)] and sum(c.values()) == 11
assert c.total() == 11 and c + Counter("a") == Counter("abracadabraa")
assert Counter(a=3) - Counter(a=5) == Counter() and Counter("ab") & Counter("bc") == Counter("b")
assert Counter("ab") | Counter("bc") == Counter("abc") and sorted(Counter(a=2).elements()) == ["a", "a"]
assert repr(Counter("aab")) == "Counter({'a': 2, 'b': 1})"
c.update("aa")
c.subtract("b")
assert c["a"] == 7 and c["b"] == 1
