"""Allocation: build, walk and drop perfect binary trees of several depths while one long-lived tree stays."""
import sys


class Node:
    __slots__ = ("left", "right")

    def __init__(self, left, right):
        self.left = left
        self.right = right

    def size(self):
        if self.left is None:
            return 1
        return 1 + self.left.size() + self.right.size()


def tree(depth):
    if depth == 0:
        return Node(None, None)
    return Node(tree(depth - 1), tree(depth - 1))


def pair_tree(depth):
    return (pair_tree(depth - 1), pair_tree(depth - 1)) if depth else ()


def pair_size(node):
    return 1 + pair_size(node[0]) + pair_size(node[1]) if node else 1


def main(deepest):
    kept = tree(deepest)
    for depth in range(4, deepest + 1, 3):
        rounds = 1 << (deepest - depth + 2)
        total = 0
        for _ in range(rounds):
            total += tree(depth).size()
        assert total == rounds * ((2 << depth) - 1)
        print("depth", depth, "rounds", rounds, "nodes", total)
    pairs = pair_size(pair_tree(deepest))
    assert kept.size() == pairs == (2 << deepest) - 1
    print("kept", kept.size())


main(int(sys.argv[1]) if len(sys.argv) > 1 else 16)
