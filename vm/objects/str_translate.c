/* str_translate.c -- str.maketrans and str.translate. */
#include "vm/contracts/error.h"
#include "vm/contracts/protocol.h"
#include "vm/objects/dict.h"
#include "vm/objects/int.h"
#include "vm/objects/str_ops.h"

static Value maketrans_dict(VM *vm, Value x) {
  if (!value_is(x, dict))
    return raise_type(vm, "if you give only one argument to maketrans it must be a dict");
  Dict *table = dict_new(vm);
  size_t position = 0;
  Value key, value;
  while (dict_next(value_object(x), &position, &key, &value)) {
    if (value_is_str(key)) {
      const Str *s = value_object(key);
      if (s->length != 1)
        return raise_value(vm, "string keys in translate table must be of length 1");
      key = value_int(vm, str_at(s, 0));
    } else if (!value_is_any_int(key)) {
      return raise_type(vm, "keys in translate table must be strings or integers");
    }
    if (!dict_set(vm, table, key, value)) return VALUE_FAIL;
  }
  return value_from(table);
}

Value str_maketrans(VM *vm, Value x, Value y, Value z) {
  if (y == VALUE_MISSING) return maketrans_dict(vm, x);
  if (!value_is_str(y)) return raise_type(vm, "maketrans() argument 2 must be str, not %T", y);
  if (z != VALUE_MISSING && !value_is_str(z))
    return raise_type(vm, "maketrans() argument 3 must be str, not %T", z);
  if (!value_is_str(x))
    return raise_type(vm,
                      "first maketrans argument must be a string if there is a second argument");
  const Str *from = value_object(x), *to = value_object(y);
  if (from->length != to->length)
    return raise_value(vm, "the first two maketrans arguments must have equal length");
  Dict *table = dict_new(vm);
  for (size_t i = 0; i < from->length; i++)
    if (!dict_set(vm, table, value_int(vm, str_at(from, i)), value_int(vm, str_at(to, i))))
      return VALUE_FAIL;
  if (z != VALUE_MISSING) {
    const Str *gone = value_object(z);
    for (size_t i = 0; i < gone->length; i++)
      if (!dict_set(vm, table, value_int(vm, str_at(gone, i)), VALUE_NONE)) return VALUE_FAIL;
  }
  return value_from(table);
}

/* What the table says of `c`: UNBOUND keep it, None, an int or a str. */
static Value look_up(VM *vm, Value table, uint32_t c) {
  Value v;
  if (value_is(table, dict)) {
    v = dict_get(vm, value_object(table), value_int(vm, c));
    if (v == VALUE_UNBOUND) return v;
  } else {
    v = get_item(vm, table, value_int(vm, c));
    if (value_is_fail(v)) return error_clear_if(vm, TYPE_OF(LookupError)) ? VALUE_UNBOUND : v;
  }
  if (value_is_fail(v) || v == VALUE_NONE || value_is_str(v)) return v;
  if (!value_is_any_int(v))
    return raise_type(vm, "character mapping must return integer, None or str");
  int64_t n;
  if (!int_to_int64(v, &n) || n < 0 || n > 0x10FFFF)
    return raise_value(vm, "character mapping must be in range(0x110000)");
  return value_int(vm, n);
}

/* What the table said of ASCII within the call: answers below 0x80 are characters. */
enum { ANSWER_DELETE = 0x80, ANSWER_ASK = 0xFF, RUN_BYTES = 256 };
typedef uint8_t Answers[256]; /* those past ASCII stay ANSWER_ASK: translate_known tests nothing */

/* Translates from i on while the answers are known, into the builder; returns where it stopped. */
static size_t translate_known(StrBuilder *b, const Str *s, size_t i, const Answers answers) {
  const uint8_t *text = str_data(s);
  size_t n = s->length;
  uint8_t block[RUN_BYTES], answer = 0;
  while (i < n && answer != ANSWER_ASK) {
    size_t stop = n - i < RUN_BYTES ? n : i + RUN_BYTES, done = 0;
    for (; i + 4 <= stop; i += 4, done += 4) {
      uint8_t a = answers[text[i]], b1 = answers[text[i + 1]], c = answers[text[i + 2]],
              d = answers[text[i + 3]];
      if ((a | b1 | c | d) >= ANSWER_DELETE) break;
      block[done] = a, block[done + 1] = b1, block[done + 2] = c, block[done + 3] = d;
    }
    for (; i < stop; i++) {
      answer = answers[text[i]];
      if (answer == ANSWER_ASK) break;
      block[done] = answer;
      done += answer < ANSWER_DELETE;
    }
    str_builder_ascii(b, (const char *)block, done);
  }
  return i;
}

/* The answers to wide characters: tables that are dicts run nothing when ints are looked up. */
enum { WIDE_ANSWERS = 64 };
typedef struct WideAnswer {
  uint32_t point, to; /* point 0: none */
} WideAnswer;

Value str_translate(VM *vm, Str *s, Value table) {
  Answers answers;
  WideAnswer wide[WIDE_ANSWERS] = {0};
  bool is_narrow = str_kind(s) == 0, is_dict = value_is(table, dict);
  memset(answers, ANSWER_ASK, sizeof answers);
  StrBuilder b;
  str_builder_init(&b, vm);
  str_builder_reserve(&b, s->length, 0);
  for (size_t i = 0;; i++) {
    if (is_narrow) i = translate_known(&b, s, i, answers);
    if (i == s->length) break;
    uint32_t c = str_at(s, i);
    WideAnswer *entry = &wide[c % WIDE_ANSWERS];
    if (c < 128 && answers[c] != ANSWER_ASK) {
      if (answers[c] < ANSWER_DELETE) str_builder_char(&b, answers[c]);
      continue;
    }
    if (entry->point == c && c) {
      str_builder_char(&b, entry->to);
      continue;
    }
    Value v = look_up(vm, table, c);
    if (value_is_fail(v)) {
      str_builder_drop(&b);
      return v;
    }
    if (v == VALUE_NONE) {
      if (c < 128) answers[c] = ANSWER_DELETE;
      continue;
    }
    if (v != VALUE_UNBOUND && !value_is_int(v)) {
      str_builder_str(&b, value_object(v));
      continue;
    }
    uint32_t to = v == VALUE_UNBOUND ? c : (uint32_t)value_as_int(v);
    str_builder_char(&b, to);
    if (c < 128 && to < 128) answers[c] = (uint8_t)to;
    else if (is_dict) *entry = (WideAnswer){c, to};
  }
  return value_of(str_builder_finish(&b));
}
