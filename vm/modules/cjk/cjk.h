/* cjk.h -- the codecs of Chinese, Japanese and Korean, as multibyte.h drives them.
**
** A codec works on a part at a time. Law: it stops only between characters, at the end of the part,
** with its output full (decoding: `limit` leaves room for the two characters of a pair; encoding:
** there is room for ENCODED_MAX bytes a character), or at what it cannot do, which its answer
** tells: 0, TOO_FEW (what is left may be the beginning of a character), or n > 0: so many units are
** illegal. `state` is what lasts between parts: its bytes are what getstate() shows. */
#ifndef KRAIT_CJK_H
#define KRAIT_CJK_H

#include "vm/modules/cjk/charset.h"

enum { TOO_FEW = -1, ENCODED_MAX = 16, CJK_STATE = 8 };

typedef struct DecodePart {
  const uint8_t *at, *end;
  uint32_t *out, *limit;
} DecodePart;

typedef struct EncodePart {
  const uint32_t *at, *end;
  uint8_t *out;
  bool flush; /* nothing comes behind this part */
} EncodePart;

typedef struct CjkCodec CjkCodec;
struct CjkCodec {
  const char *name;
  const Charset *set, *second; /* second: three bytes in EUC */
  const Charset *newer;        /* what this has, and the set has not, is illegal as a whole */
  int (*decode)(const CjkCodec *codec, uint8_t state[CJK_STATE], DecodePart *part);
  int (*encode)(const CjkCodec *codec, uint8_t state[CJK_STATE], EncodePart *part);
  const CharsetPair *pairs;
  const struct Iso2022 *iso;
  bool plain; /* bytes below 0x80 are ASCII, always */
  /* with a state: how it begins, and the bytes that bring text back to ASCII; NULL: none */
  void (*start)(uint8_t state[CJK_STATE], bool decoding);
  void (*restart)(uint8_t state[CJK_STATE]); /* of a decoder */
  size_t (*finish)(uint8_t state[CJK_STATE], uint8_t *out);
};

/* Ends with a row without name. */
extern const CjkCodec chinese_codecs[], hong_kong_codecs[], taiwanese_codecs[], japanese_codecs[],
    korean_codecs[], iso2022_codecs[], hz_codec;

/* ---- for codecs without state: a character at a time */

/* What such a function answers for n illegal units; else how many it used, or TOO_FEW. */
#define ILLEGAL(n) (-1 - (n))
static inline int part_answer(int one) { return one == TOO_FEW ? TOO_FEW : -1 - one; }

/* *c: a code point, or a pair as charset_decode gives it. */
typedef int (*DecodeOne)(const CjkCodec *codec, const uint8_t *p, size_t left, uint32_t *c);
/* Writes to *out and moves it. */
typedef int (*EncodeOne)(const CjkCodec *codec, const uint32_t *p, const EncodePart *part,
                         uint8_t **out);

static ALWAYS_INLINE int decode_each(const CjkCodec *codec, DecodePart *part, DecodeOne one,
                                     bool plain) {
  const uint8_t *at = part->at;
  uint32_t *out = part->out;
  int used = 0;
  while (at < part->end && out < part->limit) {
    uint32_t c = *at;
    if (plain && c < 0x80) {
      *out++ = c;
      at++;
      continue;
    }
    used = one(codec, at, (size_t)(part->end - at), &c);
    if (UNLIKELY(used < 0)) break;
    at += used;
    if (UNLIKELY(c > 0x10FFFF)) {
      *out++ = c >> 16;
      c &= 0xFFFF;
    }
    *out++ = c;
  }
  part->at = at;
  part->out = out;
  return used < 0 ? part_answer(used) : 0;
}

static inline int put_byte(uint8_t **out, uint32_t byte) {
  *(*out)++ = (uint8_t)byte;
  return 1;
}
static inline int put_code(uint8_t **out, uint32_t code) {
  (*out)[0] = (uint8_t)(code >> 8);
  (*out)[1] = (uint8_t)code;
  *out += 2;
  return 1;
}

/* put: how a code of the first of the codec's tables is written, which are looked at before `one`
** is; NULL: they are not. */
static ALWAYS_INLINE int encode_each(const CjkCodec *codec, EncodePart *part, EncodeOne one,
                                     int (*put)(uint8_t **out, uint32_t code), bool plain) {
  const CharsetData data = *codec->set->data; /* a copy: what is written cannot be these */
  const uint8_t *encodes = codec->set->encodes;
  uint8_t *out = part->out;
  int used = 0;
  const uint32_t *at = part->at;
  while (at < part->end) {
    if (plain && *at < 0x80) {
      *out++ = (uint8_t)*at++;
      continue;
    }
    uint32_t code = put ? data_encode(&data, encodes, *at) : 0;
    if (LIKELY(code)) {
      at += put(&out, code);
      continue;
    }
    used = one(codec, at, part, &out);
    if (UNLIKELY(used < 0)) break;
    at += used;
  }
  part->at = at;
  part->out = out;
  return used < 0 ? part_answer(used) : 0;
}

/* charset_encode for sets with pairs: *code, and how many of the code points it stands for. */
static inline int encode_pair(const CharsetPair *pairs, const Charset *set, const uint32_t *p,
                              const EncodePart *part, uint32_t *code) {
  bool begins = false;
  if (p[0] >= 0xCA && p[0] <= 0x31F7)
    for (const CharsetPair *pair = pairs; pair->first; pair++) {
      if (pair->first != p[0]) continue;
      begins = true;
      if (p + 1 == part->end || pair->second != p[1]) continue;
      *code = pair->code;
      return 2;
    }
  if (begins && p + 1 == part->end && !part->flush) return TOO_FEW;
  *code = charset_encode(set, p[0]);
  return *code ? 1 : ILLEGAL(1);
}

/* Codecs of one or two bytes, as the codes are (chinese.c). */
int double_byte_decode(const CjkCodec *codec, uint8_t state[CJK_STATE], DecodePart *part);
int double_byte_encode(const CjkCodec *codec, uint8_t state[CJK_STATE], EncodePart *part);

#endif
