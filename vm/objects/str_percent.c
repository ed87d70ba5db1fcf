/* str_percent.c -- the % operator of str, bytes and bytearray: one engine, which writes text.
**
** Directives with plain values take a short way (add_quickly) that does what the general one would.
** For bytes the format is Latin-1 text and so is the result. Law: `next` counts the arguments
** consumed of a tuple; a lone argument counts as one; with a mapping keyed directives replace them.
*/
#include <limits.h>

#include "vm/base/float_text.h"
#include "vm/base/search.h"
#include "vm/contracts/buffer.h"
#include "vm/contracts/error.h"
#include "vm/contracts/protocol.h"
#include "vm/objects/bytes.h"
#include "vm/objects/dict.h"
#include "vm/objects/float.h"
#include "vm/objects/int.h"
#include "vm/objects/str_ops.h"

typedef struct Percent {
  VM *vm;
  const Str *format;
  size_t at;
  bool bytes; /* bytes % args */
  Value args; /* the tuple or the lone argument */
  size_t next, count;
  bool is_tuple;
  Value mapping; /* or UNBOUND */
  StrBuilder out;
} Percent;

enum {
  FLAG_LEFT = 1,
  FLAG_SIGN = 2,
  FLAG_BLANK = 4,
  FLAG_ALT = 8,
  FLAG_ZERO = 16,
  FLAG_NO_MINUS_ZERO = 32
};

typedef struct Directive {
  unsigned flags;
  int64_t width, precision; /* precision -1: none */
  uint32_t code;
  bool is_number;
} Directive;

static bool at_end(const Percent *p) { return p->at >= p->format->length; }

static Value next_argument(Percent *p) {
  if (p->next >= p->count) return raise_type(p->vm, "not enough arguments for format string");
  size_t i = p->next++;
  return p->is_tuple ? ((Tuple *)value_object(p->args))->items[i] : p->args;
}

/* (key): the value becomes the lone argument of this directive. */
static bool read_key(Percent *p) {
  VM *vm = p->vm;
  if (p->mapping == VALUE_UNBOUND)
    return raise_false(vm, TYPE_OF(TypeError), "format requires a mapping");
  size_t start = ++p->at;
  int depth = 1;
  while (depth > 0 && !at_end(p)) {
    uint32_t c = str_at(p->format, p->at++);
    depth += c == '(' ? 1 : c == ')' ? -1 : 0;
  }
  if (depth > 0) return raise_false(vm, TYPE_OF(ValueError), "incomplete format key");
  Str *key = str_substring(vm, (Str *)p->format, start, p->at - 1);
  if (!key) return false;
  Value k = value_from(key);
  if (p->bytes) k = value_of(bytes_new(vm, str_data(key), key->length));
  Value v = value_is_fail(k) ? k : get_item(vm, p->mapping, k);
  if (value_is_fail(v)) return false;
  p->args = v;
  p->is_tuple = false;
  p->next = 0;
  p->count = 1;
  return true;
}

static unsigned flag_of(const Percent *p, uint32_t c) {
  switch (c) {
  case '-': return FLAG_LEFT;
  case '+': return FLAG_SIGN;
  case ' ': return FLAG_BLANK;
  case '#': return FLAG_ALT;
  case '0': return FLAG_ZERO;
  case 'z': return p->bytes ? FLAG_NO_MINUS_ZERO : 0; /* CPython has it for bytes alone */
  default: return 0;
  }
}

