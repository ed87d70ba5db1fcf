# stress: 2003
"""pickle: every protocol, memo, frames, hooks, buffers outside of the stream, files, errors."""
import collections
import copyreg
import io
import pickle
import pickletools
import struct

from _case import error


class Point:
    def __init__(self, x, y):
        self.x, self.y = x, y

    def __eq__(self, other):
        return type(other) is Point and (self.x, self.y) == (other.x, other.y)

    class Inner:
        pass


class Slotted:
    __slots__ = "a", "b"


class Stateful(list):
    def __getstate__(self):
        return {"kept": 1}

    def __setstate__(self, state):
        self.state = state


class WithNew(tuple):
    def __new__(cls, a, *, b):
        self = super().__new__(cls, (a,))
        self.b = b
        return self

    def __getnewargs_ex__(self):
        return (self[0],), {"b": self.b}


slotted = Slotted()
slotted.a = [1]
values = [None, True, False, 0, 1, -1, 255, 256, 65535, 65536, -129, 2 ** 31 - 1, -2 ** 31, 2 ** 31,
          2 ** 64, -2 ** 63, 10 ** 700, 1.5, -0.0,
          float("inf"), "", "abc", "\u20ac\n\\x\0", "\ud800", "x" * 300, b"", b"bytes\xff", b"y" * 300,
          bytearray(b"ba"), (), (1,), (1, 2), (1, 2, 3),
          tuple(range(10)), [], [1], list(range(2500)), {}, {"a": 1}, {i: str(i) for i in range(2500)},
          set(), {1, 2}, frozenset({3}),
          Point(1, [2]), Point, Point.Inner, int, type(None), type(...), Ellipsis, NotImplemented, len,
          range(3),
          collections.OrderedDict(a=1), collections.deque([1, 2]), complex(1, 2), slice(1, 2),
          Exception("e", 3), print]
for protocol in range(6):
    for v in values:
        data = pickle.dumps(v, protocol)
        again = pickle.loads(data)
        assert type(again) is type(v) and (again == v or repr(again) == repr(v)), (protocol, v)
        assert pickle.loads(pickle._dumps(v, protocol)) == again or repr(v) == repr(again)
        assert repr(pickle._loads(data)) == repr(again) or again == v
        assert pickle.load(io.BytesIO(data)) == again or repr(again) == repr(v)
    shared = ["s"]
    pair = pickle.loads(pickle.dumps([shared, shared], protocol))
    assert pair[0] is pair[1]
    loop = []
    loop.append((loop, {"l": loop}))
    again = pickle.loads(pickle.dumps(loop, protocol))
    assert again[0][0] is again and again[0][1]["l"] is again
    round_trip = pickle.loads(pickle.dumps(Stateful([1, 2]), protocol))
    assert round_trip == [1, 2] and round_trip.state == {"kept": 1}
    if protocol >= 2:
        s = pickle.loads(pickle.dumps(slotted, protocol))
        assert s.a == [1] and not hasattr(s, "b")
        w = pickle.loads(pickle.dumps(WithNew(1, b=[2]), protocol))
        assert w == (1,) and w.b == [2]
    pickletools.dis(pickle.dumps(values[:30], protocol), io.StringIO())

# what is written is what the Python code writes
for protocol in range(6):
    for v in values[:40]:
        assert pickle.dumps(v, protocol) == pickle._dumps(v, protocol), (protocol, v)

# frames: large data stand outside of them, small ones share them
big = [b"x" * 100000, "y" * 70000, list(range(30000))]
data = pickle.dumps(big, 4)
assert pickle.loads(data) == big and sum(op.name == "FRAME" for op, *_ in pickletools.genops(data)) == 2
writes = []


class Writer:
    def write(self, chunk):
        writes.append(bytes(chunk))


pickle.dump(big, Writer(), 4)
assert len(writes) >= 3 and pickle.loads(b"".join(writes)) == big

# hooks
class P(pickle.Pickler):
    def persistent_id(self, obj):
        return "the point" if isinstance(obj, Point) else None

    def reducer_override(self, obj):
        return (int, ("77",)) if obj is len else NotImplemented


