"""__loader__ and __spec__ as names: in what runs as __main__ from a file, a text, standard input and a
compiled file, and in a module that is imported."""
import os
import py_compile
import subprocess
import sys
import tempfile

LOOK = """
class Body:
    spec, loader = __spec__, __loader__
def f():
    return __spec__, __loader__
def kind(x):
    return (x if isinstance(x, type) else type(x)).__name__
assert f() == (Body.spec, Body.loader) == (__spec__, __loader__)
print(__name__, kind(__loader__), kind(__spec__), __loader__ is getattr(__spec__, 'loader', None))
"""
MODULE = LOOK + """
print(__spec__.name, __spec__.parent, __spec__.origin == __file__, __loader__.get_data(__file__)[:6])
"""


def run(*arguments, text="", site=()):
    done = subprocess.run([sys.executable, *site, *arguments], input=text, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, encoding="utf-8", cwd=folder)
    assert done.returncode == 0, done.stdout
    return done.stdout.splitlines()


with tempfile.TemporaryDirectory() as folder:
    for name, text in [("script.py", LOOK), ("imported.py", MODULE), ("pack/__init__.py", ""),
                       ("pack/inner.py", MODULE), ("import_both.py", "import imported, pack.inner\n"),
                       ("app/__main__.py", LOOK)]:
        os.makedirs(os.path.dirname(os.path.join(folder, name)), exist_ok=True)
        with open(os.path.join(folder, name), "w") as f:
            f.write(text)
    py_compile.compile(os.path.join(folder, "script.py"), os.path.join(folder, "compiled.pyc"))
    for site in (), ("-S",), ("-E", "-S"):
        assert run("script.py", site=site) == ["__main__ SourceFileLoader NoneType False"]
        assert run("compiled.pyc", site=site) == ["__main__ SourcelessFileLoader NoneType False"]
        assert run("-c", LOOK, site=site) == ["__main__ BuiltinImporter NoneType False"]
        assert run("-", text=LOOK, site=site) == ["__main__ BuiltinImporter NoneType False"]
        assert run("app", site=site) == ["__main__ SourceFileLoader ModuleSpec True"]
        assert run("-m", "script", site=site) == ["__main__ SourceFileLoader ModuleSpec True"]
        assert run("import_both.py", site=site) == [
            "imported SourceFileLoader ModuleSpec True", "imported  True b'\\nclass'",
            "pack.inner SourceFileLoader ModuleSpec True",
            "pack.inner pack True b'\\nclass'"], run("import_both.py", site=site)
        # a program may take them away, and have its own
        assert run("-c", "__loader__ = 5; print(__loader__); del __loader__; print('__loader__' in vars())",
                   site=site) == ["5", "False"]
        own = "exec('print(__spec__)', {'__spec__': 1}); print(sorted(vars())[-4:])"
        assert run("-c", own, site=site) == [
            "1", "['__loader__', '__name__', '__package__', '__spec__']"]
