"""Scopes: global, nonlocal, class scopes, builtins shadowed, comprehension scopes, locals() and globals()."""
x = "module"


def reads_global():
    return x


def writes_global():
    global x, fresh
    x = "changed"
    fresh = 1


writes_global()
assert reads_global() == "changed" and fresh == 1
x = "module"


def shadow():
    x = "local"

    def inner():
        global x
        return x
    return x, inner()


assert shadow() == ("local", "module")


def shadow_builtin():
    len = lambda v: "mine"
    return len([])


assert shadow_builtin() == "mine" and len([]) == 0
len = lambda v: 42
assert len("") == 42
del len
assert len("") == 0
try:
    del len
    assert False
except NameError as e:
    assert str(e) == "name 'len' is not defined"


class K:
    a = 1
    b = [a for _ in (1, 2)] if False else a
    try:
        c = [a for _ in (1,)]
    except NameError as e:
        c = str(e)
    d = [y for y in (a, a)]
    x = x + "!"


assert K.c == "name 'a' is not defined" and K.d == [1, 1] and K.x == "module!"
comp = [i for i in range(3)]
assert "i" not in globals()


def see_locals(a):
    b = 2

    def inner():
        return b
    c = [z for z in (1,)]
    return locals()


got = see_locals(1)
assert got["a"] == 1 and got["b"] == 2 and got["c"] == [1] and "z" not in got and callable(got["inner"])
assert globals()["x"] == "module" and globals() is locals()
globals()["made"] = 5
assert made == 5


def class_locals():
    class L:
        p = 1
        q = sorted(k for k in locals() if not k.startswith("__"))
        r = locals()["p"]
    return L.r


assert class_locals() == 1
exec("v = x + '?'")
assert v == "module?"
ns = {}
exec("def f(): return y\ny = 3", ns)
assert ns["f"]() == 3 and "__builtins__" in ns
assert eval("a + b", {"a": 1}, {"b": 2}) == 3


def nested_global():
    def a():
        global deep_name
        deep_name = 9
    a()
    return deep_name


assert nested_global() == 9
for k in range(2):
    pass
assert k == 1
[last := n for n in range(5)]
assert last == 4


def walrus_scope():
    total = 0
    out = [total := total + n for n in range(5)]
    return total, out


assert walrus_scope() == (10, [0, 1, 3, 6, 10])


def walrus_if(items):
    if (n := max(items)) > 3 and (m := n * 2):
        return n, m
    return n


assert walrus_if([1, 5]) == (5, 10) and walrus_if([1]) == 1
assert (lambda: (q := 5) + q)() == 10


def rebinding_operand(a):
    return a + (a := 10) + a


assert rebinding_operand(1) == 21


def args_order(a):
    return [a, (a := a + 1), a, f"{a}{(a := a + 1)}{a}"]


assert args_order(1) == [1, 2, 2, "233"]
