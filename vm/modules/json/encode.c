/* encode.c -- values to JSON text: the class make_encoder, which json.dumps runs when there is no
** indentation. */
#include <math.h>

#include "vm/base/float_text.h"
#include "vm/contracts/native.h"
#include "vm/contracts/protocol.h"
#include "vm/contracts/type.h"
#include "vm/modules/json/json.h"
#include "vm/objects/float.h"
#include "vm/objects/function.h"
#include "vm/objects/int.h"
#include "vm/objects/list.h"

typedef struct Encoder {
  Object h;
  Value markers, fallback, encoder, indent, key_separator, item_separator, sort_keys, skipkeys;
  bool allow_nan;
  uint8_t native; /* encoder is ours: 1 encode_basestring, 2 encode_basestring_ascii */
} Encoder;

#define NATIVE_DEF "vm/modules/json/encoder.def"
#define NATIVE_PREFIX encoder_
#define NATIVE_SELF Encoder *
#include "vm/contracts/native_class.inc"
#define NATIVE_DEF "vm/modules/json/functions.def"
#define NATIVE_PREFIX json_
#include "vm/contracts/native_class.inc"

/* ---- strings */

static const char hex_digits[] = "0123456789abcdef";

static void add_unicode_escape(StrBuilder *b, uint32_t unit) {
  char text[6] = {'\\',
                  'u',
                  hex_digits[unit >> 12 & 15],
                  hex_digits[unit >> 8 & 15],
                  hex_digits[unit >> 4 & 15],
                  hex_digits[unit & 15]};
  str_builder_ascii(b, text, 6);
}

static void add_escaped(StrBuilder *b, uint32_t c) {
  switch (c) {
  case '"': str_builder_ascii(b, "\\\"", 2); return;
  case '\\': str_builder_ascii(b, "\\\\", 2); return;
  case '\b': str_builder_ascii(b, "\\b", 2); return;
  case '\f': str_builder_ascii(b, "\\f", 2); return;
  case '\n': str_builder_ascii(b, "\\n", 2); return;
  case '\r': str_builder_ascii(b, "\\r", 2); return;
  case '\t': str_builder_ascii(b, "\\t", 2); return;
  }
  if (c >= 0x10000) {
    add_unicode_escape(b, 0xD800 + ((c - 0x10000) >> 10));
    add_unicode_escape(b, 0xDC00 + ((c - 0x10000) & 0x3FF));
  } else add_unicode_escape(b, c);
}

static inline bool is_plain(uint32_t c, bool ascii) {
  return c >= 32 && c != '"' && c != '\\' && (!ascii || c < 127);
}

/* What may have to be escaped: 127 only when the output is to be ASCII. */
static const uint8_t escapes[256] = {[0 ... 31] = 1, ['"'] = 1, ['\\'] = 1, [127 ... 255] = 1};

/* add_plain: a string of ASCII that needs no escapes, if it fits where the text stands. */
static bool add_plain(StrBuilder *b, const Str *s) {
  size_t n = s->length;
  const uint8_t *from = str_data(s);
  uint8_t *to = str_is_ascii(s) ? str_builder_room(b, n + 2) : NULL;
  if (!to) return false;
  for (size_t i = 0; i < n; i++) {
    uint8_t c = from[i];
    if (escapes[c]) return false;
    to[i + 1] = c;
  }
  to[0] = to[n + 1] = '"';
  b->length += n + 2;
  b->mask |= 0x7F;
  return true;
}

/* Appends `s` as a JSON string, other than ASCII escaped if asked. */
static void json_add_string(StrBuilder *b, const Str *s, bool ascii) {
  if (LIKELY(add_plain(b, s))) return;
  size_t n = s->length, plain = 0, i = 0;
  const uint8_t *bytes = str_kind(s) == 0 ? str_data(s) : NULL;
  str_builder_char(b, '"');
  for (;;) {
    if (bytes)
      while (i < n && is_plain(bytes[i], ascii)) i++;
    else
      while (i < n && is_plain(str_at(s, i), ascii)) i++;
    if (i > plain) str_builder_range(b, s, plain, i);
    if (i >= n) break;
    uint32_t c = str_at(s, i);
    add_escaped(b, c);
    plain = ++i;
  }
  str_builder_char(b, '"');
}

/* ---- values */

/* A container being written and those around it. */
typedef struct Around {
  Value container;
  const struct Around *outer;
  const struct Around *landmark; /* the last whose depth is a power of two and not NEAR, or NULL */
  uint32_t depth;                /* containers around it */
} Around;

