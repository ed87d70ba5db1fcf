"""_asyncio.Task: steps, waiting, cancelling, what coroutines may not give, all tasks, the running loop."""
import asyncio
import gc
import os
import traceback
import types

import _asyncio

from _case import error


async def names():
    t = asyncio.create_task(asyncio.sleep(0), name="mine")
    u = asyncio.create_task(asyncio.sleep(0))
    v = _asyncio.Task(asyncio.sleep(0), name=[1])
    assert t.get_name() == "mine" and v.get_name() == "[1]"
    first = int(u.get_name().removeprefix("Task-"))
    u.set_name(3)
    assert u.get_name() == "3"
    w = asyncio.create_task(asyncio.sleep(0))
    assert int(w.get_name().removeprefix("Task-")) == first + 1
    await asyncio.gather(t, u, v, w)
    assert error(t.set_result, 1) == "RuntimeError: Task does not support set_result operation"
    assert error(t.set_exception, 1) == "RuntimeError: Task does not support set_exception operation"
    assert error(_asyncio.Task, 3) == "TypeError: a coroutine was expected, got 3"


async def order():
    said = []

    async def say(what):
        for i in range(2):
            said.append((what, i))
            await asyncio.sleep(0)
    await asyncio.gather(*(say(c) for c in "abc"))
    assert said == [(c, i) for i in range(2) for c in "abc"]


@types.coroutine
def give(what):
    return (yield what)


async def mistakes():
    loop = asyncio.get_running_loop()
    me = asyncio.current_task()

    async def wrong(what):
        await give(what)

    async def told(what):
        try:
            await asyncio.create_task(wrong(what))
        except RuntimeError as e:
            return str(e).split(" in task ")[0].split(" <")[0]
    assert await told(3) == "Task got bad yield: 3"
    assert await told(loop.create_future()) == "yield was used instead of yield from"
    assert await told((i for i in ())) == "yield was used instead of yield from for generator"
    other = asyncio.new_event_loop()
    f = other.create_future()
    f._asyncio_future_blocking = True
    assert await told(f) == "Task"
    other.close()
    try:
        await give(me)
    except RuntimeError as e:
        assert str(e).startswith("Task cannot await on itself: <Task pending")


async def cancelling():
    async def stubborn():
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError as e:
            return e.args
    t = asyncio.create_task(stubborn())
    await asyncio.sleep(0)
    assert t.cancelling() == 0 and t.cancel("why") and t.cancelling() == 1
    assert await t == ("why",) and not t.cancelled() and t.cancel() is False
    assert t.uncancel() == 0 and t.uncancel() == 0

    t = asyncio.create_task(asyncio.sleep(10))  # before its first step
    t.cancel()
    assert t._must_cancel is True
    await asyncio.wait([t])
    assert t.cancelled() and t._must_cancel is False
    try:
        await t
    except asyncio.CancelledError as e:
        first = e
    assert first.args == ()

    async def waits(t):
        await t
    inner = asyncio.get_running_loop().create_future()
    outer = asyncio.create_task(waits(inner))
    await asyncio.sleep(0)
    assert outer._fut_waiter is inner and "task_wakeup" in repr(inner)
    outer.cancel("outside")
    assert inner.cancelled() and inner._cancel_message == "outside"
    try:
        await outer
    except asyncio.CancelledError as e:
        assert e.args == ("outside",)
        # raised here, and where it came from
        assert [f.name for f in traceback.extract_tb(e.__traceback__)] == ["cancelling", "waits"]


async def failing():
    async def bad():
        1 / 0
    t = asyncio.create_task(bad())
    try:
        await t
    except ZeroDivisionError as e:
        assert [f.name for f in traceback.extract_tb(e.__traceback__)] == ["failing", "bad"]
    assert t.get_stack()[-1].f_code.co_name == "bad" and len(t.get_stack(limit=1)) == 1


