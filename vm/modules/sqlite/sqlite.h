/* sqlite.h -- the module _sqlite3: what its files share.
**
** Three things live outside the heap, because the library holds pointers to them, and are counted:
** a Database (of one Connection), its Statements, and the Callbacks it was given.
**
** Laws:
** - database->users counts who works with the handle now: a call that has released the global lock,
**   or a cursor that runs Python between two calls. Nothing is finalized or closed meanwhile: what
**   dies then is done when the last of them leaves (database_leave).
** - A statement that a cursor runs is `taken`: nobody else gets it from the cache. Whoever wants it
**   meanwhile gets a copy, which afterwards is a spare of the cache's own.
** - What the database calls back is in database->callbacks, ->instances and ->hooks, which its
**   Connection marks. While a collection runs, database->silent keeps Python out of the library.
** - A call that may take long or call back is INSIDE: the global lock is released, and
**   database->inside is its thread until it is over, callbacks included (they stand between
**   callback_enter and callback_leave). Other threads do not touch the database meanwhile: who
**   waited for the library's own mutex with the global lock in hand would keep a callback from
**   ending. database_wait stands before calls that are not INSIDE, wherever Python may have run. */
#ifndef KRAIT_SQLITE_H
#define KRAIT_SQLITE_H

#include "vm/contracts/native.h"
#include "vm/contracts/poll.h"
#include "vm/contracts/protocol.h"
#include "vm/contracts/type.h"
#include "vm/objects/dict.h"
#include "vm/objects/str.h"
#include "vm/objects/tuple.h"

#include <sqlite3.h>

typedef struct Connection Connection;
typedef struct Database Database;

/* A prepared statement. References: cursors, Statement objects, and whoever runs it. */
typedef struct Statement {
  sqlite3_stmt *handle; /* NULL: there was no SQL in the text, or the database was closed */
  Database *database;   /* [counted] */
  struct Statement *next, **link; /* of database->statements */
  struct Statement *original;     /* [counted] of a copy: what the cache has */
  struct Statement *spares;       /* [counted] copies that nobody has taken */
  struct Statement *next_spare;
  int references;
  bool is_dml, taken;
  bool retired;   /* no longer in the cache: copies are not kept */
  bool abandoned; /* its cursor died while somebody used the database */
} Statement;

/* A function, aggregate or collation that a program has defined; an instance of an aggregate. Both
** are freed by the library. */
typedef struct Callback {
  Database *database;
  Value callable;
  struct Callback *next, **link;
} Callback;

typedef enum Hook { HOOK_AUTHORIZER, HOOK_PROGRESS, HOOK_TRACE, HOOK_COUNT } Hook;

typedef struct BlobHandle {
  sqlite3_blob *handle; /* NULL: closed */
  struct BlobHandle *next, **link;
} BlobHandle;

struct Database {
  VM *vm;
  sqlite3 *handle;        /* NULL: closed */
  Connection *owner;      /* [gc: it marks the values below] NULL when it is dead */
  Database *next, **link; /* all that are open: state.databases */
  int references, users;
  struct Thread *inside; /* see the laws; NULL: nobody */
  /* statements that are taken; so many before anybody is asked to let go */
  int taken, taken_most;
  int waiting; /* statements that have something to do when the last user leaves */
  bool silent; /* see the laws */
  bool closing;
  bool is_orphan;  /* its Connection has another one: closed with the last statement */
  bool is_settled; /* in this wait for a lock, what is dead has been asked to let go */
  int timeout;     /* milliseconds to wait for a lock */
  Statement *statements;
  Callback *callbacks, *instances;
  BlobHandle *blobs;
  Value hooks[HOOK_COUNT]; /* VALUE_NONE: none */
  Value raised;            /* what a collation has raised, or UNBOUND */
};

typedef enum Isolation {
  ISOLATION_NONE,
  ISOLATION_PLAIN,
  ISOLATION_DEFERRED,
  ISOLATION_IMMEDIATE,
  ISOLATION_EXCLUSIVE
} Isolation;
extern const char *const isolation_texts[];

enum { PARSE_DECLTYPES = 1, PARSE_COLNAMES = 2 };

struct Connection {
  Object h;
  Database *database; /* [counted] NULL: __init__ was not called */
  Dict *cache;        /* [gc] SQL to SqlStatement, the least recently used first */
  Value row_factory, text_factory;
  int64_t cache_size;
  unsigned long thread; /* that may use it */
  int detect_types;
  Isolation isolation;
  bool initialised, check_same_thread;
};

/* What the cache holds and calling a connection gives. */
typedef struct SqlStatement {
  Object h;
  Statement *statement; /* [counted] */
} SqlStatement;

