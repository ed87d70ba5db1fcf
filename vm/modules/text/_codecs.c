/* _codecs.c -- the module _codecs: the registry of codecs and error handlers, and each codec as a
** function.
**
** Law: `cache` holds what the search functions found, by normalised name; unregistering empties it.
*/
#include "vm/base/buffer.h"
#include "vm/contracts/error.h"
#include "vm/contracts/native.h"
#include "vm/contracts/protocol.h"
#include "vm/modules/text/codec_handlers.h"
#include "vm/objects/bytearray.h"
#include "vm/objects/bytes.h"
#include "vm/objects/codec.h"
#include "vm/objects/dict.h"
#include "vm/objects/exception.h"
#include "vm/objects/list.h"
#include "vm/objects/module.h"
#include "vm/objects/str_ops.h"

/* Bytes, or text: as its UTF-8. */
typedef Pin c_BytesOrText;
static bool convert_BytesOrText(VM *vm, Value v, Pin *out, const MethodSpec *spec, int i) {
  if (!value_is_str(v)) return pin_of(vm, v, out);
  const char *text = str_utf8(vm, value_object(v), &out->n);
  out->bytes = (const uint8_t *)text;
  out->owner = VALUE_UNBOUND;
  return text != NULL;
}

#define NATIVE_DEF "vm/modules/text/_codecs.def"
#define NATIVE_PREFIX codecs_
#include "vm/contracts/native_class.inc"

/* ---- the registry */

/* The registry: made, and registered, when it is first asked. */
static struct {
  List *searchers; /* [gc] */
  Dict *cache;     /* [gc] */
  Dict *handlers;  /* [gc] of errors, by name */
  bool encodings_imported;
} registry;

static bool registry_ready(VM *vm) {
  if (LIKELY(registry.handlers != NULL)) return true;
  heap_add_root_object(vm, &registry.searchers);
  heap_add_root_object(vm, &registry.cache);
  heap_add_root_object(vm, &registry.handlers);
  registry.searchers = list_new(vm, 0);
  registry.cache = dict_new(vm);
  registry.handlers = dict_new(vm);
  return codec_handlers_add(vm, registry.handlers);
}

/* The package `encodings` registers its search function when it is imported. */
static bool import_encodings(VM *vm) {
  if (registry.encodings_imported) return true;
  registry.encodings_imported = true;
  Value import =
      get_item(vm, value_from(module_dict(vm->builtins)), value_from(NAME("__import__")));
  return !value_is_fail(import) && !value_is_fail(call1(vm, import, value_from(NAME("encodings"))));
}

/* Lower case; runs of anything but letters, digits and dots become one underscore. */
static Str *normalize(VM *vm, Str *encoding) {
  StrBuilder b;
  str_builder_init(&b, vm);
  bool gap = false;
  for (size_t i = 0; i < encoding->length; i++) {
    uint32_t c = str_at(encoding, i);
    bool kept = c < 0x80 && (c == '.' || (c - '0') < 10 || ((c | 32) - 'a') < 26);
    if (!kept) {
      gap = true;
      continue;
    }
    if (gap && b.length) str_builder_char(&b, '_');
    gap = false;
    str_builder_char(&b, (c - 'A') < 26 ? c + 32 : c);
  }
  return str_builder_finish(&b);
}

/* is_name: could C read it? else raised. */
static bool is_name(VM *vm, Str *encoding) {
  if (!str_is_ascii(encoding) && value_is_fail(utf8_encode(vm, encoding, NULL))) return false;
  for (size_t i = 0; i < encoding->length; i++)
    if (!str_at(encoding, i))
      return raise_false(vm, TYPE_OF(ValueError), "embedded null character");
  return true;
}

