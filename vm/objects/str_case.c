/* str_case.c -- case mappings and character tests of str.
**
** ASCII texts go through a byte loop; others through the full mappings of base/unicode.h, final
** sigma included. */
#include "vm/base/unicode.h"
#include "vm/objects/str_ops.h"

/* ---- ASCII */

static inline uint8_t ascii_lower(uint8_t c) {
  return (uint8_t)(c | ((uint8_t)(c - 'A') < 26) << 5);
}
static inline uint8_t ascii_upper(uint8_t c) {
  return (uint8_t)(c & ~(((uint8_t)(c - 'a') < 26) << 5));
}

static void map_ascii(UnicodeCase mode, const uint8_t *from, uint8_t *to, size_t n) {
  bool inside = false;
  switch (mode) {
  case CASE_LOWER:
  case CASE_FOLD:
    for (size_t i = 0; i < n; i++) to[i] = ascii_lower(from[i]);
    break;
  case CASE_UPPER:
    for (size_t i = 0; i < n; i++) to[i] = ascii_upper(from[i]);
    break;
  case CASE_SWAP:
    for (size_t i = 0; i < n; i++)
      to[i] = (uint8_t)(from[i] ^ ((uint8_t)((from[i] | 32) - 'a') < 26) << 5);
    break;
  case CASE_TITLE:
    for (size_t i = 0; i < n; i++) {
      to[i] = inside ? ascii_lower(from[i]) : ascii_upper(from[i]);
      inside = (uint8_t)((from[i] | 32) - 'a') < 26;
    }
    break;
  }
}

/* ---- any text */

/* A capital sigma ends a word: a cased character before it, none behind, not counting
** case-ignorable ones. */
static bool is_final_sigma(const Str *s, size_t at) {
  size_t i = at;
  uint32_t c = 0;
  while (i > 0 && unicode_is_case_ignorable(c = str_at(s, i - 1))) i--;
  if (i == 0 || !unicode_is_cased(c)) return false;
  for (i = at + 1; i < s->length; i++)
    if (!unicode_is_case_ignorable(c = str_at(s, i))) return !unicode_is_cased(c);
  return true;
}

static int lower_at(const Str *s, size_t i, uint32_t c, uint32_t *out) {
  if (c == 0x3A3) {
    out[0] = is_final_sigma(s, i) ? 0x3C2 : 0x3C3;
    return 1;
  }
  return unicode_full_lower(c, out);
}

/* The character at i into the builder, whatever it becomes. */
static void map_at(StrBuilder *b, UnicodeCase mode, const Str *s, size_t i, bool *inside) {
  uint32_t c = str_at(s, i), mapped[UNICODE_CASE_MAX] = {c};
  int count = 1;
  switch (mode) {
  case CASE_LOWER: count = lower_at(s, i, c, mapped); break;
  case CASE_UPPER: count = unicode_full_upper(c, mapped); break;
  case CASE_FOLD: count = unicode_full_fold(c, mapped); break;
  case CASE_SWAP:
    if (unicode_is_upper(c)) count = lower_at(s, i, c, mapped);
    else if (unicode_is_lower(c)) count = unicode_full_upper(c, mapped);
    break;
  case CASE_TITLE:
    count = *inside ? lower_at(s, i, c, mapped) : unicode_full_title(c, mapped);
    *inside = unicode_is_cased(c);
    break;
  }
  for (int k = 0; k < count; k++) str_builder_char(b, mapped[k]);
}

enum { BLOCK_BYTES = 1024 };

/* Units [start, end) into the builder: by blocks, and one by one where a character becomes
** several. */
static void map_units(StrBuilder *b, UnicodeCase mode, const Str *s, size_t start, size_t end) {
  int kind = str_kind(s);
  const uint8_t *units = str_data(s);
  uint32_t block[BLOCK_BYTES / 4];
  bool inside = false;
  for (size_t i = start; i < end;) {
    size_t n = end - i < (size_t)(BLOCK_BYTES >> kind) ? end - i : (size_t)(BLOCK_BYTES >> kind);
    uint32_t mask = 0;
    size_t done = unicode_map(mode, units + (i << kind), block, 1 << kind, n, &inside, &mask);
    str_builder_units(b, block, kind, done, mask);
    i += done;
    if (done < n) map_at(b, mode, s, i++, &inside);
  }
}

