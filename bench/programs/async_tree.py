"""Recursive awaits: a tree of coroutines without an event loop, a game tree searched by awaiting, and a
walk that gives way at every node, driven by hand.
"""
import sys


async def leaves(depth):
    if depth == 0:
        return 1
    return await leaves(depth - 1) + await leaves(depth - 1)


class Pause:
    """Awaited once: hands its value to whoever drives the coroutine, and gives back the answer."""

    def __init__(self, value):
        self.value = value

    def __await__(self):
        answer = yield self.value
        return answer


async def walk(low, high):
    """The sum of what the driver answers for each number, asked in the order of a balanced tree."""
    if low >= high:
        return 0
    middle = (low + high) // 2
    left = await walk(low, middle)
    own = await Pause(middle)
    return left + own + await walk(middle + 1, high)


async def nim(heaps, memory):
    """Is the player to move at these heaps the winner? Each position asks its followers."""
    if heaps in memory:
        return memory[heaps]
    won = False
    for i, heap in enumerate(heaps):
        for rest in range(heap):
            after = tuple(sorted(heaps[:i] + (rest,) + heaps[i + 1:]))
            if not await nim(after, memory):
                won = True
    memory[heaps] = won
    return won


def run(coroutine, answer=None):
    """Drive to the end; the result and how often it gave way."""
    value, pauses = None, 0
    while True:
        try:
            asked = coroutine.send(value)
        except StopIteration as stop:
            return stop.value, pauses
        pauses += 1
        value = answer(asked)


def main(depth):
    count, pauses = run(leaves(depth))
    assert count == 1 << depth and pauses == 0
    total, pauses = run(walk(0, 5 << (depth - 5)), lambda n: n * n % 97)
    assert total == sum(n * n % 97 for n in range(pauses)) and pauses == 5 << (depth - 5)
    memory = {}
    won, _ = run(nim((depth - 6, depth - 5, depth - 4), memory))
    for (a, b, c), winner in memory.items():
        assert winner == (a ^ b ^ c != 0)
    print("leaves", count, "walk", total, pauses, "nim", won, len(memory), sum(memory.values()))


main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
