"""Five bodies of the outer solar system under Newton's law, stepped by velocity Verlet; the energy must
stay.
"""
import sys


class Body:
    def __init__(self, name, mass, x, y, z, vx, vy, vz):
        self.name = name
        self.mass = mass
        self.x, self.y, self.z = x, y, z
        self.vx, self.vy, self.vz = vx, vy, vz
        self.ax = self.ay = self.az = 0.0


def make_system():
    # Astronomical units, days, solar masses; rounded positions of one day, good enough for a bounded system.
    g = 0.00029591220828559
    bodies = [
        Body("sun", 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0),
        Body("jupiter", 0.000954786, -3.5023653, -3.8169847, -1.5507963, 0.00565429, -0.00412490,
             -0.00190589),
        Body("saturn", 0.000285583, 9.0755314, -3.0458353, -1.6483708, 0.00168318, 0.00483525, 0.00192462),
        Body("uranus", 0.0000437273, 8.3101420, -16.2901086, -7.2521278, 0.00354178, 0.00137102, 0.00055029),
        Body("neptune", 0.0000517759, 11.4707666, -25.7294829, -10.8169456, 0.00288930, 0.00114527,
             0.00039677),
    ]
    return g, bodies


def accelerate(g, bodies, count):
    for body in bodies:
        body.ax = body.ay = body.az = 0.0
    for i in range(count):
        a = bodies[i]
        for j in range(i + 1, count):
            b = bodies[j]
            dx = b.x - a.x
            dy = b.y - a.y
            dz = b.z - a.z
            square = dx * dx + dy * dy + dz * dz
            pull = g / (square * square ** 0.5)
            near = pull * b.mass
            far = pull * a.mass
            a.ax += dx * near
            a.ay += dy * near
            a.az += dz * near
            b.ax -= dx * far
            b.ay -= dy * far
            b.az -= dz * far


def step(g, bodies, count, dt):
    half = 0.5 * dt
    for body in bodies:
        body.vx += half * body.ax
        body.vy += half * body.ay
        body.vz += half * body.az
        body.x += dt * body.vx
        body.y += dt * body.vy
        body.z += dt * body.vz
    accelerate(g, bodies, count)
    for body in bodies:
        body.vx += half * body.ax
        body.vy += half * body.ay
        body.vz += half * body.az


def energy(g, bodies):
    total = 0.0
    for i, a in enumerate(bodies):
        total += 0.5 * a.mass * (a.vx * a.vx + a.vy * a.vy + a.vz * a.vz)
        for b in bodies[i + 1:]:
            distance = ((a.x - b.x) ** 2 + (a.y - b.y) ** 2 + (a.z - b.z) ** 2) ** 0.5
            total -= g * a.mass * b.mass / distance
    return total


def main(steps):
    g, bodies = make_system()
    count = len(bodies)
    accelerate(g, bodies, count)
    before = energy(g, bodies)
    for _ in range(steps):
        step(g, bodies, count, 10.0)
    after = energy(g, bodies)
    assert abs(after - before) < 1e-4 * abs(before), (before, after)
    print("energy %.12e -> %.12e" % (before, after))
    print("jupiter %.9f %.9f %.9f" % (bodies[1].x, bodies[1].y, bodies[1].z))


main(int(sys.argv[1]) if len(sys.argv) > 1 else 80000)
