# modes: reference cold warm miss eager switch asan
"""Every form of a loop over all kinds of iterables, at one site after the other and at sites of their own."""
from _forms import made, outcome
from _iterables import FRESH


def reference(iterable, each):
    """A loop without any loop instruction."""
    step, out = iter(iterable).__next__, []

    def go():
        if len(out) < 6:
            try:
                item = step()
            except StopIteration:
                return out
            out.append(each(item))
            return go()
        return out
    return go()


def pair(item):
    a, b = item
    return b, a


LOOPS = {
    "plain": (
        "def f(x):\n out = []\n for i in x:\n  out.append(i)\n  if len(out) > 5: break\n return out",
        lambda i: i),
    "pair": (
        "def f(x):\n out = []\n for a, b in x:\n  out.append((b, a))\n  if len(out) > 5: break\n return "
        "out",
        pair),
    "nested": (
        "def f(x):\n out = []\n for _ in range(1):\n  for i in x:\n   out.append(i)\n   if len(out) > 5: "
        "break\n return out",
        lambda i: i),
    "continue": (
        "def f(x):\n out = []\n for i in x:\n  if i is None:\n   out.append(None)\n   continue\n  "
        "out.append(i)\n  if len(out) > 5: break\n return out",
        lambda i: i),
    "closure": (
        "def f(x):\n out = []\n for i in x:\n  out.append((lambda: i)())\n  if len(out) > 5: break\n "
        "return out",
        lambda i: i),
    "comprehension": (
        "import itertools\ndef f(x): return [i for i in itertools.islice(iter(x), 6)]", lambda i: i),
    "module": (
        "def f(x):\n names = {'x': x}\n exec('out = []\\nfor i in x:\\n out.append(i)\\n if len(out) > 5: "
        "break', names)\n return names['out']",
        lambda i: i),
    "generator": (
        "def g(x):\n for i in x: yield i\ndef f(x):\n out = []\n for i in g(x):\n  out.append(i)\n  if "
        "len(out) > 5: break\n return out",
        lambda i: i),
    "delegated": (
        "def g(x):\n yield from x\ndef f(x):\n out = []\n for i in g(x):\n  out.append(i)\n  if len(out) "
        "> 5: break\n return out",
        lambda i: i),}
for title, (text, each) in LOOPS.items():
    shared = made(text)
    for kind, fresh in enumerate(FRESH):
        wanted = outcome(reference, fresh(), each)
        own = made(text)
        for i in range(3):
            assert outcome(own, fresh()) == wanted, (title, kind, i, outcome(own, fresh()), wanted)
        assert outcome(shared, fresh()) == wanted, (title, kind, outcome(shared, fresh()), wanted)
    for kind, fresh in reversed(list(enumerate(FRESH))):  # the shared site has met all of them now
        assert outcome(shared, fresh()) == outcome(reference, fresh(), each), (title, kind)
