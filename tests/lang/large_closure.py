# modes: cold warm miss eager switch
"""66,000 free variables of one function. (CPython takes ten seconds for it: not in mode reference.)"""
from _large import R, lines, run

text = (
    "def f():\n"
    + lines(" c{i} = {i}", 66000)
    + "\n def inner():\n  nonlocal c65999\n  c65999 = 0\n  return sum(["
    + ", ".join(f"c{i}" for i in R[:66000])
    + "])\n return inner()\n")
assert run(text)["f"]() == sum(R[:65999])
