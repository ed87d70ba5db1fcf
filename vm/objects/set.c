/* set.c -- the hash table of sets (set.h). The Python surface is in set_methods.c.
**
** The order in which a set gives out ints or tuples of ints is visible to programs, so the table is
** CPython's as far as order goes: start at hash & mask; look at up to nine following entries if
** they are there; then at * 5 + 1 + perturb. A table is rebuilt once filled * 5 >= mask * 3, to the
** power of two above 4 * length (2 * length past 50000). */
#include "vm/objects/set.h"
#include "vm/contracts/error.h"
#include "vm/contracts/native.h"
#include "vm/objects/dict.h"
#include "vm/objects/hashing.h"
#include "vm/objects/list.h"
#include "vm/objects/verify.h"

enum { LEAST_ENTRIES = 8, LINEAR_PROBES = 9, PERTURB = 5 };
enum { ENTRY_BYTES = sizeof(SetEntry) + 1 }; /* with its byte behind the entries */
#define EMPTY \
  { VALUE_UNBOUND, 0 }
#define DELETED_HASH UINT64_MAX

static struct {
  Object h;
  uint64_t mask;
  SetEntry entries[LEAST_ENTRIES];
  uint8_t live[LEAST_ENTRIES];
} no_table = {
    .h = {.shape = SHAPE_OF(set_table), .bits = OBJ_STATIC},
    .mask = LEAST_ENTRIES - 1,
    .entries = {EMPTY, EMPTY, EMPTY, EMPTY, EMPTY, EMPTY, EMPTY, EMPTY},
};
#define NO_TABLE ((SetTable *)(void *)&no_table)
SetTable *const set_no_table = NO_TABLE;

void set_init(Set *set) {
  set->length = set->filled = set->finger = 0;
  set->hash = UINT64_MAX;
  set->table = NO_TABLE;
  set->tables++;
}

static Set *new_of_shape(VM *vm, uint32_t shape) {
  Set *set = heap_new(vm, shape, sizeof(Set));
  set_init(set);
  return set;
}
Set *set_new(VM *vm) { return new_of_shape(vm, SHAPE_OF(set)); }
Set *frozenset_new(VM *vm) { return new_of_shape(vm, SHAPE_OF(frozenset)); }

static SetTable *table_new(VM *vm, size_t entries) {
  assert((entries & (entries - 1)) == 0 && entries >= LEAST_ENTRIES);
  SetTable *table = heap_new(vm, SHAPE_OF(set_table), sizeof(SetTable) + entries * ENTRY_BYTES);
  if (UNLIKELY(!table)) return NULL;
  table->mask = entries - 1;
  if (entries == LEAST_ENTRIES) {
    memcpy(table->entries, no_table.entries, LEAST_ENTRIES * ENTRY_BYTES);
    return table;
  }
  for (size_t i = 0; i < entries; i += LEAST_ENTRIES)
    memcpy(table->entries + i, no_table.entries, sizeof no_table.entries);
  uint8_t *live = set_live(table);
  for (size_t i = 0; i < entries; i += LEAST_ENTRIES) memset(live + i, 0, LEAST_ENTRIES);
  return table;
}

static NOINLINE void insert_behind(SetTable *table, Value v, uint64_t hash) {
  size_t mask = table->mask, at = (size_t)hash & mask;
  for (uint64_t perturb = hash;;) {
    SetEntry *entry = &table->entries[at];
    int more = at + LINEAR_PROBES <= mask ? LINEAR_PROBES : 0;
    do {
      if (entry->value == VALUE_UNBOUND) {
        set_fill_entry(table, entry, v, hash);
        return;
      }
      entry++;
    } while (more--);
    perturb >>= PERTURB;
    at = (at * 5 + 1 + perturb) & mask;
  }
}

/* size_for: of a table that is built for more than `least` entries. */
static size_t size_for(size_t least) {
  size_t size = LEAST_ENTRIES;
  while (size <= least) size *= 2;
  return size;
}

/* is_full_for: must the table of a set with so many entries be rebuilt? */
static inline bool is_full_for(size_t entries, size_t mask) { return entries * 5 >= mask * 3; }

