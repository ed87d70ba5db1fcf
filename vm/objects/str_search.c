/* str_search.c -- find, count, replace, strip, split, partition and join of str.
**
** A text is only searched for one of its own kind or narrower; a narrower one is widened first
** (narrow_for). */
#include "vm/base/lanes.h"
#include "vm/base/memory.h"
#include "vm/base/search.h"
#include "vm/base/unicode.h"
#include "vm/base/units.h"
#include "vm/contracts/error.h"
#include "vm/contracts/protocol.h"
#include "vm/objects/str_ops.h"

#include <stdlib.h>

enum { LISTEN_EVERY = 1 << 14 }; /* pieces of text */
enum { LONG_TEXT = 1 << 22 };    /* units: as many are looked through in a few milliseconds */

/* ---- a needle in the units of the haystack */

typedef struct Needle {
  const void *units;
  size_t length;
  void *copy;     /* [owned] or NULL */
  const Str *odd; /* not NULL: there was no memory for a copy; slow_find compares across kinds */
  uint8_t small[64];
  bool fits; /* false: has code points wider than the haystack's kind */
} Needle;

static void needle_init(Needle *needle, const Str *what, int kind) {
  int own = str_kind(what);
  needle->length = what->length;
  needle->copy = NULL;
  needle->odd = NULL;
  needle->fits = own <= kind;
  needle->units = str_data(what);
  if (own >= kind) return;
  size_t size = what->length << kind;
  void *to = size <= sizeof needle->small ? needle->small : (needle->copy = memory_take(size));
  if (UNLIKELY(!to)) {
    needle->odd = what;
    return;
  }
  units_convert(to, 1 << kind, needle->units, 1 << own, what->length);
  needle->units = to;
}

/* The needle's units one by one: for the time when there is no memory. */
COLD static bool odd_at(const Needle *needle, const void *hay, size_t at, int unit) {
  for (size_t k = 0; k < needle->length; k++) {
    uint32_t c = unit == 1   ? ((const uint8_t *)hay)[at + k]
                 : unit == 2 ? ((const uint16_t *)hay)[at + k]
                             : ((const uint32_t *)hay)[at + k];
    if (c != str_at(needle->odd, k)) return false;
  }
  return true;
}

static size_t needle_find(const Needle *needle, const void *hay, size_t size, int unit) {
  if (LIKELY(!needle->odd)) return search(hay, size, needle->units, needle->length, unit);
  for (size_t i = 0; i + needle->length <= size; i++)
    if (odd_at(needle, hay, i, unit)) return i;
  return SEARCH_NONE;
}

static size_t needle_find_back(const Needle *needle, const void *hay, size_t size, int unit) {
  if (LIKELY(!needle->odd)) return search_back(hay, size, needle->units, needle->length, unit);
  for (size_t i = size < needle->length ? 0 : size - needle->length + 1; i-- > 0;)
    if (odd_at(needle, hay, i, unit)) return i;
  return SEARCH_NONE;
}

static size_t needle_count(const Needle *needle, const void *hay, size_t size, int unit,
                           size_t most) {
  if (LIKELY(!needle->odd))
    return search_count(hay, size, needle->units, needle->length, unit, most);
  size_t n = 0;
  for (size_t i = 0; n < most && i + needle->length <= size;)
    if (odd_at(needle, hay, i, unit)) n++, i += needle->length;
    else i++;
  return n;
}

static inline void needle_deinit(Needle *needle) { free(needle->copy); }

static const uint8_t *units_at(const Str *s, size_t at) {
  return (const uint8_t *)str_data(s) + (at << str_kind(s));
}

int64_t str_find(const Str *s, const Str *what, size_t start, size_t end, bool from_end) {
  int kind = str_kind(s);
  size_t n = end - start;
  if (what->length > n || str_kind(what) > kind) return -1;
  size_t at;
  if (what->length == 1) {
    uint32_t c = str_at(what, 0);
    at = from_end ? search_unit_back(units_at(s, start), n, c, 1 << kind)
                  : search_unit(units_at(s, start), n, c, 1 << kind);
  } else {
    Needle needle;
    needle_init(&needle, what, kind);
    at = from_end ? needle_find_back(&needle, units_at(s, start), n, 1 << kind)
                  : needle_find(&needle, units_at(s, start), n, 1 << kind);
    needle_deinit(&needle);
  }
  return at == SEARCH_NONE ? -1 : (int64_t)(at + start);
}

