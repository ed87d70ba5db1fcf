"""sqlite3: what calls give and are refused with: a table of expressions and outcomes."""
import collections
import re
import sqlite3

from _case import told

con = sqlite3.connect(":memory:")
closed = sqlite3.connect(":memory:")
closed.close()
Blank = type("Blank", (sqlite3.Connection,), {"__init__": lambda self: None})
blank = Blank()
con.executescript("create table t(a, b); create table b(x blob, y text)")
con.execute("insert into b values(?, ?)", (b"0123456789", "abc"))
con.commit()
of_blob = sqlite3.connect(":memory:")
con.backup(of_blob)
blob = of_blob.blobopen("b", "x", 1)
cursor = con.cursor()
Row = sqlite3.Row
named = con.execute("select 1 as a, 2 as B, 'x' as a, 3.5 as [Ä]")
row = Row(named, named.fetchone())
same_row = Row(named, (1, 2, "x", 3.5))


class Conforms:
    def __init__(self, result):
        self.result = result

    def __conform__(self, protocol):
        assert protocol is sqlite3.PrepareProtocol
        if isinstance(self.result, type):
            raise self.result("no")
        return self.result


class Sequence:
    def __init__(self, length, item):
        self.length, self.item = length, item

    def __len__(self):
        return self.length()

    def __getitem__(self, i):
        return self.item()


def ask(sql, *parameters):
    return con.execute(sql, *parameters).fetchall()


def state(sql, *parameters):
    c = con.execute(sql, *parameters)
    return c.rowcount, c.lastrowid, c.description and [d[0] for d in c.description], c.fetchall(), c.rowcount


def titles(sql):
    c = sqlite3.connect(":memory:", detect_types=sqlite3.PARSE_COLNAMES).execute(sql)
    return [d[0] for d in c.description]


def change(target, name, *value):
    setattr(target, name, *value) if value else delattr(target, name)
    return getattr(target, name)


def at(offset, *how):
    blob.seek(0)
    blob.seek(offset, *how)
    return blob.tell(), blob.read(2), blob.tell()


def put(key, value):
    blob[key] = value
    result = blob[:]
    blob[:] = b"0123456789"
    return result


