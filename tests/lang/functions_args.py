"""Parameters and arguments of every kind, and the exact texts when they do not match."""
from _case import error


def f(a, b=2, /, c=3, *args, d, e=5, **kw):
    return (a, b, c, args, d, e, kw)


assert f(1, d=4) == (1, 2, 3, (), 4, 5, {})
assert f(1, 9, 8, 7, 6, d=4, x=1) == (1, 9, 8, (7, 6), 4, 5, {"x": 1})
assert f(1, d=4, a=5, b=6) == (1, 2, 3, (), 4, 5, {"a": 5, "b": 6})
assert f(*[1, 2], *(3,), **{"d": 1}, **{"z": 2}) == (1, 2, 3, (), 1, 5, {"z": 2})
assert f(1, c=7, d=1) == (1, 2, 7, (), 1, 5, {})


def order():
    log = []

    def n(x):
        log.append(x)
        return x

    def g(*a, **k):
        return a, k

    assert g(n(1), *[n(2)], n(3), x=n(4), **{"y": n(5)}, z=n(6)) == ((1, 2, 3), {"x": 4, "y": 5, "z": 6})
    assert log == [1, 2, 3, 4, 5, 6]
    assert g(*(1,), x=2, *(3,)) == ((1, 3), {"x": 2})


order()


def default_once(x, acc=[]):
    acc.append(x)
    return acc


assert default_once(1) == [1] and default_once(2) == [1, 2]
n = 1


def default_early(x=n):
    return x


n = 2
assert default_early() == 1
assert (lambda *, k=1: k)() == 1 and (lambda *a: a)(1, 2) == (1, 2) and (lambda **k: k)(a=1) == {"a": 1}
args = [1, 2]
kw = {"a": 1}


def take(*a, **k):
    return a, k


five, nothing = 5, None
got = take(*args, **kw)
got[1]["b"] = 2
assert kw == {"a": 1} and take(*args)[0] is not args


def one(a):
    pass


def two(a, b):
    pass


def four(a, b, c, d):
    pass


def opt(a, b=1):
    pass


def kwo(*, x, y, z):
    pass


def pos(a, b, /):
    pass


def none():
    pass


assert error(one) == "TypeError: one() missing 1 required positional argument: 'a'"
assert error(two) == "TypeError: two() missing 2 required positional arguments: 'a' and 'b'"
assert error(four) == "TypeError: four() missing 4 required positional arguments: 'a', 'b', 'c', and 'd'"
assert error(four, 1) == "TypeError: four() missing 3 required positional arguments: 'b', 'c', and 'd'"
assert error(one, 1, 2) == "TypeError: one() takes 1 positional argument but 2 were given"
assert error(none, 1) == "TypeError: none() takes 0 positional arguments but 1 was given"
assert error(opt, 1, 2, 3) == "TypeError: opt() takes from 1 to 2 positional arguments but 3 were given"
assert error(opt, c=1) == "TypeError: opt() got an unexpected keyword argument 'c'"
assert error(one, 1, a=2) == "TypeError: one() got multiple values for argument 'a'"
assert error(kwo) == "TypeError: kwo() missing 3 required keyword-only arguments: 'x', 'y', and 'z'"
assert error(kwo, 1, x=1, y=2, z=3) == (
    "TypeError: kwo() takes 0 positional arguments but 1 positional argument (and 3 keyword-only "
    "arguments) were given")
assert error(pos, a=1, b=2) == (
    "TypeError: pos() got some positional-only arguments passed as keyword arguments: 'a, b'")
assert error(lambda: take(**{1: 2})) == "TypeError: keywords must be strings"
assert error(lambda: take(a=1, **{"a": 2})) == (
    "TypeError: __main__.take() got multiple values for keyword argument 'a'")
assert error(lambda: take(*5)) == "TypeError: __main__.take() argument after * must be an iterable, not int"
assert error(lambda: take(**5)) == "TypeError: __main__.take() argument after ** must be a mapping, not int"
assert error(lambda: (five)()) == "TypeError: 'int' object is not callable"
assert error(lambda: (nothing)()) == "TypeError: 'NoneType' object is not callable"


class C:
    def m(self, a):
        pass


assert error(C().m) == "TypeError: C.m() missing 1 required positional argument: 'a'"
assert error(C().m, 1, 2) == "TypeError: C.m() takes 2 positional arguments but 3 were given"
