/* path.h -- file names: str, bytes, or objects with __fspath__, as the operating system wants
** them. */
#ifndef KRAIT_PATH_H
#define KRAIT_PATH_H

#include "vm/objects/bytes.h"
#include "vm/objects/str.h"

/* path_fspath: os.fspath: the str or bytes. TypeError "expected str, bytes or os.PathLike object,
** not X". */
MUST_USE MAY_RUN Value path_fspath(VM *vm, Value path);
/* path_encode: NUL-terminated bytes of a path (os.fsencode); ValueError "embedded null byte". NULL:
** raised. */
MUST_USE MAY_RUN Bytes *path_encode(VM *vm, Value path);
/* path_decode: a str from the system's bytes (os.fsdecode). */
MUST_USE MAY_RUN Value path_decode(VM *vm, const char *bytes, size_t n);

#endif
