/* delta.c -- datetime.timedelta: a duration of days, seconds and microseconds.
**
** Sums stay in 64 bits; products and quotients go through the number of microseconds, below 2**77,
** in 128 bits; what a float takes part in is computed exactly, in the interpreter's ints.
*/
#include <math.h>

#include "vm/modules/datetime/datetime.h"
#include "vm/native/bind.h"
#include "vm/objects/float.h"
#include "vm/objects/hashing.h"
#include "vm/objects/list.h"

#define NATIVE_DEF "vm/modules/datetime/timedelta.def"
#define NATIVE_PREFIX timedelta_
#define NATIVE_SELF Delta *
#include "vm/contracts/native_class.inc"
typedef __int128 Wide;
#define US_A_DAY ((int64_t)SECONDS_A_DAY * US_A_SECOND)

/* ---- making */

/* Fields as they are, of any class of timedeltas; instances of subclasses are not initialised. */
static Value new_of(VM *vm, Type *cls, int64_t days, int64_t seconds, int64_t us) {
  Delta *d = FIELD_CELL(vm, cls, datetime_timedelta, sizeof *d, true);
  if (UNLIKELY(!d)) return VALUE_FAIL;
  d->days = value_int_unchecked(days), d->seconds = value_int_unchecked(seconds),
  d->microseconds = value_int_unchecked(us);
  return value_from(d);
}

static COLD Value raise_too_large(VM *vm) {
  return raise_error(vm, TYPE_OF(OverflowError), "Python int too large to convert to C int");
}

/* *part modulo limit, at least 0; the rest goes to *larger. */
static inline void carry(int64_t *part, int64_t limit, int64_t *larger) {
  if (LIKELY((uint64_t)*part < (uint64_t)limit)) return;
  int64_t whole = *part / limit, rest = *part % limit;
  if (rest < 0) rest += limit, whole--;
  *part = rest;
  *larger += whole;
}

static Value new_normal(VM *vm, Type *cls, int64_t days, int64_t seconds, int64_t us) {
  carry(&us, US_A_SECOND, &seconds);
  carry(&seconds, SECONDS_A_DAY, &days);
  if (UNLIKELY(days != (int32_t)days)) return raise_too_large(vm);
  if (UNLIKELY(days > DELTA_DAYS_MAX || days < -DELTA_DAYS_MAX))
    return raise_error(vm, TYPE_OF(OverflowError), "days=%lld; must have magnitude <= %d",
                       (long long)days, DELTA_DAYS_MAX);
  return new_of(vm, cls, days, seconds, us);
}

Value delta_new(VM *vm, int64_t days, int64_t seconds, int64_t us) {
  return new_normal(vm, TYPE_OF(datetime_timedelta), days, seconds, us);
}

static Value new_from_us(VM *vm, Type *cls, Wide us) {
  Wide days = us / US_A_DAY, rest = us % US_A_DAY;
  if (rest < 0) rest += US_A_DAY, days--;
  if (days > INT32_MAX || days < INT32_MIN) return raise_too_large(vm);
  return new_normal(vm, cls, (int64_t)days, 0, (int64_t)rest);
}
static Value delta_from_us(VM *vm, Wide us) {
  return new_from_us(vm, TYPE_OF(datetime_timedelta), us);
}

static inline Wide all_us(const Delta *d) {
  return (Wide)(delta_days(d) * SECONDS_A_DAY + delta_seconds(d)) * US_A_SECOND + delta_us(d);
}

/* ---- 128 bits and the interpreter's ints */

static Value int_from_wide(VM *vm, Wide n) {
  if (n >= INT64_MIN && n <= INT64_MAX) return value_int(vm, (int64_t)n);
  return int_from_byte_array(vm, (const uint8_t *)&n, sizeof n, true, true);
}

