"""Robots on a grid: dicts keyed by tuples and named tuples, enums for directions and orders, dataclasses for
who moves, a queue of events, flood fill.
"""
import sys
from collections import Counter, defaultdict, deque
from dataclasses import dataclass, field
from enum import Enum, IntEnum, auto
from typing import NamedTuple


class Place(NamedTuple):
    x: int
    y: int

    def towards(self, direction):
        dx, dy = direction.value
        return Place(self.x + dx, self.y + dy)


class Direction(Enum):
    NORTH = (0, -1)
    EAST = (1, 0)
    SOUTH = (0, 1)
    WEST = (-1, 0)

    @property
    def right(self):
        return TURN[self]


TURN = dict(zip(Direction, [*list(Direction)[1:], Direction.NORTH]))


class Ground(IntEnum):
    FREE = 0
    WALL = 1
    MUD = 2


class Order(Enum):
    STEP = auto()
    RIGHT = auto()
    DIG = auto()


@dataclass
class Robot:
    name: str
    place: Place
    facing: Direction = Direction.NORTH
    done: Counter = field(default_factory=Counter)

    def follow(self, order, world):
        if order is Order.STEP:
            ahead = self.place.towards(self.facing)
            ground = world.ground.get(ahead, Ground.WALL)
            if ground == Ground.WALL or ahead in world.taken:
                self.facing = self.facing.right
                order = Order.RIGHT
            else:
                del world.taken[self.place]
                self.place = ahead
                world.taken[ahead] = self.name
                world.visits[ahead] += 1
                if ground is Ground.MUD:
                    world.events.append((self, Order.DIG))
        elif order is Order.RIGHT:
            self.facing = self.facing.right
        elif world.ground[self.place] == Ground.MUD:
            world.ground[self.place] = Ground.FREE
        self.done[order] += 1


class World:
    def __init__(self, side):
        self.ground = {}
        self.taken = {}
        self.visits = defaultdict(int)
        self.events = deque()
        for x in range(side):
            for y in range(side):
                kind = (x * 7 + y * 13 + x * y) % 11
                ground = Ground.WALL if kind < 5 else Ground.MUD if kind < 7 else Ground.FREE
                self.ground[Place(x, y)] = ground

    def regions(self):
        """Sizes of the connected parts without walls."""
        left, sizes = {p for p, g in self.ground.items() if g is not Ground.WALL}, []
        while left:
            edge, size = [min(left)], 0
            left.remove(edge[0])
            while edge:
                x, y = edge.pop()
                size += 1
                for dx, dy in ((0, 1), (1, 0), (0, -1), (-1, 0)):
                    if (x + dx, y + dy) in left:
                        left.remove((x + dx, y + dy))
                        edge.append((x + dx, y + dy))
            sizes.append(size)
        return sorted(sizes)


def main(rounds):
    world = World(60)
    robots = [Robot(f"r{i}", Place(i % 60, i * 7 % 60)) for i in range(40)]
    for robot in robots:
        world.ground[robot.place] = Ground.FREE
        world.taken[robot.place] = robot.name
    for turn in range(rounds):
        for i, robot in enumerate(robots):
            world.events.append((robot, Order.RIGHT if (turn + i) % 9 == 0 else Order.STEP))
        while world.events:
            robot, order = world.events.popleft()
            robot.follow(order, world)
    total = sum((robot.done for robot in robots), Counter())
    assert world.taken == {robot.place: robot.name for robot in robots}
    busiest = max(world.visits, key=lambda p: (world.visits[p], p))
    print({order.name: count for order, count in sorted(total.items(), key=lambda item: item[0].value)})
    ground = Counter(g.name for g in world.ground.values())
    print("ground", sorted(ground.items()), "busiest", busiest, world.visits[busiest])
    regions = world.regions()
    print("regions", len(regions), regions[-3:], robots[7].place, robots[7].facing)


main(int(sys.argv[1]) if len(sys.argv) > 1 else 9000)
