"""Every request of memory of an operation fails once: n = 1, 2, 3 … until the operation gets through.

    krait tests/tools/alloc_sweep.py [-v] [--step K] [NAME …]

Each operation runs in this process, its n-th request refused (_memory.fail_after). It must raise
MemoryError or give its right answer; anything else (another exception, a wrong answer, a signal) is a
fault. `--step K` looks at every K-th n only, each operation from another first one on.
"""
import abc
import array
import ast
import base64
import binascii
import bisect
import codecs
import collections
import contextlib
import copy
import csv
import dataclasses
import datetime
import enum
import functools
import gc
import hashlib
import heapq
import io
import itertools
import json
import marshal
import math
import operator
import os
import pickle
import random
import re
import statistics
import string
import struct
import sys
import tempfile
import textwrap
import types
import unicodedata
import weakref
import zlib

import _memory

OPERATIONS = {}


def operation(function):
    OPERATIONS[function.__name__] = function
    return function


def expressions(**texts):
    """One operation for each text, compiled before."""
    for name, text in texts.items():
        OPERATIONS[name] = eval("lambda: " + text, globals())


class Point:
    def __init__(self, x, y):
        self.x, self.y = x, y

    def __eq__(self, other):
        return (self.x, self.y) == (other.x, other.y)

    def __hash__(self):
        return hash((self.x, self.y))

    def __repr__(self):
        return f"Point({self.x}, {self.y})"


class Many:
    __slots__ = tuple("abcdefgh")


@dataclasses.dataclass(order=True)
class Record:
    name: str
    values: list


class Colour(enum.Enum):
    RED = 1
    BLUE = 2


TREE = {"a": [1, 2.5, None, True], "b": {"c": "x" * 50, "d": [{"e": -1}] * 3}, "ü": "€😀"}
PICKLES = [pickle.dumps([TREE, Point(1, 2), {1, 2}, (3,), b"x", 10 ** 30, 1.5, Colour.RED], p)
           for p in range(6)]
TEXT = "The quick brown fox jumps over the lazy dog. " * 20
WIDE = "naïve café €100 😀 " * 20
BIG = 7 ** 3000
numbers = list(range(2000))
words = TEXT.split()

