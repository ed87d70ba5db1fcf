"""int(): from text in every base, from floats and bytes, the limit of digits, and what is refused."""
from _case import error

assert int() == 0 and int("42") == 42 and int(" -42\n") == -42 and int("+7") == 7 and int("1_000") == 1000
assert int(3.99) == 3 and int(-3.99) == -3 and int(True) == 1 and int(b"12") == 12 and int("٣٤") == 34
assert int("ff", 16) == 255 and int("0xff", 16) == 255 and int("0b101", 2) == 5 and int("0o17", 8) == 15
assert int("z", 36) == 35 and int("0x1F", 0) == 31 and int("0", 0) == 0 and int("12", base=5) == 7
assert int("-0b11", 0) == -3 and int("1_0", 2) == 2 and int(bytearray(b"1f"), 16) == 31
for text, base in [
        ("", 10),
        ("abc", 10),
        ("1.5", 10),
        ("0x10", 10),
        ("1__0", 10),
        ("_1", 10),
        ("1_", 10),
        (" ", 10),
        ("12", 2),
        ("- 1", 10),
        ("++1", 10),
        ("é", 10)]:
    assert error(int, text, base) == (
        "ValueError: invalid literal for int() with base %d: %r" % (base, text)), text
assert error(int, "010", 0) == "ValueError: invalid literal for int() with base 0: '010'"
assert error(int, b"\xff") == "ValueError: invalid literal for int() with base 10: b'\\xff'"
assert error(int, "1", 1) == "ValueError: int() base must be >= 2 and <= 36, or 0"
assert error(int, 5, 10) == "TypeError: int() can't convert non-string with explicit base"
assert error(int, float("inf")) == "OverflowError: cannot convert float infinity to integer"
assert error(int, float("nan")) == "ValueError: cannot convert float NaN to integer"
assert int(1e22) == 10 ** 22 and int(2.0 ** 100) == 2 ** 100 and int(-1e300) == -int(1e300)
assert int("9" * 100) == 10 ** 100 - 1
big = "1" * 4301
assert error(int, big) == (
    "ValueError: Exceeds the limit (4300 digits) for integer string conversion: value has 4301 digits; "
    "use sys.set_int_max_str_digits() to increase the limit")
assert error(str, 10 ** 4300) == (
    "ValueError: Exceeds the limit (4300 digits) for integer string conversion; use "
    "sys.set_int_max_str_digits() to increase the limit")
assert len(str(10 ** 4299)) == 4300 and len(hex(16 ** 5000)) == 5003
