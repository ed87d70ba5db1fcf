/* format.c -- __format__ of Decimals: a specification of their own (it knows 'E', 'F', 'G', 'N' and
** '%', and rounds as the context does), laid out as all numbers are (base/format_spec.h). */
#include <limits.h>
#include <locale.h>

#include "vm/base/format_spec.h"
#include "vm/base/utf8.h"
#include "vm/modules/decimal/decimal.h"
#include "vm/objects/dict.h"

typedef struct Spec {
  FormatSpec f;
  bool upper, percent, local;
  char form; /* 'e', 'f' or 'g' */
} Spec;

/* ---- reading the specification */

typedef struct Reader {
  Str *text;
  size_t at;
} Reader;
static uint32_t peek(const Reader *r, size_t ahead) {
  return r->at + ahead < r->text->length ? str_at(r->text, r->at + ahead) : 0;
}
static bool take(Reader *r, uint32_t c) {
  if (r->at >= r->text->length || peek(r, 0) != c) return false;
  r->at++;
  return true;
}
static bool is_align(uint32_t c) { return c == '<' || c == '>' || c == '=' || c == '^'; }

/* Digits; false: too many. *n -1: none. */
static bool read_number(Reader *r, int64_t *n) {
  *n = -1;
  for (; peek(r, 0) >= '0' && peek(r, 0) <= '9'; r->at++) {
    *n = (*n < 0 ? 0 : *n) * 10 + (int64_t)(peek(r, 0) - '0');
    if (*n > DECIMAL_MAX_PREC) return false;
  }
  return true;
}

static void read_fill(Reader *r, FormatSpec *f) {
  f->fill = ' ';
  f->align = '>';
  if (r->text->length >= 2 && is_align(peek(r, 1))) {
    f->fill = peek(r, 0);
    f->align = (char)peek(r, 1);
    f->fill_given = f->align_given = true;
    r->at = 2;
  } else if (is_align(peek(r, 0))) {
    f->align = (char)peek(r, 0);
    f->align_given = true;
    r->at = 1;
  }
}

static bool read_type(Reader *r, Spec *spec, bool capitals) {
  uint32_t type = peek(r, 0);
  spec->upper = capitals;
  spec->form = 'g';
  if (r->at == r->text->length) return true;
  r->at++;
  switch (type) {
  case 'e':
  case 'f':
  case 'g': spec->form = (char)type, spec->upper = false; break;
  case 'E':
  case 'F':
  case 'G': spec->form = (char)(type | 0x20), spec->upper = true; break;
  case '%': spec->form = 'f', spec->percent = true; break;
  case 'n':
  case 'N':
    spec->local = true, spec->upper = type == 'N';
    if (spec->f.grouping) return false;
    break;
  default: return false;
  }
  return r->at == r->text->length;
}

/* false: it is no specification. */
static bool read_spec(Str *text, bool capitals, Spec *spec) {
  Reader r = {text, 0};
  FormatSpec *f = &spec->f;
  *spec = (Spec){.f = {.width = -1, .precision = -1}};
  read_fill(&r, f);
  uint32_t sign = peek(&r, 0);
  if (sign == '+' || sign == '-' || sign == ' ') f->sign = (char)sign, r.at++;
  f->no_minus_zero = take(&r, 'z');
  if (take(&r, '0')) {
    if (f->align_given) return false;
    f->fill = '0';
    f->align = '=';
    f->fill_given = true; /* what the zeros are: specials have spaces instead */
  }
  if (peek(&r, 0) == '0' || !read_number(&r, &f->width)) return false;
  if (take(&r, ',')) f->grouping = ',';
  if (take(&r, '.') && (!read_number(&r, &f->precision) || f->precision < 0)) return false;
  return read_type(&r, spec, capitals);
}

/* ---- what the locale, or a dict in its place, says */

typedef struct Conventions {
  const char *point, *separator, *sizes;
} Conventions;

/* Replaces *what by the dict's text under the name, if it has one. */
static bool override_text(VM *vm, Dict *dict, const char *name, const char **what) {
  Str *key = str_intern_cstr(vm, name);
  Value v = key ? dict_get(vm, dict, value_from(key)) : VALUE_FAIL;
  if (value_is_fail(v)) return false;
  if (v == VALUE_UNBOUND) return true;
  if (!value_is_str(v)) return raise_false(vm, TYPE_OF(ValueError), "invalid override dict");
  *what = str_utf8(vm, value_object(v), NULL);
  return *what != NULL;
}

static bool sizes_are_sane(const char *sizes) {
  for (; *sizes; sizes++)
    if ((signed char)*sizes < 0) return false;
  return true;
}

