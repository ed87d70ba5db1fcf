"""Keywords that a subclass's own __new__ or __init__ takes: which built-in constructors let them pass."""
import collections
import functools
import io
import itertools
import types

from _case import outcome

ARGUMENTS = {
    list: (), set: (), frozenset: (), tuple: (), dict: (), float: (), bytes: (), bytearray: (), str: (),
    int: (), complex: (),
    zip: (), enumerate: ([],), map: (len, []), filter: (None, []), reversed: ([],),
    collections.deque: (), property: (),
    staticmethod: (len,), classmethod: (len,), types.ModuleType: ("m",), io.BytesIO: (), io.StringIO: (),
    itertools.chain: (), itertools.count: (), itertools.cycle: ([],), itertools.starmap: (len, []),
    itertools.takewhile: (len, []), itertools.groupby: ([],), functools.partial: (len,), OSError: (),
    collections.OrderedDict: (), collections.defaultdict: (None,), itertools.repeat: (1,),
    itertools.product: (),
}
TAKE = "dict partial OrderedDict defaultdict"  # whatever keywords there are
NO_KEYWORDS = "TypeError: {}() takes no keyword arguments"
INVALID = "TypeError: 'mine' is an invalid keyword argument for {}()"


def subclasses(base):
    """With nothing of its own, with an __init__, with a __new__, with both."""
    def init(self, *arguments, mine=None):
        if base.__init__ is not object.__init__:
            base.__init__(self, *arguments)

    def new(cls, *arguments, mine=None):
        return base.__new__(cls, *arguments)

    both = {"__new__": new, "__init__": lambda self, *arguments, mine=None: None}
    return [type("Sub", (base,), names) for names in ({}, {"__init__": init}, {"__new__": new}, both)]


def made(cls, arguments, **keywords):
    said = outcome(cls, *arguments, **keywords)
    return said if isinstance(said, str) and said.startswith("TypeError") else "made"


REFUSED_WITH_NEW = {
    "set": NO_KEYWORDS, "staticmethod": NO_KEYWORDS, "classmethod": NO_KEYWORDS, "deque": INVALID,
    "property": INVALID, "module": INVALID, "bytearray": INVALID, "BytesIO": INVALID, "StringIO": INVALID,
}
for base, arguments in ARGUMENTS.items():
    name = base.__name__
    plain, with_init, with_new, with_both = subclasses(base)
    assert [made(cls, arguments) for cls in (plain, with_init, with_new, with_both)] == ["made"] * 4, base
    assert made(with_both, arguments, mine=1) == "made", base
    wanted = REFUSED_WITH_NEW.get(name, "made").format(name)
    assert made(with_new, arguments, mine=1) == wanted, (base, made(with_new, arguments, mine=1), wanted)
    if name not in TAKE.split():
        assert made(plain, arguments, mine=1) != "made" or name in ("partial",), base
