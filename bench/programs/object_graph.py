"""A large graph of objects: people, families and letters between them, built, walked, cut and thrown away;
much memory lives long, much dies young, and there are cycles.
"""
import gc
import sys
import weakref
from collections import Counter


class Person:
    __slots__ = ("name", "mother", "children", "letters", "born", "__weakref__")

    def __init__(self, name, mother, born):
        self.name, self.mother, self.born = name, mother, born
        self.children, self.letters = [], {}
        if mother is not None:
            mother.children.append(self)


class Letter:
    def __init__(self, sender, receiver, words, answer_to=None):
        self.sender, self.receiver, self.words, self.answer_to = sender, receiver, words, answer_to
        receiver.letters.setdefault(sender, []).append(self)


def draws(seed):
    while True:
        seed = (seed * 16807) % 2147483647
        yield seed


def population(n, draw):
    people = [Person(f"p{i}", None, i % 5) for i in range(20)]
    for i in range(20, n):
        mother = people[next(draw) % len(people)]
        people.append(Person(f"p{i}", mother, mother.born + 20 + i % 20))
    return people


def correspond(people, draw, count):
    last = None
    for i in range(count):
        a, b = people[next(draw) % len(people)], people[next(draw) % len(people)]
        words = tuple(f"w{next(draw) % 1000}" for _ in range(i % 4 + 1))
        last = Letter(a, b, words, last if i % 50 else None)
    return last


def generations(people):
    """How many have how many ancestors."""
    depths = {}
    for person in people:
        mother = person.mother
        depths[person] = depths[mother] + 1 if mother is not None else 0
    return Counter(depths.values())


def reachable(start):
    """How much hangs on one person, by the links of all kinds."""
    seen, stack, letters = {start}, [start], 0
    while stack:
        person = stack.pop()
        near = list(person.children)
        if person.mother is not None:
            near.append(person.mother)
        for sender, received in person.letters.items():
            letters += len(received)
            near.append(sender)
        for other in near:
            if other not in seen:
                seen.add(other)
                stack.append(other)
    return len(seen), letters


def tables(people):
    """Records of the same as tuples, dicts and strings, as a program that exports them makes them."""
    rows = [{"name": p.name, "born": p.born, "mother": p.mother and p.mother.name,
             "children": len(p.children)} for p in people]
    index = {}
    for row in rows:
        index.setdefault(row["born"] // 50, []).append((row["name"], row["children"]))
    text = "\n".join(",".join(map(str, row.values())) for row in rows)
    return len(rows), len(index), len(text)


def main(n):
    draw = draws(n)
    people = population(n, draw)
    last = correspond(people, draw, 2 * n)
    chain = 0
    while last is not None:
        chain += 1
        last = last.answer_to
    counts = generations(people)
    whole = reachable(people[0])
    sizes = [tables(people) for _ in range(2)]
    watched = [weakref.ref(p) for p in people[n // 2::n // 50]]
    for person in people[n // 2:]:
        for child in person.children:
            child.mother = None
        if person.mother is not None:
            person.mother.children.remove(person)
    del people[n // 2:], person, child
    for other in people:
        other.letters = {s: received for s, received in other.letters.items() if s.born < 60}
        other.children = [child for child in other.children if child.mother is not None]
    gc.collect()
    alive = {p.name for p in people} | {s.name for p in people for s in p.letters}
    assert sum(counts.values()) == n and whole[1] <= 2 * n
    print("generations", len(counts), max(counts.values()), "whole", *whole, "chain", chain, *sizes[0])
    writers = sum(len(p.letters) for p in people)
    print("left", len(people), len(alive), *reachable(people[0]), len(watched), writers)


main(int(sys.argv[1]) if len(sys.argv) > 1 else 16000)
