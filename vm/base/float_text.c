/* float_text.c -- double to text: shortest, fixed, exponent, general, hexadecimal. Reading is in
** float_parse.c. */
#include "float_text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

typedef unsigned __int128 Wide;

enum { POWER_MIN = -342, POWER_MAX = 324, LIMBS = 16 };

static Power128 powers[POWER_MAX - POWER_MIN + 1];
static bool powers_ready;

/* The 128 bits from the highest set bit of `limbs` downwards. */
static Power128 leading_bits(const uint64_t *limbs) {
  int top = LIMBS - 1;
  while (!limbs[top]) top--;
  int shift = __builtin_clzll(limbs[top]);
  uint64_t a = limbs[top], b = top > 0 ? limbs[top - 1] : 0, c = top > 1 ? limbs[top - 2] : 0;
  if (!shift) return (Power128){a, b};
  return (Power128){a << shift | b >> (64 - shift), b << shift | c >> (64 - shift)};
}

/* Exact: 5^k grows by multiplication; floor(2^1023 / 5^k) shrinks by floor division, which commutes
** with itself. */
static COLD void make_powers(void) {
  uint64_t up[LIMBS] = {1}, down[LIMBS] = {0};
  down[LIMBS - 1] = (uint64_t)1 << 63;
  for (int k = 0; k <= POWER_MAX; k++) {
    powers[k - POWER_MIN] = leading_bits(up);
    uint64_t carry = 0;
    for (int i = 0; i < LIMBS; i++) {
      Wide t = (Wide)up[i] * 5 + carry;
      up[i] = (uint64_t)t;
      carry = (uint64_t)(t >> 64);
    }
  }
  for (int k = -1; k >= POWER_MIN; k--) {
    uint64_t rest = 0;
    for (int i = LIMBS - 1; i >= 0; i--) {
      Wide t = (Wide)rest << 64 | down[i];
      down[i] = (uint64_t)(t / 5);
      rest = (uint64_t)(t % 5);
    }
    powers[k - POWER_MIN] = leading_bits(down);
  }
  __atomic_store_n(&powers_ready, true, __ATOMIC_RELEASE);
}

Power128 power_of_ten(int k) {
  if (UNLIKELY(!__atomic_load_n(&powers_ready, __ATOMIC_ACQUIRE))) make_powers();
  return powers[k - POWER_MIN];
}

/* --- Schubfach; the names c, q, k, h, s and the three v's are the paper's --- */

static uint64_t round_to_odd(Power128 g, uint64_t cp) {
  Wide x = (Wide)g.low * cp, y = (Wide)g.high * cp;
  y += (uint64_t)(x >> 64);
  return (uint64_t)(y >> 64) | ((uint64_t)y > 1);
}

static int floor_log2_of_power_of_ten(int e) { return (e * 1741647) >> 19; }

/* v = *significand * 10^(result), *significand not yet stripped of trailing zeros. */
static int shortest_decimal(uint64_t bits, uint64_t *significand) {
  uint64_t fraction = bits & (((uint64_t)1 << 52) - 1);
  int exponent = (int)(bits >> 52 & 0x7FF);
  uint64_t c = exponent ? fraction | (uint64_t)1 << 52 : fraction;
  int q = (exponent ? exponent : 1) - 1075;
  if (exponent && -q >= 0 && -q < 53 && !(c & (((uint64_t)1 << -q) - 1))) {
    *significand = c >> -q; /* an integer below 2^53 */
    return 0;
  }
  bool even = !(c & 1), lower_closer = !fraction && exponent > 1;
  int k = (q * 1262611 - (lower_closer ? 524031 : 0)) >> 22;
  int h = q + floor_log2_of_power_of_ten(-k) + 1;
  Power128 g = power_of_ten(-k);
  if ((-k < 0 || -k > 55) && !++g.low) g.high++; /* rounded up unless exact */
  uint64_t cb = 4 * c, cbl = cb - 2 + lower_closer, cbr = cb + 2;
  uint64_t vbl = round_to_odd(g, cbl << h), vb = round_to_odd(g, cb << h),
           vbr = round_to_odd(g, cbr << h);
  uint64_t lower = vbl + !even, upper = vbr - !even, s = vb / 4;
  if (s >= 10) {
    uint64_t sp = s / 10;
    bool up_inside = lower <= 40 * sp, wp_inside = 40 * sp + 40 <= upper;
    if (up_inside != wp_inside) {
      *significand = sp + wp_inside;
      return k + 1;
    }
  }
  bool u_inside = lower <= 4 * s, w_inside = 4 * s + 4 <= upper;
  if (u_inside != w_inside) {
    *significand = s + w_inside;
    return k;
  }
  uint64_t middle = 4 * s + 2;
  *significand = s + (vb > middle || (vb == middle && (s & 1)));
  return k;
}

