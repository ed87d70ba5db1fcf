/* text.c -- numbers out of text and into it. */
#include "vm/modules/decimal/limbs.h"

/* ---- parsing */

static bool equal_folded(const char *text, int64_t size, const char *word) {
  int64_t i = 0;
  for (; i < size && word[i]; i++)
    if ((text[i] | 0x20) != word[i]) return false;
  return i == size && !word[i];
}
static inline bool is_digit(char c) { return (unsigned)(c - '0') < 10; }

/* Digits of [at, end), a point among them skipped, as limbs: `digits` many, no zeros in front. */
static Limb *read_digits(Work *work, const char *end, int64_t digits, int64_t *count) {
  *count = limbs_for(digits);
  Limb *limbs = work_limbs(work, *count);
  for (int64_t i = 0; i < *count; i++) {
    int n = (int)(digits - i * LIMB_DIGITS < LIMB_DIGITS ? digits - i * LIMB_DIGITS : LIMB_DIGITS);
    Limb limb = 0, scale = 1;
    for (int k = 0; k < n; k++, scale *= 10) {
      if (*--end == '.') end--;
      limb += (Limb)(*end - '0') * scale;
    }
    limbs[i] = limb;
  }
  return limbs;
}

/* "NaN", "sNaN" with a payload, "Inf", "Infinity"; without the sign. */
static bool parse_special(Work *work, const char *text, int64_t size, bool negative, Number *out) {
  if (equal_folded(text, size, "inf") || equal_folded(text, size, "infinity")) {
    number_set_infinity(out, negative);
    return true;
  }
  bool signaling = size > 0 && (*text | 0x20) == 's';
  text += signaling, size -= signaling;
  if (size < 3 || !equal_folded(text, 3, "nan")) return false;
  const char *end = text + size;
  for (text += 3; text < end && *text == '0';) text++;
  for (const char *p = text; p < end; p++)
    if (!is_digit(*p)) return false;
  number_set_nan(out);
  if (text < end) {
    int64_t digits = end - text;
    out->limbs = read_digits(work, end, digits, &out->count);
    out->digits = digits;
  }
  out->kind = signaling ? KIND_SIGNALING : KIND_NAN;
  out->negative = negative;
  return true;
}

/* "e+12" behind a number; far beyond the limits all are one. */
static bool parse_exponent(const char *p, const char *end, int64_t *exponent) {
  *exponent = 0;
  if (p == end) return true;
  if ((*p | 0x20) != 'e' || ++p == end) return false;
  bool negative = *p == '-';
  if (*p == '-' || *p == '+') p++;
  if (p == end) return false;
  for (; p < end; p++) {
    if (!is_digit(*p)) return false;
    *exponent = *exponent <= EXPONENT_HUGE / 10 ? *exponent * 10 + (*p - '0') : EXPONENT_HUGE;
  }
  if (*exponent > EXPONENT_HUGE) *exponent = EXPONENT_HUGE;
  if (negative) *exponent = -*exponent;
  return true;
}

bool dec_parse(Work *work, const char *text, int64_t size, Number *out) {
  const char *p = text, *end = text + size;
  bool negative = p < end && *p == '-';
  if (p < end && (*p == '-' || *p == '+')) p++;
  if (p < end && !is_digit(*p) && *p != '.') return parse_special(work, p, end - p, negative, out);
  const char *start = p, *point = NULL;
  for (; p < end && (is_digit(*p) || (*p == '.' && !point)); p++)
    if (*p == '.') point = p;
  const char *stop = p;
  int64_t exponent, places = point ? stop - point - 1 : 0;
  if (stop - start - (point != NULL) <= 0 || !parse_exponent(p, end, &exponent)) return false;
  while (start < stop && (*start == '0' || *start == '.')) start++;
  int64_t digits = stop - start - (point && point >= start);
  exponent -= places;
  if (digits == 0) {
    number_set_zero(out, negative, exponent);
    return true;
  }
  int64_t count;
  const Limb *limbs = read_digits(work, stop, digits, &count);
  *out = (Number){limbs, count, digits, exponent, KIND_FINITE, negative};
  return true;
}

/* ---- writing */

static const char pairs[] =
    "0001020304050607080910111213141516171819202122232425262728293031323334353637383940414243444546"
    "4748495051525354555657"
    "58596061626364656667686970717273747576777879808182838485868788899091929394959697989900";

/* The last `n` digits of limb, before `end`. */
static void write_limb(Limb limb, int n, char *end) {
  for (; n >= 2; n -= 2, limb /= 100) memcpy(end -= 2, pairs + limb % 100 * 2, 2);
  if (n) *--end = (char)('0' + limb % 10);
}

void dec_digits(const Number *a, char *to) {
  char *end = to + a->digits;
  for (int64_t i = 0; i < a->count; i++, end -= LIMB_DIGITS) {
    int64_t left = end - to;
    write_limb(a->limbs[i], left < LIMB_DIGITS ? (int)left : LIMB_DIGITS, end);
  }
}

int64_t dec_text_size(const Number *a) {
  enum { SIGN_POINT_AND_EXPONENT = 40 };
  return a->digits + SIGN_POINT_AND_EXPONENT;
}

static char *write_word(char *to, const char *word) {
  size_t n = strlen(word);
  memcpy(to, word, n);
  return to + n;
}
static char *write_special(const Number *a, char *to) {
  if (a->kind == KIND_INFINITE) return write_word(to, "Infinity");
  to = write_word(to, a->kind == KIND_NAN ? "NaN" : "sNaN");
  if (a->digits) dec_digits(a, to);
  return to + a->digits;
}
char *dec_exponent(char *to, int64_t exponent, bool capitals) {
  *to++ = capitals ? 'E' : 'e';
  *to++ = exponent < 0 ? '-' : '+';
  uint64_t n = (uint64_t)(exponent < 0 ? -exponent : exponent);
  int digits = limb_digits(n);
  write_limb(n, digits, to + digits);
  return to + digits;
}

/* Where the point stands, in digits from the left. */
static int64_t point_of(const Number *a, bool engineering) {
  int64_t whole = a->exponent + a->digits;
  if (a->exponent <= 0 && whole > -6) return whole;
  if (!engineering) return 1;
  if (number_is_zero(a)) return (whole + 1 - 3 * ((whole + 1) / 3 - ((whole + 1) % 3 < 0))) - 1;
  int64_t place = (whole - 1) % 3;
  return place < 0 ? place + 4 : place + 1;
}

char *dec_text(const Number *a, bool engineering, bool capitals, char *to) {
  if (a->negative) *to++ = '-';
  if (number_is_special(a)) return write_special(a, to);
  int64_t point = point_of(a, engineering), exponent = a->exponent + a->digits - point;
  if (point <= 0) {
    *to++ = '0', *to++ = '.';
    memset(to, '0', (size_t)-point);
    dec_digits(a, to - point);
    to += -point + a->digits;
  } else if (point >= a->digits) {
    dec_digits(a, to);
    memset(to + a->digits, '0', (size_t)(point - a->digits));
    to += point;
  } else {
    dec_digits(a, to + 1);
    memmove(to, to + 1, (size_t)point);
    to[point] = '.';
    to += a->digits + 1;
  }
  return exponent ? dec_exponent(to, exponent, capitals) : to;
}
