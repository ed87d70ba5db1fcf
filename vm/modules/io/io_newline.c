/* io_newline.c -- line ends: finding them, translating them, and IncrementalNewlineDecoder. */
#include "vm/base/search.h"
#include "vm/core/vm.h"
#include "vm/modules/io/io.h"
#include "vm/objects/int.h"
#include "vm/objects/tuple.h"

typedef struct NewlineDecoder {
  Object h;
  Value decoder, errors;
  bool translate, pending_cr, ok;
  int seen; /* NEWLINE_ bits */
} NewlineDecoder;

#define NATIVE_DEF "vm/modules/io/io_newline_decoder.def"
#define NATIVE_PREFIX newline_
#define NATIVE_SELF NewlineDecoder *
#include "vm/contracts/native_class.inc"

/* Index of the first `unit` in [start, end), or -1. */
static int64_t find_unit(const Str *text, uint32_t unit, size_t start, size_t end) {
  int kind = str_kind(text);
  const uint8_t *data = (const uint8_t *)str_data(text) + (start << kind);
  size_t at = search_unit(data, end - start, unit, 1 << kind);
  return at == SEARCH_NONE ? -1 : (int64_t)(start + at);
}

int64_t newline_end(const Str *text, size_t start, NewlineMode mode, size_t *resume) {
  size_t n = text->length;
  *resume = n;
  if (mode.translate || (!mode.universal && mode.end[0] == '\n')) {
    int64_t at = find_unit(text, '\n', start, n);
    return at < 0 ? -1 : at + 1;
  }
  if (mode.universal) {
    int64_t lf = find_unit(text, '\n', start, n),
            cr = find_unit(text, '\r', start, lf < 0 ? n : (size_t)lf);
    if (cr >= 0) {
      if ((size_t)cr + 1 < n) return cr + 1 + (str_at(text, (size_t)cr + 1) == '\n');
      return cr + 1; /* the decoder holds a last '\r' back: what follows is no '\n' */
    }
    return lf < 0 ? -1 : lf + 1;
  }
  bool two = mode.end[1] != 0;
  for (size_t from = start; from < n;) {
    int64_t cr = find_unit(text, '\r', from, n);
    if (cr < 0) return -1;
    if (!two) return cr + 1;
    if ((size_t)cr + 1 == n) {
      *resume = (size_t)cr;
      return -1;
    }
    if (str_at(text, (size_t)cr + 1) == '\n') return cr + 2;
    from = (size_t)cr + 1;
  }
  return -1;
}

static int count_newlines(const Str *text, int seen) {
  size_t n = text->length;
  if (find_unit(text, '\r', 0, n) < 0)
    return seen | (find_unit(text, '\n', 0, n) >= 0 ? NEWLINE_LF : 0);
  for (size_t i = 0; i < n; i++) {
    uint32_t c = str_at(text, i);
    if (c == '\n') seen |= NEWLINE_LF;
    if (c != '\r') continue;
    if (i + 1 < n && str_at(text, i + 1) == '\n') seen |= NEWLINE_CRLF, i++;
    else seen |= NEWLINE_CR;
  }
  return seen;
}

static Str *replace_newlines(VM *vm, const Str *text) {
  StrBuilder out;
  str_builder_init(&out, vm);
  size_t n = text->length, from = 0;
  for (int64_t cr; (cr = find_unit(text, '\r', from, n)) >= 0;) {
    str_builder_range(&out, text, from, (size_t)cr);
    str_builder_char(&out, '\n');
    from = (size_t)cr + 1;
    if (from < n && str_at(text, from) == '\n') from++;
  }
  str_builder_range(&out, text, from, n);
  return str_builder_finish(&out);
}

Str *newline_translate(VM *vm, Str *text, bool translate, bool final, bool *pending_cr, int *seen) {
  if (*pending_cr && (text->length || final)) {
    text = str_concat(vm, str_from_char(vm, '\r'), text);
    *pending_cr = false;
    if (!text) return NULL;
  }
  if (!final && text->length && str_at(text, text->length - 1) == '\r') {
    *pending_cr = true;
    text = str_substring(vm, text, 0, text->length - 1);
  }
  *seen = count_newlines(text, *seen);
  bool has_cr = find_unit(text, '\r', 0, text->length) >= 0;
  return translate && has_cr ? replace_newlines(vm, text) : text;
}

Value newlines_seen(VM *vm, int seen) {
  Value found[3];
  int n = 0;
  if (seen & NEWLINE_CR) found[n++] = value_from(NAME("\r"));
  if (seen & NEWLINE_LF) found[n++] = value_from(NAME("\n"));
  if (seen & NEWLINE_CRLF) found[n++] = value_from(NAME("\r\n"));
  return n == 0   ? VALUE_NONE
         : n == 1 ? found[0]
                  : value_of(tuple_from_values(vm, found, (size_t)n));
}