/* insert_all: in the order of `from`, into a table that has room, no deleted entries and none of
** them. */
static void insert_all(SetTable *to, const SetTable *from) {
  size_t mask = to->mask;
  uint8_t *live = set_live(to);
  SET_EACH(from, entry, {
    SetEntry *first = &to->entries[entry->hash & mask];
    if (UNLIKELY(first->value != VALUE_UNBOUND)) {
      insert_behind(to, entry->value, entry->hash);
      continue;
    }
    *first = *entry;
    live[entry->hash & mask] = 1;
  })
}

/* Rebuilds for more than `least` entries. */
static NOINLINE bool resize(VM *vm, Set *set, size_t least) {
  assert(least >= set->length);
  SetTable *to = table_new(vm, size_for(least));
  if (!to) return false;
  SetTable *from = set->table;
  insert_all(to, from);
  to->h.bits |= from->h.bits & SET_POINTERS;
  set->table = to;
  set->tables++;
  set->filled = set->length;
  heap_barrier_object(vm, set, to);
  heap_free(vm, from);
  deep_check(SAMPLED(set->table->mask, set_verify(set)));
  return true;
}

static bool grow(VM *vm, Set *set) {
  return resize(vm, set, set->length > 50000 ? set->length * 2 : set->length * 4);
}
bool set_shrink(VM *vm, Set *set) { /* after many deletions */
  return set->filled - set->length <= set->table->mask / 4 || grow(vm, set);
}

/* ---- finding */
enum { CHANGED = 2 };

/* 1 equal, 0 not, -1 raised, CHANGED: the comparison changed the set. To whoever adds (`adding`),
** an equal value is enough: as in CPython, nothing is added even if the comparison has just taken
** it away. */
static NOINLINE int entry_matches(VM *vm, const Set *set, const SetTable *table,
                                  const SetEntry *entry, Value v, bool adding) {
  Value there = entry->value;
  int same = keys_equal_quietly(there, v);
  if (same >= 0) return same;
  uint32_t tables = set->tables;
  same = ask_equal(vm, there, v);
  if (same < 0) return -1;
  if (adding && same) return 1;
  return set->tables == tables && set->table == table && entry->value == there ? same : CHANGED;
}

/* The entry that holds v, or the empty one where its search ended; NULL: raised. *found tells.
** *deleted: the last deleted entry on the way, or NULL: where CPython puts a new value. */
static inline SetEntry *search(VM *vm, const Set *set, Value v, uint64_t hash, bool adding,
                               bool *found, SetEntry **deleted) {
restart:
  *deleted = NULL;
  SetTable *table = set->table;
  size_t mask = table->mask, at = (size_t)hash & mask;
  for (uint64_t perturb = hash;;) {
    SetEntry *entry = &table->entries[at];
    int more = at + LINEAR_PROBES <= mask ? LINEAR_PROBES : 0;
    do {
      if (entry->value == v) return *found = true, entry;
      if (entry->value == VALUE_UNBOUND) return *found = false, entry;
      if (UNLIKELY(entry->value == VALUE_MISSING)) {
        *deleted = entry;
      } else if (entry->hash == hash) {
        if (tuples_identical(entry->value, v)) return *found = true, entry;
        int match = entry_matches(vm, set, table, entry, v, adding);
        if (match == CHANGED) goto restart;
        if (match) return *found = true, match < 0 ? NULL : entry;
      }
      entry++;
    } while (more--);
    perturb >>= PERTURB;
    at = (at * 5 + 1 + perturb) & mask;
  }
}

bool set_add_hashed(VM *vm, Set *set, Value v, uint64_t hash) {
  SetEntry *entry, *deleted;
  bool found;
  do { /* a comparison may clear the set */
    if (UNLIKELY(set->table == NO_TABLE)) {
      SetTable *table = table_new(vm, LEAST_ENTRIES);
      set->table = table;
      heap_barrier_object(vm, set, table);
    }
    entry = search(vm, set, v, hash, true, &found, &deleted);
    if (UNLIKELY(!entry)) return false;
    if (found) return true;
  } while (UNLIKELY(set->table == NO_TABLE));
  set_note_pointer(vm, set, v);
  set->length++;
  if (deleted) {
    set_fill_entry(set->table, deleted, v, hash);
    return true;
  }
  set_fill_entry(set->table, entry, v, hash);
  set->filled++;
  deep_check(SAMPLED(set->table->mask, set_verify(set)));
  return LIKELY(set->filled * 5 < set->table->mask * 3) || grow(vm, set);
}

