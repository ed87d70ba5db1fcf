/* str_intern.c -- the table of interned texts: open addressing, power of two, at most three
** quarters full.
**
** Law: a Str has STR_INTERNED iff it is in the table; two of them are equal iff they are the same
** object. The table keeps its texts alive from one full collection to the next; that one takes out
** those that nobody else holds. Immortal ones (what C code keeps in static variables, NAME among
** them) stay. So whoever keeps a name where the collector does not look, if only to compare its
** address, asks for an immortal one or forgets with heap_add_sweeper. See perf-note 0041. */
#include <stdlib.h>

#include "vm/base/memory.h"
#include "vm/base/utf8.h"
#include "vm/objects/str.h"
#include "vm/objects/verify.h"

enum { TABLE_MIN = 4096 };
static Str **table; /* [owned] NULL: free slot */
static size_t capacity, used;
/* [owned] those interned since the last collection, room for all in the table */
static Str **young;
static size_t young_count;

static void scan_table(Marker *marker, VM *vm, void *data) {
  if (marker_is_minor(marker))
    for (size_t i = 0; i < young_count; i++) mark_object(marker, young[i]);
  else
    for (size_t i = 0; i < capacity; i++)
      if (table[i] && table[i]->h.bits & STR_IMMORTAL) mark_object(marker, table[i]);
  young_count = 0;
}

static size_t find_place(Str **in, size_t slots, const Str *s, uint64_t hash) {
  size_t i = hash & (slots - 1);
  while (in[i] && !str_equal(in[i], s)) i = (i + 1) & (slots - 1);
  return i;
}

/* A text that is not in the table, into its first free slot. */
static void put_distinct(Str **in, size_t slots, Str *s) {
  size_t i = s->hash & (slots - 1);
  while (in[i]) i = (i + 1) & (slots - 1);
  in[i] = s;
}

/* false: there is no memory, nothing has changed. */
static bool resize_table(size_t slots) {
  Str **other = memory_take_zeroed(slots, sizeof *other),
      **other_young = memory_resize_array(NULL, slots, sizeof *young);
  if (!other || !other_young) return free(other), free(other_young), false;
  for (size_t i = 0; i < capacity; i++)
    if (table[i]) put_distinct(other, slots, table[i]);
  if (young_count) memcpy(other_young, young, young_count * sizeof *young);
  free(table);
  free(young);
  table = other;
  young = other_young;
  capacity = slots;
  return true;
}

/* Closes the gap at slot i: those behind it that may stand there move up. */
static void take_out(size_t i) {
  size_t mask = capacity - 1, gap = i;
  for (size_t at = (gap + 1) & mask; table[at]; at = (at + 1) & mask) {
    size_t home = table[at]->hash & mask;
    if (((at - home) & mask) < ((at - gap) & mask)) continue; /* its home lies behind the gap */
    table[gap] = table[at];
    gap = at;
  }
  table[gap] = NULL;
  used--;
}

static void sweep_table(VM *vm, bool full, void *data) {
  if (!full) return;
  for (size_t i = 0; i < capacity; i++)
    while (table[i] && heap_is_dying(table[i])) take_out(i);
  size_t slots = capacity;
  while (slots > TABLE_MIN && used < slots / 8) slots /= 2;
  if (slots != capacity) (void)resize_table(slots); /* or stays as it is */
}

/* Refused: the table fills up further, and MemoryError comes at the next safepoint. */
static void grow_table(VM *vm) {
  bool first = !table;
  if (UNLIKELY(!resize_table(first ? TABLE_MIN : capacity * 2))) {
    if (used + 1 >= capacity) memory_end("the table of names");
    heap_exhausted(vm);
    return;
  }
  if (!first) return;
  heap_add_root_scanner(vm, scan_table, NULL);
  heap_add_sweeper(vm, sweep_table, NULL);
}

Str *str_intern(VM *vm, Str *s) {
  if (s->h.bits & STR_INTERNED) return s;
  if (UNLIKELY(used >= capacity / 4 * 3)) grow_table(vm);
  size_t i = find_place(table, capacity, s, str_hash(vm, s));
  if (table[i]) return table[i];
  if (s->h.bits & STR_EXTERNAL || s->h.shape != SHAPE_OF(str)) {
    s = str_new_units(vm, str_data(s), str_kind(s), s->length,
                      str_is_ascii(s)    ? 0x7F
                      : str_kind(s) == 0 ? 0xFF
                      : str_kind(s) == 1 ? 0xFFFF
                                         : 0x10FFFF);
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
    if (s->hash == hash && s->length == length && str_kind(s) == 0 &&
        memcmp(str_data(s), text, length) == 0)
      return s;
  }
  Str *s = str_new_ascii(vm, text, length);
  if (!s) return NULL;
  s->hash = hash;
  return str_intern(vm, s); /* looks again: a collection may have run in between */
}

Str *str_intern_immortal(VM *vm, const char *text) {
  Str *s = str_intern_cstr(vm, text);
  if (s) s->h.bits |= STR_IMMORTAL;
  return s;
}

#if KRAIT_CHECKS >= 1
bool str_is_interned(const Str *s) {
  return table && table[find_place(table, capacity, s, s->hash)] == s;
}
#endif
