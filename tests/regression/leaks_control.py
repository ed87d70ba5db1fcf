"""Generators, loops, frames, tracebacks, threads and contexts that ended are given back."""
# modes: reference cold warm switch
import asyncio
import contextlib
import contextvars
import sys
import threading

from _leaks import counter, kind, run


@kind(100000)
def generators_left_alone():
    next(i for i in (1, 2, 3))


@kind(50000)
def generators_with_finally():
    def g():
        try:
            yield 1
        finally:
            len("x")
    next(g())


@kind(500)
def event_loops():
    async def main():
        async def gen():
            yield 1
        async for _ in gen():
            pass
        await asyncio.sleep(0)
        asyncio.create_task(asyncio.sleep(0))
    asyncio.run(main())


@kind(50000)
def exceptions_with_tracebacks():
    try:
        raise ValueError(next(counter))
    except ValueError as e:
        kept = e
        kept.own = sys.exc_info()[2]


@kind(50000)
def frames():
    frame = sys._getframe()
    frame.f_locals["frame"]


@kind(500)
def traced_calls():
    sys.settrace(lambda frame, event, arg: None)
    exec("def traced():\n    return %d\ntraced()" % next(counter), {})
    sys.settrace(None)


@kind(3000)
def threads():
    thread = threading.Thread(target=lambda: len("x"))
    thread.start()
    thread.join()


@kind(1000)
def thread_locals():
    local = threading.local()

    def work():
        local.x = [next(counter)]
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()


@kind(50000)
def contexts(variable=contextvars.ContextVar("variable")):
    contextvars.copy_context().run(variable.set, next(counter))


@kind(30000)
def context_variables():
    contextvars.Context().run(lambda: contextvars.ContextVar("v%d" % next(counter)).set(1))


@kind(30000)
def exit_stacks():
    with contextlib.ExitStack() as stack:
        stack.callback(len, "x")


run()
