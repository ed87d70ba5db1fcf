# modes: cold warm switch asan
"""Readers of bytes that anybody may have written: mutated pickles, marshal data, JSON, CSV, text in all
codecs, compressed data, dates, struct formats, compiled patterns, states of iterators and code objects.
They raise what CPython raises, read nothing that is not theirs, and take no memory out of proportion.
(CPython trusts some of these, so it does not run this file.)"""
import array
import codecs
import collections
import datetime
import functools
import io
import itertools
import json
import marshal
import pickle
import random
import re
import struct
import sys
import types
import warnings
import zlib
import _sre

warnings.simplefilter("ignore")
rnd = random.Random(20261129)


def outcome(act, *args):
    try:
        return act(*args)
    except Exception as error:
        return error


def raises(kind, text, act, *args):
    error = outcome(act, *args)
    assert type(error) is kind and str(error) == text, (act, args, repr(error))


# lines of text pickles that are no UTF-8
raises(ValueError, "could not convert string to int", pickle.loads, b"I12\xf0\n.")
for line in (b"L1\xf0L\n.", b"g\xf0\n.", b"p\xf0\n.", b"F\xf0\n."):
    assert isinstance(outcome(pickle.loads, line), ValueError), line
# a memo number out of proportion costs nothing
assert pickle.loads(b"K\x05r\xff\xff\xff\x7f0j\xff\xff\xff\x7f.") == 5
assert pickle.loads(b"K\x05p999999999999\n0g999999999999\n.") == 5
unpickler = pickle.Unpickler(io.BytesIO(b"K\x05r\xff\xff\xff\x7fq\x01."))
assert unpickler.load() == 5 and unpickler.memo.copy() == {2**31 - 1: 5, 1: 5}
# text in marshal data is decoded strictly
for data in (
        b"u\x02\0\0\0a\xf0", b"u\x01\0\0\0\xff", b"t\x03\0\0\0\xe0\x80\x80",
        b"u\x04\0\0\0\xf5\x80\x80\x80"):
    assert isinstance(outcome(marshal.loads, data), UnicodeDecodeError), data
assert marshal.loads(b"u\x03\0\0\0\xed\xa0\x80") == "\ud800"
# a pattern program whose last word is an operand
info = [14, 4, 0, 0, 2**32 - 1]
raises(
    RuntimeError, "invalid SRE code", _sre.compile, "a", 0, info + [29, 6, 0, 2**32 - 1, 16, 97, 1], 0, {},
    (None,))


def mutated(data):
    data = bytearray(data)
    for _ in range(rnd.choice([1, 1, 2, 3, 8])):
        if not data:
            break
        at = rnd.randrange(len(data))
        kind = rnd.randrange(6)
        if kind == 0:
            data[at] = rnd.randrange(256)
        elif kind == 1:
            del data[at:]
        elif kind == 2:
            del data[at]
        elif kind == 3:
            data[at] ^= 1 << rnd.randrange(8)
        elif kind == 4:
            other = rnd.randrange(len(data))
            data[at:at] = data[other:other + rnd.randrange(10)]
        else:
            data[at:at + 1] = rnd.choice([
                b"\xff\xff\xff\xff", b"\0\0\0\x80", b"\x7f\xff\xff\xff", b"\n", b".", b"(", b"\0"])
    return bytes(data)


objects = [
    1, 2**70, 1.5, 1j, "a\u1234\U00012345", b"abc", bytearray(b"ab"), [1, [2, 3]], (1, 2, 3, 4),
    {1: 2, "a": [1]}, {1, 2}, None, ..., range(5), slice(1, 2),
    datetime.datetime(2020, 1, 1, tzinfo=datetime.timezone.utc), datetime.timedelta(1),
    collections.OrderedDict(a=1), collections.deque([1, 2], 5), collections.defaultdict(int, a=1),
    array.array("i", [1, 2]), len, re.compile("a(b)"), iter([1, 2]), itertools.count(3),
    itertools.cycle([1, 2]), itertools.product([1, 2], [3]), itertools.permutations([1, 2, 3]),
    functools.partial(max, 1), types.SimpleNamespace(a=1), list(range(300))]


def marshalled(thing):
    data = outcome(marshal.dumps, thing)
    return [data] if isinstance(data, bytes) else []


def decode_all(data):
    for codec in (
            "utf-8", "utf-7", "utf-16", "utf-32", "unicode-escape", "raw-unicode-escape", "punycode",
            "idna", "shift_jis", "gb18030"):
        for errors in ("strict", "replace", "surrogateescape", "surrogatepass", "backslashreplace"):
            outcome(data.decode, codec, errors)


