# stress: 400
"""Functions that call each other, through sorted and map too; long chains of generators."""


def mutual_a(n):
    return mutual_b(n - 1) if n else "done"


def mutual_b(n):
    return mutual_a(n - 1) if n else "done"


assert mutual_a(800) == "done"


def in_sort(n):
    return sorted([1], key=lambda x: in_sort(n - 1) and x) if n else [1]


assert in_sort(100) == [1]


def in_map(n):
    return list(map(lambda x: in_map(n - 1), [1])) if n else 0


assert in_map(50) != 0


def gen_chain(n):
    g = iter([1, 2, 3])
    for _ in range(n):
        g = (x for x in g)
    return list(g)


assert gen_chain(300) == [1, 2, 3]
