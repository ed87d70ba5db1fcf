"""functools.singledispatch: by the class of the first argument."""
import functools


@functools.singledispatch
def show(x):
    return "object"


@show.register
def _(x: int):
    return "int"


@show.register(list)
def _(x):
    return "list"


assert show(1) == "int" and show(True) == "int" and show([]) == "list" and show("a") == "object"
assert show.dispatch(bool) is show.dispatch(int)
