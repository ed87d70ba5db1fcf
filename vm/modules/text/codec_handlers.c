/* codec_handlers.c -- the built-in error handlers as functions of an exception object: what the
** registry holds at the start. The codecs themselves apply them without an exception object where
** they can (objects/codec.c). */
#include "vm/modules/text/codec_handlers.h"

#include "vm/base/utf8.h"
#include "vm/contracts/error.h"
#include "vm/contracts/native.h"
#include "vm/contracts/protocol.h"
#include "vm/objects/bytes.h"
#include "vm/objects/codec.h"
#include "vm/objects/exception.h"
#include "vm/objects/function.h"
#include "vm/objects/tuple.h"

#define NATIVE_DEF "vm/modules/text/codec_handlers.def"
#define NATIVE_PREFIX handler_
#include "vm/contracts/native_class.inc"

typedef enum ErrorKind { KIND_NONE, KIND_ENCODE, KIND_DECODE, KIND_TRANSLATE } ErrorKind;

typedef struct Range {
  ErrorKind kind;
  UnicodeErrorObject *error;
  const Str *text;    /* of encode and translate errors */
  const Bytes *bytes; /* of decode errors */
  size_t start, end;
} Range;

static COLD Value unknown_exception(VM *vm, Value exception) {
  return raise_type(vm, "don't know how to handle %.200T in error callback", exception);
}

static bool clamp(VM *vm, Range *r, size_t length) {
  int64_t start, end, n = (int64_t)length;
  if (!value_index64(vm, r->error->start, &start, true) ||
      !value_index64(vm, r->error->end, &end, true))
    return false;
  start = start >= n ? n - 1 : start;
  r->start = start < 0 ? 0 : (size_t)start;
  end = end < 1 ? 1 : end;
  r->end = (size_t)(end > n ? n : end);
  if (r->end < r->start) r->end = r->start;
  return true;
}

static bool take_apart(VM *vm, Value exception, Range *r) {
  *r = (Range){0};
  Type *type = value_type(exception);
  if (type_is_subtype(type, TYPE_OF(UnicodeEncodeError))) r->kind = KIND_ENCODE;
  else if (type_is_subtype(type, TYPE_OF(UnicodeDecodeError))) r->kind = KIND_DECODE;
  else if (type_is_subtype(type, TYPE_OF(UnicodeTranslateError))) r->kind = KIND_TRANSLATE;
  else return unknown_exception(vm, exception), false;
  r->error = value_object(exception);
  Value object = r->error->object;
  if (r->kind == KIND_DECODE) {
    if (!value_has_flag(object, TYPE_BYTES_SUBCLASS))
      return raise_false(vm, TYPE_OF(TypeError), "object attribute must be bytes");
    r->bytes = value_object(object);
    return clamp(vm, r, r->bytes->length);
  }
  if (!value_is_str(object))
    return raise_false(vm, TYPE_OF(TypeError), "object attribute must be unicode");
  r->text = value_object(object);
  return clamp(vm, r, r->text->length);
}

static Value answer(VM *vm, Value replacement, size_t position) {
  if (value_is_fail(replacement)) return replacement;
  return PACK(replacement, value_int(vm, (int64_t)position));
}

static Value answer_text(VM *vm, Str *s, size_t position) {
  return s ? answer(vm, value_from(s), position) : VALUE_FAIL;
}

static Value raise_again(VM *vm, Value exception) {
  if (!type_is_subtype(value_type(exception), TYPE_OF(BaseException)))
    return raise_type(vm, "codec must pass exception instance");
  return raise_object(vm, exception);
}

static Value handler_strict_errors(VM *vm, Value self, const handler_strict_errors_args *a) {
  return raise_again(vm, a->exception);
}

static Value handler_ignore_errors(VM *vm, Value self, const handler_ignore_errors_args *a) {
  Range r;
  return take_apart(vm, a->exception, &r) ? answer_text(vm, str_empty(), r.end) : VALUE_FAIL;
}

static Value handler_replace_errors(VM *vm, Value self, const handler_replace_errors_args *a) {
  Range r;
  if (!take_apart(vm, a->exception, &r)) return VALUE_FAIL;
  StrBuilder b;
  str_builder_init(&b, vm);
  if (r.kind == KIND_DECODE) str_builder_char(&b, 0xFFFD);
  else str_builder_repeat(&b, r.kind == KIND_ENCODE ? '?' : 0xFFFD, r.end - r.start);
  return answer_text(vm, str_builder_finish(&b), r.end);
}

static Value references(VM *vm, Value exception, ErrorMode mode) {
  Range r;
  if (!take_apart(vm, exception, &r)) return VALUE_FAIL;
  if (mode != ERRORS_BACKSLASHREPLACE && r.kind != KIND_ENCODE)
    return unknown_exception(vm, exception);
  if (r.kind != KIND_DECODE)
    return answer_text(vm, encode_references(vm, mode, r.text, r.start, r.end), r.end);
  StrBuilder b;
  str_builder_init(&b, vm);
  for (size_t i = r.start; i < r.end; i++) str_builder_escape(&b, r.bytes->data[i]);
  return answer_text(vm, str_builder_finish(&b), r.end);
}

