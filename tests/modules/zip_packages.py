"""Packages in a zip file, with packages and modules below them, by each kind of import and by runpy."""
import importlib
import os
import runpy
import sys
import tempfile
import zipfile

FILES = {
    "outer/__init__.py": "name = __name__",
    "outer/__main__.py": "from outer.inner.deep import value\nresult = value",
    "outer/plain.py": "from . import inner\nfrom .inner import deep\nvalue = deep.value + 1",
    "outer/inner/__init__.py": "from .. import name as outer_name",
    "outer/inner/deep.py": "value = 41",
    "outer/inner/data.txt": "text",
    "single.py": "import outer.inner.deep as deep\nvalue = deep.value",
}

with tempfile.TemporaryDirectory() as folder:
    archive = os.path.join(folder, "made.zip")
    with zipfile.ZipFile(archive, "w") as z:
        for path, text in FILES.items():
            z.writestr("below/" + path, text)
            z.writestr(path, text)
    for entry in (archive, archive + "/below"):
        sys.path.insert(0, entry)
        assert runpy.run_module("outer", run_name="__main__", alter_sys=True)["result"] == 41
        import outer.plain
        import single
        from outer.inner import outer_name
        assert (outer.plain.value, single.value, outer_name) == (42, 41, "outer")
        assert importlib.import_module("outer.inner.deep").__file__ == entry + "/outer/inner/deep.py"
        assert outer.inner.__path__ == [entry + "/outer/inner"]
        try:
            import outer.nothing
        except ModuleNotFoundError as error:
            assert str(error) == "No module named 'outer.nothing'" and error.name == "outer.nothing"
        else:
            raise AssertionError("outer.nothing was found")
        sys.path.remove(entry)
        for name in [n for n in sys.modules if n.split(".")[0] in ("outer", "single")]:
            del sys.modules[name]
