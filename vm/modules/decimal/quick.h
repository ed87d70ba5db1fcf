/* quick.h -- the usual cases of arithmetic, without a Work: finite operands of up to 36 digits
** whose result has no more than 37 before it is rounded, or is a product of two such.
**
** VALUE_UNBOUND: the case is another, nothing was done. Perf-note 0060. */
#ifndef KRAIT_DECIMAL_QUICK_H
#define KRAIT_DECIMAL_QUICK_H

#include "vm/modules/decimal/decimal.h"

MUST_USE Value quick_add(VM *vm, Value a, Value b, bool subtract, DecimalContext *context);
MUST_USE Value quick_mul(VM *vm, Value a, Value b, DecimalContext *context);
MUST_USE Value quick_div(VM *vm, Value a, Value b, DecimalContext *context);
/* an integer power */
/* quick_modulo, quick_floordiv: the two of divmod */
MUST_USE Value quick_modulo(VM *vm, Value a, Value b, DecimalContext *context);
MUST_USE Value quick_floordiv(VM *vm, Value a, Value b, DecimalContext *context);
/* quick_signed: a number that is not 0 with another sign */
MUST_USE Value quick_signed(VM *vm, const Decimal *a, bool negative, const DecimalContext *context);
MUST_USE Value quick_power(VM *vm, Value a, Value b, DecimalContext *context);
/* quick_quantize: a with an exponent */
MUST_USE Value quick_quantize(VM *vm, const Decimal *a, int64_t exponent, const Settings *s,
                              DecimalContext *context);
/* quick_order: true: *order is -1, 0 or 1. */
MUST_USE bool quick_order(Value a, Value b, int *order);
/* quick_parse: digits, perhaps with a sign and a point: VALUE_UNBOUND for others and more. */
MUST_USE Value quick_parse(VM *vm, const char *text, size_t size);

#endif
