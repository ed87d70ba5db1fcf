"""Code, functions, trees and classes that nobody holds are given back."""
# modes: reference cold warm switch
import ast
import collections
import marshal
import types

from _leaks import Plain, counter, kind, run


# ---- code
@kind(20000)
def code_run_once():
    exec("a%d = 1\nb = a%d + %d" % ((next(counter),) * 3), {})


@kind(20000)
def code_evaluated():
    eval("[x%d * 2 for x%d in (1, 2)]" % ((next(counter),) * 2))


@kind(20000)
def functions_of_dead_code():
    space = {}
    exec("def f%d(a, b=%d):\n    c = a + b\n    return lambda: c" % ((next(counter),) * 2), space)
    next(v for k, v in space.items() if k[0] == "f")(1)()


code_of_one = compile("y = x + 1", "one", "exec")


@kind(50000)
def one_code_in_many_namespaces():
    exec(code_of_one, {"x": 1})


def for_copies(a):
    return a + 1


@kind(50000)
def functions_of_one_code():
    types.FunctionType(for_copies.__code__, {})(1)


@kind(30000)
def code_objects_replaced():
    for_copies.__code__.replace(co_name="n%d" % next(counter))


@kind(20000)
def code_through_marshal():
    exec(marshal.loads(marshal.dumps(code_of_one)), {"x": 1})


@kind(20000)
def trees():
    ast.parse("x%d = [1, 'a', f(y)]" % next(counter))


@kind(100000)
def lambdas_and_closures():
    n = next(counter)
    (lambda: (lambda: n))()()


# ---- classes
@kind(20000)
def classes():
    n = next(counter)
    cls = type("C%d" % n, (Plain,), {"m%d" % n: lambda self: self.x, "y": 1})
    instance = cls()
    instance.x = 1
    setattr(instance, "z%d" % n, 2)
    getattr(instance, "m%d" % n)()


@kind(10000)
def classes_with_slots_and_a_metaclass():
    class Meta(type):
        pass

    class C(metaclass=Meta):
        __slots__ = ("a", "b")

        def __init__(self):
            self.a = self.b = 1
    C()


@kind(5000)
def named_tuples():
    collections.namedtuple("N%d" % next(counter), "a b c")(1, 2, 3)


@kind(10000)
def changed_bases():
    class Base1:
        pass

    class Base2:
        pass

    class C(Base1):
        pass
    C().__class__.__bases__ = (Base2,)


run()