typedef struct Cursor {
  Object h;
  Connection *connection; /* [gc] NULL: __init__ was not called */
  Value description, row_factory, lastrowid;
  Tuple *converters;    /* [gc] of the columns, or NULL */
  Statement *statement; /* [counted] taken by this cursor; NULL: no more rows */
  int64_t rowcount;
  int arraysize;
  bool initialised, closed, locked;
} Cursor;

typedef enum SqliteClass {
  CLASS_WARNING,
  CLASS_ERROR,
  CLASS_INTERFACE,
  CLASS_DATABASE,
  CLASS_INTERNAL,
  CLASS_OPERATIONAL,
  CLASS_PROGRAMMING,
  CLASS_INTEGRITY,
  CLASS_DATA,
  CLASS_NOT_SUPPORTED,
  CLASS_COUNT
} SqliteClass;

/* The import registers the roots. */
extern struct SqliteState {
  Value classes[CLASS_COUNT];
  Value adapters, converters; /* dicts */
  Database *databases;        /* all that are open */
  bool tracebacks;            /* are errors of callbacks shown? */
  bool base_adapted;          /* is there an adapter of int, float, str or bytearray? */
  bool at_exit;               /* close_all is registered */
} sqlite_state;

/* sqlite_int: an int from its index; "Python int too large to convert to C int" */
MUST_USE MAY_RUN bool sqlite_int(VM *vm, Value v, int *out);
/* CInt: as Int, with the library's own words for what is too large. */
typedef int c_CInt;
#define DEFAULT_CInt(x) (x)
MUST_USE MAY_RUN static inline bool convert_CInt(VM *vm, Value v, int *out, const MethodSpec *spec,
                                                 int i) {
  if (LIKELY(value_is_int(v)) && value_as_int(v) == (int)value_as_int(v)) {
    *out = (int)value_as_int(v);
    return true;
  }
  return sqlite_int(vm, v, out);
}

/* ---- errors (error.c) */
#define sqlite_class(which) ((Type *)value_object(sqlite_state.classes[which]))
#define raise_sqlite(vm, which, ...) raise_error((vm), sqlite_class(which), __VA_ARGS__)
#define raise_programming(vm, ...) raise_sqlite((vm), CLASS_PROGRAMMING, __VA_ARGS__)
/* raise_database: what the last call on the handle has failed with. VALUE_FAIL. */
MAY_RUN COLD Value raise_database(VM *vm, sqlite3 *handle);
MUST_USE bool sqlite_add_codes(VM *vm, Module *module);

/* ---- databases (database.c) */
MUST_USE Database *database_new(VM *vm, Connection *owner, sqlite3 *handle);
void database_unref(Database *database);
static inline void database_enter(Database *database) {
  database->references++;
  database->users++;
}
void database_leave_last(Database *database);
static inline void database_leave(Database *database) {
  if (--database->users == 0 && UNLIKELY(database->waiting || database->closing))
    database_leave_last(database);
  database_unref(database);
}
/* database_wait: until no other thread is inside. */
MAY_RUN void database_wait_slow(VM *vm, Database *database);
MAY_RUN static inline void database_wait(VM *vm, Database *database) {
  if (UNLIKELY(database->inside != NULL) && database->inside != vm->thread)
    database_wait_slow(vm, database);
}
MUST_USE MAY_RUN static inline struct Thread *inside_begin(VM *vm, Database *database) {
  database_wait(vm, database);
  struct Thread *outer = database->inside;
  database->inside = vm->thread;
  blocking_begin(vm);
  return outer;
}
MAY_RUN static inline void inside_end(VM *vm, Database *database, struct Thread *outer) {
  blocking_end(vm);
  database->inside = outer;
}
/* INSIDE(vm, database, expression): the value of a call of the library. */
#define INSIDE(vm, database, expression)                    \
  ({                                                        \
    struct Thread *outer_ = inside_begin((vm), (database)); \
    __auto_type result_ = (expression);                     \
    inside_end((vm), (database), outer_);                   \
    result_;                                                \
  })
/* database_close: closes the handle, now or when the last user leaves. */
void database_close(Database *database);
/* database_orphan: cursors may go on with what they have, without callbacks. */
void database_orphan(Database *database);
/* database_settle: statements that nobody refers to any more let go of their locks. true: it may
** have helped. */
bool database_settle(VM *vm, Database *database, int code);
/* SETTLE_DEPTH: who calls what may settle clears so much of the stack first (heap_clear_below),
** that nothing which earlier calls have left there keeps a cursor or a connection. */
enum { SETTLE_DEPTH = 4096 };
/* database_settle_own: cursors of the database that nobody refers to give their statements back. */
void database_settle_own(VM *vm, Database *database, bool full);
/* database_settle_all: connections that nobody refers to are closed. */
void database_settle_all(VM *vm);
/* database_on_busy: the library's busy handler. */
MAY_RUN int database_on_busy(void *database, int count);
/* database_run: prepares and runs one statement without parameters. */
MUST_USE MAY_RUN bool database_run(VM *vm, Database *database, const char *sql);

