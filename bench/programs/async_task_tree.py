"""Trees of tasks: task groups in task groups, locks and events between them, limits by semaphore, failures
that cancel their siblings, timeouts, and context variables.
"""
import asyncio
import contextvars
import sys

depth_of = contextvars.ContextVar("depth", default=0)


class Stock:
    """What the workers share: takes and puts under one lock, waits until there is enough."""

    def __init__(self):
        self.condition = asyncio.Condition()
        self.goods = 0
        self.waited = 0

    async def put(self, count):
        async with self.condition:
            self.goods += count
            self.condition.notify_all()

    async def take(self, count):
        async with self.condition:
            while self.goods < count:
                self.waited += 1
                await self.condition.wait()
            self.goods -= count


async def grow(level, path, seen):
    token = depth_of.set(depth_of.get() + 1)
    if level == 0:
        seen.append((depth_of.get(), path))
    else:
        async with asyncio.TaskGroup() as group:
            for i in range(4):
                group.create_task(grow(level - 1, path * 4 + i, seen))
    depth_of.reset(token)


async def failing_family(size, bad):
    """The child numbered `bad` fails, all others are cancelled; who saw what."""
    ended = []

    async def child(i):
        try:
            await asyncio.sleep(0)
            if i == bad:
                raise ValueError(i)
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            ended.append(i)
            raise
    try:
        async with asyncio.TaskGroup() as group:
            for i in range(size):
                group.create_task(child(i))
    except* ValueError as errors:
        seen = errors.exceptions[0].args[0]
    assert seen == bad
    return len(ended), seen


async def limited(count, places):
    gate, inside, most = asyncio.Semaphore(places), 0, 0

    async def visit():
        nonlocal inside, most
        async with gate:
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0)
            inside -= 1
    await asyncio.gather(*(visit() for _ in range(count)))
    return most


async def run(n):
    seen = []
    for _ in range(max(1, n // 2000)):
        await grow(5, 0, seen)
    assert {depth for depth, _ in seen} == {6} and len(set(seen)) == 4 ** 5
    stock = Stock()
    async with asyncio.TaskGroup() as group:
        for i in range(n // 20):
            group.create_task(stock.take(i % 5 + 1))
        for i in range(n // 20):
            group.create_task(stock.put(i % 5 + 1))
    assert stock.goods == 0
    families = [await failing_family(20, i % 20) for i in range(n // 100)]
    assert all(cancelled == 19 for cancelled, _ in families)
    late = 0
    for i in range(n // 50):
        try:
            if i % 4 == 0:
                await asyncio.wait_for(asyncio.Event().wait(), 0.0)
            else:
                await asyncio.wait_for(asyncio.sleep(0), 60)
        except asyncio.TimeoutError:
            late += 1
    print("leaves", len(seen), "waited", stock.waited, "families", sum(bad for _, bad in families))
    print("most inside", await limited(n // 2, 7), "late", late)


def main(n):
    asyncio.run(run(n))


main(int(sys.argv[1]) if len(sys.argv) > 1 else 25000)
