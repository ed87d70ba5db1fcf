# stress: 307
"""Streams in memory, buffered and text streams over raw ones whose methods close, move, cut or enter them
again.
"""
import io

from _hostile import Case, act, main


class Raw(io.RawIOBase):
    """Bytes in memory; read and write act."""

    def __init__(self, data=b"one\ntwo\nthree\nfour\n"):
        self.data, self.position, self.case = bytearray(data), 0, Case.number

    def act(self):
        """Only in its own case: a stream that is dropped calls its raw one when it is collected."""
        if self.case == Case.number:
            act()

    def readable(self):
        return True

    def writable(self):
        return True

    def seekable(self):
        return True

    def readinto(self, room):
        self.act()
        part = self.data[self.position:self.position + min(len(room), 7)]
        room[:len(part)] = part
        self.position += len(part)
        return len(part)

    def write(self, data):
        self.act()
        data = bytes(data)[:5]
        self.data[self.position:self.position + len(data)] = data
        self.position += len(data)
        return len(data)

    def seek(self, offset, whence=0):
        self.act()
        self.position = max(0, offset + (0, self.position, len(self.data))[whence])
        return self.position

    def tell(self):
        self.act()
        return self.position

    def truncate(self, size=None):
        self.act()
        del self.data[self.position if size is None else size:]
        return len(self.data)

    def __repr__(self):
        return f"Raw({bytes(self.data)!r}, {self.position})"


class Whole(Raw):
    """A raw stream whose answers are no counts."""
    answer = None

    def readinto(self, room):
        self.act()
        return self.answer

    def write(self, data):
        self.act()
        return self.answer


MEMORY_ACTIONS = {
    "close": lambda r: r.close(),
    "truncate": lambda r: r.truncate(2),
    "seek": lambda r: r.seek(1),
    "seek far": lambda r: r.seek(40),
    "read": lambda r: r.read(3),
    "readline": lambda r: r.readline(),
    "write": lambda r: r.write(b"-" * 50 if isinstance(r, io.BytesIO) else "-" * 50),
    "init": lambda r: r.__init__(),
}
BYTES = """
r.read(I(3))
r.read1(I(3))
r.readline(I(3))
r.readlines(I(5))
r.read(I(-1))
r.readinto(bytearray(3))
b = bytearray(4); r.readinto(b), b
b = array.array('i', [0, 0]); r.readinto(b), b
b = memoryview(bytearray(8))[2:5]; r.readinto(b), bytes(b)
r.readinto1(bytearray(3))
r.seek(I(2))
r.seek(2, I(0))
r.seek(I(-1), I(2))
r.truncate(I(2))
r.truncate(I(0))
r.write(A(1))
r.writelines(NX(b'a', b'b', b'c'))
r.writelines(IT(b'a', b'b'))
r.writelines(map(C(b'x'), 'abc'))
r.writelines([b'a', memoryview(b'b'), bytearray(b'c')])
r.__init__(A(1))
r.__init__(bytearray(b'new'))
r.__setstate__((b'state', I(2), None))
r.__setstate__((b'state', 2, M(('a', 1))))
r.getbuffer()[I(1)]
r.getbuffer()[I(1)] = 65
r.getbuffer()[I(0):2] = b'xy'
r.getbuffer()[0] = I(66)
b = r.getbuffer(); b[I(0)]
b = r.getbuffer(); act(); b.tobytes()
b = r.getbuffer(); r.write(b'x' * 99)
b = r.getbuffer(); r.truncate(I(1))
r.getvalue()[I(0):I(2)]
for line in r: act()
[C()(line) for line in r]
list(map(C(), r))
list(zip(r, NX(1, 2, 3), r))
next(r) and list(map(C(), r))
b''.join(map(C(), r))
sorted(r, key=C())
b = io.BufferedReader(r); b.read(I(3))
b = io.BufferedReader(r, 8); b.peek(I(2))
b = io.BufferedReader(r, 4); act(); b.read(6)
b = io.BufferedReader(r, 4); [C()(x) for x in b]
b = io.BufferedWriter(r, 4); b.write(b'0123456789'); act(); b.flush()
b = io.BufferedRandom(r, 4); b.write(b'01'); act(); b.read(2)
t = io.TextIOWrapper(r); t.read(I(2))
t = io.TextIOWrapper(r); t.readline(I(2))
t = io.TextIOWrapper(r); [C()(x) for x in t]
t = io.TextIOWrapper(r, write_through=True); t.write('abc') and act(); t.write('x')
pickle.load(r) if 0 else r.read1(I(2))
zlib.compress(r.read(I(2))) and None
r.isatty() == r.readable() and r.tell()
r.__exit__(None, None, act())
with r: act()
r.__sizeof__() > 0
operator.length_hint(r, I(3))
""".strip().splitlines()
TEXT = """
r.read(I(3))
r.readline(I(3))
r.readlines(I(5))
r.seek(I(2))
r.seek(0, I(2))
r.truncate(I(2))
r.write(S('a'))
r.writelines(NX('a', 'b', 'c'))
r.writelines(map(C('x'), 'abc'))
r.__init__(newline=S('a'))
r.__init__(IT('a'))
r.__setstate__(('state', '\\n', I(2), None))
r.__setstate__(('state', '\\n', 2, M(('a', 1))))
for line in r: act()
[C()(line) for line in r]
list(map(C(), r))
''.join(map(C(), r))
print(S('a'), S('b'), file=r, sep='-')
print(*map(C('x'), 'abc'), file=r)
json.dump([1, C(), 2], r, default=C(5))
csv.writer(r).writerow([S('a'), S('b')])
csv.writer(r).writerows(NX(['a'], ['b']))
list(map(C(), csv.reader(r)))
r.read(I(-1))
with r: act()
r.getvalue()[I(0):I(2)]
""".strip().splitlines()