/* false: beyond 126 bits. */
static bool int_to_wide(Value v, Wide *out) {
  int64_t small;
  if (int_to_int64(v, &small)) return *out = small, true;
  const BigInt *big = value_object(v);
  int64_t count = big->size < 0 ? -big->size : big->size;
  if (count > 2 || (count == 2 && big->limbs[1] >> 62)) return false;
  Wide n = (count == 2 ? (Wide)big->limbs[1] << 64 : 0) | big->limbs[0];
  *out = big->size < 0 ? -n : n;
  return true;
}

static Value new_from_int(VM *vm, Value us) {
  Wide n;
  if (value_is_fail(us)) return us;
  return int_to_wide(us, &n) ? delta_from_us(vm, n) : raise_too_large(vm);
}

/* ---- timedelta(...): a sum of parts in units; what fractions of microseconds floats leave is
** rounded once, at the end */

enum { UNIT_COUNT = 7 };
static const struct {
  const char *name;
  int64_t us;
} units[UNIT_COUNT] = {
    {"days", US_A_DAY},      {"seconds", US_A_SECOND},        {"microseconds", 1},
    {"milliseconds", 1000},  {"minutes", 60LL * US_A_SECOND}, {"hours", 3600LL * US_A_SECOND},
    {"weeks", 7 * US_A_DAY},
};

static bool add_product(VM *vm, Wide *sum, Value n, int64_t factor) {
  Wide wide, product;
  if (int_to_wide(n, &wide) && !__builtin_mul_overflow(wide, (Wide)factor, &product) &&
      !__builtin_add_overflow(*sum, product, sum))
    return true;
  return raise_too_large(vm), false;
}

static bool add_part(VM *vm, Wide *sum, double *leftover, Value v, int unit) {
  if (value_is_any_int(v)) return add_product(vm, sum, v, units[unit].us);
  if (!value_is_any_float(v))
    return raise_false(vm, TYPE_OF(TypeError), "unsupported type for timedelta %s component: %T",
                       units[unit].name, v);
  double whole, fraction = modf(float_of(v), &whole);
  if (isnan(whole))
    return raise_false(vm, TYPE_OF(ValueError), "cannot convert float NaN to integer");
  if (isinf(whole))
    return raise_false(vm, TYPE_OF(OverflowError), "cannot convert float infinity to integer");
  if (!add_product(vm, sum, int_from_double(vm, whole), units[unit].us)) return false;
  if (fraction == 0) return true;
  fraction = modf(fraction * (double)units[unit].us, &whole);
  *sum += (Wide)whole;
  *leftover += fraction;
  return true;
}

static Wide round_leftover(Wide sum, double leftover) {
  double whole = round(leftover);
  if (fabs(whole - leftover) == 0.5) { /* a tie: to the even sum */
    double odd = (double)(sum & 1);
    whole = 2.0 * round((leftover + odd) * 0.5) - odd;
  }
  return sum + (Wide)whole;
}

static Value sum_parts(VM *vm, Type *cls, const Value parts[UNIT_COUNT]) {
  Wide sum = 0;
  double leftover = 0;
  /* as leftovers are added, and the first wrong part is named */
  static const uint8_t order[UNIT_COUNT] = {2, 3, 1, 4, 5, 0, 6};
  for (int i = 0; i < UNIT_COUNT; i++)
    if (parts[order[i]] != VALUE_MISSING &&
        !add_part(vm, &sum, &leftover, parts[order[i]], order[i]))
      return VALUE_FAIL;
  if (leftover != 0) sum = round_leftover(sum, leftover);
  return new_from_us(vm, cls, sum);
}

static Value timedelta_parts_construct(VM *vm, Type *cls, const timedelta_parts_construct_args *a) {
  const Value parts[UNIT_COUNT] = {a->days,    a->seconds, a->microseconds, a->milliseconds,
                                   a->minutes, a->hours,   a->weeks};
  return sum_parts(vm, cls, parts);
}

