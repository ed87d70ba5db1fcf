/* convert.c -- Decimals out of other values, exactly or rounded to a context. */
#include <gmp.h>
#include <math.h>

#include "vm/base/unicode.h"
#include "vm/modules/decimal/quick.h"
#include "vm/objects/float.h"
#include "vm/objects/int_limbs.h"
#include "vm/objects/list.h"

/* op, whose settings say how it is to be rounded; an exact conversion that had to round is
** invalid. */
static Value convert(VM *vm, Type *cls, Operation *op, DecimalContext *context, bool exact) {
  const uint32_t lossy = STATUS_INEXACT | STATUS_ROUNDED | STATUS_CLAMPED;
  op->settings = exact ? &settings_exact : &context->s;
  if (!operation_run(vm, op)) return VALUE_FAIL;
  if (exact) {
    if (op->work.status & lossy) number_invalid(&op->work, STATUS_INVALID_OPERATION, &op->result);
    op->work.status &= STATUS_ALL_INVALID;
  }
  return decimal_finish(vm, cls, op, context);
}

/* ---- text */

/* The text as ASCII, without the spaces around it and without underscores. NULL: raised. */
static const char *plain_text(VM *vm, Str *s, size_t *size) {
  size_t n;
  const char *text = number_text(vm, s, &n);
  if (!text) return NULL;
#define IS_SPACE(c) ((c) == ' ' || ((c) >= '\t' && (c) <= '\r') || ((c) >= 0x1C && (c) <= 0x1F))
  while (n && IS_SPACE(*text)) text++, n--;
  while (n && IS_SPACE(text[n - 1])) n--;
#undef IS_SPACE
  *size = n;
  if (!memchr(text, '_', n)) return text;
  RawBytes *copy = raw_bytes_new(vm, n + 1);
  if (!copy) return NULL;
  size_t kept = 0;
  for (size_t i = 0; i < n; i++)
    if (text[i] != '_') copy->bytes[kept++] = (uint8_t)text[i];
  *size = kept;
  return (const char *)copy->bytes;
}

static Value from_text(VM *vm, Type *cls, Str *s, DecimalContext *context, bool exact) {
  size_t size;
  if (LIKELY(exact && cls == TYPE_OF(decimal_Decimal) && str_is_ascii(s))) {
    Value v = quick_parse(vm, str_data(s), s->length);
    if (LIKELY(v != VALUE_UNBOUND)) return v;
  }
  Operation op;
  memset(&op, 0, offsetof(Operation, result));
  op.apply = apply_parse;
  op.source = exact ? plain_text(vm, s, &size) : number_text(vm, s, &size);
  if (!op.source) return VALUE_FAIL;
  op.size = (int64_t)size;
  op.cost = op.size / LIMB_DIGITS;
  return convert(vm, cls, &op, context, exact);
}

/* ---- ints */

static void apply_int(Operation *op) {
  int64_t count;
  Limb *limbs = limbs_from_binary(&op->work, op->source, op->size, &count);
  number_set_limbs(&op->result, op->a.negative, limbs, count, 0);
  number_finish(&op->work, op->settings, &op->result);
}

Value decimal_from_int(VM *vm, Type *cls, Value v, DecimalContext *context, bool exact) {
  IntView view;
  Operand small;
  int64_t n;
  if (int_to_int64(v, &n) && (exact || n == 0)) {
    if (operand_of(vm, v, &small) != ANSWER_YES) return VALUE_FAIL;
    return decimal_new(vm, cls, &small.n);
  }
  int_view(v, &view);
  Operation op = {.apply = apply_int, .source = view.limbs, .size = view.count};
  op.a.negative = view.negative;
  enum { AGAINST_LINEAR = 8 };
  op.cost = view.count * AGAINST_LINEAR;
  return convert(vm, cls, &op, context, exact);
}

/* ---- floats: m * 2^e, and 2^-k = 5^k / 10^k */

static void apply_float(Operation *op) {
  Work *work = &op->work;
  int exponent;
  uint64_t m = (uint64_t)ldexp(frexp(fabs(op->real), &exponent), 53);
  exponent -= 53;
  if (m == 0) exponent = 0;
  for (; m && !(m & 1); m >>= 1) exponent++;
  mpz_t n, scale;
  mpz_init_set_ui(n, m);
  if (exponent >= 0) {
    mpz_mul_2exp(n, n, (mp_bitcnt_t)exponent);
  } else {
    mpz_init(scale);
    mpz_ui_pow_ui(scale, 5, (unsigned long)-exponent);
    mpz_mul(n, n, scale);
    mpz_clear(scale);
  }
  int64_t count, size = (int64_t)mpz_size(n);
  uint64_t *words = work_limbs(work, size + 1);
  memcpy(words, mpz_limbs_read(n), (size_t)size * 8);
  mpz_clear(n);
  Limb *limbs = limbs_from_binary(work, words, size, &count);
  number_set_limbs(&op->result, signbit(op->real), limbs, count, exponent < 0 ? exponent : 0);
  number_finish(work, op->settings, &op->result);
}

Value decimal_from_float(VM *vm, Type *cls, double d, DecimalContext *context, bool exact) {
  Number n;
  if (!isfinite(d)) {
    if (isnan(d)) number_set_nan(&n);
    else number_set_infinity(&n, d < 0);
    return decimal_new(vm, cls, &n);
  }
  Operation op = {.apply = apply_float, .real = d};
  return convert(vm, cls, &op, context, exact);
}

