"""What changes a bytearray: items, slices, methods, and that exported buffers forbid it."""
from _case import error, outcome

m = bytearray(b"abc")
m[0] = 65
m[1:2] = b"XYZ"
m.append(33)
m.extend([48, 49])
m.extend(b"2")
m.insert(0, 62)
m += b"end"
assert m == b">AXYZc!012end" and m.pop() == 100 and m.pop(0) == 62 and m.remove(65) is None
assert m == b"XYZc!012en" and m.reverse() is None and m[:2] == b"ne" and m.copy() == m and m.clear() is None
assert m == b""
m = bytearray(range(10))
del m[::2]
m[1:3] = []
m *= 2
assert m == bytes([1, 7, 9, 1, 7, 9])


def set_bad(v):
    m[0] = v


assert error(set_bad, 256) == "ValueError: byte must be in range(0, 256)"
assert error(set_bad, "a") == "TypeError: 'str' object cannot be interpreted as an integer"
assert error(m.append, 300) == "ValueError: byte must be in range(0, 256)"
assert error(m.remove, 200) == "ValueError: value not found in bytearray"
assert error(bytearray().pop) == "IndexError: pop from empty bytearray"
big = bytearray()
for i in range(3000):
    big.append(i & 255)
assert len(big) == 3000 and sum(big) == sum(i & 255 for i in range(3000))
assert bytes(big) == bytes(i & 255 for i in range(3000)) and big.find(bytes([255, 0, 1])) == 255


def run(code):
    """Runs the statement on bytearray(b"abc"): the array afterwards and what was assigned to r."""
    names = {"b": bytearray(b"abc"), "r": None}
    exec(code, names)
    return bytes(names["b"]), names["r"]


assert outcome(lambda: run("b.append(100)")) == (b'abcd', None)
assert outcome(lambda: run("b.extend(b'de')")) == (b'abcde', None)
assert outcome(lambda: run("b.extend([1, 2])")) == (b'abc\x01\x02', None)
assert outcome(lambda: run("b.insert(1, 65)")) == (b'aAbc', None)
assert outcome(lambda: run("b.insert(-100, 65)")) == (b'Aabc', None)
assert outcome(lambda: run("b.insert(100, 65)")) == (b'abcA', None)
assert outcome(lambda: run("r = b.pop()")) == (b'ab', 99)
assert outcome(lambda: run("r = b.pop(0)")) == (b'bc', 97)
assert outcome(lambda: run("r = b.pop(-2)")) == (b'ac', 98)
assert outcome(lambda: run("b.remove(98)")) == (b'ac', None)
assert outcome(lambda: run("b.reverse()")) == (b'cba', None)
assert outcome(lambda: run("b.clear()")) == (b'', None)
assert outcome(lambda: run("r = b.copy()")) == (b'abc', bytearray(b'abc'))
assert outcome(lambda: run("b[0] = 65")) == (b'Abc', None)
assert outcome(lambda: run("b[-1] = 65")) == (b'abA', None)
assert outcome(lambda: run("b[1:2] = b'xyz'")) == (b'axyzc', None)
assert outcome(lambda: run("b[:] = b''")) == (b'', None)
assert outcome(lambda: run("b[1:] = [1, 2, 3]")) == (b'a\x01\x02\x03', None)
assert outcome(lambda: run("b[::2] = b'xy'")) == (b'xby', None)
assert outcome(lambda: run("b[3:] = bytearray(b'q')")) == (b'abcq', None)
assert outcome(lambda: run("b[1:1] = b'zz'")) == (b'azzbc', None)
assert outcome(lambda: run("b[::-1] = b'xyz'")) == (b'zyx', None)
assert outcome(lambda: run("del b[0]")) == (b'bc', None)
assert outcome(lambda: run("del b[-1]")) == (b'ab', None)
assert outcome(lambda: run("del b[1:]")) == (b'a', None)
assert outcome(lambda: run("del b[::2]")) == (b'b', None)
assert outcome(lambda: run("del b[::-2]")) == (b'b', None)
assert outcome(lambda: run("del b[5:]")) == (b'abc', None)
assert outcome(lambda: run("b += b'd'")) == (b'abcd', None)
assert outcome(lambda: run("b += bytearray(b'e')")) == (b'abce', None)
assert outcome(lambda: run("b *= 2")) == (b'abcabc', None)
assert outcome(lambda: run("b *= 0")) == (b'', None)
assert outcome(lambda: run("b += memoryview(b'xy')")) == (b'abcxy', None)
assert outcome(lambda: run("b += b")) == 'BufferError: Existing exports of data: object cannot be re-sized'
assert outcome(lambda: run("b.append(256)")) == 'ValueError: byte must be in range(0, 256)'
assert outcome(lambda: run("b.append('a')")) == "TypeError: 'str' object cannot be interpreted as an integer"
assert outcome(lambda: run("b.extend('a')")) == "TypeError: 'str' object cannot be interpreted as an integer"
assert outcome(lambda: run("b.extend(1)")) == "TypeError: can't extend bytearray with int"
assert outcome(lambda: run("b.extend([256])")) == 'ValueError: byte must be in range(0, 256)'
assert outcome(lambda: run("b.insert(0, -1)")) == 'ValueError: byte must be in range(0, 256)'
assert outcome(lambda: run("b.pop(5)")) == 'IndexError: pop index out of range'
assert outcome(lambda: run("bytearray().pop()")) == 'IndexError: pop from empty bytearray'
assert outcome(lambda: run("b.remove(200)")) == 'ValueError: value not found in bytearray'
assert outcome(lambda: run("b[5] = 1")) == 'IndexError: bytearray index out of range'
assert outcome(lambda: run("b[0] = 256")) == 'ValueError: byte must be in range(0, 256)'
assert outcome(lambda: run("b[0] = 'a'")) == "TypeError: 'str' object cannot be interpreted as an integer"
assert outcome(lambda: run("b['a'] = 1")) == (
    'TypeError: bytearray indices must be integers or slices, not str')
assert outcome(lambda: run("b[0:1] = 5")) == (
    'TypeError: can assign only bytes, buffers, or iterables of ints in range(0, 256)')
assert outcome(lambda: run("b[0:1] = 'a'")) == (
    'TypeError: can assign only bytes, buffers, or iterables of ints in range(0, 256)')
assert outcome(lambda: run("b[::2] = b'xyz'")) == (
    'ValueError: attempt to assign bytes of size 3 to extended slice of size 2')
assert outcome(lambda: run("del b[5]")) == 'IndexError: bytearray index out of range'
assert outcome(lambda: run("b += 'a'")) == "TypeError: can't concat str to bytearray"
assert outcome(lambda: run("b += 1")) == "TypeError: can't concat int to bytearray"
assert outcome(lambda: run("r = b['a']")) == (
    'TypeError: bytearray indices must be integers or slices, not str')
assert outcome(lambda: bytearray().__alloc__() >= 0) == True
assert outcome(lambda: run("m = memoryview(b); b.append(1)")) == (
    'BufferError: Existing exports of data: object cannot be re-sized')
assert outcome(lambda: run("m = memoryview(b); m.release(); b.append(1)")) == (b'abc\x01', None)
assert outcome(lambda: run("m = memoryview(b); m[0] = 65; m.release()")) == (b'Abc', None)
assert outcome(lambda: run("b.__init__(b'xyz')")) == (b'xyz', None)