RAW_ACTIONS = {
    "close": lambda r: r.close(),
    "close raw": lambda r: r.raw.close(),
    "detach": lambda r: r.detach(),
    "read": lambda r: r.read(2),
    "write": lambda r: r.write(b"-" * 9),
    "seek": lambda r: r.seek(1),
    "flush": lambda r: r.flush(),
    "init": lambda r: r.__init__(Raw(b"other\n" * 3), 6),
}
READING = """
r.read(3)
r.read()
r.read(I(3))
r.read(50)
r.read1(I(3))
r.read1()
r.peek(I(2))
r.readline()
r.readline(I(3))
r.readlines(I(5))
b = bytearray(9); r.readinto(b), b
b = bytearray(30); r.readinto(b), b
b = bytearray(30); r.readinto1(b), b
for line in r: act()
[C()(line) for line in r]
list(r)
r.seek(I(2))
r.seek(3, I(1))
r.seek(-2, 2)
r.tell()
r.truncate(I(3))
r.flush()
r.close()
r.detach()
r.read(2) and r.read(20)
r.peek() and r.read(20)
""".strip().splitlines()
WRITING = """
r.write(b'0123456789abcdef')
r.write(b'01')
r.write(bytearray(b'0123456789abcdef'))
r.write(memoryview(b'0123456789abcdef'))
r.write(array.array('H', [1, 2, 3, 4, 5, 6, 7, 8]))
r.write(b'01') and r.flush()
r.write(b'0123') and r.write(b'456789abcdef')
r.write(b'01') and r.seek(I(1))
r.write(b'01') and r.truncate(I(1))
r.write(b'01') and r.tell()
r.write(b'01') and r.close()
r.write(b'01') and r.detach()
r.writelines(NX(b'a' * 5, b'b' * 5, b'c' * 5))
r.writelines(map(C(b'xyz' * 4), 'abc'))
""".strip().splitlines()
TEXT_ACTIONS = {
    "close": lambda r: r.close(),
    "close buffer": lambda r: r.buffer.close(),
    "detach": lambda r: r.detach(),
    "read": lambda r: r.read(2),
    "write": lambda r: r.write("-" * 9),
    "flush": lambda r: r.flush(),
    "reconfigure": lambda r: r.reconfigure(encoding="latin-1"),
}
TEXT_OVER_RAW = """
r.read(3)
r.read()
r.read(I(3))
r.readline()
r.readline(I(3))
r.readlines(I(5))
next(r)
for line in r: act()
[C()(line) for line in r]
list(r)
r.seek(I(0))
r.seek(0, I(2))
r.tell()
r.truncate(I(3))
r.flush()
r.close()
r.write('0123456789' * 3)
r.write('01\\n')
r.write('01') and r.flush()
r.write('01') and r.tell()
r.write('01') and r.seek(0)
r.write('01') and r.close()
r.write('01') and r.detach()
r.writelines(NX('a' * 5, 'b' * 5))
r.reconfigure(newline=str(S('\\n')))
r.reconfigure(line_buffering=B(1))
r.reconfigure(errors=str(S('strict')))
print(S('a'), S('b'), file=r, flush=B(1))
r.read(1) and r.tell()
r.read(1) and r.read(30)
r.readline() and r.seek(0)
""".strip().splitlines()

