"""What bytes and bytearray give to copy and pickle."""
from _case import outcome

assert outcome(lambda: b"abc".__getnewargs__()) == (b'abc',)
assert outcome(lambda: bytearray(b"abc").__reduce__()[1]) == ('abc', 'latin-1')
assert outcome(lambda: bytearray(b"abc").__reduce_ex__(3)[1]) == (b'abc',)
