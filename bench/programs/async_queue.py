"""Producers and consumers on one bounded asyncio queue: the producers wait when it is full, the
consumers when it is empty, and a poison pill ends each consumer.
"""
import asyncio
import sys

PRODUCERS, CONSUMERS, PLACES = 20, 10, 10


async def produce(queue, number, count):
    for i in range(count):
        await queue.put((number, i))


async def consume(queue, totals):
    while (item := await queue.get()) is not None:
        number, i = item
        totals[number] += i
        queue.task_done()
    queue.task_done()


async def run(count):
    queue, totals = asyncio.Queue(PLACES), [0] * PRODUCERS
    consumers = [asyncio.create_task(consume(queue, totals)) for _ in range(CONSUMERS)]
    await asyncio.gather(*(produce(queue, number, count) for number in range(PRODUCERS)))
    for _ in consumers:
        await queue.put(None)
    await queue.join()
    await asyncio.gather(*consumers)
    return totals


def main(count):
    totals = asyncio.run(run(count))
    assert totals == [count * (count - 1) // 2] * PRODUCERS
    print(PRODUCERS, CONSUMERS, sum(totals))


main(int(sys.argv[1]) if len(sys.argv) > 1 else 6000)