static bool read_number(Percent *p, int64_t *out, int64_t limit, const char *too_big) {
  if (str_at(p->format, p->at) == '*') {
    p->at++;
    Value v = next_argument(p);
    int64_t n;
    if (value_is_fail(v)) return false;
    if (!value_is_any_int(v)) return raise_false(p->vm, TYPE_OF(TypeError), "* wants int");
    if (!int_to_int64(v, &n) || n > limit || n < -limit - 1)
      return raise_false(p->vm, TYPE_OF(OverflowError), "Python int too large to convert to C %s",
                         *too_big == 'w' ? "ssize_t" : "int");
    *out = n;
    return true;
  }
  int64_t n = 0;
  while (!at_end(p)) {
    uint32_t c = str_at(p->format, p->at);
    if (c - '0' >= 10) break;
    p->at++;
    if (n > (limit - (c - '0')) / 10) return raise_false(p->vm, TYPE_OF(ValueError), "%s", too_big);
    n = n * 10 + (c - '0');
  }
  *out = n;
  return true;
}

static bool read_directive(Percent *p, Directive *d) {
  *d = (Directive){.precision = -1};
  if (!at_end(p) && str_at(p->format, p->at) == '(' && !read_key(p)) return false;
  unsigned flag;
  while (!at_end(p) && (flag = flag_of(p, str_at(p->format, p->at)))) {
    d->flags |= flag;
    p->at++;
  }
  if (!at_end(p) && !read_number(p, &d->width, INT64_MAX, "width too big")) return false;
  if (d->width < 0) {
    d->flags |= FLAG_LEFT;
    /* as if none were given: CPython's answer too */
    d->width = d->width == INT64_MIN ? 0 : -d->width;
  }
  if (!at_end(p) && str_at(p->format, p->at) == '.') {
    p->at++;
    d->precision = 0;
    if (!at_end(p) &&
        !read_number(p, &d->precision, INT_MAX, p->bytes ? "prec too big" : "precision too big"))
      return false;
    if (d->precision < 0) d->precision = 0;
  }
  if (!at_end(p)) {
    uint32_t c = str_at(p->format, p->at);
    if (c == 'h' || c == 'l' || c == 'L') p->at++;
  }
  if (at_end(p)) return raise_false(p->vm, TYPE_OF(ValueError), "incomplete format");
  d->code = str_at(p->format, p->at++);
  return true;
}

/* ---- conversions: each gives a Str */

static Value to_text(Percent *p, const Directive *d, Value v) {
  VM *vm = p->vm;
  Value text = d->code == 's'   ? value_str(vm, v)
               : d->code == 'r' ? value_repr(vm, v)
                                : value_ascii(vm, v);
  if (value_is_fail(text)) return text;
  Str *s = value_object(text);
  if (d->precision >= 0 && (size_t)d->precision < s->length &&
      !(s = str_substring(vm, s, 0, (size_t)d->precision)))
    return VALUE_FAIL;
  return value_from(s);
}

/* %s and %b of bytes: the buffer, or what __bytes__ returns. */
static Value to_bytes(Percent *p, const Directive *d, Value v) {
  VM *vm = p->vm;
  if (!value_is_bytes_like(v)) {
    Value method = value_special(v, SPECIAL_bytes);
    if (method == VALUE_UNBOUND)
      return raise_type(
          vm,
          "%%b requires a bytes-like object, or an object that implements __bytes__, not '%.100T'",
          v);
    v = call_special0(vm, method, v);
    if (value_is_fail(v)) return v;
    if (!value_has_flag(v, TYPE_BYTES_SUBCLASS))
      return raise_type(vm, "__bytes__ returned non-bytes (type %.200T)", v);
  }
  BufferView view;
  if (!buffer_acquire(vm, v, &view, false)) return VALUE_FAIL;
  size_t n =
      d->precision >= 0 && (size_t)d->precision < view.size ? (size_t)d->precision : view.size;
  Str *s = str_new_latin1(vm, view.bytes, n);
  buffer_release(vm, &view);
  return value_of(s);
}

