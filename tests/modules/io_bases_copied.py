"""The abstract classes of io, and classes of the program made of them, are copied and pickled by their
attributes."""
import copy
import io
import pickle


class Ticks(io.RawIOBase):
    """A raw stream of the program."""

    def __init__(self, left):
        self.left = left

    def readable(self):
        return True

    def readinto(self, place):
        n = min(len(place), self.left)
        place[:n] = b"." * n
        self.left -= n
        return n


def attributes(stream):
    """Its own, without what the reference keeps there of closing."""
    return {
        name: value
        for name, value in vars(stream).items()
        if name not in ("_finalizing", "__IOBase_closed")
    }


first = Ticks(10)
assert first.read(4) == b"...."
for again in [
    copy.copy(first),
    copy.deepcopy(first),
    *(pickle.loads(pickle.dumps(first, p)) for p in (2, 3, 4, 5)),
]:
    assert type(again) is Ticks and again is not first and attributes(again) == {"left": 6}
    assert again.read() == b"......" and again.left == 0 and not again.closed
assert io.BufferedReader(copy.copy(first)).read() == b"......" and first.left == 6

for cls in io.IOBase, io.RawIOBase, io.BufferedIOBase, io.TextIOBase:
    stream = cls()
    stream.mark = [cls.__name__]
    again = pickle.loads(pickle.dumps(stream))
    assert type(again) is cls and attributes(again) == {"mark": [cls.__name__]}
    for protocol in 0, 1:
        try:
            pickle.dumps(stream, protocol)
        except TypeError as e:
            assert str(e) == f"cannot pickle '_{cls.__name__}' object", e
        else:
            raise AssertionError((cls, protocol))

for stream in (
    io.FileIO(__file__),
    io.BufferedReader(io.FileIO(__file__)),
    open(__file__, encoding="ascii"),
):
    for call in copy.copy, copy.deepcopy, pickle.dumps:
        try:
            call(stream)
        except TypeError as e:
            assert str(e) == f"cannot pickle '{'_io.' + type(stream).__name__}' object", e
        else:
            raise AssertionError((stream, call))
    stream.close()