/* ---- statements (statement.c) */
void statement_unref(Statement *statement);
/* statement_abandon: resets it and gives a cursor's reference back; runs no Python, for
** collections. */
void statement_abandon(Statement *statement);
/* statement_release: it is no longer taken; gives the taker's reference back. */
void statement_release(Statement *statement);
/* statement_finalize: the handle alone */
void statement_finalize(Statement *statement);
/* statement_reset: keeps a pending exception */
MAY_RUN void statement_reset(VM *vm, Statement *statement);
/* statement_step: SQLITE_ROW, SQLITE_DONE or an error's code */
MUST_USE MAY_RUN int statement_step(VM *vm, Statement *statement);
/* statement_find: from the cache or new, and not taken; the caller takes it and has a reference. */
MUST_USE MAY_RUN Statement *statement_find(VM *vm, Connection *connection, Str *sql);
MUST_USE MAY_RUN Value statement_object(VM *vm, Connection *connection, Str *sql);
MUST_USE MAY_RUN bool statement_bind(VM *vm, Statement *statement, Value parameters);

/* ---- connections (connection.c) */
/* connection_check: may it be used, here and now? */
MUST_USE MAY_RUN bool connection_check(VM *vm, Connection *connection);
MUST_USE bool connection_check_thread(VM *vm, Connection *connection);
MUST_USE MAY_RUN bool connection_begin(VM *vm, Connection *connection);
static inline bool connection_is_open(const Connection *connection) {
  return connection->database && connection->database->handle && !connection->database->closing;
}

/* ---- callbacks (callback.c) */
typedef struct CallbackVisit {
  VM *vm;
  Value pending;
} CallbackVisit;
/* callback_enter: takes the global lock; what is pending waits until callback_leave. */
MAY_RUN CallbackVisit callback_enter(const Database *database);
void callback_leave(CallbackVisit visit);
/* callback_report: shows the pending exception if tracebacks are on, and forgets it. */
MAY_RUN void callback_report(VM *vm, Value callable);
void callbacks_mark(Marker *marker, const Database *database);
/* sql_text: the UTF-8 of a str; false: UnicodeEncodeError */
MUST_USE MAY_RUN bool sql_text(VM *vm, Str *text, Span *out);
MUST_USE MAY_RUN Value sql_text_value(VM *vm, const void *utf8, size_t n);
MUST_USE MAY_RUN Value connection_set_hook(VM *vm, Connection *connection, Hook hook,
                                           Value callable, int n);
MUST_USE MAY_RUN Value connection_add_function(VM *vm, Connection *connection, Str *name, int n,
                                               Value callable, int flags);
MUST_USE MAY_RUN Value connection_add_aggregate(VM *vm, Connection *connection, Str *name, int n,
                                                Value callable);
MUST_USE MAY_RUN Value connection_add_window(VM *vm, Connection *connection, Str *name, int n,
                                             Value callable);
MUST_USE MAY_RUN Value connection_add_collation(VM *vm, Connection *connection, Str *name,
                                                Value callable);

/* ---- cursors (cursor.c, fetch.c) */
MUST_USE MAY_RUN Value cursor_next(VM *vm, Value cursor);
MUST_USE MAY_RUN bool cursor_find_converters(VM *vm, Cursor *cursor);
MUST_USE MAY_RUN bool cursor_describe(VM *vm, Cursor *cursor);
/* cursor_let_go: gives the statement back */
MAY_RUN void cursor_let_go(VM *vm, Cursor *cursor);
MUST_USE MAY_RUN bool cursor_check(VM *vm, Cursor *cursor);

/* ---- the rest */
/* blob.c */
MUST_USE MAY_RUN Value blob_open(VM *vm, Connection *connection, Str *const names[3], int64_t row,
                                 bool readonly);
void blobs_close(Database *database);
/* protocol.c: adapt(value, protocol, alternative); the latter may be MISSING */
MUST_USE MAY_RUN Value sqlite_adapt(VM *vm, Value v, Value protocol, Value alternative);
/* copy.c */
MUST_USE MAY_RUN Value connection_copy(VM *vm, Connection *from, Connection *to, int pages,
                                       Value progress, Str *name, double sleep);
MUST_USE MAY_RUN Value connection_image(VM *vm, Connection *connection, Str *name);
MUST_USE MAY_RUN bool connection_load_image(VM *vm, Connection *connection, Span data, Str *name);

#endif
