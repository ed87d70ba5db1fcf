/* compare.c -- orders, and what chooses by them. */
#include "vm/modules/decimal/limbs.h"

static int order_of(int64_t a, int64_t b) { return (a > b) - (a < b); }

int dec_order_magnitude(Work *work, const Number *a, const Number *b) {
  bool zero_a = number_is_zero(a), zero_b = number_is_zero(b);
  if (zero_a || zero_b) return zero_b - zero_a;
  int64_t at_a = number_adjusted(a), at_b = number_adjusted(b);
  if (at_a != at_b) return at_a < at_b ? -1 : 1;
  if (a->exponent == b->exponent) return limbs_compare(a->limbs, a->count, b->limbs, b->count);
  Number raised;
  if (a->exponent > b->exponent) {
    number_shift_left(work, a, a->exponent - b->exponent, &raised);
    return limbs_compare(raised.limbs, raised.count, b->limbs, b->count);
  }
  number_shift_left(work, b, b->exponent - a->exponent, &raised);
  return limbs_compare(a->limbs, a->count, raised.limbs, raised.count);
}

int dec_order(Work *work, const Number *a, const Number *b) {
  if (number_is_special(a) || number_is_special(b)) {
    int x = a->kind == KIND_FINITE ? 0 : a->negative ? -1 : 1;
    int y = b->kind == KIND_FINITE ? 0 : b->negative ? -1 : 1;
    return order_of(x, y);
  }
  int order = dec_order_magnitude(work, a, b);
  if (number_is_zero(a) && number_is_zero(b)) return 0;
  if (a->negative != b->negative) {
    if (number_is_zero(a)) return b->negative ? 1 : -1;
    return a->negative ? -1 : 1;
  }
  return a->negative ? -order : order;
}

/* Without signs: NaNs above infinity, signaling ones below quiet ones. */
static int order_total_magnitude(Work *work, const Number *a, const Number *b) {
  static const uint8_t rank[] = {
      [KIND_FINITE] = 0, [KIND_INFINITE] = 1, [KIND_SIGNALING] = 2, [KIND_NAN] = 3};
  if (a->kind != b->kind) return order_of(rank[a->kind], rank[b->kind]);
  if (a->kind == KIND_INFINITE) return 0;
  if (number_is_nan(a)) return limbs_compare(a->limbs, a->count, b->limbs, b->count);
  int order = dec_order_magnitude(work, a, b);
  return order ? order : order_of(a->exponent, b->exponent);
}
static int order_total(Work *work, const Number *a, const Number *b) {
  if (a->negative != b->negative) return a->negative ? -1 : 1;
  int order = order_total_magnitude(work, a, b);
  return a->negative ? -order : order;
}

static void set_order(int order, Number *out) {
  *out = order ? number_one : number_zero;
  out->negative = order < 0;
}
void dec_compare(Work *work, const Settings *s, const Number *a, const Number *b, Number *out) {
  if (!number_nans(work, s, a, b, NULL, out)) set_order(dec_order(work, a, b), out);
}
void dec_compare_signal(Work *work, const Settings *s, const Number *a, const Number *b,
                        Number *out) {
  if (number_nans(work, s, a, b, NULL, out)) work->status |= STATUS_INVALID_OPERATION;
  else set_order(dec_order(work, a, b), out);
}
void dec_compare_total(Work *work, const Settings *s, const Number *a, const Number *b,
                       Number *out) {
  set_order(order_total(work, a, b), out);
}
void dec_compare_total_mag(Work *work, const Settings *s, const Number *a, const Number *b,
                           Number *out) {
  set_order(order_total_magnitude(work, a, b), out);
}

/* ---- the larger and the smaller of two; a lone quiet NaN loses */

static void choose(Work *work, const Settings *s, const Number *a, const Number *b, bool larger,
                   bool magnitude, Number *out) {
  Number chosen;
  if (a->kind == KIND_NAN && !number_is_nan(b)) {
    chosen = *b;
  } else if (b->kind == KIND_NAN && !number_is_nan(a)) {
    chosen = *a;
  } else if (number_nans(work, s, a, b, NULL, out)) {
    return;
  } else {
    int order = 0;
    if (magnitude) {
      Number x = *a, y = *b;
      x.negative = y.negative = false;
      order = dec_order(work, &x, &y);
    }
    if (order == 0) order = dec_order(work, a, b);
    if (order == 0) order = order_total(work, a, b);
    chosen = (larger ? order >= 0 : order < 0) ? *a : *b;
  }
  number_finish(work, s, &chosen);
  *out = chosen;
}
void dec_max(Work *work, const Settings *s, const Number *a, const Number *b, Number *out) {
  choose(work, s, a, b, true, false, out);
}
void dec_min(Work *work, const Settings *s, const Number *a, const Number *b, Number *out) {
  choose(work, s, a, b, false, false, out);
}
void dec_max_mag(Work *work, const Settings *s, const Number *a, const Number *b, Number *out) {
  choose(work, s, a, b, true, true, out);
}
void dec_min_mag(Work *work, const Settings *s, const Number *a, const Number *b, Number *out) {
  choose(work, s, a, b, false, true, out);
}

/* ---- kinds */

bool dec_same_quantum(const Number *a, const Number *b) {
  if (number_is_nan(a) || number_is_nan(b)) return number_is_nan(a) && number_is_nan(b);
  if (number_is_special(a) || number_is_special(b)) return a->kind == b->kind;
  return a->exponent == b->exponent;
}
bool dec_is_normal(const Settings *s, const Number *a) {
  return !number_is_special(a) && !number_is_zero(a) && number_adjusted(a) >= s->emin;
}
bool dec_is_subnormal(const Settings *s, const Number *a) {
  return !number_is_special(a) && !number_is_zero(a) && number_adjusted(a) < s->emin;
}
const char *dec_class(const Settings *s, const Number *a) {
  if (a->kind == KIND_NAN) return "NaN";
  if (a->kind == KIND_SIGNALING) return "sNaN";
  if (a->kind == KIND_INFINITE) return a->negative ? "-Infinity" : "+Infinity";
  if (number_is_zero(a)) return a->negative ? "-Zero" : "+Zero";
  if (dec_is_normal(s, a)) return a->negative ? "-Normal" : "+Normal";
  return a->negative ? "-Subnormal" : "+Subnormal";
}