static Value to_character(Percent *p, Value v) {
  VM *vm = p->vm;
  int64_t c;
  if (p->bytes) {
    if (value_has_flag(v, TYPE_BYTES_SUBCLASS | TYPE_BYTEARRAY_SUBCLASS)) {
      BufferView view;
      if (!buffer_acquire(vm, v, &view, false)) return VALUE_FAIL;
      bool one = view.size == 1;
      c = one ? view.bytes[0] : 0;
      buffer_release(vm, &view);
      if (one) return value_from(str_from_char(vm, (uint32_t)c));
    } else if (value_is_any_int(v) || value_has_special(v, SPECIAL_index)) {
      if (!value_index64(vm, v, &c, true)) return VALUE_FAIL;
      if (c < 0 || c > 255)
        return raise_error(vm, TYPE_OF(OverflowError), "%%c arg not in range(256)");
      return value_from(str_from_char(vm, (uint32_t)c));
    }
    return raise_type(vm, "%%c requires an integer in range(256) or a single byte");
  }
  if (value_is_str(v)) {
    const Str *s = value_object(v);
    if (s->length != 1) return raise_type(vm, "%%c requires int or char");
    return value_from(str_from_char(vm, str_at(s, 0)));
  }
  if (!value_is_any_int(v) && !value_has_special(v, SPECIAL_index))
    return raise_type(vm, "%%c requires int or char");
  if (!value_index64(vm, v, &c, true)) return VALUE_FAIL;
  if (c < 0 || c > 0x10FFFF)
    return raise_error(vm, TYPE_OF(OverflowError), "%%c arg not in range(0x110000)");
  return value_from(str_from_char(vm, (uint32_t)c));
}

/* The int that an integer directive formats; VALUE_FAIL with CPython's words. */
static Value as_int(Percent *p, const Directive *d, Value v) {
  VM *vm = p->vm;
  if (value_is_any_int(v)) return v;
  bool decimal = d->code == 'd' || d->code == 'i' || d->code == 'u';
  Value result = VALUE_UNBOUND;
  if (decimal && value_is_any_float(v)) return call_special0(vm, value_special(v, SPECIAL_int), v);
  if (decimal && value_has_special(v, SPECIAL_int)) { /* as int(v): __int__ goes before __index__ */
    result = call_special0(vm, value_special(v, SPECIAL_int), v);
    if (!value_is_fail(result))
      return value_is_any_int(result)
                 ? result
                 : raise_type(vm, "__int__ returned non-int (type %.200T)", result);
    if (!error_clear_if(vm, TYPE_OF(TypeError))) return VALUE_FAIL;
  } else if (value_has_special(v, SPECIAL_index)) {
    if (value_index(vm, v, &result)) return result;
    if (!error_clear_if(vm, TYPE_OF(TypeError))) return VALUE_FAIL;
  }
  return raise_type(vm,
                    decimal ? "%%%c format: a real number is required, not %.200T"
                            : "%%%c format: an integer is required, not %.200T",
                    (int)(p->bytes && d->code == 'i' ? 'd' : d->code), v);
}

static Value to_integer(Percent *p, const Directive *d, Value v) {
  VM *vm = p->vm;
  v = as_int(p, d, v);
  if (value_is_fail(v)) return v;
  int base = d->code == 'o' ? 8 : d->code == 'x' || d->code == 'X' ? 16 : 10;
  Value text = int_to_str(vm, v, base);
  bool prefix = base != 10 && (d->flags & FLAG_ALT);
  const Str *digits;
  if (value_is_fail(text)) return text;
  digits = value_object(text);
  if (!prefix && d->code != 'X' && d->precision < (int64_t)digits->length - 1) return text;
  StrBuilder b;
  str_builder_init(&b, vm);
  size_t i = str_at(digits, 0) == '-';
  if (i) str_builder_char(&b, '-');
  if (prefix) str_builder_char(&b, '0'), str_builder_char(&b, d->code);
  size_t count = digits->length - i;
  if (d->precision > (int64_t)count) str_builder_repeat(&b, '0', (size_t)d->precision - count);
  for (; i < digits->length; i++) {
    uint32_t c = str_at(digits, i);
    str_builder_char(&b, d->code == 'X' && c >= 'a' ? c - 32 : c);
  }
  return value_of(str_builder_finish(&b));
}

