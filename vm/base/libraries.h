/* libraries.h -- which of the libraries that Krait can be built without are there: WITH_X is 1, or
** not defined. A module over one stands within #if WITH_X, in its files, in imports/modules.def
** (with what is LACKING in #else) and in core/late_types.def. CMakeLists.txt links them, setup
** installs them. KRAIT_BARE builds without any (tests/meta/libraries.py). */
#ifndef KRAIT_LIBRARIES_H
#define KRAIT_LIBRARIES_H
#ifndef KRAIT_BARE

#if __has_include(<bzlib.h>)
#define WITH_BZ2 1
#endif
#if __has_include(<crypt.h>)
#define WITH_CRYPT 1
#endif
#if __has_include(<curses.h>) && __has_include(<panel.h>)
#define WITH_CURSES 1
#endif
#if __has_include(<db.h>)
#define WITH_DB 1
#endif
#if __has_include(<editline/readline.h>)
#define WITH_EDIT 1
#endif
#if __has_include(<expat.h>)
#define WITH_EXPAT 1
#endif
#if __has_include(<ffi.h>)
#define WITH_FFI 1
#endif
#if __has_include(<gdbm.h>)
#define WITH_GDBM 1
#endif
#if __has_include(<lzma.h>)
#define WITH_LZMA 1
#endif
#if __has_include(<openssl/ssl.h>)
#define WITH_SSL 1
#endif
#if __has_include(<sqlite3.h>)
#define WITH_SQLITE3 1
#endif
#if __has_include(<uuid/uuid.h>)
#define WITH_UUID 1
#endif
#if __has_include(<zlib.h>)
#define WITH_ZLIB 1
#endif

#endif
#endif