/* Small ints by well-known names: no binding, no 128 bits. */
static bool quick_parts(VM *vm, const Value *args, int npos, const Tuple *kwnames,
                        int64_t parts[UNIT_COUNT]) {
  static Str *names[UNIT_COUNT];
  if (!names[0])
    for (int i = UNIT_COUNT - 1; i >= 0; i--) names[i] = str_intern_immortal(vm, units[i].name);
  int given = kwnames ? (int)tuple_length(kwnames) : 0;
  uint32_t seen = (1u << npos) - 1;
  for (int i = 0; i < npos + given; i++) {
    if (!value_is_int(args[i]) || (int32_t)value_as_int(args[i]) != value_as_int(args[i]))
      return false;
    int at = i;
    if (i >= npos) {
      for (at = 0; at < UNIT_COUNT && value_object(kwnames->items[i - npos]) != names[at];) at++;
      if (at == UNIT_COUNT || seen >> at & 1) return false;
      seen |= 1u << at;
    }
    parts[at] = value_as_int(args[i]);
  }
  return true;
}

static Value timedelta_construct(VM *vm, Type *cls, const Value *args, int npos, Tuple *kwnames) {
  int64_t p[UNIT_COUNT] = {0};
  if (npos <= UNIT_COUNT && quick_parts(vm, args, npos, kwnames, p))
    return new_normal(vm, cls, p[0] + p[6] * 7, p[1] + p[4] * 60 + p[5] * 3600, p[2] + p[3] * 1000);
  return timedelta_parts_construct_call(vm, value_from(cls), args, npos, kwnames);
}

/* ---- comparing */

int delta_compare(const Delta *a, const Delta *b) {
  if (a->days != b->days) return (int64_t)a->days < (int64_t)b->days ? -1 : 1;
  if (a->seconds != b->seconds) return a->seconds < b->seconds ? -1 : 1;
  return order_of((int64_t)a->microseconds, (int64_t)b->microseconds);
}

#define COMPARISON(name, op)                                                         \
  static Value name(VM *vm, Delta *self, const name##_args *a) {                     \
    if (UNLIKELY(!IS_DELTA(a->value))) return VALUE_NOT_IMPLEMENTED;                 \
    return value_bool(order_holds(op, delta_compare(self, value_object(a->value)))); \
  }
COMPARISON(timedelta_op_lt, COMPARE_LT)
COMPARISON(timedelta_op_le, COMPARE_LE)
COMPARISON(timedelta_op_eq, COMPARE_EQ)
COMPARISON(timedelta_op_ne, COMPARE_NE)
COMPARISON(timedelta_op_gt, COMPARE_GT)
COMPARISON(timedelta_op_ge, COMPARE_GE)

/* that of (days, seconds, microseconds), as in the reference */
uint64_t delta_hash(VM *vm, const Delta *d) {
  uint64_t hash = 0;
  Value room[sizeof(Tuple) / sizeof(Value) + 3] = {0};
  Tuple *fields = (Tuple *)room;
  fields->length = value_int_unchecked(3);
  memcpy(fields->items, (const Value[]){d->days, d->seconds, d->microseconds}, 3 * sizeof(Value));
  if (!tuple_hash(vm, fields, &hash)) panic("an int has no hash");
  return hash;
}
static Value timedelta_op_hash(VM *vm, Delta *self, const timedelta_op_hash_args *a) {
  return value_int(vm, (int64_t)delta_hash(vm, self));
}
static Value timedelta_op_truth(VM *vm, Delta *self, const timedelta_op_truth_args *a) {
  return value_bool(delta_days(self) || delta_seconds(self) || delta_us(self));
}

/* ---- sums */