static Value to_float(Percent *p, const Directive *d, Value v) {
  VM *vm = p->vm;
  double x;
  if (p->bytes && !value_is_any_float(v) && !value_is_any_int(v) &&
      !value_has_special(v, SPECIAL_float) && !value_has_special(v, SPECIAL_index))
    return raise_type(vm, "float argument required, not %.200T", v);
  if (!value_to_double(vm, v, &x)) return VALUE_FAIL;
  Buffer text;
  buffer_init(&text);
  unsigned flags = d->flags & FLAG_ALT ? FLOAT_ALTERNATE : 0;
  if (d->flags & FLAG_NO_MINUS_ZERO) flags |= FLOAT_NO_MINUS_0;
  float_format(x, (char)d->code, d->precision < 0 ? 6 : (int)d->precision, flags, &text);
  Str *s = str_from_buffer(vm, &text);
  buffer_deinit(&text);
  return value_of(s);
}

static Value convert(Percent *p, Directive *d, Value v) {
  switch (d->code) {
  case 's':
  case 'b':
    if (p->bytes) return to_bytes(p, d, v);
    if (d->code == 'b') break;
    return to_text(p, d, v);
  case 'r':
    if (p->bytes) {
      Directive ascii = *d;
      ascii.code = 'a';
      return to_text(p, &ascii, v);
    }
    FALLTHROUGH;
  case 'a': return to_text(p, d, v);
  case 'c': return to_character(p, v);
  case 'd':
  case 'i':
  case 'u':
  case 'o':
  case 'x':
  case 'X': d->is_number = true; return to_integer(p, d, v);
  case 'e':
  case 'E':
  case 'f':
  case 'F':
  case 'g':
  case 'G': d->is_number = true; return to_float(p, d, v);
  default: break;
  }
  bool shown = p->bytes || (d->code >= 31 && d->code < 127);
  return raise_value(p->vm, "unsupported format character '%c' (0x%x) at index %zd",
                     (int)(shown ? d->code : '?'), (unsigned)d->code, p->at - 1);
}

/* Sign, prefix, padding. */
static void add_padded(Percent *p, const Directive *d, const Str *text) {
  StrBuilder *out = &p->out;
  size_t start = 0, n = text->length, width = (size_t)d->width;
  uint32_t sign = 0;
  bool zeros = d->is_number && (d->flags & FLAG_ZERO);
  if (d->is_number) {
    uint32_t c = str_at(text, 0);
    if (c == '-' || c == '+') sign = c, start = 1;
    else if (d->flags & FLAG_SIGN) sign = '+';
    else if (d->flags & FLAG_BLANK) sign = ' ';
  }
  size_t prefix =
      d->is_number && (d->flags & FLAG_ALT) && (d->code == 'x' || d->code == 'X' || d->code == 'o')
          ? 2
          : 0;
  size_t used = n - start + (sign != 0), padding = width > used ? width - used : 0;
  if (padding && !zeros && !(d->flags & FLAG_LEFT)) str_builder_repeat(out, ' ', padding);
  if (sign) str_builder_char(out, sign);
  str_builder_range(out, text, start, start + prefix);
  if (padding && zeros && !(d->flags & FLAG_LEFT)) str_builder_repeat(out, '0', padding);
  str_builder_range(out, text, start + prefix, n);
  if (padding && (d->flags & FLAG_LEFT)) str_builder_repeat(out, ' ', padding);
}

/* ---- the common directives in one step: %s %d %x %5d %-3d %08x %.2f with plain values, in a
** Latin-1 format; perf-notes/0013 */

