/* charset.h -- coded character sets: two bytes to a character, and back.
**
** A code is lead << 8 | trail: as GBK, Big5 and CP949 write it; of Japanese sets, row and cell from
** 0x21 on (the row's high bit: second plane of JIS X 0213, rows above 0x7E: CP932).
**
** CharsetData is one set of tables. Decoding: a row for each lead gives the place of its first
** trail in `values`; 0 is no character, from EXTRA_FIRST to EXTRA_LAST a place in `extra`, which
** has what 16 bits do not hold. Encoding: pages[c >> 8] is a page of 8 blocks of 32 code points
** (page 0 is empty); bit c & 31 of a block says that there is a code; where in `codes`, the number
** of bits from it on, taken from the block's base.
**
** A Charset is tables, of which (decodes, encodes: a bit for each place in values, codes; NULL:
** all) it has only some, and what comes after them: so sets that differ in a few codes share what
** they have in common.
**
** Made by make_tables.py; checked by tests/meta/cjk_compare.py. */
#ifndef KRAIT_CJK_CHARSET_H
#define KRAIT_CJK_CHARSET_H

#include "vm/base/common.h"

typedef struct CharsetRow {
  uint16_t start;
  uint8_t first, last; /* trails; first > last: none */
} CharsetRow;

typedef struct CharsetData {
  const uint16_t *values;
  const CharsetRow *rows;
  const uint32_t *extra;
  const uint16_t *pages;
  const uint32_t *bits;
  const uint16_t *bases, *codes;
  uint16_t page_count;
  uint8_t lead_first, lead_last;
} CharsetData;

typedef struct Charset Charset;
struct Charset {
  const CharsetData *data;
  const uint8_t *decodes, *encodes;
  const Charset *next;
};

/* Two characters that one code stands for. */
typedef struct CharsetPair {
  uint16_t first, second, code;
} CharsetPair;

/* Code points [first, last] that GB 18030 numbers from `number` on. */
typedef struct Gb18030Range {
  uint16_t first, last, number;
} Gb18030Range;

extern const Charset charset_gb2312, charset_gbk, charset_gb18030, charset_big5, charset_cp950,
    charset_big5hkscs, charset_jisx0208, charset_jisx0212, charset_cp932, charset_jisx0213,
    charset_jisx0213_2000, charset_euc_jis_2004, charset_euc_jisx0213, charset_shift_jis_2004,
    charset_shift_jisx0213, charset_cp949, charset_ksx1001;
extern const CharsetPair big5hkscs_pairs[], jisx0213_pairs[]; /* a pair of zeros ends them */
extern const Gb18030Range gb18030_ranges[];
extern const uint16_t gb18030_range_count;

extern const uint16_t greek_values[96]; /* ISO 8859-7 from 0xA0 on; 0: no character */

enum { EXTRA_FIRST = 0xD800, EXTRA_LAST = 0xDFFF };

static inline bool charset_has(const uint8_t *members, size_t place) {
  return !members || (members[place >> 3] >> (place & 7) & 1);
}

/* charset_decode: a code point; above 0x10FFFF: first << 16 | second of two; 0: no character */
static inline uint32_t charset_decode(const Charset *set, unsigned lead, unsigned trail) {
  for (; set; set = set->next) {
    const CharsetData *data = set->data;
    if (lead < data->lead_first || lead > data->lead_last) continue;
    CharsetRow row = data->rows[lead - data->lead_first];
    if (trail < row.first || trail > row.last) continue;
    size_t place = row.start + (size_t)(trail - row.first);
    uint32_t value = data->values[place];
    if (!value || !charset_has(set->decodes, place)) continue;
    bool wide = value >= EXTRA_FIRST && value <= EXTRA_LAST;
    return UNLIKELY(wide) ? data->extra[value - EXTRA_FIRST] : value;
  }
  return 0;
}

static inline unsigned count_bits(uint32_t bits) {
  bits -= bits >> 1 & 0x55555555;
  bits = (bits & 0x33333333) + (bits >> 2 & 0x33333333);
  return ((bits + (bits >> 4)) & 0x0F0F0F0F) * 0x01010101u >> 24;
}

/* data_encode: the code that these tables, or those of them that `encodes` has, have; 0: none */
static ALWAYS_INLINE uint32_t data_encode(const CharsetData *data, const uint8_t *encodes,
                                          uint32_t c) {
  if (c >> 8 >= data->page_count) return 0;
  size_t block = data->pages[c >> 8] * (size_t)8 + (c >> 5 & 7);
  uint32_t bits = data->bits[block] >> (c & 31);
  if (!(bits & 1)) return 0;
  size_t place = data->bases[block] - (size_t)count_bits(bits);
  return charset_has(encodes, place) ? data->codes[place] : 0;
}

/* charset_encode: a code; 0: none */
static inline uint32_t charset_encode(const Charset *set, uint32_t c) {
  uint32_t code = 0;
  for (; set && !code; set = set->next) code = data_encode(set->data, set->encodes, c);
  return code;
}

#endif
