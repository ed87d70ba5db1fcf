# Several buffers at once, at the file's position and elsewhere; moving bytes between a pipe and a file;
# what has no sign; terminals; os.utime's arguments; bytes-like objects as paths.
import os
import tempfile
import warnings

from _case import raises

folder = tempfile.mkdtemp()
name = os.path.join(folder, "file")
fd = os.open(name, os.O_RDWR | os.O_CREAT)

# ---- vectors
assert os.pwritev(fd, [b"one", bytearray(b"two"), memoryview(b"three")], 2) == 11
assert os.pwritev(fd, (b"12",), 0, os.RWF_SYNC) == 2
buffers = [bytearray(4), bytearray(5), bytearray(9)]
assert os.preadv(fd, buffers, 1) == 12 and buffers == [b"2one", b"twoth", b"ree" + bytes(6)]
assert os.preadv(fd, buffers[:1], 5, os.RWF_HIPRI) == 4 and buffers[0] == b"twot"
assert os.lseek(fd, 0, os.SEEK_CUR) == 0
assert os.writev(fd, [b"x"] * 1000) == 1000 and os.fstat(fd).st_size == 1000
assert os.preadv(fd, [bytearray(1) for _ in range(200)], 900) == 100
for call, text in ((lambda b: os.readv(fd, b), "readv"), (lambda b: os.writev(fd, b), "writev"),
                   (lambda b: os.preadv(fd, b, 0), "preadv2"), (lambda b: os.pwritev(fd, b, 0), "pwritev")):
    for wrong in 5, {}, iter([b"a"]):
        raises(TypeError, lambda: call(wrong), text + "() arg 2 must be a sequence")
    raises(TypeError, lambda: call(["a"]), "a bytes-like object is required, not 'str'")
    raises(OSError, lambda: call([bytearray(1)] * 2000), "[Errno 22] Invalid argument")
for call in lambda b: os.readv(fd, b), lambda b: os.preadv(fd, b, 0):
    raises(BufferError, lambda: call([bytearray(1), b"a"]), "Object is not writable.")
raises(OverflowError, lambda: os.preadv(fd, [], 1 << 70), "Python int too large to convert to C long")
raises(TypeError, lambda: os.preadv(fd, []), "preadv expected at least 3 arguments, got 2")


class Late:
    """A sequence whose items are made when they are asked for."""
    def __len__(self):
        return 2

    def __getitem__(self, i):
        if i > 1:
            raise IndexError
        return b"ab"


assert os.pwritev(fd, Late(), 0) == 4

# ---- splice
r, w = os.pipe()
assert os.splice(fd, w, 4, offset_src=0) == 4 and os.read(r, 9) == b"abab"
os.write(w, b"moved")
assert os.splice(r, fd, 5, offset_dst=10, flags=os.SPLICE_F_MORE) == 5 and os.pread(fd, 5, 10) == b"moved"
raises(ValueError, lambda: os.splice(fd, w, -1), "negative value for 'count' not allowed")
raises(ValueError, lambda: os.splice(fd, w, 1, flags=-1), "value must be positive")
raises(OverflowError, lambda: os.splice(fd, w, 1, flags=1 << 40), "Python int too large for C unsigned int")
raises(TypeError, lambda: os.splice(fd, w, 1, flags="a"), "an integer is required")
raises(OverflowError, lambda: os.splice(fd, w, 1, 1 << 70), "Python int too large to convert to C long")
raises(OSError, lambda: os.splice(fd, fd, 1), "[Errno 22] Invalid argument")

# ---- numbers without sign
for part in os.major, os.minor:
    for wrong, kind, text in ((-1, OverflowError, "can't convert negative int to unsigned"),
                              (1 << 64, OverflowError, "int too big to convert"),
                              ("a", TypeError, "an integer is required")):
        raises(kind, lambda: part(wrong), text)
assert os.major((1 << 64) - 1) == 0xffffffff and os.makedev(-1, 0) < 0
event = os.eventfd(3)
os.eventfd_write(event, 2 ** 64 - 5)
assert os.eventfd_read(event) == 2 ** 64 - 2
raises(ValueError, lambda: os.eventfd_write(event, -1), "value must be positive")
raises(OverflowError, lambda: os.eventfd_write(event, 1 << 64), "int too big to convert")

# ---- the controlling terminal
raises(OSError, lambda: os.login_tty(fd), "[Errno 25] Inappropriate ioctl for device")
raises(ValueError, lambda: os.login_tty(-1), "file descriptor cannot be a negative integer (-1)")
raises(TypeError, lambda: os.login_tty("a"), "argument must be an int, or have a fileno() method.")
master, slave = os.openpty()
if os.fork() == 0:
    os.login_tty(slave)
    os._exit(0 if os.isatty(0) and os.ttyname(1) == os.ttyname(2) and os.getsid(0) == os.getpid() else 1)
assert os.waitstatus_to_exitcode(os.wait()[1]) == 0

# ---- times
for arguments, kind, text in (
        ({"times": (1, 2), "ns": (1, 2)}, ValueError,
         "utime: you may specify either 'times' or 'ns' but not both"),
        ({"times": [1, 2]}, TypeError, "utime: 'times' must be either a tuple of two ints or None"),
        ({"ns": None}, TypeError, "utime: 'ns' must be a tuple of two ints"),
        ({"ns": (1, "a")}, TypeError, "unsupported operand type(s) for divmod(): 'str' and 'int'"),
        ({"ns": (1 << 100, 1)}, OverflowError, "timestamp out of range for platform time_t"),
        ({"times": (1 << 70, 1)}, OverflowError, "timestamp out of range for platform time_t"),
        ({"times": (float("nan"), 1)}, ValueError, "Invalid value NaN (not a number)")):
    raises(kind, lambda: os.utime(name, **arguments), text)
raises(ValueError, lambda: os.utime(fd, follow_symlinks=False),
       "utime: cannot use fd and follow_symlinks together")
raises(ValueError, lambda: os.utime(fd, dir_fd=fd), "utime: can't specify dir_fd without matching path")
raises(FileNotFoundError, lambda: os.utime(folder + "/none"), "[Errno 2] No such file or directory")
os.utime(name, ns=(-1, 10 ** 18 + 7))
assert os.stat(name).st_atime_ns == -1 and os.stat(name).st_mtime_ns == 10 ** 18 + 7

# ---- paths of other kinds
for kind in bytearray, memoryview:
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        assert os.listdir(kind(folder.encode())) == [b"file"]
        assert os.stat(kind(name.encode())).st_size == 1000
    assert [str(w.message) for w in seen] == [
        f"listdir: path should be string, bytes, os.PathLike, integer or None, not {kind.__name__}",
        f"stat: path should be string, bytes, os.PathLike or integer, not {kind.__name__}"]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        raises(DeprecationWarning, lambda: os.unlink(kind(name.encode())))
os.unlink(name)
os.rmdir(folder)