enum { NEAR = 1024 }; /* so deep is every container around compared */

static Around inside(Value container, const Around *outer) {
  if (!outer) return (Around){container, NULL, NULL, 0};
  bool is_landmark = outer->depth >= NEAR && (outer->depth & (outer->depth - 1)) == 0;
  return (Around){container, outer, is_landmark ? outer : outer->landmark, outer->depth + 1};
}

static bool add_value(Encoder *e, StrBuilder *b, Value v, const Around *around);

/* Deeper than NEAR only some landmarks are looked at: a circle comes to one of them sooner or
** later, and depth costs nothing. */
static bool check_circle(Encoder *e, VM *vm, Value v, const Around *around) {
  if (e->markers == VALUE_NONE) return true;
  for (bool all = !around || around->depth < NEAR; around;
       around = all ? around->outer : around->landmark)
    if (around->container == v)
      return raise_false(vm, TYPE_OF(ValueError), "Circular reference detected");
  return true;
}

static bool add_text(StrBuilder *b, Value text) {
  if (value_is_fail(text)) return false;
  str_builder_str(b, value_object(text));
  return true;
}

static bool add_string(Encoder *e, StrBuilder *b, Value v) {
  if (LIKELY(e->native)) return json_add_string(b, value_object(v), e->native == 2), true;
  Value text = call1(b->vm, e->encoder, v);
  if (!value_is_fail(text) && !value_is_str(text))
    return raise_false(b->vm, TYPE_OF(TypeError), "encoder() must return a string, not %.80T",
                       text);
  return add_text(b, text);
}

static bool add_float(Encoder *e, StrBuilder *b, double d) {
  if (!isfinite(d)) {
    if (!e->allow_nan)
      return raise_false(b->vm, TYPE_OF(ValueError),
                         "Out of range float values are not JSON compliant");
    str_builder_cstr(b, isnan(d) ? "NaN" : d > 0 ? "Infinity" : "-Infinity");
    return true;
  }
  char text[FLOAT_REPR_SIZE];
  size_t n = float_repr(d, text);
  str_builder_ascii(b, text, n);
  return true;
}

static bool add_int(StrBuilder *b, Value v) {
  int64_t n;
  if (!value_is_int(v)) return add_text(b, int_to_str(b->vm, v, 10));
  n = value_as_int(v);
  char text[24], *p = text + sizeof text;
  uint64_t size = n < 0 ? -(uint64_t)n : (uint64_t)n;
  do *--p = (char)('0' + size % 10);
  while (size /= 10);
  if (n < 0) *--p = '-';
  str_builder_ascii(b, p, (size_t)(text + sizeof text - p));
  return true;
}

static bool add_sequence(Encoder *e, StrBuilder *b, Value v, const Around *around) {
  VM *vm = b->vm;
  Around here = inside(v, around);
  if (!check_circle(e, vm, v, around)) return false;
  const Value *items;
  size_t n;
  sequence_view(v, &items, &n);
  if (n == 0) return str_builder_ascii(b, "[]", 2), true;
  str_builder_char(b, '[');
  for (size_t i = 0; sequence_view(v, &items, &n) && i < n; i++) { /* a list may change below us */
    if (i) str_builder_str(b, value_object(e->item_separator));
    if (!add_value(e, b, items[i], &here) || !vm_listen(vm)) return false;
  }
  str_builder_char(b, ']');
  return true;
}

/* 1 written, 0 to be left out, -1 raised. */
static Answer add_key(Encoder *e, StrBuilder *b, Value key) {
  VM *vm = b->vm;
  Value text;
  if (value_is_str(key)) return add_string(e, b, key) ? ANSWER_YES : ANSWER_FAILED;
  if (value_is_any_float(key)) {
    StrBuilder piece;
    str_builder_init(&piece, vm);
    if (!add_float(e, &piece, float_of(key))) return str_builder_drop(&piece), ANSWER_FAILED;
    Str *s = str_builder_finish(&piece);
    text = value_of(s);
  } else if (key == VALUE_TRUE || key == VALUE_FALSE || key == VALUE_NONE)
    text = value_from(key == VALUE_TRUE    ? NAME("true")
                      : key == VALUE_FALSE ? NAME("false")
                                           : NAME("null"));
  else if (value_is_any_int(key)) text = int_to_str(vm, key, 10);
  else {
    Answer skip = value_truth(vm, e->skipkeys);
    if (skip == ANSWER_YES) return ANSWER_NO;
    if (skip == 0)
      (void)raise_type(vm, "keys must be str, int, float, bool or None, not %.100T", key);
    return ANSWER_FAILED;
  }
  return !value_is_fail(text) && add_string(e, b, text) ? ANSWER_YES : ANSWER_FAILED;
}

