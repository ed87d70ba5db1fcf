/* coder.c -- incremental encoders and decoders, and what streams share with them. */
#include "vm/contracts/error.h"
#include "vm/contracts/native.h"
#include "vm/contracts/protocol.h"
#include "vm/contracts/type.h"
#include "vm/modules/cjk/multibyte.h"
#include "vm/objects/bytes.h"
#include "vm/objects/int.h"
#include "vm/objects/tuple.h"

#define NATIVE_DEF "vm/modules/cjk/encoder.def"
#define NATIVE_PREFIX encoder_
#define NATIVE_SELF Coder *
#include "vm/contracts/native_class.inc"
#define NATIVE_DEF "vm/modules/cjk/decoder.def"
#define NATIVE_PREFIX decoder_
#define NATIVE_SELF Coder *
#include "vm/contracts/native_class.inc"

/* ---- what all four classes are */

static bool keep_errors(VM *vm, Coder *coder, Str *errors) {
  size_t n = 0;
  while (n < errors->length && str_at(errors, n)) n++;
  coder->errors = n == errors->length ? errors : str_substring(vm, errors, 0, n);
  heap_barrier_any(vm, coder);
  return coder->errors != NULL;
}

Value coder_new(VM *vm, Type *cls, Value stream, Str *errors, bool decoding) {
  for (size_t i = 0; errors && i < errors->length; i++)
    if (!str_at(errors, i)) return raise_value(vm, "embedded null character");
  Value codec = get_attribute(vm, value_from(cls), NAME("codec"));
  if (value_is_fail(codec)) return codec;
  if (!value_is(codec, multibyte_codec)) return raise_type(vm, "codec is unexpected type");
  Value v = object_new(vm, cls);
  if (value_is_fail(v)) return v;
  Coder *coder = value_object(v);
  coder->codec = ((CodecObject *)value_object(codec))->codec;
  coder->stream = stream;
  coder->errors = errors ? errors : NAME("strict");
  cjk_start(coder->codec, coder->state, decoding);
  heap_barrier_any(vm, coder);
  return v;
}

void coder_trace(Marker *marker, Object *object) {
  Coder *coder = (Coder *)object;
  mark_value(marker, coder->stream);
  mark_object(marker, coder->errors);
  mark_object(marker, coder->pending);
}

Value coder_errors(const Coder *coder) { return value_from(coder->errors); }

bool coder_set_errors(VM *vm, Coder *coder, Value v) {
  if (v == VALUE_MISSING)
    return raise_false(vm, TYPE_OF(AttributeError), "cannot delete attribute");
  if (!value_is_str(v)) return raise_false(vm, TYPE_OF(TypeError), "errors must be a string");
  return keep_errors(vm, coder, value_object(v));
}

/* ---- encoding */

/* Keeps the text from `at` on. */
static bool keep_text(VM *vm, Coder *coder, Str *text, size_t at) {
  size_t n = text->length - at;
  if (n > PENDING_CHARS) return raise_false(vm, TYPE_OF(UnicodeError), "pending buffer overflow");
  Str *rest = n ? str_substring(vm, text, at, text->length) : NULL;
  if (n && !rest) return false;
  coder->pending = rest;
  heap_barrier_any(vm, coder);
  return true;
}

Value coder_encode(VM *vm, Coder *coder, Value input, bool final) {
  if (!value_is_str(input)) input = value_str(vm, input);
  if (value_is_fail(input)) return input;
  Str *text = value_object(input);
  if (coder->pending) text = str_concat(vm, coder->pending, text);
  if (!text) return VALUE_FAIL;
  EncodeRun run;
  encode_start(&run, vm, coder->codec->name, text, coder->errors);
  cjk_expect(&run);
  bool fine = cjk_encode(&run, coder->codec, coder->state, final);
  if (fine && final) cjk_finish(&run, coder->codec, coder->state);
  fine = fine && keep_text(vm, coder, text, run.at);
  return encode_finish(&run, fine);
}