class Foreign:
    """A future by its looks only."""
    def __init__(self, loop):
        self.loop, self._asyncio_future_blocking, self.callbacks = loop, False, []

    def get_loop(self):
        return self.loop

    def add_done_callback(self, callback, *, context):
        self.callbacks.append((callback, context))

    def done(self, result):
        self.answer = result
        for callback, context in self.callbacks:
            self.loop.call_soon(callback, self, context=context)

    def result(self):
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer

    def __await__(self):
        self._asyncio_future_blocking = True
        yield self
        return self.result()

    def cancel(self, msg=None):
        self.done(ValueError("cancelled, in its way"))
        return True


async def foreign():
    loop = asyncio.get_running_loop()

    async def wait(f):
        return await f
    f, g, h = Foreign(loop), Foreign(loop), Foreign(loop)
    tasks = [asyncio.create_task(wait(x)) for x in (f, g, h)]
    await asyncio.sleep(0)
    f.done(1)
    g.done(KeyError(2))
    tasks[2].cancel()
    got = await asyncio.gather(*tasks, return_exceptions=True)
    assert repr(got) == "[1, KeyError(2), ValueError('cancelled, in its way')]", got


class Coroutine:
    """A coroutine by its methods only, that is not even an iterator."""
    def __init__(self):
        self.sent = []

    def send(self, value):
        self.sent.append(value)
        if len(self.sent) == 3:
            raise StopIteration("returned")

    def throw(self, *args):
        raise args[0]

    def close(self):
        pass

    def __await__(self):
        return self


asyncio.coroutines.collections.abc.Coroutine.register(Coroutine)


class Mine(_asyncio.Task):
    def cancel(self, msg=None):
        self.asked = True
        return super().cancel(msg)


async def others():
    assert await _asyncio.Task(Coroutine()) == "returned"
    t = Mine(asyncio.sleep(10))

    async def wait():
        await t
    u = asyncio.create_task(wait())
    await asyncio.sleep(0)
    u.cancel()
    await asyncio.wait([u])
    assert t.asked and t.cancelled() and u.cancelled()


async def registry():
    loop, me = asyncio.get_running_loop(), asyncio.current_task()
    assert asyncio.all_tasks() == {me} and me in _asyncio._all_tasks
    t = asyncio.create_task(asyncio.sleep(0))
    assert asyncio.all_tasks() == {me, t}
    _asyncio._unregister_task(t)
    assert asyncio.all_tasks() == {me}
    _asyncio._register_task(t)
    await t
    assert asyncio.all_tasks() == {me}

    class Like:
        _loop = loop

        def done(self):
            return False
    like = Like()
    _asyncio._register_task(like)
    assert asyncio.all_tasks() == {me, like} and like in _asyncio._all_tasks
    _asyncio._unregister_task(like)
    assert asyncio.all_tasks() == {me}
    assert error(_asyncio._register_task, 3) == "TypeError: cannot create weak reference to 'int' object"
    refused = error(_asyncio._enter_task, loop, me)
    assert refused.startswith("RuntimeError: Cannot enter into task <Task pending")
    refused = error(_asyncio._leave_task, loop, 3)
    assert refused.startswith("RuntimeError: Leaving task 3 does not match the current")
    assert _asyncio._current_tasks == {loop: me}
    assert _asyncio.get_running_loop() is loop is _asyncio.get_event_loop()
    child = os.fork()
    if child == 0:
        os._exit(0 if _asyncio._get_running_loop() is None else 3)
    assert os.waitpid(child, 0)[1] == 0


async def destroyed():
    loop, told = asyncio.get_running_loop(), []
    loop.set_exception_handler(lambda loop, about: told.append(about["message"]))

    async def forever():
        await loop.create_future()

    async def lose():
        for _ in range(5):
            asyncio.create_task(forever())
            await asyncio.sleep(0)
    await asyncio.create_task(lose())
    for _ in range(3):
        gc.collect()
        await asyncio.sleep(0)
    assert told and set(told) == {"Task was destroyed but it is pending!"}


for test in (names, order, mistakes, cancelling, failing, foreign, others, registry, destroyed):
    asyncio.run(test())
assert _asyncio._get_running_loop() is None and _asyncio._current_tasks == {}
assert error(_asyncio.get_running_loop) == "RuntimeError: no running event loop"
