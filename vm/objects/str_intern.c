/* str_intern.c -- the table of interned texts: open addressing, power of two, at most three quarters full.
**
** Law: a Str has STR_INTERNED iff it is in the table; two of them are equal iff they are the same object.
** The table keeps its texts alive.
*/
#include <stdlib.h>

#include "vm/base/utf8.h"
#include "vm/objects/str.h"

static Str **table; /* [owned] NULL: free slot */
static size_t capacity, used;
static Str **young; /* [owned] those interned since the last collection, room for all in the table */
static size_t young_count;

static void scan_table(Marker *marker, VM *vm, void *data) {
  if (marker_is_minor(marker))
    for (size_t i = 0; i < young_count; i++) mark_object(marker, young[i]);
  else
    for (size_t i = 0; i < capacity; i++) mark_object(marker, table[i]);
  young_count = 0;
}

static size_t find_place(Str **in, size_t slots, const Str *s, uint64_t hash) {
  size_t i = hash & (slots - 1);
  while (in[i] && !str_equal(in[i], s)) i = (i + 1) & (slots - 1);
  return i;
}

static void grow_table(VM *vm) {
  size_t slots = capacity ? capacity * 2 : 4096;
  Str **bigger = calloc(slots, sizeof *bigger);
  young = realloc(young, slots * sizeof *young);
  if (!bigger || !young) panic("out of memory for interned texts");
  for (size_t i = 0; i < capacity; i++)
    if (table[i]) bigger[find_place(bigger, slots, table[i], table[i]->hash)] = table[i];
  if (!table) heap_add_root_scanner(vm, scan_table, NULL);
  free(table);
  table = bigger;
  capacity = slots;
}

Str *str_intern(VM *vm, Str *s) {
  if (s->h.bits & STR_INTERNED) return s;
  if (UNLIKELY(used >= capacity / 4 * 3)) grow_table(vm);
  size_t i = find_place(table, capacity, s, str_hash(vm, s));
  if (table[i]) return table[i];
  if (s->h.bits & STR_EXTERNAL || s->h.shape != SHAPE_OF(str)) {
    s = str_new_units(vm, str_data(s), str_kind(s), s->length, str_is_ascii(s) ? 0x7F : str_kind(s) == 0 ? 0xFF : str_kind(s) == 1 ? 0xFFFF : 0x10FFFF);
    if (!s) return NULL;
    str_hash(vm, s);
  }
  table[i] = young[young_count++] = s;
  s->h.bits |= STR_INTERNED;
  used++;
  return s;
}

/* Most names are ASCII and in the table already: no object is made to find that out. */
Str *str_intern_cstr(VM *vm, const char *text) {
  size_t length = strlen(text);
  if (UNLIKELY(length < 2 || ascii_prefix((const uint8_t *)text, length) != length))
    return str_intern(vm, str_new_utf8(vm, text, length));
  if (UNLIKELY(used >= capacity / 4 * 3)) grow_table(vm);
  uint64_t hash = hash_bytes(vm, text, length);
  for (size_t i = hash & (capacity - 1);; i = (i + 1) & (capacity - 1)) {
    Str *s = table[i];
    if (!s) break;
    if (s->hash == hash && s->length == length && str_kind(s) == 0 && memcmp(str_data(s), text, length) == 0) return s;
  }
  Str *s = str_new_ascii(vm, text, length);
  if (!s) return NULL;
  s->hash = hash;
  return str_intern(vm, s); /* looks again: a collection may have run in between */
}
Str *str_intern_immortal(VM *vm, const char *text) { return str_intern_cstr(vm, text); }
