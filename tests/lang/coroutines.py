"""async def, await, async for, async with, async comprehensions and generators, driven by hand."""
from _case import error


class Pause:
    def __init__(self, value):
        self.value = value

    def __await__(self):
        got = yield self.value
        return got


def run(coro, *sends):
    """Drive a coroutine; what it yields and its result."""
    out = []
    values = iter(sends)
    try:
        out.append(coro.send(None))
        while True:
            out.append(coro.send(next(values, None)))
    except StopIteration as s:
        return out, s.value


async def simple():
    a = await Pause(1)
    b = await Pause(2)
    return a, b


assert run(simple(), "x", "y") == ([1, 2], ("x", "y"))


async def nested():
    return [await simple(), await simple()]


assert run(nested(), 1, 2, 3, 4) == ([1, 2, 1, 2], [(1, 2), (3, 4)])
log = []


class ACM:
    async def __aenter__(self):
        log.append("enter")
        await Pause("entering")
        return "target"

    async def __aexit__(self, t, v, tb):
        log.append(t.__name__ if t else None)
        await Pause("leaving")
        return t is ValueError


async def with_it():
    async with ACM() as t:
        log.append(t)
    async with ACM(), ACM() as u:
        raise ValueError
    return "end"


assert run(with_it()) == (["entering", "leaving", "entering", "entering", "leaving", "leaving"], "end")
assert log == ["enter", "target", None, "enter", "enter", "ValueError", None]


class AIter:
    def __init__(self, n):
        self.n = n

    def __aiter__(self):
        return self

    async def __anext__(self):
        if self.n == 0:
            raise StopAsyncIteration
        self.n -= 1
        await Pause("wait")
        return self.n


async def loop():
    out = []
    async for x in AIter(3):
        if x == 1:
            continue
        out.append(x)
    else:
        out.append("else")
    async for x in AIter(3):
        break
    else:
        out.append("never")
    return out


assert run(loop())[1] == [2, 0, "else"]


async def agen(n):
    for i in range(n):
        got = yield i
        if got:
            log.append(got)
        await Pause("p")


async def comps():
    a = [x async for x in agen(3)]
    b = {x: y async for x in agen(2) for y in range(2)}
    c = [await simple() for _ in range(1)]
    d = [x async for x in AIter(5) if x % 2]
    e = (x async for x in agen(2))
    return a, b, c, d, [v async for v in e]


assert run(comps())[1] == ([0, 1, 2], {0: 1, 1: 1}, [(None, None)], [3, 1], [0, 1])


async def protocol():
    g = agen(3)
    first = await g.__anext__()
    second = await g.asend("hello")
    try:
        await g.athrow(KeyError("k"))
    except KeyError as e:
        third = e.args
    await g.aclose()
    try:
        await g.__anext__()
    except StopAsyncIteration:
        fourth = "stopped"
    return first, second, third, fourth


log.clear()
assert run(protocol())[1] == (0, 1, ("k",), "stopped") and log == ["hello"]


async def bad_await():
    await 5


async def bad_for():
    async for x in [1]:
        pass


async def bad_with():
    async with 5:
        pass


assert error(lambda: run(bad_await())) == "TypeError: object int can't be used in 'await' expression"
assert error(lambda: run(bad_for())) == (
    "TypeError: 'async for' requires an object with __aiter__ method, got list")
assert error(lambda: run(bad_with())) == (
    "TypeError: 'int' object does not support the asynchronous context manager protocol")
c = simple()
assert type(c).__name__ == "coroutine" and c.cr_await is None and c.__name__ == "simple"
assert c.cr_running is False
assert error(lambda: iter(c)) == "TypeError: 'coroutine' object is not iterable"
c.send(None)
assert error(lambda: c.throw(OSError("t"))) == "OSError: t"
assert error(lambda: c.send(None)) == "RuntimeError: cannot reuse already awaited coroutine"
c.close()
c2 = simple()
assert error(lambda: c2.send(1)) == "TypeError: can't send non-None value to a just-started coroutine"
c2.close()


async def cleanup():
    try:
        await Pause(1)
    finally:
        log.append("cleanup")


log.clear()
c3 = cleanup()
c3.send(None)
c3.close()
assert log == ["cleanup"]


async def stop():
    raise StopIteration(1)


assert error(lambda: run(stop())) == "RuntimeError: coroutine raised StopIteration"


async def lambdas():
    f = lambda: (await_ for await_ in [1])
    return list(f())


assert run(lambdas())[1] == [1]
