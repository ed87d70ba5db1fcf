"""Two equal worlds for the tests caches_*.py: one is read and changed through warm sites of compiled code,
the other through getattr, setattr and operator, which keep no caches. Both undergo the same changes;
whatever a program can see must stay equal.
"""
import random
import types


def show(v):
    """What a value is, alike in both worlds."""
    if isinstance(v, types.MethodType):
        return "bound", v.__func__.__name__, show(v.__self__)
    if isinstance(v, types.FunctionType):
        return "function", v.__name__
    if isinstance(v, type):
        return "class", v.__name__
    if isinstance(v, (tuple, list)):
        return [show(i) for i in v]
    if type(v) in (int, float, str, bool, type(None)):
        return v
    return "object", type(v).__name__


def outcome(function, *arguments):
    try:
        return show(function(*arguments))
    except Exception as e:
        return type(e).__name__, str(e)


def sites(text, **names):
    """The functions that a text defines, as fresh sites."""
    exec(text, names)
    return names


class Twins:
    """world(): a new world, an object with whatever attributes. sites: name → (compiled function of a
    world, the same done generically). changes: name → function of a world."""

    def __init__(self, world, make_sites, generic, changes):
        self.world, self.make_sites, self.generic, self.changes = world, make_sites, generic, changes
        self.checked = 0

    def compare(self, warm, plain, functions, history):
        for name, site in functions.items():
            got, wanted = outcome(site, warm), outcome(self.generic[name], plain)
            assert got == wanted, (history, name, got, "instead of", wanted)
            self.checked += 1

    def run(self, history, warming=3):
        warm, plain = self.world(), self.world()
        first, second = self.make_sites(), self.make_sites()
        for _ in range(warming):
            self.compare(warm, plain, first, ["warming"])
        done = []
        for name in history:
            done.append(name)
            a, b = outcome(self.changes[name], warm), outcome(self.changes[name], plain)
            assert a == b, (done, a, b)
            for _ in range(2):
                self.compare(warm, plain, first, done)
            self.compare(warm, plain, second, done)

    def run_all(self, pairs, sequences, length, seed=0):
        """Every change alone, `pairs` random pairs, `sequences` random sequences."""
        rng, names = random.Random(seed), sorted(self.changes)
        for name in names:
            self.run([name])
        for _ in range(pairs):
            self.run(rng.sample(names, 2))
        for _ in range(sequences):
            self.run([rng.choice(names) for _ in range(length)])
