/* codec.c -- error handling of codecs, and encoding and decoding by name. */
#include "vm/objects/codec.h"
#include "vm/core/options.h"
#include "vm/objects/memoryview.h"

#include <stdio.h>
#include <stdlib.h>

#include "vm/base/hex.h"
#include "vm/base/unicode.h"
#include "vm/base/utf8.h"
#include "vm/contracts/buffer.h"
#include "vm/contracts/error.h"
#include "vm/contracts/protocol.h"
#include "vm/objects/bytes.h"
#include "vm/objects/dict.h"
#include "vm/objects/exception.h"
#include "vm/objects/int.h"
#include "vm/objects/tuple.h"

ErrorMode error_mode(const Str *errors) {
  static const char *const names[] = {
      "strict",        "ignore",           "replace",           "surrogateescape",
      "surrogatepass", "backslashreplace", "xmlcharrefreplace", "namereplace"};
  if (!errors) return ERRORS_STRICT;
  for (int i = 0; i < ERRORS_OTHER; i++)
    if (str_equal_cstr(errors, names[i])) return (ErrorMode)i;
  return ERRORS_OTHER;
}

/* ---- the exception object and the handler's answer */

static Value make_error(VM *vm, Type *type, const char *encoding, Value object, size_t start,
                        size_t end, const char *reason) {
  Value args[5] = {value_of(str_new_cstr(vm, encoding)), object, value_int(vm, (int64_t)start),
                   value_int(vm, (int64_t)end), value_of(str_new_cstr(vm, reason))};
  return call_values(vm, value_from(type), args, 5, NULL);
}

static bool update_error(VM *vm, Value *exception, Type *type, const char *encoding, Value object,
                         size_t start, size_t end, const char *reason) {
  if (*exception == VALUE_UNBOUND) {
    *exception = make_error(vm, type, encoding, object, start, end, reason);
    return !value_is_fail(*exception);
  }
  UnicodeErrorObject *error = value_object(*exception);
  error->start = value_int(vm, (int64_t)start);
  error->end = value_int(vm, (int64_t)end);
  error->reason = value_of(str_new_cstr(vm, reason));
  heap_barrier_any(vm, error);
  return true;
}

/* Calls the handler; takes its tuple apart. In multibyte codecs a huge position is -1. */
static bool ask_handler(VM *vm, Value *handler, Str *errors, Value exception, const char *complaint,
                        bool multibyte, Value *replacement, int64_t *position) {
  if (*handler == VALUE_UNBOUND) {
    *handler = codec_error_handler(vm, errors ? errors : NAME("strict"));
    if (value_is_fail(*handler)) return false;
  }
  Value result = call1(vm, *handler, exception);
  if (value_is_fail(result)) return false;
  const Tuple *tuple = value_has_flag(result, TYPE_TUPLE_SUBCLASS) ? value_object(result) : NULL;
  if (!tuple || tuple_length(tuple) != 2)
    return raise_false(vm, TYPE_OF(TypeError), "%s", complaint);
  *replacement = tuple->items[0];
  if (!value_is_any_int(tuple->items[1]))
    return raise_false(vm, TYPE_OF(TypeError), "%s", complaint);
  if (int_to_int64(tuple->items[1], position)) return true;
  *position = INT64_MIN;
  return multibyte ||
         raise_false(vm, TYPE_OF(OverflowError), "Python int too large to convert to C ssize_t");
}

/* The message of multibyte codecs has the position from the beginning. */
static bool resolve_position(VM *vm, int64_t position, size_t n, bool multibyte, size_t *at) {
  bool is_huge = position == INT64_MIN;
  int64_t p = is_huge ? -1 : position < 0 ? position + (int64_t)n : position;
  if (p < 0 || p > (int64_t)n)
    return raise_false(vm, TYPE_OF(IndexError), "position %zd from error handler out of bounds",
                       (size_t)(multibyte ? p : position));
  *at = (size_t)p;
  return true;
}

/* ---- decoding */

void decode_start(DecodeRun *run, VM *vm, const char *encoding, const uint8_t *bytes, size_t n,
                  Value owner, Str *errors) {
  *run = (DecodeRun){.vm = vm,
                     .encoding = encoding,
                     .bytes = bytes,
                     .n = n,
                     .owner = owner,
                     .errors = errors,
                     .exception = VALUE_UNBOUND,
                     .handler = VALUE_UNBOUND,
                     .mode = error_mode(errors)};
  str_builder_init(&run->out, vm);
}