/* The pairs of a mapping, as key, value, key, value: a copy, because writing may run anything. */
static ValueArray *pairs_of(Encoder *e, VM *vm, Value v, size_t *count) {
  if (value_is(v, dict) && e->sort_keys == VALUE_FALSE) {
    Dict *dict = value_object(v);
    ValueArray *pairs = value_array_new(vm, dict_length(dict) * 2 + 1);
    size_t position = 0, n = 0;
    Value key, value;
    while (pairs && dict_next(dict, &position, &key, &value))
      pairs->items[n++] = key, pairs->items[n++] = value;
    *count = n;
    return pairs;
  }
  Value items = call_method0(vm, v, NAME("items"));
  List *list = value_is_fail(items) ? NULL : list_from_iterable(vm, items);
  if (!list || (e->sort_keys == VALUE_TRUE && !list_sort_values(vm, list, VALUE_NONE, false)))
    return NULL;
  size_t length = list_length(list), n = 0;
  ValueArray *pairs = value_array_new(vm, length * 2 + 1);
  for (size_t i = 0; pairs && i < length; i++) {
    const Value *pair;
    size_t size;
    if (!sequence_view(list_items(list)[i], &pair, &size) || size != 2)
      return (void)raise_value(vm, "items must return 2-tuples"), NULL;
    pairs->items[n++] = pair[0], pairs->items[n++] = pair[1];
    heap_barrier_any(vm, pairs);
  }
  *count = n;
  return pairs;
}

static bool add_dict(Encoder *e, StrBuilder *b, Value v, const Around *around) {
  VM *vm = b->vm;
  Around here = inside(v, around);
  if (!check_circle(e, vm, v, around)) return false;
  if (dict_length(value_object(v)) == 0) return str_builder_ascii(b, "{}", 2), true;
  size_t count = 0;
  Value few[32], *items = few; /* on the C stack, where the collector sees them */
  if (value_is(v, dict) && e->sort_keys == VALUE_FALSE &&
      dict_length(value_object(v)) * 2 <= ARRAY_COUNT(few)) {
    size_t position = 0;
    for (Value key, value; dict_next(value_object(v), &position, &key, &value);)
      few[count++] = key, few[count++] = value;
  } else {
    ValueArray *pairs = pairs_of(e, vm, v, &count);
    if (!pairs) return false;
    items = pairs->items;
  }
  str_builder_char(b, '{');
  bool first = true;
  for (size_t i = 0; i < count; i += 2) {
    size_t before = b->length;
    if (!first) str_builder_str(b, value_object(e->item_separator));
    Answer added = add_key(e, b, items[i]);
    if (added == ANSWER_FAILED) return false;
    if (!added) {
      b->length = before;
      continue;
    }
    first = false;
    str_builder_str(b, value_object(e->key_separator));
    if (!add_value(e, b, items[i + 1], &here) || !vm_listen(vm)) return false;
  }
  str_builder_char(b, '}');
  return true;
}

static bool add_other(Encoder *e, StrBuilder *b, Value v, const Around *around) {
  VM *vm = b->vm;
  Around here = inside(v, around);
  if (!check_circle(e, vm, v, around)) return false;
  Value replaced = call1(vm, e->fallback, v);
  return !value_is_fail(replaced) && add_value(e, b, replaced, &here);
}

/* check_depth: as deep as Python functions may call each other, and as the C stack goes. */
static bool check_depth(VM *vm, const Around *around) {
  if (UNLIKELY(around && (int64_t)around->depth >= vm->recursion_left))
    return raise_false(vm, TYPE_OF(RecursionError),
                       "maximum recursion depth exceeded while encoding a JSON object");
  return vm_check_c_stack(vm, " while encoding a JSON object");
}

static bool add_value(Encoder *e, StrBuilder *b, Value v, const Around *around) {
  if (v == VALUE_NONE) return str_builder_ascii(b, "null", 4), true;
  if (v == VALUE_TRUE) return str_builder_ascii(b, "true", 4), true;
  if (v == VALUE_FALSE) return str_builder_ascii(b, "false", 5), true;
  if (value_is_str(v)) return add_string(e, b, v);
  if (value_is_any_int(v)) return add_int(b, v);
  if (value_is_any_float(v)) return add_float(e, b, float_of(v));
  if (!check_depth(b->vm, around)) return false;
  if (value_has_flag(v, TYPE_LIST_SUBCLASS | TYPE_TUPLE_SUBCLASS))
    return add_sequence(e, b, v, around);
  if (value_has_flag(v, TYPE_DICT_SUBCLASS)) return add_dict(e, b, v, around);
  return add_other(e, b, v, around);
}

