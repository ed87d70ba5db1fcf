"""shutil: copies of files and folders, and where programs are."""
import shutil
import tempfile
from pathlib import Path

with tempfile.TemporaryDirectory() as d:
    root = Path(d)
    f = root / "sub" / "x.txt"
    f.parent.mkdir(parents=True)
    assert f.write_text("hello\n") == 6 and f.read_text() == "hello\n" and f.exists() and f.is_file()
    g = f.rename(f.with_name("y.txt"))
    shutil.copy(g, root / "z")
    assert (root / "z").read_text() == "hello\n"
    assert shutil.copytree(root / "sub", root / "sub2") == root / "sub2"
    assert (root / "sub2" / "y.txt").exists() and shutil.which("sh")
