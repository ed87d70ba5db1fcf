"""Dataclasses: construction, comparison, ordering, replace, frozen and slots variants, properties, a small
physics scene.
"""
import sys
from dataclasses import astuple, dataclass, field, replace


@dataclass(frozen=True, slots=True)
class Vec:
    x: float
    y: float

    def __add__(self, other):
        return Vec(self.x + other.x, self.y + other.y)

    def __mul__(self, k):
        return Vec(self.x * k, self.y * k)

    @property
    def square(self):
        return self.x * self.x + self.y * self.y


@dataclass(order=True)
class Item:
    priority: int
    name: str = field(compare=False)
    tags: list = field(default_factory=list, compare=False)
    cost: float = 1.5


@dataclass
class Ball:
    position: Vec
    velocity: Vec
    radius: float = 1.0
    hits: int = 0

    def step(self, dt, width):
        self.position = self.position + self.velocity * dt
        if not 0 <= self.position.x <= width:
            self.velocity = Vec(-self.velocity.x, self.velocity.y)
            self.hits += 1
        if not 0 <= self.position.y <= width:
            self.velocity = Vec(self.velocity.x, -self.velocity.y)
            self.hits += 1


@dataclass
class Special(Ball):
    label: str = "special"

    def __post_init__(self):
        self.radius *= 2


def main(n):
    balls = [Ball(Vec(i * 1.5, i * 0.5), Vec(1 + i % 3, 2 - i % 5), 1.0 + i) for i in range(20)]
    balls.append(Special(Vec(1.0, 1.0), Vec(3.0, 2.0), label="s"))
    for _ in range(n // 100):
        for ball in balls:
            ball.step(0.1, 40.0)
    hits = sum(b.hits for b in balls)
    energy = sum(b.velocity.square for b in balls)
    items = [Item((i * 7919) % 101, "item%d" % i, cost=i % 13) for i in range(n // 4)]
    items.sort()
    changed = [replace(item, priority=-item.priority) for item in items[::5]]
    assert min(changed).priority == -100
    same = sum(a == b for a, b in zip(items, items[1:]))
    keys = {Vec(i % 50, i % 30) for i in range(n // 4)}
    print("hits", hits, "energy", energy, "first", items[0].name, "same", same, "keys", len(keys))
    print("ball", astuple(balls[-1]), repr(items[-1]))
    total = Vec(0.0, 0.0)
    for v in sorted(keys, key=lambda v: (v.x, v.y)):
        total = total + v * 0.5
    print("total", total)


main(int(sys.argv[1]) if len(sys.argv) > 1 else 400000)
