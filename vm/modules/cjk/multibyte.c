/* multibyte.c -- driving the codecs part by part, with error handlers; the class MultibyteCodec. */
#include "vm/modules/cjk/multibyte.h"

#include "vm/base/units.h"
#include "vm/base/utf8.h"
#include "vm/contracts/error.h"
#include "vm/contracts/native.h"
#include "vm/contracts/protocol.h"
#include "vm/objects/bytes.h"
#include "vm/objects/tuple.h"

#define NATIVE_DEF "vm/modules/cjk/multibyte_codec.def"
#define NATIVE_PREFIX codec_object_
#define NATIVE_SELF CodecObject *
#include "vm/contracts/native_class.inc"

static const char illegal[] = "illegal multibyte sequence";
static const char incomplete[] = "incomplete multibyte sequence";

/* ---- decoding */

enum { DECODE_UNITS = 1024, ASCII_RUN = 16 };

static int decode_part(DecodeRun *run, const CjkCodec *codec, uint8_t *state) {
  uint32_t units[DECODE_UNITS];
  DecodePart part = {.at = run->bytes + run->at,
                     .end = run->bytes + run->n,
                     .out = units,
                     .limit = units + DECODE_UNITS - 1};
  int answer = codec->decode(codec, state, &part);
  size_t count = (size_t)(part.out - units);
  uint32_t mask = 0;
  for (size_t i = 0; i < count; i++) mask |= units[i];
  str_builder_units(&run->out, units, 2, count, mask);
  run->at = (size_t)(part.at - run->bytes);
  return answer;
}

bool cjk_incomplete(DecodeRun *run) { return decode_error(run, run->at, run->n, incomplete); }

bool cjk_decode(DecodeRun *run, const CjkCodec *codec, uint8_t *state, bool final) {
  run->multibyte = true;
  while (run->at < run->n) {
    if (codec->plain) {
      size_t plain = ascii_prefix(run->bytes + run->at, run->n - run->at);
      if (plain >= ASCII_RUN) {
        str_builder_ascii(&run->out, (const char *)run->bytes + run->at, plain);
        run->at += plain;
      }
    }
    int answer = decode_part(run, codec, state);
    bool fine = true;
    if (answer == TOO_FEW) {
      if (!final) return true;
      fine = cjk_incomplete(run);
    } else if (answer > 0) {
      fine = decode_error(run, run->at, run->at + (size_t)answer, illegal);
    }
    if (!fine || !vm_listen(run->vm)) return false;
  }
  return true;
}

/* ---- encoding */

enum { ENCODE_UNITS = 512 };

/* Code points [start, end) of the text; a codec goes on in them behind what it could not encode. */
typedef struct EncodeBlock {
  size_t start, end;
  uint32_t units[ENCODE_UNITS];
} EncodeBlock;

static void load_block(EncodeBlock *block, const Str *text, size_t at) {
  size_t left = text->length - at, n = left < ENCODE_UNITS ? left : ENCODE_UNITS;
  int kind = str_kind(text);
  units_convert(block->units, 4, (const uint8_t *)str_data(text) + (at << kind), 1 << kind, n);
  block->start = at;
  block->end = at + n;
}

static int encode_part(EncodeRun *run, EncodeBlock *block, const CjkCodec *codec, uint8_t *state,
                       bool flush) {
  if (run->at < block->start || run->at >= block->end) load_block(block, run->text, run->at);
  size_t n = block->end - run->at;
  bool is_last = block->end == run->text->length;
  if (!buffer_reserve(&run->out, n * ENCODED_MAX)) return 0;
  uint32_t *units = block->units + (run->at - block->start);
  EncodePart part = {.at = units,
                     .end = units + n,
                     .out = run->out.bytes + run->out.size,
                     .flush = flush && is_last};
  int answer = codec->encode(codec, state, &part);
  run->out.size = (size_t)(part.out - run->out.bytes);
  run->at += (size_t)(part.at - units);
  if (answer != TOO_FEW || is_last) return answer;
  block->end = 0; /* what it needs is behind the block */
  return 0;
}

