"""sqlite3: functions, aggregates, collations and hooks in Python, and what their errors become."""
import sqlite3
import sys

from _case import error, outcome

con = sqlite3.connect(":memory:", isolation_level=None)


def rows(sql, *parameters):
    return con.execute(sql, parameters).fetchall()


# ---- functions: values both ways
con.create_function("same", 1, lambda v: v)
for v in (None, 0, -5, 2 ** 63 - 1, -2 ** 63, 1.5, "", "é€😀", "a\0b", b"", b"\0\xff", True):
    assert rows("select same(?)", v) == [(v,)], v
con.create_function("kind", -1, lambda *v: " ".join(type(x).__name__ for x in v))
assert rows("select kind(1, 2.0, 'a', x'00', null), kind()") == [("int float str bytes NoneType", "")]
con.create_function("array", 0, lambda: bytearray(b"ab"))
con.create_function("view", 0, lambda: memoryview(b"cd"))
assert rows("select array(), view()") == [(b"ab", b"cd")]
assert rows("select count(*), kind(" + ", ".join("?" * 100) + ")", *range(100))[0][1].count("int") == 100


def raising(kind):
    def function(*a):
        raise kind("no")
    return function


for name, result in (("big", lambda: 2 ** 63), ("odd", lambda: object()), ("cut", lambda: "\ud800"),
                     ("fail", raising(ZeroDivisionError)), ("memory", raising(MemoryError)),
                     ("wide", raising(OverflowError)), ("quit", raising(SystemExit))):
    con.create_function(name, 0, result)
failed = "OperationalError: user-defined function raised exception"
assert error(rows, "select big()") == "DataError: string or blob too big"
assert error(rows, "select odd()") == failed
assert error(rows, "select cut()") == failed
assert error(rows, "select fail()") == failed
assert error(rows, "select memory()").startswith("MemoryError")
assert error(rows, "select wide()") == "DataError: string or blob too big"
assert error(rows, "select quit()") == failed
assert error(rows, "select same(cast(x'80' as text))") == failed
assert error(rows, "select same(1, 2)") == "OperationalError: wrong number of arguments to function same()"
assert error(con.create_function, "f", -100, max) == "OperationalError: Error creating function"
assert error(con.create_function, "f", 128, max) == "OperationalError: Error creating function"
assert error(con.create_function, "f" * 300, 1, max) == "OperationalError: Error creating function"
con.create_function("same", 1, None)
assert error(rows, "select same(1)") == failed
con.create_function("f", 0, lambda: 3, deterministic=True)
rows("create table t(x)")
rows("create index i on t(x) where x > f()")
con.create_function("g", 0, lambda: 3)
assert error(rows, "create index j on t(x) where x > g()") == (
    "OperationalError: non-deterministic functions prohibited in partial index WHERE clauses")


# ---- aggregates
class Sum:
    def __init__(self):
        self.n = 0

    def step(self, *v):
        self.n += sum(v)

    def inverse(self, *v):
        self.n -= sum(v)

    def value(self):
        return self.n

    def finalize(self):
        return self.n


con.executemany("insert into t values(?)", [(i,) for i in range(5)])
con.create_aggregate("total_of", -1, Sum)
assert rows("select total_of(x), total_of(x, 1) from t") == [(10, 15)]
assert rows("select total_of(x) from t where x > 9") == [(None,)]
assert rows("select x % 2, total_of(x) from t group by 1 order by 1") == [(0, 6), (1, 4)]
con.create_window_function("moving", 1, Sum)
assert rows("select moving(x) over (order by x rows between 1 preceding and current row) from t") == [
    (0,), (1,), (3,), (5,), (7,)]
assert error(con.create_window_function, "w", -100, Sum) == (
    "ProgrammingError: bad parameter or other API misuse")
con.create_window_function("moving", 1, None)
assert error(rows, "select moving(x) from t") == "OperationalError: no such function: moving"


def lacking(name, how):
    body = dict(vars(Sum))
    if how == "absent":
        del body[name]
    else:
        body[name] = raising(ZeroDivisionError)
    return type("Lacking", (), body)


for name in ("step", "finalize", "value", "inverse"):
    over = "select bad(x) over (order by x rows between 1 preceding and 1 following) from t"
    if name == "finalize":
        over = "select bad(x) from t"
    for how, told in (("absent", "not defined"), ("raising", "raised error")):
        con.create_window_function("bad", 1, lacking(name, how))
        assert error(rows, over) == f"OperationalError: user-defined aggregate's '{name}' method {told}"
con.create_aggregate("bad", 1, lacking("__init__", "raising"))
assert error(rows, "select bad(x) from t") == (
    "OperationalError: user-defined aggregate's '__init__' method raised error")