static Value add(VM *vm, const Delta *a, const Delta *b) {
  return delta_new(vm, delta_days(a) + delta_days(b), delta_seconds(a) + delta_seconds(b),
                   delta_us(a) + delta_us(b));
}
Value delta_sub(VM *vm, const Delta *a, const Delta *b) {
  return delta_new(vm, delta_days(a) - delta_days(b), delta_seconds(a) - delta_seconds(b),
                   delta_us(a) - delta_us(b));
}
static Value timedelta_op_add(VM *vm, Delta *self, const timedelta_op_add_args *a) {
  return IS_DELTA(a->value) ? add(vm, self, value_object(a->value)) : VALUE_NOT_IMPLEMENTED;
}
static Value timedelta_op_radd(VM *vm, Delta *self, const timedelta_op_radd_args *a) {
  return IS_DELTA(a->value) ? add(vm, value_object(a->value), self) : VALUE_NOT_IMPLEMENTED;
}
static Value timedelta_op_sub(VM *vm, Delta *self, const timedelta_op_sub_args *a) {
  return IS_DELTA(a->value) ? delta_sub(vm, self, value_object(a->value)) : VALUE_NOT_IMPLEMENTED;
}
static Value timedelta_op_rsub(VM *vm, Delta *self, const timedelta_op_rsub_args *a) {
  return IS_DELTA(a->value) ? delta_sub(vm, value_object(a->value), self) : VALUE_NOT_IMPLEMENTED;
}
static Value negative(VM *vm, const Delta *d) {
  return delta_new(vm, -delta_days(d), -delta_seconds(d), -delta_us(d));
}
static Value positive(VM *vm, const Delta *d) {
  return delta_new(vm, delta_days(d), delta_seconds(d), delta_us(d));
}
static Value timedelta_op_neg(VM *vm, Delta *self, const timedelta_op_neg_args *a) {
  return negative(vm, self);
}
static Value timedelta_op_pos(VM *vm, Delta *self, const timedelta_op_pos_args *a) {
  return positive(vm, self);
}
static Value timedelta_op_abs(VM *vm, Delta *self, const timedelta_op_abs_args *a) {
  return delta_days(self) < 0 ? negative(vm, self) : positive(vm, self);
}

/* ---- products and quotients */

static COLD Value raise_division(VM *vm, const char *text) {
  return raise_error(vm, TYPE_OF(ZeroDivisionError), "%s", text);
}

static inline Wide wide_floordiv(Wide a, Wide b) {
  Wide quotient = a / b;
  return a % b != 0 && (a < 0) != (b < 0) ? quotient - 1 : quotient;
}
static inline Wide wide_mod(Wide a, Wide b) { return a - wide_floordiv(a, b) * b; }

/* a / b to the nearest int, ties to even; on ints of any size, b > 0. */
static Value divide_nearest(VM *vm, Value a, Value b) {
  Value quotient = int_floordiv(vm, a, b), rest = int_mod(vm, a, b);
  if (value_is_fail(quotient) || value_is_fail(rest)) return VALUE_FAIL;
  Value twice = int_mul(vm, rest, value_int_unchecked(2));
  if (value_is_fail(twice)) return VALUE_FAIL;
  int order = int_compare(twice, b);
  bool up = order > 0 ||
            (order == 0 && int_mod(vm, quotient, value_int_unchecked(2)) != value_int_unchecked(0));
  return up ? int_add(vm, quotient, value_int_unchecked(1)) : quotient;
}

/* self * factor, or self / factor; the float exactly. */
static Value scale_by_float(VM *vm, const Delta *self, Value factor, bool divide) {
  Value ratio = call_method0(vm, factor, NAME("as_integer_ratio"));
  if (value_is_fail(ratio)) return ratio;
  const Value *parts;
  size_t count;
  if (!sequence_view(ratio, &parts, &count) || !value_has_flag(ratio, TYPE_TUPLE_SUBCLASS))
    return raise_type(
        vm, "unexpected return type from as_integer_ratio(): expected tuple, got '%T'", ratio);
  if (count != 2) return raise_value(vm, "as_integer_ratio() must return a 2-tuple");
  Value numerator = parts[divide], denominator = parts[!divide];
  if (!value_is_any_int(numerator) || !value_is_any_int(denominator))
    return raise_type(vm, "unsupported operand type(s) for *: 'int' and '%T'",
                      value_is_any_int(numerator) ? denominator : numerator);
  if (int_sign(denominator) == 0) return raise_division(vm, "integer division or modulo by zero");
  Value product = int_mul(vm, int_from_wide(vm, all_us(self)), numerator);
  if (!value_is_fail(product) && int_sign(denominator) < 0) {
    product = int_neg(vm, product);
    denominator = int_neg(vm, denominator);
  }
  if (value_is_fail(product) || value_is_fail(denominator)) return VALUE_FAIL;
  return new_from_int(vm, divide_nearest(vm, product, denominator));
}

