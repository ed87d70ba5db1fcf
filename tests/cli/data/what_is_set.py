"""What the command line and the environment have set."""
import os
import sys

fields = [
    name for name in dir(sys.flags) if not name.startswith(("_", "n_")) and name not in ("count", "index")]
print(" ".join(f"{name}={getattr(sys.flags, name)!r}" for name in fields))
print(sys.warnoptions, sys._xoptions, sys.argv[1:], sys.dont_write_bytecode, sys.pycache_prefix)
print(sys.path[0] == os.path.dirname(__file__), __debug__)
