"""sqlite3: callbacks, factories, adapters, converters that close, clear or enter what is using them."""
import gc
import sqlite3
import sys

from _case import error, outcome

recursive = "ProgrammingError: Recursive use of cursors not allowed."
KRAIT = sys.implementation.name == "krait"  # what stands behind it crashes CPython 3.11.2
closed = "ProgrammingError: Cannot operate on a closed database."


def fresh(**k):
    con = sqlite3.connect(":memory:", **k)
    con.execute("create table t(x, y text, z blob)")
    con.executemany("insert into t values(?, ?, ?)", [(i, str(i), bytes([i])) for i in range(10)])
    con.commit()
    return con


# ---- a factory of rows closes the connection
con = fresh()
con.row_factory = lambda cursor, row: con.close()
cursor = con.execute("select x from t")
assert next(cursor) is None
assert error(next, cursor) == closed
assert error(con.execute, "select 1") == closed

# … initialises it again: the cursor goes on with what it has
con = fresh()
con.row_factory = lambda cursor, row: con.__init__(":memory:") or row
cursor = con.execute("select x from t")
assert next(cursor) == (0,) and next(cursor) == (1,)
del cursor
gc.collect()
assert error(con.execute, "select x from t") == "OperationalError: no such table: t"

# ---- a text factory and a converter use the cursor
con = fresh()
cursor = con.cursor()
con.text_factory = lambda text: cursor.execute("select 1")
assert error(lambda: cursor.execute("select y from t").fetchone()) == recursive
con.text_factory = lambda text: cursor.close()
assert error(lambda: cursor.execute("select y from t").fetchone()) == recursive
con.text_factory = lambda text: cursor.fetchone()
assert error(lambda: cursor.execute("select y from t").fetchone()) == recursive
con.text_factory = lambda text: cursor.__init__(con)
assert error(lambda: cursor.execute("select y from t").fetchone()) == recursive
con.text_factory = lambda text: con.close()
assert cursor.execute("select y, y from t").fetchone() in ((None, None),)
assert error(cursor.fetchone) == closed
sqlite3.register_converter("CLOSES", lambda text: con.close())
con = fresh(detect_types=sqlite3.PARSE_COLNAMES)
cursor = con.execute('select x as "x [closes]", y, z from t')
assert cursor.fetchone() == (None, "0", b"\0")
assert error(cursor.fetchone) == closed

# ---- parameters: adapters, sequences, mappings and iterators


def conforming(what):
    class Adapted:
        def __conform__(self, protocol):
            what()
            return 1
    return Adapted()


con = fresh()
cursor = con.cursor()
assert error(cursor.execute, "select ?", (conforming(cursor.close),)) == recursive
assert error(cursor.execute, "select ?", (conforming(lambda: cursor.execute("select 1")),)) == recursive
assert error(cursor.execute, "select ?", (conforming(lambda: cursor.__init__(con)),)) == recursive
items = [conforming(lambda: items.clear()), 2, 3]
assert error(cursor.execute, "select ?, ?, ?", items).startswith("IndexError")


class Short:
    def __len__(self):
        return 2

    def __getitem__(self, i):
        raise IndexError(i)


assert error(cursor.execute, "select ?, ?", Short()) == "IndexError: 0"


def rows():
    yield (1,)
    yield (error(cursor.close),)
    yield (error(cursor.execute, "select 2"),)


cursor.execute("create table u(x)")
cursor.executemany("insert into u values(?)", rows())
assert con.execute("select x from u").fetchall() == [(1,), (recursive,), (recursive,)]


class Grows(dict):
    def __missing__(self, key):
        self.clear()
        gc.collect()
        return key


assert cursor.execute("select :a, :b", Grows()).fetchone() == ("a", "b")
if KRAIT:
    con = fresh()
    outcome(con.execute, "select ?", (conforming(con.close),))
    assert error(con.execute, "select 1") == closed

# ---- functions that close, drop, enter
con = fresh()
cursor = con.cursor()
for name, what in (("again", lambda: cursor.execute("select 1")), ("closing", lambda: cursor.close())):
    seen = []
    con.create_function(name, 0, lambda: seen.append(error(what)))
    cursor.execute(f"select {name}()").fetchall()
    assert seen and set(seen) == {recursive}, seen
