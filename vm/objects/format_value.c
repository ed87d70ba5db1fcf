/* format_value.c -- __format__ of str, int, float and complex: format_spec.h's layout applied to
** their digits. */
#include <limits.h>
#include <locale.h>
#include <math.h>

#include "vm/base/float_text.h"
#include "vm/base/format_spec.h"
#include "vm/base/utf8.h"
#include "vm/contracts/error.h"
#include "vm/contracts/native.h"
#include "vm/contracts/protocol.h"
#include "vm/objects/complex.h"
#include "vm/objects/float.h"
#include "vm/objects/int.h"
#include "vm/objects/str_ops.h"

/* ---- common */

static Value raise_buffer(VM *vm, Buffer *message) {
  Str *text = str_from_buffer(vm, message); /* there may be a NUL in it */
  buffer_deinit(message);
  return text ? raise_value(vm, "%U", text) : VALUE_FAIL;
}

static const char *class_name(VM *vm, Value v) {
  size_t size;
  const Type *type = value_type(v);
  return type->name ? str_utf8(vm, type->name, &size) : type->spec->name;
}

/* parse_spec: the format of v, as CPython's messages name it by its class. */
static bool parse_spec(VM *vm, Str *text, uint32_t type, char align, Value v, FormatSpec *spec) {
  const char *type_name = class_name(vm, v);
  Buffer error;
  buffer_init(&error);
  if (format_spec_parse(str_data(text), 1 << str_kind(text), text->length, type, align, type_name,
                        spec, &error))
    return true;
  raise_buffer(vm, &error);
  return false;
}

static Value unknown_type(VM *vm, const FormatSpec *spec, Value v) {
  Buffer error;
  buffer_init(&error);
  format_spec_unknown_type(spec, class_name(vm, v), &error);
  return raise_buffer(vm, &error);
}

/* The Str of what number_layout wrote; a fill may be a lone surrogate, so it is not checked. */
static Value take_text(VM *vm, Buffer *text) {
  Str *s = str_from_buffer(vm, text);
  buffer_deinit(text);
  return value_of(s);
}

static NumberGrouping grouping_for(const FormatSpec *spec) {
  if (spec->type != 'n') return grouping_of_spec(spec);
  const struct lconv *local = localeconv();
  return (NumberGrouping){local->thousands_sep, local->grouping, local->decimal_point};
}

static bool width_is_sane(VM *vm, const FormatSpec *spec) {
  if (spec->width >> 40 && spec->width > 0) return raise_memory(vm), false;
  return true;
}

/* A number without grouping: sign, padding and digits straight into a new Str. */
static Value lay_out_plain(VM *vm, const FormatSpec *spec, const NumberText *number) {
  char sign = number->negative ? '-' : spec->sign == '+' || spec->sign == ' ' ? spec->sign : 0;
  size_t body = (sign != 0) + number->prefix_size + number->digit_count + number->rest_size;
  size_t total = spec->width > (int64_t)body ? (size_t)spec->width - body : 0, left = 0, inner = 0;
  if (spec->align == '=') inner = total;
  else left = spec->align == '>' ? total : spec->align == '^' ? total / 2 : 0;
  Str *s = str_alloc(vm, body + total, 0x7F);
  if (!s) return VALUE_FAIL;
  uint8_t *to = s->data;
  memset(to, (int)spec->fill, left);
  to += left;
  if (sign) *to++ = (uint8_t)sign;
  to = mempcpy(to, number->prefix, number->prefix_size);
  memset(to, (int)spec->fill, inner);
  to = mempcpy(to + inner, number->digits, number->digit_count);
  to = mempcpy(to, number->rest, number->rest_size);
  memset(to, (int)spec->fill, total - left - inner);
  return value_from(body + total == 1 ? str_from_char(vm, s->data[0]) : s);
}

static Value lay_out(VM *vm, const FormatSpec *spec, const NumberText *number) {
  if (!spec->grouping && spec->type != 'n' && spec->fill < 0x80)
    return lay_out_plain(vm, spec, number);
  Buffer out;
  buffer_init(&out);
  NumberGrouping grouping = grouping_for(spec);
  number_layout(number, spec, &grouping, &out);
  return take_text(vm, &out);
}

/* ---- str */

