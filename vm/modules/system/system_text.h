/* system_text.h -- texts for the C library: UTF-8 that ends with a NUL. */
#ifndef KRAIT_SYSTEM_TEXT_H
#define KRAIT_SYSTEM_TEXT_H

#include "vm/contracts/native.h"
#include "vm/contracts/protocol.h"
#include "vm/objects/bytes.h"
#include "vm/objects/str.h"

/* system_text_of: NULL: UnicodeEncodeError for a lone surrogate. */
MUST_USE MAY_RUN static inline const Bytes *system_text_of(VM *vm, Str *text) {
  Str *exact = str_exact(vm, text);
  if (!exact) return NULL;
  Value bytes = call_method0(vm, value_from(exact), NAME("encode"));
  return value_is_fail(bytes) ? NULL : value_object(bytes);
}

/* SystemText: a parameter that is such a text. ValueError for a NUL within. */
typedef const Bytes *c_SystemText;
MUST_USE MAY_RUN static inline bool convert_SystemText(VM *vm, Value v, c_SystemText *out,
                                                       const MethodSpec *spec, int i) {
  if (!value_is_str(v)) return convert_fail(vm, v, "str", spec, i);
  const Bytes *text = system_text_of(vm, value_object(v));
  if (!text) return false;
  if (memchr(text->data, 0, text->length))
    return raise_false(vm, TYPE_OF(ValueError), "embedded null character");
  *out = text;
  return true;
}

#endif