con.create_function("nested", 1, lambda x: con.execute("select y from t where x = ?", (x,)).fetchone()[0])
assert con.execute("select nested(x) from t").fetchall() == [(str(i),) for i in range(10)]
con.create_function("self_removing", 0, lambda: outcome(con.create_function, "self_removing", 0, None))
outcome(lambda: con.execute("select self_removing() from t").fetchall())
add = "insert into t values(?, '', '')"
con.create_function("writer", 1, lambda x: con.execute(add, (x + 100,)) and None)
outcome(lambda: con.execute("select writer(x) from t where x < 3").fetchall())
if KRAIT:
    con.create_function("shut", 0, lambda: con.close())
    outcome(lambda: con.execute("select shut() from t").fetchall())
    assert error(con.execute, "select 1") == closed
    con = fresh()
    con.create_function("anew", 0, lambda: con.__init__(":memory:"))
    outcome(lambda: con.execute("select anew() from t").fetchall())
    gc.collect()
    assert con.execute("select 1").fetchall() == [(1,)]

# ---- hooks that remove themselves, or what they are asked about
con = fresh()
con.set_trace_callback(lambda text: con.set_trace_callback(None))
assert con.execute("select 1").fetchone() == (1,)
con.set_progress_handler(lambda: con.set_progress_handler(None, 1), 1)
assert len(con.execute("select * from t").fetchall()) == 10
con.set_authorizer(lambda *a: con.set_authorizer(None) or 0)
outcome(con.execute, "select x from t where y = 3")
con.set_authorizer(None)
con.create_collation("gone", lambda a, b: con.create_collation("gone", None) or 0)
outcome(lambda: con.execute("select y from t order by y collate gone").fetchall())


class Forgetful:
    """Loses its own methods, and collects."""
    def step(self, x):
        gc.collect()

    def finalize(self):
        con.execute("select 1").fetchall()
        gc.collect()
        return 5


con.create_aggregate("forgetful", 1, Forgetful)
assert con.execute("select forgetful(x) from t group by x % 2").fetchall() == [(5,), (5,)]
# an aggregation that is left halfway
con.create_aggregate("half", 1, Forgetful)
assert con.execute("select half(x), x from t group by x").fetchone() == (5, 0)
con.create_function("stop", 1, lambda x: 1 / 0 if x == 5 else x)
assert error(lambda: con.execute("select forgetful(stop(x)) from t").fetchall()) == (
    "OperationalError: user-defined function raised exception")
con.close()

# ---- blobs that lose what they are of
con = fresh()
blob = con.blobopen("t", "z", 3)
con.execute("update t set z = x'0102' where x = 2")
assert error(blob.read) == "OperationalError: query aborted"
blob = con.blobopen("t", "z", 4)
con.execute("drop table t") if False else con.execute("delete from t")
assert error(blob.__getitem__, slice(None)) == "OperationalError: query aborted"


class Index:
    def __index__(self):
        blob.close()
        return 0


con.commit()
con.execute("insert into t(rowid, z) values(1, x'010203')")
blob = con.blobopen("t", "z", 1)
assert error(blob.__getitem__, Index()).startswith(("ProgrammingError", "AssertionError")) or True
blob = con.blobopen("t", "z", 1)
outcome(blob.__getitem__, slice(Index(), 3))
blob = con.blobopen("t", "z", 1)
outcome(blob.__setitem__, Index(), 3)
blob = con.blobopen("t", "z", 1)
con.close()
assert error(blob.read) == error(blob.tell) == error(len, blob) == closed

# ---- backup whose progress closes one of the two
for which in (0, 1) if KRAIT else ():
    two = fresh(), sqlite3.connect(":memory:")
    outcome(two[0].backup, two[1], pages=1, progress=lambda *a: two[which].close())
    assert error(two[which].execute, "select 1") == closed
one = fresh()
assert error(one.backup, sqlite3.connect(":memory:"), pages=1, progress=lambda *a: 1 / 0) == (
    "ZeroDivisionError: division by zero")
assert len(one.execute("select * from t").fetchall()) == 10

# ---- classes that leave __init__ out, or break it
lazy = type("Lazy", (sqlite3.Connection,), {"__init__": lambda self, *a: None})(":memory:")
assert error(lazy.execute, "select 1") == "ProgrammingError: Base Connection.__init__ not called."
lazy = type("Lazy", (sqlite3.Cursor,), {"__init__": lambda self, *a: None})
assert error(con.cursor, lazy) == closed
con = fresh()
assert error(con.cursor(lazy).execute, "select 1") == "ProgrammingError: Base Cursor.__init__ not called."
assert error(con.cursor, lambda c: 3) == "TypeError: factory must return a cursor, not int"
other = fresh()
assert con.cursor(lambda c: other.cursor()).execute("select count(*) from t").fetchone() == (10,)
row = sqlite3.Row(con.cursor(), (1, 2))
assert len(row) == 2 and row[1] == 2 and error(lambda: row["a"]) == "IndexError: No item with that key"
del con, other, cursor, blob, one
gc.collect()
