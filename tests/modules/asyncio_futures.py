"""_asyncio.Future: outcomes, callbacks and their order, what is refused and how it is worded."""
import asyncio
import contextvars
import gc

import _asyncio

from _case import error, outcome

loop = asyncio.new_event_loop()


def run():
    loop.call_soon(loop.stop)
    loop.run_forever()


def future():
    return _asyncio.Future(loop=loop)


# ---- not initialised
bare = _asyncio.Future.__new__(_asyncio.Future)
assert error(repr, bare) == "RuntimeError: Future object is not initialized."
assert error(bare.result) == "InvalidStateError: Future object is not initialized."
assert error(bare.add_done_callback, 1) == "RuntimeError: uninitialized Future object"
assert bare._loop is None and bare.done() is False and bare._asyncio_future_blocking is False
assert error(_asyncio.Future, 1) == "TypeError: Future() takes no positional arguments"
assert error(lambda: _asyncio.Future(loop=3)) == "AttributeError: 'int' object has no attribute 'get_debug'"

# ---- results
f = future()
assert f._state == "PENDING" and not f.done() and f.get_loop() is loop and f._callbacks is None
assert error(f.result) == "InvalidStateError: Result is not set."
assert error(f.exception) == "InvalidStateError: Exception is not set."
f.set_result(5)
assert f.result() == 5 and f.exception() is None and f._result == 5 and f._state == "FINISHED"
assert error(f.set_result, 6) == "InvalidStateError: invalid state"
assert error(f.set_exception, ValueError) == "InvalidStateError: invalid state"
assert f.cancel() is False and repr(f) == "<Future finished result=5>"

# ---- exceptions
f = future()
assert error(f.set_exception, 3) == "TypeError: invalid exception object"
assert error(f.set_exception, StopIteration()) == (
    "TypeError: StopIteration interacts badly with generators and cannot be raised into a Future")
assert error(f.set_exception, int) == "TypeError: invalid exception object"
f.set_exception(KeyError)
assert f._log_traceback is True
assert error(f.result) == "KeyError: " and type(f.exception()) is KeyError and f._log_traceback is False
refused = error(setattr, f, "_log_traceback", True)
assert refused == "ValueError: _log_traceback can only be set to False"


def depth(e):
    n, t = 0, e.__traceback__
    while t:
        n, t = n + 1, t.tb_next
    return n


depths = []
for _ in range(3):
    try:
        f.result()
    except KeyError as e:
        depths.append(depth(e))
assert depths == [1, 1, 1]

# ---- cancelled
f = future()
assert f.cancel(msg="enough") is True and f.cancelled() and f._cancel_message == "enough"
assert error(f.result) == "CancelledError: enough" and error(f.exception) == "CancelledError: enough"
assert f._make_cancelled_error().args == ("enough",) and repr(f) == "<Future cancelled>"

# ---- callbacks: in their order, in their context, never at once
variable = contextvars.ContextVar("variable", default=0)
context = contextvars.copy_context()
context.run(variable.set, 7)
said = []
f = future()
f.add_done_callback(lambda g: said.append(("a", variable.get(), g is f)))
f.add_done_callback(lambda g: said.append(("b", variable.get(), g is f)), context=context)
f.add_done_callback(said.append)
f.add_done_callback(said.append)
assert f.remove_done_callback(said.append) == 2 and len(f._callbacks) == 2
f.set_result(None)
assert said == [] and f._callbacks is None
run()
assert said == [("a", 0, True), ("b", 7, True)]
f.add_done_callback(lambda g: said.append("late"))
assert len(said) == 2
run()
assert said[2:] == ["late"]
refused = error(f.add_done_callback)
assert refused == "TypeError: add_done_callback() takes exactly 1 positional argument (0 given)"


class Hostile:
    """An equal callback that changes the list while it is looked through."""
    def __eq__(self, other):
        g.remove_done_callback(other) if other is not self and depth_left.pop() else None
        return True


depth_left = [0, 0, 0, 0, 1]
g = future()
for _ in range(4):
    g.add_done_callback(Hostile())
g.remove_done_callback(print)
assert g._callbacks is None or len(g._callbacks) <= 4

# ---- the iterator of await
f = future()
step = f.__await__()
assert next(step) is f and f._asyncio_future_blocking is True
assert error(next, step) == "RuntimeError: await wasn't used with future"
f.set_result("done")
try:
    step.send(None)
except StopIteration as e:
    assert e.value == "done"
assert error(next, step) == "StopIteration: "
assert error(f.__await__().throw, ValueError, 3) == "ValueError: 3"
refused = error(f.__await__().throw, 3)
assert refused == "TypeError: exceptions must be classes deriving BaseException or instances of such a class"
assert f.__await__().close() is None and iter(step) is step

# ---- subclasses and attributes
f = future()
f.anything = 1
assert f.anything == 1


class Named(_asyncio.Future):
    def __init__(self, name, **options):
        super().__init__(**options)
        self.name = name


n = Named("n", loop=loop)
n.set_result(n.name)
assert n.result() == "n" and repr(n) == "<Named finished result='n'>"
assert _asyncio.Future[int].__args__ == (int,)

# ---- an exception that nobody asked for is told when the future dies
told = []
loop.set_exception_handler(lambda loop, about: told.append(about))


def lose():
    for _ in range(3):
        future().set_exception(ValueError("lost"))
        Named("x", loop=loop).set_exception(ValueError("lost"))
        future().set_result(3)


lose()
gc.collect()
gc.collect()
messages = [about["message"] for about in told]
assert "Future exception was never retrieved" in messages
assert "Named exception was never retrieved" in messages
assert len(told) <= 6 and all(str(about["exception"]) == "lost" and about["future"].done() for about in told)

# ---- debug: where it was made
loop.set_debug(True)
assert future()._source_traceback[-1].name == "future"
assert outcome(repr, future()).startswith("<Future pending created at ")
loop.close()
