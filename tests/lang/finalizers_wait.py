"""What a finalizer takes out of a container does not disturb whoever iterates over it by way of a
generator.
"""


class Member:
    def __init__(self, owner):
        self.owner = owner

    def __del__(self):
        self.owner.members.discard(id(self))


class Registry:
    def __init__(self):
        self.members = set()

    def __iter__(self):
        for member in self.members:
            junk = [member] * 1000, [None] * 1000
            yield member


for attempt in range(300):
    registry = Registry()
    for i in range(20):
        registry.members.add(id(Member(registry)))
    registry.members.add(-1)
    assert -1 in list(registry)