static void add_spread(StrBuilder *out, const Directive *d, const char *text, size_t n) {
  size_t padding = (size_t)d->width > n ? (size_t)d->width - n : 0, sign = 0;
  if (LIKELY(!padding)) {
    str_builder_ascii(out, text, n);
    return;
  }
  if ((d->flags & FLAG_ZERO) && d->is_number && !(d->flags & FLAG_LEFT)) {
    sign = *text == '-';
    str_builder_ascii(out, text, sign);
    str_builder_repeat(out, '0', padding);
  } else if (!(d->flags & FLAG_LEFT)) {
    str_builder_repeat(out, ' ', padding);
  }
  str_builder_ascii(out, text + sign, n - sign);
  if (d->flags & FLAG_LEFT) str_builder_repeat(out, ' ', padding);
}

static void add_quick_int(StrBuilder *out, const Directive *d, int64_t n) {
  char digits[24], *to = digits + sizeof digits;
  uint64_t u = n < 0 ? -(uint64_t)n : (uint64_t)n;
  if (d->code == 'x') {
    do { *--to = "0123456789abcdef"[u & 15]; } while (u >>= 4);
  } else {
    do { *--to = (char)('0' + u % 10); } while (u /= 10);
  }
  if (n < 0) *--to = '-';
  add_spread(out, d, to, (size_t)(digits + sizeof digits - to));
}

static void add_quick_float(StrBuilder *out, const Directive *d, double x) {
  char room[64]; /* 16 digits, a point, up to 30 places, a sign */
  Buffer text = {.bytes = (uint8_t *)room, .capacity = sizeof room};
  float_format(x, 'f', d->precision < 0 ? 6 : (int)d->precision, 0, &text);
  add_spread(out, d, room, text.size);
}

/* read_simple: a directive of one flag, width and precision of one or two digits, at f[0..n). Its
** length; 0: not that simple. */
static size_t read_simple(const uint8_t *f, size_t n, Directive *d) {
  *d = (Directive){.precision = -1};
  size_t i = 0;
  if (i < n && (f[i] == '0' || f[i] == '-')) d->flags = f[i++] == '0' ? FLAG_ZERO : FLAG_LEFT;
  for (size_t most = i + 2; i < n && i < most && (unsigned)(f[i] - '0') < 10; i++)
    d->width = d->width * 10 + f[i] - '0';
  if (i < n && f[i] == '.') {
    d->precision = 0;
    i++;
    for (size_t most = i + 2; i < n && i < most && (unsigned)(f[i] - '0') < 10; i++)
      d->precision = d->precision * 10 + f[i] - '0';
  }
  if (i >= n) return 0;
  d->code = f[i];
  return i + 1;
}

/* add_bare: %s of a str or small int and %d of a small int, without more. */
static inline bool add_bare(Percent *p, uint8_t code) {
  if ((code != 's' || p->bytes) && code != 'd') return false;
  if (!p->is_tuple || p->next >= p->count) return false;
  Value v = ((Tuple *)value_object(p->args))->items[p->next];
  if (code == 's' && value_is(v, str)) {
    str_builder_str(&p->out, value_object(v));
  } else if (value_is_int(v)) {
    Directive plain = {.code = 'd'};
    add_quick_int(&p->out, &plain, value_as_int(v));
  } else {
    return false;
  }
  p->next++;
  p->at++;
  return true;
}

/* add_quickly: true when the directive at p->at and its argument are plain, and both are dealt
** with. */
static bool add_quickly(Percent *p, const uint8_t *format) {
  if (p->at < p->format->length && add_bare(p, format[p->at])) return true;
  Directive d;
  size_t length = read_simple(format + p->at, p->format->length - p->at, &d);
  if (!length || p->next >= p->count || p->mapping != VALUE_UNBOUND) return false;
  Value v = p->is_tuple ? ((Tuple *)value_object(p->args))->items[p->next] : p->args;
  switch (d.code) {
  case 's':
    if (p->bytes || d.precision >= 0) return false;
    if (value_is(v, str) && (!d.width || str_is_ascii(value_object(v)))) {
      if (!d.width) str_builder_str(&p->out, value_object(v));
      else add_spread(&p->out, &d, str_data(value_object(v)), ((Str *)value_object(v))->length);
      break;
    }
    if (!value_is_int(v)) return false;
    add_quick_int(&p->out, &d, value_as_int(v));
    break;
  case 'd':
  case 'x':
    if (!value_is_int(v) || d.precision >= 0) return false;
    d.is_number = true;
    add_quick_int(&p->out, &d, value_as_int(v));
    break;
  case 'f': {
    double x = value_is_float(v) ? value_as_float(v) : 1e300;
    if (!(x < 1e15 && x > -1e15) || d.precision > 30) return false;
    d.is_number = true;
    add_quick_float(&p->out, &d, x);
    break;
  }
  default: return false;
  }
  p->next++;
  p->at += length;
  return true;
}

