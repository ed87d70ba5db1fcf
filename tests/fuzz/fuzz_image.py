#!/usr/bin/python3.11
"""Code images with bytes changed and their checksums made right again: refused, or run without harm.

What the verifier lets through runs, so the verifier is what is tested: never a signal, abort, or
sanitizer's report. The image comes from marshal.dumps of Krait's own code objects; cache entries and packs
hold the same bytes.
"""
import ctypes
import ctypes.util
import struct
import subprocess
import sys

import _fuzz

SOURCES = [
    "def f(a, b=2, *c, d=4, **e):\n    return a, b, c, d, e\nr = f(1), f(1, 2, 3, d=5, z=6)\n",
    "total = 0\nfor i in range(20):\n    if i % 3: total += i * 2\n    elif i > 15: break\n    else: "
    "total -= 1\n",
    "def g(n):\n    for i in range(n):\n        x = yield i\n        if x: return x\nr = list(g(3))\ndef "
    "h():\n    y = yield from g(2)\n    return y\nr += list(h())\n",
    "class A:\n    x = 1\n    def __init__(self, v): self.v = v\n    def m(self): return self.v + self.x\n"
    "    @property\n    def p(self): return self.v\nr = [A(i).m() + A(i).p for i in range(9)]\n",
    "def f(n):\n    try:\n        if n > 2: raise ValueError(n)\n        return 1 / n\n    except "
    "ZeroDivisionError as e:\n        return str(e)\n    except (ValueError, KeyError):\n        return "
    "'v'\n    finally:\n        done.append(n)\ndone = []\nr = [f(i) for i in range(5)]\n",
    "def outer(x):\n    y = [x]\n    def inner():\n        nonlocal x\n        x += 1\n        "
    "y.append(x)\n        return x, y\n    return inner\nr = outer(1)(), outer(2)()\n",
    "d = {'a': 1, 'b': (2, 3)}\n[a, *b], c = [1, 2, 3], {**d, 'z': 9}\nr = f'{a!r:>5} {b} {c[\"z\"]:x}', "
    "a < 2 < 3, not a, [*b, *c], {1, *b}\ndel d['a'], a\n",
    "def m(x):\n    match x:\n        case 0 | 1: return 'small'\n        case [a, *rest] if a: return "
    "rest\n        case {'k': v, **o}: return v, o\n        case str() as s: return s\n        case _: "
    "return None\nr = [m(v) for v in (0, [1, 2], {'k': 1}, 's', 5.5)]\n",
    "class C:\n    def __enter__(self): return 5\n    def __exit__(self, *a): return True\nwith C() as a, "
    "C():\n    raise KeyError\nasync def co(): return await other()\nasync def other(): return 3\nc = "
    "co()\ntry: c.send(None)\nexcept StopIteration as e: r = e.value\n",
    "x = [i for i in range(5) if i]\ny = {k: v for k, v in zip(x, x)}\nz = {i for i in x}\nw = sum(i * i "
    "for i in x)\nq = lambda *a, k=1: (a, k)\nr = q(1, k=2), x[1:3], x[-1], y[1] if 1 in y else 0\nx[0] "
    "= 7; x[1:2] = [8, 9]\nimport sys as s\nfrom os import path, sep as p\n",]


class Images(_fuzz.Fuzzer):
    """Code images with changed bytes."""
    ROUND = 1500
    COMPARES = False
    BATCH = 150
    SECONDS_A_CASE = 1.0
    PRELUDE = "import marshal, sys\nsys.setrecursionlimit(500)\n"

    def __init__(self):
        super().__init__()
        self.hash = ctypes.CDLL(ctypes.util.find_library("xxhash")).XXH3_64bits
        self.hash.restype = ctypes.c_uint64
        script = "import marshal, sys\nfor s in " + repr(
            SOURCES) + ":\n    print(marshal.dumps(compile(s, 'm', 'exec')).hex())\n"
        done = subprocess.run([self.options.krait, "-c", script], capture_output=True, text=True,
                              env=self.environment)
        self.streams = [bytes.fromhex(line) for line in done.stdout.split()]
        assert len(self.streams) == len(SOURCES), done.stderr
        self.start = self.streams[0].index(b"BrKi")

    def sealed(self, stream):
        """The stream with the image's checksum as it must be."""
        end = self.start + struct.unpack_from("<I", stream, self.start + 4)[0]
        body = bytes(stream[self.start + 24:end])
        struct.pack_into("<Q", stream, self.start + 16, self.hash(body, ctypes.c_size_t(len(body))))
        return bytes(stream)

    def case(self, g):
        stream = bytearray(g.choice(self.streams))
        body = self.start + 24
        end = self.start + struct.unpack_from("<I", stream, self.start + 4)[0]
        for _ in range(g.choice([1, 1, 1, 2, 3, 5, 9])):
            i = g.randrange(body, end)
            match g.randrange(8):
                case 0 | 1: stream[i] ^= 1 << g.randrange(8)
                case 2: stream[i] = g.choice([0, 1, 2, 3, 127, 128, 255])
                case 3: stream[i] = g.randrange(256)
                case 4:
                    number = struct.pack("<I",
                                         g.choice([0, 1, end, 0xFFFFFFFF, 0x7FFFFFFF, g.randrange(end)]))
                    stream[i:min(i + 4, end)] = number[:end - i]
                case 5: stream[i] = stream[g.randrange(body, end)]
                case 6:
                    size, j = g.randrange(1, 12), g.randrange(body, end)
                    piece = stream[j:j + size]
                    stream[i:i + len(piece[:end - i])] = piece[:end - i]
                case 7: stream[i] = (stream[i] + g.choice([1, -1, 2, -2])) & 255
        data = self.sealed(stream)
        return (
            f"try: c = marshal.loads({data!r})\nexcept (ValueError, EOFError, TypeError): c = None\n"
            "if c:\n    names = {}\n    try: exec(c, names)\n    except Exception: pass\n"
            "    for f in list(names.values()):\n        if hasattr(f, '__code__'):\n            for a "
            "in ((), (1,), (1, 2), ([1],)):\n                try: list(f(*a))\n                except "
            "Exception: pass\n"
            "    for k in (c, *[k for k in c.co_consts if hasattr(k, 'co_consts')]):\n        try: "
            "list(k.co_lines()), list(k.co_positions()), k.co_names, k.co_varnames, k.co_flags, repr(k), "
            "k.co_code\n        except Exception: pass\n")


if __name__ == "__main__":
    sys.exit(Images().main())
