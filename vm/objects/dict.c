/* dict.c -- the hash table of dict.h. The Python surface is in dict_methods.c, views and iterators
** in dict_views.c.
**
** Probing: slot = hash & mask, then slot * 5 + 1 + perturb, where perturb shifts the hash's high
** bits in: runs of ints stay neighbours in the index, multiples of powers of two still spread. A
** table without index is searched from the front, str keys by address first. Whatever compares keys
** by running Python looks afterwards whether the table is still the same. */
#include "vm/objects/dict.h"
#include "vm/contracts/error.h"
#include "vm/contracts/native.h"
#include "vm/objects/hashing.h"
#include "vm/objects/verify.h"

DictTable dict_no_table = {
    .h = {.shape = SHAPE_OF(dict_table), .bits = OBJ_STATIC}, .kind = DICT_STR, .interned = 1};

enum { UNINDEXED = 8, PERTURB = 5 };
#define SLOT_EMPTY(type) ((type)-1)
#define SLOT_DELETED(type) ((type)-2)

/* ---- layout */
static inline size_t entry_size(unsigned kind) {
  return kind == DICT_ANY ? sizeof(DictHashEntry) : sizeof(DictEntry);
}
static inline void *index_of(const DictTable *t) {
  return (char *)t->entries + (size_t)t->capacity * entry_size(t->kind);
}

static inline uint64_t entry_hash(const DictTable *t, size_t i) {
  switch (t->kind) {
  case DICT_STR: return ((const Str *)value_object(t->entries[i].key))->hash;
  case DICT_INT: return int_hash_immediate(t->entries[i].key);
  default: return ((const DictHashEntry *)t->entries)[i].hash;
  }
}

uint64_t dict_entry_hash(const DictTable *t, size_t i) { return entry_hash(t, i); }

/* Room for at least `count` entries. */
static void choose_capacity(size_t count, uint32_t *capacity, uint32_t *slots) {
  *slots = 0;
  if (count <= 4) *capacity = 4;
  else if (count <= UNINDEXED) *capacity = UNINDEXED;
  else if (count <= 16) *capacity = 16, *slots = 32;
  else {
    uint64_t n = 64;
    while (n * 2 / 3 < count) n *= 2;
    *slots = (uint32_t)n, *capacity = (uint32_t)(n * 2 / 3);
  }
}

static DictTable *table_new(VM *vm, DictKind kind, size_t count) {
  if (UNLIKELY(count > UINT32_MAX / 2)) return raise_memory(vm), NULL;
  uint32_t capacity, slots;
  choose_capacity(count, &capacity, &slots);
  unsigned width = slots <= 256 ? 0 : slots <= 65536 ? 1 : 2;
  size_t index_bytes = (size_t)slots << width, entry_bytes = capacity * entry_size(kind);
  DictTable *t = heap_new(vm, SHAPE_OF(dict_table), sizeof(DictTable) + entry_bytes + index_bytes);
  if (UNLIKELY(!t)) return NULL;
  t->used = 0, t->capacity = capacity, t->mask = slots ? slots - 1 : 0;
  t->kind = (uint8_t)kind, t->width = (uint8_t)width, t->interned = 1, t->held = 0;
  if (slots) memset(index_of(t), 0xff, index_bytes);
  assert(capacity >= count && (slots & (slots - 1)) == 0);
  return t;
}

/* ---- the index */
#define PROBE(type, hash, BODY)                         \
  do {                                                  \
    const type *slots_ = index_of(t);                   \
    size_t mask_ = t->mask, at_ = (size_t)(hash)&mask_; \
    for (uint64_t perturb_ = (hash);;) {                \
      type slot = slots_[at_];                          \
      if (slot == SLOT_EMPTY(type)) break;              \
      if (LIKELY(slot != SLOT_DELETED(type))) { BODY }  \
      perturb_ >>= PERTURB;                             \
      at_ = (at_ * 5 + perturb_ + 1) & mask_;           \
    }                                                   \
  } while (0)

