/* int_text.c -- ints to digits and back.
**
** Law: conversions between ints and text whose base is not a power of two are limited to
** int_max_str_digits digits. */
#include "vm/base/unicode.h"
#include "vm/objects/int_limbs.h"

int int_max_str_digits = 4300;

/* ---- digits */

static int digit_value(unsigned char c) {
  if (c >= '0' && c <= '9') return c - '0';
  c |= 0x20;
  return c >= 'a' && c <= 'z' ? c - 'a' + 10 : 99;
}

static bool is_power_of_two(int base) { return (base & (base - 1)) == 0; }

typedef struct Digits {
  unsigned char *digits; /* values, not characters; the most significant first */
  size_t count;
  int base;
  const mp_limb_t *limbs;
  /* out of text: the limbs; into text: room for one more than them, destroyed */
  mp_limb_t *spare;
  int64_t limb_count;
} Digits;

static void digits_to_limbs(void *argument) {
  Digits *d = argument;
  d->limb_count = mpn_set_str(d->spare, d->digits, d->count, d->base);
}

static void limbs_to_digits(void *argument) {
  Digits *d = argument;
  memcpy(d->spare, d->limbs, (size_t)d->limb_count * sizeof(mp_limb_t));
  d->count = mpn_get_str(d->digits, d->base, d->spare, d->limb_count);
}

enum { DIGITS_COST = 8 }; /* a conversion against a product of as many limbs */

/* The number of `count` digit values (not characters). Destroys nothing, but mpn_set_str wants no
** leading zero. */
static Value from_digit_values(VM *vm, unsigned char *digits, size_t count, int base,
                               bool negative) {
  while (count && !*digits) digits++, count--;
  if (count == 0) return value_int_unchecked(0);
  size_t bits_a_digit =
      (size_t)(32 - __builtin_clz((unsigned)base - (is_power_of_two(base) ? 1 : 0)));
  BigInt *big = int_alloc(vm, count * bits_a_digit / 64 + 2);
  if (!big || !int_scratch(vm, count * bits_a_digit / 64)) return VALUE_FAIL;
  Digits work = {.digits = digits, .count = count, .base = base, .spare = int_limbs(big)};
  if (!int_work(vm, count / 16 * DIGITS_COST, digits_to_limbs, &work)) return VALUE_FAIL;
  return int_finish(vm, big, work.limb_count, negative);
}

Value int_from_digits(VM *vm, const char *digits, size_t count, int base) {
  if (count <= 12 || (base <= 10 && count <= 18)) {
    int64_t n = 0;
    for (size_t i = 0; i < count; i++) n = n * base + digit_value((unsigned char)digits[i]);
    return value_int(vm, n);
  }
  RawBytes *values = raw_bytes_new(vm, count);
  if (!values) return VALUE_FAIL;
  for (size_t i = 0; i < count; i++)
    values->bytes[i] = (uint8_t)digit_value((unsigned char)digits[i]);
  return from_digit_values(vm, values->bytes, count, base, false);
}

/* ---- text to int */

