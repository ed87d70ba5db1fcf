/* item_format.c -- see item_format.h. Byte order and sizes are the machine's. */
#include "vm/objects/item_format.h"

#include <math.h>

#include "vm/contracts/error.h"
#include "vm/contracts/protocol.h"
#include "vm/objects/bytes.h"
#include "vm/objects/float.h"
#include "vm/objects/int.h"
#include "vm/objects/str.h"

size_t item_size(char letter) {
  switch (letter) {
  case 'b':
  case 'B':
  case 'c':
  case '?': return 1;
  case 'h':
  case 'H':
  case 'e': return 2;
  case 'i':
  case 'I':
  case 'f': return 4;
  case 'l':
  case 'L':
  case 'q':
  case 'Q':
  case 'n':
  case 'N':
  case 'd':
  case 'P': return 8;
  default: return 0;
  }
}

char item_letter(const char *format) {
  if (*format == '@') format++;
  return format[0] && !format[1] && item_size(format[0]) ? format[0] : 0;
}

/* IEEE binary16. */
static double half_to_double(uint16_t bits) {
  int exponent = bits >> 10 & 31, fraction = bits & 1023;
  double v = exponent == 31 ? (fraction ? NAN : INFINITY)
             : exponent     ? ldexp(1024 + fraction, exponent - 25)
                            : ldexp(fraction, -24);
  return bits >> 15 ? -v : v;
}

bool double_to_half(double d, uint16_t *bits) {
  uint16_t sign = signbit(d) ? 0x8000 : 0;
  double v = fabs(d);
  *bits = sign;
  if (isnan(d)) return *bits |= 0x7E00, true;
  if (isinf(d)) return *bits |= 0x7C00, true;
  int exponent;
  if (v == 0) return true;
  frexp(v, &exponent);                                   /* v = f * 2^exponent, 0.5 <= f < 1 */
  int shift = exponent - 11 < -24 ? -24 : exponent - 11; /* the unit of the last place */
  double units = nearbyint(ldexp(v, -shift));
  if (units >= 2048) units /= 2, shift++;
  if (shift > 5) return false;
  unsigned n = (unsigned)units;
  *bits |= (uint16_t)(n < 1024 ? n : (unsigned)(shift + 25) << 10 | (n - 1024));
  return true;
}

#define LOAD(Type)                      \
  ({                                    \
    Type item_;                         \
    memcpy(&item_, from, sizeof item_); \
    item_;                              \
  })

Value item_load(VM *vm, char letter, const uint8_t *from) {
  switch (letter) {
  case 'b': return value_int_unchecked((int8_t)*from);
  case 'B': return value_int_unchecked(*from);
  case 'c': return value_of(bytes_new(vm, from, 1));
  case '?': return value_bool(*from != 0);
  case 'h': return value_int_unchecked(LOAD(int16_t));
  case 'H': return value_int_unchecked(LOAD(uint16_t));
  case 'i': return value_int_unchecked(LOAD(int32_t));
  case 'I': return value_int_unchecked(LOAD(uint32_t));
  case 'l':
  case 'q':
  case 'n': return value_int(vm, LOAD(int64_t));
  case 'L':
  case 'Q':
  case 'N':
  case 'P': return int_from_uint64(vm, LOAD(uint64_t));
  case 'e': return value_float(vm, half_to_double(LOAD(uint16_t)));
  case 'f': return value_float(vm, LOAD(float));
  case 'd': return value_float(vm, LOAD(double));
  default: panic("item_load: %c", letter);
  }
}

static ItemStored store_float(VM *vm, char letter, uint8_t *to, Value v) {
  double d;
  if (!value_to_double(vm, v, &d))
    return error_clear_if(vm, TYPE_OF(TypeError)) ? ITEM_WRONG_TYPE : ITEM_FAILED;
  if (letter == 'd') {
    memcpy(to, &d, 8);
  } else if (letter == 'f') {
    float f = (float)d;
    memcpy(to, &f, 4);
  } else {
    uint16_t half;
    if (!double_to_half(d, &half)) {
      (void)raise_error(vm, TYPE_OF(OverflowError), "float too large to pack with e format");
      return ITEM_FAILED;
    }
    memcpy(to, &half, 2);
  }
  return ITEM_STORED;
}

ItemStored item_store(VM *vm, char letter, uint8_t *to, Value v) {
  if (letter == 'f' || letter == 'd' || letter == 'e') return store_float(vm, letter, to, v);
  if (letter == '?') {
    Answer truth = value_truth(vm, v);
    if (truth != ANSWER_FAILED) *to = (uint8_t)truth;
    return truth == ANSWER_FAILED ? ITEM_FAILED : ITEM_STORED;
  }
  if (letter == 'c') {
    if (!value_has_flag(v, TYPE_BYTES_SUBCLASS)) return ITEM_WRONG_TYPE;
    const Bytes *b = value_object(v);
    if (b->length != 1) return ITEM_OUT_OF_RANGE;
    *to = b->data[0];
    return ITEM_STORED;
  }
  if (!value_is_any_int(v)) {
    if (!value_has_special(v, SPECIAL_index)) return ITEM_WRONG_TYPE;
    if (!value_index(vm, v, &v)) return ITEM_FAILED;
  }
  size_t size = item_size(letter);
  bool is_signed = letter >= 'a' && letter != 'P';
  int64_t n;
  uint64_t u;
  if (is_signed) {
    if (!int_to_int64(v, &n)) return ITEM_OUT_OF_RANGE;
    if (size < 8 && (n < -(INT64_C(1) << (size * 8 - 1)) || n >= INT64_C(1) << (size * 8 - 1)))
      return ITEM_OUT_OF_RANGE;
    u = (uint64_t)n;
  } else {
    if (!int_to_uint64(v, &u)) {
      if (letter != 'P' || !int_to_int64(v, &n)) return ITEM_OUT_OF_RANGE;
      u = (uint64_t)n;
    }
    if (size < 8 && u >> (size * 8)) return ITEM_OUT_OF_RANGE;
  }
  memcpy(to, &u, size); /* little-endian machines: the low bytes come first */
  return ITEM_STORED;
}
static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__,
              "item_store copies the low bytes of a word");
