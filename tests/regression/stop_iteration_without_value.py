"""`yield from` and `await` give None for a StopIteration that has no value: raised by a method of Python,
by throw() or send().
"""


class Iterator:
    def __iter__(self): return self
    def __await__(self): return self
    def __next__(self): raise StopIteration
    def send(self, v): raise StopIteration
    def throw(self, e): raise StopIteration


class Later(Iterator):
    def __init__(self): self.left = 1
    def __next__(self):
        if not self.left: raise StopIteration
        self.left -= 1


def delegate(it):
    x = yield from it
    got.append(x)


async def wait(it):
    x = await it
    got.append(x)


got = []
list(delegate(Iterator()))
list(delegate(Later()))
for step in (lambda g: g.send(1), lambda g: g.throw(KeyError), lambda g: g.send(None)):
    for make in (delegate, wait):
        g = make(Later())
        g.send(None)
        try:
            step(g)
        except StopIteration as e:
            got.append(e.value)
try:
    wait(Iterator()).send(None)
except StopIteration as e:
    got.append(e.value)
assert got == [None] * 16, got
