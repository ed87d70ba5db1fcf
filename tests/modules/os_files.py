"""os: files, links, folders, their state, and what is said when they are not there."""
import os
import stat
import tempfile

from _case import error

d = tempfile.mkdtemp()
p = os.path.join(d, "a.txt")
fd = os.open(p, os.O_CREAT | os.O_RDWR, 0o644)
assert os.write(fd, b"hello") == 5 and os.lseek(fd, 0, 0) == 0 and os.read(fd, 10) == b"hello"
assert os.fstat(fd).st_size == 5 and os.close(fd) is None
st = os.stat(p)
assert st.st_size == 5 and stat.S_ISREG(st.st_mode) and st[stat.ST_SIZE] == 5 and os.path.isfile(p)
assert not os.path.isdir(p) and os.path.exists(p) and os.path.getsize(p) == 5
assert oct(st.st_mode)[-3:] == "644" and st.st_mtime_ns // 10 ** 9 == int(st.st_mtime)
os.rename(p, p + "2")
os.symlink(p + "2", p)
assert os.path.islink(p) and os.readlink(p) == p + "2" and os.lstat(p).st_mode != os.stat(p).st_mode
assert sorted(os.listdir(d)) == ["a.txt", "a.txt2"]
os.makedirs(os.path.join(d, "x/y/z"), exist_ok=True)
assert [(os.path.basename(r), sorted(ds), sorted(fs)) for r, ds, fs in os.walk(os.path.join(d, "x"))] == [
    ("x", ["y"], []), ("y", ["z"], []), ("z", [], [])]
with os.scandir(d) as it:
    entries = sorted((e.name, e.is_dir(), e.is_file(), e.is_symlink()) for e in it)
assert entries == [("a.txt", False, True, True), ("a.txt2", False, True, False), ("x", True, False, False)]
os.utime(p, (1, 2))
assert os.stat(p).st_mtime == 2.0
os.chmod(p, 0o600)
assert os.access(p, os.R_OK) and stat.filemode(os.stat(p).st_mode) == "-rw-------"
os.unlink(p)
os.remove(p + "2")
os.removedirs(os.path.join(d, "x/y/z"))
assert not os.path.exists(d)
assert error(os.stat, "/nope") == "FileNotFoundError: [Errno 2] No such file or directory: '/nope'"
assert error(os.mkdir, "/") == "FileExistsError: [Errno 17] File exists: '/'"
assert error(os.listdir, "/nope") == "FileNotFoundError: [Errno 2] No such file or directory: '/nope'"
assert error(os.rmdir, "/nope") == "FileNotFoundError: [Errno 2] No such file or directory: '/nope'"
