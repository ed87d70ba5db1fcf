# modes: reference cold warm miss eager switch
"""More than 65,535 parameters, arguments, items of displays, targets."""
from _large import PROBES, N, R, run

# parameters and arguments
params = ", ".join(f"a{i}" for i in R)
probes = ", ".join(f"a{i}" for i in PROBES)
ns = run(
    f"def f({params}): return {probes}\ndef g({', '.join(f'a{i}={i}' for i in R)}, *rest, **more): "
    f"return ({probes}), rest, more\n"
    f"def k(*, {', '.join(f'a{i}={i}' for i in R)}): return {probes}\ndef c({params}):\n def inner(): "
    f"return ({probes})\n a69999 = -1\n return inner(), len(locals())\n"
    f"def gen({params}):\n yield a69999\n yield a0\n"
    f"def call(): return f({', '.join(map(str, R))})\ndef call_kw(): return "
    f"f({', '.join(map(str, R[:-300]))}, {', '.join(f'a{i}={i}' for i in R[-300:])})\n"
    f"def method(o): return o.f({', '.join(map(str, R))}, last=1)")
assert ns["f"](*R) == PROBES == ns["call"]() == ns["call_kw"]() == ns["k"]()
assert ns["g"]() == (PROBES, (), {}) and ns["g"](*R, 1, 2, z=3) == (PROBES, (1, 2), {"z": 3})
assert ns["g"](a65535="x", a4096="y")[0] == tuple("x" if i == 65535 else "y" if i == 4096 else i
                                                  for i in PROBES)
assert ns["k"](a69999=0) == PROBES[:-1] + (0,)
assert ns["c"](*R) == (PROBES[:-1] + (-1,), N + 1) and list(ns["gen"](*R)) == [69999, 0]
for arguments, text in (((*R, 1), "f() takes 70000 positional arguments but 70001 were given"),
                        (R[:-1], "f() missing 1 required positional argument: 'a69999'")):
    try:
        ns["f"](*arguments)
        raise AssertionError
    except TypeError as e:
        assert str(e) == text, e


class Methods:
    def f(self, *args, **kwargs): return args == tuple(R), kwargs


assert ns["method"](Methods()) == (True, {"last": 1})
annotated = run(f"def f({', '.join(f'a{i}: {i}' for i in range(20000))}) -> 'r': pass")["f"].__annotations__
assert len(annotated) == 20001 and annotated["a19999"] == 19999 and annotated["return"] == "r"
assert list(annotated)[:2] == ["a0", "a1"]
try:
    compile(f"f({', '.join(f'a{i}=1' for i in range(100))}, a7=2)", "", "eval")
    raise AssertionError
except SyntaxError as e:
    assert e.msg == "keyword argument repeated: a7"

# displays, unpacking, f-strings
x = 3
assert eval(f"[{', '.join(f'x + {i}' for i in R)}]") == [3 + i
        for i in R] == list(eval(f"({', '.join(f'x + {i}' for i in R)})"))
assert eval(f"{{{', '.join(f'x + {i}' for i in R)}}}") == {3 + i for i in R}
assert eval(f"{{{', '.join(f'x + {i}: {i}' for i in R)}}}") == {3 + i: i for i in R}
assert eval("f'" + "".join(f"{{x}}p{i}" for i in R[:9000]) + "'") == "".join(f"3p{i}" for i in R[:9000])
targets = ", ".join(f"u{i}" for i in R)
for head in ("", "def f(v):\n "):
    ns = run(f"{head}{targets} = v" + ("\n return locals()" if head else ""), v=R)
    got = ns["f"](R) if head else ns
    assert all(got[f"u{i}"] == i for i in PROBES)
    for v, text in ((R[:-1], "not enough values to unpack (expected 70000, got 69999)"),
                    (range(N + 1), "too many values to unpack (expected 70000)")):
        try:
            run(f"{head}{targets} = v" + ("\n return locals()\nf(v)" if head else ""), v=v)
            raise AssertionError
        except ValueError as e:
            assert str(e) == text
ns = run(f"u, *star, {targets} = v", v=range(N + 5))
assert ns["u"] == 0 and ns["star"] == [1, 2, 3, 4] and all(ns[f"u{i}"] == i + 5 for i in PROBES)
try:
    run(f"u, *star, {targets} = v", v=range(N))
    raise AssertionError
except ValueError as e:
    assert str(e) == f"not enough values to unpack (expected at least {N + 1}, got {N})"
