"""Closures: shared cells, late binding, loops, nonlocal, cells of parameters, deep nesting."""


def counter():
    n = 0

    def up():
        nonlocal n
        n += 1
        return n

    def get():
        return n

    return up, get


up, get = counter()
up()
up()
assert get() == 2
up2, get2 = counter()
assert get2() == 0
late = [lambda: i for i in range(3)]
assert [f() for f in late] == [2, 2, 2]
bound = [lambda i=i: i for i in range(3)]
assert [f() for f in bound] == [0, 1, 2]


def make(i):
    return lambda: i


assert [f() for f in [make(i) for i in range(3)]] == [0, 1, 2]


def param_cell(a, *args, b=1, **kw):
    def inner():
        nonlocal a, b
        a += 1
        b += 1
        return a, args, b, kw
    return inner


f = param_cell(1, 2, 3, b=4, c=5)
f()
assert f() == (3, (2, 3), 6, {"c": 5})


def deep():
    x = 1

    def a():
        def b():
            def c():
                nonlocal x
                x *= 3
                return x
            return c
        return b
    r = a()()()
    return r, x


assert deep() == (3, 3)


def self_reference(n):
    def fact(k):
        return 1 if k < 2 else k * fact(k - 1)
    return fact(n)


assert self_reference(20) == 2432902008176640000


def accumulate():
    fs = []
    for i in range(3):
        j = i * 2
        fs.append(lambda k=1: (i, j, k))
    return [f() for f in fs]


assert accumulate() == [(2, 4, 1)] * 3


def compose(*fs):
    def run(x):
        for f in fs:
            x = f(x)
        return x
    return run


assert compose(lambda x: x + 1, lambda x: x * 2, str)(3) == "8"
