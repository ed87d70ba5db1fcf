"""sqlite3: other threads run while the database works; a connection is its thread's, unless it is shared."""
import gc
import os
import sqlite3
import sys
import tempfile
import threading
import time

from _case import error

KRAIT = sys.implementation.name == "krait"  # CPython's threads wait for each other for ever

con = sqlite3.connect(":memory:")
con.execute("create table t(x)")
shared = sqlite3.connect(":memory:", check_same_thread=False)
cursor, blob = con.cursor(), None
con.execute("insert into t values(x'00')")
blob = con.blobopen("t", "x", 1)
told = []


def strange():
    for what in (lambda: con.execute("select 1"), con.cursor, con.commit, con.rollback, con.close,
                 lambda: cursor.execute("select 1"), cursor.fetchone, cursor.fetchall, cursor.close,
                 lambda: sqlite3.Cursor(con), lambda: con.create_function("f", 0, max), blob.read, blob.close,
                 lambda: con.set_trace_callback(None), lambda: con.backup(shared), lambda: con("select 1"),
                 con.serialize):
        told.append(error(what))
    assert con.__enter__() is con
    assert error(shared.backup, con) == "OperationalError: destination database is in use"
    assert con.in_transaction and con.total_changes == 1 and con.isolation_level == ""
    con.interrupt()


def run(*functions):
    threads = [threading.Thread(target=f) for f in functions]
    for t in threads:
        t.start()
    for t in threads:
        t.join()


run(strange)
text = ("ProgrammingError: SQLite objects created in a thread can only be used in that same thread. "
        "The object was created in thread id ")
mine = f"{text}{threading.get_ident()} and this is thread id "
assert len(told) == 17 and all(t.startswith(mine) for t in told), told

# ---- a long statement lets others run, and can be interrupted
long = "with recursive c(n) as (select 1 union all select n + 1 from c) select count(*) from c"
ticks, interrupted = [], []


def count():
    while not interrupted:
        ticks.append(1)
        time.sleep(0.001)
        if len(ticks) == 20:
            shared.interrupt()
        if len(ticks) > 20:
            shared.interrupt()


def work():
    interrupted.append(error(shared.execute, long))


run(work, count)
assert interrupted == ["OperationalError: interrupted"] and len(ticks) >= 20

# ---- callbacks take the lock again
shared.create_function("busy", 1, lambda x: sum(range(100)) and x)
shared.create_collation("back", lambda a, b: (a < b) - (a > b))
shared.execute("create table t(x)")
shared.executemany("insert into t values(?)", [(str(i),) for i in range(300)])
problems = []


def reader():
    try:
        for i in range(20):
            mine = shared.cursor()
            got = mine.execute("select busy(x) from t order by x collate back").fetchall()
            assert len(got) == 300 and got[0] == ("99",), got[:3]
    except Exception as e:
        problems.append(e)


def collector():
    for i in range(20):
        gc.collect()
        time.sleep(0.001)


run(reader, collector, *[reader] * KRAIT)
assert not problems, problems

# ---- connections in many threads on one file
with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "db")
    with sqlite3.connect(path) as first:
        first.execute("create table t(x)")

    def writer():
        try:
            mine = sqlite3.connect(path, timeout=60)
            for i in range(20):
                with mine:
                    mine.execute("insert into t values(?)", (i,))
            mine.close()
        except Exception as e:
            problems.append(e)

    run(writer, writer, writer)
    assert not problems, problems
    assert first.execute("select count(*), sum(x) from t").fetchone() == (60, 570)
    first.close()
