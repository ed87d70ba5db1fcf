"""types: SimpleNamespace, MappingProxyType, new_class, MethodType, and the names of types."""
import types

n = types.SimpleNamespace(a=1, b=[2])
assert repr(n) == "namespace(a=1, b=[2])" and n == types.SimpleNamespace(b=[2], a=1)
assert isinstance(types.MappingProxyType({"a": 1})["a"], int)
assert types.new_class("N", (int,), {}, lambda ns: ns.update(q=1)).q == 1
assert types.MethodType(lambda s: s, 5)() == 5 and isinstance(None, types.NoneType)
