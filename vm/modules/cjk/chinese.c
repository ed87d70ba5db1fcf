/* chinese.c -- GB 2312, GBK, GB 18030 and Big5 with its relatives: codecs without state. HZ is in
** iso2022.c. */
#include "vm/modules/cjk/cjk.h"

/* ---- one or two bytes, which are the code */

static int double_byte_decode_one(const CjkCodec *codec, const uint8_t *p, size_t left,
                                  uint32_t *c) {
  if (left < 2) return TOO_FEW;
  *c = charset_decode(codec->set, p[0], p[1]);
  return *c ? 2 : ILLEGAL(1);
}
static int double_byte_encode_one(const CjkCodec *codec, const uint32_t *p, const EncodePart *part,
                                  uint8_t **out) {
  uint32_t code = charset_encode(codec->set, *p);
  return code ? put_code(out, code) : ILLEGAL(1);
}
int double_byte_decode(const CjkCodec *codec, uint8_t state[CJK_STATE], DecodePart *part) {
  return decode_each(codec, part, double_byte_decode_one, true);
}
int double_byte_encode(const CjkCodec *codec, uint8_t state[CJK_STATE], EncodePart *part) {
  return encode_each(codec, part, double_byte_encode_one, put_code, true);
}

/* ---- GB 18030: what has no two bytes has a number, which four bytes write */

enum { NUMBERS_LAST = 39419, PLANES_FIRST = 189000 };

static uint32_t number_of(uint32_t c) {
  size_t low = 0, high = gb18030_range_count;
  while (low < high) {
    size_t middle = (low + high) / 2;
    if (c > gb18030_ranges[middle].last) low = middle + 1;
    else high = middle;
  }
  if (low == gb18030_range_count || c < gb18030_ranges[low].first) return UINT32_MAX;
  return gb18030_ranges[low].number + (c - gb18030_ranges[low].first);
}

static uint32_t point_of(uint32_t number) {
  if (number >= PLANES_FIRST) {
    uint32_t c = number - PLANES_FIRST + 0x10000;
    return c <= 0x10FFFF ? c : 0;
  }
  if (number > NUMBERS_LAST) return 0;
  size_t low = 0, high = gb18030_range_count;
  while (high - low > 1) {
    size_t middle = (low + high) / 2;
    if (number < gb18030_ranges[middle].number) high = middle;
    else low = middle;
  }
  uint32_t c = gb18030_ranges[low].first + (number - gb18030_ranges[low].number);
  return c <= gb18030_ranges[low].last ? c : 0;
}

static bool is_digit(uint8_t byte) { return byte >= '0' && byte <= '9'; }

static int gb18030_decode_one(const CjkCodec *codec, const uint8_t *p, size_t left, uint32_t *c) {
  if (left < 2) return TOO_FEW;
  if (UNLIKELY(is_digit(p[1]))) {
    if (left < 4) return TOO_FEW;
    bool fits = p[0] >= 0x81 && p[0] <= 0xFE && p[2] >= 0x81 && p[2] <= 0xFE && is_digit(p[3]);
    if (!fits) return ILLEGAL(1);
    uint32_t number = (p[0] - 0x81u) * 10 + (p[1] - '0');
    *c = point_of((number * 126 + (p[2] - 0x81u)) * 10 + (p[3] - '0'));
    return *c ? 4 : ILLEGAL(1);
  }
  *c = charset_decode(codec->set, p[0], p[1]);
  return *c ? 2 : ILLEGAL(1);
}

static int gb18030_encode_one(const CjkCodec *codec, const uint32_t *p, const EncodePart *part,
                              uint8_t **out) {
  uint32_t code = charset_encode(codec->set, *p);
  if (LIKELY(code)) return put_code(out, code);
  uint32_t number = *p > 0xFFFF ? *p - 0x10000 + PLANES_FIRST : number_of(*p);
  if (number == UINT32_MAX) return ILLEGAL(1);
  uint8_t *to = *out;
  to[3] = (uint8_t)('0' + number % 10), number /= 10;
  to[2] = (uint8_t)(0x81 + number % 126), number /= 126;
  to[1] = (uint8_t)('0' + number % 10);
  to[0] = (uint8_t)(0x81 + number / 10);
  *out += 4;
  return 1;
}

static int gb18030_decode(const CjkCodec *codec, uint8_t state[CJK_STATE], DecodePart *part) {
  return decode_each(codec, part, gb18030_decode_one, true);
}
static int gb18030_encode(const CjkCodec *codec, uint8_t state[CJK_STATE], EncodePart *part) {
  return encode_each(codec, part, gb18030_encode_one, put_code, true);
}

/* ---- Big5-HKSCS */

static int hkscs_encode_one(const CjkCodec *codec, const uint32_t *p, const EncodePart *part,
                            uint8_t **out) {
  uint32_t code;
  int used = encode_pair(codec->pairs, codec->set, p, part, &code);
  if (used > 0) put_code(out, code);
  return used;
}
static int hkscs_encode(const CjkCodec *codec, uint8_t state[CJK_STATE], EncodePart *part) {
  return encode_each(codec, part, hkscs_encode_one, NULL, true);
}

#define DOUBLE_BYTE .decode = double_byte_decode, .encode = double_byte_encode, .plain = true
const CjkCodec chinese_codecs[] = {
    {.name = "gb2312", .set = &charset_gb2312, DOUBLE_BYTE},
    {.name = "gbk", .set = &charset_gbk, DOUBLE_BYTE},
    {.name = "gb18030",
     .set = &charset_gb18030,
     .decode = gb18030_decode,
     .encode = gb18030_encode,
     .plain = true},
    {0},
};
const CjkCodec taiwanese_codecs[] = {
    {.name = "big5", .set = &charset_big5, DOUBLE_BYTE},
    {.name = "cp950", .set = &charset_cp950, DOUBLE_BYTE},
    {0},
};
const CjkCodec hong_kong_codecs[] = {
    {.name = "big5hkscs",
     .set = &charset_big5hkscs,
     .decode = double_byte_decode,
     .encode = hkscs_encode,
     .pairs = big5hkscs_pairs,
     .plain = true},
    {0},
};
