"""pathlib: parts of paths, and files found, written, renamed through them."""
import glob
import os
import tempfile
from pathlib import Path, PurePosixPath

from _case import error

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
assert Path("~").expanduser().is_absolute()
assert Path.cwd() == Path(os.getcwd())