/* Writes n > 0 without leading zeros; returns the count of digits. */
static int write_digits(uint64_t n, char *out) {
  char reversed[20];
  int count = 0;
  for (; n; n /= 10) reversed[count++] = (char)('0' + n % 10);
  for (int i = 0; i < count; i++) out[i] = reversed[count - 1 - i];
  return count;
}

static uint64_t bits_of(double v) {
  uint64_t bits;
  memcpy(&bits, &v, sizeof bits);
  return bits;
}

/* The fewest decimal digits (ASCII, no trailing zeros) that read back as v > 0, finite; returns
** their count. The value is 0.DIGITS times ten to *point. */
static int float_shortest(double v, char digits[FLOAT_SHORTEST_MAX], int *point) {
  uint64_t significand;
  int exponent = shortest_decimal(bits_of(v), &significand);
  char text[20];
  int count = write_digits(significand, text);
  *point = count + exponent;
  while (text[count - 1] == '0') count--;
  memcpy(digits, text, (size_t)count);
  return count;
}

/* --- laying out digits --- */

/* Digits DIGITS of value 0.DIGITS * 10^point, as text; the ones past `count` are zeros. */
typedef struct Decimal {
  const char *digits;
  int count, point;
} Decimal;

static void add_zeros(Buffer *out, int n) {
  for (; n > 0; n--) buffer_add_byte(out, '0');
}

/* `places` digits behind the point; -1: as many as there are. */
static void add_positional(Decimal d, int places, unsigned flags, Buffer *out) {
  int whole = d.point > 0 ? d.point : 0;
  int shown = whole < d.count ? whole : d.count;
  if (places < 0) places = d.count > d.point ? d.count - d.point : 0;
  if (!whole) buffer_add_byte(out, '0');
  buffer_add(out, d.digits, (size_t)shown);
  add_zeros(out, whole - shown);
  if (!places) {
    if (flags & FLOAT_ADD_DOT_0) buffer_add(out, ".0", 2);
    else if (flags & FLOAT_ALTERNATE) buffer_add_byte(out, '.');
    return;
  }
  buffer_add_byte(out, '.');
  int zeros = d.point < 0 ? (-d.point < places ? -d.point : places) : 0;
  add_zeros(out, zeros);
  int rest = d.count - shown < places - zeros ? d.count - shown : places - zeros;
  buffer_add(out, d.digits + shown, (size_t)rest);
  add_zeros(out, places - zeros - rest);
}

static void add_exponential(Decimal d, int places, unsigned flags, Buffer *out) {
  buffer_add_byte(out, (uint8_t)d.digits[0]);
  if (places < 0) places = d.count - 1;
  if (places || (flags & FLOAT_ALTERNATE)) buffer_add_byte(out, '.');
  int rest = d.count - 1 < places ? d.count - 1 : places;
  buffer_add(out, d.digits + 1, (size_t)rest);
  add_zeros(out, places - rest);
  int exponent = d.point - 1;
  buffer_printf(out, "%c%c%02d", flags & FLOAT_UPPER ? 'E' : 'e', exponent < 0 ? '-' : '+',
                abs(exponent));
}

/* --- digits at a given place --- */