#define PROBE_ANY_WIDTH(hash, BODY)                      \
  do {                                                   \
    if (t->width == 0) PROBE(uint8_t, hash, BODY);       \
    else if (t->width == 1) PROBE(uint16_t, hash, BODY); \
    else PROBE(uint32_t, hash, BODY);                    \
  } while (0)

/* Puts entry i into the first free slot of its probe sequence. */
static inline void index_add(DictTable *t, uint64_t hash, uint32_t i) {
  void *slots = index_of(t);
  size_t mask = t->mask, at = (size_t)hash & mask;
  uint64_t perturb = hash;
  switch (t->width) {
  case 0:
    while (((uint8_t *)slots)[at] != SLOT_EMPTY(uint8_t))
      perturb >>= PERTURB, at = (at * 5 + perturb + 1) & mask;
    ((uint8_t *)slots)[at] = (uint8_t)i;
    break;
  case 1:
    while (((uint16_t *)slots)[at] != SLOT_EMPTY(uint16_t))
      perturb >>= PERTURB, at = (at * 5 + perturb + 1) & mask;
    ((uint16_t *)slots)[at] = (uint16_t)i;
    break;
  default:
    while (((uint32_t *)slots)[at] != SLOT_EMPTY(uint32_t))
      perturb >>= PERTURB, at = (at * 5 + perturb + 1) & mask;
    ((uint32_t *)slots)[at] = i;
  }
}

/* Frees the slot of entry i. Slots are taken in the order of entries, and only empty ones: no other
** entry's probe runs over the slot of the last entry, which may become empty again; any other
** becomes deleted. */
static void index_delete(DictTable *t, uint64_t hash, uint32_t i) {
  assert(i < t->used);
  if (!t->mask) return;
  bool last = i + 1 == t->used;
#define DELETE(type)                                                               \
  PROBE(                                                                           \
      type, hash, if (slot == i) {                                                 \
        ((type *)index_of(t))[at_] = last ? SLOT_EMPTY(type) : SLOT_DELETED(type); \
        return;                                                                    \
      })
  if (t->width == 0) DELETE(uint8_t);
  else if (t->width == 1) DELETE(uint16_t);
  else DELETE(uint32_t);
#undef DELETE
}

/* ---- finding */
static int64_t find_str_unindexed(const DictTable *t, Str *key, uint64_t hash) {
  Value v = value_from(key);
  uint32_t used = t->used;
  for (uint32_t i = 0; i < used; i++)
    if (t->entries[i].key == v) return i;
  if (t->interned && (key->h.bits & STR_INTERNED)) return DICT_ABSENT;
  for (uint32_t i = 0; i < used; i++) {
    if (t->entries[i].key == VALUE_UNBOUND) continue;
    const Str *s = value_object(t->entries[i].key);
    if (s->hash == hash && str_equal(s, key)) return i;
  }
  return DICT_ABSENT;
}

/* In a DICT_STR table. */
static inline int64_t find_str(const DictTable *t, Str *key, uint64_t hash) {
  if (!t->mask) return find_str_unindexed(t, key, hash);
  Value v = value_from(key);
  PROBE_ANY_WIDTH(hash, {
    Value other = t->entries[slot].key;
    if (LIKELY(other == v)) return slot;
    const Str *s = value_object(other);
    if (s->hash == hash && str_equal(s, key)) return slot;
  });
  return DICT_ABSENT;
}

/* In a DICT_INT table. */
static inline int64_t find_int(const DictTable *t, Value key) {
  if (!t->mask) {
    for (uint32_t i = 0, used = t->used; i < used; i++)
      if (t->entries[i].key == key) return i;
    return DICT_ABSENT;
  }
  uint64_t hash = int_hash_immediate(key);
  PROBE_ANY_WIDTH(hash, {
    if (LIKELY(t->entries[slot].key == key)) return slot;
  });
  return DICT_ABSENT;
}

