# stress: 400
"""What an old object is given lives on, in whatever way it is stored, when young objects are collected.

Each row makes containers, which two full collections make old, gives each a fresh object, and looks at it
when young objects were collected and their places taken by others."""
import collections
import contextvars
import functools
import gc
import heapq
import itertools
import operator
import types
import weakref

MANY = 60
count = itertools.count()


def fresh():
    return ["fresh", [next(count)], {"deep": (next(count),)}]


class Plain:
    pass


class Slotted:
    __slots__ = ("value", "other")


class Text(str):
    __slots__ = ("value",)


class Tuple(tuple):
    pass


def setter(name):
    return lambda c, v: setattr(c, name, v)


def getter(name):
    return lambda c: getattr(c, name)


def plain_of_kind(kind):
    """An object whose attributes are in slots, behind them, or in a dictionary."""
    o = Plain()
    if kind == "many":
        for i in range(40):
            setattr(o, f"a{i}", i)
    elif kind == "dict":
        o.__dict__["a b"] = 1
    o.value = None
    return o


def cell_of():
    value = None

    def write(v):
        nonlocal value
        value = v

    return write, lambda: value


def sub_of(v):
    text = Text()
    text.value = v
    return Text, text


def weakref_of():
    return [Plain()]


def generator_of():
    def run():
        got = yield
        while True:
            got = yield got

    g = run()
    next(g)
    return g


def frame_of():
    """A generator's variable, read through its frame."""
    def run():
        kept = None
        while True:
            kept = (yield) or kept

    g = run()
    next(g)
    return g


def namespace_of(name="m"):
    return types.ModuleType(name)


def first(iterable):
    return next(iter(iterable))


def drop_key(d, v):
    d.clear()
    d[tuple_of(v)] = 1


def tuple_of(v):
    """Something hashable that holds v."""
    return Holder(v)


class Holder:
    def __init__(self, v):
        self.v = v


def push_heap(h, v):
    heapq.heapreplace(h, (0, v))


def exec_in(d, v):
    exec("def f(): global g; g = v", d)
    d["v"] = v
    d["f"]()
    del d["v"]


def raise_through(error, v):
    def thrown(v):
        raise error

    try:
        thrown(v)
    except type(error):
        pass


def list_of(n=3):
    return [None] * n


def roomy(n=5):
    """A list that has grown: its last items are free."""
    c = []
    for i in range(n):
        c.append(i)
    return c


def roomy_dict(kind=dict):
    c = kind()
    c[1] = c["a"] = None
    return c


def roomy_set():
    c = set()
    c.add(1)
    return c


def roomy_deque():
    return collections.deque([1, 2, 3])


def slice_assign(c, v):
    c[1:2] = [v, v]


def ext_slice_assign(c, v):
    c[::2] = [v, None]


