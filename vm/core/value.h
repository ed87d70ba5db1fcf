/* value.h -- the 64-bit word that every Python value is (perf-note 0001).
**
** The low bits tell the kind:
**
**     ........................................................  00   float, self-tagged (rotated
**                                                               left by 4)
**     ........................................................  01   int, 62 bits: 4n + 1
**     .......................................................  010   pointer to a heap object:
**                                                              address + 2
**     .......................................................  110   special: None, False, True, …
**     ........................................................  11   float, self-tagged
**
** Law: every int that fits 62 bits is an immediate (int subclasses' instances excepted); every
** double whose rotated bits carry a float tag is an immediate. So `is` on immediates is a
** comparison of words. A zero word is the float 0.0: zeroed memory holds no pointer.
** See DESIGN notes in vm/README.md; measured in perf-notes.
*/
#ifndef KRAIT_VALUE_H
#define KRAIT_VALUE_H

#include "vm/base/common.h"

typedef uint64_t Value;
typedef struct VM VM;
typedef struct Object Object;
typedef struct Type Type;
typedef struct Shape Shape;

#define VALUE_SPECIAL(n) (((Value)(n) << 3) | 6)
#define VALUE_NONE VALUE_SPECIAL(0)
#define VALUE_FALSE VALUE_SPECIAL(1)
#define VALUE_TRUE VALUE_SPECIAL(2)
#define VALUE_ELLIPSIS VALUE_SPECIAL(3)
#define VALUE_NOT_IMPLEMENTED VALUE_SPECIAL(4)
/* no value: unbound local, absent attribute; never visible to Python */
#define VALUE_UNBOUND VALUE_SPECIAL(5)
#define VALUE_FAIL VALUE_SPECIAL(6)    /* an exception is pending in the vm */
#define VALUE_STOP VALUE_SPECIAL(7)    /* iterator exhausted, no exception pending */
#define VALUE_MISSING VALUE_SPECIAL(8) /* optional argument not given */

/* immediate int; not bool, not heap int */
static inline bool value_is_int(Value v) { return (v & 3) == 1; }
static inline bool value_is_float(Value v) { return ((v + 1) & 2) == 0; } /* immediate float */
static inline bool value_is_pointer(Value v) { return (v & 7) == 2; }
static inline bool value_is_special(Value v) { return (v & 7) == 6; }
static inline bool value_is_bool(Value v) { return v == VALUE_FALSE || v == VALUE_TRUE; }
static inline bool value_are_ints(Value a, Value b) { return (((a - 1) | (b - 1)) & 3) == 0; }
static inline bool value_are_floats(Value a, Value b) { return (((a + 1) | (b + 1)) & 2) == 0; }
static inline bool value_is_fail(Value v) { return UNLIKELY(v == VALUE_FAIL); }

/* ---- pointers */
static inline Value value_from(const void *object) {
  debug_check(object != NULL && ((uintptr_t)object & 7) == 0);
  return (Value)(uintptr_t)object + 2;
}
/* value_of: the value of a pointer that is NULL when its maker has failed. */
static inline Value value_of(const void *object) {
  return LIKELY(object != NULL) ? value_from(object) : VALUE_FAIL;
}
/* value_none_if: None, when what was done has not failed. */
static inline Value value_none_if(bool ok) { return LIKELY(ok) ? VALUE_NONE : VALUE_FAIL; }
static inline void *value_object(Value v) { /* needs value_is_pointer(v) */
  debug_check(value_is_pointer(v));
  return (void *)(uintptr_t)(v - 2);
}

/* ---- answers: of what may fail, so that no is not taken for a failure, nor a failure for no. */
typedef enum Answer { ANSWER_FAILED = -1, ANSWER_NO, ANSWER_YES } Answer;

/* ---- bools */
static inline Value value_bool(bool b) { return b ? VALUE_TRUE : VALUE_FALSE; }

/* ---- immediate ints: -2^61 .. 2^61-1 */
#define INT_IMMEDIATE_MAX ((int64_t)((UINT64_C(1) << 61) - 1))
#define INT_IMMEDIATE_MIN (-INT_IMMEDIATE_MAX - 1)
static inline bool int_fits_immediate(int64_t n) {
  return n >= INT_IMMEDIATE_MIN && n <= INT_IMMEDIATE_MAX;
}
static inline Value value_int_unchecked(int64_t n) { /* needs int_fits_immediate(n) */
  debug_check(int_fits_immediate(n));
  return (Value)n * 4 + 1;
}
static inline int64_t value_as_int(Value v) { /* needs value_is_int(v) */
  debug_check(value_is_int(v));
  return (int64_t)v >> 2;
}

/* ---- immediate floats */
static inline Value float_rotate(double d) {
  uint64_t bits;
  memcpy(&bits, &d, 8);
  return (bits << 4) | (bits >> 60);
}
static inline double value_as_float(Value v) { /* needs value_is_float(v) */
  debug_check(value_is_float(v));
  uint64_t bits = (v >> 4) | (v << 60);
  double d;
  memcpy(&d, &bits, 8);
  return d;
}
/* value_are_numbers: each an immediate int or float; value_number: such a one as a double, rounded
** as float(int) is. */
static inline bool value_are_numbers(Value a, Value b) { return (a & 3) != 2 && (b & 3) != 2; }
static inline double value_number(Value v) {
  return value_is_int(v) ? (double)value_as_int(v) : value_as_float(v);
}
MUST_USE Value float_box(VM *vm, double d); /* objects/float.c: a heap float; COLD */
MUST_USE static inline Value value_float(VM *vm, double d) {
  Value v = float_rotate(d);
  return LIKELY(value_is_float(v)) ? v : float_box(vm, d);
}

/* int_box: an int on the heap (objects/int.c); value_int: of any int64, immediate or there. */
MUST_USE Value int_box(VM *vm, int64_t n);
MUST_USE static inline Value value_int(VM *vm, int64_t n) {
  return LIKELY(int_fits_immediate(n)) ? value_int_unchecked(n) : int_box(vm, n);
}

#endif
