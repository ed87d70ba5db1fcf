"""eval, exec, compile: modes, globals and locals, flags, errors."""
from _case import error

assert eval("1 + 2") == 3 and eval(" 1 ") == 1 and eval("x", {"x": 5}) == 5
assert eval("x + y", {"x": 1}, {"y": 2}) == 3 and eval(b"1 + 1") == 2
assert eval("[i for i in range(n)]", {"n": 3}) == [0, 1, 2] and eval("1\n") == 1
g = {}
assert exec("a = 1\nb = a + 1\ndef f(): return b", g) is None and g["b"] == 2 and g["f"]() == 2
loc = {}
exec("c = 5\nd = c", {}, loc)
assert loc == {"c": 5, "d": 5}
code = compile("x * 2", "<test>", "eval")
assert eval(code, {"x": 21}) == 42 and code.co_filename == "<test>" and code.co_name == "<module>"
assert code.co_names == ("x",)
code = compile("y = 1; z = 2", "<test>", "exec")
ns = {}
exec(code, ns)
assert ns["z"] == 2 and eval(code, ns) is None
assert error(eval, "") == "SyntaxError: invalid syntax (<string>, line 0)"
assert error(compile, "1", "f", "bad") == "ValueError: compile() mode must be 'exec', 'eval' or 'single'"
assert error(eval, 5) == "TypeError: eval() arg 1 must be a string, bytes or code object"
assert error(exec, 5) == "TypeError: exec() arg 1 must be a string, bytes or code object"
assert error(eval, "1", 5) == "TypeError: globals must be a dict"
assert error(eval, "1", {}, 5) == "TypeError: locals must be a mapping"
assert error(compile, "a\0b", "f", "exec") == "ValueError: source code string cannot contain null bytes"
assert error(eval, "undefined_here") == "NameError: name 'undefined_here' is not defined"


def in_function():
    v = 10
    w = eval("v + 1")
    exec("v = 99")
    return v, w, eval("locals()")["w"]


assert in_function() == (10, 11, 11)


class Env:
    def __init__(self):
        self.d = {}

    def __getitem__(self, k):
        if k in self.d:
            return self.d[k]
        raise KeyError(k)

    def __setitem__(self, k, v):
        self.d[k] = v * 2


e = Env()
exec("p = 5\nq = p", {}, e)
assert e.d == {"p": 10, "q": 20}
out = []
exec("import sys\nresult = sys.maxsize", ns)
assert ns["result"] == 2 ** 63 - 1 and "__builtins__" in ns
exec("class K:\n    def m(self): return __class__", ns)
assert ns["K"]().m() is ns["K"] and ns["K"].__module__ == "builtins"
assert eval("(lambda a: a + 1)(1)") == 2 and eval("(yield_ := 5)") == 5 and eval("__name__") == "__main__"
assert eval("f'{1+1}'") == "2"
gen = eval("(x * y for x in range(3))", {"y": 2})
assert list(gen) == [0, 2, 4]
assert (
    error(compile, "return 1", "f", "exec") == "SyntaxError: 'return' outside function (f, line 1)"
    and error(compile, "def f():\n  x\n y", "f", "exec")
    == "IndentationError: unindent does not match any outer indentation level (f, line 3)"
    or error(compile, "def f():\n  x\n y", "f", "exec").startswith("IndentationError: unindent"))
t = compile("a = 1", "m", "exec", dont_inherit=True, optimize=2)
exec(t, ns)
assert ns["a"] == 1