expressions(
    itemgetter="operator.itemgetter(1, 2, 0)([5, 6, 7])",
    attrgetter="operator.attrgetter('real', 'imag.real')(5)",
    methodcaller="operator.methodcaller('upper')('abc')",
    json_dumps="json.dumps(TREE)",
    json_indent="json.dumps(TREE, indent=2, sort_keys=True)",
    json_loads="json.loads(json.dumps(TREE))",
    json_big="len(json.dumps(numbers))",
    pickle_0="pickle.loads(PICKLES[0])[0]",
    pickle_2="pickle.loads(PICKLES[2])[0]",
    pickle_5="pickle.loads(PICKLES[5])[0]",
    pickle_dumps="pickle.loads(pickle.dumps(TREE)) == TREE",
    pickle_memo="len(pickle.dumps([[i] for i in range(300)]))",
    pickle_python="pickle._loads(pickle._dumps([1, (2, 3)]))",
    marshal_all="marshal.loads(marshal.dumps([1, 'a', (2.5, b'x'), 10 ** 40, {'k': None}]))",
    split="TEXT.split()",
    split_at="TEXT.split('o', 5)",
    rsplit="WIDE.rsplit(' ')",
    splitlines="'a\\nb\\r\\nc'.splitlines()",
    join="'-'.join(words)",
    replace="WIDE.replace('é', 'eee')",
    replace_wide="TEXT.replace('fox', '😀')",
    partition="WIDE.partition('€')",
    find_long="WIDE.find('naïve café ' * 8)",
    count="WIDE.count('a' * 70)",
    upper="WIDE.upper()",
    title="WIDE.title()",
    casefold="WIDE.casefold()",
    translate="TEXT.translate({111: 'OO', 101: None})",
    center="'é'.center(5000, '€')",
    zfill="'-5'.zfill(3000)",
    expandtabs="'\\ta\\tb'.expandtabs(2000)",
    repeat="'ab€' * 3000",
    format_int="'{:>3000,d} {!r:10} {:x}'.format(10 ** 50, 'a', 255)",
    format_float="'%.500f|%e|%g' % (1 / 3, 1e300, 5.0)",
    percent="'%5000d %-10s %r %(x)s'.replace('%(x)s', '') % (7, 'ab', TREE['a'])",
    percent_dict="'%(a)s %(b)r' % {'a': 1, 'b': 'x'}",
    fstring="f'{BIG:x}{TREE!r:>1000}{3.14159:.3f}'",
    encode="WIDE.encode()",
    encode_16="WIDE.encode('utf-16')",
    encode_7="WIDE.encode('utf-7')",
    encode_errors="WIDE.encode('ascii', 'xmlcharrefreplace')",
    decode="WIDE.encode('utf-32').decode('utf-32')",
    decode_errors="b'a\\xff\\xfe' .decode('utf-8', 'backslashreplace')",
    idna="'bücher.example'.encode('idna')",
    unicode_escape="WIDE.encode('unicode_escape').decode('unicode_escape')",
    normalize="unicodedata.normalize('NFKD', WIDE)",
    codec_lookup="codecs.lookup('latin-1').name",
    bytes_ops="b'a,b,c'.split(b',') + [b'x'.join([b'y'] * 50)]",
    bytes_repeat="b'abc' * 10000",
    bytes_hex="bytes.fromhex(b'xyz'.hex())",
    bytes_percent="b'%d %s %r' % (5, b'a', 'x')",
    bytearray_ops="bytearray(b'ab') + bytearray(range(100))",
    bytearray_slices=(
        "[b.__setitem__(slice(1, 3), b'xyz' * 3000) or bytes(b) for b in [bytearray(b'hello')]]"),
    base64_both="base64.b64decode(base64.b64encode(b'x' * 3000))",
    binascii_qp="binascii.b2a_qp(b'a\\xff' * 100)",
    memory_view="memoryview(b'abcd' * 100).cast('I').tolist()",
    list_ops="[1] * 3000 + numbers[::2] + sorted(numbers, key=lambda n: -n)",
    list_extend="[l.extend(map(str, range(3000))) or len(l) for l in [[]]]",
    list_sort_text="sorted(words)",
    list_insert="[l.insert(0, 5) or l[:2] for l in [list(numbers)]]",
    list_reversed="list(reversed(numbers))[0]",
    tuple_ops="tuple(map(str, range(3000)))[5] + str((1, 2) * 1000)",
    dict_ops="{**{i: i for i in range(3000)}, **dict.fromkeys('abc')}[7]",
    dict_merge="dict(zip(words, words)) | {'x': 1}",
    dict_text="len({str(i): i for i in range(1500)})",
    dict_items="list({1: 2, 3: 4}.items())",
    set_ops="len({1, 2} | set(map(str, range(2000))) - {'5'})",
    frozen="hash(frozenset(range(100)))",
    counter="collections.Counter(words).most_common(2)",
    deque="list(collections.deque(map(str, range(500)), 100))[0]",
    ordered="list(collections.OrderedDict.fromkeys(words))",
    defaultdict="collections.defaultdict(list, a=[1])['b']",
    chainmap="dict(collections.ChainMap({1: 2}, {3: 4}))",
    namedtuple="collections.namedtuple('P', 'x y')(1, 2)._asdict()",
    int_text="len(str(BIG))",
    int_parse="int('1' * 2000) % 97",
    int_mul="BIG * BIG % 1009",
    int_div="divmod(BIG ** 2, BIG + 1)[1] == BIG ** 2 % (BIG + 1)",
    int_pow="pow(3, 5000) % 1009 + pow(3, BIG, 10 ** 50)",
    int_shift="(1 << 200000) >> 199990",
    int_bytes="int.from_bytes(BIG.to_bytes(2000, 'big'), 'big') == BIG",
    factorial="math.factorial(2000) % 10007",
    isqrt="math.isqrt(BIG * BIG) == BIG",
    gcd="math.gcd(BIG * 6, 9 ** 500)",
    comb="math.comb(200, 90)",
    float_text="float('1_0.5') + float('0.' + '3' * 500)",
    float_hex="(0.1).hex()",
    fsum="math.fsum([0.1] * 10)",
    float_ratio="(0.1).as_integer_ratio()",
    complex_text="complex('1+2j') * (3 - 1j)",
    fraction="__import__('fractions').Fraction(1, 3) + 1",
    decimals="str(__import__('decimal').Decimal(1) / 3)",
    range_ops="list(range(10, 0, -3)) + [range(10 ** 30)[5]]",
    zip_ops="list(zip(range(300), words, strict=False))[0]",
    itertools_all=(
        "list(itertools.chain(itertools.islice(itertools.product('ab', repeat=3), 5), "
        "itertools.accumulate(range(5))))"),
    groupby="[(k, list(g)) for k, g in itertools.groupby('aabbb')]",
    tee="[list(t) for t in itertools.tee(range(200), 3)][2][-1]",
    combinations="len(list(itertools.combinations(range(12), 3)))",
    reduce="functools.reduce(operator.add, words)",
    partial="functools.partial(max, 5)(3, key=abs)",
    heap="heapq.nlargest(3, numbers)",
    bisects="bisect.insort([1, 3], 2)",
    statistics_mean="statistics.mean([1, 2, 3.5])",
    re_compile="re.compile('(?P<a>x+)|[^a-f\\\\d]{2,5}?(?=y)|' + '|'.join(words[:20])).pattern[:5]",
    re_findall="re.findall(r'(\\w)(\\w+)', TEXT)[3]",
    re_sub="re.sub('o(.)', lambda m: m[1] * 30, TEXT)",
    re_template="re.sub('(o)', r'<\\1\\g<1>>', TEXT)",
    re_bytes="re.sub(b'a', b'bb', b'banana' * 100)",
    re_split="re.split('[ .]', TEXT)[:3]",
    re_groups="re.match('(a)(b)?(?P<n>c)', 'abc').groupdict()",
    re_long="re.findall('(?:a|b)*c', 'ab' * 3000 + 'c')[0][-1]",
    re_literal="re.findall('fox jumps over the lazy dog. The quick brown', TEXT)[0]",
    struct_all="struct.unpack('<3i2d5s', struct.pack('<3i2d5s', 1, 2, 3, 4.0, 5.0, b'hello'))",
    struct_many="list(struct.iter_unpack('H', bytes(200)))[1]",
    arrays="array.array('d', range(500)).tolist()[3]",
    zlib_both="zlib.decompress(zlib.compress(b'abc' * 5000))[:3]",
    hashes="hashlib.sha256(b'x' * 100).hexdigest()",
    hmacs="hashlib.pbkdf2_hmac('sha1', b'a', b'b' * 100, 2).hex()",
    blake="hashlib.blake2b(b'x', digest_size=8).hexdigest()",
    random_all="random.Random(5).sample(range(100), 5)",
    dates="datetime.datetime(2020, 5, 17).strftime('%A %d %B') + str(datetime.timedelta(5))",
    date_parse="datetime.datetime.fromisoformat('2020-01-02T03:04:05').isoformat()",
    csv_all="list(csv.reader(['a,\"b,c\",d', '1,2,3']))",
    template="string.Template('$a ${b}').substitute(a=1, b=2)",
    formatter="string.Formatter().format('{0:>{w}}', 5, w=10)",
    wrap="textwrap.wrap(TEXT, 30)[0]",
    copies="copy.deepcopy(TREE) == TREE",
    record="repr(Record('a', [1]))",
    records="sorted([Record('b', []), Record('a', [1])])[0].name",
    enums="Colour['RED'] is Colour(1)",
    weak="weakref.WeakValueDictionary(a=Point(1, 2))",
    weak_many="len([weakref.ref(p) for p in [Point(i, 0) for i in range(300)]])",
    instance="Point(3, 4).__dict__",
    many_attributes="[setattr(p, f'attr{i}', i) for p in [Point(0, 0)] for i in range(60)][:1]",
    slots="[setattr(m, 'a', 5) for m in [Many()]]",
    type_new="type('T', (Point,), {'f': lambda self: 5, '__slots__': ('q',)})(1, 2).f()",
    super_call="type('U', (list,), {'append': lambda s, v: super(type(s), s).append(v)})([1])",
    ast_parse="ast.unparse(ast.parse('def f(a, *b, c=1, **d):\\n  return [x for x in b if x] + {1: 2}'))",
    ast_literal="ast.literal_eval('[1, {\"a\": (2, 3)}]')",
    compile_text=(
        "compile('def f(x):\\n  try:\\n    return x + 1\\n  finally:\\n    pass\\n' * 20, 'f', "
        "'exec').co_name"),
    eval_text="eval('[i * 2 for i in range(10) if i % 2]')",
    compile_strings=(
        "eval('\"a\\\\n\\\\u20ac\" f\"{1 + 1:>{5}}\" b\"x\".decode()' if 0 else '\"a\\\\n\" f\"{1 + "
        "1:>{5}}\"')"),
    compile_ints="eval('0x' + 'f' * 500) % 1000",
    syntax_error="[re.match('.*', str(e))[0] for e in [bad_syntax()]]",
    memory_types="types.SimpleNamespace(a=1, b=[2])",
    signature="str(__import__('inspect').signature(Point))",
    vars_dir="len(dir(Point(1, 2))) > 20",
    repr_deep="repr([[[{1: (2,)}]] * 5])",
    sorts="sorted([(i % 7, str(i)) for i in range(300)])[0]",
    sort_floats="sorted([i * 0.37 % 1 for i in range(1000)])[0]",
    sort_ints="sorted([i * 7919 % 1000 for i in range(1000)])[:2]",
    min_max="(min(words, key=len), max(numbers, default=0))",
    all_any="(all(map(str, numbers)), sum(map(float, numbers)))",
    print_text="print('a', 5, [1, 2], sep='-', file=io.StringIO())",
    string_io="[s.write(WIDE) and s.getvalue() == WIDE for s in [io.StringIO()]]",
    bytes_io="[b.write(b'x' * 5000) and b.seek(4990) and b.read() for b in [io.BytesIO(b'initial')]]",
    text_io="io.TextIOWrapper(io.BytesIO(WIDE.encode() * 50), encoding='utf-8').read() == WIDE * 50",
    text_lines="len(list(io.TextIOWrapper(io.BytesIO(b'line\\n' * 2000), encoding='ascii')))",
    buffered="io.BufferedReader(io.BytesIO(b'x' * 20000)).read(15000)[:2]",
    paths="os.path.normpath('/a/b/../c//d') + os.path.join('x', 'y')",
    environ="os.environ.get('HOME', '')[:0]",
    gc_referents="len(gc.get_referents([1, 'a', []]))",
    stack="len(sys._getframe().f_code.co_name) > 0",)


