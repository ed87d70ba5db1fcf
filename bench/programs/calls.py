"""Calls of every kind: recursion, methods, closures, defaults, keywords, star arguments, bound methods,
callbacks.
"""
import sys


def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def ackermann(m, n):
    if m == 0:
        return n + 1
    if n == 0:
        return ackermann(m - 1, 1)
    return ackermann(m - 1, ackermann(m, n - 1))


def tak(x, y, z):
    if y >= x:
        return z
    return tak(tak(x - 1, y, z), tak(y - 1, z, x), tak(z - 1, x, y))


class Counter:
    step = 2

    def __init__(self):
        self.value = 0

    def bump(self, by=1):
        self.value += by * self.step
        return self

    @property
    def double(self):
        return 2 * self.value

    @staticmethod
    def twice(f, x):
        return f(f(x))

    @classmethod
    def grow(cls, n):
        return n + cls.step

    def __call__(self, x):
        return x + self.value


def with_defaults(a, b=2, *rest, c=3, **more):
    return a + b + c + len(rest) + len(more)


def make_adder(n):
    def add(x):
        return x + n
    return add


def main(n):
    print("fib", fib(n))
    print("ackermann", ackermann(2, 9 * n))
    print("tak", tak(n // 2, n // 3, n // 5))
    rounds = 1 << (n - 10)
    counter = Counter()
    add = make_adder(3)
    bump = counter.bump
    total = 0
    for i in range(rounds):
        counter.bump().bump(2)
        bump(by=i & 1)
        total += counter.double & 7
        total += add(i) & 3
        total += Counter.twice(add, i) & 3
        total += Counter.grow(i) & 1
        total += counter(i) & 1
        total += with_defaults(1) + with_defaults(1, 5, 6, c=i & 1, d=4)
        total += with_defaults(*(1, 2, 3), **{"c": 1})
    print("rounds", rounds, "counter", counter.value, "total", total)


main(int(sys.argv[1]) if len(sys.argv) > 1 else 28)