static inline bool is_space(unsigned char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

const char *number_text(VM *vm, Str *s, size_t *size) {
  *size = s->length;
  if (LIKELY(str_is_ascii(s))) return str_data(s);
  RawBytes *ascii = raw_bytes_new(vm, s->length + 1);
  if (!ascii) return NULL;
  for (size_t i = 0; i < s->length; i++) {
    uint32_t c = str_at(s, i);
    int digit = c < 0x80 ? -1 : unicode_decimal_value(c);
    ascii->bytes[i] = c < 0x80              ? (uint8_t)c
                      : unicode_is_space(c) ? ' '
                      : digit >= 0          ? (uint8_t)('0' + digit)
                                            : '?';
  }
  return (const char *)ascii->bytes;
}

static Value invalid_literal(VM *vm, const char *text, size_t size, int base, Value original) {
  if (original == VALUE_UNBOUND) {
    Str *s = str_new_utf8(vm, text, size);
    if (!s) return VALUE_FAIL;
    original = value_from(s);
  }
  return raise_value(vm, "invalid literal for int() with base %d: %.200R", base, original);
}

/* What was read of an int's text: its digits are [at, end), of this base. */
typedef struct IntText {
  const char *at, *end;
  int base;
  bool negative, zero_only;
} IntText;

/* Spaces, sign and prefix; base 0 becomes the prefix's, and then a 0 in front says that all digits
** are zeros. */
static IntText int_text_of(const char *text, size_t size, int base) {
  const char *p = text, *end = text + size;
  while (p < end && is_space((unsigned char)*p)) p++;
  while (end > p && is_space((unsigned char)end[-1])) end--;
  IntText t = {.negative = p < end && *p == '-', .base = base};
  if (p < end && (*p == '-' || *p == '+')) p++;
  int prefix = 10;
  if (end - p >= 2 && *p == '0') {
    char c = (char)(p[1] | 0x20);
    prefix = c == 'x' ? 16 : c == 'o' ? 8 : c == 'b' ? 2 : 10;
  }
  if (base == 0) {
    t.base = prefix;
    t.zero_only = prefix == 10 && p < end && *p == '0';
  }
  if (prefix != 10 && t.base == prefix) {
    p += 2;
    if (p < end && *p == '_') p++;
  }
  t.at = p, t.end = end;
  return t;
}

/* read_digits: the digits' values; false: one is none of the base, or an underscore stands where
** none may: single ones between digits (and behind a prefix). */
static bool read_digits(const IntText *t, uint8_t *values, size_t *count) {
  bool after_digit = false, nonzero = false;
  for (const char *p = t->at; p < t->end; p++) {
    if (*p == '_' && after_digit) {
      after_digit = false;
      continue;
    }
    int digit = digit_value((unsigned char)*p);
    if (digit >= t->base) return false;
    values[(*count)++] = (uint8_t)digit;
    nonzero |= digit != 0;
    after_digit = true;
  }
  return after_digit && !(t->zero_only && nonzero);
}

/* read_small: *n of at most 18 digits of a base up to 10, and nothing else; false: there is more to
** it. */
static ALWAYS_INLINE bool read_small(const char *p, const char *end, int base, int64_t *n) {
  if (p == end || end - p > 18 || base > 10) return false;
  for (*n = 0; p < end; p++) {
    unsigned digit = (unsigned char)*p - (unsigned)'0';
    if (digit >= (unsigned)base) return false;
    *n = *n * base + (int64_t)digit;
  }
  return true;
}

Value int_parse_as(VM *vm, const char *text, size_t size, int base, Value original) {
  int64_t n;
  if (base == 10 && LIKELY(read_small(text, text + size, 10, &n))) return value_int_unchecked(n);
  IntText t = int_text_of(text, size, base);
  if (t.at == t.end) return invalid_literal(vm, text, size, base, original);
  if (read_small(t.at, t.end, t.base, &n) && !(t.zero_only && n))
    return value_int_unchecked(t.negative ? -n : n);
  RawBytes *values = raw_bytes_new(vm, (size_t)(t.end - t.at));
  if (!values) return VALUE_FAIL;
  size_t count = 0;
  if (!read_digits(&t, values->bytes, &count))
    return invalid_literal(vm, text, size, base, original);
  if (!is_power_of_two(t.base) && int_max_str_digits > 0 && count > (size_t)int_max_str_digits)
    return raise_value(
        vm,
        "Exceeds the limit (%d digits) for integer string conversion: value has %zu digits; "
        "use sys.set_int_max_str_digits() to increase the limit",
        int_max_str_digits, count);
  return from_digit_values(vm, values->bytes, count, t.base, t.negative);
}

Value int_parse(VM *vm, const char *text, size_t size, int base) {
  return int_parse_as(vm, text, size, base, VALUE_UNBOUND);
}

/* ---- int to text */

static const char pairs[] =
    "0001020304050607080910111213141516171819202122232425262728293031323334353637383940414243444546"
    "4748495051525354555657"
    "58596061626364656667686970717273747576777879808182838485868788899091929394959697989900";

/* Decimal digits of n, backwards from `end`; returns where they start. */
static char *decimal_digits(uint64_t n, char *end) {
  while (n >= 100) {
    end -= 2;
    memcpy(end, pairs + n % 100 * 2, 2);
    n /= 100;
  }
  if (n >= 10) memcpy(end -= 2, pairs + n * 2, 2);
  else *--end = (char)('0' + n);
  return end;
}

static Value small_text(VM *vm, int64_t n, int base) {
  char text[72], *end = text + sizeof text, *p = end;
  uint64_t size = n < 0 ? -(uint64_t)n : (uint64_t)n;
  if (base == 10) p = decimal_digits(size, end);
  else {
    int bits = base == 16 ? 4 : base == 8 ? 3 : 1;
    do *--p = "0123456789abcdef"[size & (unsigned)(base - 1)];
    while (size >>= bits);
  }
  if (n < 0) *--p = '-';
  size_t length = (size_t)(end - p);
  if (length == 1) return value_from(str_from_char(vm, (uint8_t)*p));
  Str *s = str_alloc(vm, length, 127);
  if (!s) return VALUE_FAIL;
  memcpy((void *)str_data(s), p, length);
  return value_from(s);
}

static bool check_digit_limit(VM *vm, size_t digits) {
  if (int_max_str_digits <= 0 || digits <= (size_t)int_max_str_digits) return true;
  return raise_false(vm, TYPE_OF(ValueError),
                     "Exceeds the limit (%d digits) for integer string conversion; "
                     "use sys.set_int_max_str_digits() to increase the limit",
                     int_max_str_digits);
}

/* Base 2, 8 or 16: each digit is a few bits. */
static Value bits_text(VM *vm, const IntView *view, int base) {
  unsigned width = base == 16 ? 4 : base == 8 ? 3 : 1;
  size_t count = (size_t)((int_view_bits(view) + width - 1) / width);
  Str *s = str_alloc(vm, count + view->negative, 127);
  if (!s) return VALUE_FAIL;
  char *text = (char *)str_data(s), *p = text + view->negative + count;
  if (view->negative) *text = '-';
  size_t whole = base == 16 ? count & ~(size_t)15 : 0; /* digits of full limbs */
  for (size_t i = 0; i < whole; i += 16) {
    uint64_t limb = view->limbs[i / 16];
    p -= 16;
    for (int k = 15; k >= 0; k--, limb >>= 4) p[k] = "0123456789abcdef"[limb & 15];
  }
  for (size_t i = whole; i < count; i++) {
    size_t bit = i * width, word = bit / 64, shift = bit % 64;
    uint64_t digit = view->limbs[word] >> shift;
    if (shift + width > 64 && (int64_t)word + 1 < view->count)
      digit |= view->limbs[word + 1] << (64 - shift);
    *--p = "0123456789abcdef"[digit & (unsigned)(base - 1)];
  }
  return value_from(s);
}

Value int_to_str(VM *vm, Value v, int base) {
  int64_t n;
  if (LIKELY(int_immediate(v, &n))) return small_text(vm, n, base);
  IntView view;
  int_view(v, &view);
  if (view.count == 0) return small_text(vm, 0, base);
  if (base != 10) return bits_text(vm, &view, base);
  size_t room = mpn_sizeinbase(view.limbs, view.count, 10);
  if (!check_digit_limit(vm, room - (room > 1))) return VALUE_FAIL; /* room may be one too large */
  RawBytes *work = raw_bytes_new(vm, (size_t)view.count * 8 + 8 + room + 2);
  if (!work || !int_scratch(vm, (size_t)view.count * 2)) return VALUE_FAIL;
  unsigned char *first = work->bytes + (size_t)view.count * 8 + 8;
  Digits d = {first, 0, 10, view.limbs, (mp_limb_t *)work->bytes, view.count};
  if (!int_work(vm, (uint64_t)view.count * DIGITS_COST, limbs_to_digits, &d)) return VALUE_FAIL;
  size_t count = d.count;
  while (count > 1 && *first == 0) first++, count--;
  if (!check_digit_limit(vm, count)) return VALUE_FAIL;
  Str *s = str_alloc(vm, count + view.negative, 127);
  if (!s) return VALUE_FAIL;
  unsigned char *text = (unsigned char *)str_data(s);
  if (view.negative) *text++ = '-';
  for (size_t i = 0; i < count; i++) text[i] = first[i] + '0';
  heap_free(vm, work);
  return value_from(s);
}
