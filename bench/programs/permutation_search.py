"""Searches over permutations: number puzzles, a round trip through towns, the next permutation in place,
ranks, cycles, and flips.
"""
import itertools
import sys


def next_permutation(items):
    """The follower in lexicographic order, in place; False after the last."""
    i = len(items) - 2
    while i >= 0 and items[i] >= items[i + 1]:
        i -= 1
    if i < 0:
        return False
    j = len(items) - 1
    while items[j] <= items[i]:
        j -= 1
    items[i], items[j] = items[j], items[i]
    items[i + 1:] = reversed(items[i + 1:])
    return True


def by_exchange(items):
    """Every permutation once, each by one exchange from the one before."""
    counters = [0] * len(items)
    yield tuple(items)
    i = 0
    while i < len(items):
        if counters[i] < i:
            j = 0 if i % 2 == 0 else counters[i]
            items[i], items[j] = items[j], items[i]
            yield tuple(items)
            counters[i] += 1
            i = 0
        else:
            counters[i] = 0
            i += 1


def rank(permutation):
    """Its place in lexicographic order, from a list of what is left."""
    left, place = sorted(permutation), 0
    for p in permutation:
        place = place * len(left) + left.index(p)
        left.remove(p)
    return place


def cycles(permutation):
    seen, found = set(), []
    for start in range(len(permutation)):
        length = 0
        while start not in seen:
            seen.add(start)
            start = permutation[start]
            length += 1
        if length:
            found.append(length)
    return tuple(sorted(found))


def puzzle(words, total, base):
    """Digits for letters so that the words' sum is right; the first solution in this base."""
    letters = sorted(set("".join(words) + total))
    weight = dict.fromkeys(letters, 0)
    for word, sign in [(w, 1) for w in words] + [(total, -1)]:
        for power, letter in enumerate(reversed(word)):
            weight[letter] += sign * base ** power
    weights = [weight[letter] for letter in letters]
    first = {letters.index(word[0]) for word in words + [total]}
    for digits in itertools.permutations(range(base), len(letters)):
        if sum(w * d for w, d in zip(weights, digits)) == 0 and not any(digits[i] == 0 for i in first):
            return "".join(f"{letter}{digit}" for letter, digit in zip(letters, digits))
    return None


def round_trip(towns):
    """The shortest way through all towns, by trying all with a bound."""
    best = [1 << 30, ()]

    def extend(way, left, length):
        if length + 2 >= best[0]:
            return
        if not left:
            length += distance[way[-1]][way[0]]
            if length < best[0]:
                best[:] = length, tuple(way)
        for town in sorted(left):
            way.append(town)
            extend(way, left - {town}, length + distance[way[-2]][town])
            way.pop()
    distance = [[abs(a - c) + abs(b - d) + 1 for c, d in towns] for a, b in towns]
    extend([0], frozenset(range(1, len(towns))), 0)
    return best


def main(n):
    items, count = list(range(n)), 1
    while next_permutation(items):
        count += 1
    exchanged = set(by_exchange(list(range(n - 1))))
    assert len(exchanged) == count // n
    shapes = {}
    for p in itertools.permutations(range(n - 1)):
        shape = cycles(p)
        shapes[shape] = shapes.get(shape, 0) + 1
    assert [rank(p) for p in itertools.permutations("abcdef")] == list(range(720))
    towns = [(i * 37 % 50, i * 61 % 47) for i in range(n)]
    print("permutations", count, len(exchanged), "shapes", len(shapes), max(shapes.values()))
    print(puzzle(["TWO", "TWO"], "FOUR", n + 1), puzzle(["NO", "GUN", "NO"], "HUNT", n + 1))
    print("towns", *round_trip(towns))


main(int(sys.argv[1]) if len(sys.argv) > 1 else 9)