/* ---- the class */

static Value encoder_call(VM *vm, Encoder *self, const encoder_call_args *a) {
  StrBuilder b;
  str_builder_init(&b, vm);
  if (!add_value(self, &b, a->obj, NULL)) {
    str_builder_drop(&b);
    return VALUE_FAIL;
  }
  Str *text = str_builder_finish(&b);
  return text ? PACK(value_from(text)) : VALUE_FAIL;
}

/* Which of our own string encoders a value is: 0 none. */
static uint8_t native_encoder(Value v) {
  if (!value_is(v, builtin_function_or_method)) return 0;
  const MethodSpec *spec = ((const NativeFunction *)value_object(v))->spec;
  return spec == &json_methods[0] ? 1 : spec == &json_methods[1] ? 2 : 0;
}

static Value encoder_construct(VM *vm, Type *cls, const encoder_construct_args *a) {
  if (a->markers != VALUE_NONE && !value_has_flag(a->markers, TYPE_DICT_SUBCLASS))
    return raise_type(vm, "make_encoder() argument 1 must be dict or None, not %.200T", a->markers);
  const Value given[] = {a->markers,
                         a->otherwise,
                         a->encoder,
                         a->indent,
                         value_from(a->key_separator),
                         value_from(a->item_separator),
                         value_bool(a->sort_keys),
                         value_bool(a->skipkeys)};
  Value made = object_new(vm, cls);
  if (value_is_fail(made)) return VALUE_FAIL;
  Encoder *e = value_object(made);
  memcpy(&e->markers, given, sizeof given);
  heap_barrier_any(vm, e);
  e->allow_nan = a->allow_nan;
  e->native = native_encoder(e->encoder);
  return made;
}

static Value encoder_get_markers(VM *vm, Encoder *self) { return self->markers; }
static Value encoder_get_fallback(VM *vm, Encoder *self) { return self->fallback; }
static Value encoder_get_encoder(VM *vm, Encoder *self) { return self->encoder; }
static Value encoder_get_indent(VM *vm, Encoder *self) { return self->indent; }
static Value encoder_get_key_separator(VM *vm, Encoder *self) { return self->key_separator; }
static Value encoder_get_item_separator(VM *vm, Encoder *self) { return self->item_separator; }
static Value encoder_get_sort_keys(VM *vm, Encoder *self) { return self->sort_keys; }
static Value encoder_get_skipkeys(VM *vm, Encoder *self) { return self->skipkeys; }

static void encoder_trace(Marker *marker, Object *object) {
  mark_values(marker, &((const Encoder *)object)->markers, 8);
}

const ClassSpec json_Encoder_class = {NATIVE_CLASS(encoder_), .basic_size = sizeof(Encoder),
                                      .trace = encoder_trace};

/* ---- functions */

static Value encode_one(VM *vm, Value string, bool ascii) {
  if (!value_is_str(string))
    return raise_type(vm, "first argument must be a string, not %.80T", string);
  StrBuilder b;
  str_builder_init(&b, vm);
  json_add_string(&b, value_object(string), ascii);
  return value_of(str_builder_finish(&b));
}
static Value json_encode_basestring(VM *vm, Value self, const json_encode_basestring_args *a) {
  return encode_one(vm, a->string, false);
}
static Value json_encode_basestring_ascii(VM *vm, Value self,
                                          const json_encode_basestring_ascii_args *a) {
  return encode_one(vm, a->string, true);
}

static Value json_scanstring(VM *vm, Value self, const json_scanstring_args *a) {
  if (!value_is_str(a->string))
    return raise_type(vm, "first argument must be a string, not %.80T", a->string);
  int64_t end = 0;
  Value s = json_scan_string(vm, value_object(a->string), a->end, a->strict, &end);
  return PACK(s, value_int(vm, end));
}

static bool init(VM *vm, Module *module) {
  return module_add(vm, module, "make_scanner", value_from(TYPE_OF(json_Scanner))) &&
         module_add(vm, module, "make_encoder", value_from(TYPE_OF(json_Encoder)));
}

const ModuleSpec _json_module = {
    .name = "_json", .doc = "json speedups\n", NATIVE_FUNCTIONS(json_), .init = init};
