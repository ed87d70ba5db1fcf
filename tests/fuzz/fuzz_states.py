#!/usr/bin/python3.11
"""States and streams that somebody else wrote, to everything native that takes one: never a crash.

A case makes an object, takes its true state (what __reduce_ex__ or getstate gives, the code of a regular
expression, a compressed stream, a tree, the bytes of an archive), changes it in a few places, gives it
back, and uses the object. See fuzz_formats.py for the readers whose answers are compared.
"""
import sys

import _fuzz

PRELUDE = r'''
import sys, os, gc, random, io, array, ast, bz2, codecs, collections, copy, copyreg, csv, datetime, decimal, enum, fractions, functools, hashlib, itertools, json, lzma, marshal
import operator, pickle, re, struct, types, zipfile, zipimport, zlib, _sre, _csv, _json, _random, warnings
warnings.simplefilter('ignore')
sys.setrecursionlimit(300)
g = random.Random()
log = os.open('last', os.O_RDWR | os.O_CREAT, 0o600)
def note(*what): os.pwrite(log, ascii(what).encode()[:600].ljust(600), 0)
def tried(f, *a):
    try: return f(*a)
    except Exception as e: return e
NUMBERS = [0, 1, -1, 2, 3, 7, 8, 255, 256, 65535, 65536, 2**31 - 1, 2**31, -2**31, 2**32 - 1, 2**32,
        2**62, 2**63 - 1, 2**63, -2**63, 2**64, 2**80, -2**80]
OTHERS = [None, True, False, '', 'x', '\u20ac' * 5, '\ud800', b'', b'ab', 1.5, float('nan'), float('inf'),
        (), [], {}, (1, 2), [1, 2], {1: 2}, {'a': 1}, set(), int, len, object(), bytearray(b'ab'),
        iter([1]), range(3), Ellipsis]
def damaged(data, times=None):
    data = bytearray(data)
    for _ in range(times or g.choice((1, 1, 1, 2, 3, 6))):
        if not data: break
        i = g.randrange(len(data))
        k = g.randrange(8)
        if k == 0: data[i] ^= 1 << g.randrange(8)
        elif k == 1: data[i] = g.choice((0, 1, 127, 128, 254, 255, 10, 46))
        elif k == 2: del data[i:i + g.randrange(1, 5)]
        elif k == 3: data[i:i] = g.randbytes(g.randrange(1, 5))
        elif k == 4: del data[i:]
        elif k == 5: data[i:i] = data[g.randrange(len(data)):][:g.randrange(1, 20)]
        elif k == 6: data[i] = g.randrange(256)
        else: data[i:i + 4] = g.choice((b'\0\0\0\0', b'\xff\xff\xff\xff', b'\xff\xff\xff\x7f',
                struct.pack('<I', len(data)), b'\0\0\0\x80'))
    return bytes(data)
def other(like=None):
    if g.random() < .5: return g.choice(NUMBERS)
    if g.random() < .2: return [other() for _ in range(g.randrange(4))]
    return g.choice(OTHERS)
def changed(v, depth=0):
    """The value with something changed somewhere in it."""
    if depth > 5 or g.random() < .1: return other()
    if isinstance(v, bool) or v is None: return other()
    if isinstance(v, int): return g.choice((v + 1, v - 1, -v, v ^ 1 << g.randrange(32), g.choice(NUMBERS),
            other()))
    if isinstance(v, bytes): return damaged(v)
    if isinstance(v, str): return damaged(v.encode('utf-8', 'surrogatepass')).decode('latin-1')
    if isinstance(v, (list, tuple)):
        items = list(v)
        k = g.randrange(6)
        if items and k < 4:
            i = g.randrange(len(items))
            items[i] = changed(items[i], depth + 1)
        elif k == 4: items[len(items) - 1 if g.random() < .5 else 0:] = []
        else: items.insert(g.randrange(len(items) + 1), other())
        return type(v)(items) if type(v) in (list, tuple) else tuple(items)
    if isinstance(v, dict) and v:
        d = dict(v)
        key = g.choice(list(d))
        if g.random() < .7: d[key] = changed(d[key], depth + 1)
        else: d[other() if g.random() < .1 else 'k'] = d.pop(key)
        return d
    return other()
USES = [repr, len, bool, lambda o: next(o), lambda o: list(itertools.islice(o, 20)), hash, copy.copy,
        lambda o: o.__reduce_ex__(4), lambda o: pickle.dumps(o, g.randrange(6)),
        lambda o: o.__length_hint__(), lambda o: o == o, lambda o: str(o),
        lambda o: o.__dict__, copy.deepcopy, lambda o: o(), lambda o: o(1, 2), lambda o: sys.getsizeof(o),
                gc.get_referents, lambda o: o.getvalue(), lambda o: o.read(5), lambda o: o.readline(),
                lambda o: o.write('ab'), lambda o: o.write(b'ab'),
        lambda o: o.seek(3), lambda o: o.tell(), lambda o: o.truncate(9), lambda o: o.random(),
                lambda o: o.getrandbits(70), lambda o: o.getstate(), lambda o: o.args,
                lambda o: o.with_traceback(None), lambda o: o.decode('a\r'),
                lambda o: o.decode(b'a\r\xe2'),
        lambda o: o.encode('\u20ac'), lambda o: o + o, lambda o: o[0], lambda o: o[-1],
                lambda o: o.isoformat(), lambda o: o.utcoffset(), lambda o: o.strftime('%c'),
                lambda o: o.append(1), lambda o: o.popleft(), lambda o: o.keywords, lambda o: o.reset()]
def use(o, times=8):
    for _ in range(times): tried(g.choice(USES), o)
MAKERS = [lambda: itertools.count(3, 2), lambda: itertools.cycle('abc'), lambda: itertools.repeat(5, 3),
        lambda: itertools.accumulate([1, 2, 3]), lambda: itertools.accumulate([1, 2], initial=5),
        lambda: itertools.chain('ab', 'c'),
  lambda: itertools.chain.from_iterable(['ab', 'c']), lambda: itertools.compress('abc', [1, 0, 1]),
          lambda: itertools.dropwhile(bool, [1, 0, 1]), lambda: itertools.takewhile(bool, [1, 1, 0]),
          lambda: itertools.filterfalse(bool, [0, 1]), lambda: itertools.groupby('aabb'),
  lambda: itertools.islice('abcdef', 1, 5, 2), lambda: itertools.pairwise('abc'),
          lambda: itertools.starmap(pow, [(1, 2), (3, 4)]), lambda: itertools.tee('abc')[0],
          lambda: itertools.zip_longest('ab', 'c'), lambda: itertools.product('ab', repeat=2),
  lambda: itertools.permutations('abc', 2), lambda: itertools.combinations('abcd', 2),
          lambda: itertools.combinations_with_replacement('abc', 2), lambda: zip('ab', 'cd',
          strict=True), lambda: map(str, [1, 2]), lambda: filter(None, [0, 1]), lambda: enumerate('ab',
          3), lambda: reversed([1, 2, 3]),
  lambda: reversed((1, 2)), lambda: iter([1, 2, 3]), lambda: iter((1, 2)), lambda: iter('abc'),
          lambda: iter('a\u20ac'), lambda: iter(b'abc'), lambda: iter(bytearray(b'abc')),
          lambda: iter(range(5)), lambda: iter(range(2**70)), lambda: iter({1: 2}), lambda: iter({1, 2}),
          lambda: iter({1: 2}.items()),
  lambda: iter(array.array('i', [1, 2])), lambda: iter(int, 5), lambda: iter(collections.deque([1, 2])),
          lambda: reversed(collections.deque([1])), lambda: iter(collections.OrderedDict(a=1)),
          lambda: array.array('d', [1, 2]), lambda: array.array('u', 'ab'),
          lambda: io.BytesIO(b'abcdef'), lambda: io.StringIO('abc\r\ndef\n', newline=None),
  lambda: random.Random(5), lambda: _random.Random(5), lambda: functools.partial(pow, 2, mod=5),
          lambda: collections.deque([1, 2], 5), lambda: collections.OrderedDict(a=1),
          lambda: collections.defaultdict(list, a=[1]), lambda: ValueError(1, 2), lambda: OSError(2,
          'no', 'f'), lambda: UnicodeDecodeError('utf-8', b'ab', 0, 1, 'r'),
  lambda: UnicodeEncodeError('ascii', 'a\u20ac', 1, 2, 'r'), lambda: SyntaxError('m', ('f', 1, 2, 'text',
          1, 3)), lambda: ImportError('m', name='n'), lambda: ExceptionGroup('g', [ValueError(1)]),
          lambda: StopIteration(5), lambda: SystemExit(3), lambda: KeyError('k'),
          lambda: datetime.date(2020, 1, 2), lambda: datetime.datetime(2020, 1, 2, 3, 4, 5, 6,
          datetime.timezone.utc),
  lambda: datetime.time(1, 2, 3), lambda: datetime.timedelta(1, 2, 3),
          lambda: datetime.timezone(datetime.timedelta(hours=1)), lambda: slice(1, 2, 3),
          lambda: range(1, 10, 2), lambda: complex(1, 2), lambda: bytearray(b'abc'), lambda: {1, 2},
          lambda: frozenset([1]), lambda: operator.itemgetter(1, 2), lambda: operator.attrgetter('a.b',
          'c'), lambda: operator.methodcaller('f', 1, k=2),
  lambda: types.SimpleNamespace(a=1), lambda: list[int], lambda: int | str, lambda: struct.Struct('<ihx'),
          lambda: decimal.Decimal('1.5'), lambda: fractions.Fraction(1, 3), lambda: re.compile('a(b)?'),
          lambda: object(), lambda: os.stat_result(range(10)), lambda: memoryview(b'ab'),
          lambda: hashlib.sha256(b'x'), lambda: functools.lru_cache(len),
  lambda: io.IncrementalNewlineDecoder(None, True),
          lambda: io.IncrementalNewlineDecoder(codecs.getincrementaldecoder('utf-8')(),
          True)] + [lambda n=n: codecs.getincrementaldecoder(n)() for n in ('utf-8', 'utf-16', 'utf-32',
          'utf-7', 'utf-8-sig', 'latin-1', 'ascii', 'cp1252', 'unicode_escape', 'raw_unicode_escape',
          'idna', 'punycode')] + [
  lambda n=n: codecs.getincrementalencoder(n)() for n in ('utf-8', 'utf-16', 'utf-32', 'utf-7',
          'utf-8-sig', 'idna')]
def states():
    """A changed state given to an object of the kind it came from, by its own methods or by what __reduce_ex__ says."""
    k = g.randrange(len(MAKERS))
    o = MAKERS[k]()
    for _ in range(g.randrange(3)): tried(next, o)
    state = None
    if hasattr(o, 'getstate') and g.random() < .8: state = tried(o.getstate)
    reduced = tried(o.__reduce_ex__, g.randrange(2, 6))
    if not isinstance(reduced, tuple): reduced = (object, (), None)
    if state is None: state = reduced[2] if len(reduced) > 2 and reduced[2] is not None else g.choice((0,
            5, (1, 2), ((1, 2), 3), {}, ({}, {}), b'', (None, 0)))
    for _ in range(g.randrange(1, 4)):
        bad = changed(state)
        note('state', k, bad)
        for name in ('__setstate__', 'setstate'):
            if hasattr(o, name): tried(getattr(o, name), bad)
        if isinstance(o, (io.BytesIO,
                io.StringIO)) and 2 ** 20 < o.tell() < 2 ** 45: continue  # writing there takes gigabytes of zeros
        use(o, 5)
    f, a = reduced[:2]
    bad = changed(a)
    note('reduce', k, f, bad)
    if isinstance(bad, (list, tuple)): use(tried(f, *bad), 5)
    if hasattr(type(o), '__new__'): note('new', k); use(tried(type(o).__new__, type(o)), 5)
PATTERNS = ['a', 'ab+c', '(a|b)*c', 'x{2,5}?y', '[a-f\\d]+', '(?P<n>a)(?P=n)', '(?<=a)b', '(?<!ab)c',
        '(?=a)\\w+', '(a)?(?(1)b|c)', '\\bfoo\\b', '(?i)stra\u00dfe', '[^\\s]+$', '(?:ab)*+', '(?>a+)b',
        '(a(b(c)))', '(?s).*?x', '^(?m:a$)', '[\u0400-\u04ff\u20ac]', '(?:a|bc|def)', '(?i)[a-z\u00e9]',
        '(a+)+b', 'abcabd', '(ab){3,}', '(?:(a)|b)+?\\1', '(?L)'[:0] + '\\A\\Z']
def code_of(pattern, flags=0):
    parsed = re._parser.parse(pattern, flags)
    return re._compiler._code(parsed, flags), parsed.state.groups, parsed.state.groupdict
def regex():
    """Code for the engine as re/_compiler.py would write it, but for some numbers."""
    pattern = g.choice(PATTERNS)
    code, groups, names = code_of(pattern, g.choice((0, 0, re.I, re.M, re.S, re.A)))
    for _ in range(g.choice((1, 1, 2, 4))):
        i, k = g.randrange(len(code)), g.randrange(7)
        if k == 0: code[i] = g.randrange(48)
        elif k == 1: code[i] = min(max(code[i] + g.choice((1, -1, 2, -2, 5)), 0), 2**32 - 1)
        elif k == 2: code[i] = g.choice((0, 1, len(code), len(code) - i, 2**31, 2**32 - 1, 2**32 - 2,
                65535))
        elif k == 3: del code[i]
        elif k == 4: code.insert(i, g.randrange(48))
        elif k == 5: code[i:i] = g.choice((code,
                code_of(g.choice(PATTERNS))[0]))[g.randrange(len(code)):][:g.randrange(1, 12)]
        else: code[i] = code[g.randrange(len(code))]
        if not code: return
    if g.random() < .1: code[g.randrange(len(code))] = other()
    groups = groups - 1 if g.random() < .8 else g.choice((0, 1, 2, 100, -1, 2**30, 2**31))
    names = names if g.random() < .9 else g.choice(({}, {'n': 5}, {'n': -1}, {'n': 'x'}, {5: 1}, None))
    indices = g.choice(((None,) + tuple('abc'), (), (None, 'n'), [None], None))
    bytewise = g.random() < .15
    note('regex', pattern, code, groups, names, indices)
    p = tried(lambda: _sre.compile(pattern.encode() if bytewise else pattern, g.choice((0, 32, 2, 8)),
            code, groups, names, indices))
    if isinstance(p, re.Pattern):
        for text in ('abc abab aabbcc', 'x' * 30 + 'y', '', '\u20acstra\u00dfe foo', 'ab' * 200,
                '\U0001F600a'):
            text = text.encode() if bytewise else text
            def each():
                m = g.choice((p.match, p.search, p.fullmatch))(text)
                if m: m.groups(), m.span(), m.groupdict(), m.lastgroup, m.regs, repr(m), m.expand(text[:0]), m[g.randrange(-1,
                        4)]
            tried(each)
            tried(g.choice((lambda: p.findall(text), lambda: p.sub(text[:1], text), lambda: p.split(text),
                    lambda: [m.span() for m in p.finditer(text)], lambda: p.scanner(text).search(),
                    lambda: (repr(p), p.groupindex, hash(p), p == p, copy.copy(p)))))
class Loader(pickle.Unpickler):
    allowed = 'array collections copyreg datetime decimal fractions functools itertools operator _codecs _random random re _sre struct types io _io enum zlib'.split()
    names = 'int list set frozenset bytearray complex range slice iter reversed ValueError object dict tuple str bytes getattr zip map filter enumerate type super property memoryview OSError UnicodeDecodeError SyntaxError ImportError ExceptionGroup StopIteration'.split()
    def find_class(self, module, name):
        if module in ('builtins',
                '__builtin__') and name in self.names or module.split('.')[0] in self.allowed and name not in ('open',
                'open_code', 'FileIO', 'DynamicClassAttribute', 'CodeType',
                'FunctionType'): return super().find_class(module, name)
        raise pickle.UnpicklingError
    def persistent_load(self, key): return key
OPCODES = b'(.012FIJKLMNQRSTUVXabcdeghijloqrstu]}\x80\x81\x82\x83\x84\x85\x86\x87\x88\x89\x8a\x8b\x8c\x8d\x8e\x8f\x90\x91\x92\x93\x94\x95\x96\x97\x98BC'
def pickles():
    values = [tried(g.choice(MAKERS)) for _ in range(3)]
    data = tried(pickle.dumps, values, g.randrange(6))
    if not isinstance(data, bytes): data = tried(pickle.dumps, [{'a': 1, 'b': 'x' * 300}, (1, 2.5), 2**70,
            b'y' * 9, {1, 2}], g.randrange(6))
    data = bytearray(damaged(data))
    for _ in range(g.randrange(4)):
        if data: data[g.randrange(len(data))] = g.choice(OPCODES)
    if g.random() < .2: data = bytes(g.choice(OPCODES) for _ in range(g.randrange(1, 30))) + data
    if g.random() < .1: data = b'\x80\x04\x95' + struct.pack('<Q', g.choice((0, 1, len(data),
            len(data) + 1, 2**31, 2**63, 2**64 - 1))) + data
    data = bytes(data)
    note('pickle', data)
    def load():
        reader = Loader(io.BytesIO(data), encoding=g.choice(('ASCII', 'bytes', 'latin-1', 'utf-8')),
                errors='replace', buffers=g.choice((None, [b'a', bytearray(b'c')], [])),
                fix_imports=g.random() < .5)
        if g.random() < .2: reader.memo = g.choice(({0: 1}, {5: []}, {}, {-1: 2}, {2**20: 1}, {'a': 1}))
        for _ in range(2): use(reader.load(), 5)
    tried(load)
def marshals():
    value = g.choice(([1, 'a', (2.5, b'x'), {'k': None}, {1, 2}, 2**100],
            compile('def f(x, *y, z=1):\n  try: return [i for i in y]\n  finally: pass\n', 'm', 'exec'),
            {'a': [frozenset([1]), 1j, 'a' * 300]}, ('x',) * 5))
    data = damaged(marshal.dumps(value, g.randrange(5)))
    note('marshal', data)
    tried(lambda: use(marshal.loads(data), 4))
    tried(lambda: use(marshal.load(io.BytesIO(data)), 4))
    tried(lambda: marshal.loads(memoryview(data)[g.randrange(3):]))
def streams():
    raw = g.choice((b'abc' * 400, g.randbytes(300), b'', b'x' * 70000))
    k = g.randrange(7)
    if k < 3:
        bits = g.choice((15, -15, 31, 9, -9))
        c = zlib.compressobj(g.randrange(10), 8, bits, g.randrange(1, 10), g.randrange(5), *((b'abcabc',)
                if bits == 15 and g.random() < .3 else ()))
        data = damaged(c.compress(raw) + c.flush())
        d = zlib.decompressobj(g.choice((bits, 47, 0, -15)), *((b'abcabc',) if g.random() < .3 else ()))
    elif k < 5: data, d = damaged(bz2.compress(raw)), bz2.BZ2Decompressor()
    else:
        how = g.choice(({}, {'format': lzma.FORMAT_ALONE}, {'check': lzma.CHECK_CRC32},
                {'format': lzma.FORMAT_RAW, 'filters': [{'id': lzma.FILTER_DELTA, 'dist': 5},
                {'id': lzma.FILTER_LZMA2, 'preset': 1}]}))
        data = damaged(lzma.compress(raw, **how))
        d = lzma.LZMADecompressor(how.get('format', lzma.FORMAT_AUTO), None, how.get('filters')
                and changed(how['filters'])) if 'filters' not in how or g.random() < .5 else tried(lzma._decode_filter_properties,
                g.choice((3, 33, 4, 0x4000000000000001, 2**64)), g.randbytes(g.randrange(6)))
    note('stream', k, data)
    while data:
        n = g.randrange(1, 400)
        part, data = data[:n], data[n:]
        if isinstance(tried(lambda: d.decompress(part, g.choice((-1, 0, 1, 50, 100000)))),
                Exception) and g.random() < .7: break
        if g.random() < .1: d = tried(copy.copy, d) if k < 3 and g.random() < .5 else d
        tried(lambda: (d.eof, d.unused_data, getattr(d, 'unconsumed_tail', 0), getattr(d, 'needs_input',
                0)))
    tried(lambda: d.flush(g.choice((1, 16384, 0, -1))))
    tried(lambda: d.decompress(b''))
def codings():
    name = g.choice(('utf-8', 'utf-16', 'utf-32', 'utf-7', 'utf-16-be', 'utf-8-sig', 'unicode_escape',
            'raw_unicode_escape', 'idna', 'punycode', 'cp1252', 'latin-1', 'hex', 'base64', 'quopri',
            'uu', 'zlib', 'bz2', 'rot13'))
    text = g.choice(('abc\u20ac\U0001F600', '\ud800a', 'b\u00fccher.example', 'a' * 300,
            '\\u20ac\\N{DIGIT ONE}\\x', ''))
    data = damaged(tried(codecs.encode, text, name) if isinstance(tried(codecs.encode, text, name), bytes)
            else text.encode('utf-8', 'surrogatepass'))
    errors = g.choice(('strict', 'ignore', 'replace', 'backslashreplace', 'surrogateescape',
            'surrogatepass', 'namereplace', 'xmlcharrefreplace', 'odd'))
    note('coding', name, data, errors)
    tried(codecs.decode, data, name, errors)
    d = tried(lambda: codecs.getincrementaldecoder(name)(errors))
    for i in range(0, len(data), 3):
        tried(lambda: d.decode(data[i:i + 3], g.random() < .1))
        if g.random() < .2: tried(lambda: d.setstate(changed(d.getstate())))
    e = tried(lambda: codecs.getincrementalencoder(name)(errors))
    for c in text:
        tried(lambda: e.encode(c, g.random() < .1))
        if g.random() < .2: tried(lambda: e.setstate(changed(e.getstate())))
    tried(lambda: codecs.charmap_decode(data, errors, g.choice((text, {0: 1, 97: 'xyz', 98: None,
            99: 2**21, 100: -1}, {}, None, [1, 'a'], 'ab\ufffe'))))
    tried(lambda: codecs.charmap_encode(text, errors, g.choice((codecs.charmap_build('abc' * 85 + 'd'),
            {97: b'xyz', 98: 256, 99: -1, 8364: None}, None, 'abc', changed({97: 5})))))
    tried(lambda: text.translate(changed({97: 'x', 98: None, 8364: 5})))
    codecs.register_error('odd', lambda e: g.choice((('x', e.end), ('', e.start), ('\u20ac', -1), (b'ab',
            e.end), ('x', 2**40), ('x', -2**40), ('x' * 50, e.end), None, ('x',))))
def files():
    f = g.choice((io.BytesIO, io.StringIO))(g.choice(('abc\r\ndef', b'abc\r\ndef')) if 0 else None)
    tried(lambda: f.__setstate__(g.choice((('abc', 1, None), (b'abc', 1, None), ('a\r\n', '\n', 2, {}),
            ('a', '', 2**40, None), (bytearray(b'abc'), -1, {}), changed(('abc\n', '\n', 1, {'a': 1})),
            changed((b'abc', 1, {'a': 1}))))))
    if not isinstance(tried(f.tell),
            int) or f.tell() < 2 ** 20 or f.tell() > 2 ** 45: use(f)  # not gigabytes of zeros
    t = io.TextIOWrapper(io.BytesIO('a\u20acb\r\nc\U0001F600'.encode() * 50), g.choice(('utf-8', 'utf-16',
            'utf-7', 'latin-1', 'utf-8-sig')), g.choice(('strict', 'replace')), g.choice((None, '', '\n',
            '\r\n')))
    tried(lambda: t.read(g.randrange(20)))
    cookie = tried(t.tell)
    for _ in range(4):
        cookie = g.choice((cookie, 0)) if not isinstance(cookie, int) else g.choice((cookie,
                cookie ^ 1 << g.randrange(330), sum(g.choice((0, 1, 5, 2**31, 2**63 - 1)) << 64 * i
                for i in range(4)) | g.randrange(3) << 256, *NUMBERS))
        if 2 ** 20 < cookie % 2 ** 64 < 2 ** 45: continue
        note('cookie', cookie)
        tried(t.seek, cookie)
        tried(lambda: t.read(g.randrange(9)))
        tried(t.readline), tried(t.tell), tried(t.write, 'x\u20ac')
def arrays():
    a = array.array(g.choice('bBuhHiIlLqQfd'), [])
    code, layout = g.choice('bBuhHiIlLqQfdzx\u20ac'), g.choice((*range(-1, 24), 2**31))
    data = g.randbytes(g.randrange(20))
    note('array', code, layout, data)
    made = tried(lambda: array._array_reconstructor(g.choice((array.array, array.array, int, type('A',
            (array.array,), {}))), code, layout, data))
    use(made, 4), tried(a.frombytes, data), tried(a.fromfile, io.BytesIO(data), g.choice((0, 1, 3, -1,
            2**60))), tried(a.byteswap), use(a, 3)
    layout = g.choice(('', '<', '>', '=', '!', '@')) + ''.join(g.choice(('', '', '2', '0', '10', '99999',
            '9' * 19, '9' * 30)) + g.choice('xcbB?hHiIlLqQnNefdspP z\0\u20ac')
            for _ in range(g.randrange(6)))
    note('struct', layout)
    s = tried(struct.Struct, layout)
    for f in (lambda: s.unpack(data), lambda: s.unpack_from(data, g.choice((*range(-5, 9), 2**62))),
            lambda: list(s.iter_unpack(data)), lambda: s.pack(*[other() for _ in range(4)]),
            lambda: s.pack_into(bytearray(9), g.randrange(-9, 9), 1, 2),
            lambda: s.__init__(g.choice(('i', layout, 'zz', b'q'))), lambda: s.unpack(data)): tried(f)
def archives():
    path = 'archive-%d.zip' % os.getpid()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, 'w', g.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))) as z:
        z.writestr('mod.py', 'x = 1\n' * g.randrange(1, 50)), z.writestr('pack/__init__.py',
                'y = 2\n'), z.writestr('pack/data.bin', b'z' * 100)
    data = damaged(buffer.getvalue())
    with open(path, 'wb') as f: f.write(data)
    note('zip', data)
    zipimport._zip_directory_cache.clear()
    z = tried(zipimport.zipimporter, path)
    for f in (lambda: z.get_data('pack/data.bin'), lambda: z.find_spec('mod'), lambda: z.get_code('mod'),
            lambda: z.get_source('pack'), lambda: z.load_module('mod'), lambda: z.is_package('pack'),
            lambda: zipfile.ZipFile(path).testzip()): tried(f)
    sys.modules.pop('mod', None)
def texts():
    text = json.dumps({'a': [1, 2.5, None, '\u00e9\n'], 'b': {'c': True}})
    text = damaged(text.encode()).decode('latin-1')
    at = g.choice((0, 1, 5, len(text), len(text) + 1, -1, 2**40, -2**40))
    note('text', text, at)
    tried(lambda: _json.scanstring(text, at,
            g.random() < .5)), tried(lambda: _json.make_scanner(json.JSONDecoder())(text,
            at)), tried(lambda: json.JSONDecoder(object_hook=lambda d: d.clear(),
            parse_float=g.choice((None, str, len))).raw_decode(text, at))
    tried(lambda: _json.make_encoder(*changed(({}, None, repr, None, ':', ',', False, False,
            True)))({'a': [1]}, 0))
    rows = [damaged(b'a,"b,c",d\n'), 'x,"y', '\0', 5][g.randrange(4):]
    tried(lambda: list(csv.reader([r.decode('latin-1') if isinstance(r, bytes) else r for r in rows],
            **{g.choice(('delimiter', 'quotechar', 'escapechar', 'lineterminator', 'quoting',
            'doublequote', 'strict', 'skipinitialspace', 'dialect')): other()})))
    tried(lambda: csv.writer(io.StringIO(), **{g.choice(('delimiter', 'quotechar', 'escapechar',
            'lineterminator', 'quoting')): other()}).writerow([other(), 'a,"b']))
    moment = damaged(g.choice((b'\x07\xe4\x01\x02\x03\x04\x05\0\0\x06', b'\x07\xe4\x01\x02',
            b'\x01\x02\x03\0\0\x04', b'\x07\xe4\x81\x02\x03\x04\x05\0\0\x06')))
    for c in (datetime.date, datetime.datetime, datetime.time):
        for state in (moment, moment.decode('latin-1')): use(tried(c, state, *((g.choice((None,
                datetime.timezone.utc, 5)),) if g.random() < .4 else ())), 4)
def hashes():
    name = g.choice(('md5', 'sha1', 'sha256', 'sha3_256', 'shake_128', 'blake2b', 'blake2s', 'sm3',
            'nonsense', '\0'))
    note('hash', name)
    h = tried(hashlib.new, name, g.randbytes(g.randrange(300)))
    for f in (lambda: h.update(other()), lambda: h.digest(*((g.choice((0, 1, 50, 2**20, 2**22, -1,
            2**40)),) if 'shake' in name else ())), lambda: h.copy().hexdigest()): tried(f)
    tried(lambda: hashlib.blake2b(b'x', **{g.choice(('digest_size', 'key', 'salt', 'person', 'fanout',
            'depth', 'leaf_size', 'node_offset', 'node_depth', 'inner_size', 'last_node')): other()}))
    tried(lambda: hashlib.pbkdf2_hmac(g.choice(('sha1', 'x')), b'a', b'b', g.choice((1, 2, 0, -1)),
            g.choice((None, 1, 100, 0, -1, 2**40))))
    tried(lambda: hashlib.scrypt(b'a', salt=b'b', n=g.choice((2, 4, 0, 3, 2**40)), r=g.choice((1, 0,
            2**30)), p=g.choice((1, 0)), maxmem=g.choice((0, 2**20))))
SNIPPETS = ['x = 1 + y * 2', 'def f(a, *b, c=1, **d) -> int:\n  return [i for i in b if i]',
        'class C(B, m=1):\n  x: int = 1\n  def f(self): return super().f()',
        'try:\n  pass\nexcept* V as e:\n  raise\nelse: pass\nfinally: del x',
        'match a:\n  case {"k": [1, *r], **z}: pass\n  case C(x, y=2) | None: pass',
        'async def f():\n  async with a as b, c: await d\n  async for i in j: yield i',
            'f"{a!r:>{w}} b"', 'global g; lambda x, /, y, *, z=1: (yield)',
                    'a[1:2, ::3] = b.c; a, *b = c', 'while x:\n  if y: break\n  else: continue',
                    'import a.b as c\nfrom . import d as e', 'print(*a, **b, c=1)',
                    'x = {1: 2, **a}, {1, *b}, (i async for i in j)', '"a" "b", b"c", 1j, ..., None',
                    'with a as (b, c): assert x, y', 'nonlocal q', 'x: "a" = (y := 5)',
                    'not a < b <= c is d and e or -f']
def trees():
    """A syntax tree with fields of other kinds: compiled, and unparsed."""
    tree = ast.parse(g.choice(SNIPPETS))
    nodes = list(ast.walk(tree))
    for _ in range(g.choice((1, 1, 2, 4))):
        node = g.choice(nodes)
        fields = [*node._fields, *node._attributes]
        if not fields: continue
        name, k = g.choice(fields), g.randrange(6)
        if k == 0: tried(delattr, node, name)
        elif k == 1: setattr(node, name, other())
        elif k == 2: setattr(node, name, g.choice(nodes))
        elif k == 3: setattr(node, name, [g.choice(nodes) for _ in range(g.randrange(3))])
        elif k == 4: setattr(node, name, [other(), *([g.choice(nodes)] if g.random() < .5 else [])])
        else: setattr(node, name, changed(getattr(node, name, None)))
    note('tree', tried(ast.dump, tree))
    code = tried(lambda: compile(tree, 'f', 'exec', flags=g.choice((0, 0, ast.PyCF_ONLY_AST,
            ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, 2**30)), optimize=g.choice((-1, 0, 1, 2, 9))))
    tried(lambda: compile(ast.Expression(g.choice(nodes)), 'f', 'eval')), tried(ast.unparse,
            tree), tried(copy.deepcopy,
            tree), tried(lambda: pickle.loads(pickle.dumps(tree))), tried(ast.fix_missing_locations,
            tree)
    if isinstance(code, types.CodeType): use(code, 4), tried(lambda: (list(code.co_lines()),
            list(code.co_positions()))), tried(marshal.dumps, code)
    def nested(x):
        y = [x + i for i in range(3)]
        return lambda: (x, y)
    parts = {n: getattr(nested.__code__, n)
            for n in 'co_argcount co_posonlyargcount co_kwonlyargcount co_nlocals co_stacksize co_flags co_firstlineno co_code co_consts co_names co_varnames co_freevars co_cellvars co_filename co_name co_qualname co_linetable co_exceptiontable'.split()}
    name = g.choice(list(parts))
    bad = changed(parts[name])
    note('code', name, bad)
    other_code = tried(lambda: nested.__code__.replace(**{name: bad}))
    if isinstance(other_code, types.CodeType):
        use(other_code, 4), tried(lambda: (list(other_code.co_lines()), list(other_code.co_positions())))
        f = tried(lambda: types.FunctionType(other_code, {}, 'f', g.choice((None, (), (1,))),
                g.choice((None, (), (types.CellType(1),)))))
        tried(f), tried(f, 1), tried(lambda: f(1)()), tried(lambda: setattr(nested, '__code__',
                other_code)), tried(lambda: nested(1)())
KINDS = [states, states, states, regex, regex, regex, pickles, pickles, marshals, streams, streams,
        codings, files, arrays, archives, texts, hashes, trees, trees]
def explore(seed):
    g.seed(seed)
    for _ in range(6): g.choice(KINDS)()
'''


class States(_fuzz.Fuzzer):
    """States and streams that somebody else wrote."""
    ROUND = 200
    COMPARES = False
    BATCH = 100
    SECONDS_A_CASE = 3.0
    PRELUDE = PRELUDE

    def case(self, g):
        return f"explore({g.randrange(1 << 40)})"


if __name__ == "__main__":
    sys.exit(States().main())
