"""Constructors that the reference binds by a format text convert each argument before they look at the next
one: what is wrong with an early argument is told before a later one is missed, and before unknown names
are.
"""
import contextvars
import datetime
import _json
import _lsprof
import lzma

TEXT = "'str' object cannot be interpreted as an integer"
CASES = [
    (datetime.datetime, ("a",), {}, TEXT),
    (datetime.datetime, (1, "a"), {"zzz": 1}, TEXT),
    (datetime.datetime, (), {"year": "a", "zzz": 1}, TEXT),
    (
        datetime.datetime, (2000, 1, 1), {"year": "a"},
        "argument for function given by name ('year') and position (1)"),
    (
        datetime.datetime, (2000, 1, 1), {"fold": 1, "zzz": 1},
        "'zzz' is an invalid keyword argument for this function"),
    (datetime.date, ("a",), {"zzz": 3}, TEXT),
    (datetime.date, (1, 1, 1), {"zzz": 3}, "function takes at most 3 arguments (4 given)"),
    (datetime.time, ("a",), {"zzz": 1}, TEXT),
    (datetime.time, (1,), {"zzz": 1}, "'zzz' is an invalid keyword argument for this function"),
    (datetime.timezone, (1,), {"zzz": 1}, "timezone() argument 1 must be datetime.timedelta, not int"),
    (datetime.timezone, (1,), {"offset": 2}, "timezone() argument 1 must be datetime.timedelta, not int"),
    (datetime.timezone, (datetime.timedelta(0), None), {}, "timezone() argument 2 must be str, not None"),
    (lzma.LZMACompressor, ("a",), {"zzz": 1}, TEXT),
    (lzma.LZMACompressor, ("a",), {"format": 1}, TEXT),
    (
        lzma.LZMACompressor, (1,), {"format": 1},
        "argument for LZMACompressor() given by name ('format') and position (1)"),
    (_lsprof.Profiler, (1, "a"), {"zzz": 1}, "must be real number, not str"),
    (contextvars.ContextVar, ("a", "b"), {}, "ContextVar() takes at most 1 positional argument (2 given)"),
    (contextvars.ContextVar, ("a",), {"zzz": 1}, "'zzz' is an invalid keyword argument for ContextVar()"),
    (_json.make_encoder, (None,) * 4 + (1,), {}, "make_encoder() argument 5 must be str, not int"),
    (
        _json.make_encoder, (None,) * 4 + ("a", "b"), {"zzz": 1},
        "make_encoder() missing required argument 'sort_keys' (pos 7)"),
    (enumerate, (), {}, "enumerate() missing required argument 'iterable'"),
    (enumerate, (), {"start": 1}, "'start' is an invalid keyword argument for enumerate()"),
    (enumerate, ([],), {"iterable": 1}, "'iterable' is an invalid keyword argument for enumerate()"),
    (enumerate, (), {"start": 1, "zzz": 1}, "'zzz' is an invalid keyword argument for enumerate()"),
    (
        enumerate, (), {"start": 1, "zzz": 1, "iterable": []},
        "enumerate() missing required argument 'iterable'"),
    (type("E", (enumerate,), {}), (), {}, "enumerate() missing required argument 'iterable' (pos 1)"),]
for cls, args, named, expected in CASES:
    try:
        cls(*args, **named)
    except TypeError as e:
        assert str(e) == expected, (cls, args, named, str(e))
    else:
        raise AssertionError((cls, args, named))

assert list(enumerate(start=3, iterable="ab")) == list(enumerate(iterable="ab", start=3)) == [
    (3, "a"), (4, "b")]
