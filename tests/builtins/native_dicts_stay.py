"""__dict__ of a built-in class can be set, not deleted; methods that look like operators; docstrings
with signatures; __abc_tpflags__ of both kinds; a length that cannot be told."""
import collections.abc
import functools

from _case import error


class Derived(Exception):
    pass


things = functools.partial(hex), Exception(), Derived(), functools.lru_cache(hex), collections.OrderedDict()
for thing in things:
    thing.__dict__ = {"a": 1}
    assert thing.a == 1
    assert error(delattr, thing, "__dict__") == "TypeError: cannot delete __dict__", thing


class Plain:
    pass


class Mixed(Plain, Exception):
    pass


assert error(delattr, Mixed(), "__dict__") == "TypeError: cannot delete __dict__"


plain = Plain()
plain.a = 1
del plain.__dict__
assert not hasattr(plain, "a")

for method in frozenset().__contains__, set().__contains__, {}.__contains__, {}.__getitem__, [].__getitem__:
    assert type(method).__name__ == "builtin_function_or_method" and method.__module__ is None, method


class Documented:
    """Documented(one, two=2)
--

About it."""


class Other:
    """Documented(one)
--

About it."""


assert Documented.__text_signature__ == "(one, two=2)" and Other.__text_signature__ is None


def define():
    class Both(collections.abc.Collection):
        __abc_tpflags__ = collections.abc.Sequence.__flags__ | collections.abc.Mapping.__flags__


assert error(define) == "TypeError: __abc_tpflags__ cannot be both Py_TPFLAGS_SEQUENCE and Py_TPFLAGS_MAPPING"


class NoLength:
    def __iter__(self):
        return iter([1])

    def __len__(self):
        raise RuntimeError("hello")


assert error(bytearray().extend, NoLength()) == "RuntimeError: hello"
