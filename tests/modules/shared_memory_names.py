# Shared memory by name: opened, written by two processes, unlinked, refused.
import _posixshmem
import os

from _case import error

NAME = "/krait-shm-%d" % os.getpid()
fd = _posixshmem.shm_open(NAME, os.O_CREAT | os.O_EXCL | os.O_RDWR, mode=0o600)
assert not os.get_inheritable(fd) and os.fstat(fd).st_mode & 0o777 == 0o600
os.ftruncate(fd, 10)
pid = os.fork()
if not pid:
    other = _posixshmem.shm_open(path=NAME, flags=os.O_RDWR)
    os.write(other, b"from there")
    os._exit(0)
os.waitpid(pid, 0)
assert os.read(fd, 10) == b"from there"
os.close(fd)

try:
    _posixshmem.shm_open(NAME, os.O_CREAT | os.O_EXCL | os.O_RDWR)
except FileExistsError as e:
    assert e.filename == NAME
assert _posixshmem.shm_unlink(NAME) is None
absent = f"FileNotFoundError: [Errno 2] No such file or directory: {NAME!r}"
assert error(_posixshmem.shm_unlink, NAME) == absent
assert error(_posixshmem.shm_open, NAME, 0) == absent
assert error(_posixshmem.shm_open, 5, 0) == "TypeError: shm_open() argument 'path' must be str, not int"
assert error(_posixshmem.shm_open) == "TypeError: shm_open() missing required argument 'path' (pos 1)"
assert error(_posixshmem.shm_unlink, b"x") == "TypeError: shm_unlink() argument 'path' must be str, not bytes"
assert error(_posixshmem.shm_unlink, "\udc80x").startswith("UnicodeEncodeError: 'utf-8' codec can't encode")
