/* set.h -- set and frozenset: a hash table of (value, hash), probed as CPython's so that iteration
** order agrees.
**
** Law: mask + 1 is a power of two, at least 8; filled >= length counts deleted entries too; filled
** * 5 < mask * 3 + 5, so a probe always meets an empty entry. Empty: value UNBOUND, hash 0.
**   Deleted: value MISSING, hash all ones. Behind the entries stands a byte for each, 1 if it is
**   live: walks look at eight at once, as tables are mostly empty (perf-note 0078). */
#ifndef KRAIT_SET_H
#define KRAIT_SET_H

#include "vm/memory/heap.h"

typedef struct SetEntry {
  Value value;
  uint64_t hash;
} SetEntry;
typedef struct SetTable {
  Object h;
  uint64_t mask;
  SetEntry entries[]; /* then a byte for each: set_live */
} SetTable;
/* in a table's bits: it holds, or held, heap objects: the collector has to look */
enum { SET_POINTERS = 1 << OBJ_USER_SHIFT };

typedef struct Set {
  Object h;
  uint64_t length; /* live entries */
  uint64_t filled; /* live and deleted entries */
  uint64_t hash;   /* frozenset's, UINT64_MAX: not yet */
  uint32_t finger; /* where pop() looks first */
  uint32_t tables; /* counts the tables it has had */
  SetTable *table; /* [gc] never NULL: set_no_table while nothing was stored */
} Set;

MUST_USE NEVER_NULL Set *set_new(VM *vm);
MUST_USE NEVER_NULL Set *frozenset_new(VM *vm);
MUST_USE MAY_RUN bool set_add_value(VM *vm, Set *set, Value v);
MUST_USE MAY_RUN bool set_add_hashed(VM *vm, Set *set, Value v, uint64_t hash);
/* a set as v is looked up as a frozenset */
MUST_USE MAY_RUN Answer set_contains_value(VM *vm, Set *set, Value v);
MUST_USE MAY_RUN Answer set_discard_value(VM *vm, Set *set, Value v); /* was it there? */
MUST_USE MAY_RUN bool set_update_value(VM *vm, Set *set, Value iterable);
/* type set or frozenset */
MUST_USE MAY_RUN Set *set_from_iterable(VM *vm, Type *type, Value iterable);
void set_clear_values(VM *vm, Set *set);
Value set_pop_value(VM *vm, Set *set); /* needs length > 0 */
/* hash of a frozenset of the same items */
uint64_t set_hash(Set *set);
void set_init(Set *set); /* makes the native part of a new instance an empty set */
/* rebuilds the table when a quarter of it is deleted entries */
MUST_USE bool set_shrink(VM *vm, Set *set);
MUST_USE MAY_RUN Answer set_find_hashed(VM *vm, Set *set, Value v, uint64_t hash);
MUST_USE MAY_RUN Answer set_discard_hashed(VM *vm, Set *set, Value v, uint64_t hash);
/* set_copy_for: a copy of `from` (type set or frozenset), with room for `more` items. */
MUST_USE MAY_RUN Set *set_copy_for(VM *vm, const Type *type, const Set *from, size_t more);
static inline size_t set_length(const Set *set) { return set->length; }
static inline uint8_t *set_live(const SetTable *table) {
  return (uint8_t *)(uintptr_t)(table->entries + table->mask + 1);
}
/* set_eight: which of the eight entries from number `at` on, a multiple of 8, are live: the lowest
** bits of the bytes. */
static inline uint64_t set_eight(const SetTable *table, size_t at) {
  uint64_t eight;
  memcpy(&eight, set_live(table) + at, sizeof eight);
  return eight;
}
/* All live entries of a table that does not change meanwhile. */
#define SET_EACH(table, entry, BODY)                                                          \
  for (size_t from_ = 0, mask_ = (table)->mask; from_ <= mask_; from_ += 8)                   \
    for (uint64_t eight_ = set_eight(table, from_); eight_; eight_ &= eight_ - 1) {           \
      const SetEntry *entry = &(table)->entries[from_ + (size_t)__builtin_ctzll(eight_) / 8]; \
      BODY;                                                                                   \
    }
/* set_live_from: the first live entry at or behind `at`; beyond mask: there is none. */
static inline size_t set_live_from(const SetTable *table, size_t at) {
  uint64_t wanted = UINT64_MAX << at % 8 * 8;
  for (size_t from = at & ~(size_t)7; from <= table->mask; from += 8, wanted = UINT64_MAX) {
    uint64_t eight = set_eight(table, from) & wanted;
    if (eight) return from + (size_t)__builtin_ctzll(eight) / 8;
  }
  return table->mask + 1;
}
static inline bool set_next_entry(const Set *set, size_t *position, const SetEntry **entry) {
  const SetTable *table = set->table;
  size_t at = set_live_from(table, *position);
  if (at > table->mask) return false;
  *entry = &table->entries[at];
  *position = at + 1;
  return true;
}
bool set_next(const Set *set, size_t *position, Value *v);

/* What most searches find in the first entry that they look at (perf-note 0072): */
static inline const SetEntry *set_first_entry(const Set *set, uint64_t hash) {
  return &set->table->entries[hash & set->table->mask];
}
MUST_USE MAY_RUN static inline Answer set_find_item(VM *vm, Set *set, Value v, uint64_t hash) {
  const SetEntry *first = set_first_entry(set, hash);
  if (first->value == v) return ANSWER_YES;
  return first->value == VALUE_UNBOUND ? ANSWER_NO : set_find_hashed(vm, set, v, hash);
}
extern SetTable *const set_no_table; /* what empty sets share: never stored into */
static inline void set_note_pointer(VM *vm, Set *set, Value v) {
  if (!value_is_pointer(v)) return;
  heap_barrier(vm, set->table, v);
  set->table->h.bits |= SET_POINTERS;
}
static inline void set_fill_entry(SetTable *table, SetEntry *entry, Value v, uint64_t hash) {
  *entry = (SetEntry){v, hash};
  set_live(table)[entry - table->entries] = 1;
}
MUST_USE MAY_RUN static inline bool set_add_item(VM *vm, Set *set, Value v, uint64_t hash) {
  SetEntry *first = &set->table->entries[hash & set->table->mask];
  if (first->value == v) return true;
  bool fits = (set->filled + 1) * 5 < set->table->mask * 3 && set->table != set_no_table;
  if (UNLIKELY(first->value != VALUE_UNBOUND || !fits)) return set_add_hashed(vm, set, v, hash);
  set_fill_entry(set->table, first, v, hash);
  set_note_pointer(vm, set, v);
  set->length++;
  set->filled++;
  return true;
}

typedef struct SetIterator {
  Object h;
  Set *set; /* [gc] NULL once exhausted */
  uint64_t position, length, remaining;
} SetIterator;
MUST_USE Value set_iterator_new(VM *vm, Set *set);
/* set_iterator_step: the next entry; NULL: there is none, or the set has changed. */
static inline const SetEntry *set_iterator_step(SetIterator *it) {
  const SetEntry *entry;
  size_t position = it->position;
  if (UNLIKELY(!it->set || it->length != it->set->length)) return NULL;
  if (UNLIKELY(!set_next_entry(it->set, &position, &entry))) return NULL;
  it->position = position;
  it->remaining--;
  return entry;
}

#endif
