/* table.h -- numbers by 64-bit keys: what has got an id in the recording already.
**
** Law: keys are hashes of what they stand for, which is not compared: two of a million things share
** a number once in thirty million recordings. Who holds the log's lock may use a table, a signal
** handler too, which only cannot make it larger. */
#ifndef KRAIT_PROFILE_TABLE_H
#define KRAIT_PROFILE_TABLE_H

#include "vm/base/common.h"

/* Law: count <= capacity * 7 / 8, capacity a power of two; a key 0 is an empty place. */
typedef struct IdTable {
  uint64_t *keys; /* [owned] capacity of them, the ids behind */
  uint32_t *ids;
  uint32_t count, capacity;
} IdTable;

MUST_USE bool table_init(IdTable *table, uint32_t capacity); /* false: no memory */
/* table_find: 0: it is not there. */
uint32_t table_find(const IdTable *table, uint64_t key);
/* table_add: needs a key that is not there; false: full. */
MUST_USE bool table_add(IdTable *table, uint64_t key, uint32_t id);
/* table_is_crowded: table_grow should come soon. */
static inline bool table_is_crowded(const IdTable *table) {
  return table->count > table->capacity / 2;
}
/* table_grow: twice as large; without memory it stays. Not in a handler. */
void table_grow(IdTable *table);

/* key_mix: of an ordered pair: small numbers in both places do not meet. Never 0. */
static inline uint64_t key_mix(uint64_t key, uint64_t more) {
  key *= UINT64_C(0x9E3779B97F4A7C15);
  key ^= key >> 29;
  key = (key ^ more) * UINT64_C(0xBF58476D1CE4E5B9);
  return (key ^ key >> 32) | 1;
}

#endif