static Str *map_case(VM *vm, Str *s, UnicodeCase mode) {
  size_t n = s->length;
  if (n == 0) return str_empty();
  if (str_is_ascii(s)) {
    Str *result = str_alloc(vm, n, 0x7F);
    if (result) map_ascii(mode, str_data(s), result->data, n);
    return result && n == 1 ? str_from_char(vm, result->data[0]) : result;
  }
  StrBuilder b;
  str_builder_init(&b, vm);
  map_units(&b, mode, s, 0, n);
  return str_builder_finish(&b);
}

Str *str_capitalize(VM *vm, Str *s) {
  size_t n = s->length;
  if (n == 0) return str_empty();
  if (str_is_ascii(s)) {
    Str *result = map_case(vm, s, CASE_LOWER);
    if (!result || n == 1) return result ? str_upper(vm, s) : NULL;
    result->data[0] = ascii_upper(result->data[0]);
    return result;
  }
  StrBuilder b;
  str_builder_init(&b, vm);
  map_units(&b, CASE_TITLE, s, 0, 1);
  map_units(&b, CASE_LOWER, s, 1, n);
  return str_builder_finish(&b);
}

Str *str_lower(VM *vm, Str *s) { return map_case(vm, s, CASE_LOWER); }
Str *str_upper(VM *vm, Str *s) { return map_case(vm, s, CASE_UPPER); }
Str *str_title(VM *vm, Str *s) { return map_case(vm, s, CASE_TITLE); }
Str *str_swapcase(VM *vm, Str *s) { return map_case(vm, s, CASE_SWAP); }
Str *str_casefold(VM *vm, Str *s) { return map_case(vm, s, CASE_FOLD); }

/* ---- tests */

bool str_all(const Str *s, uint32_t flags) {
  return s->length && unicode_all(str_data(s), 1 << str_kind(s), s->length, flags);
}

/* In ASCII a letter's bit 32 is its case. */
static bool is_ascii_case(const Str *s, uint8_t case_bit) {
  const uint8_t *p = str_data(s);
  bool cased = false;
  for (size_t i = 0; i < s->length; i++) {
    if ((uint8_t)((p[i] | 32) - 'a') >= 26) continue;
    if ((p[i] & 32) != case_bit) return false;
    cased = true;
  }
  return cased;
}

/* Some character has the property, none of the others. */
static bool has_only(const Str *s, uint32_t wanted, uint32_t others) {
  uint32_t flags = unicode_any(str_data(s), 1 << str_kind(s), s->length);
  return (flags & wanted) && !(flags & others);
}

bool str_is_lower_text(const Str *s) {
  if (LIKELY(str_is_ascii(s))) return is_ascii_case(s, 32);
  return has_only(s, UNICODE_LOWER, UNICODE_UPPER | UNICODE_TITLE);
}

bool str_is_upper_text(const Str *s) {
  if (LIKELY(str_is_ascii(s))) return is_ascii_case(s, 0);
  return has_only(s, UNICODE_UPPER, UNICODE_LOWER | UNICODE_TITLE);
}

bool str_is_title_text(const Str *s) {
  bool cased = false, inside = false;
  for (size_t i = 0; i < s->length; i++) {
    uint32_t flags = unicode_flags(str_at(s, i));
    if (flags & (UNICODE_UPPER | UNICODE_TITLE)) {
      if (inside) return false;
      inside = cased = true;
    } else if (flags & UNICODE_LOWER) {
      if (!inside) return false;
      inside = cased = true;
    } else {
      inside = false;
    }
  }
  return cased;
}

bool str_is_identifier(const Str *s) {
  if (!s->length || !unicode_is_xid_start(str_at(s, 0))) return false;
  int kind = str_kind(s);
  const uint8_t *rest = (const uint8_t *)str_data(s) + ((size_t)1 << kind);
  return unicode_all(rest, 1 << kind, s->length - 1, UNICODE_XID_CONTINUE);
}

bool str_is_printable(const Str *s) { return !s->length || str_all(s, UNICODE_PRINTABLE); }
