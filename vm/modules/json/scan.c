/* scan.c -- JSON text to values: the class make_scanner, one reader (scan.inc) for each width of
** text. */
#include <stdlib.h>

#include "vm/base/float_text.h"
#include "vm/base/memory.h"
#include "vm/contracts/import.h"
#include "vm/contracts/native.h"
#include "vm/contracts/protocol.h"
#include "vm/modules/json/json.h"
#include "vm/objects/int.h"
#include "vm/objects/list.h"

typedef struct Scanner {
  Object h;
  Value strict, object_hook, object_pairs_hook, parse_float, parse_int, parse_constant;
} Scanner;

#define NATIVE_DEF "vm/modules/json/scanner.def"
#define NATIVE_PREFIX scanner_
#define NATIVE_SELF Scanner *
#include "vm/contracts/native_class.inc"

enum { KEY_SLOTS = 128 };

/* On the C stack, which the collector looks at: keys keeps what it points to alive. */
typedef struct Reader {
  VM *vm;
  const Scanner *scanner; /* NULL: strings only */
  Str *text;
  const void *data; /* [borrowed: text] */
  int64_t length;
  bool strict;
  Str **keys; /* [borrowed] KEY_SLOTS recent keys */
} Reader;

/* Where the fast reading of a string stops: quotes, backslashes, control characters. */
static const uint8_t string_stops[256] = {
    [0 ... 31] = 1,
    ['"'] = 1,
    ['\\'] = 1,
};

static COLD Value decode_error(Reader *r, const char *message, int64_t position) {
  VM *vm = r->vm;
  Value module = import_module(vm, NAME("json.decoder"));
  Value type = value_is_fail(module) ? module : get_attribute(vm, module, NAME("JSONDecodeError"));
  if (value_is_fail(type)) return VALUE_FAIL;
  Str *text = str_intern_cstr(vm, message);
  Value exception =
      text ? call3(vm, type, value_from(text), value_from(r->text), value_int(vm, position))
           : VALUE_FAIL;
  return value_is_fail(exception) ? VALUE_FAIL : raise_object(vm, exception);
}

static COLD Value raise_position(Reader *r, int64_t position) {
  return raise_with(r->vm, TYPE_OF(StopIteration), value_int(r->vm, position));
}

static Value constant(Reader *r, const char *word) {
  Str *text = str_intern_cstr(r->vm, word);
  return text ? call1(r->vm, r->scanner->parse_constant, value_from(text)) : VALUE_FAIL;
}

static Value number_value(Reader *r, const char *text, size_t n, bool is_float) {
  VM *vm = r->vm;
  Value parse = is_float ? r->scanner->parse_float : r->scanner->parse_int;
  if (parse == value_from(is_float ? TYPE_OF(float) : TYPE_OF(int))) {
    if (!is_float) return int_parse(vm, text, n, 10);
    size_t used;
    return value_float(vm, float_parse(text, n, &used));
  }
  Str *digits = str_new_latin1(vm, (const uint8_t *)text, n);
  return digits ? call1(vm, parse, value_from(digits)) : VALUE_FAIL;
}

/* The members of an object on their way into its dict: few of them wait until their number is
** known. */
enum { FEW = 16 };
typedef struct Members {
  Dict *dict;
  size_t count;
  Value pairs[2 * FEW];
} Members;

static Dict *members_dict(VM *vm, Members *m) {
  if (m->dict) return m->dict;
  Dict *dict = dict_new_sized(vm, m->count);
  for (size_t i = 0; dict && i < m->count; i++)
    if (!dict_set_str(vm, dict, value_object(m->pairs[2 * i]), m->pairs[2 * i + 1])) return NULL;
  return m->dict = dict;
}

static inline bool members_add(VM *vm, Members *m, Value key, Value value) {
  if (LIKELY(m->count < FEW)) {
    m->pairs[2 * m->count] = key;
    m->pairs[2 * m->count++ + 1] = value;
    return true;
  }
  return members_dict(vm, m) && dict_set_str(vm, m->dict, value_object(key), value);
}