static bool decode_by_handler(DecodeRun *run, size_t start, size_t end, const char *reason) {
  VM *vm = run->vm;
  if (run->exception == VALUE_UNBOUND && !value_is(run->owner, bytes))
    run->owner = value_of(bytes_new(vm, run->bytes, run->n));
  if (run->owner == VALUE_FAIL) return false;
  if (!update_error(vm, &run->exception, TYPE_OF(UnicodeDecodeError), run->encoding, run->owner,
                    start, end, reason))
    return false;
  if (run->mode == ERRORS_STRICT) return raise_object(vm, run->exception), false;
  Value text;
  int64_t position;
  if (!ask_handler(vm, &run->handler, run->errors, run->exception,
                   "decoding error handler must return (str, int) tuple", run->multibyte, &text,
                   &position))
    return false;
  if (!value_is_str(text))
    return raise_false(vm, TYPE_OF(TypeError),
                       "decoding error handler must return (str, int) tuple");
  Value object = ((UnicodeErrorObject *)value_object(run->exception))->object;
  if (!value_has_flag(object, TYPE_BYTES_SUBCLASS))
    return raise_false(vm, TYPE_OF(TypeError), "object attribute must be bytes");
  /* the handler may have put other input there, or changed what `bytes` points to */
  const Bytes *input = value_object(object);
  run->owner = object;
  run->bytes = input->data;
  run->n = input->length;
  if (!resolve_position(vm, position, run->n, run->multibyte, &run->at)) return false;
  str_builder_str(&run->out, value_object(text));
  return true;
}

bool decode_error(DecodeRun *run, size_t start, size_t end, const char *reason) {
  run->at = end;
  switch (run->mode) {
  case ERRORS_IGNORE: return true;
  case ERRORS_REPLACE: str_builder_char(&run->out, 0xFFFD); return true;
  case ERRORS_SURROGATEESCAPE: {
    size_t i = start;
    for (; i < end && i < start + 4 && run->bytes[i] >= 0x80; i++)
      str_builder_char(&run->out, 0xDC00u + run->bytes[i]);
    if (i == start) break;
    run->at = i;
    return true;
  }
  case ERRORS_BACKSLASHREPLACE:
    for (size_t i = start; i < end; i++) str_builder_escape(&run->out, run->bytes[i]);
    return true;
  default: break;
  }
  return decode_by_handler(run, start, end, reason);
}

Value decode_finish(DecodeRun *run, bool ok) {
  if (!ok) {
    str_builder_drop(&run->out);
    return VALUE_FAIL;
  }
  return value_of(str_builder_finish(&run->out));
}

/* ---- encoding */

void encode_start(EncodeRun *run, VM *vm, const char *encoding, Str *text, Str *errors) {
  *run = (EncodeRun){.vm = vm,
                     .encoding = encoding,
                     .text = text,
                     .errors = errors,
                     .exception = VALUE_UNBOUND,
                     .handler = VALUE_UNBOUND,
                     .mode = error_mode(errors)};
  buffer_init(&run->out);
}

bool encode_raise(EncodeRun *run, size_t start, size_t end, const char *reason) {
  VM *vm = run->vm;
  if (update_error(vm, &run->exception, TYPE_OF(UnicodeEncodeError), run->encoding,
                   value_from(run->text), start, end, reason))
    raise_object(vm, run->exception);
  return false;
}

static Value encode_by_handler(EncodeRun *run, size_t start, size_t end, const char *reason) {
  VM *vm = run->vm;
  if (run->mode == ERRORS_STRICT) return encode_raise(run, start, end, reason), VALUE_FAIL;
  if (!update_error(vm, &run->exception, TYPE_OF(UnicodeEncodeError), run->encoding,
                    value_from(run->text), start, end, reason))
    return VALUE_FAIL;
  const char *complaint = run->multibyte
                              ? "encoding error handler must return (str, int) tuple"
                              : "encoding error handler must return (str/bytes, int) tuple";
  Value replacement;
  int64_t position;
  if (!ask_handler(vm, &run->handler, run->errors, run->exception, complaint, run->multibyte,
                   &replacement, &position))
    return VALUE_FAIL;
  if (!value_is_str(replacement) && !value_has_flag(replacement, TYPE_BYTES_SUBCLASS))
    return raise_type(vm, "%s", complaint);
  bool fits = resolve_position(vm, position, run->text->length, run->multibyte, &run->at);
  return fits ? replacement : VALUE_FAIL;
}

