"""The traceback of an exception that nobody caught."""


def outer(n):
    return inner(n) + 1


def inner(n):
    values = [1, 2, 3]
    return values[n] + len(values)


outer(1)
outer(7)
