"""_dbm: a file as a mapping of bytes, what it refuses, and its end."""
import os
import tempfile

import _dbm

from _case import error

assert issubclass(_dbm.error, OSError) and _dbm.library == "Berkeley DB"
with tempfile.TemporaryDirectory() as folder:
    name = os.path.join(folder, "data")
    assert error(_dbm.open, name) == f"error: [Errno 2] No such file or directory: '{name}'"
    assert error(_dbm.open, name, "q") == "error: arg 2 to open should be 'r', 'w', 'c', or 'n'"
    assert error(_dbm.open, 3) == "TypeError: expected str, bytes or os.PathLike object, not int"
    with _dbm.open(name, "c") as db:
        assert os.listdir(folder) == ["data.db"]
        assert not db and error(iter, db) == "TypeError: '_dbm.dbm' object is not iterable"
        db["a"], db[b"b"], db["ä"] = "1", b"2\0", ""
        assert sorted(db.keys()) == [b"a", b"b", "ä".encode()] and len(db) == 3
        assert db["a"] == b"1" and db["b"] == b"2\0" and db["ä"] == b""
        assert "a" in db and b"x" not in db
        assert db.get("x") is None and db.get("x", 5) == 5 and db.get("a", 5) == b"1"
        assert db.setdefault("x") == b"" and db.setdefault("x", "other") == b""
        assert db.setdefault("y", "z") == "z"
        del db["x"]
        assert error(db.__delitem__, "x") == "KeyError: 'x'"
        assert error(db.__getitem__, b"x") == "KeyError: b'x'"
        assert error(db.__getitem__, 1) == "TypeError: a bytes-like object is required, not 'int'"
        assert error(db.__setitem__, 1, "") == "TypeError: dbm mappings have bytes or string keys only"
        assert error(db.__setitem__, "", 1) == "TypeError: dbm mappings have bytes or string elements only"
        assert error(db.__contains__, 1) == "TypeError: dbm key must be bytes or string, not int"
        assert error(db.get, bytearray(b"a")) == \
            "TypeError: get() argument 1 must be read-only bytes-like object, not bytearray"
    for use in (len, bool, lambda db: db["a"], lambda db: "a" in db, type(db).keys):
        assert error(use, db) == "error: DBM object has already been closed"
    db.close()
    with _dbm.open(name) as db:
        assert error(db.__setitem__, "a", "") == "error: cannot add item to database"
        assert error(db.__delitem__, "a") == "error: cannot delete item from database"
    with _dbm.open(name, "n") as db:
        assert db.keys() == []
assert error(type(db)) == "TypeError: cannot create '_dbm.dbm' instances"
