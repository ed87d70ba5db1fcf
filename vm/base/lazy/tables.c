/* tables.c -- the libraries of lazy.h: a LazyLibrary each, and the jumps to their functions. */
#include "vm/base/lazy/lazy.h"
#include "vm/base/libraries.h"

#if WITH_CRYPT
#define LIBRARY crypt
#define LIBRARY_ROWS "vm/base/lazy/crypt.def"
#ifdef LAZY_crypt
#define LIBRARY_FILE LAZY_crypt
#endif
#include "vm/base/lazy/library.inc"
#endif

#if WITH_SSL
#define LIBRARY crypto
#define LIBRARY_ROWS "vm/base/lazy/crypto.def"
#ifdef LAZY_crypto
#define LIBRARY_FILE LAZY_crypto
#endif
#include "vm/base/lazy/library.inc"
#endif

#if WITH_DB
#define LIBRARY db
#define LIBRARY_ROWS "vm/base/lazy/db.def"
#ifdef LAZY_db
#define LIBRARY_FILE LAZY_db
#endif
#include "vm/base/lazy/library.inc"
#endif

#if WITH_EXPAT
#define LIBRARY expat
#define LIBRARY_ROWS "vm/base/lazy/expat.def"
#ifdef LAZY_expat
#define LIBRARY_FILE LAZY_expat
#endif
#include "vm/base/lazy/library.inc"
#endif

#if WITH_GDBM
#define LIBRARY gdbm
#define LIBRARY_ROWS "vm/base/lazy/gdbm.def"
#ifdef LAZY_gdbm
#define LIBRARY_FILE LAZY_gdbm
#endif
#include "vm/base/lazy/library.inc"
#endif

#if WITH_LZMA
#define LIBRARY lzma
#define LIBRARY_ROWS "vm/base/lazy/lzma.def"
#ifdef LAZY_lzma
#define LIBRARY_FILE LAZY_lzma
#endif
#include "vm/base/lazy/library.inc"
#endif

#if WITH_SQLITE3
#define LIBRARY sqlite3
#define LIBRARY_ROWS "vm/base/lazy/sqlite3.def"
#ifdef LAZY_sqlite3
#define LIBRARY_FILE LAZY_sqlite3
#endif
#include "vm/base/lazy/library.inc"
#endif

#if WITH_SSL
#define LIBRARY ssl
#define LIBRARY_ROWS "vm/base/lazy/ssl.def"
#ifdef LAZY_ssl
#define LIBRARY_FILE LAZY_ssl
#endif
#include "vm/base/lazy/library.inc"
#endif
