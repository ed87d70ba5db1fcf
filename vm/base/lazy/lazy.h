/* lazy.h -- big libraries that are no part of the program: a module opens its own when it is
** imported (perf-notes/0061).
**
**     call EVP_DigestUpdate ──▶ EVP_DigestUpdate: jmp *slot ──▶ unopened: panics
**                                  (tables.c)              └────▶ libcrypto.so.3, once it is open
**
** Linked as shared objects they would cost every start 0.1 to 0.5 ms each, linked as archives their
** size in address space. Here each function that Krait calls is a row of its table, and
** stands in the program as one jump through a slot, which lazy_open fills.
** Laws: a name that the code uses and the table lacks does not link; a row that nobody uses is
** found by tests/meta/libraries.py; only functions: a library whose variables are used is linked as
** an archive. CMakeLists.txt says which libraries are so, and under which name they are opened;
** where it finds no shared object, or no jump is written for the processor, they are archives too.
** Another library: its table, its lines in tables.c and below, its name in CMakeLists.txt, and
** `module_open_library` (contracts/type.h) in the init function of its module. */
#ifndef KRAIT_LAZY_H
#define KRAIT_LAZY_H

#include "vm/base/common.h"

typedef struct LazyRow {
  const char *name;
  void **slot;
} LazyRow;

/* Law: is_open, or the slots of all rows hold the same function, which panics. */
typedef struct LazyLibrary {
  const char *file; /* libcrypto.so.3, as the loader looks for it; NULL: a part of the program */
  const LazyRow *rows;
  size_t row_count;
  bool is_open;
} LazyLibrary;

/* lazy_open: its functions can be called from now on. NULL, or why they cannot: a line that the
** next call of the loader may overwrite. Cost: the first time, that of loading; then nothing. */
MUST_USE const char *lazy_open(LazyLibrary *library);

/* each there if base/libraries.h has its WITH_ */
extern LazyLibrary lazy_crypt, lazy_crypto, lazy_db, lazy_expat, lazy_gdbm, lazy_lzma, lazy_sqlite3,
    lazy_ssl;

#endif
