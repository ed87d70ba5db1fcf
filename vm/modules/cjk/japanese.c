/* japanese.c -- EUC and Shift_JIS over JIS X 0208, 0212 and 0213. Codes: see charset.h. */
#include "vm/modules/cjk/cjk.h"

enum { KANA_FIRST = 0xFF61, KANA_LAST = 0xFF9F }; /* half width: 0xA1 to 0xDF */

static inline bool is_kana_byte(uint8_t byte) { return byte >= 0xA1 && byte <= 0xDF; }
static inline uint32_t kana_of(uint8_t byte) { return KANA_FIRST + (byte - 0xA1u); }
static inline bool is_kana(uint32_t c) { return c >= KANA_FIRST && c <= KANA_LAST; }
static inline uint32_t kana_byte(uint32_t c) { return c - KANA_FIRST + 0xA1; }

/* The answer for two bytes that may be no character. */
static inline int two_bytes(const CjkCodec *codec, uint32_t c, unsigned row, unsigned cell) {
  if (LIKELY(c)) return 2;
  return codec->newer && charset_decode(codec->newer, row, cell) ? ILLEGAL(2) : ILLEGAL(1);
}

/* ---- EUC: 0x8E and a kana; 0x8F and a code of the second set; else a code, all with the high
** bit */

static int euc_decode_one(const CjkCodec *codec, const uint8_t *p, size_t left, uint32_t *c) {
  if (p[0] == 0x8E) {
    if (left < 2) return TOO_FEW;
    *c = kana_of(p[1]);
    return is_kana_byte(p[1]) ? 2 : ILLEGAL(1);
  }
  if (p[0] == 0x8F) {
    if (left < 3) return TOO_FEW;
    *c = codec->pairs && p[1] >= 0x80 ? charset_decode(codec->set, p[1], p[2] ^ 0x80u) : 0;
    if (!*c) *c = charset_decode(codec->second, p[1] ^ 0x80u, p[2] ^ 0x80u);
    return *c ? 3 : ILLEGAL(1);
  }
  if (left < 2) return TOO_FEW;
  *c = charset_decode(codec->set, p[0] ^ 0x80u, p[1] ^ 0x80u);
  return two_bytes(codec, *c, p[0] ^ 0x80u, p[1] ^ 0x80u);
}

static int put_euc(uint8_t **out, uint32_t code) { return put_code(out, code | 0x8080); }

static int put_second(uint8_t **out, uint32_t code) {
  put_byte(out, 0x8F);
  return put_code(out, code | 0x8080);
}

static int euc_encode_one(const CjkCodec *codec, const uint32_t *p, const EncodePart *part,
                          uint8_t **out) {
  uint32_t code = charset_encode(codec->set, *p);
  if (LIKELY(code)) return put_code(out, code | 0x8080);
  if (is_kana(*p)) {
    put_byte(out, 0x8E);
    return put_byte(out, kana_byte(*p));
  }
  if (*p == 0xA5 || *p == 0x203E) return put_byte(out, *p == 0xA5 ? '\\' : '~');
  code = charset_encode(codec->second, *p);
  return code ? put_second(out, code) : ILLEGAL(1);
}

static int euc_2004_encode_one(const CjkCodec *codec, const uint32_t *p, const EncodePart *part,
                               uint8_t **out) {
  uint32_t code;
  if (is_kana(*p)) {
    put_byte(out, 0x8E);
    return put_byte(out, kana_byte(*p));
  }
  int used = encode_pair(codec->pairs, codec->set, p, part, &code);
  if (used == TOO_FEW) return used;
  if (used < 0) {
    bool excluded = codec->newer && charset_encode(codec->newer, *p);
    code = excluded ? 0 : charset_encode(codec->second, *p);
    return code ? put_second(out, code) : used;
  }
  if (code & 0x8000) put_second(out, code);
  else put_code(out, code | 0x8080);
  return used;
}

static int euc_decode(const CjkCodec *codec, uint8_t state[CJK_STATE], DecodePart *part) {
  return decode_each(codec, part, euc_decode_one, true);
}
static int euc_encode(const CjkCodec *codec, uint8_t state[CJK_STATE], EncodePart *part) {
  return encode_each(codec, part, euc_encode_one, put_euc, true);
}
static int euc_2004_encode(const CjkCodec *codec, uint8_t state[CJK_STATE], EncodePart *part) {
  return encode_each(codec, part, euc_2004_encode_one, NULL, true);
}

/* ---- Shift_JIS: two rows to a lead byte, whose cells are trails from 0x40 on but 0x7F */

static inline bool is_lead(uint8_t byte, bool planes) {
  return (byte >= 0x81 && byte <= 0x9F) || (byte >= 0xE0 && byte <= (planes ? 0xFC : 0xEA));
}
static inline bool is_trail(uint8_t byte) { return byte >= 0x40 && byte != 0x7F && byte <= 0xFC; }

