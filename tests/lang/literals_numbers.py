"""Number literals of every base and form, and what is refused."""
from _case import syntax_error

assert 0xFF == 255 and 0XaB == 171 and 0o17 == 15 and 0O7 == 7 and 0b101 == 5 and 0B1 == 1 and 00 == 0
assert 0_0 == 0
assert 1_000_000 == 1000000 and 0x_ff == 255 and 0b_1_0 == 2 and 1_0.0_1 == 10.01 and 1e1_0 == 1e10
assert 1. == 1.0 and .5 == 0.5 and 1e3 == 1000.0 and 1E-2 == 0.01 and 1.5e+2 == 150.0 and 0e0 == 0
assert 00.5 == 0.5 and 09.5 == 9.5 and 0777.0 == 777.0
assert 1j == complex(0, 1) and 1.5J == complex(0, 1.5) and 1e2j == 100j and 0j == 0 and 09j == 9j
assert .5j * 2 == 1j
assert 0xFFFFFFFFFFFFFFFFFFFFFFFF == 2 ** 96 - 1 and 99999999999999999999 + 1 == 10 ** 20
assert 4611686018427387904 == 2 ** 62 and 2305843009213693952 == 2 ** 61 and 9223372036854775808 == 2 ** 63
assert -2305843009213693952 == -2 ** 61 and -9223372036854775808 == -2 ** 63
assert 1.7976931348623157e308 * 2 == float("inf") and 1e400 == float("inf") and 4.9e-324 > 0 and 1e-400 == 0
assert 0.1 == 3602879701896397 / 2 ** 55 and 123456789.123456789 == 123456789.12345679
assert 9007199254740993.0 == 9007199254740992 and 1.00000000000000011102230246251565 == 1.0
assert 1 .real == 1 and 1.0.real == 1.0 and 1..real == 1.0 and 0xf.__class__ is int
assert 1.5.is_integer() is False
assert -1 ** 2 == -1 and (-1) ** 2 == 1 and 2 ** -1 == .5 and - - 1 == 1 and ~-1 == 0 and +-+1 == -1
assert 1 if 1 else 2
assert syntax_error("0777") == (
    "leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers")
assert syntax_error("1__0") == "invalid decimal literal" and syntax_error("1_") == "invalid decimal literal"
assert syntax_error("0x") == "invalid hexadecimal literal"
assert syntax_error("0b2") == "invalid digit '2' in binary literal"
assert syntax_error("0o8") == "invalid digit '8' in octal literal"
assert syntax_error("1abc") == "invalid decimal literal"
assert syntax_error("0xg") == "invalid hexadecimal literal"
assert syntax_error("0b") == "invalid binary literal"
assert syntax_error("1e") == "invalid decimal literal" and syntax_error("1.5abc") == "invalid decimal literal"
assert syntax_error("1_.5") == "invalid decimal literal"
assert syntax_error("1jx") == "invalid imaginary literal"
assert 0xf == 15