Value format_str(VM *vm, Str *s, Str *spec_text) {
  if (!spec_text->length) { return value_of(str_exact(vm, s)); }
  FormatSpec spec;
  if (!parse_spec(vm, spec_text, 's', '<', value_from(s), &spec)) return VALUE_FAIL;
  if (spec.type != 's') return unknown_type(vm, &spec, value_from(s));
  if (spec.sign == ' ') return raise_value(vm, "Space not allowed in string format specifier");
  if (spec.sign) return raise_value(vm, "Sign not allowed in string format specifier");
  if (spec.no_minus_zero)
    return raise_value(vm, "Negative zero coercion (z) not allowed in string format specifier");
  if (spec.alternate)
    return raise_value(vm, "Alternate form (#) not allowed in string format specifier");
  if (spec.align == '=')
    return raise_value(vm, "'=' alignment not allowed in string format specifier");
  if (!width_is_sane(vm, &spec)) return VALUE_FAIL;
  if (spec.precision >= 0 && (uint64_t)spec.precision < s->length &&
      !(s = str_substring(vm, s, 0, (size_t)spec.precision)))
    return VALUE_FAIL;
  size_t left, right;
  text_padding(&spec, s->length, &left, &right);
  return value_of(str_pad(vm, s, left, right, spec.fill));
}

/* ---- float */

static Value lay_out_float(VM *vm, double d, const FormatSpec *spec) {
  unsigned flags =
      (spec->alternate ? FLOAT_ALTERNATE : 0) | (spec->no_minus_zero ? FLOAT_NO_MINUS_0 : 0);
  int64_t precision = spec->precision;
  char type = (char)spec->type;
  if (precision > INT_MAX) return raise_value(vm, "precision too big");
  if (!width_is_sane(vm, spec)) return VALUE_FAIL;
  if (type == 0) {
    type = precision < 0 ? 'r' : 'g';
    flags |= FLOAT_ADD_DOT_0;
  } else if (precision < 0) {
    precision = 6;
  }
  if (type == 'n') type = 'g';
  if (type == '%') d *= 100;
  uint8_t room[512]; /* a double has at most 309 digits before the point */
  bool fits = precision < 150;
  Buffer digits = {.bytes = room, .capacity = sizeof room};
  if (!fits) buffer_init(&digits);
  float_format(d, type == '%' ? 'f' : type, (int)precision, flags, &digits);
  if (type == '%') buffer_add_byte(&digits, '%');
  NumberText number = number_split((const char *)digits.bytes, digits.size);
  Value result = lay_out(vm, spec, &number);
  if (!fits) buffer_deinit(&digits);
  return result;
}

static bool is_float_type(uint32_t type) {
  return type == 0 || (type < 128 && strchr("eEfFgGn%", (int)type));
}

Value format_float(VM *vm, Value v, Str *spec_text) {
  double d = float_of(v);
  if (!spec_text->length) {
    char text[FLOAT_REPR_SIZE];
    size_t n = float_repr(d, text);
    return value_of(str_new_ascii(vm, text, n));
  }
  FormatSpec spec;
  if (!parse_spec(vm, spec_text, 0, '>', v, &spec)) return VALUE_FAIL;
  return is_float_type(spec.type) ? lay_out_float(vm, d, &spec) : unknown_type(vm, &spec, v);
}

/* ---- int */

static Value format_character(VM *vm, Value n, FormatSpec *spec) {
  int64_t c;
  if (spec->sign) return raise_value(vm, "Sign not allowed with integer format specifier 'c'");
  if (spec->alternate)
    return raise_value(vm, "Alternate form (#) not allowed with integer format specifier 'c'");
  if (!int_to_int64(n, &c))
    return raise_error(vm, TYPE_OF(OverflowError), "Python int too large to convert to C long");
  if (c < 0 || c > 0x10FFFF)
    return raise_error(vm, TYPE_OF(OverflowError), "%%c arg not in range(0x110000)");
  Str *s = str_from_char(vm, (uint32_t)c);
  if (spec->width <= 1) return value_from(s);
  int64_t total = spec->width - 1;
  size_t left = spec->align == '>' || spec->align == '=' ? (size_t)total
                : spec->align == '^'                     ? (size_t)total / 2
                                                         : 0;
  return value_of(str_pad(vm, s, left, (size_t)total - left, spec->fill));
}

static int base_of_type(uint32_t type) {
  switch (type) {
  case 'b': return 2;
  case 'o': return 8;
  case 'x':
  case 'X': return 16;
  default: return 10;
  }
}