/* Is `key` the text of `name`: a str, or an instance of a subclass that compares as str does? */
static bool is_name(Value key, const Str *name) {
  return value_is_str(key) &&
         value_special(key, SPECIAL_eq) == type_special(TYPE_OF(str), SPECIAL_eq) &&
         str_equal(value_object(key), name);
}

/* In a DICT_ANY table: a str, without asking keys of other types whether they are equal to it. */
static NOINLINE int64_t find_name(const DictTable *t, const Str *name, uint64_t hash) {
  if (!t->mask) {
    for (uint32_t i = 0; i < t->used; i++)
      if (entry_hash(t, i) == hash && is_name(dict_entry_at(t, i)->key, name)) return i;
    return DICT_ABSENT;
  }
  PROBE_ANY_WIDTH(hash, {
    if (entry_hash(t, slot) == hash && is_name(dict_entry_at(t, slot)->key, name)) return slot;
  });
  return DICT_ABSENT;
}

enum { CHANGED = -3 }; /* beside DICT_ABSENT and DICT_FAILED: the comparison changed the table */

typedef enum Match {
  MATCH_CHANGED = CHANGED,
  MATCH_FAILED = DICT_FAILED,
  MATCH_NO = 0,
  MATCH_YES
} Match;

/* entry_matches: is entry i's key equal to key? */
static NOINLINE Match entry_matches(VM *vm, Dict *dict, DictTable *t, size_t i, Value key) {
  Value other = dict_entry_at(t, i)->key;
  int same = keys_equal_quietly(other, key);
  if (same >= 0) return same ? MATCH_YES : MATCH_NO;
  dict_hold_table(dict);
  same = ask_equal(vm, other, key);
  if (same == ANSWER_FAILED) return MATCH_FAILED;
  /* Where it stood in the same table: the search may go on, whatever else has come and gone
  ** meanwhile. */
  bool still_there = dict->table == t && i < t->used && dict_entry_at(t, i)->key == other;
  return !still_there ? MATCH_CHANGED : same ? MATCH_YES : MATCH_NO;
}

/* In an indexed DICT_ANY table. */
static int64_t find_hashed(VM *vm, Dict *dict, DictTable *t, Value key, uint64_t hash) {
  const DictHashEntry *entries = (const DictHashEntry *)t->entries;
  PROBE_ANY_WIDTH(hash, {
    const DictHashEntry *entry = &entries[slot];
    if (entry->hash == hash) {
      if (entry->key == key || tuples_identical(entry->key, key)) return slot;
      Match match = entry_matches(vm, dict, t, slot, key);
      if (match) return match == MATCH_YES ? (int64_t)slot : (int64_t)match;
    }
  });
  return DICT_ABSENT;
}

/* Any key in a table of any kind. */
static int64_t find_any(VM *vm, Dict *dict, Value key, uint64_t hash) {
restart:;
  DictTable *t = dict->table;
  if (LIKELY(t->kind == DICT_ANY && t->mask)) {
    int64_t i = find_hashed(vm, dict, t, key, hash);
    if (UNLIKELY(i == CHANGED)) goto restart;
    return i;
  }
  if (!t->mask) {
    for (uint32_t i = 0; i < t->used; i++) {
      Value other = dict_entry_at(t, i)->key;
      if (other == key) return i;
      if (other == VALUE_UNBOUND || entry_hash(t, i) != hash) continue;
      Match match = entry_matches(vm, dict, t, i, key);
      if (match == MATCH_CHANGED) goto restart;
      if (match) return match == MATCH_YES ? (int64_t)i : DICT_FAILED;
    }
    return DICT_ABSENT;
  }
  PROBE_ANY_WIDTH(hash, {
    if (dict_entry_at(t, slot)->key == key) return slot;
    if (entry_hash(t, slot) == hash) {
      Match match = entry_matches(vm, dict, t, slot, key);
      if (match == MATCH_CHANGED) goto restart;
      if (match) return match == MATCH_YES ? (int64_t)slot : DICT_FAILED;
    }
  });
  return DICT_ABSENT;
}

