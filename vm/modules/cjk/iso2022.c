/* iso2022.c -- codecs with a state: the family of ISO 2022, where escape sequences say which set
** the bytes that follow belong to, and HZ.
**
** A set is named by its mark: the last byte of its escape sequence, with the high bit when two
** bytes are a character. state[0..2] are the marks of G0, G1 and G2; state[4] has flags. G0 is in
** use, G1 after SO and until SI; G2 for one character after ESC N. */
#include "vm/modules/cjk/cjk.h"

enum {
  ESC = 0x1B,
  SHIFT_OUT = 0x0E,
  SHIFT_IN = 0x0F,
  ASCII = 'B',
  LATIN = 'A',
  GREEK = 'F',
  ROMAN = 'J',
  KATAKANA = 'I',
  DOUBLE = 0x80
};
/* flags of state[4] */
enum { FLAGS = 4, SHIFTED = 1, FOREIGN = 2 /* inside an escape sequence of others */ };
/* what a family knows */
enum { NO_SHIFT = 1, HAS_G2 = 2, HAS_ESC_ESC = 4 /* ESC & @ ESC $ B is ESC $ B */ };

/* A set of a family. mask: the bits of `set`'s codes that the two bytes lack. */
typedef struct Designation {
  uint8_t mark, group; /* G0, G1 or G2 */
  uint16_t mask;
  const Charset *set;       /* NULL: of single bytes */
  const CharsetPair *pairs; /* only these: looked at before all others */
} Designation;

typedef struct Iso2022 {
  const Designation *sets; /* in the order of preference; mark 0 ends them */
  uint8_t features;
} Iso2022;

#define JISX0208 \
  { 'B' | DOUBLE, 0, 0, &charset_jisx0208, NULL }
#define JISX0208_OLD \
  { '@' | DOUBLE, 0, 0, &charset_jisx0208, NULL }
#define JISX0212 \
  { 'D' | DOUBLE, 0, 0, &charset_jisx0212, NULL }
#define JISX0213(mark, set) \
  {(mark) | DOUBLE, 0, 0, (set), NULL}, { 'P' | DOUBLE, 0, 0x8000, (set), NULL }
#define JISX0213_PAIRS(mark, set) \
  { (mark) | DOUBLE, 0, 0, (set), jisx0213_pairs }
#define KSX1001(group) \
  { 'C' | DOUBLE, (group), 0x8080, &charset_ksx1001, NULL }
#define GB2312 \
  { 'A' | DOUBLE, 0, 0x8080, &charset_gb2312, NULL }
#define SINGLE(mark, group) \
  { (mark), (group), 0, NULL, NULL }

static const Designation jp_sets[] = {JISX0208, SINGLE(ROMAN, 0), JISX0208_OLD, {0}};
static const Designation jp_1_sets[] = {JISX0208, JISX0212, SINGLE(ROMAN, 0), JISX0208_OLD, {0}};
static const Designation jp_2_sets[] = {JISX0208,         JISX0212,         KSX1001(0),
                                        GB2312,           SINGLE(ROMAN, 0), JISX0208_OLD,
                                        SINGLE(LATIN, 2), SINGLE(GREEK, 2), {0}};
static const Designation jp_2004_sets[] = {
    JISX0213_PAIRS('Q', &charset_jisx0213), JISX0208, JISX0213('Q', &charset_jisx0213), {0}};
static const Designation jp_3_sets[] = {JISX0213_PAIRS('O', &charset_jisx0213_2000),
                                        JISX0208,
                                        JISX0213('O', &charset_jisx0213_2000),
                                        {0}};
static const Designation jp_ext_sets[] = {
    JISX0208, JISX0212, SINGLE(ROMAN, 0), SINGLE(KATAKANA, 0), JISX0208_OLD, {0}};
static const Designation kr_sets[] = {KSX1001(1), {0}};

static void iso_start(uint8_t state[CJK_STATE], bool decoding) {
  state[0] = state[1] = ASCII;
  if (decoding) state[2] = ASCII;
}

/* ---- decoding */

static const Designation *find_set(const Iso2022 *iso, uint8_t mark) {
  for (const Designation *set = iso->sets; set->mark; set++)
    if (set->mark == mark) return set;
  return NULL;
}

static bool ends_escape(uint8_t byte) { return (byte >= 'A' && byte <= 'Z') || byte == '@'; }

