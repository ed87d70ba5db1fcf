"""ast: the classes of nodes, their fields, attributes, construction, copies."""
import ast
import copy
import pickle

from _case import error

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
