"""inspect, traceback, ast, dis, tokenize, typing, unittest, doctest, linecache, timeit, warnings, importlib."""
import ast, dis, doctest, importlib, importlib.util, inspect, io, keyword, linecache, sys, timeit, token, tokenize, traceback, typing, unittest, warnings

from _case import error


def f(a, b: int = 2, /, c=3, *args, d, e=5, **kw) -> str:
    """Doc.

    >>> 1 + 1
    2
    """
    return "x"


s = inspect.signature(f)
assert str(s) == "(a, b: int = 2, /, c=3, *args, d, e=5, **kw) -> str"
assert list(s.parameters) == ["a", "b", "c", "args", "d", "e", "kw"]
assert s.bind(1, d=2).arguments == {"a": 1, "d": 2}
assert error(s.bind) == "TypeError: missing a required argument: 'a'" and inspect.isfunction(f)
assert inspect.getdoc(f).startswith("Doc.") and inspect.getsource(f).startswith("def f(a, b")
assert inspect.getfullargspec(f).args == ["a", "b", "c"] and str(inspect.signature(len)) == "(obj, /)"
assert inspect.getmodule(f).__name__ == "__main__" and inspect.currentframe().f_code.co_name == "<module>"
assert inspect.isclass(int) and inspect.getmro(bool) == (bool, int, object) and inspect.isbuiltin(len)
assert inspect.isgeneratorfunction(lambda: (yield)) and inspect.stack()[0].function == "<module>"
assert str(inspect.signature(sorted)) == "(iterable, /, *, key=None, reverse=False)"
try:
    {}["missing"]
except KeyError:
    text = traceback.format_exc()
    tb = traceback.extract_tb(sys.exc_info()[2])
assert text.splitlines()[0] == "Traceback (most recent call last):"
assert text.splitlines()[2:] == ['    {}["missing"]', "    ~~^^^^^^^^^^^", "KeyError: 'missing'"]
assert tb[0].name == "<module>" and tb[0].line == '{}["missing"]'
assert traceback.format_exception_only(ValueError("x")) == ["ValueError: x\n"]
assert "in <module>" in "".join(traceback.format_stack())
t = ast.parse("x = 1 + y[2]\ndef g(a, *b): return [i for i in b if i]")
assert ast.dump(t.body[0]) == "Assign(targets=[Name(id='x', ctx=Store())], value=BinOp(left=Constant(value=1), op=Add(), right=Subscript(value=Name(id='y', ctx=Load()), slice=Constant(value=2), ctx=Load())))"
assert ast.unparse(t) == "x = 1 + y[2]\n\ndef g(a, *b):\n    return [i for i in b if i]"
assert ast.literal_eval("{'a': [1, -2.5, (None, True)], 'b': b'x'}") == {"a": [1, -2.5, (None, True)], "b": b"x"}
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
assert eval(compile(ast.Expression(ast.Constant(7, lineno=1, col_offset=0, end_lineno=1, end_col_offset=1)), "e", "eval")) == 7
toks = [(token.tok_name[k.type], k.string) for k in tokenize.generate_tokens(io.StringIO("x = 'a' # c\n").readline)]
assert toks == [("NAME", "x"), ("OP", "="), ("STRING", "'a'"), ("COMMENT", "# c"), ("NEWLINE", "\n"), ("ENDMARKER", "")]
assert keyword.iskeyword("for") and keyword.softkwlist == ["_", "case", "match"]
assert typing.get_type_hints(f) == {"b": int, "return": str}
assert typing.Optional[int] == typing.Union[int, None] and repr(typing.List[int]) == "typing.List[int]"
assert typing.get_args(typing.Dict[str, int]) == (str, int) and typing.cast(int, "a") == "a"


class NT(typing.NamedTuple):
    a: int
    b: str = "d"


class TD(typing.TypedDict, total=False):
    k: int


T = typing.TypeVar("T")


class Gen(typing.Generic[T]):
    def get(self) -> T:
        return 1


@typing.runtime_checkable
class Proto(typing.Protocol):
    def get(self): ...


assert NT(1) == (1, "d") and TD(k=1) == {"k": 1} and Gen[int]().get() == 1
assert repr(Gen[int]) == "__main__.Gen[int]" and isinstance(Gen(), Proto) and not isinstance(5, Proto)
assert repr(typing.Callable[[int], str]) == "typing.Callable[[int], str]"
assert typing.Literal["a", 1].__args__ == ("a", 1)


class Case(unittest.TestCase):
    def test_ok(self):
        self.assertEqual(1, 1)
        with self.assertRaisesRegex(ValueError, "inv"):
            int("x")

    def test_fails(self):
        self.assertEqual([1, 2], [1, 3])

    @unittest.skip("why")
    def test_skip(self):
        pass


result = unittest.TextTestRunner(stream=io.StringIO()).run(unittest.defaultTestLoader.loadTestsFromTestCase(Case))
assert result.testsRun == 3 and len(result.failures) == 1 and len(result.skipped) == 1
assert "First differing element 1:\n2\n3" in result.failures[0][1]
assert doctest.testmod(sys.modules["__main__"]) == (0, 1)
assert linecache.getline(__file__, 1).startswith('"""inspect') and timeit.timeit("1 + 1", number=10) >= 0
with warnings.catch_warnings(record=True) as w:
    warnings.simplefilter("always")
    warnings.warn("careful", DeprecationWarning)
assert len(w) == 1 and str(w[0].message) == "careful" and w[0].category is DeprecationWarning
assert importlib.import_module("json.decoder").JSONDecoder and importlib.util.find_spec("os").name == "os"
assert dis.opmap and dis.stack_effect