def bad_syntax():
    try:
        compile("x = (1 +\ny = 2", "f", "exec")
    except SyntaxError as e:
        return e


@operation
def raising():
    def deep(n):
        if n:
            return deep(n - 1)
        raise KeyError("deep")
    try:
        deep(20)
    except KeyError as e:
        try:
            raise ValueError("second") from e
        except ValueError as second:
            return type(second.__cause__).__name__


@operation
def exception_group():
    found = []
    try:
        raise ExceptionGroup("g", [ValueError(1), TypeError(2)])
    except* ValueError as e:
        found.append(len(e.exceptions))
    except* TypeError:
        found.append("type")
    return found


@operation
def traceback_text():
    import traceback
    try:
        1 / 0
    except ZeroDivisionError:
        return traceback.format_exc().splitlines()[-1]


@operation
def generators():
    def inner():
        yield from range(30)
        return 5

    def outer():
        result = yield from inner()
        yield result
    return list(outer())


@operation
def coroutines():
    async def g():
        for i in range(5):
            yield i

    async def main():
        return [i async for i in g()]
    try:
        main().send(None)
    except StopIteration as e:
        return e.value


@operation
def closures():
    def make(n):
        return lambda x, *args, y=1, **kwargs: (n, x, args, y, sorted(kwargs))
    return make(5)(*range(5), **{"y": 2, "z": 3, "w": 4})


