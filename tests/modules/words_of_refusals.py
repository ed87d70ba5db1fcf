"""What functions of modules in C say of arguments: numbers that C has no room for, kinds, names, counts."""
import _json
import _stat
import gc
import os
import socket
import time
import zlib


def says(function, *arguments, **named):
    try:
        function(*arguments, **named)
    except Exception as e:
        return f"{type(e).__name__}: {e}"
    return "nothing"


class IndexOnly:
    def __index__(self):
        return 3


# a format text: counts, numbers, and the bare name
for function, wanted in ((socket.htons, "htons() takes exactly 1 argument (0 given)"),
                         (socket.inet_pton, "inet_pton() takes exactly 2 arguments (0 given)"),
                         (socket.getservbyname, "getservbyname() takes at least 1 argument (0 given)"),
                         (_json.scanstring, "scanstring() takes at least 2 arguments (0 given)"),
                         (gc.set_threshold, "set_threshold() takes at least 1 argument (0 given)"),
                         (time.clock_gettime, "clock_gettime() takes exactly 1 argument (0 given)"),
                         (os.waitpid, "waitpid() takes exactly 2 arguments (0 given)")):
    assert says(function) == "TypeError: " + wanted, says(function)
assert says(time.ctime, 1, 2) == "TypeError: ctime() takes at most 1 argument (2 given)"
assert says(socket.htons, x=1) == "TypeError: htons() takes no keyword arguments"
assert says(os.waitpid, pid=1) == "TypeError: posix.waitpid() takes no keyword arguments"
assert says(socket.inet_aton, 5) == "TypeError: inet_aton() argument 1 must be str, not int"
assert says(socket.inet_aton, None) == "TypeError: inet_aton() argument 1 must be str, not None"

# 16 bits, of an int of C
assert says(socket.htons, -1) == (
    "OverflowError: htons: can't convert negative Python int to C 16-bit unsigned integer")
assert says(socket.ntohs, 65536) == (
    "OverflowError: ntohs: Python int too large to convert to C 16-bit unsigned integer")
assert says(socket.htons, 2 ** 31) == "OverflowError: signed integer is greater than maximum"
assert says(socket.htons, -2 ** 31 - 1) == "OverflowError: signed integer is less than minimum"
assert says(socket.htons, 2 ** 63) == "OverflowError: Python int too large to convert to C long"

# unsigned words: ints only
assert says(socket.htonl, 1.5) == "TypeError: expected int, float found"
assert says(socket.ntohl, 2 ** 32) == says(socket.htonl, 2 ** 63) == "OverflowError: int larger than 32 bits"
for function in socket.htonl, socket.if_indextoname, _stat.S_ISDIR, _stat.filemode:
    assert says(function, -1) == "OverflowError: can't convert negative value to unsigned int"
    assert says(function, 2 ** 64) == "OverflowError: Python int too large to convert to C unsigned long"
for function in socket.if_indextoname, _stat.S_IFMT, _stat.filemode:
    assert says(function, IndexOnly()) == "TypeError: an integer is required"
assert says(_stat.S_IMODE, 2 ** 32) == says(_stat.S_IMODE, 2 ** 63) == "OverflowError: mode out of range"

# gc.set_threshold stores what it has converted
before = gc.get_threshold()
assert says(gc.set_threshold, 10, 11, "x") == "TypeError: 'str' object cannot be interpreted as an integer"
assert gc.get_threshold() == (10, 11, before[2])
assert says(gc.set_threshold, 2 ** 31) == "OverflowError: signed integer is greater than maximum"
assert says(gc.set_threshold, 1, 2, 3, 4) == "TypeError: set_threshold() takes at most 3 arguments (4 given)"
assert says(gc.set_threshold, 1, x=2) == "TypeError: set_threshold() takes no keyword arguments"
gc.set_threshold(*before)

# names in the encoding of the file system; paths
for function in os.memfd_create, os.unsetenv, os.unsetenv:
    assert says(function, 5) == "TypeError: expected str, bytes or os.PathLike object, not int"
assert says(os.memfd_create, "a\0b") == "ValueError: embedded null byte"
assert says(os.chdir, "a\0b") == "ValueError: embedded null byte"
assert says(os.chdir, b"a\0b") == "ValueError: chdir: embedded null character in path"
assert says(os.mkfifo, "/") == says(os.mknod, "/") == "FileExistsError: [Errno 17] File exists"
assert says(os.rename, b"a\0b", b"c") == "ValueError: rename: embedded null character in src"

with socket.socket() as s:
    assert says(s.setblocking, None) == "TypeError: 'NoneType' object cannot be interpreted as an integer"
    assert says(s.getsockopt, 1) == "TypeError: getsockopt() takes at least 2 arguments (1 given)"
assert zlib.compressobj().__init__(1, a=2) is None
