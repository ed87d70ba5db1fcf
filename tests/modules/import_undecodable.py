# Modules in folders and files whose names are no UTF-8: found at the first import and by importlib alike,
# with their files named as the system does; namespace packages too.
import importlib
import os
import sys
import tempfile

place = tempfile.mkdtemp()
odd = os.path.join(os.fsencode(place), b"d\xff")
os.makedirs(os.path.join(odd, b"pack\xfe"))
for name, text in ((b"d\xff/plain.py", "def f(): raise ValueError\n"), (b"d\xff/mod\xff.py",
        "x = __file__\n"),
                   (b"d\xff/pack\xfe/inner.py", "y = 2\n")):
    with open(os.path.join(os.fsencode(place), name), "w") as f:
        f.write(text)
folder = os.fsdecode(odd)
sys.path.insert(0, folder)


class Finder:
    """Finds nothing. But while it is there, imports go through importlib's own code."""
    @staticmethod
    def find_spec(*arguments):
        return None


for _ in range(2):
    plain, other = importlib.import_module("plain"), importlib.import_module("mod\udcff")
    inner = importlib.import_module("pack\udcfe.inner")
    assert plain.__file__ == plain.__spec__.origin == plain.f.__code__.co_filename == folder + "/plain.py"
    assert other.x == folder + "/mod\udcff.py" and other.__name__ == "mod\udcff"
    assert inner.y == 2 and list(sys.modules["pack\udcfe"].__path__) == [folder + "/pack\udcfe"]
    for name in "plain", "mod\udcff", "pack\udcfe", "pack\udcfe.inner":
        del sys.modules[name]
    importlib.invalidate_caches()
    sys.meta_path.insert(0, Finder)
for name in "\ud800", "none\udcff":
    try:
        importlib.import_module(name)
        raise AssertionError(ascii(name))
    except ModuleNotFoundError as e:
        assert e.name == name