/* Can `key` be equal to no key of the table, by its kind alone? */
static inline bool is_foreign(const DictTable *t, Value key) {
  return t->kind == DICT_STR ? value_is_int(key) : t->kind == DICT_INT ? value_is(key, str) : false;
}

static inline int64_t find(VM *vm, Dict *dict, Value key, uint64_t hash) {
  DictTable *t = dict->table;
  if (t->kind == DICT_STR && value_is(key, str)) return find_str(t, value_object(key), hash);
  if (t->kind == DICT_INT && value_is_int(key)) return find_int(t, key);
  if (is_foreign(t, key)) return DICT_ABSENT;
  return find_any(vm, dict, key, hash);
}

int64_t dict_find(VM *vm, Dict *dict, Value key) {
  uint64_t hash;
  if (!key_hash(vm, key, &hash)) return DICT_FAILED;
  return find(vm, dict, key, hash);
}

/* ---- growing */
/* Appends an entry that is known to be absent; needs room. */
static inline void append_entry(VM *vm, Dict *dict, Value key, uint64_t hash, Value value) {
  debug_check(item_verify(key) && value != VALUE_FAIL && value != VALUE_UNBOUND);
  debug_check(dict->table != &dict_no_table && dict->table->used < dict->table->capacity);
  DictTable *t = dict->table;
  uint32_t i = t->used++;
  DictEntry *entry = dict_entry_at(t, i);
  entry->key = key, entry->value = value;
  if (t->kind == DICT_ANY) ((DictHashEntry *)entry)->hash = hash;
  else if (t->kind == DICT_STR && !(((Str *)value_object(key))->h.bits & STR_INTERNED))
    t->interned = 0;
  heap_barrier(vm, t, key);
  heap_barrier(vm, t, value);
  if (t->mask) index_add(t, hash, i);
  dict->length++;
  dict->stamp = 0;
  deep_check(SAMPLED(dict->length, dict_verify(dict)));
}

/* Gives dict the `length` live entries of a table, in a new one of `kind` with room for `count`. */
static bool rebuild_from(VM *vm, Dict *dict, const DictTable *from, uint32_t length, DictKind kind,
                         size_t count) {
  DictTable *to = table_new(vm, kind, count);
  if (!to) return false;
  uint32_t n = 0;
  if (kind == from->kind && from->used == length) {
    memcpy(to->entries, from->entries, from->used * entry_size(kind));
    n = from->used;
  } else {
    for (uint32_t i = 0; i < from->used; i++) {
      const DictEntry *entry = dict_entry_at(from, i);
      if (entry->key == VALUE_UNBOUND) continue;
      if (kind == DICT_ANY)
        ((DictHashEntry *)to->entries)[n++] =
            (DictHashEntry){entry->key, entry->value, entry_hash(from, i)};
      else to->entries[n++] = *entry;
    }
  }
  to->used = n;
  to->interned = from->interned;
  if (to->mask && kind == DICT_ANY) {
    const DictHashEntry *entries = (const DictHashEntry *)to->entries;
    for (uint32_t i = 0; i < n; i++) index_add(to, entries[i].hash, i);
  } else if (to->mask) {
    for (uint32_t i = 0; i < n; i++) index_add(to, entry_hash(to, i), i);
  }
  dict->table = to;
  dict->length = length;
  dict->stamp = 0;
  heap_barrier_object(vm, dict, to);
  deep_check(SAMPLED(dict->length, dict_verify(dict)));
  assert(n == length);
  return true;
}

/* Replaces the table by one without the deleted entries. */
static bool rebuild(VM *vm, Dict *dict, DictKind kind, size_t count) {
  DictTable *from = dict->table;
  if (!rebuild_from(vm, dict, from, dict->length, kind, count)) return false;
  if (!from->held) heap_free(vm, from);
  return true;
}

