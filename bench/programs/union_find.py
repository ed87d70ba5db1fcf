"""Union-find in use: spanning trees by Kruskal checked by Prim, a maze opened wall by wall, islands that grow
together, names of accounts merged.
"""
import heapq
import sys


class Groups:
    """Disjoint sets of 0..n-1 by size, paths halved."""

    def __init__(self, n):
        self.parent = list(range(n))
        self.size = [1] * n
        self.count = n

    def find(self, a):
        parent = self.parent
        while parent[a] != a:
            parent[a] = parent[parent[a]]
            a = parent[a]
        return a

    def join(self, a, b):
        a, b = self.find(a), self.find(b)
        if a == b:
            return False
        if self.size[a] < self.size[b]:
            a, b = b, a
        self.parent[b] = a
        self.size[a] += self.size[b]
        self.count -= 1
        return True


def numbers(seed):
    while True:
        seed = (seed * 48271) % 2147483647
        yield seed


def make_edges(n, draw):
    edges = [(next(draw) % 1000, i, next(draw) % i) for i in range(1, n)]
    edges += [(next(draw) % 1000, next(draw) % n, next(draw) % n) for _ in range(3 * n)]
    return edges


def kruskal(n, edges):
    groups = Groups(n)
    return sum(cost for cost, a, b in sorted(edges) if groups.join(a, b)), groups.count


def prim(n, edges):
    around = [[] for _ in range(n)]
    for cost, a, b in edges:
        around[a].append((cost, b))
        around[b].append((cost, a))
    inside, total, heap = bytearray(n), 0, [(0, 0)]
    while heap:
        cost, node = heapq.heappop(heap)
        if inside[node]:
            continue
        inside[node] = 1
        total += cost
        for edge in around[node]:
            if not inside[edge[1]]:
                heapq.heappush(heap, edge)
    return total


def maze(side, draw):
    """Walls are taken away at random while they part two rooms; the longest way from the corner."""
    walls = [(y * side + x, y * side + x + 1) for y in range(side) for x in range(side - 1)]
    walls += [(y * side + x, y * side + x + side) for y in range(side - 1) for x in range(side)]
    for i in range(len(walls) - 1, 0, -1):
        j = next(draw) % (i + 1)
        walls[i], walls[j] = walls[j], walls[i]
    groups, doors = Groups(side * side), {}
    for a, b in walls:
        if groups.join(a, b):
            doors.setdefault(a, []).append(b)
            doors.setdefault(b, []).append(a)
    far, edge = {0: 0}, [0]
    for room in edge:
        for other in doors[room]:
            if other not in far:
                far[other] = far[room] + 1
                edge.append(other)
    assert len(far) == side * side and groups.count == 1
    return max(far.values())


def islands(side, draw):
    """Cells become land one by one; the number of islands after each."""
    groups, land, count, history = Groups(side * side), set(), 0, []
    for _ in range(side * side // 2):
        cell = next(draw) % (side * side)
        if cell not in land:
            land.add(cell)
            count += 1
            for other, near in ((cell - 1, cell % side), (cell + 1, (cell + 1) % side), (cell - side, True),
                                (cell + side, True)):
                if near and other in land:
                    count -= groups.join(cell, other)
        history.append(count)
    return max(history), history[-1], max(groups.size)


def merged(n, draw):
    """Accounts that share an address belong to one person."""
    accounts = [{f"m{next(draw) % (2 * n)}@x" for _ in range(next(draw) % 3 + 1)} for _ in range(n)]
    owner, groups = {}, Groups(n)
    for i, addresses in enumerate(accounts):
        for address in addresses:
            groups.join(i, owner.setdefault(address, i))
    people = {}
    for i, addresses in enumerate(accounts):
        people.setdefault(groups.find(i), set()).update(addresses)
    assert sum(map(len, people.values())) == len(owner) and len(people) == groups.count
    return len(people), max(map(len, people.values()))


def main(n):
    draw = numbers(n)
    edges = make_edges(n, draw)
    total, parts = kruskal(n, edges)
    assert parts == 1 and total == prim(n, edges)
    side = int(n ** 0.5)
    print("tree", total, "maze", maze(side, draw), "islands", *islands(side, draw))
    print("people", *merged(n // 2, draw))


main(int(sys.argv[1]) if len(sys.argv) > 1 else 20000)
