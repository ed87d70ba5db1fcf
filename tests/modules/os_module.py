"""os and os.path: files, folders, environment, processes."""
import os, stat, tempfile

from _case import error

d = tempfile.mkdtemp()
p = os.path.join(d, "a.txt")
assert os.path.join("a", "b", "/c") == "/c" and os.path.split("/a/b") == ("/a", "b")
assert os.path.splitext("x.tar.gz") == ("x.tar", ".gz") and os.path.basename("/a/b") == "b"
assert os.path.dirname("/a/b") == "/a" and os.path.normpath("/a/../b//c/.") == "/b/c"
assert os.path.isabs("/a") and os.path.commonprefix(["/ab", "/ac"]) == "/a"
assert os.path.relpath("/a/b", "/a/c") == "../b"
assert os.path.expanduser("~nobody_at_all") == "~nobody_at_all" and os.sep == "/" and os.linesep == "\n"
assert os.curdir == "."
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
assert [(os.path.basename(r), sorted(ds), sorted(fs)) for r, ds, fs in os.walk(os.path.join(d, "x"))] == [("x", ["y"], []), ("y", ["z"], []), ("z", [], [])]
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
os.environ["KRAIT_TEST_X"] = "1"
assert os.getenv("KRAIT_TEST_X") == "1" and os.environ.get("no such") is None
assert "KRAIT_TEST_X" in os.environ and os.environ.pop("KRAIT_TEST_X") == "1" and os.getpid() > 0
assert os.getcwd() and os.cpu_count() >= 1 and len(os.urandom(8)) == 8 and os.name == "posix"
assert os.uname().sysname == "Linux" and os.fspath("a") == "a" and os.fsencode("é") == "é".encode()
assert os.fsdecode(b"a") == "a" and os.strerror(2) == "No such file or directory"
assert error(os.fspath, 5) == "TypeError: expected str, bytes or os.PathLike object, not int"
r, w = os.pipe()
pid = os.fork()
if pid == 0:
    os.write(w, b"child")
    os._exit(7)
os.close(w)
assert os.read(r, 100) == b"child" and os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 7
os.close(r)
assert os.system("exit 3") >> 8 == 3 and os.popen("echo hi").read() == "hi\n"


class P:
    def __fspath__(self):
        return "/"


assert os.path.isdir(P()) and os.listdir(P()) and os.path.exists("/tmp")
assert os.get_terminal_size is not None and os.times().user >= 0
assert os.path.realpath("/usr/../tmp") == os.path.realpath("/tmp")
old = os.getcwd()
os.chdir("/")
assert os.getcwd() == "/" and os.path.abspath("x") == "/x"
os.chdir(old)
