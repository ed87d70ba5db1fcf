# stress: 307
"""Str, bytes, tuple, range, slice, int and float: receivers that cannot change, with arguments that change
a list beside them.
"""
from _hostile import main

ACTIONS = {
    "clear": lambda r: r.clear(),
    "grow": lambda r: r.extend(["z"] * 40),
    "replace": lambda r: r.__setitem__(slice(None), [5] * len(r)),
}
PROGRAMS = """
''.join(r)
'-'.join(NX('a', 'b', 'c'))
'-'.join(IT('a', 'b'))
'-'.join(map(C(), r))
'-'.join([*r, *NX('c')])
'-'.join(x for x in r if C(True)())
b'-'.join(map(C(b'x'), r))
'abcdef'[I(1)]
'abcdef'[I(1):I(4)]
'abcdef'[::I(-2)]
'abcdef'.find('c', I(1))
'abcdef'.rfind('c', I(1), I(5))
'abcdef'.index('c', I(1))
'abcdef'.count('c', I(1), I(5))
'abcdef'.startswith(tuple(r), I(0))
'abcdef'.endswith(('f', 'g'), I(0), I(6))
'abcdef'.replace('c', 'x', I(1))
'a b c d'.split(None, I(2))
'a b c d'.rsplit(' ', I(2))
'a b c d'.split(sep=' ', maxsplit=I(1))
'a\\nb'.splitlines(B(1))
'a\\tb'.expandtabs(I(3))
'ab'.center(I(9), '-')
'ab'.ljust(I(9))
'ab'.zfill(I(9))
'ab' * I(3)
I(3) * 'ab'
'ab'.translate(M((97, 'x'), (98, None)))
'ab'.translate(M((97, I(99)), (98, 100)))
'ab'.translate({97: C(), 98: 'x'})
str.maketrans(M((97, 'x')))
str.maketrans({E(97): 'x'})
'%s %s' % (S('a'), R('b'))
'%s %r %a' % (r, R('b'), R('c'))
'%d %x' % (I(5), N(6))
'%*.*f' % (I(8), I(2), 1.5)
'%(a)s' % M(('a', S('x')))
'%c' % I(65)
'{} {!r} {!s:>9}'.format(S('a'), R('b'), S('c'))
'{0[1]} {0[0]}'.format(LN(S('a'), S('b')))
'{:{}}'.format(5, I(9))
'{:{w}}'.format(S('x'), w=S('9'))
'{a.value}{b}'.format(a=S(1), b=S(2))
'{r} {x}'.format(r=r, x=S(1))
'{x} {r}'.format(r=r, x=S(1))
f"{S('a')} {r} {R('b')!r} {S('c'):>9}"
format(S('a'), 'x')
str(S('a'))
str(S(b'a'), 'ascii')
repr([R(1), r, R(2)])
repr((R(1), r))
repr({1: R(1), 2: r})
ascii([R(1), r])
print(S('a'), *r, file=W(), sep=str(S('-')))
'abc' == E('abc')
'abc' < L('abd')
'abc' in NX('abc')
'abc' + A('d')
'abc'.encode('ascii', 'hostile2')
'ab\\xffcd'.encode('ascii', 'hostile2')
'ab\\xffcd'.encode('latin-1', 'hostile2')
codecs.charmap_encode('ab', 'strict', M((97, 5), (98, b'x')))
codecs.charmap_encode('ab\\xff', 'hostile2', {97: I(5), 98: b'x'})
codecs.utf_16_encode('ab', 'strict', I(1))
'abc'.isidentifier() and 'abc'.__getitem__(I(1))
'abc'.__format__(str(S('>9')))
bytes(r[:0]) + bytes(NX(1, 2, 3))
bytes(IT(1, 2))
bytes(LH(1, 2))
bytes(LN(1, 2))
bytes([I(1), I(2)])
bytes((I(1), I(2)))
bytes(I(3))
bytes(S('x'))
b'abcdef'[I(1)]
b'abcdef'[I(1):I(4)]
b'abcdef'.find(I(99), I(1))
b'abcdef'.replace(b'c', b'x', I(1))
b'abcdef'.split(b'c', I(1))
b'%s %d %a' % (S('a'), I(5), R('b'))
b'%(a)s' % M((b'a', S('x')))
b'%c' % I(65)
b'ab' * I(3)
b'ab'.hex('-', I(1))
b'ab'.translate(None, delete=bytes([I(97)]))
I(99) in b'abcdef'
tuple(NX(1, 2, 3))
tuple(IT(1, 2))
tuple(LH(1, 2))
tuple(LN(1, 2))
tuple(map(C(), r))
(1, 2, 3)[I(1)]
(1, 2, 3)[I(0):I(2)]
(1, 2, 3)[::I(-1)]
(1, 2, 3) * I(2)
(1, E(2), 3).index(2)
(1, 2, 3).index(E(3), I(1), I(3))
(1, 2, 3).count(E(3))
(1, E(2)) == (1, 2)
(1, L(2)) < (1, 3)
(r, E(2)) == (r, 2)
(E(5), r) == (5, r)
E(3) in (1, 2, 3)
hash((1, H(2), 3))
hash((H(1), tuple(r)))
(1,) + (A(1),)
(*NX(1, 2), *r)
range(10)[I(3)]
range(10)[I(1):I(8):I(2)]
range(I(1), I(9), I(2))
range(10).index(I(3))
range(10).index(E(3))
range(10).count(E(3))
E(3) in range(10)
I(3) in range(10)
range(10) == E(1)
slice(I(1), I(5), I(2)).indices(I(10))
slice(1, E(2)) == slice(1, 2)
slice(L(1), 2) < slice(2, 2)
hash(slice(1, 2)) if False else repr(slice(R(1), R(2)))
int(N(5))
int(I(5))
int('101', I(2))
int(b'101', base=I(2))
int.from_bytes([I(1), I(2)], 'big')
int.from_bytes(r[:0] or NX(1, 2), 'big', signed=B(0))
(5).to_bytes(I(2), 'big', signed=B(1))
round(5.678, I(1))
round(5678, I(-2))
round(A(5), 1)
pow(5, I(2)) if False else pow(I(2), 5, 7) if False else divmod(7, 2)
float(N(5))
float(I(5))
float.fromhex(str(S('0x1p3')))
complex(N(5))
complex(N(5), N(6))
complex('1') * 2 == E(2)
bool(B(1)) and bool(LN(1, 2))
len(CT(1, 2))
hash(H(5))
abs(A(-5))
divmod(N(7), 2) if False else math.gcd(I(12), I(18))
math.lcm(I(4), I(6))
math.comb(I(5), I(2))
math.perm(I(5), I(2))
math.factorial(I(5))
math.isqrt(I(17))
math.ldexp(1.5, I(3))
math.fsum(NX(1.0, 2.0))
math.fsum([N(1), N(2)])
math.prod([A(2), A(3)])
math.prod(r[:0], start=A(3))
math.dist([N(1), N(2)], [N(3), N(4)])
math.dist(r[:0], NX())
math.hypot(N(3), N(4))
math.sqrt(N(16))
math.pow(N(2), N(3))
math.fmod(N(7), N(4))
math.isclose(N(1), N(1), rel_tol=N(1))
math.trunc(E(1)) if False else math.floor(N(1.5))
chr(I(65))
hex(I(255)) + oct(I(8)) + bin(I(5))
sum(NX(1, 2, 3), A(5))
sum([A(1), *r[:0], A(2)])
max(NX(1, 5, 3))
max(L(1), L(5), L(3))
min([L(3), L(1)], key=C())
max(r, default=A(1), key=C())
any(NX(0, 0, 1))
all([B(1), B(1), B(0)])
sorted(NX(3, 1, 2), reverse=B(1))
sorted(r, key=C(nth=2)) if r else None
list(reversed(LN(1, 2, 3)))
list(enumerate(NX(1, 2), I(5)))
list(zip(NX(1, 2), r, strict=B(0)))
list(zip(r, NX(1, 2), strict=True))
list(map(C(), r, NX(1, 2)))
list(filter(C(), r))
list(filter(None, [B(1), B(0)]))
list(iter(C(5, nth=2), 5))
list(iter(C(5), E(5)))
next(NX(at=0), r)
isinstance(5, (str, *r[:0], int))
isinstance(5, type('Meta', (type,), {'__instancecheck__': lambda c, x: act()})('K', (), {}))
issubclass(int, type('Meta', (type,), {'__subclasscheck__': lambda c, x: act()})('K', (), {}))
type('K', tuple(r[:0]), M(('a', 1)))
type(str(S('K')), (), {'x': r, '__set_name__': act()})
type('K', (), {'d': type('D', (), {'__set_name__': lambda s, o, n: act()})()}).__name__
type('K', (), {'__slots__': NX('a', 'b')}).__slots__
getattr(r, str(S('append')))(A(1)) or len(r)
vars(type('K', (), {'__getattribute__': lambda s, n: (act(), {})[1]})())
dir(type('K', (), {'__dir__': lambda s: IT('b', 'a')})())
dir(type('K', (), {'__dict__': M(('a', 1))})())
compile('1', P('name'), 'eval', flags=I(0)) and None
open(P('/nonexistent')) if False else os.fspath(P('x'))
os.path.join(P('a'), P('b'))
exec('x = 1', {'r': r, '__builtins__': {}}, M(('x', 1)))
eval('x', {}, M(('x', S(1)))).value
eval('[x for y in r if x or y]', {'r': r, 'x': B(1)})
__import__(str(S('math'))).__name__
object.__reduce_ex__(S(1), I(2)) and None
super(S, S(1)).__str__()[:1]
r.append(lambda: act()); r[-1]()
random.Random(I(5)).random()
random.Random(1).getrandbits(I(5))
random.Random(1).randrange(I(5), I(50), I(5))
random.Random(1).setstate(random.Random(2).getstate()[:2] + (None,))
random.Random(1).setstate((3, NX(*range(625)), None))
random.Random(1).setstate((3, tuple([I(5)] * 625), None))
random.Random(1).choices(r, cum_weights=[N(1), N(2), N(3)])
random.Random(1).shuffle(LN(1, 2)) if False else random.Random(1).uniform(N(1), N(2))
struct.pack('<i', I(5))
struct.pack('<d', N(5))
struct.pack('<?', B(1))
struct.pack('<Hh', I(5), I(6))
struct.pack(str(S('<H')), I(5))
struct.pack('<3s', S('x'))
struct.pack('<%ds' % I(3), b'abc')
struct.Struct('<H').pack(I(5))
struct.calcsize(str(S('<H')))
time.strftime('%Y', NX(2000, 1, 1, 0, 0, 0, 0, 1, 0))
time.strftime('%Y', (I(2000), 1, 1, 0, 0, 0, 0, 1, 0))
time.gmtime(N(0)).tm_year
datetime.date(I(2000), I(1), I(1))
datetime.timedelta(days=N(1), seconds=N(2))
datetime.timedelta(1) * N(2)
datetime.datetime(2000, 1, 1, tzinfo=None).replace(year=I(2001))
datetime.datetime(2000, 1, 1).strftime(str(S('%Y')))
datetime.date(2000, 1, 1) == E(1)
datetime.date.fromordinal(I(500))
decimal.Decimal(NX(0, (1, 2), -1)) if False else decimal.Decimal((0, (1, 2), I(-1)))
fractions.Fraction(I(1), 2) if False else fractions.Fraction(1, 2) == E(0.5)
unicodedata.normalize('NFC', str(S('a')))
string.Template('$a $b').substitute(M(('a', S(1)), ('b', 2)))
textwrap.wrap('a b c', I(3)) if False else textwrap.fill('a b', 3)
operator.index(I(5)) + operator.length_hint(LH(1, 2), I(3))
operator.length_hint(LH(1, 2))
operator.methodcaller('count', E('a'))(r)
operator.attrgetter('value')(S(1))
types.SimpleNamespace(a=R(1), r=r)
types.SimpleNamespace(a=E(1)) == types.SimpleNamespace(a=1)
types.SimpleNamespace(**M(('a', 1)))
types.MethodType(C(), r)() is r
functools.partial(C(), *r)(S(1))
functools.partial(C(), r) == E(1)
functools.cmp_to_key(C(I(0)))(1) < functools.cmp_to_key(C())(2)
sorted([3, 1, 2], key=functools.cmp_to_key(C(-1, nth=2)))
functools.lru_cache(2)(C())(H(1)) and None
functools.lru_cache(maxsize=I(2))(C())(E(1)) and None
functools.reduce(C(), NX(1, 2, 3))
functools.reduce(C(5), r, A(1))
contextlib.ExitStack().callback(C())() if False else None
weakref.WeakSet([S]).add(H) or None
weakref.ref(S, C())() is S
enum.Enum('K', NX('a', 'b')).a.value
re.compile(str(S('a'))).sub(C('x'), 'banana', count=I(2))
re.sub('a', C('x'), 'banana')
re.compile('a').sub(C('x'), 'banana', I(1))
re.compile('a').split('banana', I(1))
re.compile('a').search('banana', I(2), I(6)).span()
re.compile('(a)(n)').search('banana').group(I(1), I(2))
re.compile('(a)(n)').search('banana')[I(1)]
re.compile('(?P<x>a)').search('banana').groupdict(A(1))
re.compile('a', I(2)) if False else re.compile('a', 2).flags
re.compile('a') == E(1)
[C()(m.start()) for m in re.finditer('a', 'banana')]
json.dumps([r, C()], default=C(1))
json.dumps({'a': r, 'b': C()}, default=C(1), sort_keys=B(1))
json.dumps(r, indent=I(2)) if False else json.dumps([N(1.5), r], default=C('x'))
json.loads('[1, 2]', parse_int=C(5))
json.loads('{"a": 1}', object_hook=C())
json.loads('{"a": 1.5}', object_pairs_hook=C(), parse_float=C())
csv.reader(NX('a,b', 'c,d')).__next__()
list(csv.reader(NX('a,b', 'c,d')))
list(csv.reader(map(C(), ['a,b', 'c'])))
csv.writer(W()).writerow([S('a'), r, R('b')])
csv.writer(W()).writerow(NX('a', 'b'))
csv.writer(W()).writerows(NX(['a'], ['b']))
csv.writer(W()).writerows([r, [S(1)], r])
csv.reader(['a'], delimiter=str(S(';'))).__next__()
pickle.dumps([r, type('Z', (), {'__reduce__': lambda s: (act(), (int, ()))[1]})()]) and None
pickle.loads(pickle.dumps(r), fix_imports=B(1))
pickle.Unpickler(W(pickle.dumps(r))).load()
pickle.Unpickler(W(pickle.dumps(list(range(300))))).load()[:2]
pickle.Pickler(W()).dump(r)
marshal.dumps(r, I(4)) and None
marshal.load(W(marshal.dumps([1, 2])))
copy.deepcopy([r, type('Z', (), {'__deepcopy__': lambda s, m: act()})(), r])
copy.deepcopy({E(1): r, 2: E(3)})
itertools.count(A(1), A(2)).__next__()
binascii.hexlify(b'ab', '-', I(1))
base64.b64encode(b'ab', bytes(NX(45, 95)))
zlib.compress(b'ab', I(1)) and None
hashlib.new(str(S('md5')), b'x').hexdigest()
hashlib.shake_128(b'x').hexdigest(I(4))
secrets.compare_digest('a', str(S('a')))
""".strip().splitlines()

import base64, binascii, codecs, contextlib, copy, csv, datetime, decimal, enum  # noqa: E401,E402
import fractions, hashlib, json, marshal, math  # noqa: E401,E402
import os, pickle, random, re, secrets, string, struct, textwrap  # noqa: E401,E402
import time, types, unicodedata, weakref, zlib  # noqa: E401,E402

from _hostile import act  # noqa: E402


def handler(error):
    act()
    return "?", error.end


codecs.register_error("hostile2", handler)
MODULES = {k: v for k, v in globals().items() if type(v) is type(os)}
main([
    (
        "beside a list", lambda: ["a", "b", "c"], ACTIONS,
        [p for p in PROGRAMS if "if False else" not in p], MODULES)])
