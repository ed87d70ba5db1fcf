"""What a call answers when what it was given changes under it, or answers nonsense: select's list, a
decoder's state, a package that sys.modules forbids, warnings' registry, what pickle gives to ctypes; and gc's
own counts."""
import codecs
import ctypes
import gc
import io
import os
import select
import sys
import types
import warnings

from _case import outcome

# ---- select reads a list as it stands
reader, writer = os.pipe()
many = []


class Shrinks:
    def fileno(self):
        del many[-1]
        return writer


class Grows:
    def fileno(self):
        if len(many) < 20:
            many.append(self)
        return writer


many[:] = [Shrinks()] * 10
assert select.select([], many, [], 0) == ([], many[:5], []) and len(many) == 5
many[:] = [Grows()] * 10
assert len(select.select([], many, [], 0)[1]) == 20
assert outcome(select.select, [], [writer] * 1025, []) == (
    "ValueError: too many file descriptors in select()")

# ---- a decoder is asked for its state before it decodes
quopri = codecs.lookup("quopri")
kept = quopri.incrementaldecoder, quopri._is_text_encoding
for state, said in ((42, "illegal decoder state"), ((), "illegal decoder state"),
                    ((1, 2), "illegal decoder state: the first item should be a bytes object, not 'int'")):
    quopri.incrementaldecoder = lambda errors, state=state: types.SimpleNamespace(getstate=lambda: state)
    quopri._is_text_encoding = True
    assert outcome(io.TextIOWrapper(io.BytesIO(b"aaaaaa"), newline="\n", encoding="quopri").read, 42) == (
        f"TypeError: {said}")
quopri.incrementaldecoder, quopri._is_text_encoding = kept

# ---- None in sys.modules forbids a submodule, also where a from-list asks for it
package = types.ModuleType("forbidding")
package.__path__ = []
sys.modules.update({"forbidding": package, "forbidding.part": None})
said = "ModuleNotFoundError: import of forbidding.part halted; None in sys.modules"
assert outcome(__import__, "forbidding", None, None, ["part"]) == said
assert outcome(exec, "from forbidding import part") == said
assert outcome(__import__, "forbidding", None, None, ["other"]) is package
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    spec = types.SimpleNamespace(parent="else")
    __import__("", {"__package__": "os", "__spec__": spec}, None, ["path"], 1)
assert [str(w.message) for w in caught] == ["__package__ != __spec__.parent"]

# ---- once: by the registry that is given, else by warnings.onceregistry
with warnings.catch_warnings(record=True) as caught:
    warnings.filterwarnings("once")
    registry, kept = {}, warnings.onceregistry
    for i in range(2):
        warnings.warn_explicit("text", Warning, "file", 1, registry=registry)
    warnings.onceregistry = {}
    for i in range(2):
        warnings.warn_explicit("text", Warning, "file", 1)
    warnings.onceregistry = None
    assert outcome(warnings.warn_explicit, "text", Warning, "file", 1) == (
        "TypeError: _warnings.onceregistry must be a dict, not 'NoneType'")
    warnings.onceregistry = kept
assert len(caught) == 2

# ---- ctypes: the two parts of a state
Point = type("Point", (ctypes.Structure,), {"_fields_": [("x", ctypes.c_int)]})
point = Point(5)
assert point.__setstate__({"name": "p"}, b"\7\0\0\0") is None and (point.x, point.name) == (7, "p")
assert outcome(point.__setstate__, ({}, b"")) == "TypeError: function takes exactly 2 arguments (1 given)"
assert outcome(point.__setstate__, 1, b"") == "TypeError: argument 1 must be dict, not int"
assert outcome(type, "Named", (ctypes.Structure,), {"_fields_": [], "_anonymous_": ["x"], "x": 1}) == (
    "AttributeError: 'x' is specified in _anonymous_ but not in _fields_")

# ---- gc counts the collections that it is asked for, by generation
gc.disable()
for generation in range(3):
    for attempt in range(30):  # others may come between, when many come
        before = [s["collections"] for s in gc.get_stats()]
        gc.collect(generation)
        after = [s["collections"] for s in gc.get_stats()]
        if [a - b for a, b in zip(after, before)] == [int(i == generation) for i in range(3)]:
            break
    else:
        raise AssertionError((generation, before, after))


def ages():
    """What is told of a new object, and of collections by generation, as it grows old."""
    told = []
    gc.collect()
    ring = []
    ring.append(ring)
    for generation in None, 0, 1, 2:
        if generation is not None:
            gc.collect(generation)
        told.append((gc.get_count()[1:], any(o is ring for o in gc.get_objects(generation=0)),
                     any(o is ring for o in gc.get_objects(generation=2))))
    return told


EXPECTED = [((0, 0), True, False), ((1, 0), False, None), ((0, 1), False, None), ((0, 0), False, True)]
for attempt in range(30):  # others may come between here, too
    told = ages()
    if all(t in (e, None) or e is None for row, want in zip(told, EXPECTED) for t, e in zip(row, want)):
        break
else:
    raise AssertionError(told)
gc.enable()