size_t str_count(const Str *s, const Str *what, size_t start, size_t end) {
  Needle needle;
  needle_init(&needle, what, str_kind(s));
  size_t n = needle.fits ? needle_count(&needle, units_at(s, start), end - start, 1 << str_kind(s),
                                        SIZE_MAX)
                         : 0;
  needle_deinit(&needle);
  return n;
}

static bool match_at(const Str *s, const Str *what, size_t at) {
  int kind = str_kind(s);
  if (str_kind(what) > kind) return false;
  if (str_kind(what) == kind) return !memcmp(units_at(s, at), str_data(what), what->length << kind);
  for (size_t i = 0; i < what->length; i++)
    if (str_at(s, at + i) != str_at(what, i)) return false;
  return true;
}

bool str_has_prefix(const Str *s, const Str *prefix, size_t start, size_t end) {
  return prefix->length <= end - start && match_at(s, prefix, start);
}

bool str_has_suffix(const Str *s, const Str *suffix, size_t start, size_t end) {
  return suffix->length <= end - start && match_at(s, suffix, end - suffix->length);
}

/* ---- replace */

static uint32_t widest_of(const Str *s) {
  static const uint32_t widest[3] = {0xFF, 0xFFFF, 0x10FFFF};
  return str_is_ascii(s) ? 0x7F : widest[str_kind(s)];
}

/* The narrowest text with the units of `s`, which was made for the widest that it could hold;
** `gone` is no longer in it. */
static Str *narrowed(VM *vm, Str *s, uint32_t gone) {
  uint32_t widest = widest_of(s);
  bool may_be_narrower = widest >= 0x80 && units_range(&gone, 4, 1) == widest;
  if (LIKELY(!may_be_narrower)) return s;
  uint32_t range = units_range(s->data, 1 << str_kind(s), s->length);
  return range == widest ? s : str_new_units(vm, s->data, str_kind(s), s->length, range);
}

static bool replace_some(VM *vm, Str *s, size_t at, uint32_t old, uint32_t new, size_t most) {
  int kind = str_kind(s);
  uint8_t *data = s->data;
  for (; most && at < s->length; most--) {
    if (UNLIKELY(most % LISTEN_EVERY == 0) && !vm_listen(vm)) return false;
    units_fill(data + (at << kind), 1 << kind, new, 1);
    at++;
    size_t next = search_unit(data + (at << kind), s->length - at, old, 1 << kind);
    if (next == SEARCH_NONE) break;
    at += next;
  }
  return true;
}

/* One character by one of a width that fits. */
static Str *replace_unit(VM *vm, Str *s, uint32_t old, uint32_t new, size_t most) {
  int kind = str_kind(s), unit = 1 << kind;
  size_t n = s->length, at = search_unit(str_data(s), n, old, unit);
  if (at == SEARCH_NONE) return str_exact(vm, s);
  if (n == 1) return str_from_char(vm, new);
  Str *result = str_alloc(vm, n, widest_of(s));
  if (!result) return NULL;
  if (most >= n) {
    for (size_t i = 0, part; i < n; i += part) {
      part = n - i < LONG_TEXT ? n - i : LONG_TEXT;
      units_put(result->data + (i << kind), units_at(s, i), unit, part, old, new);
      if (UNLIKELY(part == LONG_TEXT) && !vm_listen(vm)) return NULL;
    }
  } else {
    memcpy(result->data, str_data(s), n << kind);
    if (!replace_some(vm, result, at, old, new, most)) return NULL;
  }
  return narrowed(vm, result, old);
}

static Str *replace_empty(VM *vm, Str *s, Str *new, size_t most) {
  StrBuilder b;
  str_builder_init(&b, vm);
  size_t i = 0;
  for (; i < s->length && i < most; i++) {
    str_builder_str(&b, new);
    str_builder_char(&b, str_at(s, i));
  }
  if (i < most) str_builder_str(&b, new);
  str_builder_range(&b, s, i, s->length);
  return str_builder_finish(&b);
}

