"""Instances of native classes that can be called: __call__ as an attribute, its errors, and where it may
run.
"""
import functools
import itertools
import json
import operator
import types
import weakref


class A:
    pass


def message(f, *args, **named):
    try:
        f(*args, **named)
    except TypeError as e:
        return str(e)
    raise AssertionError((f, args, named))


CASES = [
    (weakref.ref(A), (1, 2, 3), {}, "weakref expected 0 arguments, got 3"),
    (weakref.ref(A), (1,), {"k": 1}, "weakref() takes no keyword arguments"),
    (operator.itemgetter(1), (), {}, "itemgetter expected 1 argument, got 0"),
    (operator.attrgetter("x"), (1, 2), {}, "attrgetter expected 1 argument, got 2"),
    (operator.methodcaller("f"), (1,), {"k": 1}, "methodcaller() takes no keyword arguments"),
    (functools.cmp_to_key(len), (), {}, "K() missing required argument 'obj' (pos 1)"),
    (functools.cmp_to_key(len), (1, 2), {}, "K() takes at most 1 argument (2 given)"),
    (json.JSONDecoder().scan_once, (), {"k": 1}, "scan_once() missing required argument 'string' (pos 1)"),
    (json.JSONDecoder().scan_once, (1,), {"k": 1}, "scan_once() missing required argument 'idx' (pos 2)"),
    (json.JSONDecoder().scan_once, ("1", "2"), {}, "'str' object cannot be interpreted as an integer"),
    (json.encoder.c_make_encoder(None, None, None, None, "", "", 0, 0, 0), (1,), {},
     "_iterencode() missing required argument '_current_indent_level' (pos 2)"),
]
for f, args, named, expected in CASES:
    for called in (f, f.__call__, functools.partial(type(f).__call__, f)):
        assert message(called, *args, **named) == expected, (f, message(called, *args, **named))
    assert type(f).__dict__["__call__"].__text_signature__ == "($self, /, *args, **kwargs)"
    assert f.__call__.__doc__ == "Call self as a function."

# Of a subclass, with and without a __call__ of its own.
class Partial(functools.partial):
    pass


class Doubling(functools.partial):
    def __call__(self, *args):
        return super().__call__(*args) * 2


assert Partial(len, "abc")() == 3 and Doubling(len)("abc") == 6

# A __call__ that belongs to another class does not run on a foreign self.
for owner, name in ((functools.partial, "functools.partial"), (types.MethodType, "method"), (type, "type")):
    class Foreign:
        __call__ = owner.__call__
    assert message(Foreign()) == f"descriptor '__call__' requires a '{name}' object but received a 'Foreign'"

# A class that gets one later can be called from then on.
class Late:
    pass


assert message(Late()) == "'Late' object is not callable"
Late.__call__ = lambda self, *args: args
assert Late()(1, 2) == (1, 2)
Late.__call__ = operator.itemgetter(0)  # no descriptor: called with the arguments alone
assert Late()("xy") == "x"
del Late.__call__
assert not callable(Late())

assert types.FunctionType.__call__(lambda x: x, 5) == 5
assert type(len).__call__(len, "ab") == 2 and type.__call__(int, "7") == 7
proxied = weakref.proxy(A)
assert type(proxied()) is A and "__call__" not in weakref.ProxyType.__dict__
assert str.__dict__["upper"].__call__("a") == "A"
assert dict.__dict__["fromkeys"].__call__(dict, [1]) == {1: None}
assert staticmethod(len)("ab") == 2 and not callable(classmethod(len)) and list[int]("ab") == ["a", "b"]
assert [callable(i) for i in (itertools.count(), functools.lru_cache(len), {}.keys(), Exception())] == [
    False, True, False, False]
