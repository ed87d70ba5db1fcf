/* float_parse.c -- text to double, correctly rounded: decimal (float_parse) and hexadecimal
** (float_from_hex). */
#include "vm/base/memory.h"
#include "float_text.h"

#include <locale.h>
#include <math.h>
#include <stdlib.h>

typedef unsigned __int128 Wide;

static double double_of(uint64_t bits) {
  double v;
  memcpy(&v, &bits, sizeof v);
  return v;
}

/* Eisel-Lemire: the double nearest to w * 10^q as bits; false: too close to call. w > 0. */
static bool nearest_bits(uint64_t w, int q, uint64_t *bits) {
  if (q < -342) return *bits = 0, true;
  if (q > 308) return *bits = (uint64_t)0x7FF << 52, true;
  int shift = __builtin_clzll(w);
  w <<= shift;
  Power128 g = power_of_ten(q);
  if (q < 0 && q >= -27 && !++g.low) g.high++;
  Wide product = (Wide)w * g.high;
  uint64_t high = (uint64_t)(product >> 64), low = (uint64_t)product;
  if ((high & 0x1FF) == 0x1FF) { /* the cut-off bits of the power could carry into the kept ones */
    uint64_t more = (uint64_t)((Wide)w * g.low >> 64);
    low += more;
    high += low < more;
  }
  if (low == UINT64_MAX && (q < -27 || q > 55)) return false;
  int upper = (int)(high >> 63);
  uint64_t mantissa = high >> (upper + 9);
  int power = ((217706 * q) >> 16) + 63 + upper - shift + 1023;
  if (power <= 0) {
    if (-power + 1 >= 64) return *bits = 0, true;
    mantissa >>= -power + 1;
    mantissa += mantissa & 1;
    /* a carry into bit 52 makes it the smallest normal number, as it should */
    *bits = mantissa >> 1;
    return true;
  }
  if (low <= 1 && q >= -4 && q <= 23 && (mantissa & 3) == 1 && mantissa << (upper + 9) == high)
    mantissa &= ~(uint64_t)1; /* exactly half way: to even */
  mantissa += mantissa & 1;
  mantissa >>= 1;
  if (mantissa >> 53) {
    mantissa >>= 1;
    power++;
  }
  if (power >= 0x7FF) return *bits = (uint64_t)0x7FF << 52, true;
  *bits = (mantissa & (((uint64_t)1 << 52) - 1)) | (uint64_t)power << 52;
  return true;
}

static double parse_by_strtod(const char *text, size_t n) {
  static locale_t c_locale;
  if (!c_locale) c_locale = newlocale(LC_ALL_MASK, "C", NULL);
  char small[2048], *copy = n < sizeof small ? small : memory_take(n + 1);
  if (UNLIKELY(!copy)) memory_end("thousands of digits of a float");
  memcpy(copy, text, n);
  copy[n] = 0;
  double v = strtod_l(copy, NULL, c_locale);
  if (copy != small) free(copy);
  return v;
}

typedef struct DecimalText {
  uint64_t significand; /* the first 19 significant digits */
  int64_t exponent;     /* of ten, for the significand */
  bool cut;             /* non-zero digits behind those */
  size_t size;          /* bytes read; 0: not a number */
} DecimalText;

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static DecimalText read_decimal(const char *text, size_t n) {
  DecimalText d = {0};
  size_t i = 0, digits = 0;
  int kept = 0;
  bool fraction = false;
  for (; i < n; i++) {
    char c = text[i];
    if (c == '.' && !fraction) {
      fraction = true;
      continue;
    }
    if (!is_digit(c)) break;
    digits++;
    if (kept < 19) {
      d.significand = d.significand * 10 + (uint64_t)(c - '0');
      kept += d.significand != 0;
      d.exponent -= fraction;
    } else {
      d.cut |= c != '0';
      d.exponent += !fraction;
    }
  }
  if (!digits) return (DecimalText){0};
  d.size = i;
  if (i < n && (text[i] | 32) == 'e') {
    size_t k = i + 1;
    bool minus = false;
    if (k < n && (text[k] == '+' || text[k] == '-')) minus = text[k++] == '-';
    int64_t e = 0;
    bool any = false;
    for (; k < n && is_digit(text[k]); k++, any = true)
      if (e < 1000000000000) e = e * 10 + (text[k] - '0');
    if (any) {
      d.exponent += minus ? -e : e;
      d.size = k;
    }
  }
  return d;
}

static const double exact[23] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                 1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

/* At most 15 digits are an exact double, and so is the power of ten: the one division rounds.
** perf-notes/0017 */
bool float_parse_plain(const char *text, size_t n, double *out) {
  size_t i = n && *text == '-', places = 0;
  uint64_t w = 0;
  if (UNLIKELY(n > 15 + i || n == i)) return false;
  for (; i < n && is_digit(text[i]); i++) w = w * 10 + (uint64_t)(text[i] - '0');
  if (i < n) {
    if (text[i++] != '.' || n == 1 + (*text == '-')) return false;
    for (places = n - i; i < n && is_digit(text[i]); i++) w = w * 10 + (uint64_t)(text[i] - '0');
    if (i < n) return false;
  }
  double v = places ? (double)w / exact[places] : (double)w;
  *out = *text == '-' ? -v : v;
  return true;
}

