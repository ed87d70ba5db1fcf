"""Async generators: pipelines, comprehensions, two-way asend, merging by tasks, aclose in the middle,
async with.
"""
import asyncio
import sys


async def numbers(limit, rest=64):
    for i in range(limit):
        if i % rest == 0:
            await asyncio.sleep(0)
        yield i


async def squares(source):
    async for n in source:
        yield n * n % 1009


async def batches(source, size):
    batch = []
    async for n in source:
        batch.append(n)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


async def averager():
    total, count, answer = 0, 0, None
    while True:
        value = yield answer
        total += value
        count += 1
        answer = total // count


class Ledger:
    """Counts who is inside, and what was written there."""

    def __init__(self):
        self.open = self.entered = 0

    async def __aenter__(self):
        self.open += 1
        self.entered += 1
        return self

    async def __aexit__(self, *error):
        self.open -= 1


async def guarded(ledger, source):
    """Closes what it opened even if nobody asks it to the end."""
    async with ledger:
        async for n in source:
            yield n


async def until(limit, source):
    async for n in source:
        if n >= limit:
            break
        yield n


async def merged(sources):
    queue = asyncio.Queue(8)

    async def pump(source):
        async for n in source:
            await queue.put(n)
        await queue.put(None)
    tasks = [asyncio.create_task(pump(source)) for source in sources]
    left = len(tasks)
    while left:
        item = await queue.get()
        if item is None:
            left -= 1
        else:
            yield item
    await asyncio.gather(*tasks)


async def run(n):
    total = 0
    async for batch in batches(squares(numbers(n)), 10):
        total += max(batch) - min(batch)
    kept = [x async for x in squares(numbers(n)) if x % 3 == 0]
    table = {x: x % 7 async for x in squares(numbers(n // 4))}
    means = averager()
    await means.asend(None)
    trail = [await means.asend(i * 31 % 503) for i in range(n)]
    await means.aclose()
    ledger, cut = Ledger(), 0
    for i in range(n // 20):
        stream = guarded(ledger, numbers(20, 100))
        cut += sum([x async for x in until(i % 25, stream)])
        await stream.aclose()
    assert ledger.open == 0 and ledger.entered == n // 20
    together = sorted([x async for x in merged([numbers(n // 8), squares(numbers(n // 8))])])
    assert len(together) == n // 8 * 2
    print("batches", total, "kept", len(kept), sum(kept), "table", len(table), sum(table.values()))
    print("means", trail[-1], sum(trail), "cut", cut, "together", together[-1], sum(together))


def main(n):
    asyncio.run(run(n))


main(int(sys.argv[1]) if len(sys.argv) > 1 else 200000)
