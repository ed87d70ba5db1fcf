#!/usr/bin/python3.11
"""Every callable that can be reached, with hostile arguments: never a signal, an abort, a sanitizer's
report or a hang.

A case picks a module, walks from it by attributes and calls to some object, and calls its methods,
operators and attributes with arguments whose special methods raise, return nonsense, or change the other
arguments while the call runs.
"""
import sys

import _fuzz

MODULES = """builtins sys math cmath itertools functools operator collections _collections array struct
    io _io re _sre json _json pickle _pickle marshal binascii zlib bz2 lzma _bz2 _lzma hashlib _hashlib
    _sha1 _md5 _blake2 heapq bisect random _random time datetime _datetime csv _csv codecs _codecs
    unicodedata string _string weakref _weakref gc types typing _typing enum dataclasses contextlib
    contextvars _contextvars copy copyreg abc _abc inspect ast _ast dis symtable _symtable tokenize
    warnings _warnings errno stat _stat fractions statistics _statistics decimal numbers locale _locale
    keyword queue _queue threading _thread select _operator _functools _struct _bisect _heapq asyncio
    traceback linecache textwrap difflib pprint reprlib graphlib zipfile tarfile base64 quopri uuid
    ipaddress html urllib.parse configparser argparse shlex calendar colorsys secrets hmac code codeop
    tempfile opcode _opcode atexit""".split()
SKIP = """pthread_getcpuclockid pthread_kill _exit abort exit quit breakpoint input help raise_signal
    kill killpg _sigsegv _sigabrt _sigfpe _stack_overflow _fatal_error pause sigwait sleep system fork
    forkpty execv execve spawnv _shutdown interact settrace setprofile set_trace wait wait_for acquire
    run serve_forever join read_input lock allocate_lock start_new_thread start_new _start_new_thread
    rmtree unlink remove rename chdir mkdir rmdir TestProgram main dump_traceback_later run_forever
    SimpleQueue _PySimpleQueue Queue LifoQueue PriorityQueue copyright credits license setswitchinterval
    set_int_max_str_digits setrecursionlimit collect stack_size addaudithook open open_code
    NamedTemporaryFile TemporaryFile mkstemp mkdtemp FileIO SpooledTemporaryFile TemporaryDirectory
    extractall extract _run_exitfuncs unregister register getpass getch select poll epoll interrupt_main
    _setprofile run_until_complete run_module run_path test _test""".split()
COMMON = ["builtins", "io", "collections", "itertools", "functools", "array", "re", "types"]

