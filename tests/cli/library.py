"""The package krait is part of the program: src/library, in whatever folder it runs; KRAIT_LIBRARY takes it
from elsewhere."""
import os
import tempfile

from _both import KRAIT, expect, finish, run

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../src/library")
FILES = [os.path.relpath(os.path.join(folder, name), FOLDER)
         for folder, _, names in os.walk(os.path.join(FOLDER, "krait")) for name in names
         if name.endswith((".py", ".html", ".js", ".css"))]
MODULES = [path[:-3].replace("/", ".").removesuffix(".__init__") for path in FILES if path.endswith(".py")]

PROGRAM = f"""
import _krait, importlib
for path in {FILES!r}:
    with open({FOLDER!r} + "/" + path, "rb") as f:
        assert f.read() == _krait.library_file(path.removeprefix("krait/")), path
for name in {MODULES!r}:
    if not name.endswith("__main__"):
        module = importlib.import_module(name)
        assert module.__spec__.origin == "frozen" and not hasattr(module, "__file__"), name
for wrong in "", "no.py", "../README.md", "__init__.py/":
    try:
        _krait.library_file(wrong)
    except FileNotFoundError:
        pass
    else:
        raise AssertionError(wrong)
import krait, krait.bench as b
assert krait.bench is b and krait.__path__ == []
print("whole")
"""

with tempfile.TemporaryDirectory() as elsewhere:
    status, out, err = run(KRAIT, ["-c", PROGRAM], cwd=elsewhere)
    expect((status, out) == (0, "whole\n"), out + err)
    os.mkdir(os.path.join(elsewhere, "krait"))
    with open(os.path.join(elsewhere, "krait", "__init__.py"), "w") as f:
        f.write("mine = True\n")
    asked = "import krait; print(hasattr(krait, 'mine'))"
    status, out, err = run(KRAIT, ["-c", asked], cwd=elsewhere)
    expect(out == "False\n", "the program's own package comes first: " + out + err)
    status, out, err = run(KRAIT, ["-c", "import krait; print(krait.mine, krait.__file__)"], cwd="/",
                           env={"KRAIT_LIBRARY": elsewhere})
    expect(out == f"True {elsewhere}/krait/__init__.py\n", "KRAIT_LIBRARY: " + out + err)
    status, out, err = run(KRAIT, ["-E", "-c", asked], cwd="/", env={"KRAIT_LIBRARY": elsewhere})
    expect(out == "False\n", "-E: " + out + err)
finish()