static bool run(Percent *p) {
  VM *vm = p->vm;
  size_t n = p->format->length;
  while (p->at < n) {
    size_t start = p->at;
    int kind = str_kind(p->format);
    size_t stop;
    if (LIKELY(str_is_ascii(p->format))) {
      const char *text = str_data(p->format);
      for (stop = start; stop < n && text[stop] != '%';) stop++;
      str_builder_ascii(&p->out, text + start, stop - start);
    } else {
      size_t run = search_unit((const uint8_t *)str_data(p->format) + (start << kind), n - start,
                               '%', 1 << kind);
      stop = run == SEARCH_NONE ? n : start + run;
      str_builder_range(&p->out, p->format, start, stop);
    }
    if (stop == n) break;
    p->at = stop + 1;
    if (!at_end(p) && str_at(p->format, p->at) == '%') {
      p->at++;
      str_builder_char(&p->out, '%');
      continue;
    }
    if (kind == 0 && add_quickly(p, str_data(p->format))) continue;
    Directive d;
    if (!read_directive(p, &d)) return false;
    Value v = next_argument(p);
    if (value_is_fail(v)) return false;
    Value text = convert(p, &d, v);
    if (value_is_fail(text)) return false;
    add_padded(p, &d, value_object(text));
  }
  if (p->next < p->count && p->mapping == VALUE_UNBOUND)
    return raise_false(vm, TYPE_OF(TypeError), "not all arguments converted during %s formatting",
                       p->bytes ? "bytes" : "string");
  return true;
}

static bool is_mapping(Value v, bool bytes) {
  if (value_has_flag(v, TYPE_DICT_SUBCLASS)) return true;
  if (value_has_flag(v, TYPE_TUPLE_SUBCLASS)) return false;
  if (value_is_str(v) ||
      (bytes && value_has_flag(v, TYPE_BYTES_SUBCLASS | TYPE_BYTEARRAY_SUBCLASS)))
    return false;
  return value_has_special(v, SPECIAL_getitem);
}

static bool start(Percent *p, VM *vm, const Str *format, Value args, bool bytes) {
  *p = (Percent){.vm = vm,
                 .format = format,
                 .args = args,
                 .bytes = bytes,
                 .count = 1,
                 .mapping = VALUE_UNBOUND};
  if (value_has_flag(args, TYPE_TUPLE_SUBCLASS)) {
    p->is_tuple = true;
    p->count = tuple_length(value_object(args));
  }
  if (is_mapping(args, bytes)) p->mapping = args;
  str_builder_init(&p->out, vm);
  str_builder_reserve(&p->out, format->length + 16 * p->count, 0);
  if (run(p)) return true;
  str_builder_drop(&p->out);
  return false;
}

Value str_percent(VM *vm, Str *format, Value args) {
  Percent p;
  if (!start(&p, vm, format, args, false)) return VALUE_FAIL;
  return value_of(str_builder_finish(&p.out));
}

bool bytes_percent_to(VM *vm, const uint8_t *format, size_t n, Value args, StrBuilder *out) {
  Str *text = str_new_latin1(vm, format, n);
  Percent p;
  if (!text || !start(&p, vm, text, args, true)) return false;
  *out = p.out;
  return true;
}
