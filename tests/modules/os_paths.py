"""os.path: joined, split, normal, relative, and objects that are paths."""
import os

assert os.path.join("a", "b", "/c") == "/c" and os.path.split("/a/b") == ("/a", "b")
assert os.path.splitext("x.tar.gz") == ("x.tar", ".gz") and os.path.basename("/a/b") == "b"
assert os.path.dirname("/a/b") == "/a" and os.path.normpath("/a/../b//c/.") == "/b/c"
assert os.path.isabs("/a") and os.path.commonprefix(["/ab", "/ac"]) == "/a"
assert os.path.relpath("/a/b", "/a/c") == "../b"
assert os.path.expanduser("~nobody_at_all") == "~nobody_at_all" and os.sep == "/" and os.linesep == "\n"
assert os.curdir == "."


class P:
    def __fspath__(self):
        return "/"


assert os.path.isdir(P()) and os.listdir(P()) and os.path.exists("/tmp")
assert os.path.realpath("/usr/../tmp") == os.path.realpath("/tmp")
