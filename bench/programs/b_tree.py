"""A B-tree as an ordered map: insertion with split nodes, deletion with merged ones, ranges; a sorted list as
its rival.
"""
import sys
from bisect import bisect_left, insort


class Node:
    __slots__ = ("keys", "values", "children")

    def __init__(self, keys, values, children):
        self.keys, self.values, self.children = keys, values, children


class BTree:
    """Every node but the root has between `half` and 2 * `half` keys; all leaves lie equally deep."""

    def __init__(self, half=8):
        self.half = half
        self.root = Node([], [], [])
        self.size = 0

    def get(self, key, default=None):
        node = self.root
        while True:
            i = bisect_left(node.keys, key)
            if i < len(node.keys) and node.keys[i] == key:
                return node.values[i]
            if not node.children:
                return default
            node = node.children[i]

    def put(self, key, value):
        split = self.put_below(self.root, key, value)
        if split:
            self.root = Node([split[0]], [split[1]], [self.root, split[2]])

    def put_below(self, node, key, value):
        i = bisect_left(node.keys, key)
        if i < len(node.keys) and node.keys[i] == key:
            node.values[i] = value
            return None
        if node.children:
            split = self.put_below(node.children[i], key, value)
            if not split:
                return None
            key, value, right = split
            node.children.insert(i + 1, right)
        else:
            self.size += 1
        node.keys.insert(i, key)
        node.values.insert(i, value)
        if len(node.keys) <= 2 * self.half:
            return None
        m = self.half
        right = Node(node.keys[m + 1:], node.values[m + 1:], node.children[m + 1:])
        split = node.keys[m], node.values[m], right
        del node.keys[m:], node.values[m:], node.children[m + 1:]
        return split

    def remove(self, key):
        self.remove_below(self.root, key)
        if not self.root.keys and self.root.children:
            self.root = self.root.children[0]

    def remove_below(self, node, key):
        i = bisect_left(node.keys, key)
        here = i < len(node.keys) and node.keys[i] == key
        if not node.children:
            if not here:
                raise KeyError(key)
            del node.keys[i], node.values[i]
            self.size -= 1
            return
        if here:
            last = node.children[i]
            while last.children:
                last = last.children[-1]
            key = node.keys[i] = last.keys[-1]
            node.values[i] = last.values[-1]
        self.remove_below(node.children[i], key)
        if len(node.children[i].keys) < self.half:
            self.refill(node, i)

    def refill(self, node, i):
        """The child i has too few keys: joined with a neighbour, and parted again if that is too much."""
        i = min(i, len(node.keys) - 1)
        left, right = node.children[i], node.children[i + 1]
        keys = left.keys + [node.keys[i]] + right.keys
        values = left.values + [node.values[i]] + right.values
        children = left.children + right.children
        if len(keys) <= 2 * self.half:
            node.children[i] = Node(keys, values, children)
            del node.keys[i], node.values[i], node.children[i + 1]
            return
        m = len(keys) // 2
        node.keys[i], node.values[i] = keys[m], values[m]
        node.children[i] = Node(keys[:m], values[:m], children[:m + 1])
        node.children[i + 1] = Node(keys[m + 1:], values[m + 1:], children[m + 1:])

    def items(self, low, high, node=None):
        node = node or self.root
        i = bisect_left(node.keys, low)
        while True:
            if node.children:
                yield from self.items(low, high, node.children[i])
            if i == len(node.keys) or node.keys[i] >= high:
                return
            yield node.keys[i], node.values[i]
            i += 1

    def depths(self, node=None, depth=0):
        node = node or self.root
        if not node.children:
            return {depth}
        return set().union(*(self.depths(child, depth + 1) for child in node.children))


def main(n):
    tree, keys = BTree(), [i * 7919 % 1000003 for i in range(n)]
    for key in keys:
        tree.put(key, -key)
    assert tree.size == n and [k for k, _ in tree.items(0, 1 << 30)] == sorted(keys)
    assert len(tree.depths()) == 1
    found = sum(tree.get(key) is not None for key in range(0, 1000003, 17))
    ranges = sum(sum(v for _, v in tree.items(low, low + 5000)) for low in range(0, 1000000, 20000))
    for key in keys[::3]:
        tree.remove(key)
    left = [k for k, _ in tree.items(0, 1 << 30)]
    assert left == sorted(set(keys) - set(keys[::3])) and len(tree.depths()) == 1
    ordered, small = [], BTree(2)
    for key in keys[:n // 4]:
        insort(ordered, key)
        small.put(key, key)
    for key in keys[:n // 4:2]:
        del ordered[bisect_left(ordered, key)]
        small.remove(key)
    assert ordered == [k for k, _ in small.items(0, 1 << 30)]
    print("found", found, "ranges", ranges, "left", len(left), left[n // 3], "depth", tree.depths())


main(int(sys.argv[1]) if len(sys.argv) > 1 else 80000)
