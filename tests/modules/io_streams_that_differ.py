"""io: pickled attributes of memory streams, what a detached text stream still says, a write that waits
for a close, what -X dev and -X warn_default_encoding ask of text streams, and a write that a signal
cuts short."""
import io
import os
import pickle
import signal
import subprocess
import sys
import threading
import time

from _case import error


class Bytes(io.BytesIO):
    pass


class Text(io.StringIO):
    pass


for stream in Bytes(b"ab"), Text("ab"):
    assert stream.__getstate__()[-1] is None
    stream.name = 3
    stream.seek(1)
    again = pickle.loads(pickle.dumps(stream))
    assert (again.name, again.tell(), again.getvalue()) == (3, 1, stream.getvalue())
closed = io.BytesIO()
closed.close()
assert error(closed.__setstate__, (b"", 0, None)) == "ValueError: I/O operation on closed file."

text = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
text.detach()
assert (text.encoding, text.errors, repr(text)) == ("ascii", "strict", "<_io.TextIOWrapper encoding='ascii'>")


class Slow(io.RawIOBase):
    closing = threading.Event()

    def writable(self):
        return True

    def write(self, data):
        return len(data)

    def close(self):
        if not self.closed:
            self.closing.set()
            time.sleep(0.1)
        super().close()


stream = io.BufferedWriter(Slow())
thread = threading.Thread(target=stream.close)
thread.start()
Slow.closing.wait()
assert error(stream.write, b"x") == "ValueError: write to closed file"
thread.join()


def warnings_of(option, program):
    arguments = [sys.executable, "-X", option, "-c", "import io, os\n" + program]
    done = subprocess.run(arguments, capture_output=True, text=True)
    return done.stderr.splitlines()


lines = warnings_of("warn_default_encoding", "io.TextIOWrapper(io.BytesIO())\nwith open(os.devnull): pass")
assert [line.split(" ")[0] for line in lines] == ["<string>:2:", "<string>:3:"], lines
assert all("EncodingWarning: 'encoding' argument not specified" in line for line in lines), lines
lines = warnings_of("dev", "io.TextIOWrapper(io.BytesIO(), encoding='utf-8', errors='no-such')")
assert lines[-1] == "LookupError: unknown error handler name 'no-such'", lines

# a reader takes one byte, so that the write has put some when the signal comes
reader, writer = os.pipe()
signal.signal(signal.SIGALRM, lambda *arguments: 1 / 0)
where = "before"
signal.setitimer(signal.ITIMER_REAL, 0.1)
try:
    with open(writer, "wb", buffering=0) as raw:
        try:
            raw.write(bytes(1 << 20))
            where = "behind"
        except ZeroDivisionError:
            where = "in the write"
except ZeroDivisionError:
    where = "too late"
assert where == "in the write", where
os.close(reader)