/* How often the needle occurs in all of s, at most `most` times; false: a handler has raised. */
static bool count_listening(VM *vm, const Needle *needle, const Str *s, size_t most,
                            size_t *count) {
  int unit = 1 << str_kind(s);
  *count = 0;
  if (s->length < LONG_TEXT) {
    *count = needle_count(needle, str_data(s), s->length, unit, most);
    return true;
  }
  for (size_t from = 0; *count < most; ++*count) {
    size_t run = needle_find(needle, units_at(s, from), s->length - from, unit);
    if (run == SEARCH_NONE) break;
    from += run + needle->length;
    if (UNLIKELY(*count % LISTEN_EVERY == 0) && !vm_listen(vm)) return false;
  }
  return true;
}

/* One Latin-1 character of a short text by Latin-1 text: in one pass, through the C stack. */
enum { SHORT_TEXT = 64, SHORT_RESULT = 512 };
static Str *replace_short(VM *vm, Str *s, uint8_t old, const Str *new, size_t most) {
  uint8_t out[SHORT_RESULT], *to = out;
  const uint8_t *from = str_data(s), *end = from + s->length, *by = str_data(new);
  size_t n = new->length;
  for (; from < end; from++) {
    *to = *from;
    if (LIKELY(*from != old || !most)) {
      to++;
      continue;
    }
    for (size_t k = 0; k < n; k++) to[k] = by[k];
    to += n;
    most--;
  }
  size_t total = (size_t)(to - out);
  if (str_is_ascii(s) && str_is_ascii(new)) return str_new_ascii(vm, (const char *)out, total);
  return str_new_latin1(vm, out, total);
}

Str *str_replace(VM *vm, Str *s, Str *old, Str *new, int64_t count) {
  size_t most = count < 0 ? SIZE_MAX : (size_t)count;
  int kind = str_kind(s), unit = 1 << kind;
  if (most == 0 || old->length > s->length || str_kind(old) > kind || str_equal(old, new))
    return str_exact(vm, s);
  if (old->length == 0) return replace_empty(vm, s, new, most);
  if (old->length == 1 && new->length == 1 && str_kind(new) <= kind &&
      (str_is_ascii(new) || !str_is_ascii(s)))
    return replace_unit(vm, s, str_at(old, 0), str_at(new, 0), most);
  if (old->length == 1) {
    uint32_t c = str_at(old, 0);
    size_t first = search_unit(str_data(s), s->length, c, unit);
    if (first == SEARCH_NONE) return str_exact(vm, s);
    bool is_short = s->length <= SHORT_TEXT && s->length * (new->length + 1) <= SHORT_RESULT;
    if (is_short && kind == 0 && str_kind(new) == 0)
      return replace_short(vm, s, (uint8_t)c, new, most);
  }
  Needle needle;
  needle_init(&needle, old, kind);
  size_t found;
  Str *result = NULL;
  if (!count_listening(vm, &needle, s, most, &found)) goto done;
  if (!found) {
    result = str_exact(vm, s);
    goto done;
  }
  if (new->length > old->length &&
      (new->length - old->length) > (((size_t)1 << 47) - s->length) / found) {
    raise_error(vm, TYPE_OF(OverflowError), "replace string is too long");
    goto done;
  }
  size_t total = s->length - found * old->length + found * new->length;
  uint32_t widest = widest_of(s) > widest_of(new) ? widest_of(s) : widest_of(new);
  result = str_alloc(vm, total, widest);
  if (!result || !total) goto done;
  int to_kind = str_kind(result), to_unit = 1 << to_kind;
  size_t from = 0, to = 0;
  for (; found; found--) {
    if (UNLIKELY(found % LISTEN_EVERY == 0) && !vm_listen(vm)) {
      result = NULL;
      goto done;
    }
    size_t run = needle_find(&needle, units_at(s, from), s->length - from, unit);
    units_convert(result->data + (to << to_kind), to_unit, units_at(s, from), unit, run);
    to += run;
    if (new->length) str_copy_units(result->data, to_kind, to, new);
    to += new->length;
    from += run + needle.length;
  }
  units_convert(result->data + (to << to_kind), to_unit, units_at(s, from), unit, s->length - from);
  /* what was replaced may have been the widest */
  if (widest >= 0x80 && !str_is_ascii(old))
    result =
        str_new_units(vm, result->data, to_kind, total, units_range(result->data, to_unit, total));
done:
  needle_deinit(&needle);
  return result;
}

/* ---- strip */

static bool in_chars(const Str *chars, uint32_t c) {
  return search_unit(str_data(chars), chars->length, c, 1 << str_kind(chars)) != SEARCH_NONE;
}