lists = {
    "list[i]": (list_of, lambda c, v: operator.setitem(c, 1, v), lambda c: c[1]),
    "list.__setitem__": (list_of, lambda c, v: c.__setitem__(-1, v), lambda c: c[2]),
    "list.append": (list_of, lambda c, v: c.append(v), lambda c: c[3]),
    "list.insert": (list_of, lambda c, v: c.insert(1, v), lambda c: c[1]),
    "list.extend": (list_of, lambda c, v: c.extend([v]), lambda c: c[3]),
    "list.extend of a tuple": (list_of, lambda c, v: c.extend((v,)), lambda c: c[3]),
    "list.extend of an iterator": (list_of, lambda c, v: c.extend(iter([v])), lambda c: c[3]),
    "list +=": (list_of, lambda c, v: operator.iadd(c, [v]), lambda c: c[-1]),
    "list *=": (lambda: [None], lambda c, v: (c.append(v), operator.imul(c, 2)), lambda c: c[3]),
    "list[a:b]": (list_of, slice_assign, lambda c: c[2]),
    "list[::2]": (list_of, ext_slice_assign, lambda c: c[0]),
    "list.sort": (lambda: [1], lambda c, v: (c.append(v), c.sort(key=lambda x: x == 1)), lambda c: c[0]),
    "roomy list.append": (roomy, lambda c, v: c.append(v), lambda c: c[5]),
    "roomy list.insert": (roomy, lambda c, v: c.insert(1, v), lambda c: c[1]),
    "roomy list.extend": (roomy, lambda c, v: c.extend([v]), lambda c: c[5]),
    "roomy list.extend of an iterator": (roomy, lambda c, v: c.extend(iter([v])), lambda c: c[5]),
    "roomy list, comprehension": (roomy, lambda c, v: [c.append(x) for x in [v]], lambda c: c[5]),
    "roomy list +=": (roomy, lambda c, v: operator.iadd(c, (v,)), lambda c: c[5]),
    "roomy list[a:b]": (roomy, slice_assign, lambda c: c[2]),
    "roomy list *=": (lambda: roomy(2), lambda c, v: (c.append(v), operator.imul(c, 1)), lambda c: c[2]),
    "roomy list.__init__": (roomy, lambda c, v: c.__init__([v]), lambda c: c[0]),
    "roomy heappush": (lambda: [(i, 0) for i in range(5)], lambda c, v: heapq.heappush(c, (-1, v)),
                       lambda c: c[0][1]),
    "list.reverse": (lambda: [1], lambda c, v: (c.append(v), c.reverse()), lambda c: c[0]),
    "list.__init__": (list_of, lambda c, v: c.__init__([v]), lambda c: c[0]),
    "heapreplace": (lambda: [(0, 0)], push_heap, lambda c: c[0][1]),
    "heappush": (lambda: [(1, 0)], lambda c, v: heapq.heappush(c, (0, v)), lambda c: c[0][1]),
    "heappushpop": (lambda: [(0, 0), (2, 0)], lambda c, v: heapq.heappushpop(c, (1, v)), lambda c: c[0][1]),
    "heappop": (lambda: [(0, 0), (1, None)], lambda c, v: (c.append((0, v)), heapq.heappop(c)),
                lambda c: c[0][1]),
    "heapify": (lambda: [(5, 0)], lambda c, v: (c.append((1, v)), heapq.heapify(c)), lambda c: c[0][1]),
}
mappings = {
    "dict[k]": (dict, lambda c, v: operator.setitem(c, 1, v), lambda c: c[1]),
    "dict[k] again": (lambda: {1: None}, lambda c, v: operator.setitem(c, 1, v), lambda c: c[1]),
    "dict[str]": (lambda: {"a": None}, lambda c, v: operator.setitem(c, "a", v), lambda c: c["a"]),
    "dict, the key": (dict, drop_key, lambda c: first(c).v),
    "roomy dict[k]": (roomy_dict, lambda c, v: operator.setitem(c, 2, v), lambda c: c[2]),
    "roomy dict[str]": (roomy_dict, lambda c, v: operator.setitem(c, "b", v), lambda c: c["b"]),
    "roomy dict, the key": (roomy_dict, lambda c, v: operator.setitem(c, tuple_of(v), 1),
                            lambda c: list(c)[2].v),
    "roomy dict, the key of str": (roomy_dict, lambda c, v: operator.setitem(c, Text("key"), 1),
                                   lambda c: ["fresh", [0], {"deep": (1,)}] if list(c)[2] == "key" else 0),
    "roomy dict.setdefault": (roomy_dict, lambda c, v: c.setdefault(2, v), lambda c: c[2]),
    "roomy dict.update": (roomy_dict, lambda c, v: c.update({2: v}), lambda c: c[2]),
    "roomy dict.update(k=)": (roomy_dict, lambda c, v: c.update(k=v), lambda c: c["k"]),
    "roomy OrderedDict": (lambda: roomy_dict(collections.OrderedDict), lambda c, v: operator.setitem(c, 2, v),
                          lambda c: c[2]),
    "roomy defaultdict": (lambda: roomy_dict(lambda: collections.defaultdict(fresh)), lambda c, v: c[2],
                          lambda c: c[2]),
    "defaultdict.__init__": (collections.defaultdict, lambda c, v: c.__init__(lambda: v), lambda c: c[1]),
    "dict.setdefault": (dict, lambda c, v: c.setdefault(1, v), lambda c: c[1]),
    "dict.update": (dict, lambda c, v: c.update({1: v}), lambda c: c[1]),
    "dict.update of pairs": (dict, lambda c, v: c.update([(1, v)]), lambda c: c[1]),
    "dict.update(k=)": (dict, lambda c, v: c.update(k=v), lambda c: c["k"]),
    "dict |=": (dict, lambda c, v: operator.ior(c, {1: v}), lambda c: c[1]),
    "dict.__init__": (dict, lambda c, v: c.__init__({1: v}), lambda c: c[1]),
    "dict, grown": (dict, lambda c, v: [c.__setitem__(i, v) for i in range(50)], lambda c: c[49]),
    "OrderedDict": (collections.OrderedDict, lambda c, v: operator.setitem(c, 1, v), lambda c: c[1]),
    "move_to_end": (lambda: collections.OrderedDict(a=1),
                    lambda c, v: (c.update(b=v), c.move_to_end("b", False)),
                    lambda c: c["b"]),
    "defaultdict": (lambda: collections.defaultdict(fresh), lambda c, v: c["new"], lambda c: c["new"]),
    "default_factory": (collections.defaultdict, lambda c, v: setattr(c, "default_factory", lambda: v),
                        lambda c: c[1]),
    "Counter": (collections.Counter, lambda c, v: c.update({"a": 1}) or c.__setitem__("a", v),
                lambda c: c["a"]),
    "ChainMap": (collections.ChainMap, lambda c, v: operator.setitem(c, 1, v), lambda c: c[1]),
}
others = {
    "set.add": (set, lambda c, v: c.add(tuple_of(v)), lambda c: first(c).v),
    "set.update": (set, lambda c, v: c.update([tuple_of(v)]), lambda c: first(c).v),
    "set |=": (set, lambda c, v: operator.ior(c, {tuple_of(v)}), lambda c: first(c).v),
    "set ^=": (set, lambda c, v: operator.ixor(c, {tuple_of(v)}), lambda c: first(c).v),
    "roomy set.add": (roomy_set, lambda c, v: c.add(tuple_of(v)), lambda c: [x for x in c if x != 1][0].v),
    "roomy set.update": (roomy_set, lambda c, v: c.update({tuple_of(v)}),
                         lambda c: [x for x in c if x != 1][0].v),
    "roomy deque.append": (roomy_deque, lambda c, v: c.append(v), lambda c: c[3]),
    "roomy deque.appendleft": (roomy_deque, lambda c, v: c.appendleft(v), lambda c: c[0]),
    "roomy deque.extend": (roomy_deque, lambda c, v: c.extend([v]), lambda c: c[3]),
    "deque.append": (collections.deque, lambda c, v: c.append(v), lambda c: c[0]),
    "deque.appendleft": (collections.deque, lambda c, v: c.appendleft(v), lambda c: c[0]),
    "deque.extend": (collections.deque, lambda c, v: c.extend([v] * 100), lambda c: c[99]),
    "deque.extendleft": (collections.deque, lambda c, v: c.extendleft([v] * 100), lambda c: c[99]),
    "deque.insert": (lambda: collections.deque([1, 2]), lambda c, v: c.insert(1, v), lambda c: c[1]),
    "deque[i]": (lambda: collections.deque([1, 2]), lambda c, v: operator.setitem(c, 1, v), lambda c: c[1]),
    "deque.rotate": (lambda: collections.deque([1, 2]), lambda c, v: (c.append(v), c.rotate(1)),
                     lambda c: c[0]),
    "attribute in a slot": (lambda: plain_of_kind("few"), setter("value"), getter("value")),
    "attribute behind": (lambda: plain_of_kind("many"), setter("value"), getter("value")),
    "attribute in a dict": (lambda: plain_of_kind("dict"), setter("value"), getter("value")),
    "new attribute": (lambda: plain_of_kind("few"), setter("fresh"), getter("fresh")),
    "new attribute behind": (lambda: plain_of_kind("many"), setter("fresh"), getter("fresh")),
    "__dict__": (lambda: plain_of_kind("few"), lambda c, v: setattr(c, "__dict__", {"value": v}),
                 getter("value")),
    "member": (Slotted, setter("value"), getter("value")),
    "member of a str": (lambda: Text("abc"), setter("value"), getter("value")),
    "attribute of a tuple": (lambda: Tuple((1,)), setter("value"), getter("value")),
    "attribute of a class": (lambda: type("C", (), {}), setter("value"), getter("value")),
    "special method": (lambda: type("C", (), {}), lambda c, v: setattr(c, "__call__", lambda self: v),
                       lambda c: c()()),
    "attribute of a function": (lambda: lambda: 0, setter("value"), getter("value")),
    "attribute of a module": (namespace_of, setter("value"), getter("value")),
    "global variable": (dict, exec_in, lambda c: c["g"]),
    "defaults": (lambda: lambda a=0: a, lambda c, v: setattr(c, "__defaults__", (v,)), lambda c: c()),
    "keyword defaults": (lambda: eval("lambda *, a=0: a"),
                         lambda c, v: setattr(c, "__kwdefaults__", {"a": v}),
                         lambda c: c()),
    "doc": (lambda: lambda a: a, setter("__doc__"), getter("__doc__")),
    "module's name": (lambda: lambda a: a, setter("__module__"), getter("__module__")),
    "code's closure": (lambda: lambda a: a, lambda c, v: setattr(c, "__code__", (lambda a, b=v: b).__code__)
                       or setattr(c, "__defaults__", (v,)), lambda c: c(1)),
    "annotations": (lambda: lambda a: a, lambda c, v: setattr(c, "__annotations__", {"a": v}),
                    lambda c: c.__annotations__["a"]),
    "variable of a closure": (cell_of, lambda c, v: c[0](v), lambda c: c[1]()),
    "cell_contents": (lambda: types.CellType(0), setter("cell_contents"), getter("cell_contents")),
    "generator": (generator_of, lambda c, v: c.send(v), lambda c: c.gi_frame.f_locals["got"]),
    "generator's variable": (frame_of, lambda c, v: c.send(v), lambda c: c.gi_frame.f_locals["kept"]),
    "exception's __init__": (ValueError, lambda c, v: c.__init__(v), lambda c: c.args[0]),
    "KeyError's __init__": (KeyError, lambda c, v: c.__init__(v), lambda c: c.args[0]),
    "StopIteration's __init__": (StopIteration, lambda c, v: c.__init__(v), getter("value")),
    "SystemExit's __init__": (SystemExit, lambda c, v: c.__init__(v), getter("code")),
    "ImportError's __init__": (ImportError, lambda c, v: c.__init__(1, name=v), getter("name")),
    "NameError's __init__": (NameError, lambda c, v: c.__init__(1, name=v), getter("name")),
    "AttributeError's __init__": (AttributeError, lambda c, v: c.__init__(1, obj=v), getter("obj")),
    "SyntaxError's __init__": (SyntaxError, lambda c, v: c.__init__("m", (v, 1, 1, "t")), getter("filename")),
    "OSError's filename": (OSError, setter("filename"), getter("filename")),
    "AttributeError's obj": (AttributeError, setter("obj"), getter("obj")),
    "traceback": (ValueError, lambda c, v: raise_through(c, v),
                  lambda c: c.__traceback__.tb_next.tb_frame.f_locals["v"]),
    "exception's args": (ValueError, lambda c, v: setattr(c, "args", (v,)), lambda c: c.args[0]),
    "cause": (ValueError, lambda c, v: setattr(c, "__cause__", ValueError(v)), lambda c: c.__cause__.args[0]),
    "context": (ValueError, lambda c, v: setattr(c, "__context__", ValueError(v)),
                lambda c: c.__context__.args[0]),
    "notes": (ValueError, lambda c, v: setattr(c, "__notes__", v), getter("__notes__")),
    "StopIteration": (StopIteration, setter("value"), getter("value")),
    "tee": (lambda: itertools.tee(map(lambda f: f(), [fresh])), lambda c, v: next(c[0]),
            lambda c: next(c[1])),
    "partial": (lambda: functools.partial(print), lambda c, v: c.__setstate__((len, (v,), {}, None)),
                lambda c: c.args[0]),
    "lru_cache": (lambda: functools.lru_cache(lambda n: fresh()), lambda c, v: c(1), lambda c: c(1)),
    "vars(o).update": (lambda: plain_of_kind("few"), lambda c, v: vars(c).update(value=v), getter("value")),
    "ContextVar": (lambda: contextvars.ContextVar("c"), lambda c, v: c.set(v), lambda c: c.get()),
    "namespace": (types.SimpleNamespace, setter("value"), getter("value")),
    "weak dict": (lambda: (weakref.WeakKeyDictionary(), Plain()), lambda c, v: c[0].__setitem__(c[1], v),
                  lambda c: c[0][c[1]]),
    "property": (lambda: property(), lambda c, v: c.__init__(lambda self: v), lambda c: c.fget(0)),
    "partial, called": (lambda: functools.partial(list),
                        lambda c, v: c.__setstate__((list, ([v],), {"a": v}, {"b": v})),
                        lambda c: c.b),
    "staticmethod": (lambda: staticmethod(len), lambda c, v: c.__init__(lambda: v), lambda c: c.__func__()),
    "super": (lambda: super(Text, Text()), lambda c, v: super.__init__(c, *sub_of(v)),
              lambda c: c.__self__.value),
    "weakref's callback": (weakref_of, lambda c, v: c.append(weakref.ref(c[0], lambda r: v)),
                           lambda c: c[1].__callback__(0)),
    "MappingProxy": (lambda: (d := {}, types.MappingProxyType(d)), lambda c, v: c[0].update(a=v),
                     lambda c: c[1]["a"]),
    "GenericAlias": (lambda: [list[int]], lambda c, v: c.append(types.GenericAlias(list, (v,))),
                     lambda c: c[1].__args__[0]),
    "object_setattr": (lambda: plain_of_kind("few"), lambda c, v: object.__setattr__(c, "value", v),
                       getter("value")),
}


