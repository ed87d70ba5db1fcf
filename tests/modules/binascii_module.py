"""binascii: base64, hexadecimal, checksums, uuencode, quoted-printable."""
import binascii

from _case import error, outcome

assert outcome(lambda: binascii.b2a_base64(b"hello")) == b'aGVsbG8=\n'
assert outcome(lambda: binascii.b2a_base64(b"hello", newline=False)) == b'aGVsbG8='
assert outcome(lambda: binascii.b2a_base64(b"")) == b'\n'
assert outcome(lambda: binascii.a2b_base64(b"aGVsbG8=")) == b'hello'
assert outcome(lambda: binascii.a2b_base64("aGVs\nbG8=")) == b'hello'
assert outcome(lambda: binascii.a2b_base64(b"!aGVsbG8=x")) == b'hello'
assert outcome(lambda: binascii.a2b_base64(b"aG=VsbG8=")) == b'hello'
assert outcome(lambda: binascii.a2b_base64(b"aGVsbG8")) == 'Error: Incorrect padding'
assert outcome(lambda: binascii.a2b_base64(b"a")) == (
    'Error: Invalid base64-encoded string: number of data characters (1) cannot be 1 more than a multiple '
    'of 4')
assert outcome(lambda: binascii.a2b_base64(b"aGVsbG8=", strict_mode=True)) == b'hello'
assert outcome(lambda: binascii.a2b_base64(b"", strict_mode=True)) == b''
assert outcome(lambda: binascii.a2b_base64(b"aGV sbG8=", strict_mode=True)) == (
    'Error: Only base64 data is allowed')
assert outcome(lambda: binascii.a2b_base64(b"=aGV", strict_mode=True)) == 'Error: Leading padding not allowed'
assert outcome(lambda: binascii.a2b_base64(b"ab==c", strict_mode=True)) == 'Error: Excess data after padding'
assert outcome(lambda: binascii.a2b_base64(b"ab=c=", strict_mode=True)) == (
    'Error: Discontinuous padding not allowed')
assert outcome(lambda: binascii.a2b_base64("\xe9")) == (
    'ValueError: string argument should contain only ASCII characters')
assert outcome(lambda: binascii.a2b_base64(1)) == (
    "TypeError: argument should be bytes, buffer or ASCII string, not 'int'")
assert outcome(lambda: binascii.hexlify(b"abc")) == b'616263'
assert outcome(lambda: binascii.b2a_hex(b"abc", ":")) == b'61:62:63'
assert outcome(lambda: binascii.hexlify(b"abcd", b"-", 2)) == b'6162-6364'
assert outcome(lambda: binascii.unhexlify("616263")) == b'abc'
assert outcome(lambda: binascii.a2b_hex(b"AbCd")) == b'\xab\xcd'
assert outcome(lambda: binascii.unhexlify(b"")) == b''
assert outcome(lambda: binascii.unhexlify("6")) == 'Error: Odd-length string'
assert outcome(lambda: binascii.unhexlify("zz")) == 'Error: Non-hexadecimal digit found'
assert outcome(lambda: binascii.hexlify("abc")) == "TypeError: a bytes-like object is required, not 'str'"
assert outcome(lambda: binascii.crc32(b"hello")) == 907060870
assert outcome(lambda: binascii.crc32(b"")) == 0
assert outcome(lambda: binascii.crc32(b"world", binascii.crc32(b"hello "))) == 222957957
assert outcome(lambda: binascii.crc32(b"x" * 1000)) == 994167270
assert outcome(lambda: binascii.crc_hqx(b"hello", 0)) == 50018
assert outcome(lambda: binascii.crc_hqx(b"hello", 0xffff)) == 53870
assert outcome(lambda: binascii.crc32(b"a", -1)) == 3310005809
assert outcome(lambda: binascii.b2a_uu(b"hello")) == b'%:&5L;&\\ \n'
assert outcome(lambda: binascii.a2b_uu(b"%:&5L;&\\ \n")) == b'hello'
assert outcome(lambda: binascii.b2a_uu(b"\x00", backtick=True)) == b'!````\n'
assert outcome(lambda: binascii.a2b_uu(b"")) == (
    b'\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00'
    b'\x00\x00\x00\x00\x00\x00\x00')
assert outcome(lambda: binascii.b2a_uu(b"x" * 46)) == 'Error: At most 45 bytes at once'
assert outcome(lambda: binascii.a2b_uu(b"!\xff")) == 'Error: Illegal char'
assert outcome(lambda: binascii.a2b_uu(b"!!!!!x")) == 'Error: Trailing garbage'
assert outcome(lambda: binascii.b2a_qp(b"a=b\xe9 \n")) == b'a=3Db=E9=20\n'
assert outcome(lambda: binascii.b2a_qp(b"a b_c", header=True)) == b'a_b=5Fc'
assert outcome(lambda: binascii.b2a_qp(b"a\tb", quotetabs=True)) == b'a=09b'
assert outcome(lambda: binascii.b2a_qp(b"x" * 80)) == (
    b'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx=\nxxxxx')
assert outcome(lambda: binascii.b2a_qp(b".\n")) == b'=2E\n'
assert outcome(lambda: binascii.b2a_qp(b"a\r\nb", istext=False)) == b'a=0D=0Ab'
assert outcome(lambda: binascii.a2b_qp(b"a=3Db=E9=\nc")) == b'a=b\xe9c'
assert outcome(lambda: binascii.a2b_qp(b"a_b", header=True)) == b'a b'
assert outcome(lambda: binascii.a2b_qp(b"==41")) == b'=41'
assert outcome(lambda: binascii.a2b_qp(b"a=")) == b'a'
assert outcome(lambda: issubclass(binascii.Error, ValueError)) == True
assert outcome(lambda: issubclass(binascii.Incomplete, Exception)) == True
assert binascii.crc32(b"hello") == 907060870 and binascii.hexlify(b"\xff\0") == b"ff00"
assert binascii.unhexlify("ff00") == b"\xff\0"
assert error(binascii.unhexlify, "f") == "Error: Odd-length string"