static inline DictKind kind_for(Value key) {
  return value_is(key, str) ? DICT_STR : value_is_int(key) ? DICT_INT : DICT_ANY;
}

static NOINLINE bool make_room(VM *vm, Dict *dict, DictKind wanted) {
  const DictTable *t = dict->table;
  DictKind kind = dict->length == 0 ? wanted : t->kind == wanted ? wanted : DICT_ANY;
  size_t count = dict->length;
  /* made for an expected number */
  if (t->used == 0 && t->capacity && wanted != DICT_ANY && t->kind != DICT_ANY) {
    dict->table->kind = (uint8_t)wanted;
    return true;
  }
  if (t->used == t->capacity) {
    /* Full of deleted entries: the same size again; else twice. */
    size_t live_limit = t->capacity - t->capacity / 4;
    count = count < live_limit ? (count + 1 > t->capacity / 2 ? t->capacity : count * 2 + 1)
                               : (size_t)t->capacity + 1;
  } else if (t->capacity > count) {
    count = t->capacity;
  }
  return rebuild(vm, dict, kind, count ? count : 1);
}

static inline bool insert(VM *vm, Dict *dict, Value key, uint64_t hash, Value value) {
  DictTable *t = dict->table;
  DictKind wanted = kind_for(key);
  if (UNLIKELY(t->used == t->capacity || (t->kind != wanted && t->kind != DICT_ANY)))
    if (!make_room(vm, dict, wanted)) return false;
  append_entry(vm, dict, key, hash, value);
  return true;
}

bool dict_compact(VM *vm, Dict *dict) {
  return rebuild(vm, dict, dict->table->kind, dict->length ? dict->length : 1);
}

static inline void replace(VM *vm, Dict *dict, int64_t i, Value value) {
  debug_check((size_t)i < dict->table->used &&
              dict_entry_at(dict->table, (size_t)i)->key != VALUE_UNBOUND);
  debug_check(value != VALUE_FAIL && value != VALUE_UNBOUND);
  dict_entry_at(dict->table, (size_t)i)->value = value;
  heap_barrier(vm, dict->table, value);
}

static void dict_remove_entry(VM *vm, Dict *dict, size_t i);

void dict_pop_entry(VM *vm, Dict *dict, size_t i) {
  dict_remove_entry(vm, dict, i);
  DictTable *t = dict->table;
  if (i + 1 != t->used) return;
  if (dict_front(t) == t->used) dict_entry_at(t, 0)->value = value_int_unchecked((int64_t)i);
  t->used--;
}

bool dict_move_entry(VM *vm, Dict *dict, size_t i, bool last) {
  DictEntry entry = *dict_entry_at(dict->table, i);
  uint64_t hash = entry_hash(dict->table, i);
  if (last) {
    if (i + 1 == dict->table->used) return true;
    dict_remove_entry(vm, dict, i);
    return insert(vm, dict, entry.key, hash, entry.value);
  }
  Dict moved;
  dict_init(&moved);
  moved.h = dict->h;
  DictTable *to = table_new(vm, dict->table->kind, dict->length);
  if (!to) return false;
  dict_remove_entry(vm, dict, i);
  const DictTable *from = dict->table;
  moved.table = to;
  append_entry(vm, &moved, entry.key, hash, entry.value);
  for (uint32_t j = 0; j < from->used; j++) {
    const DictEntry *other = dict_entry_at(from, j);
    if (other->key != VALUE_UNBOUND)
      append_entry(vm, &moved, other->key, entry_hash(from, j), other->value);
  }
  dict->table = to;
  dict->length = moved.length;
  dict->stamp = 0;
  heap_barrier_object(vm, dict, to);
  deep_check(SAMPLED(dict->length, dict_verify(dict)));
  return true;
}

