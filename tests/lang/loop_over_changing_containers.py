# modes: reference cold warm miss eager switch asan
"""A loop whose container grows, shrinks or is cleared while it runs."""
from _forms import made, outcome

grow = made(
    "def f(x):\n out = []\n for i in x:\n  out.append(i)\n  if len(x) < 6: x.append(i + 1)\n return out")
shrink = made("def f(x):\n out = []\n for i in x:\n  out.append(i)\n  del x[0]\n return out")
clear = made("def f(x):\n out = []\n for i in x:\n  out.append(i)\n  x.clear()\n return out")
exhausted = made(
    "def f(x):\n out = []\n it = iter(x)\n for i in it: out.append(i)\n x.append(9)\n for i in it: "
    "out.append(i)\n return out")
change = made(
    "def f(x):\n out = []\n for k, v in x.items():\n  out.append((k, v))\n  x[k + 10] = v\n return out")
for i in range(3):
    assert grow([1, 2]) == [1, 2, 2, 3, 3, 4]
    assert shrink([1, 2, 3, 4]) == [1, 3]
    assert clear([1, 2]) == [1] == clear(bytearray([1, 2]))
    assert exhausted([1, 2]) == [1, 2]
    assert outcome(change, {1: 2}) == "RuntimeError: dictionary changed size during iteration"
    assert grow(bytearray([1, 2])) == [1, 2, 2, 3, 3, 4]


def mutate():
    items = [1, 2, 3]
    for item in items:
        if len(items) < 6:
            items.append(item * 10)
    return items


assert mutate() == [1, 2, 3, 10, 20, 30]


def delete_while():
    items = list(range(6))
    seen = []
    for item in items:
        seen.append(item)
        items.remove(item)
    return seen


assert delete_while() == [0, 2, 4]