/* As XML has it: &#8364; */
static uint8_t *put_reference(uint8_t *to, uint32_t c) {
  uint8_t digits[8], *first = digits + sizeof digits;
  do *--first = (uint8_t)('0' + c % 10);
  while (c /= 10);
  *to++ = '&';
  *to++ = '#';
  while (first < digits + sizeof digits) *to++ = *first++;
  *to++ = ';';
  return to;
}

/* What a handler writes instead of one code point, as text. */
static void add_reference(StrBuilder *b, ErrorMode mode, uint32_t c) {
  char text[16], name[UNICODE_NAME_MAX];
  if (mode == ERRORS_XMLCHARREFREPLACE) {
    str_builder_ascii(b, text, (size_t)(put_reference((uint8_t *)text, c) - (uint8_t *)text));
  } else if (mode == ERRORS_NAMEREPLACE && unicode_name(c, name)) {
    str_builder_cstr(b, "\\N{");
    str_builder_cstr(b, name);
    str_builder_char(b, '}');
  } else {
    str_builder_escape(b, c);
  }
}

Str *encode_references(VM *vm, ErrorMode mode, const Str *s, size_t start, size_t end) {
  StrBuilder b;
  str_builder_init(&b, vm);
  for (size_t i = start; i < end; i++) {
    if (mode == ERRORS_REPLACE) str_builder_char(&b, '?');
    else add_reference(&b, mode, str_at(s, i));
  }
  return str_builder_finish(&b);
}

static void add_names(EncodeRun *run, size_t start, size_t end) {
  StrBuilder b;
  str_builder_init(&b, run->vm);
  for (size_t i = start; i < end; i++) add_reference(&b, run->mode, str_at(run->text, i));
  if (b.failed) buffer_fail(&run->out);
  else buffer_add(&run->out, b.units, b.length);
  str_builder_drop(&b);
}

bool encode_add_references(EncodeRun *run, size_t start, size_t end) {
  enum { REFERENCE_MAX = 10 }; /* bytes: &#1114111; and \\U0010ffff */
  switch (run->mode) {
  case ERRORS_IGNORE:
  case ERRORS_REPLACE:
  case ERRORS_BACKSLASHREPLACE:
  case ERRORS_XMLCHARREFREPLACE: break;
  case ERRORS_NAMEREPLACE: run->at = end; return add_names(run, start, end), true;
  default: return false;
  }
  run->at = end;
  if (!buffer_reserve(&run->out, (end - start) * REFERENCE_MAX)) return true;
  uint8_t *to = run->out.bytes + run->out.size;
  for (size_t i = start; i < end && run->mode != ERRORS_IGNORE; i++) {
    uint32_t c = str_at(run->text, i);
    if (run->mode == ERRORS_REPLACE) *to++ = '?';
    else to = run->mode == ERRORS_XMLCHARREFREPLACE ? put_reference(to, c) : hex_put_escape(to, c);
  }
  run->out.size = (size_t)(to - run->out.bytes);
  return true;
}

static bool is_escaped(uint32_t c) { return c >= 0xDC80 && c <= 0xDCFF; }

bool encode_add_escaped(EncodeRun *run, size_t start, size_t end) {
  if (run->mode != ERRORS_SURROGATEESCAPE) return false;
  size_t last = start;
  while (last < end && is_escaped(str_at(run->text, last))) last++;
  if (last == start || (run->whole && last < end)) return false;
  for (size_t i = start; i < last; i++)
    buffer_add_byte(&run->out, (uint8_t)(str_at(run->text, i) - 0xDC00));
  run->at = last; /* what comes behind is looked at anew */
  return true;
}

/* The same as a value, which the caller measures. */
static Value escape_surrogates(EncodeRun *run, size_t start, size_t end) {
  size_t before = run->out.size;
  if (!encode_add_escaped(run, start, end)) return VALUE_UNBOUND;
  if (run->out.failed) return value_of(bytes_new(run->vm, NULL, 0)); /* encode_finish raises */
  Bytes *bytes = bytes_new(run->vm, run->out.bytes + before, run->out.size - before);
  run->out.size = before;
  return value_of(bytes);
}