static Value handler_xmlcharrefreplace_errors(VM *vm, Value self,
                                              const handler_xmlcharrefreplace_errors_args *a) {
  return references(vm, a->exception, ERRORS_XMLCHARREFREPLACE);
}
static Value handler_backslashreplace_errors(VM *vm, Value self,
                                             const handler_backslashreplace_errors_args *a) {
  return references(vm, a->exception, ERRORS_BACKSLASHREPLACE);
}
static Value handler_namereplace_errors(VM *vm, Value self,
                                        const handler_namereplace_errors_args *a) {
  return references(vm, a->exception, ERRORS_NAMEREPLACE);
}

/* The unit and byte order of a UTF by its name; false: another codec. */
static bool utf_of(const Str *name, int *unit, int *order) {
  char text[12];
  size_t n = 0;
  for (size_t i = 0; i < name->length; i++) {
    uint32_t c = str_at(name, i);
    if (c == '-' || c == '_') continue;
    if (c >= 0x80 || n + 1 >= sizeof text) return false;
    text[n++] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
  }
  text[n] = 0;
  *order = n == 7 && !strcmp(text + 5, "be") ? 1 : -1;
  if (n == 7 && (!strcmp(text + 5, "be") || !strcmp(text + 5, "le"))) text[5] = 0;
  *unit = !strcmp(text, "utf8") || !strcmp(text, "cputf8") ? 1
          : !strcmp(text, "utf16")                         ? 2
          : !strcmp(text, "utf32")                         ? 4
                                                           : 0;
  return *unit != 0;
}

static Value pass_encode(VM *vm, Range *r, Value exception, int unit, int order) {
  Buffer out;
  buffer_init(&out);
  uint8_t bytes[4];
  for (size_t i = r->start; i < r->end; i++) {
    uint32_t c = str_at(r->text, i);
    if (!is_surrogate(c)) {
      buffer_deinit(&out);
      return raise_again(vm, exception);
    }
    buffer_add(&out, bytes, surrogate_bytes(c, unit, order, bytes));
  }
  Value v = value_of(bytes_from_buffer(vm, &out));
  buffer_deinit(&out);
  return answer(vm, v, r->end);
}

static Value pass_decode(VM *vm, Range *r, Value exception, int unit, int order) {
  const uint8_t *p = r->bytes->data + r->start;
  size_t left = r->bytes->length - r->start, size = unit == 1 ? 3 : (size_t)unit;
  uint32_t c = 0;
  if (left >= size) {
    if (unit == 1) {
      if ((p[0] & 0xF0) == 0xE0 && (p[1] & 0xC0) == 0x80 && (p[2] & 0xC0) == 0x80)
        c = (uint32_t)(p[0] & 15) << 12 | (uint32_t)(p[1] & 63) << 6 | (p[2] & 63);
    } else {
      for (int i = 0; i < unit; i++) c |= (uint32_t)p[order > 0 ? unit - 1 - i : i] << (8 * i);
    }
  }
  if (!is_surrogate(c)) return raise_again(vm, exception);
  return answer_text(vm, str_from_char(vm, c), r->start + size);
}

static Value handler_surrogatepass(VM *vm, Value self, const handler_surrogatepass_args *a) {
  Range r;
  int unit, order;
  if (!take_apart(vm, a->exception, &r)) return VALUE_FAIL;
  if (r.kind == KIND_TRANSLATE) return unknown_exception(vm, a->exception);
  if (!value_is_str(r.error->encoding) || !utf_of(value_object(r.error->encoding), &unit, &order))
    return raise_again(vm, a->exception);
  return r.kind == KIND_ENCODE ? pass_encode(vm, &r, a->exception, unit, order)
                               : pass_decode(vm, &r, a->exception, unit, order);
}

static Value handler_surrogateescape(VM *vm, Value self, const handler_surrogateescape_args *a) {
  Range r;
  if (!take_apart(vm, a->exception, &r)) return VALUE_FAIL;
  if (r.kind == KIND_TRANSLATE) return unknown_exception(vm, a->exception);
  size_t i = r.start;
  if (r.kind == KIND_DECODE) {
    StrBuilder b;
    str_builder_init(&b, vm);
    for (; i < r.end && i < r.start + 4 && r.bytes->data[i] >= 0x80; i++)
      str_builder_char(&b, 0xDC00u + r.bytes->data[i]);
    if (i == r.start) return str_builder_drop(&b), raise_again(vm, a->exception);
    return answer_text(vm, str_builder_finish(&b), i);
  }
  Buffer out;
  buffer_init(&out);
  for (; i < r.end; i++) {
    uint32_t c = str_at(r.text, i);
    if (c < 0xDC80 || c > 0xDCFF) {
      buffer_deinit(&out);
      return raise_again(vm, a->exception);
    }
    buffer_add_byte(&out, (uint8_t)(c - 0xDC00));
  }
  Value v = value_of(bytes_from_buffer(vm, &out));
  buffer_deinit(&out);
  return answer(vm, v, r.end);
}

bool codec_handlers_add(VM *vm, Dict *handlers) {
  static const char *const names[] = {
      "strict",           "ignore",      "replace",       "xmlcharrefreplace",
      "backslashreplace", "namereplace", "surrogatepass", "surrogateescape"};
  static_assert(ARRAY_COUNT(names) == ARRAY_COUNT(handler_methods) - 1, "a name for each row");
  for (size_t i = 0; i < ARRAY_COUNT(names); i++) {
    Value function = native_function_new(vm, &handler_methods[i], VALUE_NONE, VALUE_NONE);
    if (!dict_set_str(vm, handlers, str_intern_cstr(vm, names[i]), function)) return false;
  }
  return true;
}