Value codec_lookup(VM *vm, Str *encoding) {
  if (!is_name(vm, encoding) || !registry_ready(vm) || !import_encodings(vm)) return VALUE_FAIL;
  Str *name = normalize(vm, encoding);
  if (!name) return VALUE_FAIL;
  Value found = dict_get_str(vm, registry.cache, name);
  if (found != VALUE_UNBOUND) return found;
  for (size_t i = 0; i < list_length(registry.searchers); i++) {
    found = call1(vm, list_items(registry.searchers)[i], value_from(name));
    if (value_is_fail(found)) return found;
    if (found == VALUE_NONE) continue;
    if (!value_has_flag(found, TYPE_TUPLE_SUBCLASS) || tuple_length(value_object(found)) != 4)
      return raise_type(vm, "codec search functions must return 4-tuples");
    return dict_set_str(vm, registry.cache, name, found) ? found : VALUE_FAIL;
  }
  return raise_error(vm, TYPE_OF(LookupError), "unknown encoding: %U", encoding);
}

Value codec_error_handler(VM *vm, Str *name) {
  if (!registry_ready(vm)) return VALUE_FAIL;
  Value handler = dict_get_str(vm, registry.handlers, str_exact(vm, name));
  return handler != VALUE_UNBOUND
             ? handler
             : raise_error(vm, TYPE_OF(LookupError), "unknown error handler name '%.400U'", name);
}

static Value codecs_register_(VM *vm, Value self, const codecs_register__args *a) {
  if (!value_is_callable(a->search_function)) return raise_type(vm, "argument must be callable");
  return value_none_if(registry_ready(vm) &&
                       list_append_value(vm, registry.searchers, a->search_function));
}

static Value codecs_unregister(VM *vm, Value self, const codecs_unregister_args *a) {
  if (!registry_ready(vm)) return VALUE_FAIL;
  for (size_t i = 0; i < list_length(registry.searchers); i++) {
    if (list_items(registry.searchers)[i] != a->search_function) continue;
    dict_clear(vm, registry.cache);
    return value_none_if(
        delete_item(vm, value_from(registry.searchers), value_int(vm, (int64_t)i)));
  }
  return VALUE_NONE;
}

static Value codecs_lookup(VM *vm, Value self, const codecs_lookup_args *a) {
  return codec_lookup(vm, a->encoding);
}
static Value codecs_lookup_error(VM *vm, Value self, const codecs_lookup_error_args *a) {
  return codec_error_handler(vm, a->name);
}

static Value codecs_register_error(VM *vm, Value self, const codecs_register_error_args *a) {
  if (!value_is_callable(a->handler)) return raise_type(vm, "handler must be callable");
  return value_none_if(registry_ready(vm) &&
                       dict_set_str(vm, registry.handlers, str_exact(vm, a->errors), a->handler));
}

/* ---- encode and decode by name */

static Value convert_by_name(VM *vm, Value object, Str *encoding, Str *errors, int which) {
  Value info = codec_lookup(vm, encoding ? encoding : NAME("utf-8"));
  if (value_is_fail(info)) return info;
  Value function = ((Tuple *)value_object(info))->items[which];
  Value result =
      errors ? call2(vm, function, object, value_from(errors)) : call1(vm, function, object);
  if (value_is_fail(result))
    return codec_wrap_error(vm, which ? "decoding" : "encoding",
                            encoding ? encoding : NAME("utf-8"));
  if (!value_has_flag(result, TYPE_TUPLE_SUBCLASS) || tuple_length(value_object(result)) != 2)
    return raise_type(vm, which ? "decoder must return a tuple (object,integer)"
                                : "encoder must return a tuple (object, integer)");
  return ((Tuple *)value_object(result))->items[0];
}

static Value codecs_encode(VM *vm, Value self, const codecs_encode_args *a) {
  return convert_by_name(vm, a->obj, a->encoding, a->errors, 0);
}
static Value codecs_decode(VM *vm, Value self, const codecs_decode_args *a) {
  return convert_by_name(vm, a->obj, a->encoding, a->errors, 1);
}

/* ---- decoders: (text, bytes consumed) */

static Value pair(VM *vm, Value result, size_t n) {
  return PACK(result, value_int(vm, (int64_t)n));
}

#define DECODER(call)      \
  {                        \
    size_t n = a->data.n;  \
    Value v = call;        \
    return pair(vm, v, n); \
  }
