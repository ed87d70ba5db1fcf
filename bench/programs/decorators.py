"""Functions wrapped in functions: forwarding of *args and **kw, chains of functools.wraps, decorators with
arguments and state, descriptors that wrap methods.
"""
import functools
import inspect
import sys


def counted(function):
    @functools.wraps(function)
    def wrapper(*args, **kw):
        wrapper.calls += 1
        return function(*args, **kw)
    wrapper.calls = 0
    return wrapper


def checked(*kinds):
    def decorate(function):
        @functools.wraps(function)
        def wrapper(*args, **kw):
            for value, kind in zip(args, kinds):
                if not isinstance(value, kind):
                    raise TypeError(f"{function.__name__}: {value!r} is not {kind.__name__}")
            return function(*args, **kw)
        return wrapper
    return decorate


def retried(times, *errors):
    def decorate(function):
        @functools.wraps(function)
        def wrapper(*args, attempt=0, **kw):
            while True:
                try:
                    return function(*args, attempt=attempt, **kw)
                except errors:
                    attempt += 1
                    if attempt >= times:
                        raise
        return wrapper
    return decorate


def remembered(function):
    memory = {}

    @functools.wraps(function)
    def wrapper(*args, **kw):
        key = args, tuple(sorted(kw.items()))
        if key not in memory:
            memory[key] = function(*args, **kw)
        return memory[key]
    wrapper.memory = memory
    return wrapper


class Traced:
    """A descriptor in place of a method: counts the calls of each object."""

    def __init__(self, function):
        functools.update_wrapper(self, function)
        self.function = function

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        return functools.partial(self, instance)

    def __call__(self, instance, *args, **kw):
        instance.trace[self.__name__] = instance.trace.get(self.__name__, 0) + 1
        return self.function(instance, *args, **kw)


class Positive:
    """A checked attribute that keeps its value under its own name in the object."""

    def __set_name__(self, owner, name):
        self.name = "_" + name

    def __get__(self, instance, owner=None):
        return self if instance is None else getattr(instance, self.name)

    def __set__(self, instance, value):
        if value < 0:
            raise ValueError(self.name)
        setattr(instance, self.name, value)


class Account:
    balance = Positive()
    limit = Positive()

    def __init__(self, balance, limit=100):
        self.balance, self.limit, self.trace = balance, limit, {}

    @Traced
    def move(self, amount, *, fee=0):
        self.balance += amount - fee
        return self.balance

    @functools.cached_property
    def label(self):
        return f"{self.balance}/{self.limit}"


@counted
@checked(int, int)
@remembered
def ways(a, b, *, step=1):
    return 1 if a == 0 or b == 0 else ways(a - 1, b, step=step) + ways(a, b - 1, step=step)


@counted
@retried(3, KeyError, IndexError)
def fragile(n, table, *, attempt, **rest):
    return table[n % (4 - attempt)] + len(rest)


def compose(*functions):
    return functools.reduce(lambda f, g: lambda *a, **k: g(f(*a, **k)), functions)


def main(n):
    total = failed = 0
    table = {0: 5, 1: 7}
    pipeline = compose(lambda *a, **k: sum(a) + sum(k.values()), abs, lambda x: x % 97, counted(str), len)
    accounts = [Account(i, limit=i) for i in range(50)]
    for i in range(n):
        total += ways(i % 12, i % 9, step=i % 3) + pipeline(i, -3, z=i)
        try:
            total += fragile(i, table, extra=1, more=2)
        except KeyError:
            failed += 1
        try:
            total += accounts[i % 50].move(i % 30 - 10, fee=i % 2)
        except ValueError:
            failed += 1
    assert inspect.signature(ways).parameters["step"].default == 1 and Account.move.__name__ == "move"
    try:
        ways(1, "2")
    except TypeError as error:
        print(error)
    memory = ways.__wrapped__.__wrapped__.memory
    print("total", total, "failed", failed, "calls", ways.calls, fragile.calls, len(memory))
    print("moves", sum(a.trace["move"] for a in accounts), sorted(a.label for a in accounts)[:4])


main(int(sys.argv[1]) if len(sys.argv) > 1 else 70000)