class U(pickle.Unpickler):
    def persistent_load(self, pid):
        return [pid]

    def find_class(self, module, name):
        assert (module, name) == ("builtins", "int")
        return super().find_class(module, name)


for protocol in range(6):
    out = io.BytesIO()
    pickler = P(out, protocol)
    pickler.dispatch_table = copyreg.dispatch_table.copy()
    pickler.dump({"p": Point(1, 2), "l": 1})
    pickler.clear_memo()
    assert U(io.BytesIO(out.getvalue())).load() == {"p": ["the point"], "l": 1}
out = io.BytesIO()
P(out, 4).dump([len, 5])
assert U(io.BytesIO(out.getvalue())).load() == [77, 5]
pickler = pickle.Pickler(io.BytesIO())
pickler.dump([1])
assert len(pickler.memo.copy()) == 1
pickler.memo.clear()
assert pickler.memo.copy() == {}

# several pickles in one file, nothing read beyond each
file = io.BytesIO(pickle.dumps(1, 0) + pickle.dumps("two", 4) + pickle.dumps([3], 2) + b"rest")
assert [pickle.load(file) for _ in range(3)] == [1, "two", [3]] and file.read() == b"rest"

# buffers
buffers = []
data = pickle.dumps([pickle.PickleBuffer(bytearray(b"abc")), pickle.PickleBuffer(b"def")], 5,
                    buffer_callback=buffers.append)
assert [b.raw().tobytes() for b in buffers] == [b"abc", b"def"] and b"abc" not in data
assert [bytes(b) for b in pickle.loads(data, buffers=buffers)] == [b"abc", b"def"]
assert pickle.loads(pickle.dumps(pickle.PickleBuffer(b"in"), 5)) == b"in"
buffers[0].release()
assert error(buffers[0].raw) == "ValueError: operation forbidden on released PickleBuffer object"

# errors
assert error(pickle.dumps, lambda: 1).startswith("PicklingError: Can't pickle <function <lambda> at ")


def local():
    class Local:
        pass
    return Local()


assert error(pickle.dumps, local()).startswith(
    "AttributeError: Can't pickle local object 'local.<locals>.Local'") or error(
    pickle.dumps, local()).startswith("AttributeError: Can't pickle local object <class ")
assert error(pickle.dumps, 1, 6) == "ValueError: pickle protocol must be <= 5"
assert error(pickle.loads, b"") == "EOFError: Ran out of input"
assert error(pickle.loads, b"\x80\x04K") == "UnpicklingError: pickle data was truncated"
assert error(pickle.loads, b"?") == "UnpicklingError: invalid load key, '?'."
assert error(pickle.loads, b"\xff") == "UnpicklingError: invalid load key, '\\xff'."
assert error(pickle.loads, b"0.") == "UnpicklingError: unpickling stack underflow"
assert error(pickle.loads, b"t.") == "UnpicklingError: could not find MARK"
assert error(pickle.loads, b"h\x05.") == "UnpicklingError: Memo value not found at index 5"
assert error(pickle.loads, b"\x80\x07.") == "ValueError: unsupported pickle protocol: 7"
assert error(pickle.loads, b"cbuiltins\nno_such\n.").startswith("AttributeError: ")
assert error(pickle.dump, 1, 2) == "TypeError: file must have a 'write' attribute"
assert error(pickle.loads, "text") == "TypeError: a bytes-like object is required, not 'str'"
assert issubclass(pickle.PicklingError, pickle.PickleError) and pickle.UnpicklingError.__module__ == "_pickle"
assert pickle.loads(b"S'caf\\xe9'\n.",
                    encoding="latin-1") == "caf\xe9" and pickle.loads(b"U\x02\xff\x00.",
                            encoding="bytes") == b"\xff\0"
assert pickle.loads(b"c__builtin__\nxrange\n.") is range and pickle.loads(struct.pack("<cI3sc", b"B", 3,
        b"abc", b".")) == b"abc"

# ---- opcodes for many items that find none do nothing to what lies below the mark
NOTHING = {b"](\x90.": [], b"](e.": [], b"}(u.": {}, b"N(\x90.": None, b"\x8f(\x90.": set()}
for data, wanted in NOTHING.items():
    assert pickle.loads(data) == wanted and pickle.load(io.BytesIO(data)) == wanted, data
