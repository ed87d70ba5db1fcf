"""int.to_bytes and int.from_bytes: lengths, byte orders, errors."""
from _case import error, outcome

assert (1024).to_bytes(2, "big") == b"\x04\x00" and (1024).to_bytes(4, byteorder="little") == b"\0\4\0\0"
assert (0).to_bytes(0, "big") == b"" and (5).to_bytes() == b"\x05"
assert int.from_bytes(b"\xff\x00", "big") == 65280 and int.from_bytes([1, 2], "little") == 513
assert int.from_bytes(b"") == 0
assert error((256).to_bytes, 1, "big") == "OverflowError: int too big to convert"
assert error((-1).to_bytes, 1, "big") == "OverflowError: can't convert negative int to unsigned"
assert error((1).to_bytes, 1, "x") == "ValueError: byteorder must be either 'little' or 'big'"
assert error((1).to_bytes, -1, "big") == "ValueError: length argument must be non-negative"

for n in (0, 1, -1, -2, 255, -256, 2**64, -2**64):
    for signed in (False, True):
        wanted = (
            b""
            if n == 0 or n == -1 and signed
            else "OverflowError: can't convert negative int to unsigned"
            if n < 0 and not signed
            else "OverflowError: int too big to convert")
        assert outcome(lambda: n.to_bytes(0, "big", signed=signed)) == wanted, (n, signed)
