"""T.__new__(T) and object.__new__(T) of every class there is: only a class that can be called with no
instance at hand makes one; iterators, views, frames, matches and the like refuse, whoever is asked to make
them."""
import _thread
import csv
import gc
import hashlib
import importlib
import re
import sys
import types
import warnings

from _case import outcome

warnings.simplefilter("ignore")
for name in (
        "abc array ast asyncio binascii bisect bz2 collections contextlib contextvars copy csv "
        "dataclasses datetime decimal "
        "enum fractions functools gc hashlib heapq inspect io itertools json lzma math operator os "
        "pickle queue random re "
        "select signal socket string struct symtable sys threading time tokenize traceback types typing "
        "uuid weakref zlib").split():
    importlib.import_module(name)


def classes():
    """Every class that can be reached."""
    todo, seen = [object], set()
    while todo:
        cls = todo.pop()
        if cls not in seen:
            seen.add(cls)
            todo.extend(type.__subclasses__(cls))
    return sorted(seen, key=lambda cls: (cls.__module__, cls.__qualname__))


def refuses(answer):
    return isinstance(answer, str) and answer.startswith("TypeError: ") and " is not safe, use " in answer


# of these there are instances that only the interpreter can make
def generator():
    yield


async def coroutine():
    pass


async def async_generator():
    yield


coro, agen = coroutine(), async_generator()
asend = agen.asend(None)
athrow = agen.athrow(ValueError)
made_elsewhere = [iter([]), reversed([]), iter(()), iter(""), iter(b""), iter(bytearray()), iter({}),
                  iter({}.values()), iter({}.items()),
                  reversed({}), iter(set()), iter(range(3)), iter(range(2**70)), iter(int, 1),
                  {}.keys(), {}.values(), {}.items(), re.compile("a"),
                  re.match("a", "a"), re.compile("a").scanner("a"), generator(), coro, agen, asend, athrow,
                  sys._getframe(), len, [].append, str.join, int.__add__, (1).__add__,
                  type.__dict__["__mro__"], dict.__dict__["fromkeys"],
                  hashlib.md5(), hashlib.sha256(), None.__class__.__bool__, type(int.real), sys.flags,
                  memoryview(b"").__iter__(),
                  __import__("array").array("i").__iter__(), __import__("contextvars").copy_context().items(),
                  __import__("_thread").allocate_lock(), __import__("functools").cmp_to_key(min)(1)]
for thing in made_elsewhere:
    cls = type(thing)
    if cls is type:
        cls = thing
    if cls in (type, type(NotImplemented)):
        continue
    assert refuses(outcome(object.__new__, cls)), (cls, outcome(object.__new__, cls))
    answer = outcome(cls.__new__, cls)
    assert refuses(answer), (cls, answer)
    assert "cannot create" in outcome(cls), (cls, outcome(cls))
assert outcome(object.__new__, type({}.items())) == (
    "TypeError: object.__new__(dict_items) is not safe, use dict_items.__new__()")
assert outcome(type({}.items()).__new__, type({}.items())) == \
    "TypeError: object.__new__(dict_items) is not safe, use dict_items.__new__()"
asend.close(), athrow.close(), coro.close()

# whoever has a constructor of its own is not made by object's


class Mine(dict):
    pass


class Own(list):
    def __new__(cls):
        return list.__new__(cls)


class Both(KeyError, AttributeError):
    pass


assert outcome(object.__new__, Mine) == "TypeError: object.__new__(Mine) is not safe, use Mine.__new__()"
assert outcome(object.__new__, Own) == "TypeError: object.__new__(Own) is not safe, use list.__new__()"
assert type(Both.__new__(Both)) is type(KeyError.__new__(Both)) is type(Exception.__new__(Both)) is Both
for cls in classes():
    if cls.__flags__ & 1 << 9 and "__new__" not in vars(cls):
        continue
    for maker in (object, cls):
        answer = outcome(maker.__new__, cls)
        assert type(answer) in (cls, str) or cls.__new__ is not object.__new__, (cls, answer)
        if type(answer) is cls and maker is object and cls.__init__ is object.__init__:
            outcome(repr, answer)
            gc.get_referents(answer)
            outcome(dir, answer)
    gc.collect(0)
gc.collect()
