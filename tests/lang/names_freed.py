"""Names are freed when nobody holds them, and an address that becomes another name's is no longer the old
one's in any cache.
"""
import gc
import random
import sys

source = random.Random(1)


class Base:
    shared = "shared"


class Child(Base):
    pass


class Meta(type):
    pass


class WithMeta(metaclass=Meta):
    pass


def fresh():
    """A text that is no constant, and interned by nobody yet."""
    return "".join(source.choice("abcdefgh") for _ in range(12))


# ---- lookups that failed and lookups that succeeded are forgotten with the name
for turn in range(30):
    names = list({fresh() for _ in range(300)})
    there, absent = names[:150], names[150:]
    for name in there:
        setattr(Base, name, name)
    child = Child()
    for name in there:
        assert getattr(child, name) == name and getattr(Child, name) == name and hasattr(child, name)
    for name in absent:
        assert getattr(child, name, None) is None and not hasattr(Child, name) and not hasattr(WithMeta, name)
    for name in there:
        delattr(Base, name)
        assert not hasattr(child, name)
    del names, there, absent, name
    gc.collect()

# ---- instances, modules, namespaces
for turn in range(20):
    names = [fresh() for _ in range(200)]
    instances = []
    for name in names:
        instance = Child()
        setattr(instance, name, turn)
        instances.append(instance)
    gc.collect()
    for name, instance in zip(names, instances):
        assert getattr(instance, name) == turn and list(vars(instance)) == [name] and getattr(instance,
                name + "x", 5) == 5
    others = [fresh() for _ in range(200)]
    for name, instance in zip(others, instances):
        assert not hasattr(instance, name)
    del names, others, instances
    gc.collect()

# ---- interning: one object for one text, as long as somebody holds it
kept = [sys.intern(fresh()) for _ in range(500)]
ids = [id(s) for s in kept]
for _ in range(3):
    for i in range(20000):
        sys.intern("passing%d" % i)
    gc.collect()
    assert [id(sys.intern("".join(s))) for s in kept] == ids
    assert all(sys.intern(s[:6] + s[6:]) is s for s in kept)
for s in kept:
    globals()[s] = 1
del kept
gc.collect()
assert sum(1 for name in globals() if len(name) == 12 and name[0] != "_") == 500

# ---- names in code, in keywords, in slots, in methods
space = {}
for i in range(200):
    name = fresh()
    exec(
        f"class {name}:\n    __slots__ = ('{name}_slot',)\n    def {name}_method(self, *, {name}_key=1): "
        f"return {name}_key\n",
        space)
    cls = space.pop(name)
    instance = cls()
    gc.collect() if i % 20 == 0 else None
    setattr(instance, name + "_slot", i)
    assert getattr(instance, name + "_slot") == i
    assert getattr(instance, name + "_method")(**{name + "_key": i}) == i
    try:
        getattr(instance, name + "_method")(**{name + "_other": i})
        raise AssertionError("accepted")
    except TypeError as e:
        assert name + "_other" in str(e)

# ---- names that C code knows are there whatever is collected
for _ in range(3):
    gc.collect()
    assert getattr([], "".join(["app", "end"])) and hasattr(1, "__" + "add" + "__") and getattr(int,
            "from_" + "bytes")
    assert str(b"a".decode("".join(["ut", "f-8"]))) == "a"