/* The rows of the second plane that have a place, by lead from 0xF0 on. */
static const uint8_t second_rows[13][2] = {{1, 8},   {3, 4},   {5, 12},  {13, 14}, {15, 78},
                                           {79, 80}, {81, 82}, {83, 84}, {85, 86}, {87, 88},
                                           {89, 90}, {91, 92}, {93, 94}};

/* The row; *cell. */
static inline unsigned place_shifted(const uint8_t *p, bool planes, unsigned *cell) {
  unsigned place = p[1] - 0x40u - (p[1] > 0x7F), half = place >= 94;
  *cell = place - half * 94 + 0x21;
  if (planes && p[0] >= 0xF0) return second_rows[p[0] - 0xF0][half] + 0xA0u;
  return (p[0] - (p[0] < 0xA0 ? 0x81u : 0xC1u)) * 2 + half + 0x21;
}

/* 1 or 0 without a jump, for numbers below 2^31: text is not to be foreseen. */
static inline unsigned is_above(unsigned n, unsigned limit) { return (limit - n) >> 31; }

/* A code of the first plane. */
static ALWAYS_INLINE int put_shifted(uint8_t **out, uint32_t code) {
  unsigned row = (code >> 8) - 0x21, place = (code & 0xFF) - 0x21 + (-(row & 1) & 94);
  unsigned lead = row / 2 + 0x81;
  lead += is_above(lead, 0x9F) * 0x40;
  return put_code(out, lead << 8 | (place + 0x40 + is_above(place, 0x3E)));
}

static int put_shifted_plane(uint8_t **out, uint32_t code) {
  unsigned row = (code >> 8) - 0xA0, place = (code & 0xFF) - 0x21, lead = 0;
  if (code < 0xA100) return put_shifted(out, code);
  while (second_rows[lead][0] != row && second_rows[lead][1] != row) lead++;
  place += second_rows[lead][1] == row ? 94 : 0;
  return put_code(out, (lead + 0xF0) << 8 | (place + 0x40 + is_above(place, 0x3E)));
}

static inline int decode_shift_jis(const CjkCodec *codec, const uint8_t *p, size_t left,
                                   uint32_t *c, bool planes) {
  if (is_kana_byte(p[0])) {
    *c = kana_of(p[0]);
    return 1;
  }
  if (!is_lead(p[0], planes)) return ILLEGAL(1);
  if (left < 2) return TOO_FEW;
  if (!is_trail(p[1])) return ILLEGAL(1);
  unsigned cell, row = place_shifted(p, planes, &cell);
  *c = charset_decode(codec->set, row, cell);
  return two_bytes(codec, *c, row, cell);
}

static int shift_jis_decode_one(const CjkCodec *codec, const uint8_t *p, size_t left, uint32_t *c) {
  return decode_shift_jis(codec, p, left, c, false);
}

static int shift_jis_encode_one(const CjkCodec *codec, const uint32_t *p, const EncodePart *part,
                                uint8_t **out) {
  uint32_t code = charset_encode(codec->set, *p);
  if (LIKELY(code)) return put_shifted(out, code);
  if (is_kana(*p)) return put_byte(out, kana_byte(*p));
  if (*p == 0xA5 || *p == 0x203E) return put_byte(out, *p == 0xA5 ? '\\' : '~');
  return ILLEGAL(1);
}

static int shift_jis_decode(const CjkCodec *codec, uint8_t state[CJK_STATE], DecodePart *part) {
  return decode_each(codec, part, shift_jis_decode_one, true);
}
static int shift_jis_encode(const CjkCodec *codec, uint8_t state[CJK_STATE], EncodePart *part) {
  return encode_each(codec, part, shift_jis_encode_one, put_shifted, true);
}

/* ---- CP932: besides, single bytes that have no other use, and 1,880 private characters */

enum { PRIVATE_FIRST = 0xE000, PRIVATE_LAST = 0xE757, PRIVATE_LEAD = 0xF0, TRAILS = 188 };
static const uint8_t odd_bytes[] = {0xA0, 0xFD, 0xFE, 0xFF};
enum { ODD_FIRST = 0xF8F0, ODD_LAST = 0xF8F3 };

