"""Code objects: attributes, replace, equality."""


def f(a, b=1, *c, d, **e):
    """doc"""
    x = 1
    return lambda: x


co = f.__code__
assert co.co_argcount == 2 and co.co_kwonlyargcount == 1 and co.co_posonlyargcount == 0
assert co.co_nlocals >= 5 and co.co_consts[0] == "doc" and co.co_name == "f" and co.co_qualname == "f"
assert co.co_cellvars == ("x",) and co.co_freevars == () and co.co_flags & 0x0C == 0x0C
assert isinstance(co.co_code, bytes) and co.co_firstlineno > 1 and co.co_filename == __file__
assert list(co.co_lines())
r = co.replace(co_name="g", co_firstlineno=1)
assert r.co_name == "g" and r.co_firstlineno == 1 and r != co and co == co and hash(co) == hash(co)
assert repr(co).startswith("<code object f at 0x")
assert compile("1", "f", "eval") == compile("1", "f", "eval")
assert compile("1", "f", "eval") != compile("2", "f", "eval")
