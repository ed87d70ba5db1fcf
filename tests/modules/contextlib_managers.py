"""contextlib: generators as managers and decorators, suppress, ExitStack, closing, redirect_stdout."""
import contextlib
import io
import types

log = []


@contextlib.contextmanager
def cm(x):
    log.append("in")
    try:
        yield x
    except KeyError:
        log.append("caught")
    finally:
        log.append("out")


with cm(5) as v:
    assert v == 5
with cm(1):
    raise KeyError
assert log == ["in", "out", "in", "caught", "out"]


@cm(2)
def decorated():
    return 9


assert decorated() == 9
with contextlib.suppress(ValueError, TypeError):
    raise TypeError
with contextlib.ExitStack() as st:
    st.callback(log.append, "cb")
    assert st.enter_context(cm(3)) == 3
assert log[-2:] == ["out", "cb"]
with contextlib.closing(types.SimpleNamespace(close=lambda: log.append("closed"))):
    pass
assert log[-1] == "closed"
with contextlib.redirect_stdout(io.StringIO()) as out:
    print("captured")
assert out.getvalue() == "captured\n" and contextlib.nullcontext(4).__enter__() == 4
assert isinstance(decorated, types.FunctionType)
