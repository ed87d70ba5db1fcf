"""from __future__ import annotations keeps every annotation as text."""
from __future__ import annotations

x: undefined[int, "s"] = 1
assert __annotations__ == {"x": "undefined[int, 's']"}


def f(a: A.b, *args: list[int] | None, k: lambda: 0 = 1, **kw: (yield_)) -> {1: 2}:
    pass


assert f.__annotations__ == {
    "a": "A.b", "args": "list[int] | None", "k": "lambda: 0", "kw": "yield_", "return": "{1: 2}"}


class C:
    a: int = 1
    b: 'already text'
    c: x if y else z
    d: a+b*c**-d
    e: not  f
    g: [i for i in j if k]
    h: {**m, 'n': o}
    p: q(r, *s, t=u, **v)
    w: a[1:2, ::3]
    y: a < b <= c is not d not in e
    z: (1,)
    aa: -1 + ~x
    bb: f'{x!r:>{y}}'
    cc: a and b or not c
    dd: {i: j for i, j in k}
    ee: (a for b in c)
    ff: ...
    gg: 1.5e10
    hh: b'x'
    ii: await_
    jj: lambda x, /, y=1, *z, w, **v: x
    kk: ((a)) * (b + c)
    ll: -(a ** b)
    mm: (-a) ** b
    nn: a @ b // c % d
    oo: a << b | c & d ^ e


assert C.__annotations__ == {
    "a": "int",
    "b": "'already text'",
    "c": "x if y else z",
    "d": "a + b * c ** (-d)",
    "e": "not f",
    "g": "[i for i in j if k]",
    "h": "{**m, 'n': o}",
    "p": "q(r, *s, t=u, **v)",
    "w": "a[1:2, ::3]",
    "y": "a < b <= c is not d not in e",
    "z": "(1,)",
    "aa": "-1 + ~x",
    "bb": "f'{x!r:>{y}}'",
    "cc": "a and b or not c",
    "dd": "{i: j for i, j in k}",
    "ee": "(a for b in c)",
    "ff": "...",
    "gg": "15000000000.0",
    "hh": "b'x'",
    "ii": "await_",
    "jj": "lambda x, /, y=1, *z, w, **v: x",
    "kk": "a * (b + c)",
    "ll": "-a ** b",
    "mm": "(-a) ** b",
    "nn": "a @ b // c % d",
    "oo": "a << b | c & d ^ e"}, C.__annotations__
