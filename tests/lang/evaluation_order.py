"""Left-to-right evaluation in every construct."""
log = []


def n(x, v=None):
    log.append(x)
    return x if v is None else v


def took():
    r = "".join(map(str, log))
    log.clear()
    return r


n(1) + n(2) * n(3)
assert took() == "123"
[n(1), n(2), *[n(3)], n(4)]
assert took() == "1234"
{n(1): n(2), n(3): n(4)}
assert took() == "1234"
{n(1), n(2)}
(n(1), n(2), n(3))
assert took() == "12123"
n("f", lambda *a, **k: n("c"))(n(1), *n(2, [0]), k=n(3), **n(4, {}))
assert took() == "f1234c"
n("a", [0, 1, 2])[n(0):n(2):n(1)]
assert took() == "a021"
n(1) < n(2) < n(3)
assert took() == "123"
n(1) if n("c") else n(2)
assert took() == "c1"
(lambda a=n(1), *, b=n(2): 0)
assert took() == "12"


def f(a: n("ann1") = n("def1"), *, b: n("ann2") = n("kw1")) -> n("ret"):
    pass


assert took() == "def1kw1ann1ann2ret"


@n("d1", lambda x: x)
@n("d2", lambda x: x)
class C(n("base", object), metaclass=n("meta", type)):
    n("body")


assert took() == "d1d2basemetabody"
x = [0, 0, 0]
x[n(0)], x[n(1)] = n(5), n(6)
assert took() == "5601"
x[n(0)] += n(1)
assert took() == "01"
d = {}
d[n("k")] = n("v")
assert took() == "vk"
del x[n(0)], x[n(1)]
assert took() == "01"
for x[n(0)] in [n(7)]:
    pass
assert took() == "70"
assert (n(0, False) or n(1)) and (n(2) and n(3))
assert took() == "0123"
n(1) == n(2) != n(3)
assert took() == "12"
f"{n(1)}{n(2)!r:{n(3)}}"
assert took() == "123"
lambda: n("never")
assert took() == ""
[n("e") for _ in n("it", [1, 2]) if n("if")]
assert took() == "itifeife"


class Sub:
    def __getitem__(self, k):
        n("get")
        return "x"

    def __setitem__(self, k, v):
        n("set")

    def __iadd__(self, o):
        return self


s = Sub()
s[n("i")] += n("v")
assert took() == "igetvset"


def chain():
    a = b = n("one")
    return a


chain()
assert took() == "one"
y = 1
assert [y, (y := 2), y] == [1, 2, 2] and took() == ""
z = 5
assert z + (z := 1) * z == 6 and (z, z := 9, z) == (1, 9, 9)
q = [1, 2]
assert q[(i := 1)] + i == 3
w = 1
assert max(w, (w := 5), w) == 5 and (w + (w := w + 1)) == 11


class Num:
    def __init__(self, v):
        self.v = v

    def __add__(self, o):
        n("add%d%d" % (self.v, o.v))
        return Num(self.v + o.v)


Num(1) + Num(2) + Num(3)
assert took() == "add12add33"
r = n(1) or n(2)
assert took() == "1"
assert not (n(1) is n(2)) and took() == "12"
try:
    n(1, [])[n(2)] = n(3, 1 / 0)
except ZeroDivisionError:
    pass
assert took() == ""