/* ---- tuples of sign, digits, exponent: by way of text */

static bool add_sign(VM *vm, Value sign, Buffer *text) {
  if (sign != value_int_unchecked(0) && sign != value_int_unchecked(1))
    return raise_false(vm, TYPE_OF(ValueError), "sign must be an integer with the value 0 or 1");
  buffer_add_text(text, sign == value_int_unchecked(1) ? "-" : "");
  return true;
}

/* "Inf", "NaN", "sNaN" for a text in the exponent's place, "" for an int; NULL: raised. */
static const char *special_name(VM *vm, Value exponent, int64_t *n) {
  if (value_is_str(exponent)) {
    Str *s = value_object(exponent);
    if (str_equal_cstr(s, "F")) return "Inf";
    if (str_equal_cstr(s, "n")) return "NaN";
    if (str_equal_cstr(s, "N")) return "sNaN";
    raise_value(vm, "string argument in the third position must be 'F', 'n' or 'N'");
    return NULL;
  }
  if (!value_is_any_int(exponent)) return raise_value(vm, "exponent must be an integer"), NULL;
  if (int_to_int64(exponent, n)) return "";
  raise_error(vm, TYPE_OF(OverflowError), "Python int too large to convert to C ssize_t");
  return NULL;
}

static bool add_digits(VM *vm, Value digits, Buffer *text) {
  const Value *items;
  size_t count;
  bool ok = sequence_view(digits, &items, &count);
  for (size_t i = 0; ok && i < count; i++) {
    ok = value_is_int(items[i]) && value_as_int(items[i]) >= 0 && value_as_int(items[i]) <= 9;
    if (ok) buffer_add_byte(text, (uint8_t)('0' + value_as_int(items[i])));
  }
  return ok || raise_false(vm, TYPE_OF(ValueError), "coefficient must be a tuple of digits");
}

static bool write_tuple(VM *vm, Value v, Buffer *text) {
  const Value *items;
  size_t count;
  int64_t exponent = 0;
  if (!sequence_view(v, &items, &count) || count != 3)
    return raise_false(vm, TYPE_OF(ValueError), "argument must be a sequence of length 3");
  if (!add_sign(vm, items[0], text)) return false;
  const char *name = special_name(vm, items[2], &exponent);
  if (!name) return false;
  buffer_add_text(text, name);
  if (*name == 'I') return true;
  size_t before = text->size;
  if (!add_digits(vm, items[1], text)) return false;
  if (*name) return true;
  if (text->size == before) buffer_add_text(text, "0");
  buffer_printf(text, "E%lld", (long long)exponent);
  return true;
}

static Value from_tuple(VM *vm, Type *cls, Value v, DecimalContext *context, bool exact) {
  Buffer text;
  buffer_init(&text);
  Value result = VALUE_FAIL;
  if (write_tuple(vm, v, &text) && buffer_is_whole(vm, &text)) {
    Operation op = {.apply = apply_parse, .source = text.bytes, .size = (int64_t)text.size};
    op.cost = op.size / LIMB_DIGITS;
    result = convert(vm, cls, &op, context, exact);
  }
  buffer_deinit(&text);
  return result;
}

/* ---- anything */

static void apply_copy(Operation *op) {
  const Settings *s = op->settings;
  op->result = op->a;
  if (number_is_nan(&op->a) && op->a.digits > s->prec - s->clamp)
    number_invalid(&op->work, STATUS_CONVERSION_SYNTAX, &op->result);
  else number_finish(&op->work, s, &op->result);
}

static Value from_decimal(VM *vm, Type *cls, Value v, DecimalContext *context, bool exact) {
  if (exact && cls == TYPE_OF(decimal_Decimal) && value_is(v, decimal_Decimal)) return v;
  Operation op = {.apply = apply_copy};
  decimal_number(value_object(v), &op.a);
  if (exact) return decimal_new(vm, cls, &op.a);
  if (value_is(v, decimal_Decimal) && !number_is_special(&op.a) && op.a.digits <= context->s.prec &&
      number_adjusted(&op.a) <= context->s.emax && op.a.exponent >= context->s.emin &&
      !context->s.clamp)
    return v;
  return convert(vm, cls, &op, context, false);
}

Value decimal_from_value(VM *vm, Type *cls, Value v, DecimalContext *context, bool exact) {
  if (value_is_decimal(v)) return from_decimal(vm, cls, v, context, exact);
  if (value_is_str(v)) return from_text(vm, cls, value_object(v), context, exact);
  if (value_is_any_int(v)) return decimal_from_int(vm, cls, v, context, exact);
  if (value_has_flag(v, TYPE_TUPLE_SUBCLASS) || value_has_flag(v, TYPE_LIST_SUBCLASS))
    return from_tuple(vm, cls, v, context, exact);
  if (value_is_any_float(v)) {
    if (!context_note(vm, context, STATUS_FLOAT_OPERATION)) return VALUE_FAIL;
    return decimal_from_float(vm, cls, float_of(v), context, exact);
  }
  return raise_type(vm, "conversion from %T to Decimal is not supported", v);
}