/* ---- any key */
static NOINLINE Value get_any(VM *vm, Dict *dict, Value key) {
  int64_t i = dict_find(vm, dict, key);
  if (i >= 0) return dict_entry_at(dict->table, (size_t)i)->value;
  return i == DICT_ABSENT ? VALUE_UNBOUND : VALUE_FAIL;
}

/* What is of one kind in most tables (perf-note 0087). */
Value dict_get(VM *vm, Dict *dict, Value key) {
  const DictTable *t = dict->table;
  int64_t i;
  if (t->kind == DICT_STR && value_is(key, str))
    i = find_str(t, value_object(key), str_hash_cached(vm, value_object(key)));
  else if (t->kind == DICT_INT && value_is_int(key)) i = find_int(t, key);
  else return get_any(vm, dict, key);
  return i >= 0 ? dict_entry_at(t, (size_t)i)->value : VALUE_UNBOUND;
}

int64_t dict_find_hashed(VM *vm, Dict *dict, Value key, uint64_t hash) {
  return find(vm, dict, key, hash);
}

bool dict_set(VM *vm, Dict *dict, Value key, Value value) {
  uint64_t hash;
  return key_hash(vm, key, &hash) && dict_set_hashed(vm, dict, key, hash, value);
}

bool dict_set_hashed(VM *vm, Dict *dict, Value key, uint64_t hash, Value value) {
  int64_t i = find(vm, dict, key, hash);
  if (i >= 0) {
    replace(vm, dict, i, value);
    return true;
  }
  return i == DICT_ABSENT && insert(vm, dict, key, hash, value);
}

Value dict_set_default(VM *vm, Dict *dict, Value key, Value value) {
  uint64_t hash;
  if (!key_hash(vm, key, &hash)) return VALUE_FAIL;
  int64_t i = find(vm, dict, key, hash);
  if (i >= 0) return dict_entry_at(dict->table, (size_t)i)->value;
  return i == DICT_ABSENT && insert(vm, dict, key, hash, value) ? value : VALUE_FAIL;
}

/* Entry i is deleted now: are those before it, too? */
static inline void note_front(DictTable *t, size_t i) {
  DictEntry *first = dict_entry_at(t, 0);
  size_t n = i == 0 ? 0 : dict_front(t);
  if (n != i) return;
  while (n < t->used && dict_entry_at(t, n)->key == VALUE_UNBOUND) n++;
  first->value = value_int_unchecked((int64_t)n);
}

/* Needs a live entry */
static void dict_remove_entry(VM *vm, Dict *dict, size_t i) {
  assert(i < dict->table->used && dict_entry_at(dict->table, i)->key != VALUE_UNBOUND);
  DictTable *t = dict->table;
  index_delete(t, entry_hash(t, i), (uint32_t)i);
  DictEntry *entry = dict_entry_at(t, i);
  entry->key = entry->value = VALUE_UNBOUND;
  note_front(t, i);
  dict->length--;
  dict->stamp = 0;
  deep_check(SAMPLED(dict->length, dict_verify(dict)));
}

Value dict_remove(VM *vm, Dict *dict, Value key) {
  int64_t i = dict_find(vm, dict, key);
  if (i < 0) return i == DICT_ABSENT ? VALUE_UNBOUND : VALUE_FAIL;
  Value value = dict_entry_at(dict->table, (size_t)i)->value;
  dict_remove_entry(vm, dict, (size_t)i);
  return value;
}

Value dict_get_item(VM *vm, Dict *dict, Value key) {
  Value v = dict_get(vm, dict, key);
  if (LIKELY(v != VALUE_UNBOUND)) return v;
  Type *type = object_type(dict);
  if (type != TYPE_OF(dict) && type_special(type, SPECIAL_missing) != VALUE_UNBOUND)
    return call_special1(vm, type_special(type, SPECIAL_missing), value_from(dict), key);
  return raise_key(vm, key);
}

bool dict_delete_item(VM *vm, Dict *dict, Value key) {
  Value v = dict_remove(vm, dict, key);
  if (v == VALUE_UNBOUND) return raise_key(vm, key), false;
  return v != VALUE_FAIL;
}

