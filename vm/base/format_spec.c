/* format_spec.c -- see format_spec.h. */
#include "format_spec.h"

#include <limits.h>

#include "unicode.h"
#include "utf8.h"

/* --- parsing --- */

typedef struct Reader {
  const void *text;
  int unit;
  size_t at, end;
} Reader;

static uint32_t peek_at(const Reader *r, size_t at) {
  if (at >= r->end) return UINT32_MAX;
  if (r->unit == 1) return ((const uint8_t *)r->text)[at];
  return r->unit == 2 ? ((const uint16_t *)r->text)[at] : ((const uint32_t *)r->text)[at];
}

static bool skip_if(Reader *r, uint32_t c) {
  if (peek_at(r, r->at) != c) return false;
  r->at++;
  return true;
}

static bool is_align(uint32_t c) { return c == '<' || c == '>' || c == '=' || c == '^'; }

static bool fail(Buffer *error, const char *message) {
  buffer_add_text(error, message);
  return false;
}

/* -1 in *value: there are no digits. */
static bool read_number(Reader *r, int64_t *value, Buffer *error) {
  int64_t n = 0;
  size_t start = r->at;
  for (;; r->at++) {
    uint32_t c = peek_at(r, r->at);
    int digit = c == UINT32_MAX ? -1
                : c - '0' < 10  ? (int)(c - '0')
                : c < 0x80      ? -1
                                : unicode_decimal_value(c);
    if (digit < 0) break;
    if (n > (INT64_MAX - digit) / 10)
      return fail(error, "Too many decimal digits in format string");
    n = n * 10 + digit;
  }
  *value = r->at == start ? -1 : n;
  return true;
}

static void add_code_point(Buffer *out, uint32_t c) {
  uint8_t bytes[4];
  buffer_add(out, bytes, utf8_put(bytes, c));
}

/* A type code as messages show it. */
static void add_type_code(Buffer *error, uint32_t type) {
  if (type > 32 && type < 128) buffer_printf(error, "'%c'", (char)type);
  else buffer_printf(error, "'\\x%x'", (unsigned)type);
}

void format_spec_unknown_type(const FormatSpec *spec, const char *type_name, Buffer *error) {
  buffer_add_text(error, "Unknown format code ");
  add_type_code(error, spec->type);
  buffer_printf(error, " for object of type '%.200s'", type_name);
}

static bool check_grouping(const FormatSpec *spec, Buffer *error) {
  if (!spec->grouping || spec->type == 0 ||
      (spec->type < 128 && strchr("deEfFgG%", (int)spec->type)))
    return true;
  if (spec->grouping == '_' && spec->type < 128 && strchr("boxX", (int)spec->type)) return true;
  buffer_printf(error, "Cannot specify '%c' with ", spec->grouping);
  add_type_code(error, spec->type);
  buffer_add_byte(error, '.');
  return false;
}

static bool read_grouping(Reader *r, FormatSpec *spec, Buffer *error) {
  if (skip_if(r, ',')) spec->grouping = ',';
  if (peek_at(r, r->at) == '_') {
    if (spec->grouping) return fail(error, "Cannot specify both ',' and '_'.");
    spec->grouping = '_';
    r->at++;
  }
  if (peek_at(r, r->at) == ',' && spec->grouping == '_')
    return fail(error, "Cannot specify both ',' and '_'.");
  return true;
}

static void read_fill_and_align(Reader *r, FormatSpec *spec) {
  if (r->end - r->at >= 2 && is_align(peek_at(r, r->at + 1))) {
    spec->fill = peek_at(r, r->at);
    spec->align = (char)peek_at(r, r->at + 1);
    spec->fill_given = spec->align_given = true;
    r->at += 2;
  } else if (is_align(peek_at(r, r->at))) {
    spec->align = (char)peek_at(r, r->at++);
    spec->align_given = true;
  }
}

bool format_spec_parse(const void *text, int unit, size_t n, uint32_t default_type,
                       char default_align, const char *type_name, FormatSpec *spec, Buffer *error) {
  Reader r = {text, unit, 0, n};
  *spec = (FormatSpec){
      .fill = ' ', .type = default_type, .width = -1, .precision = -1, .align = default_align};
  read_fill_and_align(&r, spec);
  uint32_t c = peek_at(&r, r.at);
  if (c == '+' || c == '-' || c == ' ') spec->sign = (char)c, r.at++;
  spec->no_minus_zero = skip_if(&r, 'z');
  spec->alternate = skip_if(&r, '#');
  if (!spec->fill_given && skip_if(&r, '0')) {
    spec->fill = '0';
    if (!spec->align_given && default_align == '>') spec->align = '=';
  }
  if (!read_number(&r, &spec->width, error) || !read_grouping(&r, spec, error)) return false;
  if (skip_if(&r, '.')) {
    if (!read_number(&r, &spec->precision, error)) return false;
    if (spec->precision < 0) return fail(error, "Format specifier missing precision");
  }
  if (r.end - r.at > 1) {
    buffer_add_text(error, "Invalid format specifier '");
    for (size_t i = 0; i < n; i++) add_code_point(error, peek_at(&r, i));
    buffer_printf(error, "' for object of type '%.200s'", type_name);
    return false;
  }
  if (r.at < r.end) spec->type = peek_at(&r, r.at);
  return check_grouping(spec, error);
}

/* --- layout --- */

NumberGrouping grouping_of_spec(const FormatSpec *spec) {
  if (spec->grouping == ',') return (NumberGrouping){",", "\3", "."};
  if (spec->grouping == '_') {
    bool by_four = spec->type < 128 && spec->type && strchr("boxX", (int)spec->type);
    return (NumberGrouping){"_", by_four ? "\4" : "\3", "."};
  }
  return (NumberGrouping){"", "", "."};
}