static Value encoder_construct(VM *vm, Type *cls, const encoder_construct_args *a) {
  return coder_new(vm, cls, VALUE_UNBOUND, a->errors, false);
}
static Value encoder_op_init(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) {
  return VALUE_NONE;
}
static Value encoder_encode(VM *vm, Coder *self, const encoder_encode_args *a) {
  return coder_encode(vm, self, a->input, a->final);
}
static Value encoder_reset(VM *vm, Coder *self, const encoder_reset_args *a) {
  uint8_t bytes[ENCODED_MAX];
  if (self->codec->finish) (void)self->codec->finish(self->state, bytes);
  self->pending = NULL;
  return VALUE_NONE;
}
static Value encoder_get_errors(VM *vm, Coder *self) { return coder_errors(self); }
static bool encoder_set_errors(VM *vm, Coder *self, Value v) {
  return coder_set_errors(vm, self, v);
}

/* A state is the number whose little-endian bytes are: the size of the pending text in UTF-8, that
** text, the codec's state. */
enum { PENDING_UTF8 = PENDING_CHARS * 4, STATE_MAX = 1 + PENDING_UTF8 + CJK_STATE };

static Value encoder_getstate(VM *vm, Coder *self, const encoder_getstate_args *a) {
  uint8_t bytes[STATE_MAX];
  size_t n = 0;
  const char *text = "";
  if (self->pending) {
    Value encoded = utf8_encode(vm, self->pending, NULL);
    if (value_is_fail(encoded)) return encoded;
    const Bytes *utf8 = value_object(encoded);
    text = (const char *)utf8->data, n = utf8->length;
  }
  bytes[0] = (uint8_t)n;
  memcpy(bytes + 1, text, n);
  memcpy(bytes + 1 + n, self->state, CJK_STATE);
  return int_from_byte_array(vm, bytes, 1 + n + CJK_STATE, true, false);
}

/* The n little-endian bytes of an int. */
static bool int_as_bytes(VM *vm, Value v, uint8_t *bytes, size_t n) {
  if (int_sign(v) < 0)
    return raise_false(vm, TYPE_OF(OverflowError), "can't convert negative int to unsigned");
  memset(bytes, 0, n);
  v = int_exact(vm, v);
  if (value_is_fail(v)) return false;
  uint64_t small = value_is_int(v) ? (uint64_t)value_as_int(v) : 0;
  const BigInt *big = value_is_int(v) ? NULL : value_object(v);
  const uint64_t *limbs = big ? big->limbs : &small;
  size_t count = big ? (size_t)big->size : 1;
  for (size_t i = 0; i < count * 8; i++) {
    uint8_t byte = (uint8_t)(limbs[i / 8] >> (i % 8 * 8));
    if (i < n) bytes[i] = byte;
    else if (byte) return raise_false(vm, TYPE_OF(OverflowError), "int too big to convert");
  }
  return true;
}

static Value encoder_setstate(VM *vm, Coder *self, const encoder_setstate_args *a) {
  uint8_t bytes[STATE_MAX];
  if (!value_is_any_int(a->state))
    return raise_type(vm, "setstate() argument must be int, not %T", a->state);
  if (!int_as_bytes(vm, a->state, bytes, sizeof bytes)) return VALUE_FAIL;
  size_t n = bytes[0];
  if (n > PENDING_UTF8) return raise_error(vm, TYPE_OF(UnicodeError), "pending buffer too large");
  Value text = utf8_decode(vm, bytes + 1, n, VALUE_UNBOUND, NULL, NULL);
  if (value_is_fail(text)) return text;
  self->pending = n ? value_object(text) : NULL;
  heap_barrier_any(vm, self);
  memcpy(self->state, bytes + 1 + n, CJK_STATE);
  return VALUE_NONE;
}

bool coder_verify(const Object *object) {
  const Coder *coder = (const Coder *)object;
  LAW(coder->codec && coder->count <= PENDING_BYTES);
  LAW(!coder->pending || coder->pending->length <= PENDING_CHARS);
  return true;
}

const ClassSpec multibyte_encoder_class = {
    NATIVE_CLASS(encoder_),
    .verify = VERIFIER(coder_verify),
    .basic_size = sizeof(Coder),
    .trace = coder_trace,
};

