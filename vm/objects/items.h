/* items.h -- what list and tuple (and deque) share: comparing, searching, repeating, printing runs
** of values. Sequences are passed as Values and read again after every step that may run Python. */
#ifndef KRAIT_ITEMS_H
#define KRAIT_ITEMS_H

#include "vm/contracts/native.h"
#include "vm/contracts/protocol.h"
#include "vm/objects/str.h"

/* values_equal with the cheap cases inline. */
MUST_USE MAY_RUN static inline Answer items_same(VM *vm, Value a, Value b) {
  if (a == b) return ANSWER_YES; /* identity implies equality, for nan too */
  if (value_are_ints(a, b)) return ANSWER_NO;
  if (value_is(a, str) && value_is(b, str)) return str_equal(value_object(a), value_object(b));
  return values_equal(vm, a, b);
}

/* items_compare: the rich comparison of two lists or two tuples (subclasses too). */
MUST_USE MAY_RUN Value items_compare(VM *vm, CompareOp op, Value left, Value right);
MUST_USE MAY_RUN Answer items_contain(VM *vm, Value sequence, Value v);
/* -1 raised */
MUST_USE MAY_RUN int64_t items_count(VM *vm, Value sequence, Value v);
/* items_index: -1 absent, -2 raised. start and stop as slices' (negative from the end). */
MUST_USE MAY_RUN int64_t items_index(VM *vm, Value sequence, Value v, int64_t start, int64_t stop);
/* items_repr: "[a, b]"; text of a recursive reference is open + "..." + close. */
MUST_USE MAY_RUN Value items_repr(VM *vm, Value sequence, const char *open, const char *close);

/* concat_mismatch: TypeError for sequence + other when `other` is no `name` */
COLD Value concat_mismatch(VM *vm, Value other, const char *name);
/* index_as_int64: an item index of `container`: TypeError "X indices must be integers or slices,
** not Y", IndexError when huge. */
MUST_USE MAY_RUN bool index_as_int64(VM *vm, Value key, const char *container, int64_t *out);
/* generic_alias: cls[item] */
MUST_USE MAY_RUN Value generic_alias(VM *vm, Value cls, Value item);
/* check_no_kwargs: false and TypeError "name() takes no keyword arguments" when kwnames is not
** empty. */
MUST_USE bool check_no_kwargs(VM *vm, const char *name, Tuple *kwnames);
/* check_positional: arity of constructors, in CPython's words ("name expected at most 1 argument,
** got 2"). */
MUST_USE bool check_positional(VM *vm, const char *name, int given, int least, int most);
/* READONLY(name, Self): setter of a GETSET row for what is a read-only member in CPython. */
#define READONLY(name, Self)                                               \
  static bool name(VM *vm, Self self, Value v) {                           \
    return raise_false(vm, TYPE_OF(AttributeError), "readonly attribute"); \
  }
/* builtin_attr: builtins.name, for __reduce__ of iterators. */
MUST_USE MAY_RUN Value builtin_attr(VM *vm, Str *name);
/* cell_sizeof: what __sizeof__ answers: the object's cell (static objects: its fixed part) and the
** one it owns (NULL: none). */
Value cell_sizeof(VM *vm, const void *object, const void *owned);

/* slice_index: v through __index__, clamped to int64. TypeError "slice indices must be integers or
** have an __index__ method". */
MUST_USE MAY_RUN bool slice_index(VM *vm, Value v, int64_t *out);

/* state_index: the position that an iterator's __setstate__ is given: an int itself, not what has
** an __index__. */
MUST_USE MAY_RUN static inline bool state_index(VM *vm, Value v, int64_t *out) {
  if (!value_is_any_int(v)) return raise_false(vm, TYPE_OF(TypeError), "an integer is required");
  return slice_index(vm, v, out);
}

/* a converter: index with clamping, for start/stop parameters */
typedef int64_t c_SliceIndex;
MUST_USE MAY_RUN static inline bool convert_SliceIndex(VM *vm, Value v, int64_t *out,
                                                       const MethodSpec *spec, int i) {
  if (LIKELY(value_is_int(v))) {
    *out = value_as_int(v);
    return true;
  }
  return slice_index(vm, v, out);
}
#define DEFAULT_SliceIndex(x) (x)

#endif
