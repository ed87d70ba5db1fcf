"""A ray tracer: vectors as objects with operators, spheres and a checked floor, shadows and mirrors."""
import sys


class Vector:
    __slots__ = ("x", "y", "z")

    def __init__(self, x, y, z):
        self.x, self.y, self.z = x, y, z

    def __add__(self, o):
        return Vector(self.x + o.x, self.y + o.y, self.z + o.z)

    def __sub__(self, o):
        return Vector(self.x - o.x, self.y - o.y, self.z - o.z)

    def __mul__(self, k):
        return Vector(self.x * k, self.y * k, self.z * k)

    def dot(self, o):
        return self.x * o.x + self.y * o.y + self.z * o.z

    def unit(self):
        return self * (1.0 / self.dot(self) ** 0.5)


class Sphere:
    def __init__(self, centre, radius, colour, mirror):
        self.centre, self.radius, self.colour, self.mirror = centre, radius, colour, mirror

    def hit(self, origin, direction):
        to = self.centre - origin
        along = to.dot(direction)
        under = self.radius * self.radius - (to.dot(to) - along * along)
        if under < 0.0:
            return None
        distance = along - under ** 0.5
        return distance if distance > 1e-6 else None

    def normal(self, point):
        return (point - self.centre).unit()

    def shade(self, point):
        return self.colour


class Floor:
    mirror = 0.15

    def hit(self, origin, direction):
        if direction.y > -1e-6:
            return None
        distance = -origin.y / direction.y
        return distance if 1e-6 < distance < 60.0 else None

    def normal(self, point):
        return Vector(0.0, 1.0, 0.0)

    def shade(self, point):
        return 0.9 if (int(point.x // 1) + int(point.z // 1)) % 2 else 0.2


class Scene:
    def __init__(self, things, light):
        self.things, self.light = things, light

    def nearest(self, origin, direction):
        best, found = 1e30, None
        for thing in self.things:
            distance = thing.hit(origin, direction)
            if distance is not None and distance < best:
                best, found = distance, thing
        return best, found

    def trace(self, origin, direction, depth):
        distance, thing = self.nearest(origin, direction)
        if thing is None:
            return 0.4 + 0.3 * direction.y
        point = origin + direction * distance
        normal = thing.normal(point)
        to_light = (self.light - point).unit()
        brightness = 0.1
        lit = normal.dot(to_light)
        if lit > 0.0 and self.nearest(point + normal * 1e-4, to_light)[1] is None:
            brightness += 0.9 * lit
        colour = thing.shade(point) * brightness
        if thing.mirror and depth:
            bounced = direction - normal * (2.0 * direction.dot(normal))
            colour = colour * (1.0 - thing.mirror) + thing.mirror * self.trace(point + normal * 1e-4,
                    bounced, depth - 1)
        return colour


def main(size):
    spheres = [Sphere(Vector(i * 1.7 - 3.4, 0.8 + (i % 2) * 0.6, 6.0 + i % 3), 0.8, 0.3 + i * 0.15,
                      0.1 * i) for i in range(5)]
    scene = Scene(spheres + [Floor()], Vector(-8.0, 12.0, -4.0))
    eye = Vector(0.0, 1.6, -2.0)
    rows = []
    for y in range(size):
        row = [scene.trace(eye, Vector((x - size / 2) / size, (size / 2 - y) / size - 0.1, 1.0).unit(),
                           3) for x in range(size)]
        rows.append(row)
    light = sum(map(sum, rows))
    levels = "".join(" .:-=+*#%@"[min(9, int(10 * v))] for v in rows[size // 2])
    print("size", size, "light %.6f" % light)
    print(levels[::max(1, size // 60)])


main(int(sys.argv[1]) if len(sys.argv) > 1 else 240)
