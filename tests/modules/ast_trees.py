"""ast: dump, unparse, literal_eval, walk, and the way back from a tree that a program built or changed."""
import ast

from _case import error

tree = ast.parse("x = [i ** 2 for i in y if i]  # words\n")
assert ast.dump(tree) == (
    "Module(body=[Assign(targets=[Name(id='x', ctx=Store())], value=ListComp(elt=BinOp(left=Name(id='i', "
    "ctx=Load()), "
    "op=Pow(), right=Constant(value=2)), generators=[comprehension(target=Name(id='i', ctx=Store()), "
    "iter=Name(id='y', ctx=Load()), ifs=[Name(id='i', ctx=Load())], is_async=0)]))], type_ignores=[])")
value = tree.body[0].value
assert (value.lineno, value.col_offset, value.end_lineno, value.end_col_offset) == (1, 4, 1, 28)
assert ast.literal_eval("{'a': [1, 2.5, -3, 1+2j, b'x', None], 10**0: ()}".replace("10**0", "7")) == {
    "a": [1, 2.5, -3, 1 + 2j, b"x", None], 7: ()}
assert ast.unparse(ast.parse("def f(a, /, b=1, *c, d, **e) -> int: return lambda: (yield)")) == (
    "def f(a, /, b=1, *c, d, **e) -> int:\n    return lambda: (yield)")
assert sum(isinstance(n, ast.Name) for n in ast.walk(tree)) == 5

# ---- and back
space = {}
exec(compile(ast.parse("def f(n): return n * 3\nr = f(14)"), "f", "exec"), space)
assert space["r"] == 42
assert eval(compile(ast.Expression(ast.Constant(10 ** 30, lineno=1, col_offset=0)), "f", "eval")) == 10 ** 30


class Doubler(ast.NodeTransformer):
    def visit_Constant(self, node):
        return ast.copy_location(ast.Constant(node.value * 2), node)


assert eval(
    compile(
        ast.fix_missing_locations(Doubler().visit(ast.parse("(1, 'a')", mode="eval"))), "f",
        "eval")) == (2, "aa")
t = ast.parse("x = 1 + y[2]\ndef g(a, *b): return [i for i in b if i]")
assert ast.dump(t.body[0]) == (
    "Assign(targets=[Name(id='x', ctx=Store())], value=BinOp(left=Constant(value=1), op=Add(), "
    "right=Subscript(value=Name(id='y', ctx=Load()), slice=Constant(value=2), ctx=Load())))")
assert ast.unparse(t) == "x = 1 + y[2]\n\ndef g(a, *b):\n    return [i for i in b if i]"
assert ast.literal_eval("{'a': [1, -2.5, (None, True)], 'b': b'x'}") == {
    "a": [1, -2.5, (None, True)], "b": b"x"}
assert error(ast.literal_eval, "f()").startswith("ValueError: malformed node or string on line 1")
assert (t.body[0].lineno, t.body[0].col_offset, t.body[0].end_col_offset) == (1, 0, 12)
assert len(list(ast.walk(t))) > 20


class Double(ast.NodeTransformer):
    def visit_Constant(self, n):
        return ast.copy_location(ast.Constant(n.value * 2), n)


tree = ast.fix_missing_locations(Double().visit(ast.parse("r = 21", "m", "exec")))
ns = {}
exec(compile(tree, "m", "exec"), ns)
assert ns["r"] == 42
assert eval(
    compile(
        ast.Expression(ast.Constant(7, lineno=1, col_offset=0, end_lineno=1, end_col_offset=1)), "e",
        "eval")) == 7