Answer set_find_hashed(VM *vm, Set *set, Value v, uint64_t hash) {
  bool found;
  SetEntry *deleted;
  return search(vm, set, v, hash, false, &found, &deleted) ? found : ANSWER_FAILED;
}

static void delete_entry(Set *set, SetEntry *entry) {
  *entry = (SetEntry){VALUE_MISSING, DELETED_HASH};
  set_live(set->table)[entry - set->table->entries] = 0;
  set->length--;
}

Answer set_discard_hashed(VM *vm, Set *set, Value v, uint64_t hash) {
  bool found;
  SetEntry *deleted, *entry = search(vm, set, v, hash, false, &found, &deleted);
  if (!entry) return ANSWER_FAILED;
  if (found) delete_entry(set, entry);
  deep_check(SAMPLED(set->table->mask, set_verify(set)));
  return found;
}

/* A set is no key, but `s in t` and discard look for the frozenset equal to it. */
static bool hash_for_lookup(VM *vm, Value *v, uint64_t *hash) {
  if (LIKELY(key_hash(vm, *v, hash))) return true;
  if (!value_has_flag(*v, TYPE_SET_SUBCLASS) || !error_clear_if(vm, TYPE_OF(TypeError)))
    return false;
  Set *frozen = set_from_iterable(vm, TYPE_OF(frozenset), *v);
  if (!frozen) return false;
  *v = value_from(frozen);
  return key_hash(vm, *v, hash);
}

bool set_add_value(VM *vm, Set *set, Value v) {
  uint64_t hash;
  return key_hash(vm, v, &hash) && set_add_item(vm, set, v, hash);
}

Answer set_contains_value(VM *vm, Set *set, Value v) {
  uint64_t hash;
  return hash_for_lookup(vm, &v, &hash) ? set_find_item(vm, set, v, hash) : ANSWER_FAILED;
}

Answer set_discard_value(VM *vm, Set *set, Value v) {
  uint64_t hash;
  return hash_for_lookup(vm, &v, &hash) ? set_discard_hashed(vm, set, v, hash) : ANSWER_FAILED;
}

void set_clear_values(VM *vm, Set *set) {
  uint64_t hash = set->hash;
  set_init(set);
  set->hash = hash;
  deep_check(SAMPLED(set->table->mask, set_verify(set)));
}

Value set_pop_value(VM *vm, Set *set) {
  assert(set->length > 0);
  SetTable *table = set->table;
  size_t i = set_live_from(table, set->finger & table->mask);
  if (i > table->mask) i = set_live_from(table, 0);
  Value v = table->entries[i].value;
  delete_entry(set, &table->entries[i]);
  set->finger = (uint32_t)i + 1;
  deep_check(SAMPLED(set->table->mask, set_verify(set)));
  return v;
}

bool set_next(const Set *set, size_t *position, Value *v) {
  const SetEntry *entry;
  if (!set_next_entry(set, position, &entry)) return false;
  *v = entry->value;
  return true;
}

/* ---- adding many */
static bool reserve(VM *vm, Set *set, size_t more) {
  if (!is_full_for(set->filled + more, set->table->mask))
    return set->table != NO_TABLE || resize(vm, set, 0);
  return resize(vm, set, (set->length + more) * 2);
}

static bool merge(VM *vm, Set *set, const Set *other) {
  if (other == set || !other->length) return true;
  if (!reserve(vm, set, other->length)) return false;
  SetTable *table = set->table;
  const SetTable *from = other->table;
  if (set->filled == 0) {
    if (table->mask == from->mask && other->filled == other->length) {
      memcpy(table->entries, from->entries, (from->mask + 1) * ENTRY_BYTES);
    } else {
      insert_all(table, from);
    }
    set->filled = set->length = other->length;
    table->h.bits |= from->h.bits & SET_POINTERS;
    heap_barrier_any(vm, table);
    return true;
  }
  const SetEntry *entry; /* comparing keys may change `other` */
  for (size_t position = 0; set_next_entry(other, &position, &entry);)
    if (!set_add_item(vm, set, entry->value, entry->hash)) return false;
  return true;
}