/* ---- decoding */

static bool keep_bytes(VM *vm, Coder *coder, const uint8_t *bytes, size_t n) {
  if (n > PENDING_BYTES) return raise_false(vm, TYPE_OF(UnicodeError), "pending buffer overflow");
  memcpy(coder->bytes, bytes, n);
  coder->count = (uint8_t)n;
  return true;
}

Value coder_decode(VM *vm, Coder *coder, const uint8_t *bytes, size_t n, bool final) {
  Value owner = VALUE_UNBOUND;
  size_t kept = coder->count;
  if (kept) {
    Bytes *whole = bytes_new(vm, NULL, kept + n);
    if (!whole) return VALUE_FAIL;
    memcpy(whole->data, coder->bytes, kept);
    memcpy(whole->data + kept, bytes, n);
    bytes = whole->data, n += kept;
    owner = value_from(whole);
  }
  coder->count = 0;
  DecodeRun run;
  decode_start(&run, vm, coder->codec->name, bytes, n, owner, coder->errors);
  bool fine = cjk_decode(&run, coder->codec, coder->state, false);
  if (fine && final && run.at < run.n && !cjk_incomplete(&run)) {
    fine = false;
    bool is_reader = coder->stream != VALUE_UNBOUND;
    if (!is_reader) (void)keep_bytes(vm, coder, bytes, kept);
  }
  fine = fine && keep_bytes(vm, coder, run.bytes + run.at, run.n - run.at);
  return decode_finish(&run, fine);
}

static Value decoder_construct(VM *vm, Type *cls, const decoder_construct_args *a) {
  return coder_new(vm, cls, VALUE_UNBOUND, a->errors, true);
}
static Value decoder_op_init(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) {
  return VALUE_NONE;
}
static Value decoder_decode(VM *vm, Coder *self, const decoder_decode_args *a) {
  return coder_decode(vm, self, a->input.bytes, a->input.n, a->final);
}
static Value decoder_reset(VM *vm, Coder *self, const decoder_reset_args *a) {
  if (self->codec->restart) self->codec->restart(self->state);
  self->count = 0;
  return VALUE_NONE;
}
static Value decoder_get_errors(VM *vm, Coder *self) { return coder_errors(self); }
static bool decoder_set_errors(VM *vm, Coder *self, Value v) {
  return coder_set_errors(vm, self, v);
}

static Value decoder_getstate(VM *vm, Coder *self, const decoder_getstate_args *a) {
  Value state = int_from_byte_array(vm, self->state, CJK_STATE, true, false);
  return PACK(value_of(bytes_new(vm, self->bytes, self->count)), state);
}

static Value decoder_setstate(VM *vm, Coder *self, const decoder_setstate_args *a) {
  if (!value_has_flag(a->state, TYPE_TUPLE_SUBCLASS))
    return raise_type(vm, "setstate() argument must be tuple, not %T", a->state);
  const Tuple *pair = value_object(a->state);
  bool fits = tuple_length(pair) == 2 && value_has_flag(pair->items[0], TYPE_BYTES_SUBCLASS) &&
              value_is_any_int(pair->items[1]);
  if (!fits) return raise_type(vm, "setstate(): illegal state argument");
  uint8_t state[CJK_STATE];
  if (!int_as_bytes(vm, pair->items[1], state, CJK_STATE)) return VALUE_FAIL;
  const Bytes *pending = value_object(pair->items[0]);
  if (pending->length > PENDING_BYTES)
    return raise_error(vm, TYPE_OF(UnicodeError), "pending buffer too large");
  memcpy(self->bytes, pending->data, pending->length);
  self->count = (uint8_t)pending->length;
  memcpy(self->state, state, CJK_STATE);
  return VALUE_NONE;
}

const ClassSpec multibyte_decoder_class = {
    NATIVE_CLASS(decoder_),
    .verify = VERIFIER(coder_verify),
    .basic_size = sizeof(Coder),
    .trace = coder_trace,
};
