"""symtable: what every name of a program is, comprehensions as scopes of their own, errors as compile has
them.
"""
import symtable

SOURCE = '''
import a.b, c as d
gg = 1
def f(p, /, q, *args, k: int = 3, **kw):
    y = [x + p for x in q if (w := x)]
    z: int
    del y
    def inner():
        nonlocal z
        z = gg
        return lambda r: r + z + p
    class C:
        m = p
        z = z
        def meth(self): return super().meth(), self.__priv, __class__
    import os
    os = 3
    global late
    late = 1
    return {u: v for u in q for v in u}
class D:
    attr: int
    __x = [y for y in gg]
'''
LOCAL, EXPLICIT, IMPLICIT, FREE, CELL = 1, 2, 3, 4, 5
top = symtable.symtable(SOURCE, "here", "exec")


def flags(table, name):
    value = table._table.symbols[name]
    return value & 2047, value >> 11


def child(table, name):
    return next(t for t in table.get_children() if t.get_name() == name)


assert repr(top) == "<SymbolTable for module here>" and top.get_type() == "module" and top.get_lineno() == 0
assert [t.get_name() for t in top.get_children()] == ["f", "D"] and not top.is_nested() and top.has_children()
assert flags(top, "a") == (128, LOCAL) and flags(top, "d") == (128, LOCAL)
assert flags(top, "int") == (16, IMPLICIT)
f = child(top, "f")
assert list(f.get_parameters()) == ["p", "q", "k", "args", "kw"] and f.get_lineno() == 4
assert f.get_type() == "function"
assert flags(f, "p") == (4, CELL) and flags(f, "z") == (258, CELL) and flags(f, "y") == (2, LOCAL)
assert flags(f, "w") == (2, CELL)
assert flags(f, "os") == (130, LOCAL) and flags(f, "late") == (3, EXPLICIT)
assert f.lookup("late").is_declared_global()
listcomp = child(f, "listcomp")
assert flags(listcomp, ".0") == (4, LOCAL) and flags(listcomp, "x") == (530, LOCAL)
assert flags(listcomp, "p") == (16, FREE)
assert flags(listcomp, "w") == (10, FREE) and listcomp.is_nested()
assert list(listcomp.get_parameters()) == [".0"]
inner = child(f, "inner")
assert inner.get_nonlocals() == ("z",) and set(inner.get_frees()) == {"z", "p"}
assert inner.lookup("gg").is_global()
assert [t.get_name() for t in inner.get_children()] == ["lambda"]
C = child(f, "C")
assert C.get_type() == "class" and C.get_methods() == ("meth",) and flags(C, "z") == (18, LOCAL)
assert flags(C, "p") == (16, FREE)
assert flags(child(C, "meth"), "__class__") == (16, FREE) and "_C__priv" not in C.get_identifiers()
D = child(top, "D")
assert flags(D, "_D__x") == (2, LOCAL) and D.lookup("attr").is_annotated()
assert child(D, "listcomp").lookup("y").is_assigned()
assert symtable.symtable("x + 1", "?", "eval").lookup("x").is_global()
for source, text in ("nonlocal x", "nonlocal declaration not allowed at module level"), (
        "def f(a, a): 0", "duplicate argument 'a'"):
    try:
        symtable.symtable(source, "bad", "exec")
        assert False
    except SyntaxError as e:
        assert text in e.msg and e.filename == "bad" and e.lineno == 1
try:
    symtable.symtable("1", "?", "what")
except ValueError as e:
    assert str(e) == "symtable() arg 3 must be 'exec' or 'eval' or 'single'"