/* The escape sequence at p: its size; 0: it has no end within reason; TOO_FEW. */
static int escape_size(const Iso2022 *iso, const uint8_t *p, size_t left) {
  enum { SIZE_MAX_ = 16 };
  for (size_t i = 1; i < SIZE_MAX_; i++) {
    if (i >= left) return TOO_FEW;
    if (ends_escape(p[i])) return (int)i + 1;
    bool twice = (iso->features & HAS_ESC_ESC) && i + 1 < left && p[i] == '&' && p[i + 1] == '@';
    if (twice) i += 2;
  }
  return 0;
}

/* What the sequence says: the mark, and the group it is for; false: nothing known. */
static bool read_escape(const Iso2022 *iso, const uint8_t *p, int size, uint8_t *mark, int *group) {
  bool is_double = p[1] == '$';
  *group = 0;
  if (size == 3) {
    *mark = p[2] | (is_double ? DOUBLE : 0);
    if (is_double) return true;
    if (p[1] == '.') *group = 2;
    if (p[1] == ')') *group = 1;
    return p[1] == '(' || p[1] == ')' || (p[1] == '.' && iso->features & HAS_G2);
  }
  if (size == 4) {
    *mark = p[3] | DOUBLE;
    *group = p[2] == ')';
    return is_double && (p[2] == '(' || p[2] == ')');
  }
  *mark = 'B' | DOUBLE;
  return size == 6 && iso->features & HAS_ESC_ESC && p[3] == ESC && p[4] == '$' && p[5] == 'B';
}

/* Bytes used; as DecodeOne's answers. */
static int decode_escape(const Iso2022 *iso, uint8_t *state, const uint8_t *p, size_t left) {
  uint8_t mark;
  int group, size = escape_size(iso, p, left);
  if (size == TOO_FEW) return TOO_FEW;
  if (size == 0) return ILLEGAL(1);
  if (!read_escape(iso, p, size, &mark, &group)) return ILLEGAL(size);
  if (mark != ASCII && !find_set(iso, mark)) return ILLEGAL(size);
  state[group] = mark;
  return size;
}

/* ESC N and a character of G2 */
static int decode_g2(const uint8_t *state, const uint8_t *p, size_t left, uint32_t *c) {
  if (left < 3) return TOO_FEW;
  *c = p[2];
  if (state[2] == GREEK) {
    *c ^= 0x80;
    if (*c < 0xA0) return 3;
    *c = greek_values[*c - 0xA0];
    return *c ? 3 : ILLEGAL(3);
  }
  if (*c >= 0x80) return ILLEGAL(3);
  if (state[2] == LATIN) *c += 0x80;
  return 3;
}

/* A character of the set in use. */
static int decode_by_set(const Iso2022 *iso, uint8_t mark, const uint8_t *p, size_t left,
                         uint32_t *c) {
  const Designation *set = find_set(iso, mark);
  if (mark & DOUBLE && left < 2) return TOO_FEW;
  if (mark == ROMAN) {
    *c = p[0] == '\\' ? 0xA5 : p[0] == '~' ? 0x203E : p[0];
    return 1;
  }
  if (mark == KATAKANA) {
    *c = p[0] - 0x21u + 0xFF61;
    return p[0] >= 0x21 && p[0] <= 0x5F ? 1 : ILLEGAL(1);
  }
  if (!set || !set->set) return ILLEGAL(1);
  /* one code of the second plane came later, and all read it */
  const Charset *from = set->mask == 0x8000 ? &charset_jisx0213 : set->set;
  *c = p[1] < 0x80 ? charset_decode(from, p[0] | set->mask >> 8, p[1] | (set->mask & 0x80)) : 0;
  return *c ? 2 : ILLEGAL(2);
}