#define WIDE_DECODER(function, initial)                                        \
  {                                                                            \
    size_t n = a->data.n;                                                      \
    int order = initial;                                                       \
    Value v = function(vm, a->data.bytes, a->data.n, VALUE_UNBOUND, a->errors, \
                       a->final ? NULL : &n, &order);                          \
    return pair(vm, v, n);                                                     \
  }
static Value codecs_ascii_decode(VM *vm, Value self, const codecs_ascii_decode_args *a)
    DECODER(ascii_decode(vm, a->data.bytes, a->data.n, VALUE_UNBOUND, a->errors, NULL))
static Value codecs_latin_1_decode(VM *vm, Value self, const codecs_latin_1_decode_args *a)
    DECODER(latin1_decode(vm, a->data.bytes, a->data.n, VALUE_UNBOUND, a->errors, NULL))
static Value codecs_charmap_decode(VM *vm, Value self, const codecs_charmap_decode_args *a)
    DECODER(charmap_decode(vm, a->data.bytes, a->data.n, VALUE_UNBOUND, a->errors, a->mapping))
static Value codecs_utf_7_decode(VM *vm, Value self, const codecs_utf_7_decode_args *a)
    DECODER(utf7_decode(vm, a->data.bytes, a->data.n, VALUE_UNBOUND, a->errors,
                        a->final ? NULL : &n))
static Value codecs_utf_8_decode(VM *vm, Value self, const codecs_utf_8_decode_args *a)
    DECODER(utf8_decode(vm, a->data.bytes, a->data.n, VALUE_UNBOUND, a->errors,
                        a->final ? NULL : &n))
static Value codecs_utf_16_decode(VM *vm, Value self, const codecs_utf_16_decode_args *a)
    WIDE_DECODER(utf16_decode, 0)
static Value codecs_utf_16_le_decode(VM *vm, Value self, const codecs_utf_16_le_decode_args *a)
    WIDE_DECODER(utf16_decode, -1)
static Value codecs_utf_16_be_decode(VM *vm, Value self, const codecs_utf_16_be_decode_args *a)
    WIDE_DECODER(utf16_decode, 1)
static Value codecs_utf_32_decode(VM *vm, Value self, const codecs_utf_32_decode_args *a)
    WIDE_DECODER(utf32_decode, 0)
static Value codecs_utf_32_le_decode(VM *vm, Value self, const codecs_utf_32_le_decode_args *a)
    WIDE_DECODER(utf32_decode, -1)
static Value codecs_utf_32_be_decode(VM *vm, Value self, const codecs_utf_32_be_decode_args *a)
    WIDE_DECODER(utf32_decode, 1)

#define EX_DECODER(function)                                                   \
  {                                                                            \
    size_t n = a->data.n;                                                      \
    int order = a->byteorder;                                                  \
    Value v = function(vm, a->data.bytes, a->data.n, VALUE_UNBOUND, a->errors, \
                       a->final ? NULL : &n, &order);                          \
    return PACK(v, value_int(vm, (int64_t)n), value_int(vm, order));           \
  }
static Value codecs_utf_16_ex_decode(VM *vm, Value self, const codecs_utf_16_ex_decode_args *a)
    EX_DECODER(utf16_decode)
static Value codecs_utf_32_ex_decode(VM *vm, Value self, const codecs_utf_32_ex_decode_args *a)
    EX_DECODER(utf32_decode)

static bool warn_of_escape(VM *vm, const char escape[4]) {
  if (!*escape) return true;
  bool octal = *escape >= '4' && *escape <= '7';
  if (octal)
    return warn(vm, TYPE_OF(DeprecationWarning), 1, "invalid octal escape sequence '\\%s'", escape);
  return warn(vm, TYPE_OF(DeprecationWarning), 1, "invalid escape sequence '\\%c'",
              (uint8_t)*escape);
}

static Value codecs_unicode_escape_decode(VM *vm, Value self,
                                          const codecs_unicode_escape_decode_args *a) {
  char bad[4];
  size_t n = a->data.n;
  Value v = unicode_escape_decode(vm, a->data.bytes, a->data.n, VALUE_UNBOUND, a->errors,
                                  a->final ? NULL : &n, bad);
  if (value_is_fail(v) || !warn_of_escape(vm, bad)) return VALUE_FAIL;
  return pair(vm, v, n);
}

