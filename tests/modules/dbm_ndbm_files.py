"""_dbm: what one interpreter writes, the other reads."""
import dbm
import dbm.ndbm
import os
import subprocess
import sys
import tempfile

OTHER = "/usr/bin/python3.11"


def can_import():
    return subprocess.run([OTHER, "-c", "import _dbm"], stderr=subprocess.DEVNULL).returncode == 0


if not os.path.exists(OTHER) or not can_import():
    print("no other interpreter with _dbm: nothing to compare with")
    sys.exit()
items = {b"key %d" % i: b"value %d " % i * i for i in range(60)}
with tempfile.TemporaryDirectory() as folder:
    mine, theirs = (os.path.join(folder, name) for name in ("mine", "theirs"))
    with dbm.ndbm.open(mine, "n") as db:
        for key, value in items.items():
            db[key] = value
    assert dbm.whichdb(mine) == "dbm.ndbm"
    code = (f"import dbm.ndbm\n"
            f"with dbm.ndbm.open({mine!r}) as db: print({{k: db[k] for k in db.keys()}} == {items})\n"
            f"with dbm.ndbm.open({theirs!r}, 'n') as db:\n for k, v in {items}.items(): db[k] = v")
    assert subprocess.run([OTHER, "-c", code], capture_output=True, text=True, check=True).stdout == "True\n"
    with dbm.ndbm.open(theirs) as db:
        assert {key: db[key] for key in db.keys()} == items
