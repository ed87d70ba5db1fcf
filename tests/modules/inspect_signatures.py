"""inspect: signatures, sources, kinds of functions, frames."""
import inspect

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