/* When a copy would be rebuilt at once for what it takes in, its table is left out: in the order
** of `from`, which the copy's would have, too, items go into the last one. */
Set *set_copy_for(VM *vm, const Type *type, const Set *from, size_t more) {
  Set *set = type == TYPE_OF(frozenset) ? frozenset_new(vm) : set_new(vm);
  if (!from->length) return set;
  bool is_small = !is_full_for(from->length, LEAST_ENTRIES - 1);
  size_t copied = is_small ? LEAST_ENTRIES : size_for(from->length * 2);
  bool same_order = from->table->mask == copied - 1 && from->filled == from->length;
  if (!same_order || !is_full_for(from->length + more, copied - 1))
    return merge(vm, set, from) ? set : NULL;
  SetTable *table = table_new(vm, size_for((from->length + more) * 2));
  if (!table) return NULL;
  insert_all(table, from->table);
  table->h.bits |= from->table->h.bits & SET_POINTERS;
  set->table = table;
  set->length = set->filled = from->length;
  heap_barrier_object(vm, set, table);
  deep_check(SAMPLED(set->table->mask, set_verify(set)));
  return set;
}

static bool add_keys(VM *vm, Set *set, const Dict *dict) {
  if (!reserve(vm, set, dict->length)) return false;
  for (size_t i = 0; i < dict->table->used; i++) { /* by the hashes that are there */
    Value key = dict_entry_at(dict->table, i)->key;
    if (key != VALUE_UNBOUND && !set_add_item(vm, set, key, dict_entry_hash(dict->table, i)))
      return false;
  }
  return true;
}

static inline bool add_one(VM *vm, Set *set, Value v) {
  uint64_t hash;
  return key_hash(vm, v, &hash) && set_add_item(vm, set, v, hash) && vm_listen(vm);
}

/* Hashing and comparing may change the list. */
static bool add_list(VM *vm, Set *set, const List *list) {
  for (size_t i = 0; i < list_length(list); i++)
    if (!add_one(vm, set, list->items->items[i])) return false;
  return true;
}

static bool add_tuple(VM *vm, Set *set, const Tuple *tuple) {
  for (size_t i = 0; i < tuple_length(tuple); i++)
    if (!add_one(vm, set, tuple->items[i])) return false;
  return true;
}

bool set_update_value(VM *vm, Set *set, Value iterable) {
  if (value_has_flag(iterable, TYPE_SET_SUBCLASS)) return merge(vm, set, value_object(iterable));
  if (value_is(iterable, dict)) return add_keys(vm, set, value_object(iterable));
  if (value_is(iterable, list)) return add_list(vm, set, value_object(iterable));
  if (value_is(iterable, tuple)) return add_tuple(vm, set, value_object(iterable));
  Value iterator = get_iterator(vm, iterable);
  if (value_is_fail(iterator)) return false;
  for (;;) {
    Value v = iterator_next(vm, iterator);
    if (v == VALUE_STOP) return true;
    if (value_is_fail(v) || !set_add_value(vm, set, v)) return false;
  }
}

Set *set_from_iterable(VM *vm, Type *type, Value iterable) {
  Set *set = type == TYPE_OF(frozenset) ? frozenset_new(vm) : set_new(vm);
  return set_update_value(vm, set, iterable) ? set : NULL;
}

/* ---- the hash of a frozenset: independent of order, equal to CPython's */
static uint64_t shuffled(uint64_t h) {
  return ((h ^ UINT64_C(89869747)) ^ (h << 16)) * UINT64_C(3644798167);
}

uint64_t set_hash(Set *set) {
  if (set->hash != UINT64_MAX) return set->hash;
  uint64_t hash = 0;
  SET_EACH(set->table, entry, hash ^= shuffled(entry->hash))
  hash ^= (set->length + 1) * UINT64_C(1927868237);
  hash ^= (hash >> 11) ^ (hash >> 25);
  hash = hash * 69069 + 907133923;
  if (hash == UINT64_MAX) hash = 590923713;
  return set->hash = hash;
}

/* A table that never held a heap object is not looked through (perf-note 0022). */
static void set_table_trace(Marker *marker, Object *self) {
  const SetTable *table = (const SetTable *)self;
  if (!(table->h.bits & SET_POINTERS)) return;
  SET_EACH(table, entry, mark_value(marker, entry->value))
}

const ClassSpec set_table_class = {.name = "set_table",
                                   .flags = TYPE_INTERNAL,
                                   .basic_size = sizeof(SetTable),
                                   .trace = set_table_trace};
