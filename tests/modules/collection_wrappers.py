"""collections.ChainMap, UserDict and UserList: containers that pass on to others."""
from collections import ChainMap, UserDict, UserList

m = ChainMap({"a": 1}, {"a": 2, "b": 3})
assert m["a"] == 1 and m["b"] == 3 and dict(m) == {"a": 1, "b": 3} and m.new_child({"c": 1})["c"] == 1


class U(UserDict):
    def __setitem__(self, k, v):
        super().__setitem__(k, v * 2)


u = U(a=1)
u["b"] = 2
assert u.data == {"a": 2, "b": 4} and UserList([1]) + [2] == [1, 2]