/* |v| * 10^places rounded half to even, if the exact product has at most 128 bits: integer
** arithmetic alone. */
static bool scale_exactly(double v, int places, Wide *result) {
  if (places > 22) return false;
  uint64_t bits = bits_of(v), power = 1;
  int exponent = (int)(bits >> 52 & 0x7FF), q = (exponent ? exponent : 1) - 1075;
  uint64_t c = (bits & (((uint64_t)1 << 52) - 1)) | (uint64_t)(exponent != 0) << 52;
  if (q > 0 ? q > 10 || places > 18 : false) return false;
  Wide product = c;
  for (int i = places < 19 ? places : 19; i > 0; i--) power *= 10;
  product *= power;
  for (int i = 19; i < places; i++) product *= 10;
  if (q >= 0) {
    if (q && (product >> (127 - q))) return false;
    *result = product << q;
    return true;
  }
  if (-q >= 128) {
    *result = 0; /* product < 2^127, so below one half */
    return true;
  }
  Wide whole = product >> -q, rest = product - (whole << -q), half = (Wide)1 << (-q - 1);
  *result = whole + (rest > half || (rest == half && (whole & 1)));
  return true;
}

static int write_wide(Wide n, char *out) {
  const uint64_t chunk = 10000000000000000000u;
  if (n >> 64 == 0) return n ? write_digits((uint64_t)n, out) : 0;
  int count = write_wide(n / chunk, out);
  uint64_t low = (uint64_t)(n % chunk);
  for (int i = 18; i >= 0; i--, low /= 10) out[count + i] = (char)('0' + low % 10);
  return count + 19;
}

/* Text of snprintf without its sign and decimal separator, whatever the locale made that. */
static Decimal digits_by_printf(double v, char type, int precision, Buffer *scratch) {
  int n = snprintf(NULL, 0, type == 'f' ? "%.*f" : "%.*e", precision, v);
  if (!buffer_reserve(scratch, (size_t)n + 1)) return (Decimal){"0", 1, 1};
  char *text = (char *)scratch->bytes, *to = text, *first = NULL;
  snprintf(text, (size_t)n + 1, type == 'f' ? "%.*f" : "%.*e", precision, v);
  int point = 0;
  bool fraction = false;
  const char *from = text;
  for (; *from && *from != 'e'; from++) {
    if (*from < '0' || *from > '9') {
      fraction = true;
      continue;
    }
    if (!first && *from == '0' && type == 'f') {
      point -= fraction;
      continue;
    }
    first = first ? first : to;
    *to++ = *from;
    point += !fraction;
  }
  if (type == 'e') point = (*from ? atoi(from + 1) : 0) + 1;
  return (Decimal){text, (int)(to - text), point};
}

static void add_fixed(double v, int precision, unsigned flags, Buffer *out) {
  Wide scaled;
  if (scale_exactly(v, precision, &scaled)) {
    char digits[48];
    int count = write_wide(scaled, digits);
    add_positional((Decimal){digits, count, count - precision}, precision, flags, out);
    return;
  }
  Buffer scratch;
  buffer_init(&scratch);
  add_positional(digits_by_printf(v, 'f', precision, &scratch), precision, flags, out);
  if (scratch.failed) (void)buffer_fail(out);
  buffer_deinit(&scratch);
}

/* v > 0 at `count` significant digits, in `room`, from its shortest digits: they round as v does
** unless the part cut off is exactly one half; and up to 15 digits they go on with zeros as v does,
** if v is normal. false: printf must decide. */
static bool round_shortest(double v, int count, char room[FLOAT_SHORTEST_MAX], Decimal *d) {
  if (count > 15 || v < 0x1p-1022) return false;
  int point, n = float_shortest(v, room, &point);
  if (n == count + 1 && room[count] == '5') return false;
  if (n > count) {
    bool up = room[count] >= '5';
    n = count;
    for (; up && n > 0; n--) {
      up = room[n - 1] == '9';
      if (!up) {
        room[n - 1]++;
        break;
      }
    }
    if (up) { /* all nines */
      room[0] = '1';
      n = 1;
      point++;
    }
  }
  *d = (Decimal){room, n, point};
  return true;
}

