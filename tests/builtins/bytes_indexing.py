"""bytes and bytearray: items, slices, length, iteration."""
from _case import error, outcome

for B in (bytes, bytearray):
    b = B(b"hello world")
    assert b[0] == 104 and b[-1] == 100 and b[1:3] == b"el" and type(b[1:3]) is B and len(b) == 11
    assert list(b[:2]) == [104, 101] and b[::-1] == b"dlrow olleh"
    assert error(
        lambda: b[99]) in ("IndexError: index out of range", "IndexError: bytearray index out of range")
assert outcome(lambda: b"abc"[0]) == 97
assert outcome(lambda: b"abc"[-1]) == 99
assert outcome(lambda: b"abc"[1:]) == b'bc'
assert outcome(lambda: b"abc"[::-1]) == b'cba'
assert outcome(lambda: b"abcdef"[::2]) == b'ace'
assert outcome(lambda: b"abc"[3]) == 'IndexError: index out of range'
assert outcome(lambda: b"abc".__getitem__("a")) == (
    'TypeError: byte indices must be integers or slices, not str')
assert outcome(lambda: list(b"abc")) == [97, 98, 99]
assert outcome(lambda: len(b"abc")) == 3
assert outcome(lambda: sorted(b"cab")) == [97, 98, 99]
assert outcome(lambda: max(b"abc")) == 99


def run(code):
    """Runs the statement on bytearray(b"abc"): the array afterwards and what was assigned to r."""
    names = {"b": bytearray(b"abc"), "r": None}
    exec(code, names)
    return bytes(names["b"]), names["r"]


assert outcome(lambda: run("r = b[10]")) == 'IndexError: bytearray index out of range'
assert outcome(lambda: bytearray(b"abc")[1:]) == bytearray(b'bc')
assert outcome(lambda: bytearray(b"abc")[0]) == 97
assert outcome(lambda: list(bytearray(b"ab"))) == [97, 98]
assert outcome(lambda: len(bytearray(5))) == 5