static Value lay_out_int(VM *vm, Value n, const FormatSpec *spec) {
  static const char *const prefixes[17] = {[2] = "0b", [8] = "0o", [16] = "0x"};
  int base = base_of_type(spec->type);
  char small[24];
  const char *text = small;
  size_t size;
  Buffer upper;
  if (!width_is_sane(vm, spec)) return VALUE_FAIL;
  if (value_is_int(n) && base == 10) {
    char *to = small + sizeof small;
    int64_t v = value_as_int(n);
    uint64_t u = v < 0 ? -(uint64_t)v : (uint64_t)v;
    do *--to = (char)('0' + u % 10);
    while (u /= 10);
    if (v < 0) *--to = '-';
    text = to;
    size = (size_t)(small + sizeof small - to);
  } else {
    Value digits = int_to_str(vm, n, base);
    if (value_is_fail(digits)) return VALUE_FAIL;
    text = str_utf8(vm, value_object(digits), &size);
  }
  buffer_init(&upper);
  if (spec->type == 'X') {
    for (size_t i = 0; i < size; i++)
      buffer_add_byte(&upper, (uint8_t)(text[i] >= 'a' && text[i] <= 'z' ? text[i] - 32 : text[i]));
    text = buffer_text(&upper);
  }
  NumberText number = number_split(text, size);
  /* letters are digits */
  if (base == 16) number.digit_count += number.rest_size, number.rest_size = 0;
  if (spec->alternate && prefixes[base]) {
    number.prefix = spec->type == 'X' ? "0X" : prefixes[base];
    number.prefix_size = 2;
  }
  Value result = buffer_is_whole(vm, &upper) ? lay_out(vm, spec, &number) : VALUE_FAIL;
  buffer_deinit(&upper);
  return result;
}

Value format_int(VM *vm, Value n, Str *spec_text) {
  if (!spec_text->length) return int_to_str(vm, n, 10);
  FormatSpec spec;
  if (!parse_spec(vm, spec_text, 'd', '>', n, &spec)) return VALUE_FAIL;
  if (spec.type < 128 && spec.type && strchr("eEfFgG%", (int)spec.type)) {
    double d;
    return int_to_double(vm, n, &d) ? lay_out_float(vm, d, &spec) : VALUE_FAIL;
  }
  if (spec.type > 127 || !spec.type || !strchr("bcdoxXn", (int)spec.type))
    return unknown_type(vm, &spec, n);
  if (spec.precision >= 0)
    return raise_value(vm, "Precision not allowed in integer format specifier");
  if (spec.no_minus_zero)
    return raise_value(vm, "Negative zero coercion (z) not allowed in integer format specifier");
  return spec.type == 'c' ? format_character(vm, n, &spec) : lay_out_int(vm, n, &spec);
}

/* ---- complex */

static void add_part(double d, FormatSpec *spec, char type, int precision, unsigned flags,
                     Buffer *out) {
  Buffer digits;
  buffer_init(&digits);
  float_format(d, type, precision, flags, &digits);
  NumberText number = number_split((const char *)digits.bytes, digits.size);
  NumberGrouping grouping = grouping_for(spec);
  number_layout(&number, spec, &grouping, out);
  if (digits.failed) (void)buffer_fail(out);
  buffer_deinit(&digits);
}

Value format_complex(VM *vm, const Complex *z, Str *spec_text) {
  double real = z->real, imag = z->imag;
  FormatSpec spec;
  if (!parse_spec(vm, spec_text, 0, '>', value_from(z), &spec)) return VALUE_FAIL;
  if (!is_float_type(spec.type) || spec.type == '%') return unknown_type(vm, &spec, value_from(z));
  if (spec.fill == '0')
    return raise_value(vm, "Zero padding is not allowed in complex format specifier");
  if (spec.align == '=')
    return raise_value(vm, "'=' alignment flag is not allowed in complex format specifier");
  if (spec.precision > INT_MAX) return raise_value(vm, "precision too big");
  unsigned flags =
      (spec.alternate ? FLOAT_ALTERNATE : 0) | (spec.no_minus_zero ? FLOAT_NO_MINUS_0 : 0);
  int precision = spec.precision >= 0 ? (int)spec.precision : 6;
  char type = spec.type == 'n' ? 'g' : (char)spec.type;
  bool parens = false, only_imaginary = false;
  if (type == 0) {
    type = spec.precision < 0 ? 'r' : 'g';
    only_imaginary = real == 0 && !signbit(real);
    parens = !only_imaginary;
  }
  Buffer out;
  buffer_init(&out);
  FormatSpec part = spec;
  part.width = -1;
  part.align = '<';
  if (parens) buffer_add_byte(&out, '(');
  if (!only_imaginary) {
    add_part(real, &part, type, precision, flags, &out);
    part.sign = '+';
  }
  add_part(imag, &part, type, precision, flags, &out);
  buffer_add_byte(&out, 'j');
  if (parens) buffer_add_byte(&out, ')');
  Value text = take_text(vm, &out);
  if (value_is_fail(text)) return text;
  size_t left, right;
  text_padding(&spec, ((Str *)value_object(text))->length, &left, &right);
  return value_of(str_pad(vm, value_object(text), left, right, spec.fill));
}
