/* exception_text.c -- SyntaxError and the Unicode errors: exceptions about a place in a text. */
#include "vm/objects/bytes.h"
#include "vm/objects/dict.h"
#include "vm/objects/exception_internal.h"
#include "vm/objects/tuple.h"

#include <stdio.h>

/* ---- SyntaxError */

#define NATIVE_DEF "vm/objects/exception_syntax.def"
#define NATIVE_PREFIX syntax_
#define NATIVE_SELF SyntaxErrorObject *
#include "vm/contracts/native_class.inc"

static Value syntax_op_init(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) {
  if (kwnames && tuple_length(kwnames))
    return raise_type(vm, "%T() takes no keyword arguments", self);
  SyntaxErrorObject *e = value_object(self);
  exception_set_args(vm, &e->e, args, npos);
  if (npos >= 1) e->msg = args[0];
  heap_barrier_any(vm, e);
  if (npos != 2) return VALUE_NONE;
  Tuple *info = tuple_from_iterable(vm, args[1]);
  if (!info) return VALUE_FAIL;
  size_t n = tuple_length(info);
  if (n < 4)
    return raise_type(vm, "function missing required argument '%s' (pos %zu)",
                      n == 0   ? "filename"
                      : n == 1 ? "lineno"
                      : n == 2 ? "offset"
                               : "text",
                      n + 1);
  if (n > 6) return raise_type(vm, "function takes at most 6 arguments (%zu given)", n);
  if (n == 5) return raise_type(vm, "end_offset must be provided when end_lineno is provided");
  Value *fields = &e->filename;
  for (size_t i = 0; i < n; i++) fields[i] = info->items[i];
  heap_barrier_any(vm, e);
  return VALUE_NONE;
}

static Value base_name(VM *vm, Value filename) {
  Str *path = value_object(filename);
  size_t start = path->length;
  while (start > 0 && str_at(path, start - 1) != '/') start--;
  return value_of(str_substring(vm, path, start, path->length));
}

static Value syntax_op_str(VM *vm, SyntaxErrorObject *e, const syntax_op_str_args *a) {
  Value msg = e->msg == VALUE_UNBOUND ? VALUE_NONE : e->msg;
  bool has_file = value_is_str(e->filename), has_line = value_is_int(e->lineno);
  if (!has_file && !has_line) return value_str(vm, msg);
  Str *text;
  if (has_file && has_line)
    text = str_format(vm, "%S (%S, line %S)", msg, base_name(vm, e->filename), e->lineno);
  else if (has_file) text = str_format(vm, "%S (%S)", msg, base_name(vm, e->filename));
  else text = str_format(vm, "%S (line %S)", msg, e->lineno);
  return value_of(text);
}
FIELD(syntax_get_msg, syntax_set_msg, SyntaxErrorObject, msg)
FIELD(syntax_get_filename, syntax_set_filename, SyntaxErrorObject, filename)
FIELD(syntax_get_lineno, syntax_set_lineno, SyntaxErrorObject, lineno)
FIELD(syntax_get_offset, syntax_set_offset, SyntaxErrorObject, offset)
FIELD(syntax_get_text, syntax_set_text, SyntaxErrorObject, text)
FIELD(syntax_get_end_lineno, syntax_set_end_lineno, SyntaxErrorObject, end_lineno)
FIELD(syntax_get_end_offset, syntax_set_end_offset, SyntaxErrorObject, end_offset)
FIELD(syntax_get_print_file_and_line, syntax_set_print_file_and_line, SyntaxErrorObject,
      print_file_and_line)
EXCEPTION(SyntaxError, syntax_, SyntaxErrorObject)
DERIVED_EXCEPTION(IndentationError, syntax_, SyntaxErrorObject)
DERIVED_EXCEPTION(TabError, syntax_, SyntaxErrorObject)

/* ---- UnicodeEncodeError, UnicodeDecodeError, UnicodeTranslateError */

static bool check_argument(VM *vm, Value self, int i, bool fits, const char *expected,
                           Value given) {
  return fits ||
         raise_false(vm, TYPE_OF(TypeError), "argument %d must be %s, not %T", i, expected, given);
}

static Value init_unicode(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames,
                          bool decode, bool translate) {
  if (kwnames && tuple_length(kwnames))
    return raise_type(vm, "%T() takes no keyword arguments", self);
  UnicodeErrorObject *e = value_object(self);
  int wanted = translate ? 4 : 5, i = 0;
  if (npos != wanted)
    return raise_type(vm, "function takes exactly %d arguments (%d given)", wanted, npos);
  exception_set_args(vm, &e->e, args, npos);
  if (!translate) {
    if (!check_argument(vm, self, i + 1, value_is_str(args[i]), "str", args[i])) return VALUE_FAIL;
    exception_set_field(vm, e, &e->encoding, args[i++]);
  }
  Value object = args[i];
  if (decode && !value_is(object, bytes)) { /* any bytes-like object, kept as bytes */
    object = call1(vm, value_from(TYPE_OF(bytes)), object);
    if (object == VALUE_FAIL) return VALUE_FAIL;
  }
  if (!decode && !check_argument(vm, self, i + 1, value_is_str(object), "str", object))
    return VALUE_FAIL;
  exception_set_field(vm, e, &e->object, object);
  i++;
  Value start, end;
  if (!value_index(vm, args[i], &start)) return VALUE_FAIL;
  exception_set_field(vm, e, &e->start, start);
  if (!value_index(vm, args[i + 1], &end)) return VALUE_FAIL;
  exception_set_field(vm, e, &e->end, end);
  if (!check_argument(vm, self, i + 3, value_is_str(args[i + 2]), "str", args[i + 2]))
    return VALUE_FAIL;
  exception_set_field(vm, e, &e->reason, args[i + 2]);
  return VALUE_NONE;
}