/* ---- IncrementalNewlineDecoder */
static bool check_ready(VM *vm, NewlineDecoder *self) {
  return self->ok ||
         raise_false(vm, TYPE_OF(ValueError), "IncrementalNewlineDecoder.__init__() not called");
}

static Value newline_op_init(VM *vm, NewlineDecoder *self, const newline_op_init_args *a) {
  self->decoder = a->decoder;
  self->errors = a->errors;
  self->translate = a->translate;
  self->pending_cr = false;
  self->seen = 0;
  self->ok = true;
  heap_barrier_any(vm, self);
  return VALUE_NONE;
}

static Value newline_decode(VM *vm, NewlineDecoder *self, const newline_decode_args *a) {
  if (!check_ready(vm, self)) return VALUE_FAIL;
  Value text = a->input;
  if (self->decoder != VALUE_NONE)
    text = call_method2(vm, self->decoder, NAME("decode"), a->input, value_bool(a->final));
  if (text == VALUE_FAIL) return VALUE_FAIL;
  if (!value_is_str(text))
    return raise_type(vm, "decoder should return a string result, not '%T'", text);
  Str *result = newline_translate(vm, value_object(text), self->translate, a->final,
                                  &self->pending_cr, &self->seen);
  return value_of(result);
}

static Value newline_getstate(VM *vm, NewlineDecoder *self, const newline_getstate_args *a) {
  if (!check_ready(vm, self)) return VALUE_FAIL;
  Value held = value_of(bytes_new(vm, "", 0)), flags = value_int_unchecked(0);
  if (self->decoder != VALUE_NONE) {
    Value state = call_method0(vm, self->decoder, NAME("getstate"));
    if (state == VALUE_FAIL) return VALUE_FAIL;
    if (!value_has_flag(state, TYPE_TUPLE_SUBCLASS) || tuple_length(value_object(state)) != 2)
      return raise_type(vm, "illegal decoder state");
    held = ((Tuple *)value_object(state))->items[0],
    flags = ((Tuple *)value_object(state))->items[1];
    if (!value_is_any_int(flags)) return raise_type(vm, "illegal decoder state");
  }
  flags = int_lshift(vm, flags, value_int_unchecked(1));
  if (flags != VALUE_FAIL && self->pending_cr) flags = int_or(vm, flags, value_int_unchecked(1));
  return flags == VALUE_FAIL ? VALUE_FAIL : PACK(held, flags);
}

static Value newline_setstate(VM *vm, NewlineDecoder *self, const newline_setstate_args *a) {
  if (!check_ready(vm, self)) return VALUE_FAIL;
  if (!value_has_flag(a->state, TYPE_TUPLE_SUBCLASS))
    return raise_type(vm, "state argument must be a tuple");
  const Tuple *state = value_object(a->state);
  if (tuple_length(state) != 2 || !value_is_any_int(state->items[1]))
    return raise_type(vm, "setstate(): illegal state argument");
  Value flags = state->items[1], held = state->items[0];
  self->pending_cr = int_and(vm, flags, value_int_unchecked(1)) == value_int_unchecked(1);
  if (self->decoder == VALUE_NONE) return VALUE_NONE;
  flags = int_rshift(vm, flags, value_int_unchecked(1));
  if (flags == VALUE_FAIL) return VALUE_FAIL;
  return call_method1(vm, self->decoder, NAME("setstate"), PACK(held, flags));
}

static Value newline_reset(VM *vm, NewlineDecoder *self, const newline_reset_args *a) {
  if (!check_ready(vm, self)) return VALUE_FAIL;
  self->seen = 0;
  self->pending_cr = false;
  return self->decoder == VALUE_NONE ? VALUE_NONE : call_method0(vm, self->decoder, NAME("reset"));
}

static Value newline_get_newlines(VM *vm, NewlineDecoder *self) {
  return check_ready(vm, self) ? newlines_seen(vm, self->seen) : VALUE_FAIL;
}

static Value newline_blank(VM *vm, Type *cls) {
  Value v = object_new(vm, cls);
  if (value_is_fail(v)) return v;
  NewlineDecoder *self = value_object(v);
  self->decoder = self->errors = VALUE_NONE;
  return v;
}

static void newline_trace(Marker *marker, Object *object) {
  mark_value(marker, ((NewlineDecoder *)object)->decoder);
  mark_value(marker, ((NewlineDecoder *)object)->errors);
}

const ClassSpec io_newline_decoder_class = {
    NATIVE_CLASS(newline_),
    .basic_size = sizeof(NewlineDecoder),
    .trace = newline_trace,
};
