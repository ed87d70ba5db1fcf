# stress: 307
"""Bytearrays that arguments resize while a method is at work on them."""
from _hostile import main

ACTIONS = {
    "clear": lambda r: r.clear(),
    "pop": lambda r: r.pop() if r else None,
    "del front": lambda r: r.__delitem__(slice(0, 3)),
    "grow": lambda r: r.extend(b"0123456789" * 20),
    "replace": lambda r: r.__setitem__(slice(None), b"-" * len(r)),
    "export": lambda r: KEPT.append(memoryview(r)),
}
KEPT = []

PROGRAMS = """
r[I(0)]
r[I(3)]
r[I(-1)]
r[I(1):]
r[:I(3)]
r[::I(2)]
r[I(1):I(4):I(2)]
r[I(-1)::-1]
r[I(0)] = 65
r[I(-1)] = 65
r[0] = I(65)
r[-1] = I(65)
r[2] = I(300)
r[I(1)] = I(65)
r[I(1):] = b'xy'
r[I(1):I(3)] = bytearray(b'xyz')
r[I(0):0] = b'xyz'
r[::I(2)] = b'xyzw'
r[I(6)::-2] = bytearray(b'xyzw')
r[1:3] = IT(7, 8, 9)
r[1:3] = NX(7, 8, 9)
r[1:3] = LH(7, 8)
r[1:3] = [I(7), 8]
r[1:3] = (7, I(8))
r[1:3] = LN(7, 8)
r[1:3] = r
r[I(1):3] = r
r[::2] = NX(7, 8, 9, 10)
del r[I(0)]
del r[I(-1)]
del r[I(1):]
del r[I(1):I(3)]
del r[::I(2)]
del r[I(4)::-2]
r.append(I(65))
r.insert(I(1), 65)
r.insert(1, I(65))
r.insert(I(-1), I(65))
r.pop(I(0))
r.pop(I(-1))
r.remove(I(99))
r.remove(I(104))
r.extend(IT(7, 8))
r.extend(NX(7, 8, 9))
r.extend(LH(7, 8))
r.extend(LN(7, 8))
r.extend([I(7), 8])
r.extend((7, I(8)))
r.extend(map(C(65), 'ab'))
r += IT(7, 8)
r += b'ab'
r *= I(2)
r *= I(0)
r * I(2)
I(2) * r
r + A(1)
r.find(b'e', I(1))
r.find(b'e', I(1), I(6))
r.find(I(101))
r.find(I(101), I(1), I(6))
r.rfind(b'e', I(1), I(6))
r.rfind(I(101), I(1))
r.index(b'e', I(1))
r.index(I(101), 0, I(8))
r.rindex(I(101), I(1))
r.count(b'e', I(1))
r.count(I(101), I(1), I(8))
I(101) in r
r.startswith(b'a', I(0))
r.startswith((b'a', b'abc'), I(0), I(3))
r.endswith(b'h', I(0))
r.endswith(b'h', I(0), I(8))
r.replace(b'e', b'xx', I(1))
b'aea'.replace(b'e', r, I(1))
b'abcdefgh'.replace(r, b'', I(1))
b'abcdefgh'.find(r, I(0))
b'abcdefgh'.rindex(r, I(0), I(8))
b'abcdefgh'.count(r, I(0))
b'abcdefgh'.startswith(r, I(0))
b'abcdefgh'.split(r, I(1))
b'abcdefgh'.rsplit(sep=r, maxsplit=I(1))
r.split(b'd', I(1))
r.rsplit(b'd', I(1))
r.split(None, I(1))
r.splitlines(B(1))
r.expandtabs(I(4))
r.center(I(12))
r.ljust(I(12), b'-')
r.rjust(I(12), bytearray(b'-'))
b'ab'.center(I(12), r)
r.zfill(I(12))
r.hex('-', I(2))
r.hex(':', I(-3))
r.join(NX(b'1', b'2', b'3'))
r.join(IT(b'1', b'2'))
r.join(map(C(b'x'), 'ab'))
b'-'.join(NX(r, r, b'3'))
b'-'.join(IT(r, b'3'))
bytearray(b'-').join([r, *NX(r)])
r.decode('utf-8', 'strict')
r.decode('hostile')
r.decode('ascii', 'hostile')
r[:] = b'ab\\xff\\xfecd'; r.decode('utf-8', 'hostile')
r[:] = b'ab\\xff\\xfecd'; r.decode('ascii', 'hostile')
r[:] = b'ab\\xff\\xfe'; str(r, 'utf-8', 'hostile')
r[:] = b'ab\\xff\\xfec'; r.decode('utf-16', 'hostile')
r[:] = b'\\\\xzz\\\\'; codecs.unicode_escape_decode(r, 'hostile')
r[:] = b'ab\\xff\\xfe'; codecs.utf_8_decode(r, 'hostile', B(1))
r[:] = b'ab\\xff\\xfe'; codecs.charmap_decode(r, 'hostile', {})
codecs.charmap_decode(r, 'strict', M((97, 'x')))
r[:] = b'%s-%d'; r % (S(1), I(2))
r[:] = b'%s-%d'; r % (b'x', N(2))
r[:] = b'%b'; r % (S(1),)
r[:] = b'%a-%r'; r % (R(1), R(2))
r[:] = b'%*d'; r % (I(3), 5)
r[:] = b'%(a)s'; r % M((b'a', b'x'))
b'%s' % r
r.translate(bytes(256), delete=bytes(2))
r.__init__(NX(7, 8))
r.__init__(I(5))
r.__init__(IT(7, 8))
r.__init__([I(7), I(8)])
r.__setitem__(slice(I(1), I(3)), NX(65, 66))
r.__alloc__() > 0
bytes(r) == b'' or len(r)
bytes([*r[:1], *NX(7, 8)])
int.from_bytes(r, 'big', signed=B(1))
int.from_bytes(NX(1, 2), 'big')
r == A(1)
r < E(1)
for x in r: act()
[C()(x) for x in r]
it = iter(r); list(map(C(), it))
it = iter(r); next(it); it.__setstate__(2); list(map(C(), it))
list(zip(r, NX(1, 2, 3), r))
sum(r, A(1))
max(r, key=C(nth=2))
sorted(r, key=C(nth=2))
list(reversed(r)) == list(map(C(), reversed(r)))
bytes(map(C(65), r))
bytearray(map(C(65), r))
memoryview(r)[I(1)]
memoryview(r)[I(1):I(3)].tobytes()
memoryview(r)[I(1)] = 65
memoryview(r)[0] = I(65)
memoryview(r).cast(P('B'))
memoryview(r).hex('-', I(2))
memoryview(r)[I(0):2] = b'xy'
m = memoryview(r); m[0:2] = IT(1, 2)
struct.pack_into('<HH', r, I(0), 1, 2)
struct.pack_into('<HH', r, 0, I(1), I(2))
struct.pack_into('<ff', r, 0, N(1), N(2))
struct.pack_into('<?', r, 0, B(1))
struct.unpack_from('<H', r, I(1))
struct.unpack_from('<H', buffer=r, offset=I(-2))
[C()(x) for x in struct.iter_unpack('<H', r)]
binascii.hexlify(r, '-', I(2))
binascii.crc32(r, I(1))
binascii.crc_hqx(r, I(1))
binascii.b2a_base64(r, newline=B(1))
binascii.a2b_base64(r, strict_mode=B(0))
binascii.b2a_qp(r, B(1), B(1), B(0))
binascii.a2b_qp(r, B(1))
binascii.b2a_uu(r, backtick=B(1))
zlib.crc32(r, I(1))
zlib.adler32(r, I(1))
zlib.compress(r, I(1))
zlib.compress(r, 1, I(15))
zlib.decompress(r, I(15))
zlib.decompress(r, bufsize=I(15))
zlib.decompressobj().decompress(r, I(15))
zlib.compressobj(I(1)).compress(r)
hashlib.pbkdf2_hmac('sha1', r, b'salt', I(1))
hashlib.pbkdf2_hmac('sha1', b'pass', r, I(1), I(8))
hashlib.md5(r, usedforsecurity=B(1)).hexdigest()
hashlib.sha256(r).hexdigest()
hashlib.blake2b(r, digest_size=I(16)).hexdigest()
hashlib.blake2s(r, key=r, digest_size=I(16)).hexdigest()
re.compile(b'e').sub(C(b'x'), r)
re.compile(b'[a-h]').sub(C(b'x'), r)
re.compile(b'[a-h]').subn(C(b'x'), r, I(2))
re.compile(b'e').search(r, I(1))
re.compile(b'[a-h]').findall(r, I(1), I(5))
[C()(m.group()) for m in re.compile(b'[a-h]').finditer(r)]
[C()(m.span()) for m in re.compile(b'[a-h]').finditer(r, I(1))]
s = re.compile(b'[a-h]').scanner(r); s.search(); act(); s.search().group()
m = re.compile(b'(c)(d)').search(r); act(); m.group(I(1))
m = re.compile(b'(c)(d)').search(r); act(); m.groups()
m = re.compile(b'(c)(d)').search(r); act(); m.expand(b'x')
m = re.compile(b'(c)(d)').search(r); m.span(I(1))
m = re.compile(b'(c)(d)').search(r); m.start(I(2)), m.group(1)
re.compile(b'e').split(r, I(1))
re.compile(b'e').fullmatch(r, I(1), I(3))
io.BytesIO(r).read(I(3))
io.BytesIO(b'0123456789').readinto(r)
io.BytesIO().writelines(NX(r, r, r))
array.array('b', [1]).frombytes(r)
array.array('b', r)
array.array('b', map(C(65), r))
pickle.loads(r, encoding=str(S('ascii')))
pickle.loads(pickle.dumps(r), buffers=NX(r))
marshal.loads(marshal.dumps(bytes(r)))
operator.setitem(r, I(1), I(65))
operator.delitem(r, I(1))
operator.iadd(r, b'x') and operator.imul(r, I(2))
operator.indexOf(r, E(101))
operator.countOf(r, E(101))
random.Random(1).randbytes(I(3)) and random.Random(r).random()
random.Random(1).choices(r, k=I(2))
b''.join([r, memoryview(r)[I(1):]])
bytes.fromhex('00') + r[I(1):]
bytes.maketrans(r, r)[I(97)]
sys.intern('x') and r[I(2)]
float(r[I(0):I(1)])
int(r, I(36))
int(r, base=I(16))
compile(r, P('file'), 'eval')
eval(r, {}, M(('abcdefgh', 5)))
exec(r, {'__builtins__': {}}, M(('abcdefgh', 5)))
""".strip().splitlines()


def hostile_codec(name):
    """The codec `hostile`: its decoder acts."""
    import codecs
    from _hostile import act
    if name != "hostile":
        return None

    def decode(data, errors="strict"):
        act()
        return "decoded %d" % len(data), len(data)
    return codecs.CodecInfo(decode, decode, name=name)


def hostile_errors(error):
    from _hostile import act
    act()
    return "?", error.end


def modules():
    import binascii, codecs, hashlib, marshal, pickle, random, re, struct, zlib
    codecs.register(hostile_codec)
    codecs.register_error("hostile", hostile_errors)
    return dict(
        binascii=binascii, codecs=codecs, hashlib=hashlib, marshal=marshal, pickle=pickle, random=random,
        re=re, struct=struct, zlib=zlib)


main([("bytearray", lambda: bytearray(b"abcdefgh"), ACTIONS, PROGRAMS, modules())])
