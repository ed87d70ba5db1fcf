"""int.from_bytes takes whatever bytes() makes of an object, buffers in pieces too, but no size and no
text.
"""
import array


class Given(bytes):
    def __bytes__(self):
        return b"\x02"


class Number(int):
    def __bytes__(self):
        return b"\x03"


class Text(str):
    def __bytes__(self):
        return b"\x04"


class Items:
    def __getitem__(self, i):
        return [5, 0][i]


view = memoryview(b"\x01\x00\x02\x00")
for source, wanted in ((view, 0x01000200), (view[::-1], 0x00020001), (view[::2], 0x0102), (view[:0:-2], 0),
                       (memoryview(view[::-1]), 0x00020001), (bytearray(b"\x07"), 7), (Given(b"\x09"), 2),
                       (Number(9), 3), (Text("t"), 4), (Items(), 0x0500), ([1, 2], 0x0102), ((3,), 3),
                           (range(3), 0x000102), (iter([4]), 4), ({6}, 6), (array.array("B", [8]), 8),
                           (b"", 0)):
    assert int.from_bytes(source, "big") == wanted, (source, int.from_bytes(source, "big"))
for source, error in ((1, "cannot convert 'int' object to bytes"),
                      ("t", "cannot convert 'str' object to bytes"),
                      (None, "cannot convert 'NoneType' object to bytes"),
                      (2.5, "cannot convert 'float' object to bytes"),
                      ([256], "bytes must be in range(0, 256)"),
                          (["a"], "'str' object cannot be interpreted as an integer"),
                          (True, "cannot convert 'bool' object to bytes")):
    try:
        int.from_bytes(source, "big")
        raise AssertionError(source)
    except (TypeError, ValueError) as e:
        assert str(e) == error, (source, str(e))
