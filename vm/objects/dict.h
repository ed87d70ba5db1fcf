/* dict.h -- insertion-ordered hash table; set and frozenset.
**
** Law: `stamp` is 0, or a number no other dict has or had; every insertion of a new key, deletion, clear or move of
** entries sets it to 0 (replacing a value does not). So (stamp equal) means: same dict, same keys, value slots not moved.
*/
#ifndef KRAIT_DICT_H
#define KRAIT_DICT_H

#include "vm/core/vm.h"
#include "vm/objects/str.h"

struct Dict {
  Object h;
  uint32_t stamp;           /* see the law; dict_stamp draws one */
  uint32_t kind;            /* which keys: all exact str, all immediate ints, or any (dict.c) */
  uint64_t length;          /* live entries */
  uint64_t used;            /* entries used, deleted ones included */
  Object *table;            /* [gc] entries and index, a cell of type dict_table; NULL while empty */
};

Dict *dict_new(VM *vm);
Dict *dict_new_sized(VM *vm, size_t expected);
static inline size_t dict_length(const Dict *dict) { return dict->length; }
static inline uint32_t dict_stamp(VM *vm, Dict *dict) { return dict->stamp ? dict->stamp : (dict->stamp = ++vm->next_stamp); }

/* ---- any key: hashes and compares, so may run Python */
MUST_USE MAY_RUN Value dict_get(VM *vm, Dict *dict, Value key); /* the value, VALUE_UNBOUND when absent, VALUE_FAIL */
MUST_USE MAY_RUN bool dict_set(VM *vm, Dict *dict, Value key, Value value);
MUST_USE MAY_RUN Value dict_remove(VM *vm, Dict *dict, Value key); /* the value removed, VALUE_UNBOUND when absent, VALUE_FAIL */
MUST_USE MAY_RUN Value dict_set_default(VM *vm, Dict *dict, Value key, Value value); /* value now there */

/* ---- exact str keys: run nothing */
Value dict_get_str(VM *vm, Dict *dict, Str *key);               /* VALUE_UNBOUND when absent */
bool dict_set_str(VM *vm, Dict *dict, Str *key, Value value);   /* false: MemoryError */
Value dict_remove_str(VM *vm, Dict *dict, Str *key);
Value *dict_find_slot(VM *vm, Dict *dict, Str *key);            /* address of the value (store with a barrier on dict->table); NULL when absent */

/* ---- whole */
void dict_clear(VM *vm, Dict *dict);
Dict *dict_copy(VM *vm, Dict *dict);
MUST_USE MAY_RUN bool dict_update(VM *vm, Dict *dict, Value other, bool override); /* mapping or pairs, as dict.update */
/* dict_next: iterates in order. *position starts at 0. false at the end. Safe against value replacement only. */
bool dict_next(const Dict *dict, size_t *position, Value *key, Value *value);
MUST_USE MAY_RUN int dict_equal(VM *vm, Dict *a, Dict *b);      /* 1, 0, -1 raised */

/* ---- sets */
typedef struct Set {
  Object h;
  uint64_t length, used;
  uint64_t mask;            /* slots - 1 */
  uint64_t hash;            /* frozenset's, 0: not yet */
  Object *table;            /* [gc] */
} Set;
Set *set_new(VM *vm);
Set *frozenset_new(VM *vm);
MUST_USE MAY_RUN bool set_add_value(VM *vm, Set *set, Value v);
MUST_USE MAY_RUN int set_contains_value(VM *vm, Set *set, Value v);   /* 1, 0, -1 raised */
MUST_USE MAY_RUN int set_discard_value(VM *vm, Set *set, Value v);    /* 1 removed, 0 absent, -1 raised */
MUST_USE MAY_RUN bool set_update_value(VM *vm, Set *set, Value iterable);
bool set_next(const Set *set, size_t *position, Value *v);
static inline size_t set_length(const Set *set) { return set->length; }

#endif
