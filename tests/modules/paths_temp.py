"""pathlib, tempfile, shutil, glob, zipfile, gzip, subprocess, logging."""
import glob, gzip, io, logging, os, shutil, subprocess, sys, tempfile, zipfile

from _case import error

from pathlib import Path, PurePosixPath
p = PurePosixPath("/a/b.tar.gz")
assert p.name == "b.tar.gz" and p.suffix == ".gz" and p.stem == "b.tar" and p.parent == PurePosixPath("/a")
assert p.parts == ("/", "a", "b.tar.gz") and p / "c" == PurePosixPath("/a/b.tar.gz/c")
assert str(p.with_suffix(".x")) == "/a/b.tar.x" and p.is_absolute()
assert p.relative_to("/a") == PurePosixPath("b.tar.gz") and repr(p) == "PurePosixPath('/a/b.tar.gz')"
assert p.suffixes == [".tar", ".gz"] and p.match("*.gz") and PurePosixPath("a") < PurePosixPath("b")
assert hash(p) == hash(PurePosixPath("/a/b.tar.gz"))
with tempfile.TemporaryDirectory() as d:
    root = Path(d)
    f = root / "sub" / "x.txt"
    f.parent.mkdir(parents=True)
    assert f.write_text("hello\n") == 6 and f.read_text() == "hello\n" and f.exists() and f.is_file()
    assert f.stat().st_size == 6 and f.read_bytes() == b"hello\n"
    assert [x.name for x in root.iterdir()] == ["sub"]
    assert sorted(str(x.relative_to(root)) for x in root.rglob("*")) == ["sub", "sub/x.txt"]
    assert list(root.glob("*/*.txt")) == [f]
    g = f.rename(f.with_name("y.txt"))
    assert g.name == "y.txt" and not f.exists() and glob.glob(d + "/**/*.txt", recursive=True) == [str(g)]
    assert error((root / "no").read_text).startswith("FileNotFoundError")
    shutil.copy(g, root / "z")
    assert (root / "z").read_text() == "hello\n"
    assert shutil.copytree(root / "sub", root / "sub2") == root / "sub2"
    assert (root / "sub2" / "y.txt").exists() and shutil.which("sh")
    with zipfile.ZipFile(root / "a.zip", "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("in/a.txt", "data" * 100)
        z.write(g, "y")
    with zipfile.ZipFile(root / "a.zip") as z:
        assert z.namelist() == ["in/a.txt", "y"] and z.read("in/a.txt") == b"data" * 100
        assert z.testzip() is None
    with gzip.open(root / "g.gz", "wt") as z:
        z.write("zipped\n" * 50)
    assert gzip.open(root / "g.gz", "rt").read() == "zipped\n" * 50
    assert gzip.decompress(gzip.compress(b"x")) == b"x"
    (root / "mod_in_zip.py").write_text("value = 42\n")
    with zipfile.ZipFile(root / "lib.zip", "w") as z:
        z.write(root / "mod_in_zip.py", "zipped_mod.py")
    sys.path.insert(0, str(root / "lib.zip"))
    import zipped_mod
    assert zipped_mod.value == 42
    sys.path.pop(0)
    with tempfile.NamedTemporaryFile("w+", dir=d, suffix=".t") as t:
        t.write("x")
        t.flush()
        assert os.path.getsize(t.name) == 1 and t.name.endswith(".t")
    assert not os.path.exists(t.name)
assert not root.exists() and Path("~").expanduser().is_absolute() and Path.cwd() == Path(os.getcwd())
r = subprocess.run([sys.executable, "-c", "import sys; print(sys.stdin.read().upper(), end=''); sys.exit(4)"], input="abc", capture_output=True, text=True)
assert (r.returncode, r.stdout, r.stderr) == (4, "ABC", "")
assert subprocess.check_output(["echo", "hi"]) == b"hi\n"
assert error(subprocess.run, ["false"], check=True) == "CalledProcessError: Command '['false']' returned non-zero exit status 1."
assert error(subprocess.run, ["no-such-program-here"]).startswith("FileNotFoundError: [Errno 2] No such file or directory: 'no-such-program-here'")
stream = io.StringIO()
h = logging.StreamHandler(stream)
h.setFormatter(logging.Formatter("%(levelname)s:%(name)s:%(message)s"))
log = logging.getLogger("x.y")
log.addHandler(h)
log.setLevel(logging.INFO)
log.debug("no")
log.info("n=%d", 5)
try:
    1 / 0
except ZeroDivisionError:
    log.exception("failed")
text = stream.getvalue()
assert text.startswith("INFO:x.y:n=5\nERROR:x.y:failed\nTraceback (most recent call last):\n")
assert text.endswith("ZeroDivisionError: division by zero\n")
