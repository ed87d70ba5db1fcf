"""contextvars: values, tokens, contexts."""
import contextvars

v = contextvars.ContextVar("v", default=1)
w = contextvars.ContextVar("w")
assert v.get() == 1 and w.get(5) == 5 and v.name == "v"
try:
    w.get()
except LookupError as e:
    assert e.args == (w,)
token = v.set(2)
assert v.get() == 2 and token.var is v and token.old_value is contextvars.Token.MISSING
context = contextvars.copy_context()


def change():
    v.set(3)
    w.set(4)
    return v.get(), w.get()


assert context.run(change) == (3, 4)
assert v.get() == 2 and w.get(None) is None and context[v] == 3 and w in context and len(context) == 2
v.reset(token)
assert v.get() == 1
try:
    v.reset(token)
except RuntimeError as e:
    assert "has already been used once" in str(e)
try:
    context.run(context.run, lambda: None)
except RuntimeError as e:
    assert str(e).startswith("cannot enter context: ")
assert dict(context.items()) == {v: 3, w: 4}