static size_t count_points(const char *text) {
  size_t n = 0;
  for (; *text; text++) n += (*text & 0xC0) != 0x80;
  return n;
}

/* Walks groups from the lowest digit up. */
typedef struct GroupWalk {
  const char *sizes;
  size_t size; /* 0: no more groups */
} GroupWalk;

static size_t next_group(GroupWalk *walk) {
  if (*walk->sizes == CHAR_MAX) return 0;
  if (*walk->sizes) walk->size = (size_t)*walk->sizes++;
  return walk->size;
}

/* A number's digits as they will stand, and how many code points they are. */
typedef struct Digits {
  const void *bytes; /* [borrowed: the number, room or scratch] */
  size_t size, points;
  uint8_t room[128];
  Buffer scratch; /* [owned] */
} Digits;

/* Zeros in front up to `min_width` columns, and separators: built backwards. */
static void group_digits(const NumberText *number, const NumberGrouping *grouping, size_t min_width,
                         uint8_t *end, Digits *out) {
  size_t separator_size = strlen(grouping->separator),
         separator_points = count_points(grouping->separator);
  uint8_t *to = end;
  GroupWalk walk = {grouping->sizes, 0};
  size_t left = number->digit_count, points = 0;
  bool first = true;
  while (left || points < min_width || first) {
    size_t group = next_group(&walk), room = min_width > points ? min_width - points : 0;
    if (!first) {
      to -= separator_size;
      memcpy(to, grouping->separator, separator_size);
      points += separator_points;
      room = room > separator_points ? room - separator_points : 0;
    }
    size_t wanted = left > room ? left : room;
    if (!wanted) wanted = 1; /* a separator is never the first column */
    size_t take = group && group < wanted ? group : wanted;
    for (size_t i = 0; i < take; i++) *--to = left ? (uint8_t)number->digits[--left] : '0';
    points += take;
    first = false;
  }
  out->bytes = to;
  out->size = (size_t)(end - to);
  out->points = points;
}

/* The digits as they are, or grouped; false: memory was refused. */
static bool digits_init(Digits *digits, const NumberText *number, const NumberGrouping *grouping,
                        size_t min_width) {
  size_t n = number->digit_count;
  buffer_init(&digits->scratch);
  digits->bytes = number->digits;
  digits->size = digits->points = n;
  if (!n || (!*grouping->sizes && min_width <= n)) return true;
  size_t most = (n > min_width ? n : min_width) + 1;
  size_t capacity = most * (strlen(grouping->separator) + 1);
  uint8_t *at = digits->room;
  if (capacity > sizeof digits->room) {
    if (UNLIKELY(!buffer_reserve(&digits->scratch, capacity))) return false;
    at = digits->scratch.bytes;
  }
  group_digits(number, grouping, min_width, at + capacity, digits);
  return true;
}

static void add_fill(Buffer *out, uint32_t fill, size_t n) {
  uint8_t bytes[4];
  if (!n) return;
  size_t size = utf8_put(bytes, fill);
  if (UNLIKELY(!buffer_reserve(out, n * size))) return;
  if (size == 1) {
    memset(out->bytes + out->size, bytes[0], n);
    out->size += n;
    return;
  }
  for (; n; n--) buffer_add(out, bytes, size);
}

void text_padding(const FormatSpec *spec, size_t size, size_t *left, size_t *right) {
  size_t total = spec->width > 0 && (size_t)spec->width > size ? (size_t)spec->width - size : 0;
  *left = spec->align == '>' ? total : spec->align == '^' ? total / 2 : 0;
  *right = total - *left;
}

static char sign_of(const NumberText *number, const FormatSpec *spec) {
  if (number->negative) return '-';
  return spec->sign == '+' || spec->sign == ' ' ? spec->sign : 0;
}

size_t number_layout(const NumberText *number, const FormatSpec *spec,
                     const NumberGrouping *grouping, Buffer *out) {
  char sign = sign_of(number, spec);
  bool has_point = number->rest_size && number->rest[0] == '.';
  size_t rest_points = number->rest_size + (has_point ? count_points(grouping->point) - 1 : 0);
  size_t fixed = (sign != 0) + number->prefix_size + rest_points;
  bool zeros = spec->fill == '0' && spec->align == '=';
  size_t min_width = zeros && spec->width > (int64_t)fixed ? (size_t)spec->width - fixed : 0;
  Digits digits;
  if (UNLIKELY(!digits_init(&digits, number, grouping, min_width))) buffer_fail(out);
  size_t body = fixed + digits.points;
  size_t total = spec->width > (int64_t)body ? (size_t)spec->width - body : 0, left = 0, inner = 0;
  if (spec->align == '=') inner = total;
  else left = spec->align == '>' ? total : spec->align == '^' ? total / 2 : 0;
  add_fill(out, spec->fill, left);
  if (sign) buffer_add_byte(out, (uint8_t)sign);
  buffer_add(out, number->prefix, number->prefix_size);
  add_fill(out, spec->fill, inner);
  buffer_add(out, digits.bytes, digits.size);
  if (has_point) buffer_add_text(out, grouping->point);
  buffer_add(out, number->rest + has_point, number->rest_size - has_point);
  add_fill(out, spec->fill, total - left - inner);
  buffer_deinit(&digits.scratch);
  return body + total;
}

NumberText number_split(const char *text, size_t n) {
  NumberText number = {.prefix = ""};
  if (n && *text == '-') {
    number.negative = true;
    text++;
    n--;
  }
  size_t i = 0;
  while (i < n && text[i] >= '0' && text[i] <= '9') i++;
  number.digits = text;
  number.digit_count = i;
  number.rest = text + i;
  number.rest_size = n - i;
  return number;
}
