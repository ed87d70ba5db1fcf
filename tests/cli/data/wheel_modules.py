"""Imports every module of the wheels given, and prints what became of each: its public names, or the
error."""
import importlib
import sys
import warnings
import zipfile

warnings.simplefilter("ignore")
for wheel in sys.argv[1:]:
    sys.path.insert(0, wheel)
    files = [name[:-3] for name in sorted(zipfile.ZipFile(wheel).namelist()) if name.endswith(".py")]
    for name in [
        file.replace("/", ".").removesuffix(".__init__") for file in files if not file.endswith("__main__")
    ]:
        try:
            module = importlib.import_module(name)
        except Exception as e:
            print(name, f"{type(e).__name__}: {e}")
        else:
            print(name, *sorted(n for n in vars(module) if not n.startswith("_")))
    for name in [
        n
        for n in sys.modules
        if getattr(sys.modules[n], "__file__", None) and sys.modules[n].__file__.startswith(wheel)
    ]:
        del sys.modules[name]
    sys.path.remove(wheel)
