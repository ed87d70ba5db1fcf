/* dict.h -- insertion-ordered hash table; its views and iterators. (Sets are in set.h.)
**
** Law: `stamp` is 0, or a number no other dict has or had; every insertion of a new key, deletion,
** clear or move of entries sets it to 0 (replacing a value does not). So (stamp equal) means: same
** dict, same keys, value slots not moved.
**
** The table is one cell: entries in insertion order, then the index (none up to 8 entries):
**
**     DictTable | entry 0 | entry 1 | … | entry capacity-1 | slots of 1, 2 or 4 bytes: entry
**     number, EMPTY or DELETED
**
** Its kind says what all keys are and so how wide an entry is: DICT_STR exact str, DICT_INT
** immediate ints (both 16 bytes, the hash is in the key), DICT_ANY (24 bytes: the hash behind the
** value). A deleted entry has key and value UNBOUND; but the value of entry 0, when that is
** deleted, is the int n: all entries before n are deleted, too, so that who always takes the first
** one out does not look at all of them each time (perf-note 0072). */
#ifndef KRAIT_DICT_H
#define KRAIT_DICT_H

#include "vm/core/vm.h"
#include "vm/objects/set.h"
#include "vm/objects/str.h"

typedef enum DictKind { DICT_STR, DICT_INT, DICT_ANY } DictKind;

typedef struct DictEntry {
  Value key, value;
} DictEntry;
typedef struct DictHashEntry {
  Value key, value;
  uint64_t hash;
} DictHashEntry;

typedef struct DictTable {
  Object h;
  uint32_t used;       /* entries used, deleted ones included */
  uint32_t capacity;   /* entries */
  uint32_t mask;       /* index slots - 1; 0: no index */
  uint8_t kind;        /* DictKind */
  uint8_t width;       /* log2 of an index slot's bytes */
  uint8_t interned;    /* DICT_STR: all keys are interned strings */
  uint8_t held;        /* somebody compares the table's address (dict_hold_table) */
  DictEntry entries[]; /* of DICT_STR and DICT_INT; DICT_ANY: DictHashEntry */
} DictTable;

struct Dict {
  Object h;
  uint32_t stamp;   /* see the law; dict_stamp draws one */
  uint32_t length;  /* live entries */
  DictTable *table; /* [gc] never NULL: dict_no_table while nothing was stored */
};
extern DictTable dict_no_table; /* static: capacity 0 */

MUST_USE NEVER_NULL Dict *dict_new(VM *vm);
MUST_USE Dict *dict_new_sized(VM *vm, size_t expected);
/* one that has no entries yet gets room for `count` */
MUST_USE bool dict_expect(VM *vm, Dict *dict, size_t count);
/* makes the zeroed native part of a new (subclass) instance an empty dict */
void dict_init(Dict *dict);
/* In a dict's bits: the attributes of a class. Law: changed through the class only (type_modified):
** nobody else gets to it. */
enum { DICT_OF_CLASS = 1 << OBJ_USER_SHIFT };
static inline size_t dict_length(const Dict *dict) { return dict->length; }
/* dict_stamp: drawn if there is none; not cacheable (key_is_cacheable) when somebody watches the
** dict or no numbers are left.
** Checked builds note what it was drawn for: dict_stamp_verify knows for a while. */
bool dict_stamp_verify(const Dict *dict);
#if KRAIT_CHECKS >= 1
void dict_stamp_note(const Dict *dict);
#else
static inline void dict_stamp_note(const Dict *dict) {}
#endif
static inline uint32_t dict_stamp(VM *vm, Dict *dict) {
  if (!dict->stamp) {
    dict->stamp = key_draw(&vm->next_stamp);
    dict_stamp_note(dict);
  }
  return dict->stamp;
}
/* dict_watch: until an entry comes, goes or moves, dict_watched(dict) is true. Caches do not use
** this dict meanwhile. */
static inline void dict_watch(Dict *dict) { dict->stamp = STAMP_WATCHED; }
static inline bool dict_watched(const Dict *dict) { return dict->stamp == STAMP_WATCHED; }
/* dict_hold_table: the present table is not freed when another takes its place, but left to the
** collector: its address is not another's as long as somebody has it. */
static inline void dict_hold_table(Dict *dict) {
  dict->table->held = dict->table != &dict_no_table;
}

/* ---- any key: hashes and compares, so may run Python */
/* the value, VALUE_UNBOUND when absent, VALUE_FAIL */
MUST_USE MAY_RUN Value dict_get(VM *vm, Dict *dict, Value key);
MUST_USE MAY_RUN bool dict_set(VM *vm, Dict *dict, Value key, Value value);
/* the value removed, VALUE_UNBOUND when absent, VALUE_FAIL */
MUST_USE MAY_RUN Value dict_remove(VM *vm, Dict *dict, Value key);
/* value now there */
MUST_USE MAY_RUN Value dict_set_default(VM *vm, Dict *dict, Value key, Value value);
/* dict_get_item: d[key] with __missing__ of subclasses and KeyError. dict_delete_item: del
** d[key]. */
MUST_USE MAY_RUN Value dict_get_item(VM *vm, Dict *dict, Value key);
MUST_USE MAY_RUN bool dict_delete_item(VM *vm, Dict *dict, Value key);
/* dict_find: the entry's number, or one of these. */
enum { DICT_ABSENT = -1, DICT_FAILED = -2 };
MUST_USE MAY_RUN int64_t dict_find(VM *vm, Dict *dict, Value key);
MUST_USE MAY_RUN int64_t dict_find_hashed(VM *vm, Dict *dict, Value key, uint64_t hash);
MUST_USE MAY_RUN bool dict_set_hashed(VM *vm, Dict *dict, Value key, uint64_t hash, Value value);