size_t surrogate_bytes(uint32_t c, int unit, int byte_order, uint8_t out[4]) {
  if (unit == 1) return utf8_put(out, c);
  for (int i = 0; i < unit; i++) out[byte_order > 0 ? unit - 1 - i : i] = (uint8_t)(c >> (8 * i));
  return (size_t)unit;
}

static Value pass_surrogates(EncodeRun *run, size_t start, size_t end) {
  Buffer b;
  buffer_init(&b);
  uint8_t bytes[4];
  for (size_t i = start; i < end; i++) {
    uint32_t c = str_at(run->text, i);
    if (!is_surrogate(c)) return buffer_deinit(&b), VALUE_UNBOUND;
    buffer_add(&b, bytes, surrogate_bytes(c, run->unit, run->byte_order, bytes));
  }
  Value v = value_of(bytes_from_buffer(run->vm, &b));
  buffer_deinit(&b);
  return v;
}

Value encode_error(EncodeRun *run, size_t start, size_t end, const char *reason) {
  Value v = VALUE_UNBOUND;
  run->at = end;
  switch (run->mode) {
  case ERRORS_IGNORE: return VALUE_UNBOUND;
  case ERRORS_REPLACE:
  case ERRORS_BACKSLASHREPLACE:
  case ERRORS_XMLCHARREFREPLACE:
  case ERRORS_NAMEREPLACE:
    return value_of(encode_references(run->vm, run->mode, run->text, start, end));
  case ERRORS_SURROGATEESCAPE: v = escape_surrogates(run, start, end); break;
  case ERRORS_SURROGATEPASS:
    if (run->unit) v = pass_surrogates(run, start, end);
    break;
  default: break;
  }
  return v == VALUE_UNBOUND ? encode_by_handler(run, start, end, reason) : v;
}

Value encode_finish(EncodeRun *run, bool ok) {
  Bytes *bytes = ok ? bytes_from_buffer(run->vm, &run->out) : NULL;
  buffer_deinit(&run->out);
  return value_of(bytes);
}

/* ---- by name */

typedef enum KnownCodec {
  CODEC_OTHER,
  CODEC_UTF8,
  CODEC_LATIN1,
  CODEC_ASCII,
  CODEC_UTF16,
  CODEC_UTF32,
  CODEC_UTF16_LE,
  CODEC_UTF16_BE,
  CODEC_UTF32_LE,
  CODEC_UTF32_BE
} KnownCodec;

/* Spellings that need no registry: letters, digits and separators compared in lower case. */
static KnownCodec known_codec(const Str *encoding) {
#define NAMED(text, codec) \
  { text, sizeof text - 1, codec }
  static const struct {
    const char *name;
    size_t size;
    KnownCodec codec;
  } names[] = {NAMED("utf-8", CODEC_UTF8),         NAMED("utf8", CODEC_UTF8),
               NAMED("latin-1", CODEC_LATIN1),     NAMED("ascii", CODEC_ASCII),
               NAMED("latin1", CODEC_LATIN1),      NAMED("iso-8859-1", CODEC_LATIN1),
               NAMED("iso8859-1", CODEC_LATIN1),   NAMED("us-ascii", CODEC_ASCII),
               NAMED("utf-16", CODEC_UTF16),       NAMED("utf-32", CODEC_UTF32),
               NAMED("utf-16-le", CODEC_UTF16_LE), NAMED("utf-16-be", CODEC_UTF16_BE),
               NAMED("utf-32-le", CODEC_UTF32_LE), NAMED("utf-32-be", CODEC_UTF32_BE)};
#undef NAMED
  char text[12];
  if (!encoding) return CODEC_UTF8;
  if (encoding->length >= sizeof text || !str_is_ascii(encoding)) return CODEC_OTHER;
  const uint8_t *units = str_data(encoding);
  size_t n = encoding->length;
  for (size_t i = 0; i < n; i++) {
    uint32_t c = units[i];
    text[i] = (char)(c == '_' ? '-' : c >= 'A' && c <= 'Z' ? c + 32 : c);
  }
  for (size_t i = 0; i < ARRAY_COUNT(names); i++)
    if (names[i].size == n && !memcmp(text, names[i].name, n)) return names[i].codec;
  return CODEC_OTHER;
}

