/* binascii.c -- the module binascii: base64, hexadecimal, quoted-printable, uuencode and
** checksums. */
#include "vm/base/buffer.h"
#include "vm/base/hex.h"
#include "vm/contracts/error.h"
#include "vm/contracts/native.h"
#include "vm/contracts/protocol.h"
#include "vm/contracts/type.h"
#include "vm/objects/bytearray.h"
#include "vm/objects/bytes.h"
#include "vm/objects/int.h"

/* Bytes, or a str of ASCII. */
typedef Pin c_Ascii;
static bool convert_Ascii(VM *vm, Value v, Pin *out, const MethodSpec *spec, int i) {
  if (value_is_str(v)) {
    const Str *s = value_object(v);
    if (!str_is_ascii(s))
      return raise_false(vm, TYPE_OF(ValueError),
                         "string argument should contain only ASCII characters");
    *out = (Pin){.bytes = str_data(s), .n = s->length, .owner = VALUE_UNBOUND};
    return true;
  }
  if (!value_is_bytes_like(v))
    return raise_false(vm, TYPE_OF(TypeError),
                       "argument should be bytes, buffer or ASCII string, not '%.100T'", v);
  return pin_of(vm, v, out);
}

#define NATIVE_DEF "vm/modules/binary/binascii.def"
#define NATIVE_PREFIX binascii_
#include "vm/contracts/native_class.inc"

/* The classes are made, and registered, by the first import, which fills the tables. */
static struct {
  Type *error, *incomplete;    /* [gc] */
  uint8_t base64_values[256];  /* 64: no digit */
  uint32_t crc_tables[8][256]; /* the n-th: of a byte that n more bytes follow */
  uint16_t hqx_table[256];
} state;

static Value take_bytes(VM *vm, Buffer *out) {
  Bytes *b = bytes_from_buffer(vm, out);
  buffer_deinit(out);
  return value_of(b);
}

static Value fail(VM *vm, Buffer *out, const char *message) {
  buffer_deinit(out);
  return raise_error(vm, state.error, "%s", message);
}

/* ---- base64 */

