"""A module of which only a compiled extension is found: ImportError that names the file."""
import importlib.machinery
import os
import sys
import tempfile

from _case import error

KRAIT = sys.implementation.name == "krait"
SUFFIXES = [".cpython-311-x86_64-linux-gnu.so", ".abi3.so", ".so"]
PACKAGE = """
try:
    from . import core
except ImportError as e:
    raise ImportError("a page of advice") from e
"""


def caught(text):
    try:
        exec(text, {})
    except ImportError as e:
        return e
    raise AssertionError(text)


def put(*path, text=""):
    with open(os.path.join(*path), "w") as f:
        f.write(text)
    return f.name


with tempfile.TemporaryDirectory() as folder:
    sys.path.insert(0, folder)
    for i, suffix in enumerate(SUFFIXES):
        file = put(folder, f"only{i}{suffix}")
        e = caught(f"import only{i}")
        assert (type(e), e.name, e.path) == (ImportError, f"only{i}", file), (type(e), e.name, e.path)
        assert not KRAIT or str(e) == f"{file} is a CPython extension, which this build does not load"
        assert f"only{i}" not in sys.modules
        for way in "import_module", "__import__":  # by importlib's own code
            other = caught(f"import importlib; importlib.{way}('only{i}')")
            assert type(other) is ImportError and str(other) == str(e), way
            assert (other.name, other.path) == (e.name, file), way
    # in a package: the cause of what the package says
    os.mkdir(os.path.join(folder, "pack"))
    put(folder, "pack", "__init__.py", text=PACKAGE)
    file = put(folder, "pack", "core.so")
    e = caught("import pack")
    assert str(e) == "a page of advice" and type(e.__cause__) is ImportError
    other = caught("import importlib; importlib.import_module('pack')")
    assert str(other.__cause__) == str(e.__cause__)
    seen = e.__cause__.name, e.__cause__.path
    assert seen == ("pack.core", file) or not KRAIT and seen == ("core", file), seen
    # a source beside it is loaded where the extension is not
    put(folder, "both.abi3.so")
    put(folder, "both.py", text="x = 1")
    if KRAIT:
        import both
        assert both.x == 1
    # other names, other folders: as ever
    assert error(exec, "import onl") == "ModuleNotFoundError: No module named 'onl'"
    assert error(importlib.import_module, "onl.y") == "ModuleNotFoundError: No module named 'onl'"
    sys.path.insert(0, 5)
    assert error(exec, "import onl") == "ModuleNotFoundError: No module named 'onl'"
    del sys.path[:2]
    assert type(caught("import only1")) is ModuleNotFoundError
    # relative to the current folder
    os.chdir(folder)
    sys.path.insert(0, "")
    assert caught("import only2").path == os.path.join(os.getcwd(), "only2.so")
    os.chdir("/")
