"""pickle: shared structures, instances of classes with hooks, functions, in every protocol; what cannot be
pickled.
"""
import collections
import pickle

from _case import error
from _copied import G, N, P, R, func, l, s, x

for p in range(6):
    y = pickle.loads(pickle.dumps(x, p))
    assert y["a"] is y["b"] and y["self"] is y and y["c"][0] is y["a"]
    assert {k: v for k, v in y.items() if k != "self"} == {k: v for k, v in x.items() if k != "self"}


for p in range(2, 6):
    rt = lambda o: pickle.loads(pickle.dumps(o, p))
    assert rt(P(5)) == P(5) and rt(s).a == 1 and not hasattr(rt(s), "b") and rt(R(1)).n == 2
    assert rt(G(3)).v == 6 and rt(N(1, 2)) == (1, 2) and type(rt(N(1, 2))) is N and rt(P) is P
    assert rt(len) is len and rt(func) is func and rt(l) == [1, 2] and rt(l).tag == "t"
    assert rt(collections.OrderedDict(a=1)) == collections.OrderedDict(a=1)
    assert rt(ValueError("m", 1)).args == ("m", 1) and rt(int) is int and rt(...) is ...
    assert rt(NotImplemented) is NotImplemented
assert error(pickle.dumps, lambda: 0).startswith("PicklingError: Can't pickle <function <lambda>")
assert error(pickle.loads, b"").startswith("EOFError")
assert "Error: " in error(pickle.loads, b"abc")
assert error(pickle.dumps, (i for i in [])) == "TypeError: cannot pickle 'generator' object"
deep = []
for _ in range(200):
    deep = [deep]
assert pickle.loads(pickle.dumps(deep)) == deep
