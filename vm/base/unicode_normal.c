/* unicode_normal.c -- the four normalisation forms (UAX 15), Hangul by arithmetic.
**
** Decompose fully, order combining marks by class (stable), then compose for the C forms.
*/
#include "unicode_data.h"

#include "utf8.h"

enum {
  HANGUL_S = 0xAC00,
  HANGUL_L = 0x1100,
  HANGUL_V = 0x1161,
  HANGUL_T = 0x11A7,
  HANGUL_L_COUNT = 19,
  HANGUL_V_COUNT = 21,
  HANGUL_T_COUNT = 28,
  HANGUL_N_COUNT = HANGUL_V_COUNT * HANGUL_T_COUNT,
  HANGUL_S_COUNT = HANGUL_L_COUNT * HANGUL_N_COUNT,
};

/* No code point below U+0300 is a mark, or the second of a pair that composes. */
enum { FIRST_MARK = 0x300 };
static inline int class_of(uint32_t c) { return c < FIRST_MARK ? 0 : unicode_combining(c); }

UnicodeCheck unicode_quick_check(UnicodeForm form, const uint32_t *text, size_t n) {
  UnicodeCheck result = UNICODE_YES;
  int last_class = 0;
  for (size_t i = 0; i < n; i++) {
    uint32_t c = text[i];
    if (c < 0x80) {
      last_class = 0;
      continue;
    }
    const UnicodeRecord *record = unicode_record(c);
    int class = record->combining;
    if (class && last_class > class) return UNICODE_NO;
    last_class = class;
    int answer = record->quick_check >> (form * 2) & 3;
    if (answer == UNICODE_NO) return UNICODE_NO;
    if (answer == UNICODE_MAYBE) result = UNICODE_MAYBE;
  }
  return result;
}

static void add_point(Buffer *out, uint32_t c) {
  if (out->capacity - out->size < sizeof c && !buffer_reserve(out, sizeof c)) return;
  memcpy(out->bytes + out->size, &c, sizeof c);
  out->size += sizeof c;
}

/* Five mappings that Corrigendum 4 changed after 3.2. */
static uint32_t old_mapping(uint32_t c) {
  static const uint32_t changed[5][2] = {{0x2F868, 0x2136A},
                                         {0x2F874, 0x5F33},
                                         {0x2F91F, 0x43AB},
                                         {0x2F95F, 0x7AAE},
                                         {0x2F9BF, 0x4D57}};
  for (int i = 0; i < 5; i++)
    if (changed[i][0] == c) return changed[i][1];
  return c;
}

static void decompose(uint32_t c, bool compatible, bool old, Buffer *out) {
  if (UNLIKELY(old) && c >= 0x80) {
    c = old_mapping(c);
    if (!unicode_in_3_2(c)) {
      add_point(out, c);
      return;
    }
  }
  if (c < 0x80) {
    add_point(out, c);
    return;
  }
  if (c - HANGUL_S < HANGUL_S_COUNT) {
    uint32_t s = c - HANGUL_S;
    add_point(out, HANGUL_L + s / HANGUL_N_COUNT);
    add_point(out, HANGUL_V + s % HANGUL_N_COUNT / HANGUL_T_COUNT);
    if (s % HANGUL_T_COUNT) add_point(out, HANGUL_T + s % HANGUL_T_COUNT);
    return;
  }
  uint32_t mapping[UNICODE_DECOMPOSED_MAX];
  const char *tag;
  int n = unicode_mapping(c, mapping, &tag);
  if (!n || (*tag && !compatible)) {
    add_point(out, c);
    return;
  }
  for (int i = 0; i < n; i++) decompose(mapping[i], compatible, old, out);
}

/* Insertion sort of each run of marks: runs are short. */
static void order_marks(uint32_t *text, size_t n) {
  for (size_t i = 1; i < n; i++) {
    if (text[i] < 0x300) continue;
    int class = class_of(text[i]);
    if (!class) continue;
    size_t j = i;
    uint32_t c = text[i];
    while (j > 0 && class_of(text[j - 1]) > class) {
      text[j] = text[j - 1];
      j--;
    }
    text[j] = c;
  }
}

/* What pairs became: a text has the same few again and again. */
enum { COMPOSED = 16 };
typedef struct Composed {
  uint32_t first, second, composite; /* second 0: none */
} Composed;

static uint32_t compose_known(Composed *known, uint32_t first, uint32_t second) {
  Composed *entry = &known[(first + second * 5) % COMPOSED];
  if (entry->first != first || entry->second != second)
    *entry = (Composed){first, second, unicode_compose_pair(first, second)};
  return entry->composite;
}

