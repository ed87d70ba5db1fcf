/* datum.h -- what _dbm and _gdbm share: keys and values as bytes, and how a file is opened. */
#ifndef KRAIT_DATUM_H
#define KRAIT_DATUM_H

#include "vm/contracts/buffer.h"
#include "vm/contracts/error.h"
#include "vm/contracts/type.h"
#include "vm/modules/system/system_text.h"
#include "vm/objects/bytes.h"
#include "vm/objects/list.h"
#include "vm/runtime/path.h"

#include <errno.h>

/* datum_of: the bytes of a key or value: a str's UTF-8, or those of a bytes-like object that is
** read-only. spec NULL: messages name no function. NULL: TypeError. */
MUST_USE MAY_RUN static inline const Bytes *datum_of(VM *vm, Value v, const MethodSpec *spec,
                                                     int i) {
  if (value_is_str(v)) return system_text_of(vm, value_object(v));
  if (value_has_flag(v, TYPE_BYTES_SUBCLASS)) return value_object(v);
  BufferView view;
  if (!buffer_acquire(vm, v, &view, false)) return NULL;
  const Bytes *bytes = view.readonly ? bytes_new(vm, view.bytes, view.size) : NULL;
  bool refused = !view.readonly;
  buffer_release(vm, &view);
  if (!refused) return bytes;
  if (spec) convert_fail(vm, v, "read-only bytes-like object", spec, i);
  else raise_type(vm, "argument must be read-only bytes-like object, not %T", v);
  return NULL;
}

/* Datum: a parameter that is one. */
typedef const Bytes *c_Datum;
MUST_USE MAY_RUN static inline bool convert_Datum(VM *vm, Value v, c_Datum *out,
                                                  const MethodSpec *spec, int i) {
  *out = datum_of(vm, v, spec, i);
  return *out != NULL;
}
/* datum_stored: of what is to be stored; a TypeError says `message` instead. */
MUST_USE MAY_RUN static inline const Bytes *datum_stored(VM *vm, Value v, const char *message) {
  const Bytes *bytes = datum_of(vm, v, NULL, 0);
  if (bytes) return bytes;
  error_clear(vm);
  return raise_type(vm, "%s", message), NULL;
}
/* datum_sought: of what `in` looks for: only str and bytes. */
MUST_USE MAY_RUN static inline const Bytes *datum_sought(VM *vm, Value v, const char *kind) {
  if (value_is_str(v) || value_has_flag(v, TYPE_BYTES_SUBCLASS)) return datum_of(vm, v, NULL, 0);
  return raise_type(vm, "%s key must be bytes or string, not %.100T", kind, v), NULL;
}

/* raise_database_errno: `error`, a subclass of OSError, with errno and the file's name (NULL:
** none). */
MUST_USE MAY_RUN static inline Value raise_database_errno(VM *vm, Value error, int number,
                                                          const Bytes *name) {
  Value text = value_of(str_new_cstr(vm, strerror(number)));
  Value file = name ? path_decode(vm, (const char *)name->data, name->length) : VALUE_NONE;
  if (value_is_fail(text) || value_is_fail(file)) return VALUE_FAIL;
  Value exception = name ? call3(vm, error, value_int_unchecked(number), text, file)
                         : call2(vm, error, value_int_unchecked(number), text);
  return value_is_fail(exception) ? exception : raise_object(vm, exception);
}

/* No flags: the default, "r". */
#define DEFAULT_SystemText(x) NULL

#endif
