"""base64: bases 64, 32, 16, 85."""
import base64

from _case import error

assert base64.b64encode(b"hello") == b"aGVsbG8=" and base64.b64decode("aGVsbG8=") == b"hello"
assert base64.urlsafe_b64encode(b"\xff\xfe") == b"__4=" and base64.b32encode(b"a") == b"ME======"
assert base64.b16encode(b"\xab") == b"AB" and base64.b85decode(base64.b85encode(b"data")) == b"data"
assert base64.a85encode(b"test") == b"FCfN8"
assert error(base64.b64decode, "a") == (
    "Error: Invalid base64-encoded string: number of data characters (1) cannot be 1 more than a multiple "
    "of 4")
