"""array: items, slices, methods, bytes, buffers, errors."""
import struct
from array import array

from _case import error, outcome


def run(code):
    """Runs the statement on array("i", [1, 2, 3]): the array afterwards and what was assigned to r."""
    names = {"a": array("i", [1, 2, 3]), "r": None, "array": array}
    exec(code, names)
    return names["a"].tolist(), names["r"]


assert outcome(lambda: array("i", [1, 2, 3])) == array('i', [1, 2, 3])
assert outcome(lambda: array("u", "abc")) == array('u', 'abc')
assert outcome(lambda: array("d", [1.5])) == array('d', [1.5])
assert outcome(lambda: array("b")) == array('b')
assert outcome(lambda: array("i", b"\x01\x00\x00\x00")) == array('i', [1])
assert outcome(lambda: array("i", array("h", [1, 2]))) == array('i', [1, 2])
assert outcome(lambda: array("f", (1, 2))) == array('f', [1.0, 2.0])
assert outcome(lambda: array("Q", [2**64 - 1])) == array('Q', [18446744073709551615])
assert outcome(lambda: run("a.append(4)")) == ([1, 2, 3, 4], None)
assert outcome(lambda: run("a.extend([4, 5])")) == ([1, 2, 3, 4, 5], None)
assert outcome(lambda: run("a.extend(array('i', [9]))")) == ([1, 2, 3, 9], None)
assert outcome(lambda: run("a.insert(0, 9)")) == ([9, 1, 2, 3], None)
assert outcome(lambda: run("r = a.pop()")) == ([1, 2], 3)
assert outcome(lambda: run("r = a.pop(0)")) == ([2, 3], 1)
assert outcome(lambda: run("a.remove(2)")) == ([1, 3], None)
assert outcome(lambda: run("a.reverse()")) == ([3, 2, 1], None)
assert outcome(lambda: run("a.byteswap()")) == ([16777216, 33554432, 50331648], None)
assert outcome(lambda: run("a.fromlist([7])")) == ([1, 2, 3, 7], None)
assert outcome(lambda: run("a.frombytes(b'\\x05\\0\\0\\0')")) == ([1, 2, 3, 5], None)
assert outcome(lambda: run("a[0] = 9")) == ([9, 2, 3], None)
assert outcome(lambda: run("a[1:2] = array('i', [7, 8])")) == ([1, 7, 8, 3], None)
assert outcome(lambda: run("del a[0]")) == ([2, 3], None)
assert outcome(lambda: run("del a[::2]")) == ([2], None)
assert outcome(lambda: run("a[::2] = array('i', [8, 9])")) == ([8, 2, 9], None)
assert outcome(lambda: run("a += array('i', [4])")) == ([1, 2, 3, 4], None)
assert outcome(lambda: run("a *= 2")) == ([1, 2, 3, 1, 2, 3], None)
assert outcome(lambda: run("a[3:] = a")) == ([1, 2, 3, 1, 2, 3], None)
assert outcome(lambda: array("i", [1, 2])[0]) == 1
assert outcome(lambda: array("i", [1, 2])[-1]) == 2
assert outcome(lambda: array("i", [1, 2, 3])[1:]) == array('i', [2, 3])
assert outcome(lambda: array("i", [1, 2, 3])[::-1]) == array('i', [3, 2, 1])
assert outcome(lambda: len(array("i", [1, 2]))) == 2
assert outcome(lambda: 2 in array("i", [1, 2])) == True
assert outcome(lambda: array("i", [1, 2, 1]).count(1)) == 2
assert outcome(lambda: array("i", [1, 2]).index(2)) == 1
assert outcome(lambda: array("i", [1]) + array("i", [2])) == array('i', [1, 2])
assert outcome(lambda: array("i", [1]) * 3) == array('i', [1, 1, 1])
assert outcome(lambda: 2 * array("i", [1])) == array('i', [1, 1])
assert outcome(lambda: array("i", [1, 2]).tolist()) == [1, 2]
assert outcome(lambda: array("i", [1]).tobytes()) == b'\x01\x00\x00\x00'
assert outcome(lambda: array("u", "ab").tounicode()) == 'ab'
assert outcome(lambda: array("i").typecode) == 'i'
assert outcome(lambda: array("i").itemsize) == 4
assert outcome(lambda: list(array("i", [1, 2]))) == [1, 2]
assert outcome(lambda: array("h", [1, 2]).buffer_info()[1]) == 2
assert outcome(lambda: array("i", [1]) == array("d", [1.0])) == True
assert outcome(lambda: array("i", [1]) < array("i", [2])) == True
assert outcome(lambda: array("i", [1, 2]) > array("i", [1])) == True
assert outcome(lambda: array("i") == array("i")) == True
assert outcome(lambda: array("i", [1]) != [1]) == True
assert outcome(lambda: repr(array("i"))) == "array('i')"
assert outcome(lambda: repr(array("i", [1]))) == "array('i', [1])"
assert outcome(lambda: repr(array("u", "ab"))) == "array('u', 'ab')"
assert outcome(lambda: repr(array("d", [1.5, 2.0]))) == "array('d', [1.5, 2.0])"
assert outcome(lambda: bytes(array("h", [1, 2]))) == b'\x01\x00\x02\x00'
assert outcome(lambda: memoryview(array("h", [1, 2])).format) == 'h'
assert outcome(lambda: memoryview(array("i", [5])).tolist()) == [5]
assert outcome(lambda: bytearray(array("b", [1]))) == bytearray(b'\x01')
assert outcome(lambda: array("x")) == (
    'ValueError: bad typecode (must be b, B, u, h, H, i, I, l, L, q, Q, f or d)')