/* One step: a character, or what only changes the state (*c UINT32_MAX). */
static int iso_decode_one(const CjkCodec *codec, uint8_t *state, const uint8_t *p, size_t left,
                          uint32_t *c) {
  const Iso2022 *iso = codec->iso;
  *c = p[0];
  if (state[FLAGS] & FOREIGN) {
    if (ends_escape(p[0])) state[FLAGS] &= (uint8_t)~FOREIGN;
    return 1;
  }
  if (p[0] == ESC) {
    if (left < 2) return TOO_FEW;
    *c = UINT32_MAX;
    bool known = p[1] == '(' || p[1] == ')' || p[1] == '$' || p[1] == '.' || p[1] == '&';
    if (known) return decode_escape(iso, state, p, left);
    if (iso->features & HAS_G2 && p[1] == 'N') return decode_g2(state, p, left, c);
    state[FLAGS] |= FOREIGN;
    *c = ESC;
    return 1;
  }
  bool shift = !(iso->features & NO_SHIFT) && (p[0] == SHIFT_OUT || p[0] == SHIFT_IN);
  if (shift) {
    *c = UINT32_MAX;
    state[FLAGS] = (state[FLAGS] & (uint8_t)~SHIFTED) | (p[0] == SHIFT_OUT ? SHIFTED : 0);
    return 1;
  }
  if (p[0] == '\n') state[FLAGS] &= (uint8_t)~SHIFTED;
  if (p[0] < 0x20) return 1;
  if (p[0] >= 0x80) return ILLEGAL(1);
  uint8_t mark = state[state[FLAGS] & SHIFTED ? 1 : 0];
  return mark == ASCII ? 1 : decode_by_set(iso, mark, p, left, c);
}

static int iso_decode(const CjkCodec *codec, uint8_t state[CJK_STATE], DecodePart *part) {
  while (part->at < part->end && part->out < part->limit) {
    uint32_t c;
    int used = iso_decode_one(codec, state, part->at, (size_t)(part->end - part->at), &c);
    if (used < 0) return part_answer(used);
    part->at += used;
    if (c == UINT32_MAX) continue;
    if (c > 0x10FFFF) {
      *part->out++ = c >> 16;
      c &= 0xFFFF;
    }
    *part->out++ = c;
  }
  return 0;
}

static void iso_restart(uint8_t state[CJK_STATE]) {
  state[0] = ASCII;
  state[FLAGS] &= (uint8_t)~SHIFTED;
}

/* ---- encoding */

static void put_shift(uint8_t *state, bool shifted, uint8_t **out) {
  if (shifted == (bool)(state[FLAGS] & SHIFTED)) return;
  put_byte(out, shifted ? SHIFT_OUT : SHIFT_IN);
  state[FLAGS] ^= SHIFTED;
}

static void put_designation(uint8_t *state, uint8_t mark, int group, uint8_t **out) {
  if (state[group] == mark) return;
  state[group] = mark;
  uint8_t last = mark & (uint8_t)~DOUBLE;
  bool is_double = mark & DOUBLE;
  bool is_short = is_double && !group && (last == 'B' || last == '@');
  put_byte(out, ESC);
  if (is_double) put_byte(out, '$');
  if (!is_short) put_byte(out, group ? ')' : '(');
  put_byte(out, last);
}

/* How many characters the set has a code for: 0, 1 or 2; or TOO_FEW. */
static int encode_by_set(const Designation *set, const uint32_t *p, const EncodePart *part,
                         uint32_t *code) {
  uint32_t c = *p;
  switch (set->mark) {
  case ROMAN: *code = c == 0xA5 ? '\\' : '~'; return c == 0xA5 || c == 0x203E;
  case KATAKANA: *code = c - 0xFF61 + 0x21; return c >= 0xFF61 && c <= 0xFF9F;
  case LATIN:
  case GREEK: return 0;
  }
  if (set->pairs) {
    int used = encode_pair(set->pairs, set->set, p, part, code);
    return used == 2 || used == TOO_FEW ? used : 0;
  }
  *code = charset_encode(set->set, c);
  if (!*code || (*code & 0x8080) != set->mask) return 0;
  *code &= 0x7F7F;
  return 1;
}

static int iso_encode_one(const CjkCodec *codec, uint8_t *state, EncodePart *part) {
  if (*part->at < 0x80) {
    put_designation(state, ASCII, 0, &part->out);
    put_shift(state, false, &part->out);
    return put_byte(&part->out, *part->at);
  }
  for (const Designation *set = codec->iso->sets; set->mark; set++) {
    uint32_t code;
    int used = encode_by_set(set, part->at, part, &code);
    if (used == TOO_FEW) return used;
    if (!used) continue;
    if (set->group == 0) put_shift(state, false, &part->out);
    put_designation(state, set->mark, set->group, &part->out);
    if (set->group == 1) put_shift(state, true, &part->out);
    if (set->mark & DOUBLE) put_code(&part->out, code);
    else put_byte(&part->out, code);
    return used;
  }
  return ILLEGAL(1);
}

