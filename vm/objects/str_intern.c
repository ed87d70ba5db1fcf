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
/* A text's address, and above it the same bits of its hash: most of those that a search passes by
** need not be looked at, which would miss the caches of the processor. 0: free. */
typedef uint64_t Slot;
#define ADDRESS_BITS 48
#define ADDRESS_MASK ((UINT64_C(1) << ADDRESS_BITS) - 1)
static Slot *table; /* [owned] */
static size_t capacity, used;
/* [owned] those interned since the last collection, room for all in the table */
static Str **young;
static size_t young_count;

static inline Slot slot_of(const Str *s) {
  assert(!((uintptr_t)s & ~ADDRESS_MASK));
  return (uintptr_t)s | (s->hash & ~ADDRESS_MASK);
}
static inline Str *text_in(Slot slot) { return (Str *)(uintptr_t)(slot & ADDRESS_MASK); }
static inline bool may_be(Slot slot, uint64_t hash) { return !((slot ^ hash) & ~ADDRESS_MASK); }

static void scan_table(Marker *marker, VM *vm, void *data) {
  if (marker_is_minor(marker))
    for (size_t i = 0; i < young_count; i++) mark_object(marker, young[i]);
  else
    for (size_t i = 0; i < capacity; i++)
      if (table[i] && text_in(table[i])->h.bits & STR_IMMORTAL)
        mark_object(marker, text_in(table[i]));
  young_count = 0;
}

static size_t find_place(const Str *s, uint64_t hash) {
  size_t i = hash & (capacity - 1);
  while (table[i] && !(may_be(table[i], hash) && str_equal(text_in(table[i]), s)))
    i = (i + 1) & (capacity - 1);
  return i;
}

/* A text that is not in the table, into its first free slot. */
static void put_distinct(Slot *in, size_t slots, Slot slot) {
  size_t i = text_in(slot)->hash & (slots - 1);
  while (in[i]) i = (i + 1) & (slots - 1);
  in[i] = slot;
}

/* false: there is no memory, nothing has changed. */
static bool resize_table(size_t slots) {
  Slot *other = memory_take_zeroed(slots, sizeof *other);
  Str **other_young = memory_resize_array(NULL, slots, sizeof *young);
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
    size_t home = text_in(table[at])->hash & mask;
    if (((at - home) & mask) < ((at - gap) & mask)) continue; /* its home lies behind the gap */
    table[gap] = table[at];
    gap = at;
  }
  table[gap] = 0;
  used--;
}

static void sweep_table(VM *vm, bool full, void *data) {
  if (!full) return;
  for (size_t i = 0; i < capacity; i++)
    while (table[i] && heap_is_dying(text_in(table[i]))) take_out(i);
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
  size_t i = find_place(s, str_hash(vm, s));
  if (table[i]) return text_in(table[i]);
  if (s->h.bits & STR_EXTERNAL || s->h.shape != SHAPE_OF(str)) {
    s = str_new_units(vm, str_data(s), str_kind(s), s->length,
                      str_is_ascii(s)    ? 0x7F
                      : str_kind(s) == 0 ? 0xFF
                      : str_kind(s) == 1 ? 0xFFFF
                                         : 0x10FFFF);
    if (!s) return NULL;
    str_hash(vm, s);
  }
  table[i] = slot_of(s);
  young[young_count++] = s;
  s->h.bits |= STR_INTERNED;
  used++;
  return s;
}

/* Most names are in the table already: no object is made to find that out. */
Str *str_intern_ascii(VM *vm, const char *text, size_t length) {
  assert(ascii_prefix((const uint8_t *)text, length) == length);
  if (UNLIKELY(length < 2)) return str_intern(vm, str_new_ascii(vm, text, length));
  if (UNLIKELY(used >= capacity / 4 * 3)) grow_table(vm);
  uint64_t hash = hash_bytes(vm, text, length);
  for (size_t i = hash & (capacity - 1);; i = (i + 1) & (capacity - 1)) {
    Str *s = text_in(table[i]);
    if (!s) break;
    if (may_be(table[i], hash) && s->hash == hash && s->length == length && str_kind(s) == 0 &&
        memcmp(str_data(s), text, length) == 0)
      return s;
  }
  Str *s = str_new_ascii(vm, text, length);
  if (!s) return NULL;
  s->hash = hash;
  return str_intern(vm, s); /* looks again: a collection may have run in between */
}

Str *str_intern_cstr(VM *vm, const char *text) {
  size_t length = strlen(text);
  if (LIKELY(ascii_prefix((const uint8_t *)text, length) == length))
    return str_intern_ascii(vm, text, length);
  Str *s = str_new_utf8(vm, text, length);
  return s ? str_intern(vm, s) : NULL;
}

Str *str_intern_immortal(VM *vm, const char *text) {
  Str *s = str_intern_cstr(vm, text);
  if (s) s->h.bits |= STR_IMMORTAL;
  return s;
}

#if KRAIT_CHECKS >= 1
bool str_is_interned(const Str *s) { return table && text_in(table[find_place(s, s->hash)]) == s; }
#endif
