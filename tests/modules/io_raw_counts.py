"""A raw stream whose readinto and write give back what is no count."""
import io


class Raw(io.RawIOBase):
    def __init__(self, answer):
        self.answer = answer

    def readable(self):
        return True

    writable = readable

    def readinto(self, b):
        return self.answer

    def write(self, b):
        return self.answer


def caught(f, *args):
    try:
        f(*args)
    except Exception as e:
        return e


for answer in ("a", 1.5, [], b"1"):
    for call in ("read", "read1", "peek", "readline"):
        e = caught(getattr(io.BufferedReader(Raw(answer)), call), 3)
        assert type(e) is OSError and str(e) == "raw readinto() failed", (answer, call, e)
        cause = e.__cause__
        assert type(cause) is TypeError and "cannot be interpreted as an integer" in str(cause), cause
    stream = io.BufferedWriter(Raw(answer))
    stream.write(b"x" * 9)
    e = caught(stream.flush)
    assert type(e) is OSError and "returned invalid length -1 (should have been between 0 and 9)" in str(e), e
    caught(stream.detach)
