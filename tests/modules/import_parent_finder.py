"""A package whose import puts a finder on sys.meta_path: the same statement already finds what it finds."""
import os
import sys
import tempfile

SOURCE = """
import importlib.machinery, sys, types

class Finder:
    @staticmethod
    def find_spec(name, path=None, target=None):
        if name.startswith(__name__ + ".moved"):
            return importlib.machinery.ModuleSpec(name, Finder, is_package=True)

    @staticmethod
    def create_module(spec):
        return types.ModuleType(spec.name)

    @staticmethod
    def exec_module(module):
        module.answer = module.__name__

sys.meta_path.insert(PLACE, Finder)
"""
STATEMENTS = ["from {0}.moved.below import answer", "import {0}.moved.below as m; answer = m.answer",
              "from {0}.moved import below; answer = below.answer",
              "answer = __import__('{0}.moved.below', fromlist=['x']).answer",
              "import importlib; answer = importlib.import_module('{0}.moved.below').answer"]
before = list(sys.meta_path)
with tempfile.TemporaryDirectory() as folder:
    sys.path.insert(0, folder)
    for place in ("0", "len(sys.meta_path)"):
        for i, statement in enumerate(STATEMENTS):
            name = f"mover_{i}_{place[0]}"
            with open(os.path.join(folder, name + ".py"), "w") as f:
                f.write(SOURCE.replace("PLACE", place) + "__path__ = []\n")
            names = {}
            exec(statement.format(name), names)
            assert names["answer"] == name + ".moved.below", (statement, names["answer"])
            sys.meta_path[:] = before
