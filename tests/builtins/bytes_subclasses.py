"""A subclass of bytes: equal to the bytes it holds, and its methods return bytes."""


class Bs(bytes):
    pass


assert Bs(b"ab") == b"ab" and type(Bs(b"ab") + b"") is bytes and isinstance(Bs(b""), bytes)
assert Bs(b"x").upper() == b"X"
