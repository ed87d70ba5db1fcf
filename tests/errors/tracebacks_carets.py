"""Where the carets stand, for every kind of expression that can fail."""
import sys


def show(f, *args):
    try:
        f(*args)
    except Exception:
        sys.excepthook(*sys.exc_info())


class A:
    def method(self, x):
        return self.attribute + x

    def __getitem__(self, k):
        raise LookupError(k)


def binary(a, b):
    return a + 1 + b * (a - b) + a / b


def attribute(a):
    return a.first.second.third


def call(f):
    x = 1
    return f(x, 2)(3) + len(x)


def subscript(d):
    return d["a"]["b"]["c"]


def long_line(d):
    return d["alpha"] + d["beta"] + d["gamma"] + (d["delta"] if d else d["epsilon"]) + d["zeta"] + d["eta"] + d["theta"]


def several_lines(d):
    return (d["alpha"]
            + d["missing"]
            + 5)


def multi_call(x):
    return max(
        1,
        x.nothing,
        3,
    )


def comparison(a, b):
    return a == b or a < b


def unary(a):
    return 1 + -a


def unpack(x):
    a, b = x
    return a


def for_loop(x):
    for i in x:
        pass


def with_statement(x):
    with x as y:
        pass


def generator(xs):
    return sum(1 / x for x in xs)


def lambda_inside(x):
    return (lambda v: v.upper())(x)


def f_string(x):
    return f"value: {x.missing!r:>10}"


def name():
    return undefined_name + 1


def assignment(x):
    x.attr[0] = 5


def augmented(x):
    x += "text"


def deletion(x):
    del x["key"]


def assertion(x):
    assert x > 5, f"x is {x}"


def raising():
    raise ValueError("one\ntwo")


def nested(x):
    def deeper():
        return x.y
    return deeper()


def tabs_and_unicode(x):
	é = "日本"; return é + x.ü


def decorated():
    @undefined_decorator
    def g():
        pass


def class_body():
    class K:
        a = 1
        b = a.nothing


def defaults():
    def g(x=undefined_default):
        pass


def importing():
    import no_such_module_xyz


def from_importing():
    from sys import no_such_name_xyz


def conditional(x):
    return 1 if x.y else 2


def star(x):
    return print(*x)


def slicing(x):
    return x[1:2:0]


def yielding():
    list(gen(0))


def gen(x):
    yield 1
    yield 1 / x


def walrus(x):
    return (y := x / 0) + 1


def keyword(x):
    return dict(a=1, **x)


def chained_compare(a):
    return 1 < a < "x"


def matmul(a):
    return a @ a


def return_call():
    return helper(1)(2)(3)


def helper(x):
    return helper2


def helper2(x):
    return x


def method_call():
    return A().method(1)


def index_error():
    return A()[1]


for f, *args in [
        (binary, 1, 0),
        (binary, "a", 1),
        (attribute, 5),
        (call, lambda a, b: None),
        (call, None),
        (subscript, {"a": {}}),
        (subscript, {"a": 5}),
        (long_line, dict(alpha=1, beta=2, gamma=3)),
        (several_lines, {"alpha": 1}),
        (multi_call, 5),
        (comparison, 1, "a"),
        (unary, "a"),
        (unpack, 5),
        (unpack, [1, 2, 3]),
        (for_loop, 5),
        (with_statement, 5),
        (generator, [1, 0]),
        (lambda_inside, 5),
        (f_string, 5),
        (name,),
        (assignment, 5),
        (augmented, 1),
        (deletion, {}),
        (assertion, 1),
        (raising,),
        (nested, 5),
        (tabs_and_unicode, 5),
        (decorated,),
        (class_body,),
        (defaults,),
        (importing,),
        (from_importing,),
        (conditional, 5),
        (star, 5),
        (slicing, [1]),
        (yielding,),
        (walrus, 1),
        (keyword, 5),
        (chained_compare, 5),
        (matmul, 1),
        (return_call,),
        (method_call,),
        (index_error,)]:
    show(f, *args)