static bool conventions_of(VM *vm, const Spec *spec, Value override, Conventions *out) {
  *out = (Conventions){".", "", ""};
  if (spec->f.grouping) *out = (Conventions){".", ",", "\003"};
  if (spec->local) {
    const struct lconv *local = localeconv();
    *out = (Conventions){local->decimal_point, local->thousands_sep, local->grouping};
  }
  if (override == VALUE_MISSING) return true;
  if (!value_has_flag(override, TYPE_DICT_SUBCLASS))
    return raise_false(vm, TYPE_OF(TypeError), "optional argument must be a dict");
  Dict *dict = value_object(override);
  return override_text(vm, dict, "decimal_point", &out->point) &&
         override_text(vm, dict, "thousands_sep", &out->separator) &&
         override_text(vm, dict, "grouping", &out->sizes) &&
         ((*out->point && strlen(out->point) <= 4 && strlen(out->separator) <= 4 &&
           sizes_are_sane(out->sizes)) ||
          raise_false(vm, TYPE_OF(ValueError), "invalid override dict"));
}

/* ---- the digits */

/* What an operation rounds by: the form and precision of a specification. */
typedef struct Rounder {
  Operation op; /* first: apply gets this */
  const Spec *spec;
} Rounder;

static void apply_round(Operation *op) {
  const Spec *spec = ((Rounder *)op)->spec;
  Number n = op->a;
  int64_t precision = spec->f.precision, drop = 0;
  if (spec->percent) n.exponent += 2;
  if (precision >= 0 && spec->form == 'f') {
    dec_rescale(&op->work, op->settings, &n, -precision, &n);
  } else if (precision >= 0 && !number_is_zero(&n)) {
    int64_t most = spec->form == 'e' ? precision + 1 : precision ? precision : 1;
    drop = n.digits - most;
    if (drop > 0) {
      number_drop(&op->work, op->settings->rounding, &n, drop);
      if (n.digits > most) number_drop(&op->work, ROUNDING_DOWN, &n, 1);
    } else if (spec->form == 'e') {
      number_shift_left(&op->work, &n, -drop, &n);
      n.exponent += drop;
    }
  }
  if (spec->form == 'f' && number_is_zero(&n) && n.exponent > 0) n.exponent = 0;
  if (spec->form == 'f' && n.exponent > 0) {
    number_shift_left(&op->work, &n, n.exponent, &n);
    n.exponent = 0;
  }
  /* 'z' has no effect on what "F" rounds to zero, as in the reference */
  bool kept = spec->upper && spec->form == 'f' && !spec->percent && !number_is_zero(&op->a);
  if (spec->f.no_minus_zero && number_is_zero(&n) && !kept) n.negative = false;
  op->result = n;
}

/* Digits before the point, as to_sci_string has it or as the form wants. */
static int64_t point_for(const Spec *spec, const Number *n) {
  int64_t whole = n->exponent + n->digits;
  if (spec->form == 'f') return whole;
  if (spec->form == 'e') {
    bool zeros = number_is_zero(n) && spec->f.precision >= 0;
    return zeros ? 1 - spec->f.precision : 1;
  }
  return n->exponent <= 0 && whole > -6 ? whole : 1;
}

/* The body of a number's text, in place while it is short, a byte for the sign before it. */
typedef struct Body {
  char *text, *end;
  char room[160];
} Body;
static bool body_begin(VM *vm, Body *body, int64_t size) {
  char *start = body->room;
  if (++size > (int64_t)sizeof body->room) {
    RawBytes *bytes = raw_bytes_new(vm, (size_t)size);
    if (!bytes) return false;
    start = (char *)bytes->bytes;
  }
  body->text = body->end = start + 1;
  return true;
}
static void add_zeros(Body *body, int64_t n) {
  memset(body->end, '0', (size_t)n);
  body->end += n;
}

/* The text of a finite number without its sign: "12.5E+3%". */
static bool write_finite(VM *vm, const Spec *spec, const Number *n, Body *body) {
  enum { POINT_EXPONENT_AND_PERCENT = 32 };
  int64_t point = point_for(spec, n), exponent = n->exponent + n->digits - point;
  int64_t in_front = point <= 0 ? -point : 0, behind = point > n->digits ? point - n->digits : 0;
  if (!body_begin(vm, body, n->digits + in_front + behind + POINT_EXPONENT_AND_PERCENT))
    return false;
  if (point <= 0) {
    memcpy(body->end, "0.", 2);
    body->end += 2;
    add_zeros(body, in_front);
  }
  dec_digits(n, body->end);
  if (point > 0 && point < n->digits) {
    memmove(body->end + point + 1, body->end + point, (size_t)(n->digits - point));
    body->end[point] = '.';
    body->end++;
  }
  body->end += n->digits;
  add_zeros(body, behind);
  if (exponent || spec->form == 'e') body->end = dec_exponent(body->end, exponent, spec->upper);
  if (spec->percent) *body->end++ = '%';
  return true;
}