/* ---- immediate int keys */

void dict_forget_int(VM *vm, Dict *dict, Value key) {
  int64_t i = dict->table->kind == DICT_INT ? find_int(dict->table, key) : DICT_ABSENT;
  if (i >= 0) dict_remove_entry(vm, dict, (size_t)i);
}

/* ---- exact str keys */
static int64_t dict_find_str_hint(VM *vm, Dict *dict, Str *key) {
  const DictTable *t = dict->table;
  uint64_t hash = str_hash_cached(vm, key);
  if (LIKELY(t->kind == DICT_STR)) return find_str(t, key, hash);
  return t->kind == DICT_INT ? DICT_ABSENT : find_name(t, key, hash);
}

Value dict_get_str(VM *vm, Dict *dict, Str *key) {
  int64_t i = dict_find_str_hint(vm, dict, key);
  return i >= 0 ? dict_entry_at(dict->table, (size_t)i)->value : VALUE_UNBOUND;
}

Value *dict_find_slot(VM *vm, Dict *dict, Str *key) {
  int64_t i = dict_find_str_hint(vm, dict, key);
  return i >= 0 ? &dict_entry_at(dict->table, (size_t)i)->value : NULL;
}

bool dict_set_str(VM *vm, Dict *dict, Str *key, Value value) {
  int64_t i = dict_find_str_hint(vm, dict, key);
  if (i < 0) return insert(vm, dict, value_from(key), str_hash_cached(vm, key), value);
  replace(vm, dict, i, value);
  return true;
}

Value dict_remove_str(VM *vm, Dict *dict, Str *key) {
  int64_t i = dict_find_str_hint(vm, dict, key);
  if (i < 0) return VALUE_UNBOUND;
  Value value = dict_entry_at(dict->table, (size_t)i)->value;
  dict_remove_entry(vm, dict, (size_t)i);
  return value;
}

/* ---- whole */
void dict_init(Dict *dict) {
  dict->stamp = dict->length = 0;
  dict->table = &dict_no_table;
}

Dict *dict_new(VM *vm) {
  Dict *dict = heap_new(vm, SHAPE_OF(dict), sizeof(Dict));
  dict_init(dict);
  return dict;
}

bool dict_expect(VM *vm, Dict *dict, size_t count) {
  if (dict->table->capacity || !count) return true;
  DictTable *table = table_new(vm, DICT_STR, count);
  if (!table) return false;
  dict->table = table;
  dict->stamp = 0;
  heap_barrier_object(vm, dict, table);
  return true;
}

Dict *dict_new_sized(VM *vm, size_t expected) {
  Dict *dict = dict_new(vm);
  if (!expected) return dict;
  DictTable *table = table_new(vm, DICT_STR, expected);
  if (!table) return NULL;
  dict->table = table;
  heap_barrier_object(vm, dict, table);
  return dict;
}

void dict_clear(VM *vm, Dict *dict) { dict_init(dict); }

Dict *dict_copy(VM *vm, const Dict *from) {
  Dict *copy = dict_new(vm);
  if (!from->length) return copy;
  const DictTable *t = from->table;
  if (t->used != from->length) {
    return rebuild_from(vm, copy, t, from->length, t->kind, from->length) ? copy : NULL;
  }
  size_t bytes = sizeof(DictTable) + t->capacity * entry_size(t->kind) +
                 (t->mask ? ((size_t)t->mask + 1) << t->width : 0);
  DictTable *to = heap_new(vm, SHAPE_OF(dict_table), bytes);
  if (!to) return NULL;
  memcpy((char *)to + sizeof(Object), (const char *)t + sizeof(Object), bytes - sizeof(Object));
  copy->table = to;
  copy->length = from->length;
  heap_barrier_object(vm, copy, to);
  deep_check(SAMPLED(copy->length, dict_verify(copy)));
  return copy;
}