# ---- the same by instructions, which have learned where things are
def store_value(c, v):
    c.value = v


def store_new(c, v):
    c.fresh = v


def store_item(c, v):
    c[1] = v


def store_comprehension(c, v):
    c[:] = [x for x in (v, v)]


def global_of():
    space = {}
    exec("kept = None\ndef store(v):\n    global kept\n    kept = v\n", space)
    space["store"](None)
    return space


def closure_of():
    kept = None

    def store(v):
        nonlocal kept
        kept = v

    store(None)
    return store, lambda: kept


def own_cell_of():
    def run():
        kept = None
        yield lambda: kept
        while True:
            kept = yield

    g = run()
    read = next(g)
    next(g)
    return g, read


statement = compile("kept = v", "<statement>", "exec")


def module_of():
    space = {"v": None}
    exec(statement, space)
    return space


def run_statement(c, v):
    c["v"] = v
    exec(statement, c)
    c["v"] = None


statements = {
    "a variable that others see": (own_cell_of, lambda c, v: c[0].send(v), lambda c: c[1]()),
    "a module's statement": (module_of, run_statement, lambda c: c["kept"]),
    "c.value =": (lambda: plain_of_kind("few"), store_value, getter("value")),
    "c.value =, behind": (lambda: plain_of_kind("many"), store_value, getter("value")),
    "c.value =, in a dict": (lambda: plain_of_kind("dict"), store_value, getter("value")),
    "c.value =, a member": (Slotted, store_value, getter("value")),
    "c.value =, of a class": (lambda: type("C", (), {}), store_value, getter("value")),
    "c.value =, of a module": (namespace_of, store_value, getter("value")),
    "c.fresh =": (Plain, store_new, getter("fresh")),
    "c.fresh =, behind": (lambda: plain_of_kind("many"), store_new, getter("fresh")),
    "c[1] =, a list": (list_of, store_item, lambda c: c[1]),
    "c[1] =, a dict": (roomy_dict, store_item, lambda c: c[1]),
    "c[:] =": (list_of, store_comprehension, lambda c: c[1]),
    "global": (global_of, lambda c, v: c["store"](v), lambda c: c["kept"]),
    "nonlocal": (closure_of, lambda c, v: c[0](v), lambda c: c[1]()),
}


def young_die():
    """Young objects are collected, and other objects take the places of those that have died."""
    for _ in range(3):
        gc.collect(0)
        assert len([["junk", [i], {"deep": None}] for i in range(300)]) == 300


for rows in lists, mappings, others, statements:
    made = [(name, make(), store, read) for name, (make, store, read) in rows.items() for _ in range(MANY)]
    gc.collect()
    gc.collect()
    for name, container, store, read in made:
        store(container, fresh())
    young_die()
    for name, container, store, read in made:
        value = read(container)
        assert value[0] == "fresh" and value[2]["deep"] == (value[1][0] + 1,), (name, value)