@operation
def context_managers():
    log = []

    @contextlib.contextmanager
    def manager():
        log.append("in")
        try:
            yield 5
        finally:
            log.append("out")
    with manager() as v, contextlib.suppress(KeyError):
        raise KeyError
    return log


@operation
def class_statement():
    class Base(abc.ABC):
        @abc.abstractmethod
        def f(self): ...

        def __init_subclass__(cls, **kwargs):
            cls.kwargs = kwargs

    class Derived(Base, tag=1):
        x: int = 5

        def f(self):
            return super().__hash__ is not None

        @property
        def p(self):
            return self.x

        @functools.cached_property
        def q(self):
            return [self.x]
    d = Derived()
    return d.f(), d.p, d.q, Derived.kwargs


@operation
def matching():
    result = []
    for subject in ({"a": [1, 2]}, (1, 2, 3), Point(1, 2), "x"):
        match subject:
            case {"a": [first, *rest]}:
                result.append((first, rest))
            case Point(x=1, y=y):
                result.append(y)
            case (1, *others):
                result.append(others)
            case _:
                result.append(None)
    return result


@operation
def finalizers():
    died = []

    class Dying:
        def __del__(self):
            died.append(1)
    for _ in range(20):
        Dying()
    a = Dying()
    a.self = a
    weakref.finalize(a, int)
    del a
    return True


