"""For slice_bounds_that_resize*.py: slices whose bounds resize the container.

Every combination of container, resize, bound that does it, step and use must end as with plain ints applied
to the container as it is after the resize: the bounds are asked first, the length counts afterwards.
"""
from _case import outcome


class Bound:
    def __init__(self, number, action):
        self.number, self.action = number, action

    def __index__(self):
        self.action()
        return self.number


def get(container, key):
    return container[key]


def delete(container, key):
    del container[key]


def assign(values):
    def use(container, key):
        container[key] = values(container)
    return use


RESIZES = {
    "clear": lambda c: c.__delitem__(slice(None)),
    "shrink": lambda c: c.__delitem__(slice(3, None)),
    "one less": lambda c: c.pop(),
    "off the front": lambda c: c.__delitem__(slice(0, 4)),
    "grow": lambda c: c.extend(c[:] * 40),
}
BOUNDS = [(0, None, 2), (5, None, 2), (5, 10, None), (0, None, None), (None, -3, None),
          (None, None, -1), (18, 2, -3),
          (None, 5, -1), (-1, None, None), (3, 3, None), (10, 5, None)]


def uses(make_values):
    yield "get", get
    yield "delete", delete
    for n in (0, 1, 3, 5, 8):
        yield f"set {n}", assign(lambda c, n=n: make_values(n))
    yield "set self", assign(lambda c: c)


def check(make, make_values, resize):
    count = 0
    for bounds in BOUNDS:
        for position in range(3):
            if bounds[position] is None:
                continue
            for name, use in uses(make_values):
                plain, hostile = make(), make()
                resize(plain)
                want = outcome(use, plain, slice(*bounds))
                done = []

                def once(hostile=hostile, done=done):
                    if not done:
                        done.append(1)
                        resize(hostile)
                key = list(bounds)
                key[position] = Bound(bounds[position], once)
                got = outcome(use, hostile, slice(*key))
                assert got == want and hostile == plain, (bounds, position, name, got, want, hostile, plain)
                count += 1
    return count


def check_all(containers):
    return sum(check(make, make_values, resize) for make,
               make_values in containers.values() for resize in RESIZES.values())
