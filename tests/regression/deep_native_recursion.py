# modes: cold warm switch asan
"""Native code that calls native code through a protocol, as deep as a program likes: RecursionError or the
right answer, on the main stack and on the smallest stack of a thread, whatever the recursion limit.
(CPython's own dies of many of these.)"""
import ast
import contextvars
import functools
import itertools
import operator
import sys
import threading
import types
import weakref

DEPTH = 30000


def nested(wrap, start, depth=DEPTH):
    for _ in range(depth):
        start = wrap(start)
    return start


def with_attribute(function):
    function.a = 1
    return function


def module_of(inner):
    module = types.ModuleType("m")
    module.__getattr__ = functools.partial(getattr, inner)
    return module


def except_nested(classes):
    try:
        raise ValueError
    except classes:
        pass


def class_with(value):
    return type("Q", (), {"z": value})


class Keep(list):
    """Weak references to weak references: everything in between stays."""
    def proxy(self, thing):
        self.append(thing)
        return weakref.proxy(thing)


ITERATORS = [
    itertools.chain,
    lambda x: map(int, x),
    lambda x: itertools.tee(x)[0],
    lambda x: itertools.islice(x, 9),
    lambda x: zip(x),
    itertools.zip_longest,
    enumerate,
    lambda x: filter(None, x),
    lambda x: itertools.filterfalse(operator.not_, x),
    lambda x: itertools.takewhile(bool, x),
    lambda x: itertools.dropwhile(operator.not_, x),
    itertools.groupby,
    itertools.accumulate,
    lambda x: itertools.compress(x, itertools.repeat(1)),
    itertools.cycle,
    itertools.pairwise,
    lambda x: iter(functools.partial(next, x), 99),
    lambda x: iter(x.__next__, 99),
    lambda x: (i for i in x),
    lambda x: itertools.starmap(max, zip(x, x)),
    lambda x: map(operator.itemgetter(0), zip(x)),
    lambda x: itertools.chain.from_iterable([x])]
CALLABLES = [
    functools.partial,
    lambda x: with_attribute(functools.partial(x)),
    lambda x: x.__call__,
    staticmethod,
    functools.lru_cache,
    lambda x: functools.partial(contextvars.Context().run, x),
    lambda x: functools.wraps(len)(functools.partial(x)),
    lambda x: types.MethodType(functools.partial(lambda f, *a: f(), x), 1)]
OTHERS = [
    lambda: nested(staticmethod, len).__isabstractmethod__,
    lambda: nested(property, len).__isabstractmethod__,
    lambda: class_with(nested(classmethod, len)).z,
    lambda: class_with(nested(staticmethod, len)).z,
    lambda: repr(nested(lambda x: functools.partial(len, x), len)),
    lambda: nested(module_of, 1).real,
    lambda: len(nested(Keep().proxy, {1})),
    lambda: nested(types.MappingProxyType, {1: 2}) | {},
    lambda: 1 in nested(types.MappingProxyType, {}),
    lambda: nested(types.MappingProxyType, {}).copy(),
    lambda: nested(lambda x: list[x], int).__parameters__,
    lambda: isinstance(1, nested(lambda x: (x,), str)),
    lambda: issubclass(int, nested(lambda x: (x,), str)),
    lambda: except_nested(nested(lambda x: (x,), KeyError)),
    lambda: "a".startswith(nested(lambda x: (x,), "b")),
    lambda: hash(nested(lambda x: (x,), 1)),
    lambda: nested(lambda x: [x], 1) == nested(lambda x: [x], 1),
    lambda: repr(nested(lambda x: {1: x}, 1)),
    lambda: compile("@a\n" * DEPTH + "def f(): pass", "f", "exec"),
    lambda: compile("with " + "a," * DEPTH + "b: pass", "f", "exec"),
    lambda: compile("-" * DEPTH + "1", "f", "eval"),
    lambda: compile("a if b else " * DEPTH + "c", "f", "eval"),
    lambda: ast.parse("f(*" * DEPTH + "a" + ")" * DEPTH),
    lambda: compile("1" + "|1" * DEPTH, "f", "eval"),
    lambda: compile("if 1: pass\n" + "elif 1: pass\n" * DEPTH, "f", "exec")]