static Value scale(VM *vm, const Delta *self, Value factor) {
  if (value_is_any_int(factor)) {
    Wide n, product;
    if (int_to_wide(factor, &n) && !__builtin_mul_overflow(all_us(self), n, &product))
      return delta_from_us(vm, product);
    return all_us(self) ? raise_too_large(vm) : delta_from_us(vm, 0);
  }
  return value_is_any_float(factor) ? scale_by_float(vm, self, factor, false)
                                    : VALUE_NOT_IMPLEMENTED;
}
static Value timedelta_op_mul(VM *vm, Delta *self, const timedelta_op_mul_args *a) {
  return scale(vm, self, a->value);
}
static Value timedelta_op_rmul(VM *vm, Delta *self, const timedelta_op_rmul_args *a) {
  return scale(vm, self, a->value);
}

static Value divide_by_int(VM *vm, const Delta *self, Value divisor) { /* rounded */
  int sign = int_sign(divisor);
  if (sign == 0) return raise_division(vm, "integer division or modulo by zero");
  Value us = int_from_wide(vm, all_us(self));
  if (sign < 0) us = int_neg(vm, us), divisor = int_neg(vm, divisor);
  return new_from_int(vm, divide_nearest(vm, us, int_exact(vm, divisor)));
}

static Value truediv(VM *vm, const Delta *a, Value right) {
  if (IS_DELTA(right)) {
    Wide x = all_us(a), y = all_us(value_object(right));
    if (y == 0) return raise_division(vm, "division by zero");
    return int_truediv(vm, int_from_wide(vm, x), int_from_wide(vm, y));
  }
  if (value_is_any_float(right)) return scale_by_float(vm, a, right, true);
  return value_is_any_int(right) ? divide_by_int(vm, a, right) : VALUE_NOT_IMPLEMENTED;
}
static Value timedelta_op_truediv(VM *vm, Delta *self, const timedelta_op_truediv_args *a) {
  return truediv(vm, self, a->value);
}
static Value timedelta_op_rtruediv(VM *vm, Delta *self, const timedelta_op_rtruediv_args *a) {
  return IS_DELTA(a->value) ? truediv(vm, value_object(a->value), value_from(self))
                            : VALUE_NOT_IMPLEMENTED;
}

static Value floordiv(VM *vm, const Delta *a, Value right) {
  bool by_delta = IS_DELTA(right);
  if (!by_delta && !value_is_any_int(right)) return VALUE_NOT_IMPLEMENTED;
  Wide divisor;
  if (by_delta) divisor = all_us(value_object(right));
  else if (!int_to_wide(right, &divisor)) /* more than any duration */
    return delta_from_us(vm, all_us(a) != 0 && (all_us(a) < 0) != (int_sign(right) < 0) ? -1 : 0);
  if (divisor == 0) return raise_division(vm, "integer division or modulo by zero");
  Wide quotient = wide_floordiv(all_us(a), divisor);
  return by_delta ? int_from_wide(vm, quotient) : delta_from_us(vm, quotient);
}
static Value timedelta_op_floordiv(VM *vm, Delta *self, const timedelta_op_floordiv_args *a) {
  return floordiv(vm, self, a->value);
}
static Value timedelta_op_rfloordiv(VM *vm, Delta *self, const timedelta_op_rfloordiv_args *a) {
  return IS_DELTA(a->value) ? floordiv(vm, value_object(a->value), value_from(self))
                            : VALUE_NOT_IMPLEMENTED;
}

