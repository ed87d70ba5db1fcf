/* korean.c -- EUC-KR, CP949 and Johab over KS X 1001.
**
** A syllable of Unicode is ((initial * 21) + vowel) * 28 + final, from 0xAC00 on; final 0: none. */
#include "vm/modules/cjk/cjk.h"

enum {
  SYLLABLE_FIRST = 0xAC00,
  SYLLABLE_LAST = 0xD7A3,
  VOWELS = 21,
  FINALS = 28,
  JAMO_FIRST = 0x3131, /* 30 consonants, then the vowels */
  CONSONANTS = 30,
  JAMO_LAST = 0x3163,
  NONE = 0xFF
};

/* Consonants, as jamo from JAMO_FIRST on, that are initials; that are finals (from 1 on). */
static const uint8_t initials[] = {0,  1,  3,  6,  7,  8,  16, 17, 18, 20,
                                   21, 22, 23, 24, 25, 26, 27, 28, 29};
static const uint8_t finals[] = {0,  1,  2,  3,  4,  5,  6,  8,  9,  10, 11, 12, 13, 14,
                                 15, 16, 17, 19, 20, 21, 22, 23, 25, 26, 27, 28, 29};

static unsigned find(const uint8_t *list, size_t n, unsigned wanted) {
  for (unsigned i = 0; i < n; i++)
    if (list[i] == wanted) return i;
  return NONE;
}
static unsigned initial_of(unsigned jamo) { return find(initials, ARRAY_COUNT(initials), jamo); }
static unsigned final_of(unsigned jamo) { return find(finals, ARRAY_COUNT(finals), jamo) + 1; }

/* ---- EUC-KR: a syllable that has no code is a filler and three jamo */

enum { FILLER = 0xD4, JAMO_ROW = 0xA4 };

static int syllable_decode(const uint8_t *p, size_t left, uint32_t *c) {
  if (left < 8) return TOO_FEW;
  if (p[2] != JAMO_ROW || p[4] != JAMO_ROW || p[6] != JAMO_ROW) return ILLEGAL(1);
  unsigned initial = initial_of(p[3] - 0xA1u), vowel = p[5] - 0xA1u - CONSONANTS;
  unsigned final = p[7] == FILLER ? 0 : final_of(p[7] - 0xA1u);
  if (initial == NONE || vowel >= VOWELS || final >= FINALS) return ILLEGAL(1);
  *c = SYLLABLE_FIRST + (initial * VOWELS + vowel) * FINALS + final;
  return 8;
}

static int put_syllable(uint8_t **out, uint32_t c) {
  c -= SYLLABLE_FIRST;
  unsigned initial = c / FINALS / VOWELS, vowel = c / FINALS % VOWELS, final = c % FINALS;
  put_code(out, JAMO_ROW << 8 | FILLER);
  put_code(out, JAMO_ROW << 8 | (initials[initial] + 0xA1u));
  put_code(out, JAMO_ROW << 8 | (vowel + CONSONANTS + 0xA1u));
  return put_code(out, JAMO_ROW << 8 | (final ? finals[final - 1] + 0xA1u : FILLER));
}

static int euc_kr_decode_one(const CjkCodec *codec, const uint8_t *p, size_t left, uint32_t *c) {
  if (left < 2) return TOO_FEW;
  if (UNLIKELY(p[0] == JAMO_ROW && p[1] == FILLER)) return syllable_decode(p, left, c);
  *c = charset_decode(codec->set, p[0], p[1]);
  return *c ? 2 : ILLEGAL(1);
}

static int euc_kr_encode_one(const CjkCodec *codec, const uint32_t *p, const EncodePart *part,
                             uint8_t **out) {
  uint32_t code = charset_encode(codec->set, *p);
  if (LIKELY(code)) return put_code(out, code);
  bool syllable = *p >= SYLLABLE_FIRST && *p <= SYLLABLE_LAST;
  return syllable ? put_syllable(out, *p) : ILLEGAL(1);
}

static int euc_kr_decode(const CjkCodec *codec, uint8_t state[CJK_STATE], DecodePart *part) {
  return decode_each(codec, part, euc_kr_decode_one, true);
}
static int euc_kr_encode(const CjkCodec *codec, uint8_t state[CJK_STATE], EncodePart *part) {
  return encode_each(codec, part, euc_kr_encode_one, put_code, true);
}

/* ---- Johab: a syllable is a bit and three numbers of five bits; other characters have codes that
** are made from those of KS X 1001, whose rows of syllables are left out. The numbers have gaps. */

enum { NO_INITIAL = 1, NO_VOWEL = 2, NO_FINAL = 1, SPACE = 0x3000 };

static unsigned vowel_number(unsigned vowel) { return vowel + 3 + (vowel + 1) / 6 * 2; }
static unsigned final_number(unsigned final) { return final + 1 + (final > 16); }

