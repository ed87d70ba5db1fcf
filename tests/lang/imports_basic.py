"""import statements: forms, names bound, errors, sys.modules; only sys and builtins are needed."""
import sys
import sys as system
from sys import modules, maxsize as biggest
from sys import (path,
                 argv,)

from _case import error

assert system is sys and modules is sys.modules and biggest == 2 ** 63 - 1 and path is sys.path
assert argv is sys.argv


def local():
    import sys as s
    from sys import byteorder
    return s is sys and byteorder == "little"


assert local() and "s" not in globals()
assert error(exec, "import no_such_module_here") == (
    "ModuleNotFoundError: No module named 'no_such_module_here'")
assert error(exec, "import no_such.sub") == "ModuleNotFoundError: No module named 'no_such'"
assert error(exec, "from sys import nothing_here") == (
    "ImportError: cannot import name 'nothing_here' from 'sys' (unknown location)")
assert error(exec, "import sys.nothing") == (
    "ModuleNotFoundError: No module named 'sys.nothing'; 'sys' is not a package")
assert error(exec, "from . import x") == "ImportError: attempted relative import with no known parent package"
ns = {}
exec("from sys import *", ns)
assert ns["maxsize"] == biggest and "_getframe" not in ns
Module = type(sys)
m = Module("made", "doc")
assert m.__name__ == "made" and m.__doc__ == "doc" and repr(m) == "<module 'made'>"
m.x = 5
sys.modules["made"] = m
import made
from made import x
assert made is m and x == 5
m.__getattr__ = lambda name: "dynamic " + name
from made import whatever
assert whatever == "dynamic whatever" and made.other == "dynamic other"
m.__all__ = ["x", "_y"]
m._y = 6
exec("from made import *", star := {})
assert star["x"] == 5 and star["_y"] == 6
try:
    import no_such_module_here
except ImportError as e:
    assert e.name == "no_such_module_here" and isinstance(e, ModuleNotFoundError)
del sys.modules["made"]
assert error(exec, "import made") == "ModuleNotFoundError: No module named 'made'"
sys.modules["blocked"] = None
assert error(exec, "import blocked") == "ModuleNotFoundError: import of blocked halted; None in sys.modules"
assert __name__ == "__main__" and sys.modules["__main__"].__dict__ is globals()
assert __import__("sys") is sys