static Value mod(VM *vm, const Delta *a, const Delta *b) {
  Wide divisor = all_us(b);
  return divisor ? delta_from_us(vm, wide_mod(all_us(a), divisor))
                 : raise_division(vm, "integer modulo by zero");
}
static Value timedelta_op_mod(VM *vm, Delta *self, const timedelta_op_mod_args *a) {
  return IS_DELTA(a->value) ? mod(vm, self, value_object(a->value)) : VALUE_NOT_IMPLEMENTED;
}
static Value timedelta_op_rmod(VM *vm, Delta *self, const timedelta_op_rmod_args *a) {
  return IS_DELTA(a->value) ? mod(vm, value_object(a->value), self) : VALUE_NOT_IMPLEMENTED;
}

static Value both(VM *vm, const Delta *a, const Delta *b) {
  if (all_us(b) == 0) return raise_division(vm, "integer division or modulo by zero");
  Value quotient = int_from_wide(vm, wide_floordiv(all_us(a), all_us(b))), rest = mod(vm, a, b);
  return PACK(quotient, rest);
}
static Value timedelta_op_divmod(VM *vm, Delta *self, const timedelta_op_divmod_args *a) {
  return IS_DELTA(a->value) ? both(vm, self, value_object(a->value)) : VALUE_NOT_IMPLEMENTED;
}
static Value timedelta_op_rdivmod(VM *vm, Delta *self, const timedelta_op_rdivmod_args *a) {
  return IS_DELTA(a->value) ? both(vm, value_object(a->value), self) : VALUE_NOT_IMPLEMENTED;
}

/* ---- text and the rest */

static Value timedelta_op_repr(VM *vm, Delta *self, const timedelta_op_repr_args *a) {
  StrBuilder text;
  str_builder_init(&text, vm);
  const struct {
    const char *name;
    int64_t n;
  } parts[] = {{"days", delta_days(self)},
               {"seconds", delta_seconds(self)},
               {"microseconds", delta_us(self)}};
  const char *before = "";
  for (int i = 0; i < 3; i++) {
    if (!parts[i].n) continue;
    Str *part = str_format(vm, "%s%s=%lld", before, parts[i].name, (long long)parts[i].n);
    str_builder_str(&text, part);
    before = ", ";
  }
  if (!*before) str_builder_cstr(&text, "0");
  Str *inside = str_builder_finish(&text);
  Str *whole = inside ? str_format(vm, "%N(%U)", object_type(self), inside) : NULL;
  return value_of(whole);
}

static Value timedelta_op_str(VM *vm, Delta *self, const timedelta_op_str_args *a) {
  char text[80];
  int64_t days = delta_days(self), seconds = delta_seconds(self), us = delta_us(self);
  int n = days ? snprintf(text, sizeof text, "%lld day%s, ", (long long)days,
                          days == 1 || days == -1 ? "" : "s")
               : 0;
  n += snprintf(text + n, sizeof text - (size_t)n, "%d:%02d:%02d", (int)(seconds / 3600),
                (int)(seconds / 60 % 60), (int)(seconds % 60));
  if (us) n += snprintf(text + n, sizeof text - (size_t)n, ".%06d", (int)us);
  return value_of(str_new_ascii(vm, text, (size_t)n));
}

Value delta_total_seconds(VM *vm, const Delta *d) {
  Wide us = all_us(d);
  /* one rounding */
  if (us > -(INT64_C(1) << 53) && us < (INT64_C(1) << 53))
    return value_float(vm, (double)(int64_t)us / 1e6);
  return int_truediv(vm, int_from_wide(vm, us), value_int_unchecked(US_A_SECOND));
}
static Value timedelta_total_seconds(VM *vm, Delta *self, const timedelta_total_seconds_args *a) {
  return delta_total_seconds(vm, self);
}
static Value timedelta_reduce(VM *vm, Delta *self, const timedelta_reduce_args *a) {
  Value fields = PACK(self->days, self->seconds, self->microseconds);
  return PACK(value_from(object_type(self)), fields);
}

/* ---- the class */

const ClassSpec datetime_timedelta_class = {
    NATIVE_CLASS(timedelta_),
    .basic_size = sizeof(Delta),
};