assert outcome(lambda: array("i", "a")) == (
    "TypeError: cannot use a str to initialize an array with typecode 'i'")
assert outcome(lambda: array("b", [300])) == 'OverflowError: signed char is greater than maximum'
assert outcome(lambda: array("B", [-1])) == 'OverflowError: unsigned byte integer is less than minimum'
assert outcome(lambda: array("h", [40000])) == 'OverflowError: signed short integer is greater than maximum'
assert outcome(lambda: array("H", [-1])) == 'OverflowError: unsigned short is less than minimum'
assert outcome(lambda: array("I", [-1])) == "OverflowError: can't convert negative value to unsigned int"
assert outcome(lambda: array("q", [2**70])) == 'OverflowError: int too big to convert'
assert outcome(lambda: array("i", [1.5])) == "TypeError: 'float' object cannot be interpreted as an integer"
assert outcome(lambda: array("f", ["a"])) == 'TypeError: must be real number, not str'
assert outcome(lambda: array("u", ["ab"])) == 'TypeError: array item must be unicode character'
assert outcome(lambda: array("i", b"123")) == 'ValueError: bytes length not a multiple of item size'
assert outcome(lambda: array("i", 1)) == "TypeError: 'int' object is not iterable"
assert outcome(lambda: array(1)) == 'TypeError: array() argument 1 must be a unicode character, not int'
assert outcome(lambda: array()) == 'TypeError: array() takes at least 1 argument (0 given)'
assert outcome(lambda: run("a.append('x')")) == "TypeError: 'str' object cannot be interpreted as an integer"
assert outcome(lambda: run("a[10]")) == 'IndexError: array index out of range'
assert outcome(lambda: run("a[10] = 1")) == 'IndexError: array assignment index out of range'
assert outcome(lambda: run("a['x']")) == 'TypeError: array indices must be integers'
assert outcome(lambda: run("a[0:1] = [1]")) == 'TypeError: can only assign array (not "list") to array slice'
assert outcome(lambda: run("a.pop(10)")) == 'IndexError: pop index out of range'
assert outcome(lambda: run("array('i').pop()")) == 'IndexError: pop from empty array'
assert outcome(lambda: run("a.remove(99)")) == 'ValueError: array.remove(x): x not in array'
assert outcome(lambda: run("a.index(99)")) == 'ValueError: array.index(x): x not in array'
assert outcome(lambda: run("a + [1]")) == 'TypeError: can only append array (not "list") to array'
assert outcome(lambda: run("a + array('b')")) == 'TypeError: bad argument type for built-in operation'
assert outcome(lambda: run("a.extend(array('b'))")) == 'TypeError: can only extend with array of same kind'
assert outcome(lambda: run("a.tounicode()")) == (
    'ValueError: tounicode() may only be called on unicode type arrays')
assert outcome(lambda: run("m = memoryview(a); a.append(1)")) == (
    'BufferError: cannot resize an array that is exporting buffers')
assert outcome(lambda: array("i", [1, 2]).__reduce_ex__(2)[1]) == ('i', [1, 2])
assert outcome(lambda: array("i", [1, 2]).__reduce_ex__(3)[1][1:]) == (
    ('i', 8, b'\x01\x00\x00\x00\x02\x00\x00\x00'))
assert outcome(lambda: array("i", [1]).__copy__()) == array('i', [1])
assert outcome(lambda: sorted(array("i", [3, 1, 2]))) == [1, 2, 3]
assert outcome(lambda: max(array("i", [3, 1, 2]))) == 3
a = array("i", [1, 2, 3])
a.append(4)
a.extend([5])
assert a[0] == 1 and a[-1] == 5 and len(a) == 5 and a.tolist() == [1, 2, 3, 4, 5] and a.itemsize == 4
assert a.typecode == "i" and a[1:3] == array("i", [2, 3]) and a.index(3) == 2 and a.count(1) == 1
assert a.pop() == 5 and a.insert(0, 9) is None and a.remove(9) is None and a.reverse() is None
assert a.tolist() == [4, 3, 2, 1] and repr(array("d", [1.5])) == "array('d', [1.5])"
assert repr(array("b")) == "array('b')" and a + a == array("i", [4, 3, 2, 1] * 2)
assert a * 2 == a + a and 3 in a and list(reversed(a)) == [1, 2, 3, 4]
assert array("B", b"ab").tobytes() == b"ab" and array("H", [1, 256]).byteswap() is None
assert array("u", "é").tounicode() == "é"
assert error(a.append, 2 ** 40).startswith("OverflowError: ")
assert error(array, "i", ["a"]) == "TypeError: 'str' object cannot be interpreted as an integer"
assert error(array, "z") == "ValueError: bad typecode (must be b, B, u, h, H, i, I, l, L, q, Q, f or d)"
b = array("q")
b.frombytes(struct.pack("qq", -1, 2 ** 62))
assert b.tolist() == [-1, 2 ** 62] and memoryview(b)[1] == 2 ** 62
assert array("f", [0.1])[0] == 0.10000000149011612 and sum(array("d", [0.5] * 10)) == 5.0
assert array("i", range(3)) < array("i", [0, 1, 3])
assert bytes(array("B", [1, 2])) == b"\1\2"
