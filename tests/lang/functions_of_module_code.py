"""Functions made of code whose names live in a namespace, a module's or a class body's: the names of a call
are the function's globals. So is code with an `await` outside functions run."""
import ast
import inspect
import types

from _case import error


class Step:
    """Awaited, yields what it is made with, then ends with it."""

    def __init__(self, value):
        self.value = value

    def __await__(self):
        yield self.value
        return self.value


class Steps:
    """Iterates and enters asynchronously."""

    def __init__(self, count):
        self.left = count

    def __aiter__(self):
        return self

    async def __anext__(self):
        if not self.left:
            raise StopAsyncIteration
        self.left -= 1
        return await Step(self.left)

    async def __aenter__(self):
        return await Step("in")

    async def __aexit__(self, *exception):
        await Step("out")


def run(coroutine):
    """What it yields, and its result."""
    told = []
    try:
        while True:
            told.append(coroutine.send(None))
    except StopIteration as e:
        return told, e.value


# ---- plain code
def names_of_globals():
    space = {"start": 4}
    function = types.FunctionType(compile("a = start\nb = a + len('xy')\ndel start", "?", "exec"), space)
    assert function() is None and (space["a"], space["b"]) == (4, 6) and "start" not in space
    assert error(function) == "NameError: name 'start' is not defined"
    assert error(function, 1) == "TypeError: <module>() takes 0 positional arguments but 1 was given"
    assert error(function, k=1) == "TypeError: <module>() got an unexpected keyword argument 'k'"
    assert types.FunctionType(compile("a * b", "?", "eval"), space)() == 24
    assert list(map(lambda _: types.FunctionType(compile("b", "?", "eval"), space)(), [1])) == [6]

    def replaced():
        pass

    replaced.__code__ = compile("replaced_name = 1\nspace = locals() is globals()", "?", "exec")
    replaced()
    assert globals().pop("replaced_name") == 1 and globals().pop("space")


def body_of_a_class():

    def holder():
        value = 5

        class Held:
            kept = value

            def method(self):
                return __class__

        return Held

    body = next(c for c in holder.__code__.co_consts if isinstance(c, types.CodeType))
    space = {"__name__": "elsewhere"}
    types.FunctionType(body, space, closure=(types.CellType(9), ))()
    assert space["kept"] == 9 and space["__module__"] == "elsewhere" and "method" in space


# ---- code that awaits
AWAITING = {
    "a = await Step(1)": ([1], 1),
    "async for a in Steps(2):\n    pass": ([1, 0], 0),
    "async with Steps(0) as a:\n    pass": (["in", "out"], "in"),
    "async with Steps(0) as a, Steps(0) as b:\n    pass": (["in", "in", "out", "out"], "in"),
    "a = [x async for x in Steps(3)][0]": ([2, 1, 0], 2),
    "a = len({x async for x in Steps(1) async for y in Steps(2)})": ([0, 1, 0], 1),
    "a = {x: 1 async for x in Steps(1)}": ([0], {0: 1}),
    "a = [x async for x in (y async for y in Steps(1))]": ([0], [0]),
    "a = [await Step(x) for x in 'xy']": (["x", "y"], ["x", "y"]),
    "if 1:\n    while 1:\n        async with Steps(0) as a:\n            break": (["in", "out"], "in"),
    "try:\n    pass\nfinally:\n    async for a in Steps(1):\n        pass": ([0], 0),
}


def awaiting():
    for source, (told, last) in AWAITING.items():
        for mode in ("exec", "single"):
            code = compile(source, "?", mode, ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
            assert code.co_flags & inspect.CO_COROUTINE, source
            for start in (lambda space: types.FunctionType(code, space)(), lambda space: eval(code, space)):
                space = {"Step": Step, "Steps": Steps}
                assert run(start(space)) == (told, None) and space["a"] == last, source
    code = compile("await Step(1)", "?", "eval", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    assert run(types.FunctionType(code, {"Step": Step})()) == ([1], 1)
    for source in ("with open('/dev/null') as f: pass", "for x in (): pass", "[x for x in ()]",
                   "async def f():\n await g"):
        code = compile(source, "?", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
        assert not code.co_flags & inspect.CO_COROUTINE and types.FunctionType(code, {})() is None, source


names_of_globals()
body_of_a_class()
awaiting()