static double decimal_value(const DecimalText *d, const char *text) {
  uint64_t w = d->significand, bits, more;
  if (!w) return 0;
  if (!d->cut && w <= (uint64_t)1 << 53 && d->exponent >= -22 && d->exponent <= 22) {
    double v = (double)w;
    return d->exponent < 0 ? v / exact[-d->exponent] : v * exact[d->exponent];
  }
  int q = d->exponent < -2000 ? -2000 : d->exponent > 2000 ? 2000 : (int)d->exponent;
  if (nearest_bits(w, q, &bits) && (!d->cut || (nearest_bits(w + 1, q, &more) && more == bits)))
    return double_of(bits);
  return parse_by_strtod(text, d->size);
}

static bool starts_with(const char *text, size_t n, const char *word) {
  size_t size = strlen(word);
  if (n < size) return false;
  for (size_t i = 0; i < size; i++)
    if ((text[i] | 32) != word[i]) return false;
  return true;
}

double float_parse(const char *text, size_t n, size_t *used) {
  size_t sign = n && (*text == '-' || *text == '+');
  bool negative = sign && *text == '-';
  text += sign;
  n -= sign;
  double v;
  size_t size;
  if (n && (*text | 32) == 'i' && starts_with(text, n, "inf")) {
    v = HUGE_VAL;
    size = starts_with(text, n, "infinity") ? 8 : 3;
  } else if (n && (*text | 32) == 'n' && starts_with(text, n, "nan")) {
    v = double_of((uint64_t)0x7FF8 << 48);
    size = 3;
  } else {
    DecimalText d = read_decimal(text, n);
    v = d.size ? decimal_value(&d, text) : 0;
    size = d.size;
  }
  *used = size ? size + sign : 0;
  return negative ? -v : v;
}

/* --- hexadecimal --- */

static int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  c |= 32;
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* m * 2^e with a sticky bit for what was cut off below m: half to even at the double's
** precision. */
static FloatHexStatus round_binary(uint64_t m, bool sticky, int64_t e, double *value) {
  if (!m) return *value = 0, FLOAT_HEX_OK;
  int64_t top = 63 - __builtin_clzll(m) + e; /* exponent of the leading bit */
  if (top > 1023) return FLOAT_HEX_OVERFLOW;
  if (top < -1076) return *value = 0, FLOAT_HEX_OK;
  int64_t last = top < -1022 ? -1074 : top - 52; /* exponent of the last kept bit */
  int64_t cut = last - e;
  if (cut > 0) {
    if (cut > 64) return *value = 0, FLOAT_HEX_OK;
    uint64_t kept = cut == 64 ? 0 : m >> cut, rest = cut == 64 ? m : m & (((uint64_t)1 << cut) - 1);
    uint64_t half = (uint64_t)1 << (cut - 1);
    kept += rest > half || (rest == half && (sticky || (kept & 1)));
    m = kept;
    e = last;
  }
  *value = ldexp((double)m, (int)e);
  return isinf(*value) ? FLOAT_HEX_OVERFLOW : FLOAT_HEX_OK;
}

static FloatHexStatus parse_hex(const char *text, size_t n, size_t *used, double *value) {
  size_t i = 0, digits = 0;
  uint64_t m = 0;
  int64_t exponent = 0;
  bool sticky = false, fraction = false;
  if (n >= 2 && text[0] == '0' && (text[1] | 32) == 'x') i = 2;
  for (; i < n; i++) {
    int h = hex_value(text[i]);
    if (text[i] == '.' && !fraction) {
      fraction = true;
      continue;
    }
    if (h < 0) break;
    digits++;
    if (m >> 60) {
      sticky |= h != 0;
      exponent += fraction ? 0 : 4;
    } else {
      m = m << 4 | (uint64_t)h;
      exponent -= fraction ? 4 : 0;
    }
  }
  if (!digits) return FLOAT_HEX_INVALID;
  if (i < n && (text[i] | 32) == 'p') {
    i++;
    bool minus = false;
    if (i < n && (text[i] == '+' || text[i] == '-')) minus = text[i++] == '-';
    if (i == n || !is_digit(text[i])) return FLOAT_HEX_INVALID;
    int64_t e = 0;
    for (; i < n && is_digit(text[i]); i++)
      if (e < (int64_t)1 << 55) e = e * 10 + (text[i] - '0');
    exponent += minus ? -e : e;
  }
  *used = i;
  return round_binary(m, sticky, exponent, value);
}

static bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

FloatHexStatus float_from_hex(const char *text, size_t n, double *value) {
  while (n && is_space(*text)) text++, n--;
  while (n && is_space(text[n - 1])) n--;
  size_t sign = n && (*text == '-' || *text == '+'), used = 0;
  bool negative = sign && *text == '-';
  FloatHexStatus status = FLOAT_HEX_OK;
  text += sign;
  n -= sign;
  if (n && ((*text | 32) == 'i' || (*text | 32) == 'n')) *value = float_parse(text, n, &used);
  else status = parse_hex(text, n, &used, value);
  if (status == FLOAT_HEX_INVALID || (status == FLOAT_HEX_OK && used != n))
    return FLOAT_HEX_INVALID;
  if (negative) *value = -*value;
  return used == n ? status : FLOAT_HEX_INVALID;
}
