"""Tries three ways: dicts of letters, objects with links, and numbers in arrays; completion, many words found
in a text at once, nearest words, routes by prefix.
"""
import sys
from collections import deque

PARTS = "an ba cor de el fa gri ho in ka lu mo ne or pi qua re sto ta un vi wen xa yo zu".split()
END = ""


def make_words(n):
    seed, words = 23, set()
    while len(words) < n:
        seed = (seed * 1664525 + 1013904223) & 0xFFFFFFFF
        s = seed >> 5
        words.add("".join(PARTS[s // 31 ** k % len(PARTS)] for k in range(2 + s % 3)))
    return sorted(words)


def plain_trie(words):
    root = {}
    for word in words:
        node = root
        for c in word:
            node = node.setdefault(c, {})
        node[END] = word
    return root


def completions(root, prefix, limit):
    node = root
    for c in prefix:
        if c not in node:
            return []
        node = node[c]
    found, stack = [], [node]
    while stack and len(found) < limit:
        node = stack.pop()
        if END in node:
            found.append(node[END])
        stack.extend(node[c] for c in sorted(node, reverse=True) if c)
    return found


def near(root, word, distance):
    """Words within so many edits: a row of the table of distances for each node."""
    found = []

    def visit(node, letter, above):
        row = [above[0] + 1]
        for i, c in enumerate(word, 1):
            row.append(min(row[-1] + 1, above[i] + 1, above[i - 1] + (c != letter)))
        if row[-1] <= distance and END in node:
            found.append((row[-1], node[END]))
        if min(row) <= distance:
            for c, child in node.items():
                if c:
                    visit(child, c, row)
    for c, child in root.items():
        visit(child, c, list(range(len(word) + 1)))
    return sorted(found)


class State:
    """One state of the machine that looks for all words at once."""
    __slots__ = ("next", "fall", "ends")

    def __init__(self):
        self.next, self.fall, self.ends = {}, None, 0


def machine(words):
    root = State()
    for word in words:
        state = root
        for c in word:
            if c not in state.next:
                state.next[c] = State()
            state = state.next[c]
        state.ends += 1
    queue = deque()
    for state in root.next.values():
        state.fall = root
        queue.append(state)
    while queue:
        state = queue.popleft()
        for c, child in state.next.items():
            fall = state.fall
            while fall is not None and c not in fall.next:
                fall = fall.fall
            child.fall = fall.next[c] if fall is not None else root
            child.ends += child.fall.ends
            queue.append(child)
    return root


def hits(root, text):
    state, count = root, 0
    for c in text:
        while state is not root and c not in state.next:
            state = state.fall
        state = state.next.get(c, root)
        count += state.ends
    return count


class Routes:
    """Bits of addresses as a trie in two flat lists: the longest prefix gives the answer."""

    def __init__(self):
        self.links, self.answers = [0, 0], [None]

    def add(self, bits, length, answer):
        node = 0
        for i in range(31, 31 - length, -1):
            at = 2 * node + (bits >> i & 1)
            if not self.links[at]:
                self.links[at] = len(self.answers)
                self.links += [0, 0]
                self.answers.append(None)
            node = self.links[at]
        self.answers[node] = answer

    def find(self, bits):
        node, best = 0, None
        for i in range(31, -1, -1):
            if self.answers[node] is not None:
                best = self.answers[node]
            node = self.links[2 * node + (bits >> i & 1)]
            if not node:
                break
        return best


def main(n):
    words = make_words(n)
    root = plain_trie(words)
    assert completions(root, "", n + 1) == words
    offered = [completions(root, word[:3], 10) for word in words[::7]]
    close = [near(root, word[:-1] + "e", 1) for word in words[::max(1, n // 300)]]
    text = "".join(words[::-3]) * 2
    few = words[::40]
    found = hits(machine(few), text)
    part = text[:2000]
    assert hits(machine(few), part) == sum(part.startswith(word, i) for word in few for i in range(2000))
    routes = Routes()
    for i in range(n):
        routes.add(i * 2654435761 & 0xFFFFFFFF, i % 17 + 9, i)
    answers = [routes.find(i * 40503001 & 0xFFFFFFFF) for i in range(2 * n)]
    print("offered", sum(map(len, offered)), "close", sum(map(len, close)), close[3][:3], "hits", found)
    print("routes", len(routes.answers), sum(a or 0 for a in answers), answers.count(None))


main(int(sys.argv[1]) if len(sys.argv) > 1 else 16000)
