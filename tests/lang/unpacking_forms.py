# modes: reference cold warm miss eager switch asan
"""Every form of unpacking over all kinds of iterables, at one site after the other and at sites of their
own.
"""
import itertools

from _forms import made, outcome
from _iterables import FRESH


def take(x, before, star, after):
    """Unpacking, spelt out."""
    if not hasattr(type(x), "__iter__") and not hasattr(type(x), "__getitem__"):
        raise TypeError(f"cannot unpack non-iterable {type(x).__name__} object")
    items = list(itertools.islice(iter(x), before + 1)) if not star else list(x)
    if len(items) < before + after:
        least = "at least " if star else ""
        raise ValueError(f"not enough values to unpack (expected {least}{before + after}, got {len(items)})")
    if not star and len(items) > before:
        raise ValueError(f"too many values to unpack (expected {before})")
    if star:
        return [*items[:before], items[before:len(items) - after], *items[len(items) - after:]]
    return items


UNPACKS = [("a,", 1, False, 0), ("a, b", 2, False, 0), ("a, b, c", 3, False, 0), ("*a,", 0, True, 0),
           ("a, *b", 1, True, 0), ("*a, b", 0, True, 1), ("a, *b, c", 1, True, 1),
           ("a, b, *c, d", 2, True, 1)]
for targets, before, star, after in UNPACKS:
    names = ", ".join(name.strip(" *") for name in targets.split(",") if name.strip())
    text = f"def f(x):\n {targets} = x\n return [{names}]"
    shared = made(text)
    as_globals = made(f"def f(x):\n global a, b, c, d\n {targets} = x\n return [{names}]")
    for kind, fresh in enumerate(FRESH):
        if isinstance(fresh(), itertools.count) and star:
            continue
        wanted = outcome(take, fresh(), before, star, after)
        own = made(text)
        for f in (own, own, shared, as_globals):
            assert outcome(f, fresh()) == wanted, (targets, kind, outcome(f, fresh()), wanted)
