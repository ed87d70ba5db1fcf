# stress: 400
"""repr and == of containers that are nested deeply or hold themselves."""
nested = []
for _ in range(100000):
    nested = [nested]
try:
    repr(nested)
    ok = True
except RecursionError:
    ok = True
assert ok
cyclic = [1]
cyclic.append(cyclic)
assert repr(cyclic) == "[1, [...]]"
d = {}
d["self"] = d
assert repr(d) == "{'self': {...}}"
x, y = [], []
x.append(y)
y.append(x)
try:
    x == y
    assert False
except RecursionError:
    pass
