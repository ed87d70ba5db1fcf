/* multibyte.h -- the classes of _multibytecodec, over the codecs of cjk.h.
**
** Law of Coder: what could not be decoded yet is bytes[0..count), what could not be encoded is
** `pending`. As in the reference, a call that fails leaves the text, and forgets the bytes unless
** what was wrong is that they are the last. */
#ifndef KRAIT_CJK_MULTIBYTE_H
#define KRAIT_CJK_MULTIBYTE_H

#include "vm/modules/cjk/cjk.h"
#include "vm/objects/codec.h"

typedef struct CodecObject {
  Object h;
  const CjkCodec *codec;
} CodecObject;

enum { PENDING_BYTES = 8, PENDING_CHARS = 2 };

/* An incremental coder, or a reader or writer, which has a stream. */
typedef struct Coder {
  Object h;
  const CjkCodec *codec;
  Value stream; /* UNBOUND: none */
  Str *errors;  /* [gc] */
  Str *pending; /* [gc] or NULL */
  uint8_t state[CJK_STATE], bytes[PENDING_BYTES];
  uint8_t count;
} Coder;

/* codec_object_new: the MultibyteCodec of a codec. */
MUST_USE Value codec_object_new(VM *vm, const CjkCodec *codec);

/* ---- driving a codec (multibyte.c) */
static inline void cjk_start(const CjkCodec *codec, uint8_t state[CJK_STATE], bool decoding) {
  memset(state, 0, CJK_STATE);
  if (codec->start) codec->start(state, decoding);
}
/* cjk_decode: what lies behind run->at, up to a beginning of a character that is left over unless
** `final`. */
MUST_USE MAY_RUN bool cjk_decode(DecodeRun *run, const CjkCodec *codec, uint8_t *state, bool final);
/* cjk_incomplete: what lies behind run->at is the beginning of a character, and nothing follows. */
MUST_USE MAY_RUN bool cjk_incomplete(DecodeRun *run);
/* cjk_encode: the same for text; flush: nothing is left over. */
MUST_USE MAY_RUN bool cjk_encode(EncodeRun *run, const CjkCodec *codec, uint8_t *state, bool flush);
/* cjk_expect: room for what text is likely to become. */
void cjk_expect(EncodeRun *run);
/* Adds what brings the encoding's state back to its beginning. */
void cjk_finish(EncodeRun *run, const CjkCodec *codec, uint8_t *state);

/* ---- coders (coder.c) */
/* coder_new: an instance of cls, which has a codec; errors NULL: "strict". */
MUST_USE MAY_RUN Value coder_new(VM *vm, Type *cls, Value stream, Str *errors, bool decoding);
/* What an error handler's name is: up to a NUL. */
MUST_USE Value coder_errors(const Coder *coder);
MUST_USE bool coder_set_errors(VM *vm, Coder *coder, Value v);
MUST_USE MAY_RUN Value coder_encode(VM *vm, Coder *coder, Value input, bool final);
/* coder_decode: the bytes given, behind those kept. */
MUST_USE MAY_RUN Value coder_decode(VM *vm, Coder *coder, const uint8_t *bytes, size_t n,
                                    bool final);
void coder_trace(Marker *marker, Object *object);
bool coder_verify(const Object *object); /* the law above */

#endif
