"""tempfile: files and folders that go when they are left."""
import os
import tempfile
from pathlib import Path

with tempfile.TemporaryDirectory() as d:
    root = Path(d)
    with tempfile.NamedTemporaryFile("w+", dir=d, suffix=".t") as t:
        t.write("x")
        t.flush()
        assert os.path.getsize(t.name) == 1 and t.name.endswith(".t")
    assert not os.path.exists(t.name)
assert not root.exists()
