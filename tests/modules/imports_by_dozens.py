# stress: 50
"""Many modules, one after another: code of theirs that has run once is given back, and what lies in its place
afterwards knows nothing of it."""
import importlib
import os
import sys
import tempfile

SOURCE = '''
"""Module {n}."""
import collections
import sys
from base import Base, Meta, free, keep


def own(x, y={n}):
    return (x, y)


class A(Base):
    kind = "a"
    name = free("x") + Base.fixed("y") + Base.of_class("z")
    made = [own(i) for i in range(3)]

    class Inner:
        text = str.upper("in") + "-".join(["{n}", "b"])
        size = collections.OrderedDict.fromkeys("ab", {n})

    def method(self):
        return own(self.kind)


class B(A, metaclass=Meta):
    kind = A.kind.upper() + A.Inner.text.lower()
    count = A.made.count((1, {n})) + len(A.made)
    pairs = dict.fromkeys(["p", "q"], sys.intern("{n}"))
    if {n} % 3:
        where = keep(sys._getframe())

for cls in (A, B):
    cls.seen = cls().method()
try:
    class C(A):
        broken = A.missing
except AttributeError as e:
    trouble = e.__traceback__.tb_next.tb_lineno
result = (A.name, A.Inner.text, A.Inner.size["b"], B.kind, B.count, B.pairs["q"], A.seen, B.seen, trouble)
'''
BASE = '''
frames = []


def keep(frame):
    frames.append(frame)
    return frame.f_lineno


def free(x):
    return "free " + x


class Base:
    @staticmethod
    def fixed(x):
        return " fixed " + x

    @classmethod
    def of_class(cls, x):
        return " " + cls.__name__ + x


class Meta(type):
    def __new__(cls, name, bases, ns):
        ns["made_by"] = cls.__name__
        return super().__new__(cls, name, bases, ns)
'''
COUNT = 70

with tempfile.TemporaryDirectory() as folder:
    with open(os.path.join(folder, "base.py"), "w") as f:
        f.write(BASE)
    for n in range(COUNT):
        with open(os.path.join(folder, f"dozen_{n}.py"), "w") as f:
            f.write(SOURCE.replace("{n}", str(n)) + "\n" * (n % 4))
    sys.path.insert(0, folder)
    modules = [importlib.import_module(f"dozen_{n}") for n in range(COUNT)]
    for n, module in enumerate(modules):
        assert module.result == (
            "free x fixed y Basez", f"IN{n}-b", n, f"Ain{n}-b", 4, str(n), ("a", n), (f"Ain{n}-b", n), 36), (
            n, module.result)
        assert module.B.made_by == "Meta" and (n % 3 == 0 or module.B.where == 30)
    # what frames say of code that has been given back
    import base
    assert len(base.frames) == sum(1 for n in range(COUNT) if n % 3)
    for frame in base.frames:
        assert frame.f_lineno == 30 and frame.f_code.co_name == "B"
        assert frame.f_back.f_code.co_name == "<module>"
        assert frame.f_lasti > 0 and list(frame.f_code.co_lines())
    # once more, with the same code objects
    for n in (3, 4, 5):
        assert importlib.reload(modules[n]).result[2] == n
    code = compile(SOURCE.replace("{n}", "7"), "again", "exec")
    for _ in range(20):
        names = {"__name__": "again"}
        exec(code, names)
        assert names["result"][2] == 7
    sys.path.remove(folder)
