# modes: reference cold warm stress
"""A view that nothing holds any more does not keep its buffer from being resized."""
import array, io, contextlib


def direct():
    b = bytearray(b'abc')
    memoryview(b)[1:].tobytes()
    del b[:1]
    return b == b'bc'


def attribute():

    class S:

        def __init__(self):
            self.b = bytearray(b'abcdef')

        def take(self, n):
            r = memoryview(self.b)[:n].tobytes()
            del self.b[:n]
            return r
    s = S()
    return [s.take(2) for i in range(3)] == [b'ab', b'cd', b'ef']


def bound():
    b = bytearray(b'abc')
    v = memoryview(b)
    w = v[1:]
    bytes(w)
    v = w = None
    b.append(1)
    return len(b) == 4


def with_():
    b = bytearray(b'abc')
    with memoryview(b) as v:
        v[1:]
    b.pop()
    return len(b) == 2


def sliced():
    b = bytearray(b'abc')
    with memoryview(b) as v:
        s = v[1:].tobytes()
    b += b'x'
    return b == b'abcx'


def loop():
    b = bytearray(b'x' * 100)
    for i in range(100):
        x = memoryview(b)[0]
        del b[0]
    return not b


def args():
    b = bytearray(b'abc')

    def f(v):
        return bytes(v)
    f(memoryview(b))
    b.clear()
    return b == b''


def concat():
    b = bytearray(b'abc')
    c = b'' + memoryview(b)[1:]
    b.insert(0, 1)
    return c == b'bc'


def compare():
    b = bytearray(b'abc')
    memoryview(b) == b'abc'
    memoryview(b) in [b'x']
    b *= 2
    return len(b) == 6


def iterate():
    b = bytearray(b'abc')
    s = sum(memoryview(b))
    list(memoryview(b))
    b.extend(b'12')
    return len(b) == 5


def joined():
    b = bytearray(b'abc')
    s = b''.join([memoryview(b), memoryview(b)[1:]])
    b[0:0] = b'11'
    return s == b'abcbc'


def raised():
    b = bytearray(b'abc')
    try:
        memoryview(b)[10]
    except IndexError:
        pass
    b.remove(97)
    return b == b'bc'


def raised2():
    b = bytearray(b'abc')
    try:
        memoryview(b).cast('I')
    except TypeError:
        pass
    b.reverse()
    b[1:2] = b''
    return b == b'ca'


def generator():
    b = bytearray(b'abc')

    def g():
        yield memoryview(b)[0]
        yield 1
    n = next(g())
    b += b'1'
    return n == 97


def comp():
    b = bytearray(b'abc')
    l = [memoryview(b)[i] for i in range(3)]
    b.append(1)
    return l == [97, 98, 99]


def arr():
    a = array.array('i', [1, 2, 3])
    memoryview(a)[1:].tolist()
    a.append(4)
    return len(a) == 4


def arr2():
    a = array.array('b', b'abc')
    bytes(memoryview(a))
    del a[0]
    memoryview(a).cast('B')
    a.extend(a)
    a.pop()
    return len(a) == 3


def arr3():
    a = array.array('b', b'abc')
    memoryview(a)[0]
    a[0:1] = array.array('b', b'xyz')
    memoryview(a)[0]
    a.insert(0, 1)
    memoryview(a)
    a.fromlist([1])
    memoryview(a)
    a.frombytes(b'12')
    return len(a) == 9


def bio():
    b = io.BytesIO(b'abc')
    b.getbuffer()[1:].tobytes()
    b.write(b'12345')
    b.getbuffer()[0]
    b.truncate(1)
    b.getbuffer()
    b.close()
    return b.closed


def bio2():
    b = io.BytesIO(b'abc')
    v = b.getbuffer()
    v[0] = 98
    v = None
    b.seek(0, 2)
    b.write(b'x')
    v = b.getbuffer()
    del v
    b.truncate(0)
    return b.getvalue() == b''