Str *str_strip(VM *vm, Str *s, const Str *chars, int sides) {
  size_t start = 0, end = s->length;
#define DROP(c) (chars ? in_chars(chars, c) : unicode_is_space(c))
  if (sides & 1)
    while (start < end && DROP(str_at(s, start))) start++;
  if (sides & 2)
    while (end > start && DROP(str_at(s, end - 1))) end--;
#undef DROP
  return str_substring(vm, s, start, end);
}

/* ---- split */

/* Parts on their way into a list: the first ones wait here, so that a short list is made in one
** piece; perf-notes/0016. */
typedef struct Parts {
  VM *vm;
  List *list; /* NULL until there are more than fit here */
  size_t count;
  Value first[16];
} Parts;

static bool parts_add(Parts *p, Str *part) {
  if (UNLIKELY(!part)) return false;
  if (LIKELY(p->count < ARRAY_COUNT(p->first))) {
    p->first[p->count++] = value_from(part);
    return true;
  }
  if (!p->list && !(p->list = list_from_values(p->vm, p->first, p->count))) return false;
  return vm_listen(p->vm) && list_append_value(p->vm, p->list, value_from(part));
}

static List *parts_list(Parts *p) {
  return p->list ? p->list : list_from_values(p->vm, p->first, p->count);
}

/* Units [start, end) of the text. */
static bool parts_cut(Parts *p, Str *s, size_t start, size_t end) {
  size_t n = end - start;
  if (!str_is_ascii(s) || n == s->length) return parts_add(p, str_substring(p->vm, s, start, end));
  return parts_add(p, str_new_ascii(p->vm, (const char *)str_data(s) + start, n));
}

/* Cuts at runs of white space; a text for each width. */
#define DEFINE_SPLIT(N, Unit)                                 \
  static List *split_space_##N(VM *vm, Str *s, size_t most) { \
    Parts parts;                                              \
    parts.vm = vm, parts.list = NULL, parts.count = 0;        \
    const Unit *text = str_data(s);                           \
    size_t i = 0, n = s->length;                              \
    for (;;) {                                                \
      while (i < n && unicode_is_space(text[i])) i++;         \
      if (i == n) return parts_list(&parts);                  \
      size_t start = i;                                       \
      if (most-- == 0) i = n;                                 \
      else                                                    \
        while (i < n && !unicode_is_space(text[i])) i++;      \
      if (!parts_cut(&parts, s, start, i)) return NULL;       \
    }                                                         \
  }
DEFINE_SPLIT(1, uint8_t)
DEFINE_SPLIT(2, uint16_t)
DEFINE_SPLIT(4, uint32_t)

static List *split_space(VM *vm, Str *s, size_t most) {
  int kind = str_kind(s);
  return kind == 0   ? split_space_1(vm, s, most)
         : kind == 1 ? split_space_2(vm, s, most)
                     : split_space_4(vm, s, most);
}

static List *split_ascii_space(VM *vm, Str *s, size_t most) {
  static const uint8_t space[128] = {[9] = 1,  [10] = 1, [11] = 1, [12] = 1, [13] = 1,
                                     [28] = 1, [29] = 1, [30] = 1, [31] = 1, [32] = 1};
  Parts parts;
  parts.vm = vm, parts.list = NULL, parts.count = 0;
  const uint8_t *text = str_data(s);
  size_t i = 0, n = s->length;
  for (;;) {
    while (i < n && space[text[i]]) i++;
    if (i == n) return parts_list(&parts);
    size_t start = i;
    if (most-- == 0) {
      i = n;
    } else {
      while (i < n && !space[text[i]]) i++;
    }
    Str *part = i - start == s->length && s->h.shape == SHAPE_OF(str)
                    ? s
                    : str_new_ascii(vm, (const char *)text + start, i - start);
    if (!parts_add(&parts, part)) return NULL;
  }
}

static COLD List *empty_separator(VM *vm) {
  raise_value(vm, "empty separator");
  return NULL;
}