/* `record`: of the second. */
static uint32_t compose_two(Composed *known, uint32_t first, uint32_t second,
                            const UnicodeRecord *record) {
  if (first - HANGUL_L < HANGUL_L_COUNT && second - HANGUL_V < HANGUL_V_COUNT)
    return HANGUL_S + ((first - HANGUL_L) * HANGUL_V_COUNT + (second - HANGUL_V)) * HANGUL_T_COUNT;
  if (first - HANGUL_S < HANGUL_S_COUNT && (first - HANGUL_S) % HANGUL_T_COUNT == 0 &&
      second > HANGUL_T && second - HANGUL_T < HANGUL_T_COUNT)
    return first + (second - HANGUL_T);
  bool may_be_second = (record->quick_check >> (UNICODE_NFC * 2) & 3) == UNICODE_MAYBE;
  return may_be_second ? compose_known(known, first, second) : 0;
}

/* In place; the new length. A mark joins the last starter unless one of its class or higher stands
** between. */
static size_t compose(uint32_t *text, size_t n) {
  size_t kept = 0, starter = SIZE_MAX;
  int last_class = 0;
  Composed known[COMPOSED] = {0};
  for (size_t i = 0; i < n; i++) {
    uint32_t c = text[i];
    if (c < FIRST_MARK) {
      starter = kept, last_class = 0;
      text[kept++] = c;
      continue;
    }
    const UnicodeRecord *record = unicode_record(c);
    int class = record->combining;
    if (starter != SIZE_MAX && (kept == starter + 1 || (last_class < class && last_class))) {
      uint32_t composite = compose_two(known, text[starter], c, record);
      if (composite) {
        text[starter] = composite;
        continue;
      }
    }
    if (!class) starter = kept;
    last_class = class;
    text[kept++] = c;
  }
  return kept;
}

/* The decompositions, and the marks in order. Most code points stay, and marks are in order. */
static void decompose_all(const uint32_t *text, size_t n, bool compatible, Buffer *out) {
  UnicodeForm form = compatible ? UNICODE_NFKD : UNICODE_NFD;
  size_t start = out->size;
  int last_class = 0;
  bool in_order = true;
  for (size_t i = 0; i < n; i++) {
    uint32_t c = text[i];
    const UnicodeRecord *record = c < 0x80 ? NULL : unicode_record(c);
    if (!record || (record->quick_check >> (form * 2) & 3) == UNICODE_YES) {
      int class = record ? record->combining : 0;
      in_order = in_order && (!class || class >= last_class);
      last_class = class;
      add_point(out, c);
      continue;
    }
    size_t before = out->size;
    decompose(c, compatible, false, out);
    for (; before < out->size; before += sizeof c) {
      int class = class_of(*(uint32_t *)(out->bytes + before));
      in_order = in_order && (!class || class >= last_class);
      last_class = class;
    }
  }
  if (!in_order) order_marks((uint32_t *)(out->bytes + start), (out->size - start) / sizeof *text);
}

static void normalize(UnicodeForm form, bool old, const uint32_t *text, size_t n, Buffer *out) {
  size_t start = out->size;
  bool compatible = form == UNICODE_NFKD || form == UNICODE_NFKC;
  buffer_expect(out, n * sizeof *text + sizeof *text);
  if (!old) decompose_all(text, n, compatible, out);
  for (size_t i = 0; i < n && UNLIKELY(old); i++) decompose(text[i], compatible, old, out);
  if (UNLIKELY(out->failed)) return;
  uint32_t *points = (uint32_t *)(out->bytes + start);
  size_t count = (out->size - start) / sizeof *points;
  if (UNLIKELY(old)) order_marks(points, count);
  if (form == UNICODE_NFC || form == UNICODE_NFKC) count = compose(points, count);
  out->size = start + count * sizeof *points;
}

void unicode_normalize(UnicodeForm form, const uint32_t *text, size_t n, Buffer *out) {
  normalize(form, false, text, n, out);
}

void unicode_normalize_3_2(UnicodeForm form, const uint32_t *text, size_t n, Buffer *out) {
  normalize(form, true, text, n, out);
}

bool unicode_nfkc_utf8(const uint8_t *text, size_t n, Buffer *out) {
  Buffer points, normal;
  buffer_init(&points);
  buffer_init(&normal);
  for (size_t i = 0; i < n;) add_point(&points, utf8_next(text, &i));
  if (points.failed) return buffer_fail(out);
  size_t count = points.size / sizeof(uint32_t);
  bool changes = unicode_quick_check(UNICODE_NFKC, (uint32_t *)points.bytes, count) != UNICODE_YES;
  if (changes) {
    unicode_normalize(UNICODE_NFKC, (uint32_t *)points.bytes, count, &normal);
    changes = normal.size != points.size || memcmp(normal.bytes, points.bytes, normal.size) != 0;
    if (normal.failed) changes = buffer_fail(out);
    const uint32_t *c = (uint32_t *)normal.bytes;
    uint8_t bytes[4];
    for (size_t i = 0; i < normal.size / sizeof *c; i++)
      buffer_add(out, bytes, utf8_put(bytes, c[i]));
  } else {
    buffer_add(out, text, n);
  }
  buffer_deinit(&points);
  buffer_deinit(&normal);
  return changes;
}
