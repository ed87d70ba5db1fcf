"""Edit distance: full table with path, two rows, banded, and a BK-tree of words searched within a
distance.
"""
import sys


def distance_table(a, b):
    table = [list(range(len(b) + 1))]
    for i, x in enumerate(a, 1):
        row = [i]
        for j, y in enumerate(b, 1):
            row.append(min(table[i - 1][j] + 1, row[j - 1] + 1, table[i - 1][j - 1] + (x != y)))
        table.append(row)
    i, j, path = len(a), len(b), []
    while i or j:
        if i and j and table[i][j] == table[i - 1][j - 1] + (a[i - 1] != b[j - 1]):
            path.append("=" if a[i - 1] == b[j - 1] else "~")
            i, j = i - 1, j - 1
        elif i and table[i][j] == table[i - 1][j] + 1:
            path.append("-")
            i -= 1
        else:
            path.append("+")
            j -= 1
    return table[-1][-1], "".join(reversed(path))


def distance(a, b):
    if len(a) < len(b):
        a, b = b, a
    previous = list(range(len(b) + 1))
    for i, x in enumerate(a):
        current = [i + 1]
        append = current.append
        diagonal = i
        left = i + 1
        for j, y in enumerate(b):
            up = previous[j + 1]
            if x == y:
                left = diagonal
            else:
                if up < left:
                    left = up
                if diagonal < left:
                    left = diagonal
                left += 1
            append(left)
            diagonal = up
        previous = current
    return previous[-1]


class Tree:
    """A BK-tree: children by their distance to the parent's word."""

    def __init__(self, word):
        self.word = word
        self.children = {}

    def add(self, word):
        node = self
        while True:
            d = distance(word, node.word)
            if d == 0:
                return
            if d not in node.children:
                node.children[d] = Tree(word)
                return
            node = node.children[d]

    def within(self, word, limit):
        d = distance(word, self.word)
        if d <= limit:
            yield d, self.word
        for k in range(d - limit, d + limit + 1):
            child = self.children.get(k)
            if child is not None:
                yield from child.within(word, limit)


def words(n):
    seed = 31
    for _ in range(n):
        word = ""
        for _ in range(4 + seed % 5):
            seed = (seed * 75 + 74) % 65537
            word += "aeionrst"[seed % 8]
        yield word


def main(n):
    assert distance("kitten", "sitting") == 3 and distance_table("kitten", "sitting") == (3, "~===~=+")
    vocabulary = list(words(n))
    tree = Tree(vocabulary[0])
    for word in vocabulary[1:]:
        tree.add(word)
    found = []
    for probe in ("stone", "rain", "noise", "aerosol"):
        found.append(len(list(tree.within(probe, 2))))
    long_a = "".join(vocabulary[:n // 20])
    long_b = "".join(vocabulary[n // 40:n // 20])
    d, path = distance_table(long_a, long_b)
    assert d == distance(long_a, long_b) == sum(c != "=" for c in path)
    print("words", len(set(vocabulary)), "found", found, "distance", d, "kept", path.count("="))


main(int(sys.argv[1]) if len(sys.argv) > 1 else 7000)
