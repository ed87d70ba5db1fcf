/* int.h -- heap ints and int subclasses.
** Law: an exact int is a heap int only when it does not fit the immediate range. Instances of int
** subclasses always have this layout, whatever their size; bool is a special value, not a heap
** int. */
#ifndef KRAIT_INT_H
#define KRAIT_INT_H

#include "vm/memory/heap.h"

typedef struct BigInt {
  Object h;
  int64_t size;     /* limbs; negative for a negative number; 0 for 0 (subclasses only) */
  uint64_t limbs[]; /* least significant first, top limb not 0 */
} BigInt;

/* ---- any int (immediate, bool, heap, subclass) */
/* false: does not fit. needs value_is_any_int(v) */
bool int_to_int64(Value v, int64_t *out);
bool int_to_uint64(Value v, uint64_t *out); /* false: negative or too large */
MUST_USE Value int_from_uint64(VM *vm, uint64_t n);
/* truncates; needs a finite d */
MUST_USE Value int_from_double(VM *vm, double d);
/* false: OverflowError "int too large to convert to float" */
MUST_USE bool int_to_double(VM *vm, Value v, double *out);
int int_sign(Value v);          /* -1, 0, 1 */
uint64_t int_low_bits(Value v); /* modulo 2**64 */
/* int_parse: digits of `base` (0: by prefix) with underscores and sign as int(text, base);
** VALUE_FAIL with ValueError */
MUST_USE MAY_RUN Value int_parse(VM *vm, const char *text, size_t size, int base);
/* int_from_digits: valid digits only: literals */
MUST_USE MAY_RUN Value int_from_digits(VM *vm, const char *digits, size_t count, int base);
/* Str; base 2, 8, 10, 16; no prefix */
MUST_USE MAY_RUN Value int_to_str(VM *vm, Value v, int base);
/* sys.set_int_max_str_digits; 0: no limit */
extern int int_max_str_digits;
/* int_parse_as: int_parse, with `original` shown by the message of a ValueError (UNBOUND: the
** text) */
MUST_USE MAY_RUN Value int_parse_as(VM *vm, const char *text, size_t size, int base,
                                    Value original);
/* number_text: the text with decimal digits and spaces of all scripts turned into ASCII, others
** that are not ASCII into '?'. */
MUST_USE const char *number_text(VM *vm, Str *s, size_t *size);
MUST_USE Value int_from_byte_array(VM *vm, const uint8_t *bytes, size_t n, bool little,
                                   bool is_signed);
/* int_exact: the plain int equal to v (bool, subclass instance …) */
MUST_USE Value int_exact(VM *vm, Value v);
uint64_t int_hash(Value v);

/* arithmetic on any ints: the slow path of the interpreter's inline int code. Results are exact
** ints. */
MUST_USE Value int_add(VM *vm, Value a, Value b);
MUST_USE Value int_sub(VM *vm, Value a, Value b);
MUST_USE MAY_RUN Value int_mul(VM *vm, Value a, Value b);
MUST_USE MAY_RUN Value int_truediv(VM *vm, Value a, Value b);
MUST_USE MAY_RUN Value int_floordiv(VM *vm, Value a, Value b);
MUST_USE MAY_RUN Value int_mod(VM *vm, Value a, Value b);
MUST_USE MAY_RUN Value int_divmod(VM *vm, Value a, Value b); /* a tuple */
/* int_pow: mod VALUE_NONE: none; float for negative b */
MUST_USE MAY_RUN Value int_pow(VM *vm, Value a, Value b, Value mod);
MUST_USE Value int_lshift(VM *vm, Value a, Value b);
MUST_USE Value int_rshift(VM *vm, Value a, Value b);
MUST_USE Value int_and(VM *vm, Value a, Value b);
MUST_USE Value int_or(VM *vm, Value a, Value b);
MUST_USE Value int_xor(VM *vm, Value a, Value b);
MUST_USE Value int_neg(VM *vm, Value a);
MUST_USE Value int_invert(VM *vm, Value a);
/* int_binary_wide: `op` (a BinaryOp) on exact ints when they and the result have less than 128
** bits; false: nothing done. */
MUST_USE bool int_binary_wide(VM *vm, int op, Value a, Value b, Value *out);
int int_compare(Value a, Value b); /* <0, 0, >0 */

/* format_int: __format__ of an exact int (objects/format_value.c) */
MUST_USE MAY_RUN Value format_int(VM *vm, Value n, Str *spec);

#endif
