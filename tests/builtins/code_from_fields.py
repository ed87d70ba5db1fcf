"""types.CodeType(...) of a code object's attributes, as cloudpickle makes functions; replace of each."""
import inspect
import types

FIELDS = ("argcount posonlyargcount kwonlyargcount nlocals stacksize flags code consts names varnames "
          "filename name qualname firstlineno linetable exceptiontable freevars cellvars").split()


def fields(code):
    return [getattr(code, "co_" + name) for name in FIELDS]


def rebuilt(code):
    values = fields(code)
    values[7] = tuple(rebuilt(c) if isinstance(c, types.CodeType) else c for c in code.co_consts)
    return types.CodeType(*values)


def remade(function):
    cells = tuple(types.CellType(c.cell_contents) for c in function.__closure__ or ())
    made = types.FunctionType(rebuilt(function.__code__), globals(), function.__name__,
                              function.__defaults__, cells or None)
    made.__kwdefaults__ = function.__kwdefaults__
    return made


def outer(n):

    def counter(step=1, *more, scale=2, **names):
        """counts"""
        nonlocal n
        try:
            n += step * scale + sum(more)
            return [n, *(k + str(n) for k in names), {x: n for x in more}]
        except TypeError as e:
            return type(e).__name__

    return counter


def generate(a):
    with open(__file__) as f:
        yield from (a, f.readable())


async def wait(a):
    return [x async for x in a if x in {1, 2, 3}]


def module_like():

    class C:
        """doc"""
        x: int = 1.5

        def method(self):
            return __class__, super().__init__, 1 << 100, b"x", 2j, ..., -0.0

    return C


f, g = outer(10), remade(outer(10))
assert g.__doc__ == "counts" and inspect.signature(f) == inspect.signature(g)
for call in (lambda f: f(), lambda f: f(2, 3, 4, scale=5, z=1), lambda f: f("x")):
    assert call(f) == call(g), (call(f), call(g))
assert list(remade(generate)("a")) == ["a", True]
assert remade(outer)(1)() == [3, {}]
assert inspect.iscoroutinefunction(remade(wait)) and inspect.isgeneratorfunction(remade(generate))
C = remade(module_like)()
assert C.__doc__ == "doc" and C.x == 1.5 and C().method()[0] is C and C().method()[2] == 1 << 100
for function in (outer, outer(1), generate, wait, module_like):
    code = function.__code__
    again = rebuilt(code)
    assert again == code and hash(again) == hash(code) and again is not code
    assert fields(again) == fields(code)
    assert list(again.co_positions()) == list(code.co_positions())
    assert list(again.co_lines()) == list(code.co_lines())


def small(a, b=2):
    c = a + b
    return c


code = small.__code__
for change, value in dict(co_name="n", co_qualname="q.n", co_filename="elsewhere", co_firstlineno=100,
                          co_varnames=("x", "y", "z"), co_consts=code.co_consts + ("more", small),
                          co_names=code.co_names + ("more", ), co_posonlyargcount=1, co_stacksize=40,
                          co_linetable=b"", co_flags=code.co_flags | inspect.CO_COROUTINE).items():
    new = code.replace(**{change: value})
    assert getattr(new, change) == value and new is not code
    assert new != code or change in ("co_filename", "co_stacksize", "co_qualname")
small.__code__ = code.replace(co_varnames=("x", "y", "z"))
assert small(x=3, y=4) == 7 and str(inspect.signature(small)) == "(x, y=2)"
small.__code__ = code.replace(co_name="renamed", co_filename="elsewhere", co_firstlineno=1000)
try:
    small("x")
except TypeError as e:
    entry = e.__traceback__.tb_next
    assert entry.tb_frame.f_code.co_filename == "elsewhere" and entry.tb_lineno == 1001
assert not list(code.replace(co_linetable=b"").co_lines())
assert code.replace(co_linetable=b"", co_firstlineno=3) != code.replace(co_firstlineno=3)


def raises(error, message, call, *args, **names):
    try:
        call(*args, **names)
    except error as e:
        assert str(e) == message, e
    else:
        raise AssertionError((message, names))


raises(TypeError, "replace() takes no positional arguments", code.replace, 1)
raises(TypeError, "'co_x' is an invalid keyword argument for replace()", code.replace, co_x=1)
raises(TypeError, "replace() argument 'co_code' must be bytes, not int", code.replace, co_code=1)
raises(TypeError, "replace() argument 'co_name' must be str, not bytes", code.replace, co_name=b"")
raises(ValueError, "co_argcount must be a positive integer", code.replace, co_argcount=-1)
raises(ValueError, "code: co_varnames is too small", code.replace, co_argcount=100)
raises(ValueError, "code: co_nlocals != len(co_varnames)", code.replace, co_nlocals=100)
raises(OverflowError, "Python int too large to convert to C int", code.replace, co_flags=1 << 40)
raises(ValueError, "code: argcount must not be negative", types.CodeType, -1, *fields(code)[1:])
raises(TypeError, "code() argument 7 must be bytes, not None", types.CodeType,
       *[None if i == 6 else v for i, v in enumerate(fields(code))])
raises(TypeError, "name tuples must contain only strings, not 'int'", types.CodeType,
       *[(1, ) if i == 8 else v for i, v in enumerate(fields(code))])
raises(TypeError, "code expected at least 16 arguments, got 0", types.CodeType)
raises(ValueError, "outer() requires a code object with 0 free vars, not 1", setattr, outer, "__code__",
       outer(1).__code__)