/* ASCII at one character: pieces are short as a rule, so a plain loop looks for the separator
** before memchr does. */
static List *split_ascii_char(VM *vm, Str *s, uint8_t separator, size_t most) {
  Parts parts;
  parts.vm = vm, parts.list = NULL, parts.count = 0;
  const uint8_t *p = str_data(s), *end = p + s->length;
  while (most-- > 0) {
    const uint8_t *q = p, *near = end - p > 16 ? p + 16 : end;
    while (q < near && *q != separator) q++;
    if (q == near) q = near < end ? memchr(near, separator, (size_t)(end - near)) : NULL;
    if (!q) break;
    if (!parts_add(&parts, str_new_ascii(vm, (const char *)p, (size_t)(q - p)))) return NULL;
    p = q + 1;
  }
  Str *rest = p == str_data(s) && s->h.shape == SHAPE_OF(str)
                  ? s
                  : str_new_ascii(vm, (const char *)p, (size_t)(end - p));
  return parts_add(&parts, rest) ? parts_list(&parts) : NULL;
}

List *str_split(VM *vm, Str *s, Str *separator, int64_t maxsplit) {
  size_t most = maxsplit < 0 ? SIZE_MAX : (size_t)maxsplit;
  if (!separator)
    return str_is_ascii(s) ? split_ascii_space(vm, s, most) : split_space(vm, s, most);
  if (!separator->length) return empty_separator(vm);
  if (separator->length == 1 && str_is_ascii(s) && str_is_ascii(separator))
    return split_ascii_char(vm, s, (uint8_t)str_at(separator, 0), most);
  int kind = str_kind(s), unit = 1 << kind;
  Parts parts;
  parts.vm = vm, parts.list = NULL, parts.count = 0;
  Needle needle;
  needle_init(&needle, separator, kind);
  size_t start = 0;
  bool ok = true;
  while (needle.fits && most-- > 0) {
    size_t run = needle_find(&needle, units_at(s, start), s->length - start, unit);
    if (run == SEARCH_NONE) break;
    ok = parts_cut(&parts, s, start, start + run);
    if (!ok) break;
    start += run + needle.length;
  }
  needle_deinit(&needle);
  return ok && parts_cut(&parts, s, start, s->length) ? parts_list(&parts) : NULL;
}

static List *rsplit_space(VM *vm, Str *s, size_t most) {
  Parts parts;
  parts.vm = vm, parts.list = NULL, parts.count = 0;
  size_t i = s->length;
  for (;;) {
    while (i > 0 && unicode_is_space(str_at(s, i - 1))) i--;
    if (i == 0) return list_turn(parts_list(&parts));
    size_t end = i;
    if (most-- == 0) i = 0;
    while (i > 0 && !unicode_is_space(str_at(s, i - 1))) i--;
    if (!parts_cut(&parts, s, i, end)) return NULL;
  }
}

List *str_rsplit(VM *vm, Str *s, Str *separator, int64_t maxsplit) {
  size_t most = maxsplit < 0 ? SIZE_MAX : (size_t)maxsplit;
  if (!separator) return rsplit_space(vm, s, most);
  if (!separator->length) return empty_separator(vm);
  Parts parts;
  parts.vm = vm, parts.list = NULL, parts.count = 0;
  Needle needle;
  needle_init(&needle, separator, str_kind(s));
  size_t end = s->length;
  bool ok = true;
  while (needle.fits && most-- > 0) {
    size_t at = needle_find_back(&needle, str_data(s), end, 1 << str_kind(s));
    if (at == SEARCH_NONE) break;
    ok = parts_cut(&parts, s, at + needle.length, end);
    if (!ok) break;
    end = at;
  }
  needle_deinit(&needle);
  return ok && parts_cut(&parts, s, 0, end) ? list_turn(parts_list(&parts)) : NULL;
}

List *str_splitlines(VM *vm, Str *s, bool keep_ends) {
  Parts parts;
  parts.vm = vm, parts.list = NULL, parts.count = 0;
  size_t n = s->length;
  int unit = 1 << str_kind(s);
  for (size_t i = 0; i < n;) {
    size_t start = i, run = units_line_break(units_at(s, i), unit, n - i);
    size_t end = i = run == UNITS_NONE ? n : i + run;
    if (i < n) {
      i += str_at(s, i) == '\r' && i + 1 < n && str_at(s, i + 1) == '\n' ? 2 : 1;
      if (keep_ends) end = i;
    }
    if (!parts_cut(&parts, s, start, end)) return NULL;
  }
  return parts_list(&parts);
}

