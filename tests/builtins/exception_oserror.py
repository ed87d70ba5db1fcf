"""OSError: the class that a number selects, attributes, text, pickling form."""
import errno

o = OSError(13, "Denied", "file", None, "other")
assert type(o) is PermissionError
assert (o.errno, o.strerror, o.filename, o.filename2) == (13, "Denied", "file", "other")
assert str(o) == "[Errno 13] Denied: 'file' -> 'other'" and o.args == (13, "Denied")
for number, cls in [
        (2, FileNotFoundError),
        (17, FileExistsError),
        (21, IsADirectoryError),
        (20, NotADirectoryError),
        (1, PermissionError),
        (11, BlockingIOError),
        (32, BrokenPipeError),
        (104, ConnectionResetError),
        (111, ConnectionRefusedError),
        (103, ConnectionAbortedError),
        (4, InterruptedError),
        (3, ProcessLookupError),
        (10, ChildProcessError),
        (110, TimeoutError),
        (5, OSError)]:
    assert type(OSError(number, "t")) is cls, number
assert str(OSError("one")) == "one" and OSError("one").errno is None and OSError(1).errno is None
assert type(FileNotFoundError(13, "x")) is FileNotFoundError

e = OSError(errno.ENOENT, "gone", "file")
assert type(e) is FileNotFoundError and e.args == (2, "gone") and str(e) == "[Errno 2] gone: 'file'"
assert OSError(1).errno is None and OSError(1, 2).strerror == 2
assert type(OSError(errno.EPIPE, "x")) is BrokenPipeError
assert str(OSError(2, "a", "f", None, "g")) == "[Errno 2] a: 'f' -> 'g'"
assert e.__reduce__() == (FileNotFoundError, (2, "gone", "file"))


class MyOSError(OSError):
    def __init__(self, a):
        super().__init__(a, "text")


assert MyOSError(7).errno == 7 and MyOSError(7).args == (7, "text")