static int cp932_decode_one(const CjkCodec *codec, const uint8_t *p, size_t left, uint32_t *c) {
  if (p[0] == 0x80) return *c = 0x80, 1;
  for (unsigned i = 0; i < ARRAY_COUNT(odd_bytes); i++)
    if (p[0] == odd_bytes[i]) return *c = ODD_FIRST + i, 1;
  if (is_kana_byte(p[0])) return *c = kana_of(p[0]), 1;
  if (left < 2) return TOO_FEW;
  if (!is_trail(p[1])) return ILLEGAL(1);
  unsigned cell, row = place_shifted(p, false, &cell);
  *c = charset_decode(codec->set, row, cell);
  if (LIKELY(*c)) return 2;
  if (p[0] < PRIVATE_LEAD || p[0] >= PRIVATE_LEAD + 10) return ILLEGAL(1);
  *c = PRIVATE_FIRST + (p[0] - PRIVATE_LEAD) * (uint32_t)TRAILS + (p[1] - 0x40u) - (p[1] > 0x7F);
  return 2;
}

static int cp932_encode_one(const CjkCodec *codec, const uint32_t *p, const EncodePart *part,
                            uint8_t **out) {
  uint32_t code = charset_encode(codec->set, *p);
  if (LIKELY(code)) return put_shifted(out, code);
  if (is_kana(*p)) return put_byte(out, kana_byte(*p));
  if (*p == 0x80) return put_byte(out, 0x80);
  if (*p >= ODD_FIRST && *p <= ODD_LAST) return put_byte(out, odd_bytes[*p - ODD_FIRST]);
  if (*p < PRIVATE_FIRST || *p > PRIVATE_LAST) return ILLEGAL(1);
  unsigned lead = PRIVATE_LEAD + (*p - PRIVATE_FIRST) / TRAILS;
  unsigned place = (*p - PRIVATE_FIRST) % TRAILS + 0x40;
  return put_code(out, lead << 8 | (place + (place > 0x7E)));
}

static int cp932_decode(const CjkCodec *codec, uint8_t state[CJK_STATE], DecodePart *part) {
  return decode_each(codec, part, cp932_decode_one, true);
}
static int cp932_encode(const CjkCodec *codec, uint8_t state[CJK_STATE], EncodePart *part) {
  return encode_each(codec, part, cp932_encode_one, put_shifted, true);
}

/* ---- Shift_JIS over JIS X 0213, where single bytes are not ASCII but JIS X 0201 */

static int shift_2004_decode_one(const CjkCodec *codec, const uint8_t *p, size_t left,
                                 uint32_t *c) {
  if (p[0] >= 0x80) return decode_shift_jis(codec, p, left, c, true);
  *c = p[0] == '\\' ? 0xA5 : p[0] == '~' ? 0x203E : p[0];
  return 1;
}

static int shift_2004_encode_one(const CjkCodec *codec, const uint32_t *p, const EncodePart *part,
                                 uint8_t **out) {
  uint32_t code;
  if (*p < 0x80 && *p != '\\' && *p != '~') return put_byte(out, *p);
  if (*p == 0xA5 || *p == 0x203E) return put_byte(out, *p == 0xA5 ? '\\' : '~');
  if (is_kana(*p)) return put_byte(out, kana_byte(*p));
  int used = encode_pair(codec->pairs, codec->set, p, part, &code);
  if (used > 0) put_shifted_plane(out, code);
  return used;
}

static int shift_2004_decode(const CjkCodec *codec, uint8_t state[CJK_STATE], DecodePart *part) {
  return decode_each(codec, part, shift_2004_decode_one, false);
}
static int shift_2004_encode(const CjkCodec *codec, uint8_t state[CJK_STATE], EncodePart *part) {
  return encode_each(codec, part, shift_2004_encode_one, NULL, false);
}

#define SHIFT_2004 .decode = shift_2004_decode, .encode = shift_2004_encode, .pairs = jisx0213_pairs
#define EUC_2004                                                                \
  .second = &charset_jisx0212, .decode = euc_decode, .encode = euc_2004_encode, \
  .pairs = jisx0213_pairs, .plain = true
const CjkCodec japanese_codecs[] = {
    {.name = "shift_jis",
     .set = &charset_jisx0208,
     .decode = shift_jis_decode,
     .encode = shift_jis_encode,
     .plain = true},
    {.name = "cp932",
     .set = &charset_cp932,
     .decode = cp932_decode,
     .encode = cp932_encode,
     .plain = true},
    {.name = "euc_jp",
     .set = &charset_jisx0208,
     .second = &charset_jisx0212,
     .decode = euc_decode,
     .encode = euc_encode,
     .plain = true},
    {.name = "shift_jis_2004", .set = &charset_shift_jis_2004, SHIFT_2004},
    {.name = "euc_jis_2004", .set = &charset_euc_jis_2004, EUC_2004},
    {.name = "euc_jisx0213", .set = &charset_euc_jisx0213, .newer = &charset_jisx0213, EUC_2004},
    {.name = "shift_jisx0213",
     .set = &charset_shift_jisx0213,
     .newer = &charset_jisx0213,
     SHIFT_2004},
    {0},
};