/* Numbers back; NONE: a gap. */
static unsigned vowel_at(unsigned number) {
  for (unsigned vowel = 0; vowel < VOWELS; vowel++)
    if (vowel_number(vowel) == number) return vowel;
  return NONE;
}
static unsigned final_at(unsigned number) {
  if (number < 1 || number == 18 || number > 29) return NONE;
  return number - 1 - (number > 18);
}

/* 0: no character */
static uint32_t johab_syllable(unsigned code) {
  unsigned initial = code >> 10 & 31, vowel = code >> 5 & 31, final = final_at(code & 31);
  bool has_initial = initial != NO_INITIAL, has_vowel = vowel != NO_VOWEL;
  if (initial < 1 || initial > 20 || final == NONE) return 0;
  unsigned v = has_vowel ? vowel_at(vowel) : 0;
  if (v == NONE) return 0;
  if (has_initial && has_vowel)
    return SYLLABLE_FIRST + ((initial - 2) * VOWELS + v) * FINALS + final;
  if (has_initial) return final ? 0 : JAMO_FIRST + initials[initial - 2];
  if (has_vowel) return final ? 0 : JAMO_FIRST + CONSONANTS + v;
  return final ? JAMO_FIRST + finals[final - 1] : SPACE;
}

static unsigned syllable_code(unsigned initial, unsigned vowel, unsigned final) {
  return 0x8000 | initial << 10 | vowel << 5 | final;
}

static int johab_decode_one(const CjkCodec *codec, const uint8_t *p, size_t left, uint32_t *c) {
  if (left < 2) return TOO_FEW;
  unsigned lead = p[0], trail = p[1];
  if (lead < 0xD8) {
    *c = johab_syllable(lead << 8 | trail);
    return *c ? 2 : ILLEGAL(1);
  }
  bool fits = lead >= 0xD9 && lead <= 0xF9 && lead != 0xDF;
  bool trail_fits = (trail >= 0x31 && trail <= 0x7E) || (trail >= 0x91 && trail <= 0xFE);
  if (!fits || !trail_fits || (lead == 0xDA && trail >= 0xA1 && trail <= 0xD3)) return ILLEGAL(1);
  unsigned place = trail - (trail < 0x91 ? 0x31u : 0x43u);
  unsigned row = (lead < 0xE0 ? (lead - 0xD9) * 2 + 0xA1 : (lead - 0xE0) * 2 + 0xCA) + place / 94;
  *c = charset_decode(codec->set, row, place % 94 + 0xA1);
  return *c ? 2 : ILLEGAL(1);
}

static int johab_encode_one(const CjkCodec *codec, const uint32_t *p, const EncodePart *part,
                            uint8_t **out) {
  uint32_t c = *p;
  if (c >= SYLLABLE_FIRST && c <= SYLLABLE_LAST) {
    unsigned n = c - SYLLABLE_FIRST;
    return put_code(out, syllable_code(n / FINALS / VOWELS + 2, vowel_number(n / FINALS % VOWELS),
                                       final_number(n % FINALS)));
  }
  if (c >= JAMO_FIRST && c <= JAMO_LAST) {
    unsigned jamo = c - JAMO_FIRST, initial = initial_of(jamo);
    if (jamo >= CONSONANTS)
      return put_code(out, syllable_code(NO_INITIAL, vowel_number(jamo - CONSONANTS), NO_FINAL));
    if (initial != NONE) return put_code(out, syllable_code(initial + 2, NO_VOWEL, NO_FINAL));
    return put_code(out, syllable_code(NO_INITIAL, NO_VOWEL, final_number(final_of(jamo))));
  }
  uint32_t code = charset_encode(codec->set, c);
  unsigned row = code >> 8, cell = (code & 0xFF) - 0xA1;
  bool low = row >= 0xA1 && row <= 0xAC, high = row >= 0xCA && row <= 0xFD;
  if (!low && !high) return ILLEGAL(1);
  unsigned n = low ? row - 0xA1 : row - 0xCA, place = (n & 1) * 94 + cell;
  unsigned lead = (low ? 0xD9 : 0xE0) + n / 2;
  return put_code(out, lead << 8 | (place + (place < 78 ? 0x31 : 0x43)));
}

static int johab_decode(const CjkCodec *codec, uint8_t state[CJK_STATE], DecodePart *part) {
  return decode_each(codec, part, johab_decode_one, true);
}
static int johab_encode(const CjkCodec *codec, uint8_t state[CJK_STATE], EncodePart *part) {
  return encode_each(codec, part, johab_encode_one, NULL, true);
}

const CjkCodec korean_codecs[] = {
    {.name = "euc_kr",
     .set = &charset_ksx1001,
     .decode = euc_kr_decode,
     .encode = euc_kr_encode,
     .plain = true},
    {.name = "cp949",
     .set = &charset_cp949,
     .decode = double_byte_decode,
     .encode = double_byte_encode,
     .plain = true},
    {.name = "johab",
     .set = &charset_ksx1001,
     .decode = johab_decode,
     .encode = johab_encode,
     .plain = true},
    {0},
};
