"""repr and str of bytes and bytearray."""
from _case import outcome

assert repr(b"a'b\"\n\0\xff\\") == "b'a\\'b\"\\n\\x00\\xff\\\\'" and repr(b"a'b") == 'b"a\'b"'
assert repr(bytearray(b"a")) == "bytearray(b'a')" and str(b"a") == "b'a'"
assert outcome(lambda: repr(b"abc")) == "b'abc'"
assert outcome(lambda: repr(b"a'b")) == 'b"a\'b"'
assert outcome(lambda: repr(b'a"b')) == 'b\'a"b\''
assert outcome(lambda: repr(b"\x00\n\t\r\\\xff\x7f")) == "b'\\x00\\n\\t\\r\\\\\\xff\\x7f'"
assert outcome(lambda: str(b"a")) == "b'a'"
assert outcome(lambda: repr(bytearray(b"abc"))) == "bytearray(b'abc')"
assert outcome(lambda: str(bytearray(b"a"))) == "bytearray(b'a')"
