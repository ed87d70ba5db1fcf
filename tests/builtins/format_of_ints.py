"""The format mini-language on ints."""
from _case import outcome

assert outcome(lambda: format(42, "d")) == '42'
assert outcome(lambda: format(42, "5d")) == '   42'
assert outcome(lambda: format(42, "<5d") + "|") == '42   |'
assert outcome(lambda: format(42, "^6d")) == '  42  '
assert outcome(lambda: format(42, "=+6d")) == '+   42'
assert outcome(lambda: format(-42, "06d")) == '-00042'
assert outcome(lambda: format(42, "+")) == '+42'
assert outcome(lambda: format(42, " ")) == ' 42'
assert outcome(lambda: format(255, "x")) == 'ff'
assert outcome(lambda: format(255, "#x")) == '0xff'
assert outcome(lambda: format(255, "#X")) == '0XFF'
assert outcome(lambda: format(-255, "#x")) == '-0xff'
assert outcome(lambda: format(255, "#o")) == '0o377'
assert outcome(lambda: format(5, "#b")) == '0b101'
assert outcome(lambda: format(255, "#010x")) == '0x000000ff'
assert outcome(lambda: format(-255, "#010x")) == '-0x00000ff'
assert outcome(lambda: format(1234567, ",")) == '1,234,567'
assert outcome(lambda: format(-1234567, ",d")) == '-1,234,567'
assert outcome(lambda: format(123, ",")) == '123'
assert outcome(lambda: format(1234, "_")) == '1_234'
assert outcome(lambda: format(0xdeadbeef, "_x")) == 'dead_beef'
assert outcome(lambda: format(0b10101010, "_b")) == '1010_1010'
assert outcome(lambda: format(1234567, "020,")) == '0,000,000,001,234,567'
assert outcome(lambda: format(1234567, "+012,")) == '+001,234,567'
assert outcome(lambda: format(12, "06,")) == '00,012'
assert outcome(lambda: format(1, "04,")) == '0,001'
assert outcome(lambda: format(123456, "09,")) == '0,123,456'
assert outcome(lambda: format(1234567, "010_x")) == '0_0012_d687'
assert outcome(lambda: format(97, "c")) == 'a'
assert outcome(lambda: format(0x20ac, "c")) == '€'
assert outcome(lambda: format(97, "5c")) == '    a'
assert outcome(lambda: format(97, "<5c")) == 'a    '
assert outcome(lambda: format(97, "^5c")) == '  a  '
assert outcome(lambda: format(97, "05c")) == '0000a'
assert outcome(lambda: format(1, "e")) == '1.000000e+00'
assert outcome(lambda: format(12345, ".2e")) == '1.23e+04'
assert outcome(lambda: format(1, "f")) == '1.000000'
assert outcome(lambda: format(3, "g")) == '3'
assert outcome(lambda: format(50, "%")) == '5000.000000%'
assert outcome(lambda: format(10**20, "g")) == '1e+20'
assert outcome(lambda: format(12345, ",.1f")) == '12,345.0'
assert outcome(lambda: format(10**30)) == '1000000000000000000000000000000'
assert outcome(lambda: format(10**30, ",")) == '1,000,000,000,000,000,000,000,000,000,000'
assert outcome(lambda: format(-10**30, "x")) == '-c9f2c9cd04674edea40000000'
assert outcome(lambda: format(10**20, "030,d")) == '00,100,000,000,000,000,000,000'
assert outcome(lambda: format(2**70, "#b")) == (
    '0b10000000000000000000000000000000000000000000000000000000000000000000000')
assert outcome(lambda: format(1, "\u20ac>5")) == '€€€€1'
assert outcome(lambda: format(1, "*^6")) == '**1***'
assert outcome(lambda: format(1, "x<4")) == '1xxx'
assert outcome(lambda: format(1, "}>4")) == '}}}1'
assert outcome(lambda: format(1, "0>4")) == '0001'
assert outcome(lambda: format(1, "<04")) == '1000'
assert outcome(lambda: format(True)) == 'True'
assert outcome(lambda: format(True, "d")) == '1'
assert outcome(lambda: format(True, "5")) == '    1'
assert outcome(lambda: format(False, "x")) == '0'
assert outcome(lambda: format(1, "q")) == "ValueError: Unknown format code 'q' for object of type 'int'"
assert outcome(lambda: format(1, "dd")) == (
    "ValueError: Invalid format specifier 'dd' for object of type 'int'")
assert outcome(lambda: format(1, ".3d")) == 'ValueError: Precision not allowed in integer format specifier'
assert outcome(lambda: format(1, ".3")) == 'ValueError: Precision not allowed in integer format specifier'
assert outcome(lambda: format(1, ",s")) == "ValueError: Cannot specify ',' with 's'."
assert outcome(lambda: format(1, ",x")) == "ValueError: Cannot specify ',' with 'x'."
assert outcome(lambda: format(1, "_c")) == "ValueError: Cannot specify '_' with 'c'."
assert outcome(lambda: format(1, ",n")) == "ValueError: Cannot specify ',' with 'n'."
assert outcome(lambda: format(1, ",,")) == "ValueError: Cannot specify ',' with ','."
assert outcome(lambda: format(1, ",_")) == "ValueError: Cannot specify both ',' and '_'."
assert outcome(lambda: format(1, "+c")) == "ValueError: Sign not allowed with integer format specifier 'c'"
assert outcome(lambda: format(1, "#c")) == (
    "ValueError: Alternate form (#) not allowed with integer format specifier 'c'")
assert outcome(lambda: format(-1, "c")) == 'OverflowError: %c arg not in range(0x110000)'
assert outcome(lambda: format(0x110000, "c")) == 'OverflowError: %c arg not in range(0x110000)'
assert outcome(lambda: format(1, "zd")) == (
    'ValueError: Negative zero coercion (z) not allowed in integer format specifier')
assert outcome(lambda: format(1, "s")) == "ValueError: Unknown format code 's' for object of type 'int'"
assert outcome(lambda: format(1, "\u0661d")) == '1'
assert outcome(lambda: format(1, "99999999999999999999")) == (
    'ValueError: Too many decimal digits in format string')
assert outcome(lambda: format(1, ".")) == 'ValueError: Format specifier missing precision'
assert outcome(lambda: format(1, "\xe9")) == (
    "ValueError: Unknown format code '\\xe9' for object of type 'int'")
assert outcome(lambda: format(1, "n")) == '1'
assert outcome(lambda: format(1234567, "n")) == '1234567'
assert outcome(lambda: format(1, "5n")) == '    1'
assert outcome(lambda: format(0, "x")) == '0'
assert outcome(lambda: format(0, "#b")) == '0b0'
assert outcome(lambda: format(0, ",")) == '0'
assert outcome(lambda: format(-0, "d")) == '0'
