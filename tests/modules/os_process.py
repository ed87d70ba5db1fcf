"""os: environment, processes, pipes, the working folder, the system's name."""
import os

from _case import error

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
assert os.get_terminal_size is not None and os.times().user >= 0
old = os.getcwd()
os.chdir("/")
assert os.getcwd() == "/" and os.path.abspath("x") == "/x"
os.chdir(old)
