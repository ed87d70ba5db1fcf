/* text_args.h -- parameter converters that str, bytes and bytearray share (see
** contracts/native.h). */
#ifndef KRAIT_TEXT_ARGS_H
#define KRAIT_TEXT_ARGS_H

#include "vm/contracts/error.h"
#include "vm/contracts/native.h"
#include "vm/contracts/protocol.h"
#include "vm/objects/str.h"

/* A slice bound: None, or an index clamped to int64. */
MUST_USE MAY_RUN static inline bool slice_bound(VM *vm, Value v, int64_t if_none, int64_t *out) {
  if (value_is_int(v)) return *out = value_as_int(v), true;
  if (v == VALUE_NONE) return *out = if_none, true;
  if (!value_is_any_int(v) && !value_has_special(v, SPECIAL_index))
    return raise_false(vm, TYPE_OF(TypeError),
                       "slice indices must be integers or None or have an __index__ method");
  return value_index64(vm, v, out, true);
}
typedef int64_t c_SliceStart;
MUST_USE MAY_RUN static inline bool convert_SliceStart(VM *vm, Value v, int64_t *out,
                                                       const MethodSpec *spec, int i) {
  return slice_bound(vm, v, 0, out);
}
#define DEFAULT_SliceStart(x) 0
typedef int64_t c_SliceEnd;
MUST_USE MAY_RUN static inline bool convert_SliceEnd(VM *vm, Value v, int64_t *out,
                                                     const MethodSpec *spec, int i) {
  return slice_bound(vm, v, INT64_MAX, out);
}
#define DEFAULT_SliceEnd(x) INT64_MAX

/* clamp_range: start and end as str.find and the like take them; false: start lies past the end of
** the text. */
static inline bool clamp_range(size_t length, int64_t *start, int64_t *end) {
  int64_t n = (int64_t)length;
  if (*end > n) *end = n;
  else if (*end < 0 && (*end += n) < 0) *end = 0;
  if (*start < 0 && (*start += n) < 0) *start = 0;
  return *start <= *end;
}

/* A text to look for: "must be str, not int". */
typedef Str *c_SubStr;
MUST_USE static inline bool convert_SubStr(VM *vm, Value v, Str **out, const MethodSpec *spec,
                                           int i) {
  if (UNLIKELY(!value_is_str(v)))
    return raise_false(vm, TYPE_OF(TypeError), "must be str, not %T", v);
  *out = value_object(v);
  return true;
}

/* A single character. */
typedef uint32_t c_Fill;
MUST_USE static inline bool convert_Fill(VM *vm, Value v, uint32_t *out, const MethodSpec *spec,
                                         int i) {
  if (!value_is_str(v))
    return raise_false(vm, TYPE_OF(TypeError),
                       "The fill character must be a unicode character, not %T", v);
  const Str *s = value_object(v);
  if (s->length != 1)
    return raise_false(vm, TYPE_OF(TypeError),
                       "The fill character must be exactly one character long");
  *out = str_at(s, 0);
  return true;
}
#define DEFAULT_Fill(x) ' '

#endif