static void add_general(double v, int precision, unsigned flags, Buffer *out) {
  Buffer scratch;
  buffer_init(&scratch);
  if (!precision) precision = 1;
  char room[FLOAT_SHORTEST_MAX];
  Decimal d = {"0", 1, 1};
  if (v != 0 && !round_shortest(v, precision, room, &d))
    d = digits_by_printf(v, 'e', precision - 1, &scratch);
  bool alternate = flags & FLOAT_ALTERNATE;
  while (d.count > 1 && d.digits[d.count - 1] == '0') d.count--;
  int most = flags & FLOAT_ADD_DOT_0 ? precision - 1 : precision; /* room for the ".0" */
  if (d.point > -4 && d.point <= most)
    add_positional(d, alternate ? precision - d.point : -1, flags, out);
  else add_exponential(d, alternate ? precision - 1 : -1, flags, out);
  buffer_deinit(&scratch);
}

static void add_shortest(double v, unsigned flags, Buffer *out) {
  char digits[FLOAT_SHORTEST_MAX];
  Decimal d = {digits, 1, 1};
  if (v == 0) digits[0] = '0';
  else d.count = float_shortest(v, digits, &d.point);
  if (d.point > -4 && d.point <= 16) add_positional(d, -1, flags, out);
  else add_exponential(d, -1, flags, out);
}

static void add_scientific(double v, int precision, unsigned flags, Buffer *out) {
  Buffer scratch;
  buffer_init(&scratch);
  char room[FLOAT_SHORTEST_MAX];
  Decimal d;
  if (v == 0 || precision > 14 || !round_shortest(v, precision + 1, room, &d))
    d = digits_by_printf(v, 'e', precision, &scratch);
  add_exponential(d, precision, flags, out);
  buffer_deinit(&scratch);
}

static bool is_all_zeros(const uint8_t *text, size_t n) {
  for (size_t i = 0; i < n && (text[i] | 32) != 'e'; i++)
    if (text[i] >= '1' && text[i] <= '9') return false;
  return true;
}

void float_format(double v, char type, int precision, unsigned flags, Buffer *out) {
  if (type >= 'A' && type <= 'Z') {
    flags |= FLOAT_UPPER;
    type = (char)(type + 32);
  }
  if (isnan(v)) {
    buffer_add_text(out, flags & FLOAT_UPPER ? "NAN" : "nan");
    return;
  }
  size_t start = out->size;
  bool negative = signbit(v);
  if (negative) buffer_add_byte(out, '-');
  if (isinf(v)) {
    buffer_add_text(out, flags & FLOAT_UPPER ? "INF" : "inf");
    return;
  }
  v = fabs(v);
  switch (type) {
  case 'e': add_scientific(v, precision, flags, out); break;
  case 'f': add_fixed(v, precision, flags, out); break;
  case 'g': add_general(v, precision, flags, out); break;
  default: add_shortest(v, flags, out); break;
  }
  if (negative && (flags & FLOAT_NO_MINUS_0) && !out->failed &&
      is_all_zeros(out->bytes + start + 1, out->size - start - 1)) {
    memmove(out->bytes + start, out->bytes + start + 1, out->size - start - 1);
    out->size--;
  }
}

size_t float_repr(double v, char out[FLOAT_REPR_SIZE]) {
  /* never grows: the longest repr has 24 bytes */
  Buffer buffer = {.bytes = (uint8_t *)out, .capacity = FLOAT_REPR_SIZE};
  float_format(v, 'r', 0, FLOAT_ADD_DOT_0, &buffer);
  out[buffer.size] = 0;
  return buffer.size;
}

size_t float_hex(double v, char out[FLOAT_REPR_SIZE]) {
  if (!isfinite(v)) return float_repr(v, out);
  uint64_t bits = bits_of(v), fraction = bits & (((uint64_t)1 << 52) - 1);
  int exponent = (int)(bits >> 52 & 0x7FF);
  const char *sign = bits >> 63 ? "-" : "";
  if (!exponent && !fraction) return (size_t)snprintf(out, FLOAT_REPR_SIZE, "%s0x0.0p+0", sign);
  return (size_t)snprintf(out, FLOAT_REPR_SIZE, "%s0x%d.%013llxp%+d", sign, exponent != 0,
                          (unsigned long long)fraction, (exponent ? exponent : 1) - 1023);
}