@operation
def importing():
    for name in ("colorsys", "keyword"):
        sys.modules.pop(name, None)
    import colorsys
    return colorsys.rgb_to_hsv(1, 0, 0)


@operation
def files():
    path = os.path.join(tempfile.gettempdir(), f"alloc-sweep-{os.getpid()}")
    try:
        with open(path, "w", encoding="utf-8") as f:
            f.write(WIDE)
            f.writelines([WIDE] * 3)
        with open(path, encoding="utf-8") as f:
            return f.readline() == WIDE * 4, f.read()
    finally:
        with contextlib.suppress(OSError):
            os.unlink(path)


@operation
def lru():
    @functools.lru_cache(maxsize=10)
    def f(n):
        return [n]
    return [f(i % 15) for i in range(60)][-1]


@operation
def dispatch():
    @functools.singledispatch
    def f(x):
        return "other"
    f.register(int, lambda x: "int")
    f.register(list, lambda x: "list")
    return f(5), f([]), f("")


def answer(function, n):
    """(what it gave, None, did no request fail?), or (None, the exception, False) when its n-th request
    fails; n = 0: none does.
    """
    _memory.fail_after(n)
    try:
        result = function()
        for _ in (1, 2):  # a refusal of the last moment is told at the next safepoint: here
            pass
        armed = _memory.is_armed()
        _memory.fail_after(0)
        return result, None, armed
    except BaseException as e:
        _memory.fail_after(0)
        return None, e, False


def sweep(name, function, step, first):
    """n of the first run that got through; complaints."""
    expected, error, armed = answer(function, 0)
    if error is not None:
        return 0, [f"{name} fails as it is: {error!r}"]
    complaints = []
    n = first
    while True:
        got, error, armed = answer(function, n)
        if error is None and got != expected:
            complaints.append(f"{name} n={n}: {got!r:.200} instead of {expected!r:.200}")
        elif error is not None and not isinstance(error, MemoryError) and not is_excused(error):
            complaints.append(f"{name} n={n}: {type(error).__name__}: {error!s:.200}")
        if armed:
            return n, complaints
        n += step


def is_excused(error):
    """A MemoryError that became the cause or context of what the library raised instead."""
    seen = 0
    while error is not None and seen < 10:
        if isinstance(error, MemoryError):
            return True
        error = error.__cause__ or error.__context__
        seen += 1
    return False


def main(arguments):
    verbose = "-v" in arguments
    step = int(arguments[arguments.index("--step") + 1]) if "--step" in arguments else 1
    names = [a for a in arguments if a in OPERATIONS] or list(OPERATIONS)
    faults = total = 0
    for i, name in enumerate(names):
        if verbose:
            print(name, flush=True)
        n, complaints = sweep(name, OPERATIONS[name], step, 1 + i * 7 % step)
        total += n
        faults += len(complaints)
        for complaint in complaints[:5]:
            print(complaint, flush=True)
    print(f"{len(names)} operations, {total} requests, {faults} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
