"""int: construction from text in every base, conversions to text, to_bytes, from_bytes, digit limit, bool."""
from _case import error

assert int() == 0 and int("42") == 42 and int(" -42\n") == -42 and int("+7") == 7 and int("1_000") == 1000
assert int(3.99) == 3 and int(-3.99) == -3 and int(True) == 1 and int(b"12") == 12 and int("٣٤") == 34
assert int("ff", 16) == 255 and int("0xff", 16) == 255 and int("0b101", 2) == 5 and int("0o17", 8) == 15
assert int("z", 36) == 35 and int("0x1F", 0) == 31 and int("0", 0) == 0 and int("12", base=5) == 7
assert int("-0b11", 0) == -3 and int("1_0", 2) == 2 and int(bytearray(b"1f"), 16) == 31
for text, base in [("", 10), ("abc", 10), ("1.5", 10), ("0x10", 10), ("1__0", 10), ("_1", 10), ("1_", 10), (" ", 10), ("12", 2), ("- 1", 10), ("++1", 10), ("é", 10)]:
    assert error(int, text, base) == "ValueError: invalid literal for int() with base %d: %r" % (base, text), text
assert error(int, "010", 0) == "ValueError: invalid literal for int() with base 0: '010'"
assert error(int, b"\xff") == "ValueError: invalid literal for int() with base 10: b'\\xff'"
assert error(int, "1", 1) == "ValueError: int() base must be >= 2 and <= 36, or 0"
assert error(int, 5, 10) == "TypeError: int() can't convert non-string with explicit base"
assert error(int, float("inf")) == "OverflowError: cannot convert float infinity to integer"
assert error(int, float("nan")) == "ValueError: cannot convert float NaN to integer"
assert int(1e22) == 10 ** 22 and int(2.0 ** 100) == 2 ** 100 and int(-1e300) == -int(1e300)
assert int("9" * 100) == 10 ** 100 - 1
for n in (0, 1, -1, 255, -256, 2 ** 61, -2 ** 61, 2 ** 62, 2 ** 63 - 1, 2 ** 64, 12345678901234567890123, -10 ** 40):
    assert int(str(n)) == n and int(hex(n), 16) == n and int(bin(n), 2) == n and int(oct(n), 8) == n
    assert int(repr(n)) == n and eval(hex(n)) == n
    assert int.from_bytes(n.to_bytes(20, "big", signed=True), "big", signed=True) == n
    assert int.from_bytes(n.to_bytes(20, "little", signed=True), "little", signed=True) == n
    assert n.__index__() == n and n.real == n and n.imag == 0 and n.numerator == n and n.denominator == 1
    assert n.conjugate() == n and n.as_integer_ratio() == (n, 1)
    assert round(n) == n and round(n, 2) == n and n.__trunc__() == n and n.__floor__() == n
    assert n.__ceil__() == n and f"{n}" == "%d" % n == str(n)
assert (1024).to_bytes(2, "big") == b"\x04\x00" and (1024).to_bytes(4, byteorder="little") == b"\0\4\0\0"
assert (0).to_bytes(0, "big") == b"" and (5).to_bytes() == b"\x05"
assert int.from_bytes(b"\xff\x00", "big") == 65280 and int.from_bytes([1, 2], "little") == 513
assert int.from_bytes(b"") == 0
assert error((256).to_bytes, 1, "big") == "OverflowError: int too big to convert"
assert error((-1).to_bytes, 1, "big") == "OverflowError: can't convert negative int to unsigned"
assert error((1).to_bytes, 1, "x") == "ValueError: byteorder must be either 'little' or 'big'"
assert error((1).to_bytes, -1, "big") == "ValueError: length argument must be non-negative"
assert round(15, -1) == 20 and round(25, -1) == 20 and round(-15, -1) == -20 and round(1234, -2) == 1200
assert round(1250, -2) == 1200 and round(1350, -2) == 1400 and round(5, -1) == 0
assert round(10 ** 30 + 5, -1) == 10 ** 30
big = "1" * 4301
assert error(int, big) == "ValueError: Exceeds the limit (4300 digits) for integer string conversion: value has 4301 digits; use sys.set_int_max_str_digits() to increase the limit"
assert error(str, 10 ** 4300) == "ValueError: Exceeds the limit (4300 digits) for integer string conversion; use sys.set_int_max_str_digits() to increase the limit"
assert len(str(10 ** 4299)) == 4300 and len(hex(16 ** 5000)) == 5003
assert True + True == 2 and isinstance(True, int) and str(True) == "True" and repr(False) == "False"
assert True == 1 and hash(True) == 1 and int(False) == 0 and bool("") is False and bool() is False
assert type(True & False) is bool and type(True + False) is int and True.real == 1
assert type(True.real) is int and (True).__repr__() == "True"
assert hash(2 ** 61 - 1) == 0 and hash(2 ** 61) == 1 and hash(-1) == -2 and hash(-2) == -2
assert hash(2 ** 100) == 2 ** 39 and hash(-2 ** 61) == -2 and hash(10 ** 30) == (10 ** 30) % (2 ** 61 - 1)
assert max(3, 1, 2) == 3 and min([3, 1, 2]) == 1 and sum([1, 2, 3]) == 6 and sum([1, 2], 10) == 13
assert abs(-2 ** 70) == 2 ** 70 and divmod(7, -2) == (-4, -1) and pow(2, 10) == 1024 and pow(2, 100, 7) == 2


class MyInt(int):
    def __add__(self, o):
        return MyInt(int(self) + o)


m = MyInt(5)
assert m == 5 and type(m + 1) is MyInt and type(m - 1) is int and m * 2 == 10 and hash(m) == 5
assert {5: "x"}[m] == "x" and [1, 2, 3, 4, 5, 6][m] == 6 and str(m) == "5" and MyInt("12") == 12
assert type(int(m)) is int
m.x = 1
assert m.x == 1 and isinstance(m, int) and range(m) == range(5) and m.bit_length() == 3