/* The encoder (0) or decoder (1) of a registered text encoding. */
static Value find_registered(VM *vm, Str *encoding, int which, const char *alternative) {
  Value info = codec_lookup(vm, encoding);
  if (value_is_fail(info)) return info;
  Value is_text = find_attribute(vm, info, NAME("_is_text_encoding"));
  if (value_is_fail(is_text)) return is_text;
  if (is_text != VALUE_UNBOUND) {
    Answer truth = value_truth(vm, is_text);
    if (truth == ANSWER_FAILED) return VALUE_FAIL;
    if (!truth)
      return raise_error(vm, TYPE_OF(LookupError),
                         "'%.400U' is not a text encoding; use %s to handle arbitrary codecs",
                         encoding, alternative);
  }
  return get_item(vm, info, value_int(vm, which));
}

/* Some class of the program in the MRO has a constructor of its own. */
static bool makes_itself(VM *vm, const Type *type) {
  for (; type_has(type, TYPE_HEAP); type = type->base)
    if (dict_get_str(vm, type->attrs, NAME("__init__")) != VALUE_UNBOUND ||
        dict_get_str(vm, type->attrs, NAME("__new__")) != VALUE_UNBOUND)
      return true;
  return false;
}

/* Only exceptions that are made of one text at most, and hold nothing else, can be made again with
** other words. */
Value codec_wrap_error(VM *vm, const char *operation, Str *encoding) {
  Value error = vm->exception;
  Type *type = value_type(error);
  const Exception *e = value_object(error);
  size_t n = tuple_length(e->args);
  bool plain = type->basic_size == TYPE_OF(BaseException)->basic_size && !makes_itself(vm, type) &&
               (n == 0 || (n == 1 && value_is(e->args->items[0], str)));
  Dict *attributes = plain ? instance_dict(vm, value_object(error)) : NULL;
  if (!plain || (attributes && dict_length(attributes))) return VALUE_FAIL;
  error = error_take(vm);
  return raise_from(vm, type, error, "%s with '%U' codec failed (%N: %S)", operation, encoding,
                    type, error);
}

/* function(input[, errors]) → first of the tuple it returns. */
static Value call_codec(VM *vm, Value function, Value input, Str *encoding, Str *errors,
                        bool decode) {
  const char *what = decode ? "decoder" : "encoder";
  Value result =
      errors ? call2(vm, function, input, value_from(errors)) : call1(vm, function, input);
  if (value_is_fail(result))
    return codec_wrap_error(vm, decode ? "decoding" : "encoding", encoding);
  if (!value_has_flag(result, TYPE_TUPLE_SUBCLASS) || tuple_length(value_object(result)) != 2)
    return raise_type(vm, "%s must return a tuple (object, integer)", what);
  return ((Tuple *)value_object(result))->items[0];
}

/* In development mode both names are looked up even where nothing needs them. */
static bool names_are_known(VM *vm, Str *encoding, Str *errors) {
  if (LIKELY(!vm->options || !vm->options->dev_mode)) return true;
  if (encoding && known_codec(encoding) == CODEC_OTHER && value_is_fail(codec_lookup(vm, encoding)))
    return false;
  return !errors || !value_is_fail(codec_error_handler(vm, errors));
}

/* The reference finds codecs with an order of bytes in the registry: their errors name them. */
static Value name_codec(VM *vm, Value result, const char *operation, Str *encoding) {
  return LIKELY(result != VALUE_FAIL) ? result : codec_wrap_error(vm, operation, encoding);
}

static Value encode_ordered(VM *vm, Str *s, KnownCodec codec, Str *errors) {
  switch (codec) {
  case CODEC_UTF16_LE: return utf16_encode(vm, s, errors, -1);
  case CODEC_UTF16_BE: return utf16_encode(vm, s, errors, 1);
  case CODEC_UTF32_LE: return utf32_encode(vm, s, errors, -1);
  default: return utf32_encode(vm, s, errors, 1);
  }
}