def bio3():
    b = io.BytesIO(b'abc')
    bytes(b.getbuffer()[1:])
    b.__setstate__((b'x', 0, None))
    return b.getvalue() == b'x'


def held():
    b = bytearray(b'abc')
    v = memoryview(b)
    n = 0
    for f in (lambda: b.append(1), lambda: b.clear(), lambda: b.__delitem__(0), lambda: b.extend(b'1'),
              lambda: b.__iadd__(b'1')):
        try:
            f()
        except BufferError:
            n += 1
    io_ = io.BytesIO(b'abc')
    w = io_.getbuffer()
    for f in (lambda: io_.write(b'1'), lambda: io_.truncate(0), lambda: io_.close()):
        try:
            f()
        except BufferError:
            n += 1
    a = array.array('b', b'123')
    x = memoryview(a)
    for f in (lambda: a.append(1), lambda: a.pop(), lambda: a.extend(a)):
        try:
            f()
        except BufferError:
            n += 1
    return (n == 11, n)


def readinto():
    b = bytearray(10)
    io.BytesIO(b'12345').readinto(memoryview(b)[2:])
    del b[:2]
    return b[:5] == b'12345'


def held_released():
    b = bytearray(b'abc')
    v = memoryview(b)
    v.release()
    b.append(1)
    return True


def tornado():

    class Stream:

        def __init__(self):
            self._read_buffer = bytearray(b'0123456789' * 10)
            self._read_buffer_pos = 0
            self._read_buffer_size = 100

        def consume(self, loc):
            if loc == 0:
                return b''
            b = memoryview(self._read_buffer)[self._read_buffer_pos:self._read_buffer_pos + loc].tobytes()
            self._read_buffer_pos += loc
            self._read_buffer_size -= loc
            if self._read_buffer_pos > self._read_buffer_size:
                del self._read_buffer[:self._read_buffer_pos]
                self._read_buffer_pos = 0
            return b
    s = Stream()
    return b''.join((s.consume(7) for i in range(14))) == (b'0123456789' * 10)[:98]


def iter_unpack():
    b = bytearray(b'abcd')
    n = sum((x for x, in __import__('struct').iter_unpack('B', b)))
    next(__import__('struct').iter_unpack('B', b))
    del b[:2]
    return n == 394


def in_extend():
    b = bytearray(b'abc')
    b.extend(memoryview(b)[:1].tobytes())
    b.extend(memoryview(b).tolist())
    return len(b) == 8


def view_of_view():
    b = bytearray(b'abc')
    memoryview(memoryview(b)[1:])[1:].tolist()
    b.clear()
    return not b


def subclass():

    class B(bytearray):
        pass
    b = B(b'abc')
    memoryview(b)[0]
    b.pop()
    return len(b) == 2


def thread():
    import threading
    b = bytearray(b'abc')
    r = []

    def f():
        memoryview(b)[1:].tobytes()
        del b[:1]
        r.append(bytes(b))
    t = threading.Thread(target=f)
    t.start()
    t.join()
    return r == [b'bc']


def by_map():
    b = bytearray(b'abc')
    try:
        list(map(b.append, memoryview(b)))
    except BufferError:
        return True


def by_loop():
    b = bytearray(b'abc')
    try:
        for x in memoryview(b):
            b.append(x)
    except BufferError:
        return True


def by_generator():
    b = bytearray(b'abc')

    def g():
        v = memoryview(b)
        yield v[0]
    i = g()
    next(i)
    try:
        b.append(1)
    except BufferError:
        return True


wrong = []
for f in [v for v in list(globals().values()) if callable(v) and getattr(v, "__module__", 0) == "__main__"]:
    try: r = f()
    except BufferError as e: r = e
    if r not in (True, (True, 11)): wrong.append((f.__name__, r))
assert not wrong, wrong
b = bytearray(b"abc")
memoryview(b)[1:].tobytes()
del b[:1]
b.append(memoryview(b)[0])
b += memoryview(b)[:1].tobytes()
