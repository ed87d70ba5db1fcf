"""What changes a bytearray."""
from _case import outcome


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
assert outcome(lambda: run("r = b[10]")) == 'IndexError: bytearray index out of range'
assert outcome(lambda: run("r = hash(b)")) == "TypeError: unhashable type: 'bytearray'"
assert outcome(lambda: repr(bytearray(b"abc"))) == "bytearray(b'abc')"
assert outcome(lambda: str(bytearray(b"a"))) == "bytearray(b'a')"
assert outcome(lambda: bytearray(b"a") + b"b") == bytearray(b'ab')
assert outcome(lambda: b"a" + bytearray(b"b")) == b'ab'
assert outcome(lambda: bytearray(b"ab") * 2) == bytearray(b'abab')
assert outcome(lambda: bytearray(b"abc")[1:]) == bytearray(b'bc')
assert outcome(lambda: bytearray(b"abc")[0]) == 97
assert outcome(lambda: bytearray()) == bytearray(b'')
assert outcome(lambda: bytearray(3)) == bytearray(b'\x00\x00\x00')
assert outcome(lambda: bytearray([1, 2])) == bytearray(b'\x01\x02')
assert outcome(lambda: bytearray("a", "ascii")) == bytearray(b'a')
assert outcome(lambda: bytearray(b"x")) == bytearray(b'x')
assert outcome(lambda: bytearray(range(3))) == bytearray(b'\x00\x01\x02')
assert outcome(lambda: bytearray("a")) == 'TypeError: string argument without an encoding'
assert outcome(lambda: bytearray(-1)) == 'ValueError: negative count'
assert outcome(lambda: bytearray([256])) == 'ValueError: byte must be in range(0, 256)'
assert outcome(lambda: bytearray(1.5)) == "TypeError: cannot convert 'float' object to bytearray"
assert outcome(lambda: bytearray(None)) == "TypeError: cannot convert 'NoneType' object to bytearray"
assert outcome(lambda: bytearray.fromhex("6162")) == bytearray(b'ab')
assert outcome(lambda: bytearray(b"ab").hex()) == '6162'
assert outcome(lambda: bytearray(b"a,b").split(b",")) == [bytearray(b'a'), bytearray(b'b')]
assert outcome(lambda: bytearray(b"ab").upper()) == bytearray(b'AB')
assert outcome(lambda: bytearray(b",").join([b"a", b"b"])) == bytearray(b'a,b')
assert outcome(lambda: bytearray(b"%d") % 5) == bytearray(b'5')
assert outcome(lambda: bytearray(b"a b").partition(b" ")) == (
    (bytearray(b'a'), bytearray(b' '), bytearray(b'b')))
assert outcome(lambda: bytearray(b"abc").replace(b"b", b"xx")) == bytearray(b'axxc')
assert outcome(lambda: bytearray(b" a ").strip()) == bytearray(b'a')
assert outcome(lambda: bytearray(b"abc").decode()) == 'abc'
assert outcome(lambda: bytearray(b"a") == b"a") == True
assert outcome(lambda: bytearray(b"a") < b"b") == True
assert outcome(lambda: bytearray(b"a") == bytearray(b"a")) == True
assert outcome(lambda: bytearray(b"a") != "a") == True
assert outcome(lambda: list(bytearray(b"ab"))) == [97, 98]
assert outcome(lambda: 97 in bytearray(b"a")) == True
assert outcome(lambda: len(bytearray(5))) == 5
assert outcome(lambda: bool(bytearray())) == False
assert outcome(lambda: isinstance(bytearray(b"a").strip(), bytearray)) == True
assert outcome(lambda: bytearray(b"abc").__reduce__()[1]) == ('abc', 'latin-1')
assert outcome(lambda: bytearray(b"abc").__reduce_ex__(3)[1]) == (b'abc',)
assert outcome(lambda: bytearray().__alloc__() >= 0) == True
assert outcome(lambda: run("m = memoryview(b); b.append(1)")) == (
    'BufferError: Existing exports of data: object cannot be re-sized')
assert outcome(lambda: run("m = memoryview(b); m.release(); b.append(1)")) == (b'abc\x01', None)
assert outcome(lambda: run("m = memoryview(b); m[0] = 65; m.release()")) == (b'Abc', None)
assert outcome(lambda: run("b.__init__(b'xyz')")) == (b'xyz', None)