con.create_aggregate("bad", 1, lambda: 3)
assert error(rows, "select bad(x) from t") == (
    "OperationalError: user-defined aggregate's 'step' method not defined")

# an instance is not collected between two steps
import gc  # noqa


class Keeper(Sum):
    def step(self, v):
        gc.collect()
        super().step(v)


con.create_aggregate("kept", 1, Keeper)
assert rows("select kept(x) from t") == [(10,)]

# ---- collations
con.create_collation("back", lambda a, b: (a < b) - (a > b))
assert rows("select x from t order by cast(x as text) collate back") == [(4,), (3,), (2,), (1,), (0,)]
con.create_collation("huge", lambda a, b: 2 ** 80 if a > b else -2 ** 80 if a < b else 0)
assert rows("select x from t order by cast(x as text) collate huge") == [(0,), (1,), (2,), (3,), (4,)]
con.create_collation("failing", raising(ZeroDivisionError))
assert error(rows, "select x from t order by cast(x as text) collate failing") == "ZeroDivisionError: no"
assert rows("select 1") == [(1,)]
con.create_collation("text", lambda a, b: "x")
assert len(rows("select x from t order by cast(x as text) collate text")) == 5
con.create_collation("back", None)
assert error(rows, "select x from t order by x collate back") == (
    "OperationalError: no such collation sequence: back")
assert error(con.create_collation, "x", 3) == "TypeError: parameter must be callable"
assert error(con.create_collation, 3, max) == "TypeError: create_collation() argument 1 must be str, not int"
assert error(con.create_collation, "\ud800", max).startswith("UnicodeEncodeError")

# ---- authorizer
asked = []


def allow(*a):
    asked.append(a)
    return sqlite3.SQLITE_OK


con.set_authorizer(allow)
rows("select x as y from t where x = 1")
assert (sqlite3.SQLITE_READ, "t", "x", "main", None) in asked and asked[0] == (21, None, None, None, None)
for answer in (sqlite3.SQLITE_DENY, None, "0", 2 ** 40, 1.0):
    con.set_authorizer(lambda *a: answer)
    got = error(rows, "select x, 1 from t")
    assert got == "DatabaseError: not authorized", (answer, got)
con.set_authorizer(raising(ZeroDivisionError))
assert error(rows, "select x, 2 from t") == "DatabaseError: not authorized"
con.set_authorizer(lambda action, *a: sqlite3.SQLITE_IGNORE if action == sqlite3.SQLITE_READ else 0)
assert rows("select x, 3 from t limit 1") == [(None, 3)]
con.set_authorizer(lambda *a: 77)
assert error(rows, "select x, 4 from t") == "OperationalError: authorizer malfunction"
con.set_authorizer(None)
assert rows("select x, 5 from t limit 1") == [(0, 5)]

# ---- progress
ticks = []
con.set_progress_handler(lambda: ticks.append(1), 10)
rows("with recursive c(n) as (select 1 union all select n + 1 from c where n < 1000) select count(*) from c")
assert len(ticks) > 100
for handler in (lambda: True, raising(ZeroDivisionError), lambda: "yes"):
    con.set_progress_handler(handler, 1)
    assert error(rows, "select x, 6 from t") == "OperationalError: interrupted"
con.set_progress_handler(None, 1)
assert rows("select 7") == [(7,)]
con.set_progress_handler(lambda: True, 0)
assert rows("select 8") == [(8,)]

# ---- trace
traced = []
con.set_trace_callback(traced.append)
rows("select ?, ?, ?", 1, "it's", b"\1")
con.set_trace_callback(raising(ZeroDivisionError))
assert rows("select 9") == [(9,)]
con.set_trace_callback(None)
assert rows("select 10") == [(10,)]
assert traced == ["select 1, 'it''s', x'01'"]
with_begin = sqlite3.connect(":memory:", isolation_level="IMMEDIATE")
traced.clear()
with_begin.execute("create table t(x)")
with_begin.set_trace_callback(traced.append)
with_begin.execute("insert into t values(1)")
with_begin.commit()
assert traced == ["BEGIN IMMEDIATE", "insert into t values(1)", "COMMIT"]

# ---- tracebacks: shown through sys.unraisablehook
seen = []
sys.unraisablehook, hook = lambda info: seen.append((info.exc_type.__name__, info.object)), sys.unraisablehook
sqlite3.enable_callback_tracebacks(True)
bad = raising(KeyError)
con.create_function("shown", 0, bad)
assert error(rows, "select shown()") == failed
con.set_authorizer(bad)
assert error(rows, "select 11") == "DatabaseError: not authorized"
con.set_authorizer(None)
sqlite3.enable_callback_tracebacks(False)
assert error(rows, "select shown()") == failed
sys.unraisablehook = hook
assert seen == [("KeyError", bad)] * 2, seen
assert outcome(con.close) is None
