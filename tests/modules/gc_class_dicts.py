"""What gc hands out cannot change a class behind the back of what has cached its attributes."""
import gc


class A:
    x = 1

    def method(self):
        return 2


a = A()


def read():
    return A.x, a.x, a.method()


for _ in range(100):
    assert read() == (1, 1, 2)


def found():
    """All dicts that look like the class's, whichever way."""
    method = A.__dict__["method"]
    yield from gc.get_referents(A.__dict__, A)
    yield from gc.get_objects()
    yield from gc.get_referrers(method)
    for subject in (A.__dict__, A, int, type, object):
        for level in gc.get_referents(subject):
            yield level
            yield from gc.get_referents(level)


dicts = [d for d in found() if type(d) is dict and "method" in d and "__module__" in d]
assert dicts and all(d["x"] == 1 for d in dicts)
for d in dicts:
    for i in range(2000):
        d[f"more{i}"] = i
    for i in range(2000):
        del d[f"more{i}"]
    garbage = [bytes(i) for i in range(2000)]
    assert read() == (1, 1, 2)
gc.collect()
assert read() == (1, 1, 2)
A.x = 3
assert read() == (3, 3, 2)
referrers = gc.get_referrers(A.__dict__["method"])
assert any(r is A or type(r) is dict and "method" in r for r in referrers)
