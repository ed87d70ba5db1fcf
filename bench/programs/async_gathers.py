"""A tree of gathers: each inner coroutine awaits its children as tasks, each leaf gives way once and
returns a number.
"""
import asyncio
import sys

WIDTH = 6


async def node(level, index):
    if level == 0:
        await asyncio.sleep(0)
        return index * 7 % 1000
    children = await asyncio.gather(*(node(level - 1, index * WIDTH + i) for i in range(WIDTH)))
    return sum(children)


def expected(level, index):
    if level == 0:
        return index * 7 % 1000
    return sum(expected(level - 1, index * WIDTH + i) for i in range(WIDTH))


def main(trees, levels=5):
    totals = [asyncio.run(node(levels, tree)) for tree in range(trees)]
    assert totals[0] == expected(levels, 0) and totals[-1] == expected(levels, trees - 1)
    print(trees, levels, sum(totals))


main(int(sys.argv[1]) if len(sys.argv) > 1 else 4)
