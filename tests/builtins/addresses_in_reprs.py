"""The addresses that texts of objects show are those of id(), whole."""
import _thread
import contextvars
import re
import threading
import types
import weakref


class Plain:
    __slots__ = ("__weakref__",)

    def method(self):
        pass


def generator():
    yield


async def coroutine():
    pass


plain, waiting = Plain(), coroutine()
shown = [
    plain,
    generator,
    generator(),
    waiting,
    _thread.allocate_lock(),
    threading.RLock(),
    object(),
    iter([]),
    iter(()),
    iter("a"),
    iter({}),
    iter(set()),
    zip(),
    map(str, []),
    reversed([]),
    enumerate([]),
    types.CellType(1),
    weakref.ref(plain),
    staticmethod(len).__get__(plain),
    contextvars.ContextVar("v"),
    compile("1", "f", "eval"),
    memoryview(b""),
    property(),
    super(Plain, plain).__init__,
    (lambda: 0),
    types.MethodType(len, plain).__call__,
    compile("1", "f", "eval").co_lines(),
    compile("1", "f", "eval").co_positions(),
]
for it in shown:
    text = repr(it)
    found = re.findall(r"0x[0-9a-f]+", text)
    owners = {f"{id(it):#x}", f"{id(plain):#x}", f"{id(getattr(it, '__self__', None)):#x}"}
    if "built-in" not in text:
        assert found and (set(found) & owners or text.startswith(("<super", "<cell"))), (text, owners)
waiting.close()

proxies = [weakref.proxy(plain), weakref.proxy(Plain)]
for proxy, referent in zip(proxies, (plain, Plain)):
    assert re.fullmatch(
        rf"<weakproxy at 0x[0-9a-f]+ to \w+ at {id(referent):#x}>", object.__str__(proxy)
    ) or f" at {id(referent):#x}>" in repr(proxy), repr(proxy)

# what co_lines() and co_positions() give is of classes of their own, and is neither copied nor pickled
code = compile("a = 1\nb = 2", "f", "exec")
for it, name in ((code.co_lines(), "line_iterator"), (code.co_positions(), "positions_iterator")):
    cls = type(it)
    assert (cls.__name__, cls.__mro__) == (name, (cls, object)) and iter(it) is it
    assert not hasattr(it, "__length_hint__") and not hasattr(it, "__setstate__")
    try:
        it.__reduce_ex__(2)
    except TypeError as e:
        assert str(e) == f"cannot pickle '{name}' object"
    else:
        raise AssertionError(name)
    try:
        cls()
    except TypeError as e:
        assert str(e) == f"cannot create '{name}' instances"
    else:
        raise AssertionError(name)
    rows = list(it)
    assert rows and next(it, None) is None
    assert len(rows[-1]) == (3 if name == "line_iterator" else 4)
assert [row[2] for row in code.co_lines() if row[2]][-2:] == [1, 2] or 2 in {
    row[2] for row in code.co_lines()
}
