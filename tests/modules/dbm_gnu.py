"""_gdbm: a file as a mapping of bytes, the walk over its keys, what it refuses, and its end."""
import os
import sys
import tempfile

try:
    import _gdbm
except ImportError:
    print("this interpreter has no _gdbm: nothing was tested")
    sys.exit()

from _case import error

assert issubclass(_gdbm.error, OSError) and _gdbm.open_flags == "rwcnfsu" and len(_gdbm._GDBM_VERSION) == 3
with tempfile.TemporaryDirectory() as folder:
    name = os.path.join(folder, "data")
    assert error(_gdbm.open, name) == f"error: [Errno 2] No such file or directory: '{name}'"
    assert error(_gdbm.open, name, "q") == error(_gdbm.open, name, "") == \
        "error: First flag must be one of 'r', 'w', 'c' or 'n'"
    assert error(_gdbm.open, name, "cx") == "error: Flag 'x' is not supported."
    with _gdbm.open(name, "cfu", 0o600) as db:
        assert os.stat(name).st_mode & 0o777 == 0o600
        assert len(db) == 0 and db.firstkey() is None and db.keys() == []
        db["a"], db[b"b"], db["ä"] = "1", b"2\0", ""
        assert len(db) == 3 and db["b"] == b"2\0" and db["ä"] == b"" and "a" in db and b"x" not in db
        assert sorted(db.keys()) == [b"a", b"b", "ä".encode()]
        walk, key = [], db.firstkey()
        while key is not None:
            walk.append(key)
            key = db.nextkey(key)
        assert walk == db.keys()
        assert db.get("x") is None and db.get("x", 5) == 5 and db.get("a", 5) == b"1"
        assert db.setdefault("x", "z") == "z" and db.setdefault("x", "other") == b"z"
        assert error(db.setdefault, "y") == "TypeError: gdbm mappings have bytes or string elements only"
        del db["x"]
        assert error(db.__delitem__, "x") == error(db.__getitem__, "x") == "KeyError: 'x'"
        assert error(db.__getitem__, 1) == "TypeError: a bytes-like object is required, not 'int'"
        assert error(db.__setitem__, 1, "") == "TypeError: gdbm mappings have bytes or string indices only"
        assert error(db.__contains__, 1) == "TypeError: gdbm key must be bytes or string, not int"
        for i in range(300):
            db[str(i)] = "x" * 500
        before = os.path.getsize(name)
        for i in range(300):
            del db[str(i)]
        assert db.reorganize() is None and db.sync() is None
        assert os.path.getsize(name) < before
    for use in (len, lambda db: db["a"], lambda db: "a" in db, type(db).keys, type(db).firstkey):
        assert error(use, db) == "error: GDBM object has already been closed"
    db.close()
    with _gdbm.open(name) as db:
        assert error(db.__setitem__, "a", "") == "error: Reader can't store"
