# modes: cold warm miss eager switch
"""66,000 free variables of one function. (CPython takes ten seconds for it: not in mode reference.)"""
import sys

N = 70000
R = range(N)
PROBES = (0, 1, 4094, 4095, 4096, 4097, 32766, 32767, 32768, 65533, 65534, 65535, 65536, 65537, N - 2, N - 1)


def run(source, **names):
    names.setdefault("__name__", "made")
    exec(source, names)
    return names


def lines(form, count=N):
    return "\n".join([form.format(i=i) for i in range(count)])


text = ("def f():\n" + lines(" c{i} = {i}", 66000) + "\n def inner():\n  nonlocal c65999\n  c65999 = 0\n  return sum([" + ", ".join(f"c{i}" for i in R[:66000]) +
        "])\n return inner()\n")
assert run(text)["f"]() == sum(R[:65999])
