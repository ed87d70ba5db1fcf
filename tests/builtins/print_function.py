"""print: sep, end, file, flush, str of arguments, errors."""
from _case import error


class Out:
    def __init__(self):
        self.parts = []
        self.flushed = 0

    def write(self, s):
        self.parts.append(s)

    def flush(self):
        self.flushed += 1

    def take(self):
        r = "".join(self.parts)
        self.parts.clear()
        return r


o = Out()
assert print(file=o) is None and o.take() == "\n"
print(1, "a", None, [2.5], file=o)
assert o.take() == "1 a None [2.5]\n"
print(1, 2, sep="-", end="!", file=o)
assert o.take() == "1-2!"
print("a", "b", sep="", end="", file=o)
assert o.take() == "ab"
print("a", "b", sep=None, end=None, file=o, flush=True)
assert o.take() == "a b\n" and o.flushed == 1
print(*range(5), sep=",", file=o)
assert o.take() == "0,1,2,3,4\n"
print("é", "日", b"x", file=o)
assert o.take() == "é 日 b'x'\n"


class Str:
    def __str__(self):
        return "str!"

    def __repr__(self):
        return "repr!"


print(Str(), [Str()], file=o)
assert o.take() == "str! [repr!]\n"
assert error(print, 1, sep=5) == "TypeError: sep must be None or a string, not int"
assert error(print, 1, end=b"") == "TypeError: end must be None or a string, not bytes"
assert error(print, 1, foo=1) == "TypeError: 'foo' is an invalid keyword argument for print()"
assert error(print, 1, file=5) == "AttributeError: 'int' object has no attribute 'write'"
import sys
old = sys.stdout
sys.stdout = o
print("redirected")
sys.stdout = None
print("nowhere")
sys.stdout = old
assert o.take() == "redirected\n"


class Fails:
    def write(self, s):
        raise ValueError("write")


assert error(print, 1, file=Fails()) == "ValueError: write"
