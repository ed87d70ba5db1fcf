/* set_verify.c -- the laws of set.h: every value is where its probe looks for it, the order being
** CPython's. */
#include "vm/objects/verify.h"

#include "vm/objects/hashing.h"

#if KRAIT_CHECKS >= 1
static bool is_found(const SetTable *table, const SetEntry *wanted) {
  size_t mask = table->mask, at = (size_t)wanted->hash & mask;
  for (uint64_t perturb = wanted->hash;;) {
    int more = at + 9 <= mask ? 9 : 0;
    for (const SetEntry *entry = &table->entries[at]; more >= 0; entry++, more--) {
      if (entry == wanted) return true;
      LAW(entry->value != VALUE_UNBOUND); /* the probe ended before it met the value */
      LAW(entry->value != wanted->value); /* twice */
    }
    perturb >>= 5;
    at = (at * 5 + 1 + perturb) & mask;
  }
}

static bool entry_verify(const Set *set, const SetEntry *entry) {
  LAW(item_verify(entry->value));
  if (value_is_pointer(entry->value)) LAW(set->table->h.bits & SET_POINTERS);
  if (value_is(entry->value, str))
    LAW(((const Str *)value_object(entry->value))->hash == entry->hash);
  if (value_is_int(entry->value)) LAW(int_hash_immediate(entry->value) == entry->hash);
  LAW(is_found(set->table, entry));
  return true;
}

bool set_verify(const Set *set) {
  const SetTable *table = set->table;
  LAW(table != NULL && table->h.shape == SHAPE_OF(set_table));
  LAW((table->mask & (table->mask + 1)) == 0 && table->mask >= 7);
  LAW(set->filled >= set->length && set->filled * 5 < table->mask * 3 + 5);
  uint64_t live = 0, deleted = 0;
  for (uint64_t i = 0; i <= table->mask; i++) {
    const SetEntry *entry = &table->entries[i];
    bool is_live = entry->value != VALUE_UNBOUND && entry->value != VALUE_MISSING;
    LAW(set_live(table)[i] == is_live);
    if (entry->value == VALUE_UNBOUND) {
      LAW(entry->hash == 0);
    } else if (entry->value == VALUE_MISSING) {
      LAW(entry->hash == UINT64_MAX);
      deleted++;
    } else {
      LAW(entry_verify(set, entry));
      live++;
    }
  }
  LAW(live == set->length && live + deleted == set->filled);
  return true;
}
#endif
