# stress: 40
"""Code of unusual size: many locals, constants, arguments, branches, nested blocks, long expressions."""
lines = ["def f():"]
for i in range(400):
    lines.append("    v%d = %d" % (i, i * 1000003))
lines.append("    return " + " + ".join("v%d" % i for i in range(400)))
ns = {}
exec("\n".join(lines), ns)
assert ns["f"]() == sum(i * 1000003 for i in range(400))
names = ", ".join("a%d" % i for i in range(300))
exec("def g(%s):\n    return a0 + a299\n" % names, ns)
assert ns["g"](*range(300)) == 299
exec("def h(%s):\n    return locals()\n" % ", ".join("k%d=%d" % (i, i) for i in range(300)), ns)
assert ns["h"](**{"k%d" % i: -i for i in range(0, 300, 2)})["k298"] == -298 and ns["h"]()["k299"] == 299
call = "g(" + ", ".join(str(i) for i in range(300)) + ")"
assert eval(call, ns) == 299
assert eval("[" + ", ".join(str(i) for i in range(3000)) + "]") == list(range(3000))
assert eval("{" + ", ".join("%d: 'v%d'" % (i, i) for i in range(2000)) + "}")[1999] == "v1999"
assert eval("(" + ", ".join("'s%d'" % i for i in range(1000)) + ")")[999] == "s999"
assert eval(" + ".join(["1"] * 900)) == 900
assert eval("1 if 0 else " * 50 + "2") == 2
assert eval("(" * 80 + "7" + ")" * 80) == 7
assert eval("-" * 80 + "7") == 7 and eval("not " * 80 + "7") is True
assert eval("[" * 80 + "]" * 80) is not None
assert eval("f" + "(0)" * 30, {"f": (lambda s: s(s))(lambda s: lambda x: s(s))}) is not None
branches = "def b(x):\n" + "".join("    %sif x == %d: return %d\n" % ("" if i == 0 else "el", i, i * i)
                                   for i in range(500))
exec(branches, ns)
assert ns["b"](499) == 499 * 499 and ns["b"](0) == 0 and ns["b"](500) is None
nested = "def n():\n"
for i in range(18):
    nested += "    " * (i + 1) + "for i%d in (1,):\n" % i
nested += "    " * 19 + "return 'deep'\n"
exec(nested, ns)
assert ns["n"]() == "deep"
functions = "".join("def fn%d(x):\n    return x + %d\n" % (i, i) for i in range(500))
exec(functions, ns)
assert sum(ns["fn%d" % i](0) for i in range(500)) == sum(range(500))
body = "def loop(n):\n    t = 0\n    for i in range(n):\n" + "        t += i ^ %d\n" * 0
body += "".join("        t = (t * 31 + i + %d) %% 1000003\n" % i for i in range(300)) + "    return t\n"
exec(body, ns)
t = 0
for i in range(3):
    for k in range(300):
        t = (t * 31 + i + k) % 1000003
assert ns["loop"](3) == t
cls = "class Big:\n" + "".join("    def m%d(self):\n        return %d\n" % (i, i) for i in range(400))
exec(cls, ns)
assert ns["Big"]().m399() == 399
deep = "def d0():\n"
for i in range(1, 15):
    deep += "    " * i + "def d%d():\n" % i
deep += "    " * 15 + "return 'bottom'\n"
for i in range(14, 0, -1):
    deep += "    " * i + "return d%d()\n" % i
exec(deep, ns)
assert ns["d0"]() == "bottom"
chain = "x < " * 100 + "x"
assert eval(chain, {"x": 1}) is False
assert eval(" and ".join(["True"] * 500)) is True and eval(" or ".join(["0"] * 500 + ["3"])) == 3
strings = eval("'" + "ab" * 50000 + "'")
assert len(strings) == 100000
assert eval("''.join([" + ", ".join("f'{%d}'" % i for i in range(300)) + "])") == "".join(str(i)
        for i in range(300))
assert len(eval("lambda: (" + ", ".join("x%d" % i for i in range(400)) + ")").__code__.co_names) == 400