def outcome(act, *args):
    try:
        act(*args)
    except (RecursionError, MemoryError, SyntaxError, TypeError, AttributeError, StopIteration, ValueError):
        pass


def run_all():
    for wrap in ITERATORS:
        outcome(next, nested(wrap, iter([1, 2, 3])))
    for wrap in CALLABLES:
        outcome(nested(wrap, lambda *args: 1))
    for act in OTHERS:
        outcome(act)


SPECIALS = """__getattr__ __getattribute__ __setattr__ __delattr__ __len__ __length_hint__ __call__ __iter__ __next__ __reversed__
__index__ __int__ __float__ __eq__ __lt__ __hash__ __repr__ __str__ __bytes__ __format__ __bool__ __contains__ __getitem__ __setitem__
__delitem__ __enter__ __exit__ __await__ __aiter__ __anext__ __get__ __set__ __delete__ __set_name__ __instancecheck__
__subclasscheck__ __add__ __radd__ __iadd__ __neg__ __round__ __copy__ __reduce_ex__ __dir__ __class_getitem__ __mro_entries__
__init_subclass__ __fspath__ __new__ __init__ __missing__ __sizeof__ __class__ __isabstractmethod__""".split()


def with_block(p):
    with p:
        pass


def set_item(p):
    p[0] = 1


def derive(p):
    class Derived(type(p)):
        a = p


USES = [
    lambda p: p.x,
    lambda p: type(p).x,
    lambda p: setattr(p, "x", 1),
    lambda p: delattr(p, "x"),
    len,
    lambda p: p(),
    lambda p: p(1, k=2),
    iter,
    next,
    reversed,
    operator.index,
    int,
    float,
    lambda p: p == 1,
    lambda p: p < 1,
    hash,
    repr,
    str,
    bytes,
    lambda p: f"{p:>3}",
    bool,
    lambda p: 1 in p,
    lambda p: p[0],
    set_item,
    with_block,
    lambda p: isinstance(1, p),
    lambda p: issubclass(int, p),
    lambda p: p + 1,
    lambda p: 1 + p,
    lambda p: -p,
    round,
    dir,
    lambda p: type(p)[0],
    derive,
    lambda p: type(p)(),
    lambda p: p.missing,
    lambda p: sorted([2, 1], key=p),
    lambda p: list(map(p, [1])),
    lambda p: class_with(p)().z,
    lambda p: class_with(property(p))().z,
    lambda p: class_with(classmethod(p))().z(),
    lambda p: functools.partial(p, 1)(2),
    lambda p: types.MethodType(p, 1)(),
    lambda p: operator.length_hint(p),
    lambda p: class_with(p),
    lambda p: super(type(p), p).x]


def run_specials():
    """An instance as the special method of its own class: no Python frame is needed to recurse."""
    for others in ((), ("__call__",), ("__get__",), ("__call__", "__get__"), ("__getattr__",)):
        for special in SPECIALS:
            for use in USES:
                try:
                    cls = type("P", (), {})
                    p = cls()
                    cls.x = p
                    for name in (*others, special):
                        setattr(cls, name, p)
                    use(p)
                except Exception:
                    pass


def in_thread(act, size):
    threading.stack_size(size)
    thread = threading.Thread(target=act)
    thread.start()
    thread.join()
    threading.stack_size(0)


run_all()
in_thread(run_all, 65536)
sys.setrecursionlimit(10**9)
in_thread(run_all, 1 << 20)
sys.setrecursionlimit(300)
in_thread(run_specials, 65536)
sys.setrecursionlimit(1000)
# the smallest programs of the kind


class P:
    pass


p = P()
P.__get__ = p
P.x = p
outcome(lambda: p.x)
try:
    next(nested(lambda x: map(int, x), iter([1]), 100000))
except RecursionError as error:
    assert "maximum recursion depth exceeded" in str(error)
else:
    raise AssertionError("no RecursionError")
