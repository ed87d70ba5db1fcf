# stress: 307
"""Memoryviews that arguments release, and whose memory they change."""
from _hostile import main


def change(r):
    """Writes to the memory behind the view, if there is still one."""
    r[0:2] = r[2:4]


ACTIONS = {
    "release": lambda r: r.release(),
    "change": change,
    "hash": lambda r: hash(r),
    "export": lambda r: KEPT.append(r[:]),
}
KEPT = []
PROGRAMS = """
r[I(0)]
r[I(-1)]
r[I(9)]
r[I(1):]
r[:I(3)]
r[::I(2)]
r[I(1):I(4):I(2)]
r[I(-1)::-1]
r[I(0)] = 65
r[I(-1)] = 65
r[0] = I(65)
r[I(1)] = I(65)
r[0] = I(300)
r[I(0):2] = b'xy'
r[0:I(2)] = r[2:4]
r[::I(4)] = b'xy'
r[I(0):3] = b'xy'
del r[I(0)]
r[I(0),]
r[(I(0),)] = 5
r[I(0), I(1)]
r.cast('H')[I(1)]
r.cast('H')[I(1)] = I(7)
r.cast('f')[0] = N(7)
r.cast('?')[0] = B(7)
r.cast('B', [2, 4])[I(1), I(2)]
r.cast('B', [2, 4])[I(1), I(2)] = I(9)
r.cast('B', [I(2), 4]).tolist()
r.cast('B', IT(2, 4)).tolist()
r.cast('B', [2, 4]).tobytes(order='F')
r.cast(str(S('H'))).tolist()
r.hex('-', I(2))
r.hex(sep=':', bytes_per_sep=I(-2))
r.tobytes(order=None)
r.tolist() == list(map(C(), r))
r == b'abcdefgh'
r == r[:]
r == E(1)
r != E(1)
E(1) == r
I(97) in r
E(97) in r
E(300) in r
len(r) == I(8)
bytes(r)
bytearray(r)
for x in r: act()
[C()(x) for x in r]
it = iter(r); list(map(C(), it))
list(reversed(r)) == list(map(C(), reversed(r)))
list(zip(r, NX(1, 2, 3), r))
sum(r, A(1))
max(r, key=C(nth=2))
sorted(r, key=C(nth=2))
b'-'.join(NX(r, r, b'3'))
b'-'.join([r, b'3'])
b'aea'.replace(b'e', r, I(1))
b'abcdefgh'.find(r, I(0))
b'abcdefgh'.split(r, I(1))
b'abcdefgh'.startswith(r, I(0))
struct.pack_into('<H', r, I(0), 1)
struct.pack_into('<HH', r, 0, I(1), I(2))
struct.unpack_from('<H', r, I(1))
[C()(x) for x in struct.iter_unpack('<H', r)]
zlib.crc32(r, I(1))
zlib.compress(r, I(1))
binascii.hexlify(r, '-', I(2))
hashlib.pbkdf2_hmac('sha1', r, b'salt', I(1))
re.compile(b'[a-h]').sub(C(b'x'), r)
re.compile(b'[a-h]').findall(r, I(1), I(5))
[C()(m.group()) for m in re.compile(b'[a-h]').finditer(r)]
m = re.compile(b'(c)(d)').search(r); act(); m.groups()
int.from_bytes(r, 'big', signed=B(1))
io.BytesIO(b'0123456789').readinto(r)
io.BytesIO(r).read(I(3))
io.BytesIO().writelines(NX(r, r))
array.array('b').frombytes(r)
codecs.utf_8_decode(r, 'strict', B(1))
codecs.charmap_decode(r, 'strict', M((97, 'x')))
bytearray(b'xxxx').__setitem__(slice(I(0), 2), r)
bytearray(b'xxxx').extend(r)
r.__enter__() and r[I(0)]
with r: act()
memoryview(r)[I(1)]
random.Random(1).choices(r, k=I(2))
operator.setitem(r, I(1), I(65))
operator.getitem(r, slice(I(1), I(3)))
operator.indexOf(r, E(99))
operator.countOf(r, E(99))
operator.concat(r, A(1))
int(r, I(36))
r.toreadonly()[I(1)]
r.toreadonly()[I(1)] = 5
hash(r.toreadonly()) and r[I(0)]
""".strip().splitlines()

import binascii, codecs, hashlib, random, re, struct, zlib  # noqa: E401,E402

MODULES = dict(
    binascii=binascii, codecs=codecs, hashlib=hashlib, random=random, re=re, struct=struct, zlib=zlib)
main([
    ("memoryview", lambda: memoryview(bytearray(b"abcdefgh")), ACTIONS, PROGRAMS, MODULES),
    (
        "readonly memoryview", lambda: memoryview(b"abcdefgh"),
        {k: ACTIONS[k] for k in ("release", "hash")}, PROGRAMS[:60], MODULES),
    (
        "strided memoryview", lambda: memoryview(bytearray(b"a-b-c-d-e-f-g-h-"))[::2],
        {k: ACTIONS[k] for k in ("release",)}, PROGRAMS, MODULES)])
