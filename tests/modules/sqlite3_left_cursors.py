"""sqlite3: however a cursor was left, and whatever leads to the statement that it locks out.
Where C functions stand between (map, sorted) this is not promised.
"""
# modes: reference cold warm
# Frames of sanitizers and checks have more words that nothing writes: leftovers of calls stay.
import gc
import sqlite3

gc.disable()


def left_by_next(con):
    assert next(con.execute("select x from t")) == (0,)


def left_by_loop(con):
    for row in con.execute("select x from t where x >= ?", (0,)):
        break


def left_by_cursor(con):
    cursor = con.cursor(sqlite3.Cursor)
    cursor.execute("select x from t")
    assert cursor.fetchmany(2) == [(0,), (1,)]


def left_by_generator(con):
    assert next(x for x, in con.execute("select x from t")) == 0


def left_by_map(con):
    assert list(map(lambda c: c.fetchone(), map(con.execute, ["select x from t"] * 3))) == [(0,)] * 3


def left_by_sort(con):
    assert sorted([2, 1], key=lambda i: con.execute("select x from t limit ?", (i,)).fetchone()) == [2, 1]


def left_by_failure(con):
    try:
        con.execute("select x from t union all select abs(-9223372036854775807-1)").fetchall()
    except sqlite3.OperationalError:
        left_by_next(con)


class Dropping:
    def __init__(self, con):
        self.con = con

    def __call__(self):
        self.con.execute("drop table t")


WAYS = [
    lambda con: con.execute("drop table t"),
    lambda con: con.execute("drop table t", ()),
    lambda con: con.execute(*("drop table t", {})),
    lambda con: con.cursor().execute("drop table t"),
    lambda con: con.executescript("drop table t"),
    lambda con: con.executescript("/* first */; drop table t; -- last"),
    lambda con: con.cursor().executescript("drop table t"),
    lambda con: getattr(con, "execute")("drop table t"),
    lambda con: Dropping(con)(),
]
small = sqlite3.connect(":memory:")
for leave_row in [f for name, f in sorted(globals().items()) if name.startswith("left_by_")]:
    for number, drop in enumerate(WAYS):
        small.execute("create table t(x)")
        small.executemany("insert into t values(?)", [(i,) for i in range(100)])
        small.commit()
        leave_row(small)
        try:
            drop(small)
        except sqlite3.OperationalError as e:
            raise AssertionError(leave_row.__name__, number) from e
small.close()