static int iso_encode(const CjkCodec *codec, uint8_t state[CJK_STATE], EncodePart *part) {
  while (part->at < part->end) {
    int used = iso_encode_one(codec, state, part);
    if (used < 0) return part_answer(used);
    part->at += used;
  }
  return 0;
}

static size_t iso_finish(uint8_t state[CJK_STATE], uint8_t *out) {
  uint8_t *at = out;
  put_shift(state, false, &at);
  put_designation(state, ASCII, 0, &at);
  return (size_t)(at - out);
}

/* ---- HZ: ~{ and ~} around characters of GB 2312; state[0]: inside */

static int hz_decode_one(const CjkCodec *codec, uint8_t *state, const uint8_t *p, size_t left,
                         uint32_t *c) {
  *c = UINT32_MAX;
  if (p[0] == '~') {
    if (left < 2) return TOO_FEW;
    bool inside = state[0];
    if (p[1] == '~' && !inside) *c = '~';
    else if (p[1] == '{' && !inside) state[0] = 1;
    else if (p[1] == '}' && inside) state[0] = 0;
    else if (p[1] != '\n' || inside) return ILLEGAL(1);
    return 2;
  }
  if (p[0] >= 0x80) return ILLEGAL(1);
  if (!state[0]) {
    *c = p[0];
    return 1;
  }
  if (left < 2) return TOO_FEW;
  *c = charset_decode(codec->set, p[0] ^ 0x80u, p[1] ^ 0x80u);
  return *c ? 2 : ILLEGAL(1);
}

static int hz_decode(const CjkCodec *codec, uint8_t state[CJK_STATE], DecodePart *part) {
  while (part->at < part->end && part->out < part->limit) {
    uint32_t c;
    int used = hz_decode_one(codec, state, part->at, (size_t)(part->end - part->at), &c);
    if (used < 0) return part_answer(used);
    part->at += used;
    if (c != UINT32_MAX) *part->out++ = c;
  }
  return 0;
}

static size_t hz_switch(uint8_t *state, bool inside, uint8_t *out) {
  if (state[0] == inside) return 0;
  state[0] = inside;
  out[0] = '~', out[1] = inside ? '{' : '}';
  return 2;
}

static int hz_encode(const CjkCodec *codec, uint8_t state[CJK_STATE], EncodePart *part) {
  for (; part->at < part->end; part->at++) {
    uint32_t c = *part->at, code = c < 0x80 ? 0 : charset_encode(codec->set, c);
    if (c >= 0x80 && !code) return 1;
    part->out += hz_switch(state, c >= 0x80, part->out);
    if (c >= 0x80) put_code(&part->out, code & 0x7F7F);
    else put_byte(&part->out, c);
    if (c == '~') put_byte(&part->out, '~');
  }
  return 0;
}

static void hz_start(uint8_t state[CJK_STATE], bool decoding) { state[0] = 0; }
static void hz_restart(uint8_t state[CJK_STATE]) { state[0] = 0; }
static size_t hz_finish(uint8_t state[CJK_STATE], uint8_t *out) {
  return hz_switch(state, false, out);
}

const CjkCodec hz_codec = {
    .name = "hz",
    .set = &charset_gb2312,
    .decode = hz_decode,
    .encode = hz_encode,
    .start = hz_start,
    .restart = hz_restart,
    .finish = hz_finish,
};

#define ISO(suffix, features)                                                               \
  {                                                                                         \
    .name = "iso2022_" #suffix, .iso = &(const Iso2022){suffix##_sets, (features)},         \
    .decode = iso_decode, .encode = iso_encode, .start = iso_start, .restart = iso_restart, \
    .finish = iso_finish,                                                                   \
  }
const CjkCodec iso2022_codecs[] = {
    ISO(kr, 0),
    ISO(jp, NO_SHIFT | HAS_ESC_ESC),
    ISO(jp_1, NO_SHIFT | HAS_ESC_ESC),
    ISO(jp_2, NO_SHIFT | HAS_ESC_ESC | HAS_G2),
    ISO(jp_2004, NO_SHIFT | HAS_ESC_ESC),
    ISO(jp_3, NO_SHIFT | HAS_ESC_ESC),
    ISO(jp_ext, NO_SHIFT | HAS_ESC_ESC),
    {0},
};
