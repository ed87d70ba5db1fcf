"""Which classes may take each other's place (`__class__`): those that add the same to one base.

Each base is subclassed with each kind of body, and that again; the tables say whether an instance of the
row's class may become one of the column's."""
import copy
import gc
import pickle
import weakref
from collections import OrderedDict, defaultdict, deque
from types import ModuleType as module

from _case import error

BODIES = {
    "plain": {}, "slots0": {"__slots__": ()}, "a": {"__slots__": ("a",)}, "ab": {"__slots__": ("a", "b")},
    "dict": {"__slots__": ("__dict__",)}, "weak": {"__slots__": ("__weakref__",)},
    "both": {"__slots__": ("__dict__", "__weakref__")}, "a_dict": {"__slots__": ("a", "__dict__")},
}
TABLES = [
    ("object str list dict float complex bytearray defaultdict property", """
        plain      yy..........yy..
        sub_plain  yy..........yy..
        slots0     ..yy............
        sub_slots0 ................
        a          ....yy..........
        sub_a      ................
        ab         ......yy........
        sub_ab     ................
        dict       ........yy......
        sub_dict   ................
        weak       ..........yy....
        sub_weak   ................
        both       yy..........yy..
        sub_both   yy..........yy..
        a_dict     ..............yy
        sub_a_dict ................
    """),
    ("int tuple bytes", """
        plain      .y..
        sub_plain  .y..
        slots0     ..yy
        sub_slots0 ....
    """),
    ("set frozenset deque", """
        plain      yy......yy..
        sub_plain  yy......yy..
        slots0     ..yy........
        sub_slots0 ............
        a          ....yy......
        sub_a      ............
        ab         ......yy....
        sub_ab     ............
        dict       yy......yy..
        sub_dict   yy......yy..
        a_dict     ..........yy
        sub_a_dict ..........yy
    """),
    ("OrderedDict module", """
        plain      yyyy....
        sub_plain  yyyy....
        slots0     yyyy....
        sub_slots0 yyyy....
        a          ....yy..
        sub_a      ....yy..
        ab         ......yy
        sub_ab     ......yy
    """),
    ("type", """
        plain      yyyy
        sub_plain  yyyy
        slots0     yyyy
        sub_slots0 yyyy
    """),
    ("Exception OSError staticmethod Warning BaseException", """
        plain      yy......yy
        sub_plain  yy......yy
        slots0     ..yy......
        sub_slots0 ..........
        a          ....yy....
        sub_a      ..........
        ab         ......yy..
        sub_ab     ..........
        weak       yy......yy
        sub_weak   yy......yy
    """),
]


def made(base, name):
    """Two classes with one body over `base`, and two over the first of them; none if there cannot be such."""
    try:
        first, second = (type(letter + name, (base,), dict(BODIES[name])) for letter in "AB")
    except TypeError:
        return {}
    return {name: (first, second),
            "sub_" + name: (type("S" + name, (first,), {}), type("T" + name, (first,), {"__slots__": ()}))}


def instance(base, cls):
    if base is type:
        return cls("made", (), {})
    return cls(len) if base is staticmethod else cls("made") if base is module else cls()


for bases, table in TABLES:
    for base in map(eval, bases.split()):
        classes = {}
        for name in BODIES:
            classes |= made(base, name)
        rows = [line.split() for line in table.split("\n") if line.strip()]
        assert [row[0] for row in rows] == list(classes), (base, list(classes))
        for name, wanted in rows:
            for (other, (_, target)), letter in zip(classes.items(), wanted, strict=True):
                value = instance(base, classes[name][0])
                if letter == "y":
                    value.__class__ = target
                    assert type(value) is target, (base, name, other)
                else:
                    said = error(setattr, value, "__class__", target)
                    layout = f"'{target.__name__}' object layout differs from '{type(value).__name__}'"
                    assert said == "TypeError: __class__ assignment: " + layout, (base, name, other, said)


# ---- members of str's subclasses lie at the end of the text
class Tagged(str):
    __slots__ = ("tag", "other")

    def __new__(cls, text, tag=None):
        self = str.__new__(cls, text)
        self.tag = tag
        return self

    def __reduce__(self):
        return type(self), (str(self), self.tag)


class More(Tagged):
    __slots__ = ("more", "__dict__", "__weakref__")


class Last(More):
    pass


short = [Tagged("abc" * i, ["x", i]) for i in range(200)]
wide = [Last("\u00e9\u4e00" * i, {"k": i}) for i in range(200)]
for i, text in enumerate(wide):
    text.more, text.free = [i], (i,)
for _ in range(4):
    gc.collect()
    assert len([bytearray(100) for _ in range(1000)]) == 1000
for i, text in enumerate(short):
    assert text == "abc" * i and text.tag == ["x", i]
    assert not hasattr(text, "other") and not hasattr(text, "__dict__")
for i, text in enumerate(wide):
    assert text == "\u00e9\u4e00" * i and text.tag == {"k": i}
    assert text.more == [i] and text.__dict__ == {"free": (i,)}
text = short[3]
text.other = 1
assert text.other == 1
del text.other
assert error(lambda: text.other) == "AttributeError: 'Tagged' object has no attribute 'other'"
assert error(delattr, text, "other") == "AttributeError: other"
assert copy.copy(text).tag == pickle.loads(pickle.dumps(text)).tag == ["x", 3]
assert Tagged.__basicsize__ - str.__basicsize__ == 16 and weakref.ref(wide[1])() is wide[1]
assert error(weakref.ref, text) == "TypeError: cannot create weak reference to 'Tagged' object"
assert error(weakref.ref, ValueError()) == "TypeError: cannot create weak reference to 'ValueError' object"

# ---- __slots__ that cannot be: bases of variable size have no place for any
for base in int, tuple, bytes, bool, type:
    for slots in ("__dict__",), ("__weakref__",), "__dict__", ("a",), ("1",), (1,):
        said = error(type, "X", (base,), {"__slots__": slots})
        wanted = "nonempty __slots__ not supported for subtype of 'X'"
        if base is bool:
            wanted = "type 'X' is not an acceptable base type"
        assert said == "TypeError: " + wanted.replace("X", base.__name__), said
    if base is not bool:
        assert type("X", (base,), {"__slots__": ()}).__itemsize__ == base.__itemsize__ > 0
