"""asyncio: tasks, gather, queues, timeouts, cancellation, subprocess-free."""
import asyncio

from _case import error


async def add(a, b):
    await asyncio.sleep(0)
    return a + b


async def main():
    assert await add(1, 2) == 3 and await asyncio.gather(*(add(i, 1) for i in range(4))) == [1, 2, 3, 4]
    t = asyncio.create_task(asyncio.sleep(10))
    await asyncio.sleep(0)
    t.cancel()
    try:
        await t
    except asyncio.CancelledError:
        pass
    assert t.cancelled()
    try:
        await asyncio.wait_for(asyncio.sleep(5), 0.01)
        assert False
    except TimeoutError:
        pass
    q = asyncio.Queue(1)

    async def produce():
        for i in range(3):
            await q.put(i)
        await q.put(None)
    p = asyncio.create_task(produce())
    got = []
    while (x := await q.get()) is not None:
        got.append(x)
    await p
    assert got == [0, 1, 2]
    lock = asyncio.Lock()
    async with lock:
        assert lock.locked()
    e = asyncio.Event()
    asyncio.get_running_loop().call_later(0.01, e.set)
    await e.wait()
    r = await asyncio.gather(add(1, 1), add("a", 1), return_exceptions=True)
    assert r[0] == 2 and isinstance(r[1], TypeError)
    async with asyncio.TaskGroup() as tg:
        a = tg.create_task(add(5, 5))
    assert a.result() == 10
    try:
        async with asyncio.TaskGroup() as tg:
            tg.create_task(add("a", 1))
    except* TypeError as g:
        assert len(g.exceptions) == 1
    assert await asyncio.to_thread(len, "abc") == 3
    return "done"


assert asyncio.run(main()) == "done"
