"""Decorators: order, arguments, on methods and classes, any expression, stacked with properties."""
log = []


def deco(name):
    log.append("make " + name)

    def apply(f):
        log.append("apply " + name)
        return f
    return apply


@deco("a")
@deco("b")
def f():
    return 1


assert log == ["make a", "make b", "apply b", "apply a"] and f() == 1


def double(fn):
    def wrapper(*a, **k):
        return 2 * fn(*a, **k)
    wrapper.__wrapped__ = fn
    return wrapper


@double
@double
def g(x, y=1):
    return x + y


assert g(1) == 8 and g(1, y=2) == 12 and g.__wrapped__.__wrapped__(1) == 2


@lambda fn: fn(5)
def called(x):
    return x * 10


assert called == 50
table = {"k": [double]}


@table["k"][0]
def h():
    return 4


@(double if True else None)
def i():
    return 5


assert h() == 8 and i() == 10


def tag(**kw):
    def apply(cls):
        for k, v in kw.items():
            setattr(cls, k, v)
        return cls
    return apply


@tag(a=1)
@tag(a=2, b=3)
class K:
    @double
    def m(self):
        return 3

    @staticmethod
    @double
    def s():
        return 4

    @classmethod
    @double
    def c(cls):
        return len(cls.__name__)

    @property
    @double
    def p(self):
        return 6


assert (K.a, K.b) == (1, 3) and K().m() == 6 and K.s() == 8 and K.c() == 2 and K().p == 12


class CountCalls:
    def __init__(self, fn):
        self.fn = fn
        self.n = 0

    def __call__(self, *a):
        self.n += 1
        return self.fn(*a)

    def __get__(self, obj, cls):
        return lambda *a: self(obj, *a)


@CountCalls
def cc(x):
    return x


cc(1)
assert cc(2) == 2 and cc.n == 2


class L:
    @CountCalls
    def m(self, y):
        return y


l = L()
assert l.m(3) == 3 and L.__dict__["m"].n == 1


def memo(fn):
    cache = {}

    def inner(*a):
        if a not in cache:
            cache[a] = fn(*a)
        return cache[a]
    return inner


@memo
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


assert fib(100) == 354224848179261915075


@str
class Text:
    pass


assert Text == "<class '__main__.Text'>"