static const char base64[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/* Whole groups of four letters, as far as they go: the common case without any checks but one. */
static size_t decode_quads(const uint8_t *from, size_t n, uint8_t *to) {
  size_t i = 0;
  for (; i + 4 <= n; i += 4) {
    const uint8_t *values = state.base64_values;
    uint32_t a = values[from[i]], b = values[from[i + 1]], c = values[from[i + 2]],
             d = values[from[i + 3]];
    if ((a | b | c | d) & 64) break;
    uint32_t bits = a << 18 | b << 12 | c << 6 | d;
    *to++ = (uint8_t)(bits >> 16);
    *to++ = (uint8_t)(bits >> 8);
    *to++ = (uint8_t)bits;
  }
  return i;
}

static Value binascii_a2b_base64(VM *vm, Value self, const binascii_a2b_base64_args *a) {
  Span s = pin_span(&a->data);
  Buffer out;
  buffer_init(&out);
  if (!buffer_reserve(&out, s.n / 4 * 3 + 4)) return raise_memory(vm);
  bool strict = a->strict_mode, padded = false;
  if (strict && s.n && s.bytes[0] == '=') return fail(vm, &out, "Leading padding not allowed");
  size_t i = decode_quads(s.bytes, s.n, out.bytes);
  out.size = i / 4 * 3;
  int position = 0, pads = 0;
  uint8_t left = 0;
  for (; i < s.n; i++) {
    uint8_t c = s.bytes[i];
    if (c == '=') {
      padded = true;
      if (position >= 2 && position + ++pads >= 4) {
        if (strict && i + 1 < s.n) return fail(vm, &out, "Excess data after padding");
        return take_bytes(vm, &out);
      }
      continue;
    }
    c = state.base64_values[c];
    if (c >= 64) {
      if (strict) return fail(vm, &out, "Only base64 data is allowed");
      continue;
    }
    if (strict && padded) return fail(vm, &out, "Discontinuous padding not allowed");
    pads = 0;
    if (position)
      buffer_add_byte(&out, (uint8_t)(left << (position * 2) | c >> (6 - position * 2)));
    left = c;
    position = (position + 1) & 3;
  }
  if (position == 1) {
    size_t count = out.size / 3 * 4 + 1;
    buffer_deinit(&out);
    return raise_error(vm, state.error,
                       "Invalid base64-encoded string: number of data characters (%zd) cannot be 1 "
                       "more than a multiple of 4",
                       count);
  }
  return position ? fail(vm, &out, "Incorrect padding") : take_bytes(vm, &out);
}

static Value binascii_b2a_base64(VM *vm, Value self, const binascii_b2a_base64_args *a) {
  Span s = pin_span(&a->data);
  size_t groups = (s.n + 2) / 3;
  Bytes *b = bytes_new(vm, NULL, groups * 4 + a->newline);
  if (!b || !b->length) return value_of(b);
  uint8_t *to = b->data;
  const uint8_t *p = s.bytes;
  size_t n = s.n;
  for (; n >= 3; n -= 3, p += 3) {
    uint32_t bits = (uint32_t)p[0] << 16 | (uint32_t)p[1] << 8 | p[2];
    *to++ = (uint8_t)base64[bits >> 18];
    *to++ = (uint8_t)base64[bits >> 12 & 63];
    *to++ = (uint8_t)base64[bits >> 6 & 63];
    *to++ = (uint8_t)base64[bits & 63];
  }
  if (n) {
    uint32_t bits = (uint32_t)p[0] << 16 | (n > 1 ? (uint32_t)p[1] << 8 : 0);
    *to++ = (uint8_t)base64[bits >> 18];
    *to++ = (uint8_t)base64[bits >> 12 & 63];
    *to++ = n > 1 ? (uint8_t)base64[bits >> 6 & 63] : '=';
    *to++ = '=';
  }
  if (a->newline) *to = '\n';
  return value_from(b);
}

/* ---- hexadecimal */

static int hex_value(uint8_t c) {
  if (c >= '0' && c <= '9') return c - '0';
  c |= 32;
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static Value unhex(VM *vm, Span s) {
  if (s.n % 2) return raise_error(vm, state.error, "Odd-length string");
  Bytes *b = bytes_new(vm, NULL, s.n / 2);
  if (!b) return VALUE_FAIL;
  if (hex_read(b->data, s.bytes, s.n / 2) != s.n / 2)
    return raise_error(vm, state.error, "Non-hexadecimal digit found");
  return value_from(b);
}

static Value binascii_a2b_hex(VM *vm, Value self, const binascii_a2b_hex_args *a) {
  return unhex(vm, pin_span(&a->hexstr));
}
static Value binascii_unhexlify(VM *vm, Value self, const binascii_unhexlify_args *a) {
  return unhex(vm, pin_span(&a->hexstr));
}

static Value hex(VM *vm, const Pin *data, Value separator, int64_t group) {
  Value text = span_hex(vm, pin_span(data), separator, group);
  if (value_is_fail(text)) return text;
  const Str *digits = value_object(text);
  return value_of(bytes_new(vm, str_data(digits), digits->length));
}

static Value binascii_b2a_hex(VM *vm, Value self, const binascii_b2a_hex_args *a) {
  return hex(vm, &a->data, a->sep, a->bytes_per_sep);
}
static Value binascii_hexlify(VM *vm, Value self, const binascii_hexlify_args *a) {
  return hex(vm, &a->data, a->sep, a->bytes_per_sep);
}

/* ---- quoted-printable (RFC 1521) */

enum { QP_LINE = 76 };

static Value binascii_a2b_qp(VM *vm, Value self, const binascii_a2b_qp_args *a) {
  Span s = pin_span(&a->data);
  Buffer out;
  buffer_init(&out);
  for (size_t i = 0; i < s.n;) {
    uint8_t c = s.bytes[i++];
    if (c == '_' && a->header) c = ' ';
    if (c != '=') {
      buffer_add_byte(&out, c);
      continue;
    }
    if (i == s.n) break;
    c = s.bytes[i];
    if (c == '\n' || c == '\r') { /* a soft line break */
      while (i < s.n && s.bytes[i] != '\n') i++;
      i += i < s.n;
    } else if (c == '=') {
      buffer_add_byte(&out, '=');
      i++;
    } else if (i + 1 < s.n && hex_value(c) >= 0 && hex_value(s.bytes[i + 1]) >= 0) {
      buffer_add_byte(&out, (uint8_t)(hex_value(c) << 4 | hex_value(s.bytes[i + 1])));
      i += 2;
    } else {
      buffer_add_byte(&out, '=');
    }
  }
  return take_bytes(vm, &out);
}

static void add_quoted(Buffer *out, uint8_t c) {
  static const char digits[] = "0123456789ABCDEF";
  buffer_add_byte(out, '=');
  buffer_add_byte(out, (uint8_t)digits[c >> 4]);
  buffer_add_byte(out, (uint8_t)digits[c & 15]);
}

static void add_line_end(Buffer *out, bool crlf) {
  if (crlf) buffer_add_byte(out, '\r');
  buffer_add_byte(out, '\n');
}

static bool needs_quoting(const binascii_b2a_qp_args *a, size_t i, size_t column) {
  Span s = pin_span(&a->data);
  uint8_t c = s.bytes[i];
  bool last = i + 1 == s.n;
  if (c > 126 || c == '=' || (a->header && c == '_')) return true;
  if (c == '.' && column == 0 &&
      (last || s.bytes[i + 1] == '\n' || s.bytes[i + 1] == '\r' || s.bytes[i + 1] == 0))
    return true;
  if (c == '\r' || c == '\n') return !a->istext;
  if (c == '\t' || c == ' ') return last || a->quotetabs;
  return c < 33;
}

static Value binascii_b2a_qp(VM *vm, Value self, const binascii_b2a_qp_args *a) {
  Span s = pin_span(&a->data);
  const uint8_t *newline = memchr(s.bytes, '\n', s.n);
  bool crlf = newline && newline > s.bytes && newline[-1] == '\r';
  size_t column = 0;
  Buffer out;
  buffer_init(&out);
  for (size_t i = 0; i < s.n;) {
    uint8_t c = s.bytes[i];
    if (needs_quoting(a, i, column)) {
      if (column + 3 >= QP_LINE) {
        buffer_add_byte(&out, '=');
        add_line_end(&out, crlf);
        column = 0;
      }
      add_quoted(&out, c);
      column += 3;
      i++;
    } else if (a->istext && (c == '\n' || (c == '\r' && i + 1 < s.n && s.bytes[i + 1] == '\n'))) {
      column = 0;
      uint8_t before = out.size ? out.bytes[out.size - 1] : 0;
      if (before == ' ' || before == '\t') { /* white space at the end of a line would get lost */
        out.size--;
        add_quoted(&out, before);
      }
      add_line_end(&out, crlf);
      i += c == '\r' ? 2 : 1;
    } else {
      if (i + 1 != s.n && s.bytes[i + 1] != '\n' && column + 1 >= QP_LINE) {
        buffer_add_byte(&out, '=');
        add_line_end(&out, crlf);
        column = 0;
      }
      column++;
      buffer_add_byte(&out, a->header && c == ' ' ? '_' : c);
      i++;
    }
  }
  return take_bytes(vm, &out);
}

/* ---- uuencode */

static Value binascii_a2b_uu(VM *vm, Value self, const binascii_a2b_uu_args *a) {
  Span s = pin_span(&a->data);
  Buffer out;
  buffer_init(&out);
  size_t i = 0;
  int left = ((s.n ? s.bytes[i++] : 0) - ' ') & 63; /* no line at all reads as a zero byte */
  uint32_t bits = 0, count = 0;
  for (; left > 0; i++) {
    uint8_t c = i < s.n ? s.bytes[i] : 0;
    if (i >= s.n || c == '\n' || c == '\r') c = 0; /* what a line lacks counts as zeros */
    else if (c < ' ' || c > ' ' + 64) return fail(vm, &out, "Illegal char");
    else c = (uint8_t)(c - ' ') & 63;
    bits = bits << 6 | c;
    count += 6;
    if (count >= 8) {
      count -= 8;
      buffer_add_byte(&out, (uint8_t)(bits >> count));
      bits &= (1u << count) - 1;
      left--;
    }
  }
  for (; i < s.n; i++) {
    uint8_t c = s.bytes[i];
    if (c != ' ' && c != ' ' + 64 && c != '\n' && c != '\r')
      return fail(vm, &out, "Trailing garbage");
  }
  return take_bytes(vm, &out);
}

static void add_uu(Buffer *out, uint32_t value, bool backtick) {
  buffer_add_byte(out, !value && backtick ? '`' : (uint8_t)(' ' + value));
}

static Value binascii_b2a_uu(VM *vm, Value self, const binascii_b2a_uu_args *a) {
  Span s = pin_span(&a->data);
  if (s.n > 45) return raise_error(vm, state.error, "At most 45 bytes at once");
  Buffer out;
  buffer_init(&out);
  add_uu(&out, (uint32_t)s.n, a->backtick);
  for (size_t i = 0; i < s.n; i += 3) {
    uint32_t bits = (uint32_t)s.bytes[i] << 16 | (i + 1 < s.n ? (uint32_t)s.bytes[i + 1] << 8 : 0) |
                    (i + 2 < s.n ? s.bytes[i + 2] : 0);
    for (int shift = 18; shift >= 0; shift -= 6) add_uu(&out, bits >> shift & 63, a->backtick);
  }
  buffer_add_byte(&out, '\n');
  return take_bytes(vm, &out);
}

/* ---- checksums */

static void make_tables(void) {
  for (uint32_t i = 0; i < 256; i++) {
    uint32_t crc = i;
    uint16_t hqx = (uint16_t)(i << 8);
    for (int k = 0; k < 8; k++) {
      crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320u : 0);
      hqx = (uint16_t)(hqx << 1 ^ (hqx & 0x8000 ? 0x1021 : 0));
    }
    state.crc_tables[0][i] = crc;
    state.hqx_table[i] = hqx;
  }
  for (int t = 1; t < 8; t++)
    for (int i = 0; i < 256; i++) {
      uint32_t before = state.crc_tables[t - 1][i];
      state.crc_tables[t][i] = before >> 8 ^ state.crc_tables[0][before & 255];
    }
  memset(state.base64_values, 64, sizeof state.base64_values);
  for (uint8_t i = 0; i < 64; i++) state.base64_values[(uint8_t)base64[i]] = i;
}

/* The low bits of any int: what a checksum goes on from. */
static bool low_bits(VM *vm, Value v, uint64_t *out) {
  if (v == VALUE_MISSING) return *out = 0, true;
  if (!value_index(vm, v, &v)) return false;
  Value masked = int_and(vm, v, value_int(vm, 0xFFFFFFFF));
  return !value_is_fail(masked) && int_to_uint64(masked, out);
}

static Value binascii_crc32(VM *vm, Value self, const binascii_crc32_args *a) {
  uint64_t start;
  if (!low_bits(vm, a->crc, &start)) return VALUE_FAIL;
  uint32_t crc = ~(uint32_t)start;
  const uint32_t(*tables)[256] = (const uint32_t(*)[256])state.crc_tables;
  const uint8_t *p = a->data.bytes;
  size_t n = a->data.n;
  for (; n >= 8; n -= 8, p += 8) { /* eight bytes a step, one table for each */
    uint32_t low, high;
    memcpy(&low, p, 4);
    memcpy(&high, p + 4, 4);
    low ^= crc;
    crc = tables[7][low & 255] ^ tables[6][low >> 8 & 255] ^ tables[5][low >> 16 & 255] ^
          tables[4][low >> 24] ^ tables[3][high & 255] ^ tables[2][high >> 8 & 255] ^
          tables[1][high >> 16 & 255] ^ tables[0][high >> 24];
  }
  for (; n; n--, p++) crc = crc >> 8 ^ tables[0][(crc ^ *p) & 255];
  return value_int(vm, ~crc);
}

static Value binascii_crc_hqx(VM *vm, Value self, const binascii_crc_hqx_args *a) {
  uint64_t start;
  if (!low_bits(vm, a->crc, &start)) return VALUE_FAIL;
  uint16_t crc = (uint16_t)start;
  for (size_t i = 0; i < a->data.n; i++)
    crc = (uint16_t)(crc << 8 ^ state.hqx_table[crc >> 8 ^ a->data.bytes[i]]);
  return value_int(vm, crc);
}

static bool init(VM *vm, Module *module) {
  if (state.error) /* a module that is imported anew keeps its classes */
    return module_add(vm, module, "Error", value_from(state.error)) &&
           module_add(vm, module, "Incomplete", value_from(state.incomplete));
  make_tables();
  Value error = module_new_exception(vm, "binascii", "Error", TYPE_OF(ValueError));
  Value incomplete = module_new_exception(vm, "binascii", "Incomplete", TYPE_OF(Exception));
  if (value_is_fail(error) || value_is_fail(incomplete)) return false;
  state.error = value_object(error);
  state.incomplete = value_object(incomplete);
  heap_add_root_object(vm, &state.error);
  heap_add_root_object(vm, &state.incomplete);
  return module_add(vm, module, "Error", error) && module_add(vm, module, "Incomplete", incomplete);
}

const ModuleSpec binascii_module = {.name = "binascii",
                                    .doc = "Binary data as ASCII text and back.",
                                    NATIVE_FUNCTIONS(binascii_),
                                    .init = init};
