"""ast: node classes, trees from source, trees that programs build, what compile() refuses."""
import ast, copy, pickle

from _case import error

# ---- the classes
assert ast.Name._fields == ast.Name.__match_args__ == ("id", "ctx")
assert ast.Name.__doc__ == "Name(identifier id, expr_context ctx)"
assert ast.Name.__mro__ == (ast.Name, ast.expr, ast.AST, object)
assert ast.expr._attributes == ("lineno", "col_offset", "end_lineno", "end_col_offset")
assert ast.FunctionDef.returns is None and ast.expr.end_lineno is None
assert not hasattr(ast.pattern, "end_lineno")
assert ast.boolop.__doc__ == "boolop = And | Or"
assert ast.Name("x").id == "x" and vars(ast.Name("x")) == {"id": "x"}
assert ast.Name(id="x", other=1).other == 1
assert error(ast.Name, 1, 2, 3) == "TypeError: Name constructor takes at most 2 positional arguments"
assert error(ast.Name, "x", id="y") == "TypeError: Name got multiple values for argument 'id'"
assert pickle.loads(pickle.dumps(ast.Name("x"))).id == copy.deepcopy(ast.Name("x")).id == "x"

# ---- from source
tree = ast.parse("x = [i ** 2 for i in y if i]  # words\n")
assert ast.dump(tree) == (
    "Module(body=[Assign(targets=[Name(id='x', ctx=Store())], value=ListComp(elt=BinOp(left=Name(id='i', ctx=Load()), "
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


assert eval(compile(ast.fix_missing_locations(Doubler().visit(ast.parse("(1, 'a')", mode="eval"))), "f", "eval")) == (2, "aa")

# ---- what compile() refuses
at = dict(lineno=1, col_offset=0)
load = ast.Load()


def refused(*body, mode="exec"):
    return error(compile, ast.Module(list(body), []), "f", mode)


def expression(value):
    return refused(ast.Expr(value, **at))


assert refused(ast.Expr()) == 'TypeError: required field "lineno" missing from stmt'
assert refused(ast.Expr(**at)) == 'TypeError: required field "value" missing from Expr'
assert expression(None) == "ValueError: field 'value' is required for Expr"
assert expression(5) == 'TypeError: required field "lineno" missing from expr'
assert expression(ast.Constant([], **at)) == "TypeError: got an invalid type in Constant: list"
assert expression(ast.Name(3, load, **at)) == "TypeError: AST identifier must be of type str"
assert expression(ast.Name("x", ast.Store(), **at)) == "ValueError: expression must have Load context but has Store instead"
assert expression(ast.Name("x", None, **at)) == "TypeError: expected some sort of expr_context, but got None"
assert expression(ast.Name("x", load, lineno="a", col_offset=0)) == "ValueError: invalid integer value: 'a'"
assert error(compile, ast.Module(5, []), "f", "exec") == 'TypeError: Module field "body" must be a list, not a int'
assert error(compile, ast.Expression(None), "f", "exec") == "TypeError: expected Module node, got Expression"
far = dict.fromkeys(("lineno", "end_lineno", "col_offset", "end_col_offset"), 2 ** 31 - 1)
for node, message in {
    ast.Nonlocal(["q"], **far): "nonlocal declaration not allowed at module level",
    ast.Return(None, **far): "'return' outside function", ast.Break(**far): "'break' outside loop",
    ast.Expr(ast.Await(ast.Name("x", load, **far), **far), **far): "'await' outside function",
}.items():
    assert refused(node).startswith("SyntaxError: " + message), refused(node)
loop = ast.UnaryOp(ast.Not(), None, **at)
loop.operand = loop
assert expression(loop).startswith("RecursionError: maximum recursion depth exceeded")
print("ok")
