"""sqlite3: what nobody refers to holds no lock: cursors with rows left, connections in a transaction."""
import gc
import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time

gc.disable()
folder = tempfile.TemporaryDirectory()
path = os.path.join(folder.name, "file.db")
con = sqlite3.connect(path)
con.execute("create table t(x)")
con.executemany("insert into t values(?)", [(i,) for i in range(100)])
con.commit()


def leave(con):
    assert con.execute("select x from t").fetchone() == (0,)


# ---- of the same connection
leave(con)
con.execute("drop table t")
con.execute("create table t(x)")
con.executemany("insert into t values(?)", [(i,) for i in range(100)])
con.commit()
leave(con)
con.isolation_level = None
con.execute("vacuum")
kept = con.execute("select x from t")
next(kept)
try:
    con.execute("drop table t")
    raise AssertionError("dropped while it is read")
except sqlite3.OperationalError as e:
    assert str(e) == "database table is locked" and e.sqlite_errorname == "SQLITE_LOCKED", e
assert len(kept.fetchall()) == 99

# ---- of another connection: no waiting for a lock that is nobody's
started = time.monotonic()
other = sqlite3.connect(path, timeout=20)
leave(other)
con.execute("insert into t values(100)")


def write_and_forget():
    sqlite3.connect(path).execute("insert into t values(101)")


write_and_forget()
print(end="")  # a sanitizer build's loop may still have the last result in a register
if sys.implementation.name != "krait":  # there a connection is in a cycle
    gc.collect()
con.execute("insert into t values(102)")
assert con.execute("select count(*) from t where x > 100").fetchone() == (1,)
assert time.monotonic() - started < 15

# ---- too many open files
soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
resource.setrlimit(resource.RLIMIT_NOFILE, (min(64, soft), hard))
for i in range(200):
    if i % 40 == 0 and sys.implementation.name != "krait":
        gc.collect()
    sqlite3.connect(path).execute("select count(*) from t").fetchone()
resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))

# ---- statements of abandoned cursors are made anew, not shared
cursors = [con.execute("select x from t order by x") for i in range(5)]
assert [next(c) for c in cursors] == [(0,)] * 5
assert [next(c) for c in cursors] == [(1,)] * 5
del cursors
for i in range(3000):
    con.execute("select x from t").fetchone()

# ---- what only C functions refer to goes on: iterators within iterators
target = sqlite3.connect(":memory:")
target.execute("create table copy(x)")
size = con.execute("select count(*) from t").fetchone()[0]
for i in range(100):
    target.executemany("insert into copy values(?)", con.execute("select x from t"))
    target.executemany("insert into copy values(?)", zip(x for x, in con.execute("select x from t")))
    target.executemany("insert into copy values(?)", map(lambda row: row, con.execute("select x from t")))
    assert len(list(map(target.execute, ["select x from copy"] * 60))) == 60
assert target.execute("select count(*) from copy").fetchone() == (300 * size,)
target.close()
gc.enable()

# ---- a lock that is somebody's is waited for
other = sqlite3.connect(path, timeout=0.2)
con.execute("begin exclusive")
started = time.monotonic()
try:
    other.execute("insert into t values(1)")
    raise AssertionError("written under an exclusive lock")
except sqlite3.OperationalError as e:
    assert str(e) == "database is locked" and e.sqlite_errorcode == sqlite3.SQLITE_BUSY
assert 0.1 < time.monotonic() - started < 10
con.execute("rollback")
con.close()
other.close()

# ---- the end of the process puts everything away
program = f"""
import sqlite3
con = sqlite3.connect({path!r})
con.execute("pragma journal_mode=wal")
con.execute("insert into t values(1000)")
con.commit()
con.execute("insert into t values(2000)")
"""
subprocess.run([sys.executable, "-c", program], check=True)
assert os.listdir(folder.name) == ["file.db"], os.listdir(folder.name)
con = sqlite3.connect(path)
assert con.execute("select count(*) from t where x >= 1000").fetchone() == (1,)
con.close()
folder.cleanup()
