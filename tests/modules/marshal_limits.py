"""marshal: data that no dumps() writes, depth to the last level, and files that are read byte for byte."""
import io
import marshal
import os

from _case import error, outcome


def both(data):
    """What loads and load make of it."""
    return outcome(marshal.loads, data), outcome(marshal.load, io.BytesIO(data))


def nested(depth, kind):
    value = 7
    for _ in range(depth):
        value = kind(value)
    return value


SHORT, END = "EOFError: marshal data too short", "EOFError: EOF read where not expected"
NOTHING = "EOFError: EOF read where object expected"
ROWS = [
    # ints: digits of 15 bits, the highest of which is not 0
    (b"l\0\0\0\0", 0),
    (b"l\1\0\0\0\5\0", 5),
    (b"l\2\0\0\0\0\0\1\0", 1 << 15),
    (b"l\xfe\xff\xff\xff\0\0\1\0", -1 << 15),
    (b"l\2\0\0\0\0\0\0\0", "ValueError: bad marshal data (unnormalized long data)"),
    (b"l\1\0\0\0\0\0", "ValueError: bad marshal data (unnormalized long data)"),
    (b"l\xff\xff\xff\xff\0\0", "ValueError: bad marshal data (unnormalized long data)"),
    (b"l\1\0\0\0\0\x80", "ValueError: bad marshal data (digit out of range in long)"),
    (b"l\2\0\0\0\0\0\0\x90", "ValueError: bad marshal data (digit out of range in long)"),
    (b"l\0\0\0\x80", "ValueError: bad marshal data (long size out of range)"),
    # the sign of a dict's end
    (b"{0", {}), (b"{N0", {}), (b"{NT0", {None: True}),
    (b"0", "TypeError: NULL object in marshal data for object"),
    (b"[\1\0\0\0000", "TypeError: NULL object in marshal data for list"),
    (b"(\1\0\0\0000", "TypeError: NULL object in marshal data for tuple"),
    (b")\0010", "TypeError: NULL object in marshal data for tuple"),
    (b"<\1\0\0\0000", "TypeError: NULL object in marshal data for set"),
    (b">\1\0\0\0000", "TypeError: NULL object in marshal data for set"),
    # too short
    (b"", (NOTHING, NOTHING)), (b"{", (NOTHING, NOTHING)), (b"{N", (NOTHING, NOTHING)),
    (b"(\2\0\0\0N", (NOTHING, NOTHING)), (b"s\0\0\0\0", b""), (b"z\0", ""),
    (b"?", "ValueError: bad marshal data (unknown type code)"),
]
for data in b"{i", b"(", b"s\5\0\0\0ab", b"z\2a", b"g1234567", b"y123456789", b"l\1\0\0\0\0", b"u\1\0\0\0":
    ROWS.append((data, (SHORT, END)))
for data, wanted in ROWS:
    got = both(data)
    assert got == (wanted if type(wanted) is tuple else (wanted, wanted)), (data, got, wanted)

# ---- depth: what is in the innermost container counts, too
LEVELS = 2000
for kind in (lambda v: [v]), (lambda v: (v,)), (lambda v: {1: v}):
    most = nested(LEVELS - 1, kind)
    data = marshal.dumps(most)
    marshal.loads(data), marshal.load(io.BytesIO(data))
    assert error(marshal.dumps, kind(most)) == "ValueError: object too deeply nested to marshal"
for opened in b"[\1\0\0\0", b"(\1\0\0\0", b")\1", b"{N":
    data = opened * (LEVELS - 1) + b"i\1\0\0\0" + b"0" * LEVELS
    marshal.loads(data)
    assert both(opened + data) == ("ValueError: recursion limit exceeded",) * 2, opened


# ---- files: by readinto(), of exactly as many bytes as are needed
class Reader(io.BytesIO):
    more = 0

    def readinto(self, room):
        assert type(room) is memoryview and not room.readonly
        count = super().readinto(room)
        return count + self.more if count > 4 else count


stream = io.BytesIO(b"".join(map(marshal.dumps, [1.5, "text", [1, {2: b"3"}], (), 1 << 70])) + b"rest")
assert [marshal.load(stream) for _ in range(5)] == [1.5, "text", [1, {2: b"3"}], (), 1 << 70]
assert stream.read() == b"rest"
reader, writer = os.pipe()
with open(reader, "rb") as source, open(writer, "wb", buffering=0) as sink:
    for value in [1, "two"], {3: None}:
        marshal.dump(value, sink)
        assert marshal.load(source) == value  # and does not wait for more
for value in 1.0, 1j, b"0123456789", "0123456789":
    data, size = marshal.dumps(value), 8 if isinstance(value, (float, complex)) else 10
    liar = Reader(data)
    liar.more = 10**6
    assert error(marshal.load, liar) == (
        f"ValueError: read() returned too much data: {size} bytes requested, {10**6 + size} returned")
    liar = Reader(data)
    liar.more = -1
    assert error(marshal.load, liar) == END


class Odd:
    """Is read from as `answers` says: a count, or an exception to raise."""

    def __init__(self, *answers, start=b""):
        self.answers, self.start = list(answers), start

    def read(self, count):
        assert count == 0
        return self.start

    def readinto(self, room):
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        if type(answer) is bytes:
            room[:] = answer
            return len(answer)
        return answer


assert error(marshal.load, Odd(start="")) == "TypeError: file.read() returned not bytes but str"
for answer in None, -1, 1 << 70:
    assert error(marshal.load, Odd(answer)) == NOTHING
assert error(marshal.load, Odd(OSError("mine"))) == NOTHING
assert error(marshal.load, Odd(b"(", EOFError("mine"))) == "EOFError: mine"
assert error(marshal.load, Odd(b"(", -1)) == END
assert marshal.load(Odd(b"i", b"\1\0\0\0")) == 1