PRELUDE = r'''
import sys, gc, random, importlib
sys.setrecursionlimit(400)
SKIP = set(%r)
g = random.Random()
victims = []
import os
log = os.open('last', os.O_RDWR | os.O_CREAT, 0o600)
def note(text): os.pwrite(log, text.encode('ascii', 'replace')[:200].ljust(200), 0)
class Odd(Exception): pass
def act():
    """Something happens in the middle of the call."""
    what = g.randrange(9)
    for v in victims[-3:]:
        try:
            if what == 0: v.clear()
            elif what == 1: v.append(g.randrange(9))
            elif what == 2: v.extend([1] * 40)
            elif what == 3: v.pop()
            elif what == 4: v[:] = []
            elif what == 5: v.update({g.randrange(9): 1})
            elif what == 6: v.__init__()
        except Exception: pass
    if what == 7: gc.collect(0)
    if what == 8 and g.random() < .5: raise Odd
    return what
class Hostile:
    def __init__(self, n=0): self.n = n
    def __index__(self): act(); return self.n
    def __int__(self): act(); return self.n
    def __float__(self): act(); return float(self.n)
    def __len__(self): act(); return abs(self.n) %% 7
    def __bool__(self): act(); return bool(self.n)
    def __eq__(self, o): return act() %% 2
    def __lt__(self, o): return act() %% 2
    def __gt__(self, o): return act() %% 2
    def __hash__(self): act(); return self.n
    def __iter__(self): act(); return iter([1, b'x', self][:self.n %% 4])
    def __next__(self):
        if act() > 5: raise StopIteration
        return self.n
    def __getitem__(self, i):
        act()
        if isinstance(i, int) and i > 5: raise IndexError
        return 'v'
    def __setitem__(self, i, v): act()
    def __delitem__(self, i): act()
    def __contains__(self, x): return act() %% 2
    def __call__(self, *a, **k): act(); return a[0] if a else self
    def __str__(self): act(); return 's'
    def __repr__(self): act(); return 'r'
    def __bytes__(self): act(); return b'b'
    def __format__(self, s): act(); return 'f'
    def __enter__(self): act(); return self
    def __exit__(self, *a): return act() %% 2
    def __length_hint__(self): act(); return g.choice([0, 5, -1, 10 ** 6])
    def __getattr__(self, name):
        if name.startswith('__'): raise AttributeError(name)
        act(); return self
    def __add__(self, o): act(); return o
    __radd__ = __mul__ = __rmul__ = __sub__ = __rsub__ = __mod__ = __rmod__ = __and__ = __or__ = __add__
    def __del__(self): act()
    def keys(self): act(); return ['a', 'b']
    def read(self, *a): act(); return g.choice([b'abc', 'abc', b'', None, 5])
    readline = readinto = read
    def write(self, *a): act(); return g.choice([0, 1, None, 'x'])
class L(list): pass
class D(dict): pass
class S(str): pass
class B(bytearray): pass
class Meta(type):
    def __instancecheck__(c, o): return act() %% 2
    def mro(c): act(); return type.mro(c)
def generator(): yield 1; act(); yield 2
async def coroutine(): return 1
def new_victim(v): victims.append(v); del victims[:-6]; return v
MAKERS = [lambda: None, lambda: True, lambda: g.randrange(-3, 9), lambda: g.choice([2**31, 2**62, -2**63, 2**64, 10**30, -1]), lambda: g.choice([0.0, -1.5, float('nan'), float('inf'), 1e300]),
    lambda: g.choice(['', 'a', 'abc', '\xe9\u20ac', '\U0001f600', '\ud800', '%%s', '{0}', 'utf-8', '__class__', 'a.b']), lambda: g.choice([b'', b'a', b'\xff\x00abc', bytes(300)]),
    lambda: new_victim([1, 2, 3]), lambda: new_victim([]), lambda: new_victim(bytearray(b'abcdef')), lambda: new_victim({'a': 1, 2: 3}), lambda: new_victim({1, 2}), lambda: (1, 'a'), lambda: (),
    lambda: Hostile(g.randrange(-3, 9)), lambda: Hostile(g.choice([2**70, -2**70, 10**6])), lambda: [Hostile(1), Hostile(2)], lambda: {Hostile(1): Hostile(2)}, lambda: iter([1, Hostile(3)]), lambda: Hostile,
    lambda: memoryview(new_victim(bytearray(b'abcdef'))), lambda: L([Hostile(5)]), lambda: D(a=1), lambda: S('sub'), lambda: new_victim(B(b'xy')), generator, coroutine, lambda: generator, lambda: int, lambda: list, lambda: type,
    lambda: object(), lambda: Meta('M', (), {}), lambda: (lambda *a, **k: act()), lambda: new_victim(__import__('collections').deque([1, 2])), lambda: __import__('array').array('i', [1, 2]),
    lambda: slice(Hostile(0), Hostile(5), g.choice([None, 1, -1, Hostile(2)])), lambda: range(5), lambda: ValueError('x'), lambda: sys, lambda: __import__('io').BytesIO(b'abc'), lambda: __import__('io').StringIO('abc\n'), lambda: new_victim(__import__('collections').OrderedDict(a=1)),
    lambda: sys._getframe(), lambda: (lambda: 0).__code__, lambda: frozenset([1]), lambda: Exception, lambda: NotImplemented, lambda: ..., lambda: zip([1], Hostile(2)), lambda: map(Hostile(1), [1, 2]), lambda: __import__('weakref').ref(Hostile)]
def value(): return g.choice(MAKERS)()
def arguments(): return [value() for _ in range(g.choice([0, 1, 1, 1, 2, 2, 3, 4]))]
def kind_of(f): return type(f).__name__ + ' ' + str(type.__getattribute__(f, '__name__') if isinstance(f, type) else getattr(f, '__qualname__', '') if type(f).__name__ in ('builtin_function_or_method', 'function', 'method_descriptor', 'method') else '')
def call(f):
    try:
        name = getattr(f, '__name__', '')
        if isinstance(name, str) and name in SKIP: return None
        k = {}
        if g.random() < .15: k = {g.choice(['key', 'default', 'start', 'reverse', 'encoding', 'errors', 'maxlen', 'initial', 'strict', 'sep', 'x']): value()}
        a = arguments()
        note(f'call {kind_of(f)} with {[type(x).__name__ for x in a]} {list(k)}')
        return f(*a, **k)
    except Exception: return None
OPERATORS = [lambda a, b: a + b, lambda a, b: a * b if not (isinstance(b, int) and abs(b) > 1000 or isinstance(a, int) and abs(a) > 1000 or isinstance(a, Hostile) or isinstance(b, Hostile)) else 0, lambda a, b: a %% b, lambda a, b: a[b], lambda a, b: b in a, lambda a, b: a == b, lambda a, b: a < b, lambda a, b: a | b, lambda a, b: a & b, lambda a, b: a - b,
    lambda a, b: a ^ b, lambda a, b: repr(a), lambda a, b: hash(a), lambda a, b: list(zip(a, range(9))), lambda a, b: len(a), lambda a, b: bool(a), lambda a, b: a.__setitem__(b, 1), lambda a, b: a.__delitem__(b), lambda a, b: isinstance(b, a), lambda a, b: dir(a), lambda a, b: format(a, 's'),
    lambda a, b: a @ b, lambda a, b: -a, lambda a, b: ~a, lambda a, b: a // b, lambda a, b: next(a), lambda a, b: [*a][:5] if not isinstance(a, type(iter(int, 1))) else 0, lambda a, b: a.__reduce_ex__(4), lambda a, b: __import__('copy').copy(a), lambda a, b: setattr(a, 'x', b), lambda a, b: bytes(a) if not isinstance(a, int) else 0, lambda a, b: memoryview(a), lambda a, b: a.__class__(b),
    lambda a, b: a.__init__(b), lambda a, b: type(a).__new__(type(a)), lambda a, b: a.__sizeof__(), lambda a, b: a.__doc__, lambda a, b: vars(a), lambda a, b: sys.getsizeof(a), lambda a, b: a.__get__(b, type(b)), lambda a, b: iter(a), lambda a, b: a.__dict__.update(x=b), lambda a, b: a.__eq__(b), lambda a, b: a.__ne__(b), lambda a, b: a.__format__(b), lambda a, b: a.__setstate__(b)]
PROTECTED = {id(v) for m in list(sys.modules.values()) for v in (m, getattr(m, '__dict__', None))} | {id(sys), id(sys.modules), id(sys.path), id(sys.stdout), id(globals())}
def poke(o, depth=0):
    """Attributes, methods and operators of an object, and of what they give."""
    if id(o) in PROTECTED and depth: return
    for _ in range(g.randrange(1, 6)):
        try:
            if g.random() < .4 and not (isinstance(o, type) and not isinstance(o, Meta)):
                a, b = (o, value()) if g.random() < .8 else (value(), o)
                i = g.randrange(len(OPERATORS))
                note(f'operator {i} {type(a).__name__} {type(b).__name__}')
                r = OPERATORS[i](a, b)
            else:
                name = g.choice(dir(o))
                if name in SKIP: continue
                if name in ('__setattr__', '__delattr__', '__subclasses__', '__class__', '__globals__', 'f_globals', 'f_builtins', '__builtins__', '__self__', 'f_back', 'f_locals'): continue
                note(f'attribute {name} of {type(o).__name__}')
                r = getattr(o, name)
                if callable(r): r = call(r)
            if r is not None and depth < 3 and g.random() < .5: poke(r, depth + 1)
        except Exception: pass
def explore(seed, name):
    g.seed(seed)
    del victims[:]
    try: m = importlib.import_module(name)
    except ImportError: return
    names = [n for n in dir(m) if n not in SKIP and not n.startswith('__')]
    for _ in range(25 if names else 0):
        try:
            o = getattr(m, g.choice(names))
            r = call(o) if callable(o) else o
            if r is not None: poke(r)
        except Exception: pass
    for _ in range(5): poke(value())
''' % (SKIP,)


class Api(_fuzz.Fuzzer):
    """All callables with hostile arguments."""
    ROUND = 240
    COMPARES = False
    BATCH = 60
    SECONDS_A_CASE = 3.0

    PRELUDE = PRELUDE

    def case(self, g):
        return f"explore({g.randrange(1 << 40)}, {g.choice(MODULES if g.random() < 0.7 else COMMON)!r})"


if __name__ == "__main__":
    sys.exit(Api().main())
