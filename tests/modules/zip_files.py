"""zipfile and gzip: what is packed comes back, and modules are imported out of an archive."""
import gzip
import sys
import tempfile
import zipfile
from pathlib import Path

with tempfile.TemporaryDirectory() as d:
    root = Path(d)
    f = root / "sub" / "x.txt"
    f.parent.mkdir(parents=True)
    assert f.write_text("hello\n") == 6 and f.read_text() == "hello\n" and f.exists() and f.is_file()
    g = f.rename(f.with_name("y.txt"))
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