#define CHAR uint8_t
#define FN(x) x##_1
static Value value_1(Reader *r, int64_t i, int64_t *end);
#include "vm/modules/json/scan.inc"
#define CHAR uint16_t
#define FN(x) x##_2
static Value value_2(Reader *r, int64_t i, int64_t *end);
#include "vm/modules/json/scan.inc"
#define CHAR uint32_t
#define FN(x) x##_4
static Value value_4(Reader *r, int64_t i, int64_t *end);
#include "vm/modules/json/scan.inc"

Value json_scan_string(VM *vm, Str *text, int64_t start, bool strict, int64_t *end) {
  Reader r = {.vm = vm,
              .text = text,
              .data = str_data(text),
              .length = (int64_t)text->length,
              .strict = strict};
  if (start < 0 || start > r.length) return raise_value(vm, "end is out of bounds");
  if (!strict) { /* the fast reading stops at control characters, the slow one does not mind them */
    switch (str_kind(text)) {
    case 0: return string_slow_1(&r, start, start, end);
    case 1: return string_slow_2(&r, start, start, end);
    default: return string_slow_4(&r, start, start, end);
    }
  }
  switch (str_kind(text)) {
  case 0: return string_1(&r, start, false, end);
  case 1: return string_2(&r, start, false, end);
  default: return string_4(&r, start, false, end);
  }
}

/* ---- the class */

static Value scanner_call(VM *vm, Scanner *scanner, const scanner_call_args *a) {
  if (!value_is_str(a->string))
    return raise_type(vm, "first argument must be a string, not %.80T", a->string);
  if (a->idx < 0) return raise_value(vm, "idx cannot be negative");
  int64_t start = a->idx, end = 0;
  Str *text = value_object(a->string);
  Str *keys[KEY_SLOTS] = {NULL};
  Reader r = {.vm = vm,
              .scanner = scanner,
              .text = text,
              .data = str_data(text),
              .length = (int64_t)text->length,
              .strict = scanner->strict == VALUE_TRUE,
              .keys = keys};
  Value v = str_kind(text) == 0   ? value_1(&r, start, &end)
            : str_kind(text) == 1 ? value_2(&r, start, &end)
                                  : value_4(&r, start, &end);
  return PACK(v, value_int(vm, end));
}

static Value scanner_construct(VM *vm, Type *cls, const scanner_construct_args *a) {
  Value context = a->context, made = object_new(vm, cls);
  if (value_is_fail(made)) return VALUE_FAIL;
  Scanner *scanner = value_object(made);
  Value *const fields[] = {
      &scanner->strict,      &scanner->object_hook, &scanner->object_pairs_hook,
      &scanner->parse_float, &scanner->parse_int,   &scanner->parse_constant};
  static const char *const names[] = {"strict",      "object_hook", "object_pairs_hook",
                                      "parse_float", "parse_int",   "parse_constant"};
  for (size_t k = 0; k < ARRAY_COUNT(names); k++) {
    Value v = get_attribute(vm, context, str_intern_cstr(vm, names[k]));
    if (value_is_fail(v)) return VALUE_FAIL;
    if (k == 0) {
      Answer truth = value_truth(vm, v);
      if (truth == ANSWER_FAILED) return VALUE_FAIL;
      v = value_bool(truth);
    }
    *fields[k] = v;
    heap_barrier(vm, scanner, v);
  }
  return made;
}

static Value scanner_get_strict(VM *vm, Scanner *self) { return self->strict; }
static Value scanner_get_object_hook(VM *vm, Scanner *self) { return self->object_hook; }
static Value scanner_get_object_pairs_hook(VM *vm, Scanner *self) {
  return self->object_pairs_hook;
}
static Value scanner_get_parse_float(VM *vm, Scanner *self) { return self->parse_float; }
static Value scanner_get_parse_int(VM *vm, Scanner *self) { return self->parse_int; }
static Value scanner_get_parse_constant(VM *vm, Scanner *self) { return self->parse_constant; }

static void scanner_trace(Marker *marker, Object *object) {
  const Scanner *scanner = (const Scanner *)object;
  mark_values(marker, &scanner->strict, 6);
}

const ClassSpec json_Scanner_class = {NATIVE_CLASS(scanner_), .basic_size = sizeof(Scanner),
                                      .trace = scanner_trace};