static int64_t object_length(const UnicodeErrorObject *e) {
  if (value_is_str(e->object)) return (int64_t)((Str *)value_object(e->object))->length;
  if (value_has_flag(e->object, TYPE_BYTES_SUBCLASS))
    return (int64_t)((Bytes *)value_object(e->object))->length;
  return 0;
}

static int64_t number(Value v) { return value_is_int(v) ? value_as_int(v) : 0; }

static Str *describe_character(VM *vm, uint32_t c, Str *prefix, int64_t at, Value reason) {
  char text[16];
  snprintf(text, sizeof text, c <= 0xFF ? "\\x%02x" : c <= 0xFFFF ? "\\u%04x" : "\\U%08x", c);
  return str_format(vm, "%U character '%s' in position %lld: %S", prefix, text, (long long)at,
                    reason);
}

static Str *unicode_text(VM *vm, UnicodeErrorObject *e, const char *verb, bool decode,
                         bool translate) {
  if (e->object == VALUE_UNBOUND) return str_new_cstr(vm, "");
  int64_t start = number(e->start), end = number(e->end), n = object_length(e);
  Str *prefix = translate ? str_new_cstr(vm, "can't translate")
                          : str_format(vm, "'%S' codec can't %s", e->encoding, verb);
  if (!prefix) return NULL;
  if (start >= 0 && start < n && end == start + 1) {
    if (!decode)
      return describe_character(vm, str_at(value_object(e->object), (size_t)start), prefix, start,
                                e->reason);
    char text[8];
    snprintf(text, sizeof text, "0x%02x", ((Bytes *)value_object(e->object))->data[start]);
    return str_format(vm, "%U byte %s in position %lld: %S", prefix, text, (long long)start,
                      e->reason);
  }
  return str_format(vm, "%U %s in position %lld-%lld: %S", prefix, decode ? "bytes" : "characters",
                    (long long)start, (long long)(end - 1), e->reason);
}

static bool set_number(VM *vm, UnicodeErrorObject *e, Value *field, Value v) {
  if (v == VALUE_MISSING)
    return raise_false(vm, TYPE_OF(TypeError), "can't delete numeric/char attribute");
  Value n;
  if (!value_index(vm, v, &n)) return false;
  exception_set_field(vm, e, field, n);
  return true;
}

#define NUMBER(getter, setter, field)                                     \
  static Value getter(VM *vm, UnicodeErrorObject *e) {                    \
    return e->field == VALUE_UNBOUND ? value_int_unchecked(0) : e->field; \
  }                                                                       \
  static bool setter(VM *vm, UnicodeErrorObject *e, Value v) {            \
    return set_number(vm, e, &e->field, v);                               \
  }

#define NATIVE_DEF "vm/objects/exception_unicode_encode.def"
#define NATIVE_PREFIX encode_
#define NATIVE_SELF UnicodeErrorObject *
#include "vm/contracts/native_class.inc"

static Value encode_op_init(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) {
  return init_unicode(vm, self, args, npos, kwnames, false, false);
}
static Value encode_op_str(VM *vm, UnicodeErrorObject *e, const encode_op_str_args *a) {
  return value_of(unicode_text(vm, e, "encode", false, false));
}
FIELD(encode_get_encoding, encode_set_encoding, UnicodeErrorObject, encoding)
FIELD(encode_get_object, encode_set_object, UnicodeErrorObject, object)
FIELD(encode_get_reason, encode_set_reason, UnicodeErrorObject, reason)
NUMBER(encode_get_start, encode_set_start, start)
NUMBER(encode_get_end, encode_set_end, end)
EXCEPTION(UnicodeEncodeError, encode_, UnicodeErrorObject)

#define NATIVE_DEF "vm/objects/exception_unicode_decode.def"
#define NATIVE_PREFIX decode_
#define NATIVE_SELF UnicodeErrorObject *
#include "vm/contracts/native_class.inc"

static Value decode_op_init(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) {
  return init_unicode(vm, self, args, npos, kwnames, true, false);
}
static Value decode_op_str(VM *vm, UnicodeErrorObject *e, const decode_op_str_args *a) {
  return value_of(unicode_text(vm, e, "decode", true, false));
}
FIELD(decode_get_encoding, decode_set_encoding, UnicodeErrorObject, encoding)
FIELD(decode_get_object, decode_set_object, UnicodeErrorObject, object)
FIELD(decode_get_reason, decode_set_reason, UnicodeErrorObject, reason)
NUMBER(decode_get_start, decode_set_start, start)
NUMBER(decode_get_end, decode_set_end, end)
EXCEPTION(UnicodeDecodeError, decode_, UnicodeErrorObject)

#define NATIVE_DEF "vm/objects/exception_unicode_translate.def"
#define NATIVE_PREFIX translate_
#define NATIVE_SELF UnicodeErrorObject *
#include "vm/contracts/native_class.inc"

static Value translate_op_init(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) {
  return init_unicode(vm, self, args, npos, kwnames, false, true);
}
static Value translate_op_str(VM *vm, UnicodeErrorObject *e, const translate_op_str_args *a) {
  return value_of(unicode_text(vm, e, "translate", false, true));
}
FIELD(translate_get_encoding, translate_set_encoding, UnicodeErrorObject, encoding)
FIELD(translate_get_object, translate_set_object, UnicodeErrorObject, object)
FIELD(translate_get_reason, translate_set_reason, UnicodeErrorObject, reason)
NUMBER(translate_get_start, translate_set_start, start)
NUMBER(translate_get_end, translate_set_end, end)
EXCEPTION(UnicodeTranslateError, translate_, UnicodeErrorObject)