/* ---- exact str keys: run nothing, so a key of another type that claims to be equal to the str is
** not asked */
/* VALUE_UNBOUND when absent */
MUST_USE Value dict_get_str(VM *vm, Dict *dict, Str *key);
MUST_USE bool dict_set_str(VM *vm, Dict *dict, Str *key, Value value); /* false: MemoryError */
/* the value removed, VALUE_UNBOUND when absent */
Value dict_remove_str(VM *vm, Dict *dict, Str *key);
/* dict_ask_name: what dict_get_str did not find, in a namespace that a program may have filled with
** anything: such keys are asked, too. */
MUST_USE MAY_RUN static inline Value dict_ask_name(VM *vm, Dict *dict, Str *name) {
  return LIKELY(dict->table->kind != DICT_ANY) ? VALUE_UNBOUND
                                               : dict_get(vm, dict, value_from(name));
}
MUST_USE MAY_RUN static inline Value dict_get_name(VM *vm, Dict *dict, Str *name) {
  Value v = dict_get_str(vm, dict, name);
  return v != VALUE_UNBOUND ? v : dict_ask_name(vm, dict, name);
}
/* dict_find_slot: address of the value (store with a barrier on dict->table); NULL when absent */
MUST_USE Value *dict_find_slot(VM *vm, Dict *dict, Str *key);

/* ---- entries by number */
/* needs i < table->used */
static inline DictEntry *dict_entry_at(const DictTable *table, size_t i) {
  return table->kind == DICT_ANY ? (DictEntry *)((DictHashEntry *)table->entries + i)
                                 : (DictEntry *)&table->entries[i];
}
/* dict_front: a number that no live entry stands before. */
static inline uint32_t dict_front(const DictTable *table) {
  if (!table->used) return 0;
  const DictEntry *first = dict_entry_at(table, 0);
  return first->key == VALUE_UNBOUND ? (uint32_t)value_as_int(first->value) : 0;
}
/* the hash stored for a live entry */
uint64_t dict_entry_hash(const DictTable *table, size_t i);
/* dict_pop_entry: popitem's removal: the number is free again if the entry was the last. */
void dict_pop_entry(VM *vm, Dict *dict, size_t i);
/* dict_move_entry: entry i becomes the last or the first one. Cost: O(n) for the first. */
MUST_USE bool dict_move_entry(VM *vm, Dict *dict, size_t i, bool last);
/* squeezes deleted entries out */
MUST_USE bool dict_compact(VM *vm, Dict *dict);

/* ---- for inline code of the interpreter */

/* dict_forget_int: takes an immediate int out of a dict that has no other keys; runs nothing. */
void dict_forget_int(VM *vm, Dict *dict, Value key);

/* ---- whole */
void dict_clear(VM *vm, Dict *dict);
MUST_USE Dict *dict_copy(VM *vm, const Dict *dict);
/* mapping or pairs, as dict.update */
MUST_USE MAY_RUN bool dict_update(VM *vm, Dict *dict, Value other, bool override);
MUST_USE MAY_RUN bool dict_merge(VM *vm, Dict *dict, Dict *other, bool override);
/* dict_next: iterates in order. *position starts at 0. false at the end. Safe against value
** replacement only. */
bool dict_next(const Dict *dict, size_t *position, Value *key, Value *value);
MUST_USE MAY_RUN Answer dict_equal(VM *vm, Dict *a, Dict *b);

/* ---- views and iterators */
typedef struct DictView {
  Object h;
  Dict *dict;
} DictView;
typedef struct DictIterator {
  Object h;
  Dict *dict;         /* [gc] NULL once exhausted */
  uint32_t position;  /* next entry to look at; reversed: one past it */
  uint32_t length;    /* of the dict when it was made; UINT32_MAX: failed */
  uint32_t remaining; /* items to come */
} DictIterator;
MUST_USE Value dict_iterator_new(VM *vm, uint32_t shape, Dict *dict);
/* dict_iterator_step: the next entry of a forward iterator; NULL: exhausted, or raised
** (error_pending). */
MUST_USE DictEntry *dict_iterator_step_slow(VM *vm, DictIterator *it);
MUST_USE static inline DictEntry *dict_iterator_step(VM *vm, DictIterator *it) {
  const Dict *dict = it->dict;
  if (UNLIKELY(!dict || dict->length != it->length)) return dict_iterator_step_slow(vm, it);
  const DictTable *table = dict->table;
  while (LIKELY(it->position < table->used)) {
    DictEntry *entry = dict_entry_at(table, it->position++);
    if (LIKELY(entry->key != VALUE_UNBOUND)) {
      if (UNLIKELY(it->remaining == 0)) return dict_iterator_step_slow(vm, it);
      it->remaining--;
      return entry;
    }
  }
  it->dict = NULL;
  return NULL;
}

#endif
