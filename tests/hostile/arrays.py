# stress: 307
"""Arrays that arguments resize."""
from _hostile import main

ACTIONS = {
    "clear": lambda r: r.__delitem__(slice(None)),
    "pop": lambda r: r.pop() if len(r) else None,
    "del front": lambda r: r.__delitem__(slice(0, 3)),
    "grow": lambda r: r.extend(r[:1] * 100),
    "replace": lambda r: r.reverse(),
    "export": lambda r: KEPT.append(memoryview(r)),
}
KEPT = []

PROGRAMS = """
r[I(0)]
r[I(-1)]
r[I(1):]
r[::I(2)]
r[I(1):I(4):I(2)]
r[I(-1)::-1]
r[I(0)] = 65
r[I(-1)] = 65
r[0] = N(65)
r[-1] = N(65)
r[I(1)] = N(66)
r[I(1):] = r[:2]
r[I(1):I(3)] = r
r[::I(2)] = r[:3]
r[I(5)::-2] = r[:3]
del r[I(0)]
del r[I(1):]
del r[I(1):I(3)]
del r[::I(2)]
del r[I(4)::-2]
r.append(N(65))
r.insert(I(1), 65)
r.insert(1, N(65))
r.insert(I(-1), N(65))
r.pop(I(0))
r.pop(I(-1))
r.index(E(3))
r.index(E(99))
r.index(3, I(1))
r.index(E(3), I(1), I(5))
r.count(E(3))
r.count(E(99))
r.remove(E(3))
r.remove(E(5))
r.remove(E(99))
E(3) in r
E(99) in r
r.extend(NX(7, 8, 9))
r.extend(IT(7, 8))
r.extend([N(7), 8])
r.extend(r)
r += r
r += A(1)
r + A(1)
r *= I(2)
r *= I(0)
r * I(2)
r.fromlist([1, N(7), 8])
r.fromlist([N(7), 'x'])
l = [1, 2, 3]; r.fromlist(l)
r.frombytes(r)
r.frombytes(memoryview(r))
r.frombytes(bytes(16))
r.fromfile(W(bytes(64)), I(2))
r.tofile(W())
r.tolist() == list(map(C(), r))
r.__reduce_ex__(I(3)) and None
r == array.array('i', [1, 2])
r < array.array('d', [1, 2])
for x in r: act()
[C()(x) for x in r]
it = iter(r); list(map(C(), it))
it = iter(r); next(it); it.__setstate__(3); list(map(C(), it))
list(zip(r, NX(1, 2, 3), r))
memoryview(r)[I(1)]
memoryview(r)[I(1):I(3)].tolist()
memoryview(r)[I(1)] = 3
memoryview(r)[0] = N(3)
m = memoryview(r); m[I(0):2] = array.array(r.typecode, [1, 2])
m = memoryview(r); m.release(); r.append(N(1))
struct.pack_into('=H', r, I(0), 1)
struct.pack_into('=H', r, 0, I(1))
struct.unpack_from('=H', r, I(2))
sum(r, A(1))
max(r, key=C(nth=2))
sorted(r, key=C(nth=2))
bisect.bisect(r, L(3))
bisect.bisect_left(r, L(3), I(1), I(5))
bisect.insort(r, 3, key=C())
bisect.insort(r, N(3))
bytes(map(C(65), r))
int.from_bytes(r, 'little', signed=B(1))
array.array('q', r)
array.array(r.typecode, r)
array.array('d', map(C(), r))
list(reversed(r)) == list(map(C(), reversed(r)))
random.Random(1).choices(r, k=I(2))
random.Random(1).shuffle(r)
heapq.heapify(list(r)) or r.append(N(5))
b'-'.join(NX(r, r))
io.BytesIO(bytes(64)).readinto(r)
operator.setitem(r, I(1), N(6))
operator.delitem(r, slice(I(1), I(3)))
operator.indexOf(r, E(3))
zlib.crc32(r, I(3))
zlib.decompressobj().decompress(r, I(1))
binascii.hexlify(r, '-', I(2))
hashlib.pbkdf2_hmac('sha1', r, b'salt', I(1))
""".strip().splitlines()

import array as arrays  # noqa: E402
import binascii, hashlib, random, struct, zlib  # noqa: E401,E402

MODULES = dict(binascii=binascii, hashlib=hashlib, random=random, struct=struct, zlib=zlib)
main([
    ("int array", lambda: arrays.array("i", [0, 1, 2, 3, 4, 5]), ACTIONS, PROGRAMS, MODULES),
    (
        "byte array", lambda: arrays.array("B", [0, 1, 2, 3, 4, 5]),
        {k: ACTIONS[k] for k in ("clear", "grow")}, PROGRAMS[:60], MODULES),
    (
        "double array", lambda: arrays.array("d", [0, 1, 2, 3, 4, 5]),
        {k: ACTIONS[k] for k in ("clear", "pop", "grow")}, PROGRAMS[:45], MODULES)])