import csv, json, zlib  # noqa: E401,E402

MODULES = dict(csv=csv, json=json, zlib=zlib, Raw=Raw)


def whole(answer):
    raw = Whole()
    raw.answer = answer
    return raw


main([
    (
        "BytesIO", lambda: io.BytesIO(b"one\ntwo\nthree\n"), MEMORY_ACTIONS,
        [p for p in BYTES if " if 0 " not in p], MODULES),
    ("StringIO", lambda: io.StringIO("one\ntwo\nthree\n"), MEMORY_ACTIONS, TEXT, MODULES),
    (
        "BufferedReader", lambda: io.BufferedReader(Raw(), 8),
        {k: v for k, v in RAW_ACTIONS.items() if k not in ("write", "detach")}, READING, MODULES),
    (
        "BufferedWriter", lambda: io.BufferedWriter(Raw(), 8),
        {k: v for k, v in RAW_ACTIONS.items() if k not in ("read", "detach")}, WRITING, MODULES),
    (
        "BufferedRandom", lambda: io.BufferedRandom(Raw(), 8),
        {k: v for k, v in RAW_ACTIONS.items() if k not in ("detach",)}, READING + WRITING, MODULES),
    (
        "reader of a huge count", lambda: io.BufferedReader(whole(10 ** 6), 8),
        {"read": RAW_ACTIONS["read"]}, READING, MODULES),
    (
        "reader of a negative count", lambda: io.BufferedReader(whole(-5), 8),
        {"read": RAW_ACTIONS["read"]}, READING, MODULES),
    (
        "reader of no count", lambda: io.BufferedReader(whole("x"), 8), {"read": RAW_ACTIONS["read"]},
        READING, MODULES),
    (
        "writer of a huge count", lambda: io.BufferedWriter(whole(10 ** 6), 8),
        {"write": RAW_ACTIONS["write"]}, WRITING, MODULES),
    (
        "writer of a negative count", lambda: io.BufferedWriter(whole(-5), 8),
        {"write": RAW_ACTIONS["write"]}, WRITING, MODULES),
    (
        "writer of nothing", lambda: io.BufferedWriter(whole(None), 8), {"write": RAW_ACTIONS["write"]},
        WRITING, MODULES),
    (
        "text over raw", lambda: io.TextIOWrapper(io.BufferedRandom(Raw(), 8), "utf-8", write_through=True),
        TEXT_ACTIONS, TEXT_OVER_RAW, MODULES),
    (
        "text reader", lambda: io.TextIOWrapper(io.BufferedReader(Raw(), 8), "utf-8"),
        {k: TEXT_ACTIONS[k] for k in ("close", "close buffer", "read", "reconfigure")}, TEXT_OVER_RAW[:16],
        MODULES)])
