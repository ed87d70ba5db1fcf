"""Shortest paths on a grid-like graph: Dijkstra with heapq, breadth-first with deque, and Bellman-Ford as
the check.
"""
import sys
from collections import deque
from heapq import heappop, heappush


def make_graph(side):
    """A grid whose edges cost 1..9, with some long shortcuts: {node: [(neighbour, cost)]}."""
    graph = {}
    seed = 7
    for y in range(side):
        for x in range(side):
            edges = []
            for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1)):
                if 0 <= x + dx < side and 0 <= y + dy < side:
                    seed = (seed * 16807) % 2147483647
                    edges.append(((x + dx, y + dy), seed % 9 + 1))
            if (x * 31 + y * 17) % 23 == 0:
                seed = (seed * 16807) % 2147483647
                edges.append(((seed % side, seed // side % side), 12))
            graph[x, y] = edges
    return graph


def dijkstra(graph, start):
    distance = {start: 0}
    done = set()
    heap = [(0, start)]
    while heap:
        d, node = heappop(heap)
        if node in done:
            continue
        done.add(node)
        for other, cost in graph[node]:
            candidate = d + cost
            if candidate < distance.get(other, 1 << 60):
                distance[other] = candidate
                heappush(heap, (candidate, other))
    return distance


def breadth_first(graph, start):
    steps = {start: 0}
    queue = deque([start])
    while queue:
        node = queue.popleft()
        for other, _ in graph[node]:
            if other not in steps:
                steps[other] = steps[node] + 1
                queue.append(other)
    return steps


def relax_all(graph, start):
    distance = dict.fromkeys(graph, 1 << 60)
    distance[start] = 0
    rounds = 0
    changed = True
    while changed:
        changed = False
        rounds += 1
        for node, edges in graph.items():
            d = distance[node]
            for other, cost in edges:
                if d + cost < distance[other]:
                    distance[other] = d + cost
                    changed = True
    return distance, rounds


def main(side):
    graph = make_graph(side)
    far = total = 0
    for start in ((0, 0), (side // 2, side // 2), (side - 1, 0)):
        distance = dijkstra(graph, start)
        far = max(far, max(distance.values()))
        total += sum(distance.values())
    steps = breadth_first(graph, (0, 0))
    check, rounds = relax_all(graph, (side - 1, 0))
    assert check == distance
    print("nodes", len(graph), "far", far, "total", total, "steps", max(steps.values()), "rounds", rounds)


main(int(sys.argv[1]) if len(sys.argv) > 1 else 180)
