"""len() and truth of the built-in containers, of their subclasses, and of those that say otherwise."""
import array
import collections

EMPTY = [list, tuple, dict, set, frozenset, str, bytes, bytearray, collections.deque, collections.OrderedDict,
         collections.Counter, collections.UserList]
FULL = [[0], (0,), {0: 0}, {0}, frozenset([0]), "0", b"\0", bytearray(1), collections.deque([0]),
        collections.OrderedDict(a=0), collections.Counter("a"), collections.UserList([0]), memoryview(b"\0"),
        range(1), array.array("b", [0]), 1 << 70, -(1 << 70), 0.5, 1j]

for cls in EMPTY:
    v = cls()
    assert len(v) == 0 and not v and bool(v) is False and (1 if v else 2) == 2, cls
    assert v.__len__() == 0
for v in FULL:
    assert v and bool(v) is True and (1 if v else 2) == 1, v
    if hasattr(v, "__len__"):
        assert len(v) == 1 == v.__len__(), v
assert not memoryview(b"") and len(memoryview(bytes(12)).cast("I")) == 3

for cls in (list, tuple, dict, set, str, bytes, bytearray, collections.deque):
    class Long(cls):
        def __len__(self):
            return 77

    class True_(cls):
        def __bool__(self):
            return True

    class Plain(cls):
        pass

    assert len(Long()) == 77 and Long(), cls
    assert len(True_()) == 0 and True_(), cls
    assert len(Plain()) == 0 and not Plain(), cls

for cls in (bytearray, collections.deque):
    v = cls(b"abc")
    for left in (3, 2, 1):
        assert len(v) == left and v
        v.pop()
    assert not v and len(v) == 0
    v.append(1)
    assert v and len(v) == 1
    while v:
        del v[0]
    assert len(v) == 0
