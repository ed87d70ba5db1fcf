"""Futures ask their loop to call soon: one that is closed, debugs, is watched, or has its own way."""
import asyncio
import sys
from asyncio import events

from _case import error


async def plain():
    await asyncio.sleep(0)
    return await asyncio.gather(asyncio.sleep(0, 1), asyncio.sleep(0, 2))

assert asyncio.run(plain()) == [1, 2]

# ---- a loop that does it in its own way, one that makes its handles so, one that says that it debugs
seen = []


class Soon(asyncio.SelectorEventLoop):
    def call_soon(self, callback, *args, context=None):
        seen.append("soon")
        return super().call_soon(callback, *args, context=context)


class Handles(asyncio.SelectorEventLoop):
    def _call_soon(self, callback, args, context):
        seen.append("handle")
        return super()._call_soon(callback, args, context)


class Debugs(asyncio.SelectorEventLoop):
    def get_debug(self):
        seen.append("debug")
        return super().get_debug()


for cls in (Soon, Handles, Debugs):
    seen.clear()
    with asyncio.Runner(loop_factory=cls) as runner:
        assert runner.run(plain()) == [1, 2]
    assert len(seen) > 8, (cls, seen)


async def own():
    loop = asyncio.get_running_loop()
    await plain()
    usual = loop.call_soon
    loop.call_soon = lambda *args, **options: seen.append("own") or usual(*args, **options)
    seen.clear()
    await plain()
    del loop.call_soon
    own = len(seen)
    await plain()
    assert len(seen) == own > 5
asyncio.run(own())

# ---- it is taken up while it runs
async def change():
    loop = asyncio.get_running_loop()
    await plain()
    before = type(loop).call_soon

    def call_soon(self, *args, **options):
        seen.append("class")
        return before(self, *args, **options)
    asyncio.BaseEventLoop.call_soon = call_soon
    seen.clear()
    await plain()
    in_class = len(seen)
    asyncio.BaseEventLoop.call_soon = before
    await plain()
    assert len(seen) == in_class > 5

    handle = events.Handle

    class Counted(handle):
        def __init__(self, *args):
            seen.append("counted")
            super().__init__(*args)
    seen.clear()
    events.Handle = Counted
    await plain()
    counted = len(seen)
    events.Handle = handle
    await plain()
    assert len(seen) == counted > 5
asyncio.run(change())

# ---- who watches sees the calls
calls = []
sys.setprofile(lambda frame, event, arg: calls.append(frame.f_code.co_name) if event == "call" else None)
asyncio.run(plain())
sys.setprofile(None)
assert {"call_soon", "_call_soon", "_check_closed", "get_debug"} <= set(calls)

# ---- closed, debugging
loop = asyncio.new_event_loop()
future = loop.create_future()
future.add_done_callback(print)
loop.close()
assert error(future.set_result, 1) == "RuntimeError: Event loop is closed"
assert future.done()


async def where():
    handle = asyncio.get_running_loop()._ready
    task = asyncio.create_task(plain())
    assert handle[-1]._source_traceback and task._source_traceback[-1].name == "create_task"
    return await task
assert asyncio.run(where(), debug=True) == [1, 2]

# ---- what a handle is made of
loop = asyncio.new_event_loop()
future = loop.create_future()
future.add_done_callback(seen.append)
future.set_result(3)
handle, = loop._ready
assert type(handle) is events.Handle and not handle.cancelled()
assert handle._callback == seen.append and handle._args == (future,) and handle._loop is loop
assert handle._source_traceback is None and repr(handle).startswith("<Handle list.append(<Future finished")
handle.cancel()
assert handle.cancelled() and handle._args is None
loop.close()