/* What an error handler wants there: bytes as they are, text encoded. */
static bool put_replacement(EncodeRun *run, const CjkCodec *codec, uint8_t *state, Value v) {
  if (value_is_fail(v)) return false;
  if (v == VALUE_UNBOUND) return true;
  if (!value_is_str(v)) {
    const Bytes *bytes = value_object(v);
    buffer_add(&run->out, bytes->data, bytes->length);
    return true;
  }
  EncodeRun inner;
  encode_start(&inner, run->vm, codec->name, value_object(v), NULL);
  bool fine = cjk_encode(&inner, codec, state, true);
  buffer_add_all(&run->out, &inner.out);
  buffer_deinit(&inner.out);
  return fine;
}

bool cjk_encode(EncodeRun *run, const CjkCodec *codec, uint8_t *state, bool flush) {
  EncodeBlock block;
  block.start = block.end = 0;
  run->multibyte = true;
  while (run->at < run->text->length && !run->out.failed) {
    int answer = encode_part(run, &block, codec, state, flush);
    if (answer == TOO_FEW) return true;
    bool written =
        answer > 0 && codec->plain && encode_add_references(run, run->at, run->at + (size_t)answer);
    if (answer > 0 && !written) {
      Value v = encode_error(run, run->at, run->at + (size_t)answer, illegal);
      if (!put_replacement(run, codec, state, v)) return false;
    }
    if (!vm_listen(run->vm)) return false;
  }
  return true;
}

void cjk_expect(EncodeRun *run) {
  size_t n = run->text->length, part = n < ENCODE_UNITS ? n : ENCODE_UNITS;
  buffer_expect(&run->out, n * 2 + part * ENCODED_MAX);
}

void cjk_finish(EncodeRun *run, const CjkCodec *codec, uint8_t *state) {
  uint8_t bytes[ENCODED_MAX];
  if (codec->finish) buffer_add(&run->out, bytes, codec->finish(state, bytes));
}

/* ---- MultibyteCodec */

Value codec_object_new(VM *vm, const CjkCodec *codec) {
  Value v = object_new(vm, TYPE_OF(multibyte_codec));
  if (!value_is_fail(v)) ((CodecObject *)value_object(v))->codec = codec;
  return v;
}

static bool check_errors(VM *vm, const Str *errors) {
  for (size_t i = 0; errors && i < errors->length; i++)
    if (!str_at(errors, i)) return raise_false(vm, TYPE_OF(ValueError), "embedded null character");
  return true;
}

static Value codec_object_encode(VM *vm, CodecObject *self, const codec_object_encode_args *a) {
  if (!check_errors(vm, a->errors)) return VALUE_FAIL;
  Value input = value_is_str(a->input) ? a->input : value_str(vm, a->input);
  if (value_is_fail(input)) return input;
  Str *text = value_object(input);
  uint8_t state[CJK_STATE];
  EncodeRun run;
  cjk_start(self->codec, state, false);
  encode_start(&run, vm, self->codec->name, text, a->errors);
  cjk_expect(&run);
  bool fine = cjk_encode(&run, self->codec, state, true);
  if (fine) cjk_finish(&run, self->codec, state);
  return PACK(encode_finish(&run, fine), value_int(vm, (int64_t)text->length));
}

static Value codec_object_decode(VM *vm, CodecObject *self, const codec_object_decode_args *a) {
  if (!check_errors(vm, a->errors)) return VALUE_FAIL;
  uint8_t state[CJK_STATE];
  DecodeRun run;
  cjk_start(self->codec, state, true);
  decode_start(&run, vm, self->codec->name, a->input.bytes, a->input.n, a->input.owner, a->errors);
  Value text = decode_finish(&run, cjk_decode(&run, self->codec, state, true));
  return PACK(text, value_int(vm, (int64_t)a->input.n));
}

const ClassSpec multibyte_codec_class = {
    NATIVE_CLASS(codec_object_),
    .basic_size = sizeof(CodecObject),
};
