"""What compile() refuses of trees that programs build."""
import ast

from _case import error

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
assert expression(ast.Name("x", ast.Store(), **at)) == (
    "ValueError: expression must have Load context but has Store instead")
assert expression(ast.Name("x", None, **at)) == "TypeError: expected some sort of expr_context, but got None"
assert expression(ast.Name("x", load, lineno="a", col_offset=0)) == "ValueError: invalid integer value: 'a'"
assert error(compile, ast.Module(5, []), "f", "exec") == (
    'TypeError: Module field "body" must be a list, not a int')
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