bool dict_next(const Dict *dict, size_t *position, Value *key, Value *value) {
  const DictTable *t = dict->table;
  while (*position < t->used) {
    const DictEntry *entry = dict_entry_at(t, (*position)++);
    if (entry->key == VALUE_UNBOUND) continue;
    *key = entry->key;
    if (value) *value = entry->value;
    return true;
  }
  return false;
}

/* Equal dicts mostly have equal keys in the same place: is it so for entry i of a? */
static inline bool same_place(const DictTable *a, const DictTable *b, size_t i) {
  if (i >= b->used) return false;
  Value x = dict_entry_at(a, i)->key, y = dict_entry_at(b, i)->key;
  if (x == y) return true;
  if (a->kind != DICT_STR || b->kind != DICT_STR || y == VALUE_UNBOUND) return false;
  const Str *s = value_object(x), *t = value_object(y);
  return s->hash == t->hash && str_equal(s, t);
}

Answer dict_equal(VM *vm, Dict *a, Dict *b) {
  if (a->length != b->length) return ANSWER_NO;
  for (size_t i = 0; i < a->table->used; i++) {
    const DictEntry *entry = dict_entry_at(a->table, i);
    if (entry->key == VALUE_UNBOUND) continue;
    Value key = entry->key, mine = entry->value;
    int64_t at =
        same_place(a->table, b->table, i) ? (int64_t)i : find(vm, b, key, entry_hash(a->table, i));
    if (at < 0) return at == DICT_ABSENT ? ANSWER_NO : ANSWER_FAILED;
    Value other = dict_entry_at(b->table, (size_t)at)->value;
    if (mine == other) continue;
    Answer same = values_equal(vm, mine, other);
    if (same != ANSWER_YES) return same;
    if (!vm_listen(vm)) return ANSWER_FAILED;
  }
  return ANSWER_YES;
}

bool dict_merge(VM *vm, Dict *dict, Dict *other, bool override) {
  if (dict == other || !other->length) return true;
  if (!dict->length && object_type(dict) == TYPE_OF(dict)) { /* into nothing: a copy's table */
    Dict *copy = dict_copy(vm, other);
    if (!copy) return false;
    dict->table = copy->table;
    dict->length = copy->length;
    dict->stamp = 0;
    heap_barrier_object(vm, dict, dict->table);
    /* a table has one owner: it is freed when that owner replaces it */
    copy->table = &dict_no_table;
    copy->length = 0;
    return true;
  }
  DictTable *table = other->table;
  uint32_t used = table->used;
  for (size_t i = 0; i < used; i++) {
    const DictEntry *entry = dict_entry_at(table, i);
    if (entry->key == VALUE_UNBOUND) continue;
    Value key = entry->key, value = entry->value;
    uint64_t hash = entry_hash(table, i);
    int64_t at = find(vm, dict, key, hash);
    if (at == DICT_FAILED) return false;
    if (at == DICT_ABSENT) {
      if (!insert(vm, dict, key, hash, value)) return false;
    } else if (override) {
      replace(vm, dict, at, value);
    }
    if (other->table != table || table->used != used) /* deletions in the middle do no harm */
      return raise_false(vm, TYPE_OF(RuntimeError), "dict mutated during update");
  }
  return true;
}

/* ---- collection */
static void dict_table_trace(Marker *marker, Object *self) {
  const DictTable *t = (const DictTable *)self;
  if (t->kind != DICT_ANY) {
    mark_values(marker, &t->entries[0].key, (size_t)t->used * 2);
    return;
  }
  const DictHashEntry *entries = (const DictHashEntry *)t->entries;
  for (uint32_t i = 0; i < t->used; i++) {
    mark_value(marker, entries[i].key);
    mark_value(marker, entries[i].value);
  }
}

const ClassSpec dict_table_class = {.name = "dict_table",
                                    .flags = TYPE_INTERNAL,
                                    .basic_size = sizeof(DictTable),
                                    .trace = dict_table_trace};