# pairs of lines: an expression, and the repr of what it gives or what it raises; behind a backslash, the line
# goes on
ROWS = r"""
sqlite3.connect()
    TypeError: Connection() missing required argument 'database' (pos 1)
sqlite3.Connection()
    TypeError: Connection() missing required argument 'database' (pos 1)
sqlite3.connect(":memory:", foo=1)
    TypeError: 'foo' is an invalid keyword argument for Connection()
sqlite3.connect(":memory:", 1, 1, None, True, sqlite3.Connection, 1, False, 3)
    TypeError: Connection() takes at most 8 arguments (9 given)
sqlite3.connect(3)
    TypeError: expected str, bytes or os.PathLike object, not int
sqlite3.connect("a\0b")
    ValueError: embedded null byte
sqlite3.connect("/no/such/folder/x")
    OperationalError: unable to open database file
sqlite3.connect(":memory:", timeout="x")
    TypeError: must be real number, not str
sqlite3.connect(":memory:", isolation_level="BOGUS")
    ValueError: isolation_level string must be '', 'DEFERRED', 'IMMEDIATE', or 'EXCLUSIVE'
sqlite3.connect(":memory:", isolation_level=3)
    TypeError: isolation_level must be str or None
sqlite3.connect(":memory:", isolation_level="deferred").isolation_level
    'DEFERRED'
sqlite3.connect(":memory:", isolation_level="DEFERRED\0x")
    ValueError: embedded null character
sqlite3.connect(":memory:", isolation_level=None).isolation_level
    None
sqlite3.connect(":memory:", check_same_thread="x")
    TypeError: 'str' object cannot be interpreted as an integer
sqlite3.connect(":memory:", cached_statements="x")
    TypeError: 'str' object cannot be interpreted as an integer
sqlite3.connect(":memory:", cached_statements=2**31)
    OverflowError: Python int too large to convert to C int
sqlite3.connect(":memory:", cached_statements=-3).execute("select 1").fetchall()
    [(1,)]
sqlite3.connect(":memory:", factory=int)
    TypeError: 'factory' is an invalid keyword argument for int()
sqlite3.connect(":memory:", factory=lambda *a, **k: sorted(k))
    ['factory']
sqlite3.connect(":memory:", 1.0, 0, None, True, lambda *a, **k: (a[:5], k))
    ((':memory:', 1.0, 0, None, True), {})
sqlite3.connect("file:x?mode=memory", uri=True).execute("select 1").fetchall()
    [(1,)]
sqlite3.connect("file:x?mode=ro", uri=True)
    OperationalError: unable to open database file
change(con, "isolation_level")
    AttributeError: cannot delete attribute
change(con, "isolation_level", 3)
    TypeError: isolation_level must be str or None
change(con, "isolation_level", "x")
    ValueError: isolation_level string must be '', 'DEFERRED', 'IMMEDIATE', or 'EXCLUSIVE'
change(con, "isolation_level", "\ud800")
    UnicodeEncodeError: 'utf-8' codec can't encode character '\ud800' in position 0: surrogates not \
        allowed
change(con, "isolation_level", "immediate")
    'IMMEDIATE'
change(con, "isolation_level", None)
    None
change(con, "isolation_level", "")
    ''
[told(getattr(blank, name)) for name in ("cursor", "commit", "rollback", "close", "interrupt", \
        "iterdump", "__enter__")]
    ['ProgrammingError: Base Connection.__init__ not called.', 'ProgrammingError: Base \
        Connection.__init__ not called.', 'ProgrammingError: Base Connection.__init__ not called.', \
        'ProgrammingError: Base Connection.__init__ not called.', 'ProgrammingError: Base \
        Connection.__init__ not called.', 'ProgrammingError: Base Connection.__init__ not called.', \
        'ProgrammingError: Base Connection.__init__ not called.']
[told(getattr, blank, name) for name in ("total_changes", "in_transaction", "isolation_level", \
        "row_factory", "text_factory")]
    ['ProgrammingError: Base Connection.__init__ not called.', 'ProgrammingError: Base \
        Connection.__init__ not called.', 'ProgrammingError: Base Connection.__init__ not called.', \
        'None', 'None']
blank("select 1")
    ProgrammingError: Base Connection.__init__ not called.
blank.execute("select 1")
    ProgrammingError: Base Connection.__init__ not called.
change(blank, "isolation_level", None)
    ProgrammingError: Base Connection.__init__ not called.
change(blank, "isolation_level", "")
    ProgrammingError: Base Connection.__init__ not called.
[told(getattr(closed, name)) for name in ("cursor", "commit", "rollback", "close", "interrupt", \
        "iterdump", "__enter__")]
    ['ProgrammingError: Cannot operate on a closed database.', 'ProgrammingError: Cannot operate on a \
        closed database.', 'ProgrammingError: Cannot operate on a closed database.', 'None', \
        'ProgrammingError: Cannot operate on a closed database.', 'ProgrammingError: Cannot operate on \
        a closed database.', 'ProgrammingError: Cannot operate on a closed database.']
[told(getattr, closed, name) for name in ("total_changes", "in_transaction", "isolation_level", \
        "row_factory", "text_factory")]
    ['ProgrammingError: Cannot operate on a closed database.', 'ProgrammingError: Cannot operate on a \
        closed database.', 'ProgrammingError: Cannot operate on a closed database.', 'None', "<class \
        'str'>"]
closed("select 1")
    ProgrammingError: Cannot operate on a closed database.
closed.execute("select 1")
    ProgrammingError: Cannot operate on a closed database.
change(closed, "isolation_level", None)
    ProgrammingError: Cannot operate on a closed database.
closed.__exit__(None, None, None)
    ProgrammingError: Cannot operate on a closed database.
closed.create_function("f", 0, max)
    ProgrammingError: Cannot operate on a closed database.
con.backup(closed)
    ProgrammingError: Cannot operate on a closed database.
con.backup(blank)
    ProgrammingError: Base Connection.__init__ not called.
con.backup(con)
    ValueError: target cannot be the same connection instance
con.backup(3)
    TypeError: backup() argument 'target' must be sqlite3.Connection, not int
con.backup(sqlite3.connect(":memory:"), progress=3)
    TypeError: progress argument must be a callable
con.backup(sqlite3.connect(":memory:"), name="nope")
    OperationalError: unknown database nope
con.backup(sqlite3.connect(":memory:"), pages=0)
    None
con.backup(sqlite3.connect(":memory:"), 1)
    TypeError: backup() takes exactly 1 positional argument (2 given)
con(sql="select 1")
    TypeError: sqlite3.Connection() takes no keyword arguments
con("select 1", 2)
    TypeError: function takes exactly 1 argument (2 given)
con()
    TypeError: function takes exactly 1 argument (0 given)
con(3)
    TypeError: argument 1 must be str, not int
type(con("select 1"))()
    TypeError: cannot create 'sqlite3.Statement' instances
type(con("select 1")).__mro__
    (<class 'sqlite3.Statement'>, <class 'object'>)
con("select 1") is con("select 1")
    False
ask("select 1; select 2")
    ProgrammingError: You can only execute one statement at a time.
ask("select 1;")
    [(1,)]
ask("select 1; -- foo")
    [(1,)]
ask("select 1; /* x */ ;")
    ProgrammingError: You can only execute one statement at a time.
ask("select 1; /*")
    [(1,)]
ask("select 1; -")
    ProgrammingError: You can only execute one statement at a time.
ask("select 1;;")
    ProgrammingError: You can only execute one statement at a time.
ask(";select 1")
    [(1,)]
ask("")
    []
ask(" ")
    []
ask("-- c")
    []
ask("/* c")
    []
ask("select 1\0")
    ProgrammingError: the query contains a null character
ask("\ud800")
    UnicodeEncodeError: 'utf-8' codec can't encode character '\ud800' in position 0: surrogates not \
        allowed
ask("sel")
    OperationalError: near "sel": syntax error
ask(3)
    TypeError: execute() argument 1 must be str, not int
ask(b"select 1")
    TypeError: execute() argument 1 must be str, not bytes
con.executescript("select 1; select 2").fetchall()
    []
con.executescript("select 1\0")
    ValueError: embedded null character
con.executescript("\ud800")
    UnicodeEncodeError: 'utf-8' codec can't encode character '\ud800' in position 0: surrogates not \
        allowed
con.executescript("select 1; sel")
    OperationalError: near "sel": syntax error
con.executescript(b"select 1")
    TypeError: executescript() argument must be str, not bytes
con.executescript("-- c").fetchall()
    []
con.executescript()
    TypeError: Connection.executescript() takes exactly one argument (0 given)
con.executescript(sql_script="")
    TypeError: Connection.executescript() takes no keyword arguments
con.execute()
    TypeError: execute expected at least 1 argument, got 0
cursor.execute()
    TypeError: execute expected at least 1 argument, got 0
con.execute(1, 2, 3)
    TypeError: execute expected at most 2 arguments, got 3
cursor.execute(1, 2, 3)
    TypeError: execute expected at most 2 arguments, got 3
con.executemany("select 1")
    TypeError: executemany expected 2 arguments, got 1
con.executemany("insert", 3)
    TypeError: 'int' object is not iterable
con.executemany("select 1", [()])
    ProgrammingError: executemany() can only execute DML statements.
con.executemany("create table z(x)", [()]).rowcount
    -1
con.executemany("insert into t values(?, ?) returning a", [(1, 2), (3, 4), (5, 6)]).fetchall()
    []
con.executemany("insert into t values(?, ?)", [(1, 2), (3,)])
    ProgrammingError: Incorrect number of bindings supplied. The current statement uses 2, and there \
        are 1 supplied.
con.executemany("insert into t values(:a, :b)", ({"a": i, "b": i} for i in range(3))).rowcount
    3
ask("select * from t")
    [(1, 2), (3, 4), (5, 6), (1, 2), (0, 0), (1, 1), (2, 2)]
state("insert into t values(?, ?) returning a", (1, 2))
    (0, 8, ['a'], [(1,)], 1)
state("update t set a = 3")
    (8, 8, None, [], 8)
state("-- x\n /* y */ update t set a = 3")
    (8, 8, None, [], 8)
state("with x as (select 1) update t set a = 3")
    (-1, 8, None, [], -1)
state("replace into t values(1, 2)")
    (1, 9, None, [], 1)
state("create table u(x)")
    (-1, 9, None, [], -1)
state("delete from t where a = 99")
    (0, 9, None, [], 0)
state("delete from t")
    (9, 9, None, [], 9)
ask("select ?, ?")
    ProgrammingError: Incorrect number of bindings supplied. The current statement uses 2, and there \
        are 0 supplied.
ask("select ?, ?", (1,))
    ProgrammingError: Incorrect number of bindings supplied. The current statement uses 2, and there \
        are 1 supplied.
ask("select ?, ?", [1, 2, 3])
    ProgrammingError: Incorrect number of bindings supplied. The current statement uses 2, and there \
        are 3 supplied.
ask("select ?, ?", {"a": 1})
    ProgrammingError: Binding 1 has no name, but you supplied a dictionary (which has only names).
ask("select ?, ?", 3)
    ProgrammingError: parameters are of unsupported type
ask("select ?, ?", None)
    ProgrammingError: parameters are of unsupported type
ask("select ?, ?", "ab")
    [('a', 'b')]
ask("select ?, ?", b"ab")
    [(97, 98)]
ask("select ?, ?", range(2))
    [(0, 1)]
ask("select ?, ?", iter([1, 2]))
    ProgrammingError: parameters are of unsupported type
ask("select ?, ?", {1, 2})
    ProgrammingError: parameters are of unsupported type
ask("select ?, ?", (object(), 1))
    ProgrammingError: Error binding parameter 1: type 'object' is not supported
ask("select ?, ?", (1, 1j))
    ProgrammingError: Error binding parameter 2: type 'complex' is not supported
ask("select ?, ?", (2**63, 1))
    OverflowError: Python int too large to convert to SQLite INTEGER
ask("select ?, ?", (-2**63, 2**63 - 1))
    [(-9223372036854775808, 9223372036854775807)]
ask("select ?, ?", ("\ud800", 1))
    UnicodeEncodeError: 'utf-8' codec can't encode character '\ud800' in position 0: surrogates not \
        allowed
ask("select ?, ?", (1, memoryview(b"abc")))
    [(1, b'abc')]
ask("select ?, ?", (True, False))
    [(1, 0)]
ask("select ?, ?", (1.5, float("nan")))
    [(1.5, None)]
ask("select ?, ?", (1, bytearray(b"x")))
    [(1, b'x')]
ask("select ?, ?", (1, memoryview(b"abcd")[::2]))
    BufferError: memoryview: underlying buffer is not C-contiguous
ask("select :a", (1,))
    [(1,)]
ask("select :a", {"a": 1})
    [(1,)]
ask("select :a", {"b": 1})
    ProgrammingError: You did not supply a value for binding parameter :a.
ask("select ?1, :a, @b, $c", dict(a=1, b=2, c=3))
    ProgrammingError: You did not supply a value for binding parameter :1.
ask("select :a, @b, $c", dict(a=1, b=2, c=3))
    [(1, 2, 3)]
ask("select :a, @b, $c", (1, 2, 3))
    [(1, 2, 3)]
ask("select :a, :b", type("D", (dict,), {"__missing__": lambda s, k: k + "!"})())
    [('a!', 'b!')]
ask("select :a", type("D", (dict,), {"__missing__": lambda s, k: 1 / 0})())
    ZeroDivisionError: division by zero
ask("select :a", collections.UserDict(a=4))
    KeyError: 0
ask("select ?", Sequence(lambda: 1, lambda: 7))
    [(7,)]
ask("select ?", Sequence(lambda: 1, lambda: 1 / 0))
    ZeroDivisionError: division by zero
ask("select ?", Sequence(lambda: 1 / 0, lambda: 7))
    ZeroDivisionError: division by zero
ask("select ?", Sequence(lambda: 2, lambda: 7))
    ProgrammingError: Incorrect number of bindings supplied. The current statement uses 1, and there \
        are 2 supplied.
ask("select ?", (Conforms(3),))
    [(3,)]
ask("select ?", (Conforms(Conforms(3)),))
    ProgrammingError: Error binding parameter 1: type 'Conforms' is not supported
ask("select ?", (Conforms(None),))
    ProgrammingError: Error binding parameter 1: type 'Conforms' is not supported
ask("select ?", (Conforms(TypeError),))
    ProgrammingError: Error binding parameter 1: type 'Conforms' is not supported
ask("select ?", (Conforms(ZeroDivisionError),))
    ZeroDivisionError: no
[con.execute("select 1 union select 2 union select 3").fetchmany(n) for n in (0, 1, 2, -1, 3, 4)]
    [[(1,), (2,), (3,)], [(1,)], [(1,), (2,)], [(1,), (2,), (3,)], [(1,), (2,), (3,)], [(1,), (2,), (3,)]]
con.execute("select 1 union select 2").fetchmany(size=1)
    [(1,)]
con.execute("select 1").fetchmany("x")
    TypeError: 'str' object cannot be interpreted as an integer
con.execute("select 1").fetchmany(2**40)
    OverflowError: Python int too large to convert to C int
[getattr(cursor, name) for name in ("arraysize", "rowcount", "lastrowid", "description", "row_factory")]
    [1, -1, None, None, None]
cursor.connection is con
    True
change(cursor, "arraysize", "x")
    TypeError: 'str' object cannot be interpreted as an integer
change(cursor, "arraysize")
    TypeError: can't delete numeric/char attribute
change(cursor, "arraysize", 3)
    3
[told(change, cursor, name, 1) for name in ("rowcount", "lastrowid", "description", "connection", \
        "row_factory")]
    ['AttributeError: readonly attribute', 'AttributeError: readonly attribute', 'AttributeError: \
        readonly attribute', 'AttributeError: readonly attribute', '1']
change(cursor, "row_factory")
    None
change(con, "row_factory", 4)
    4
change(con, "row_factory")
    None
change(con, "row_factory", None)
    None
change(con, "text_factory", 4)
    4
change(con, "text_factory")
    None
change(con, "text_factory", str)
    <class 'str'>
sqlite3.Cursor()
    TypeError: Cursor expected 1 argument, got 0
sqlite3.Cursor(3)
    TypeError: Cursor() argument 1 must be sqlite3.Connection, not int
sqlite3.Cursor(con, 3)
    TypeError: Cursor expected 1 argument, got 2
sqlite3.Cursor(con=con)
    TypeError: Cursor() takes no keyword arguments
con.cursor(int)
    TypeError: int() argument must be a string, a bytes-like object or a real number, not \
        'sqlite3.Connection'
con.cursor(lambda c: 3)
    TypeError: factory must return a cursor, not int
con.cursor(None)
    TypeError: 'NoneType' object is not callable
cursor.setinputsizes()
    TypeError: Cursor.setinputsizes() takes exactly one argument (0 given)
cursor.setoutputsize()
    TypeError: setoutputsize expected at least 1 argument, got 0
cursor.setoutputsize(1, 2, 3)
    TypeError: setoutputsize expected at most 2 arguments, got 3
con.blobopen("b", "z", 1)
    OperationalError: no such column: "z"
con.blobopen("b", "x", 9)
    OperationalError: no such rowid: 9
con.blobopen("q", "x", 1)
    OperationalError: no such table: main.q
con.blobopen("b", "x", "1")
    TypeError: 'str' object cannot be interpreted as an integer
con.blobopen("b", "x", 1, True)
    TypeError: blobopen() takes exactly 3 positional arguments (4 given)
con.blobopen("b", "x")
    TypeError: blobopen() takes exactly 3 positional arguments (2 given)
con.blobopen("b", "x", 1, name="temp")
    OperationalError: no such table: temp.b
con.blobopen("b\0", "x", 1)
    ValueError: embedded null character
type(blob)()
    TypeError: cannot create 'sqlite3.Blob' instances
len(blob), hash(blob) == hash(blob)
    (10, True)
[told(blob.__getitem__, k) for k in (0, -1, 9, True, 10, -11, 2**70, "a", 1.0, None)]
    ['48', '57', '57', '49', 'IndexError: Blob index out of range', 'IndexError: Blob index out of \
        range', "IndexError: cannot fit 'int' into an index-sized integer", 'TypeError: Blob indices \
        must be integers', 'TypeError: Blob indices must be integers', 'TypeError: Blob indices must be \
        integers']
[blob[k] for k in (slice(None), slice(2, 5), slice(5, 2), slice(None, None, 2), slice(100, 200))]
    [b'0123456789', b'234', b'', b'02468', b'']
blob["a":]
    TypeError: slice indices must be integers or None or have an __index__ method
[told(put, 0, v) for v in (65, 256, -1, "a", b"a", None, 2**70, True)]
    ["b'A123456789'", 'ValueError: byte must be in range(0, 256)', 'ValueError: byte must be in \
        range(0, 256)', "TypeError: 'str' object cannot be interpreted as an integer", "TypeError: \
        'bytes' object cannot be interpreted as an integer", "TypeError: 'NoneType' object cannot be \
        interpreted as an integer", 'ValueError: byte must be in range(0, 256)', "b'\\x01123456789'"]
[told(put, k, 1) for k in (10, -11, "a", None)]
    ['IndexError: Blob index out of range', 'IndexError: Blob index out of range', 'TypeError: Blob \
        indices must be integers', 'TypeError: Blob indices must be integers']
[told(put, slice(0, 2), v) for v in (b"xy", b"xyz", "xy", 1, bytearray(b"ZZ"), memoryview(b"ZZAA")[::2])]
    ["b'xy23456789'", 'IndexError: Blob slice assignment is wrong size', "TypeError: a bytes-like \
        object is required, not 'str'", "TypeError: a bytes-like object is required, not 'int'", \
        "b'ZZ23456789'", 'BufferError: memoryview: underlying buffer is not C-contiguous']
[told(put, slice(None, None, 2), v) for v in (b"abcde", b"abcd")]
    ["b'a1b3c5d7e9'", 'IndexError: Blob slice assignment is wrong size']
[told(put, slice(5, 2), v) for v in (b"", b"a")]
    ["b'0123456789'", "b'0123456789'"]
blob.__delitem__(0)
    TypeError: Blob doesn't support item deletion
blob.__delitem__(slice(1))
    TypeError: Blob doesn't support slice deletion
blob.__delitem__("a")
    TypeError: Blob indices must be integers
iter(blob)
    TypeError: 'sqlite3.Blob' object is not iterable
[told(at, *a) for a in ((0,), (5,), (10,), (11,), (-1,), (3, 1), (-3, 2), (1, 2), (0, 3), ("a",), \
        (2**40,), (-2**31, 2))]
    ["(0, b'01', 2)", "(5, b'56', 7)", "(10, b'', 10)", 'ValueError: offset out of blob range', \
        'ValueError: offset out of blob range', "(3, b'34', 5)", "(7, b'78', 9)", 'ValueError: offset \
        out of blob range', "ValueError: 'origin' should be os.SEEK_SET, os.SEEK_CUR, or os.SEEK_END", \
        "TypeError: 'str' object cannot be interpreted as an integer", 'OverflowError: Python int too \
        large to convert to C int', 'ValueError: offset out of blob range']
[told(blob.read, n) for n in (0, "a", 2**40)]
    ["b''", "TypeError: 'str' object cannot be interpreted as an integer", 'OverflowError: Python int \
        too large to convert to C int']
at(8) and blob.write(b"abc")
    ValueError: data longer than blob length
blob.write("a")
    TypeError: a bytes-like object is required, not 'str'
of_blob.blobopen("b", "x", 1, readonly=True).write(b"a")
    OperationalError: attempt to write a readonly database
con.blobopen("b", "y", 1).read()
    b'abc'
blob.__exit__()
    TypeError: __exit__ expected 3 arguments, got 0
tuple(row), row.keys(), len(row), list(reversed(row)), dict(row), 1 in row
    ((1, 2, 'x', 3.5), ['a', 'B', 'a', 'Ä'], 4, [3.5, 'x', 2, 1], {'a': 1, 'B': 2, 'Ä': 3.5}, True)
[told(row.__getitem__, k) for k in (0, -1, 3, True, 4, -5, 2**70, "a", "A", "b", "ä", "Ä", "zz", 1.0, \
        None, b"a")]
    ['1', '3.5', '3.5', '2', 'IndexError: tuple index out of range', 'IndexError: tuple index out of \
        range', "IndexError: cannot fit 'int' into an index-sized integer", '1', '1', '2', 'IndexError: \
        No item with that key', '3.5', 'IndexError: No item with that key', 'IndexError: Index must be \
        int or string', 'IndexError: Index must be int or string', 'IndexError: Index must be int or \
        string']
row[1:3], row[::-1]
    ((2, 'x'), (3.5, 'x', 2, 1))
row == same_row, row != same_row, hash(row) == hash(same_row), row == (1, 2), row.__eq__((1,)), \
        row.__lt__(row)
    (True, False, True, False, NotImplemented, NotImplemented)
row < same_row
    TypeError: '<' not supported between instances of 'sqlite3.Row' and 'sqlite3.Row'
isinstance(row, tuple), isinstance(row, collections.abc.Sequence)
    (False, True)
Row()
    TypeError: Row expected 2 arguments, got 0
Row(cursor)
    TypeError: Row expected 2 arguments, got 1
Row(cursor, 3)
    TypeError: Row() argument 2 must be tuple, not int
Row(3, ())
    TypeError: Row() argument 1 must be sqlite3.Cursor, not int
Row(cursor, [])
    TypeError: Row() argument 2 must be tuple, not list
Row(cursor, (1, 2, 3))[1]
    2
Row(cursor, (1, 2, 3))["a"]
    IndexError: No item with that key
Row(named, ())["a"]
    IndexError: tuple index out of range
Row(cursor=cursor, row=(1,))
    TypeError: Row() takes no keyword arguments
Row(cursor, (1,), 3)
    TypeError: Row expected 2 arguments, got 3
hash(row) == hash(Row(named, (1, 2, "x", 4.5)))
    False
ask("select cast(x'80ff61' as text) as nm")
    OperationalError: Could not decode to UTF-8 column 'nm' with text '��a'
ask("select cast(x'6100' as text)")
    [('a\x00',)]
ask("select 1, 2.5, 'a', x'00', null, 9223372036854775807, zeroblob(3), x'', ''")
    [(1, 2.5, 'a', b'\x00', None, 9223372036854775807, b'\x00\x00\x00', b'', '')]
titles('select 1 as "d [two]", 1 as "q[TWO]", 1 as "[a", 1 as "a]b", 1 as "a]b[two]", 1 as "  [two]", 1 \
        as "[two]"')
    ['d', 'q', '', 'a]b', 'a]b', ' ', '']
sqlite3.adapt(3)
    ProgrammingError: can't adapt
sqlite3.adapt(3, sqlite3.PrepareProtocol, 9)
    9
sqlite3.adapt(Conforms(4))
    4
sqlite3.adapt()
    TypeError: adapt expected at least 1 argument, got 0
sqlite3.adapt(1, 2, 3, 4)
    TypeError: adapt expected at most 3 arguments, got 4
sqlite3.adapt(obj=1)
    TypeError: _sqlite3.adapt() takes no keyword arguments
sqlite3.adapt(3, type("P", (), {"__adapt__": lambda o: 4}))
    4
sqlite3.adapt(3, type("P", (), {"__adapt__": lambda o: None}), "else")
    'else'
sqlite3.register_adapter(int)
    TypeError: register_adapter expected 2 arguments, got 1
sqlite3.register_converter(3, 4)
    TypeError: register_converter() argument 1 must be str, not int
sqlite3.register_converter("x")
    TypeError: register_converter expected 2 arguments, got 1
sqlite3.PrepareProtocol(1, 2, x=3) is not None
    True
sqlite3.complete_statement("select 1;"), sqlite3.complete_statement("select 1"), \
        sqlite3.complete_statement(statement=";")
    (True, False, True)
sqlite3.complete_statement(3)
    TypeError: complete_statement() argument 'statement' must be str, not int
sqlite3.complete_statement("a\0;")
    ValueError: embedded null character
sqlite3.enable_callback_tracebacks("x")
    TypeError: 'str' object cannot be interpreted as an integer
sqlite3.enable_callback_tracebacks()
    TypeError: _sqlite3.enable_callback_tracebacks() takes exactly one argument (0 given)
[con.getlimit(i) > 0 for i in range(11)]
    [True, True, True, True, True, True, True, True, True, True, True]
con.getlimit(99)
    ProgrammingError: 'category' is out of bounds
con.setlimit(99, 1)
    ProgrammingError: 'category' is out of bounds
con.setlimit(1, 2**31)
    OverflowError: Python int too large to convert to C int
con.setlimit("a", 2)
    TypeError: 'str' object cannot be interpreted as an integer
con.setlimit(1, 10) and con.getlimit(1)
    10
ask("select 123456")
    DataError: query string is too large
con.executescript("select 123456")
    DataError: query string is too large
ask("select 12"), ask("select 123")
    ([(12,)], [(123,)])
con.setlimit(1, -5), con.setlimit(1, 10000), con.getlimit(1)
    (10, 10, 10000)
con.serialize()[:15], con.serialize(name="main")[:6]
    (b'SQLite format 3', b'SQLite')
con.serialize(name="nope")
    OperationalError: unable to serialize 'nope'
con.serialize("main")
    TypeError: serialize() takes no positional arguments
con.deserialize(3)
    TypeError: a bytes-like object is required, not 'int'
con.load_extension("nope")
    OperationalError: nope.so: cannot open shared object file: No such file or directory
con.load_extension()
    TypeError: Connection.load_extension() takes exactly one argument (0 given)
con.enable_load_extension("x")
    TypeError: 'str' object cannot be interpreted as an integer
con.create_function("f", "x", max)
    TypeError: 'str' object cannot be interpreted as an integer
con.create_function("f", 1)
    TypeError: create_function() missing required argument 'func' (pos 3)
con.create_function(1, 1, max)
    TypeError: create_function() argument 'name' must be str, not int
con.create_aggregate("f", 1)
    TypeError: create_aggregate() missing required argument 'aggregate_class' (pos 3)
con.set_progress_handler(max)
    TypeError: set_progress_handler() missing required argument 'n' (pos 2)
con.set_progress_handler(max, "x")
    TypeError: 'str' object cannot be interpreted as an integer
con.iterdump(1)
    TypeError: Connection.iterdump() takes no arguments (1 given)
ask("select raise(abort, 'x')")
    OperationalError: RAISE() may only be used within a trigger-program
ask("insert into nope values(1)")
    OperationalError: no such table: nope
[issubclass(getattr(con, n), getattr(sqlite3, n)) for n in ("Error", "Warning", "DataError", \
        "NotSupportedError")]
    [True, True, True, True]
[c.__mro__[1].__name__ for c in (sqlite3.Warning, sqlite3.InterfaceError, sqlite3.DatabaseError, \
        sqlite3.DataError)]
    ['Exception', 'Error', 'Error', 'DatabaseError']
sqlite3.sqlite_version_info > (3,), sqlite3.threadsafety in (0, 1, 3), sqlite3.version, sqlite3.apilevel
    (True, True, '2.6.0', '2.0')
"""

lines = ROWS.strip("\n").replace("\\\n        ", "").split("\n")
for source, expected in zip(lines[::2], lines[1::2]):
    got = re.sub(" at 0x[0-9a-f]+", "", told(eval, source, globals()))
    assert got == expected.strip(), (source, got, expected)
