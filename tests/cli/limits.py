"""Bad and huge input: one clear message and a status, never a signal death."""
import os
import resource

from _both import KRAIT, expect, finish, folder, run

d = folder()


def ends_well(title, text, status=1, message="", timeout=100):
    path = os.path.join(d, "case.py")
    with open(path, "wb") as f:
        f.write(text if isinstance(text, bytes) else text.encode())
    got, out, err = run(KRAIT, [path], timeout=timeout)
    expect(got == status and message in err, f"{title}: status {got}, {err[-300:]!r}")


ends_well("runaway recursion", "def f(n):\n  return f(n + 1)\nf(0)\n",
          message="RecursionError: maximum recursion depth exceeded")
ends_well("recursion in repr", "x = []\nfor i in range(10**6): x = [x]\nrepr(x)\n", message="RecursionError")
ends_well("nested parentheses", "x = " + "(" * 10000 + "1" + ")" * 10000 + "\n",
          message="too many nested parentheses")
ends_well("nested unary", "x = " + "-" * 10000 + "1\n", message="Error", status=1)
ends_well("nested attribute chain", "x = a" + ".b" * 10000 + "\n", message="Error")
ends_well("nested blocks", "".join("  " * i + "if 1:\n" for i in range(200)) + "  " * 200 + "pass\n",
          message="IndentationError: too many levels of indentation")
ends_well("nested lists in text", "x = eval('[' * 5000 + ']' * 5000)\n", message="Error")
ends_well("100 MB literal", "x = '" + "a" * (100 << 20) + "'\nassert len(x) == 100 << 20\n", status=0)
ends_well("invalid UTF-8", b"x = '\xff\xfe'\n", message="SyntaxError")
ends_well("a null byte", "compile('x = 1\\0', 'f', 'exec')\n",
          message="source code string cannot contain null bytes")
ends_well("endless string", "x = '''" + "a\n" * 100000, message="unterminated triple-quoted string literal")
ends_well("unknown encoding", "# coding: nope\n", message="SyntaxError: encoding problem: nope")
ends_well("huge int text", "x = " + "1" * 5000 + "\n", message="Exceeds the limit (4300 digits)")
ends_well("huge allocation", "x = [0] * 10**15\n", message="MemoryError")
ends_well("huge string", "x = 'a' * 10**16\n", message="MemoryError")
ends_well("huge shift", "x = 1 << 10**18\n", message="Error")
ends_well(
    "deep nesting of data",
    "x = ()\nfor i in range(10**6): x = (x,)\ntry:\n  hash(x)\nexcept RecursionError:\n  pass\ntry:\n  x "
    "== (x,)\nexcept RecursionError:\n  pass\ndel x\n",
    status=0)
ends_well("recursive compare", "a = []\na.append(a)\nb = []\nb.append(b)\na == b\n", message="RecursionError")
ends_well(
    "a generator chain",
    "g = iter(())\nfor i in range(10**5): g = (x for x in g)\ntry:\n  list(g)\nexcept RecursionError:\n  "
    "pass\ndel g\n",
    status=0)
ends_well("cyclic garbage", "class A: pass\nfor i in range(10**5):\n  a = A(); a.self = a; a.l = [a] * 10\n",
          status=0)
ends_well("a chain of exceptions",
          "e = None\nfor i in range(10**4):\n  n = ValueError(i); n.__context__ = e; e = n\ndel e, n\n",
          status=0)
ends_well("metaclass recursion",
          "class M(type):\n  def __call__(c): return c()\nclass A(metaclass=M): pass\nA()\n",
          message="RecursionError")
ends_well("getattr recursion", "class A:\n  def __getattr__(s, n): return s.x\nA().y\n",
          message="RecursionError")
ends_well("in-place everything",
          "x = type('X', (), {'__iadd__': lambda s, o: s.__iadd__(o)})()\nx += 1\n", message="RecursionError")
status, out, err = run(KRAIT, [d])
expect(status == 1 and "can't find '__main__' module" in err,
       f"a folder without __main__: {status} {err[-200:]}")
status, out, err = run(KRAIT, [os.path.join(d, "missing.py")])
expect(status == 2 and "can't open file" in err and "No such file or directory" in err,
       f"a missing file: {status} {err[-200:]}")
os.mkdir(os.path.join(d, "full"))
status, out, err = run(KRAIT, ["-c", "import json; print(json.dumps([1]))"],
                       env={"KRAIT_CACHE_DIR": "/dev/full/x"})
expect(status == 0 and out == "[1]\n", f"an impossible cache folder: {status} {err[-200:]}")
finish()