Value str_encode(VM *vm, Str *s, Str *encoding, Str *errors) {
  if (!names_are_known(vm, encoding, errors)) return VALUE_FAIL;
  KnownCodec codec = known_codec(encoding);
  switch (codec) {
  case CODEC_UTF8: return utf8_encode(vm, s, errors);
  case CODEC_LATIN1: return latin1_encode(vm, s, errors);
  case CODEC_ASCII: return ascii_encode(vm, s, errors);
  case CODEC_UTF16: return utf16_encode(vm, s, errors, 0);
  case CODEC_UTF32: return utf32_encode(vm, s, errors, 0);
  case CODEC_UTF16_LE:
  case CODEC_UTF16_BE:
  case CODEC_UTF32_LE:
  case CODEC_UTF32_BE:
    return name_codec(vm, encode_ordered(vm, s, codec, errors), "encoding", encoding);
  case CODEC_OTHER: break;
  }
  Value function = find_registered(vm, encoding, 0, "codecs.encode()");
  if (value_is_fail(function)) return function;
  Value result = call_codec(vm, function, value_from(s), encoding, errors, false);
  if (value_is_fail(result) || value_has_flag(result, TYPE_BYTES_SUBCLASS)) return result;
  if (value_has_flag(result, TYPE_BYTEARRAY_SUBCLASS)) {
    if (!warn(vm, TYPE_OF(RuntimeWarning), 1,
              "encoder %U returned bytearray instead of bytes; use codecs.encode() to encode to "
              "arbitrary types",
              encoding))
      return VALUE_FAIL;
    BufferView view;
    if (!buffer_acquire(vm, result, &view, false)) return VALUE_FAIL;
    Bytes *bytes = bytes_new(vm, view.bytes, view.size);
    buffer_release(vm, &view);
    return value_of(bytes);
  }
  return raise_type(vm,
                    "'%.400U' encoder returned '%.400T' instead of 'bytes'; use codecs.encode() to "
                    "encode to arbitrary types",
                    encoding, result);
}

static Value decode_known(VM *vm, KnownCodec codec, const uint8_t *bytes, size_t n, Value owner,
                          Str *errors) {
  int order = codec == CODEC_UTF16_LE || codec == CODEC_UTF32_LE   ? -1
              : codec == CODEC_UTF16_BE || codec == CODEC_UTF32_BE ? 1
                                                                   : 0;
  switch (codec) {
  case CODEC_UTF8: return utf8_decode(vm, bytes, n, owner, errors, NULL);
  case CODEC_LATIN1: return latin1_decode(vm, bytes, n, owner, errors, NULL);
  case CODEC_ASCII: return ascii_decode(vm, bytes, n, owner, errors, NULL);
  case CODEC_UTF16:
  case CODEC_UTF16_LE:
  case CODEC_UTF16_BE: return utf16_decode(vm, bytes, n, owner, errors, NULL, &order);
  default: return utf32_decode(vm, bytes, n, owner, errors, NULL, &order);
  }
}

Value codec_decode_bytes(VM *vm, Value input, Str *encoding, Str *errors) {
  KnownCodec codec = known_codec(encoding);
  if (!names_are_known(vm, encoding, errors)) return VALUE_FAIL;
  BufferView view;
  if (!buffer_acquire(vm, input, &view, false)) return VALUE_FAIL;
  /* no bytes are no text in any encoding, nobody asks whether it exists */
  bool is_empty = view.size == 0;
  bool decided = is_empty || codec != CODEC_OTHER;
  Value result = VALUE_UNBOUND;
  if (is_empty) result = value_of(str_new_ascii(vm, "", 0));
  else if (decided) result = decode_known(vm, codec, view.bytes, view.size, input, errors);
  buffer_release(vm, &view);
  bool is_ordered = codec >= CODEC_UTF16_LE && codec <= CODEC_UTF32_BE;
  if (is_ordered) return name_codec(vm, result, "decoding", encoding);
  if (decided) return result;
  Value function = find_registered(vm, encoding, 1, "codecs.decode()");
  if (value_is_fail(function)) return function;
  /* so all input reaches decoders: none can resize it */
  Value held = call1(vm, value_from(TYPE_OF(memoryview)), input);
  if (value_is_fail(held)) return held;
  result = call_codec(vm, function, held, encoding, errors, true);
  memoryview_drop(vm, held);
  if (value_is_fail(result) || value_is_str(result)) return result;
  return raise_type(vm,
                    "'%.400U' decoder returned '%.400T' instead of 'str'; use codecs.decode() to "
                    "decode to arbitrary types",
                    encoding, result);
}