static bool write_special(VM *vm, const Spec *spec, const Number *n, Body *body) {
  if (!body_begin(vm, body, dec_text_size(n))) return false;
  Number plain = *n;
  plain.negative = false;
  body->end = dec_text(&plain, false, true, body->text);
  if (spec->percent) *body->end++ = '%';
  return true;
}

/* ---- all of it */

/* Zeros as fill that was asked for ("0=20,") are not grouped, as those of "020," are. */
static Value pad_plainly(VM *vm, const Spec *spec, const NumberText *number,
                         const Conventions *how) {
  FormatSpec narrow = spec->f;
  NumberGrouping grouping = {how->separator, how->sizes, how->point};
  narrow.width = -1;
  Buffer out;
  buffer_init(&out);
  int64_t length = (int64_t)number_layout(number, &narrow, &grouping, &out);
  int64_t zeros = spec->f.width > length ? spec->f.width - length : 0;
  Buffer padded;
  buffer_init(&padded);
  size_t sign = out.size && (out.bytes[0] == '-' || out.bytes[0] == '+' || out.bytes[0] == ' ');
  buffer_add(&padded, out.bytes, sign);
  for (int64_t i = 0; i < zeros; i++) buffer_add_byte(&padded, '0');
  buffer_add(&padded, out.bytes + sign, out.size - sign);
  Str *s = buffer_is_whole(vm, &out) ? str_from_buffer(vm, &padded) : NULL;
  buffer_deinit(&out);
  buffer_deinit(&padded);
  return value_of(s);
}

/* What needs no layout, only a sign perhaps. */
static Value signed_text(VM *vm, Body *body, char sign) {
  if (sign) *--body->text = sign;
  return value_of(str_new_ascii(vm, body->text, (size_t)(body->end - body->text)));
}

static Value lay_out(VM *vm, Spec *spec, const Number *n, const Conventions *how, Body *body) {
  bool special = number_is_special(n);
  size_t size = (size_t)(body->end - body->text);
  char sign = n->negative ? '-' : spec->f.sign == '-' ? 0 : spec->f.sign;
  bool plain = !*how->sizes && how->point[0] == '.' && !how->point[1];
  if (plain && spec->f.width <= (int64_t)size + (sign != 0)) return signed_text(vm, body, sign);
  NumberText number = {.prefix = "", .rest = ""};
  number.negative = n->negative;
  if (special) {
    if (spec->f.align == '=' && spec->f.fill_given && !spec->f.align_given)
      spec->f.align = '>', spec->f.fill = ' ';
    /* no digits to group */
    number.digits = "";
    number.rest = body->text, number.rest_size = size;
  } else {
    number = number_split(body->text, size);
    number.negative = n->negative;
    if (spec->f.align_given && spec->f.align == '=' && spec->f.fill == '0' && *how->sizes)
      return pad_plainly(vm, spec, &number, how);
  }
  NumberGrouping grouping = {how->separator, special ? "" : how->sizes, how->point};
  Buffer out;
  buffer_init(&out);
  number_layout(&number, &spec->f, &grouping, &out);
  Str *s = str_from_buffer(vm, &out);
  buffer_deinit(&out);
  return value_of(s);
}

Value decimal_format(VM *vm, const Number *a, Str *text, Value override,
                     const DecimalContext *context) {
  Spec spec;
  Conventions how;
  if (text->length == 0 && override == VALUE_MISSING)
    return decimal_text(vm, a, false, context->capitals);
  if (!read_spec(text, context->capitals, &spec)) return raise_value(vm, "invalid format string");
  if (!conventions_of(vm, &spec, override, &how)) return VALUE_FAIL;
  if (spec.f.width >> 40 > 0 || spec.f.precision >> 40 > 0) return raise_memory(vm);
  Rounder rounder;
  Operation *op = &rounder.op;
  rounder.spec = &spec;
  operation_begin(op, apply_round, &context->s);
  op->a = op->result = *a;
  work_init(&op->work);
  if (!number_is_special(a)) {
    int64_t digits = a->digits + (spec.f.precision > 0 ? spec.f.precision : 0);
    op->cost = (digits + (a->exponent > 0 && spec.form == 'f' ? a->exponent : 0)) / LIMB_DIGITS;
    if (!operation_run(vm, op)) return VALUE_FAIL;
  }
  Body body;
  Value result = VALUE_FAIL;
  bool ok = number_is_special(a) ? write_special(vm, &spec, a, &body)
                                 : write_finite(vm, &spec, &op->result, &body);
  if (ok) result = lay_out(vm, &spec, &op->result, &how, &body);
  operation_end(op);
  return result;
}