static Value codecs_raw_unicode_escape_decode(VM *vm, Value self,
                                              const codecs_raw_unicode_escape_decode_args *a) {
  size_t n = a->data.n;
  Value v = raw_unicode_escape_decode(vm, a->data.bytes, a->data.n, VALUE_UNBOUND, a->errors,
                                      a->final ? NULL : &n);
  return pair(vm, v, n);
}

/* ---- escapes of bytes */

static int hex_value(uint8_t c) {
  if (c >= '0' && c <= '9') return c - '0';
  c |= 32;
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* \xHH at s->bytes[at]; *size is how much of it there is. */
static bool unescape_hex(VM *vm, const Span *s, size_t at, ErrorMode mode, Str *errors, Buffer *out,
                         size_t *size) {
  int high = at + 2 < s->n ? hex_value(s->bytes[at + 2]) : -1;
  int low = high >= 0 && at + 3 < s->n ? hex_value(s->bytes[at + 3]) : -1;
  *size = high < 0 ? 2 : low < 0 ? 3 : 4;
  if (low >= 0) {
    buffer_add_byte(out, (uint8_t)(high << 4 | low));
    return true;
  }
  switch (mode) {
  case ERRORS_STRICT:
    return raise_false(vm, TYPE_OF(ValueError), "invalid \\x escape at position %zd", at);
  case ERRORS_REPLACE: buffer_add_byte(out, '?'); return true;
  case ERRORS_IGNORE: return true;
  default:
    return raise_false(vm, TYPE_OF(ValueError),
                       "decoding error; unknown error handling code: %.400U", errors);
  }
}

static bool unescape(VM *vm, const Span *s, Str *errors, Buffer *out, char bad[4]) {
  static const char simple[] = "\\\\''\"\"a\ab\bf\fn\nr\rt\tv\v";
  ErrorMode mode = error_mode(errors);
  memset(bad, 0, 4);
  for (size_t i = 0; i < s->n;) {
    uint8_t c = s->bytes[i];
    if (c != '\\') {
      buffer_add_byte(out, c);
      i++;
      continue;
    }
    if (i + 1 == s->n) return raise_false(vm, TYPE_OF(ValueError), "Trailing \\ in string");
    c = s->bytes[i + 1];
    const char *found = NULL;
    for (const char *p = simple; *p && !found; p += 2)
      if ((uint8_t)*p == c) found = p;
    if (found) {
      buffer_add_byte(out, (uint8_t)found[1]);
      i += 2;
    } else if (c == '\n') {
      i += 2;
    } else if (c == 'x') {
      size_t size;
      if (!unescape_hex(vm, s, i, mode, errors, out, &size)) return false;
      i += size;
    } else if (c >= '0' && c <= '7') {
      unsigned value = 0;
      size_t k = i + 1;
      for (; k < i + 4 && k < s->n && s->bytes[k] >= '0' && s->bytes[k] <= '7'; k++)
        value = value * 8 + (s->bytes[k] - '0');
      if (value > 255 && !*bad) memcpy(bad, s->bytes + i + 1, 3);
      buffer_add_byte(out, (uint8_t)value);
      i = k;
    } else {
      if (!*bad) bad[0] = (char)c;
      buffer_add_byte(out, '\\');
      i++;
    }
  }
  return true;
}

static Value codecs_escape_decode(VM *vm, Value self, const codecs_escape_decode_args *a) {
  Span s = pin_span(&a->data);
  char bad[4];
  Buffer out;
  buffer_init(&out);
  Value v = VALUE_FAIL;
  if (unescape(vm, &s, a->errors, &out, bad) && warn_of_escape(vm, bad))
    v = value_of(bytes_from_buffer(vm, &out));
  buffer_deinit(&out);
  return pair(vm, v, s.n);
}

static Value codecs_escape_encode(VM *vm, Value self, const codecs_escape_encode_args *a) {
  if (!value_has_flag(a->data, TYPE_BYTES_SUBCLASS))
    return raise_type(vm, "escape_encode() argument 1 must be bytes, not %T", a->data);
  const Bytes *b = value_object(a->data);
  StrBuilder text;
  str_builder_init(&text, vm);
  bytes_repr_to(&text, b->data, b->length, false, false); /* b'…': the middle of it */
  Value v = value_of(bytes_new(vm, (uint8_t *)text.units + 2, text.length - 3));
  str_builder_drop(&text);
  return pair(vm, v, b->length);
}

static Value codecs_readbuffer_encode(VM *vm, Value self, const codecs_readbuffer_encode_args *a) {
  return pair(vm, value_of(bytes_new(vm, a->data.bytes, a->data.n)), a->data.n);
}

/* ---- encoders: (bytes, characters consumed) */

#define ENCODER(call)                   \
  {                                     \
    Value v = call;                     \
    return pair(vm, v, a->str->length); \
  }
static Value codecs_ascii_encode(VM *vm, Value self, const codecs_ascii_encode_args *a)
    ENCODER(ascii_encode(vm, a->str, a->errors))
static Value codecs_latin_1_encode(VM *vm, Value self, const codecs_latin_1_encode_args *a)
    ENCODER(latin1_encode(vm, a->str, a->errors))
static Value codecs_charmap_encode(VM *vm, Value self, const codecs_charmap_encode_args *a)
    ENCODER(charmap_encode(vm, a->str, a->errors, a->mapping))
static Value codecs_utf_7_encode(VM *vm, Value self, const codecs_utf_7_encode_args *a)
    ENCODER(utf7_encode(vm, a->str, a->errors))
static Value codecs_utf_8_encode(VM *vm, Value self, const codecs_utf_8_encode_args *a)
    ENCODER(utf8_encode(vm, a->str, a->errors))
static Value codecs_utf_16_encode(VM *vm, Value self, const codecs_utf_16_encode_args *a)
    ENCODER(utf16_encode(vm, a->str, a->errors, a->byteorder))
static Value codecs_utf_16_le_encode(VM *vm, Value self, const codecs_utf_16_le_encode_args *a)
    ENCODER(utf16_encode(vm, a->str, a->errors, -1))
static Value codecs_utf_16_be_encode(VM *vm, Value self, const codecs_utf_16_be_encode_args *a)
    ENCODER(utf16_encode(vm, a->str, a->errors, 1))
static Value codecs_utf_32_encode(VM *vm, Value self, const codecs_utf_32_encode_args *a)
    ENCODER(utf32_encode(vm, a->str, a->errors, a->byteorder))
static Value codecs_utf_32_le_encode(VM *vm, Value self, const codecs_utf_32_le_encode_args *a)
    ENCODER(utf32_encode(vm, a->str, a->errors, -1))
static Value codecs_utf_32_be_encode(VM *vm, Value self, const codecs_utf_32_be_encode_args *a)
    ENCODER(utf32_encode(vm, a->str, a->errors, 1))
static Value codecs_unicode_escape_encode(VM *vm, Value self,
                                          const codecs_unicode_escape_encode_args *a)
    ENCODER(unicode_escape_encode(vm, a->str))
static Value codecs_raw_unicode_escape_encode(VM *vm, Value self,
                                              const codecs_raw_unicode_escape_encode_args *a)
    ENCODER(raw_unicode_escape_encode(vm, a->str))

/* A dict from code point to byte. */
static Value codecs_charmap_build(VM *vm, Value self, const codecs_charmap_build_args *a) {
  Dict *map = dict_new(vm);
  for (size_t i = 0; i < a->map->length && i < 256; i++) {
    uint32_t c = str_at(a->map, i);
    if (c != 0xFFFE && !dict_set(vm, map, value_int(vm, c), value_int(vm, (int64_t)i)))
      return VALUE_FAIL;
  }
  return value_from(map);
}

const ModuleSpec _codecs_module = {.name = "_codecs",
                                   .doc = "The codec registry and the built-in codecs.",
                                   NATIVE_FUNCTIONS(codecs_)};