Value str_partition(VM *vm, Str *s, Str *separator, bool from_end) {
  if (!separator->length) return raise_value(vm, "empty separator");
  int64_t at = str_find(s, separator, 0, s->length, from_end);
  Str *empty = str_empty(), *whole;
  if (at < 0) {
    if (!(whole = str_exact(vm, s))) return VALUE_FAIL;
    Tuple *none = from_end ? TUPLE(value_from(empty), value_from(empty), value_from(whole))
                           : TUPLE(value_from(whole), value_from(empty), value_from(empty));
    return value_of(none);
  }
  Str *before = str_substring(vm, s, 0, (size_t)at),
      *behind = str_substring(vm, s, (size_t)at + separator->length, s->length);
  if (!before || !behind) return VALUE_FAIL;
  return value_of(TUPLE(value_from(before), value_from(separator), value_from(behind)));
}

/* ---- join */

/* vm_listen on behalf of a loop over the items of what may be a list: if there is something to
** hear, *items becomes a copy first. */
static bool listen_over_items(VM *vm, size_t i, const Value **items, size_t count) {
  if (i % LISTEN_EVERY || LIKELY(!(vm->poll & POLL_IN_C))) return true;
  const Tuple *copy = tuple_from_values(vm, *items, count);
  if (!copy) return false;
  *items = copy->items;
  return vm_listen(vm);
}

/* Pieces are often single characters; where the next one goes. */
static inline uint8_t *put_piece(uint8_t *to, const uint8_t *bytes, size_t n) {
  if (n == 1) *to = *bytes;
  else lanes_copy(to, bytes, n);
  return to + n;
}

Value str_join(VM *vm, Str *separator, Value iterable) {
  const Value *items;
  size_t count;
  if (!sequence_view(iterable, &items, &count)) {
    if (!value_has_special(iterable, SPECIAL_iter) && !value_has_special(iterable, SPECIAL_getitem))
      return raise_type(vm, "can only join an iterable");
    List *list = list_from_iterable(vm, iterable);
    if (!list) return VALUE_FAIL;
    items = list_items(list);
    count = list_length(list);
  }
  if (count == 0) return value_from(str_empty());
  if (count == 1 && value_is(items[0], str)) return items[0];
  size_t total = 0;
  uint32_t widest = count > 1 ? widest_of(separator) : 0;
  for (size_t i = 0; i < count; i++) {
    if (UNLIKELY(!listen_over_items(vm, i, &items, count))) return VALUE_FAIL;
    if (UNLIKELY(!value_is_str(items[i])))
      return raise_type(vm, "sequence item %zd: expected str instance, %T found", (ssize_t)i,
                        items[i]);
    const Str *s = value_object(items[i]);
    total += s->length;
    uint32_t w = widest_of(s);
    if (w > widest) widest = w;
  }
  if (separator->length && count - 1 > (((size_t)1 << 47) - total) / separator->length)
    return raise_error(vm, TYPE_OF(OverflowError), "join() result is too long for a Python string");
  total += separator->length * (count - 1);
  Str *result = str_alloc(vm, total, widest);
  if (!result) return VALUE_FAIL;
  if (!total) return value_from(result);
  int kind = str_kind(result), separator_kind = str_kind(separator);
  size_t separator_size = separator->length;
  const void *separator_data = str_data(separator);
  if (kind == 0) { /* bytes only: no conversions */
    uint8_t *to = result->data;
    for (size_t i = 0; i < count; i++) {
      if (UNLIKELY(!listen_over_items(vm, i, &items, count))) return VALUE_FAIL;
      const Str *s = value_object(items[i]);
      if (i && separator_size == 1) *to++ = *(const uint8_t *)separator_data;
      else if (i && separator_size) to = (uint8_t *)mempcpy(to, separator_data, separator_size);
      to = put_piece(to, str_data(s), s->length);
    }
    return value_from(result);
  }
  size_t at = 0;
  for (size_t i = 0; i < count; i++) {
    if (UNLIKELY(!listen_over_items(vm, i, &items, count))) return VALUE_FAIL;
    const Str *s = value_object(items[i]);
    if (i && separator_size) {
      units_convert(result->data + (at << kind), 1 << kind, separator_data, 1 << separator_kind,
                    separator_size);
      at += separator_size;
    }
    str_copy_units(result->data, kind, at, s);
    at += s->length;
  }
  return value_from(result);
}