def compile_pattern(data):
    words = list(memoryview(data[:len(data) // 4 * 4]).cast("I"))
    pattern = outcome(
        _sre.compile, "a", 0, words, rnd.choice([0, 1, 2, 100]), {}, (None,) * rnd.choice([0, 1, 2]))
    for text in ("abc", "", "aaaa\u1234"):
        outcome(lambda: (pattern.match(text), pattern.findall(text), pattern.sub("x", text)))


def pattern_bytes(source):
    parsed = re._parser.parse(source, 0)
    words = re._compiler._code(parsed, 0)
    return struct.pack(f"{len(words)}I", *words)


def set_states(data):
    values = [
        0, -1, 2**63, 2**70, None, (), (1,), (1, 2), [1], data, {}, ((1,), (2,)), (0,) * 625,
        (3, tuple([0] * 624 + [700]), None)]
    things = [
        itertools.count(1), itertools.cycle([1, 2]), itertools.islice(iter([1, 2]), 1),
        itertools.product([1, 2], [3]), itertools.permutations([1, 2, 3]),
        itertools.combinations([1, 2, 3], 2), itertools.accumulate([1, 2]),
        itertools.combinations_with_replacement([1, 2], 2), itertools.zip_longest([1], [2]),
        itertools.tee([1])[0], iter([1, 2, 3]), iter((1, 2)), iter("abc"), iter(b"abc"), iter(range(5)),
        reversed([1, 2]), iter(array.array("i", [1])), random.Random(1), functools.partial(max, 1),
        io.StringIO("abc"), io.BytesIO(b"abc"), iter(bytearray(b"abc"))]
    for thing in things:
        state = tuple(rnd.choice(values) for _ in range(rnd.choice([1, 2, 3, 4]))) if rnd.random() < (
            0.7) else rnd.choice(values)
        for name in ("__setstate__", "setstate"):
            outcome(lambda: getattr(thing, name)(state))
        outcome(next, thing), outcome(next, thing), outcome(repr, thing), outcome(thing.__reduce__)
        outcome(lambda: (thing.read(), thing.getvalue(), thing.write("x"))), outcome(lambda: thing.random())
    outcome(
        array._array_reconstructor, array.array, rnd.choice("bBuhHiIlLqQfd"),
        rnd.choice([-1, 0, 5, 13, 18, 21, 100]), data)


def replace_code(data):
    code = decode_all.__code__
    for name in ("co_code", "co_linetable", "co_exceptiontable"):
        changed = outcome(lambda: code.replace(**{name: data}))
        outcome(lambda: (list(changed.co_lines()), list(changed.co_positions()), marshal.dumps(changed)))


READERS = [
    ([pickle.dumps(thing, protocol) for thing in objects for protocol in range(6)], pickle.loads, 1500),
    (
        [data for thing in objects for data in marshalled(thing)]
        + marshalled(compile("def f(x): return x + 1\n", "m", "exec")),
        marshal.loads,
        600),
    ([b'{"a": [1, 2.5e10, null, "\\u1234\\ud800\\udc00 x"]}', b"[NaN, -Infinity, 1e999]"], json.loads, 300),
    (
        [
            "a\xe9\u1234\U0001F600".encode(codec)
            for codec in ("utf-8", "utf-7", "utf-16", "utf-32", "unicode-escape")],
        decode_all,
        60),
    ([zlib.compress(b"hello world" * 40)], zlib.decompress, 100),
    (
        [b"2020-01-02T03:04:05.678901+05:30", b"\x07\xe4\x01\x02\x03\x04\x05\0\0\0"],
        lambda data: (
            outcome(datetime.datetime, data),
            outcome(datetime.datetime.fromisoformat, data.decode("latin-1")), outcome(datetime.time, data)),
        300),
    ([b"<iI3sqQ?5pxd", b"@nNP", b"99999999999999i"], lambda data: outcome(struct.calcsize, data), 200),
    (
        [
            pattern_bytes(text)
            for text in ("a(b|c)*d", "[a-z\\d]+?$", "(?P<n>x)(?=y)\\1", "(a)?(?(1)b|c)", "(?>a+)b", "a*+")],
        compile_pattern,
        400),
    ([b"\0" * 40, b"abcdefgh"], set_states, 60),
    ([decode_all.__code__.co_code, decode_all.__code__.co_linetable], replace_code, 60)]
for samples, reader, count in READERS:
    for _ in range(count):
        outcome(reader, mutated(rnd.choice(samples)))
