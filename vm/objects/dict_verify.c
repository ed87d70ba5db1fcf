/* dict_verify.c -- the laws of dict.h, read by the machine: table, index, kinds, hashes, stamp. */
#include "vm/objects/verify.h"

#include "vm/objects/hashing.h"

#if KRAIT_CHECKS >= 1
/* ---- what stamps were drawn for: newer ones push older ones out */
enum { NOTES = 1 << 12 };
typedef struct StampNote {
  uint32_t stamp, used, length;
  const Dict *dict;
  const DictTable *table;
  Value first, last;
} StampNote;
static StampNote notes[NOTES];

static Value key_at(const DictTable *t, uint32_t i) {
  return i < t->used ? dict_entry_at(t, i)->key : VALUE_UNBOUND;
}

void dict_stamp_note(const Dict *dict) {
  if (!key_is_cacheable(dict->stamp)) return;
  const DictTable *t = dict->table;
  Value first = key_at(t, 0), last = key_at(t, t->used - 1);
  notes[dict->stamp % NOTES] =
      (StampNote){dict->stamp, t->used, dict->length, dict, t, first, last};
}

bool dict_stamp_verify(const Dict *dict) {
  if (!dict->stamp || !key_is_cacheable(dict->stamp)) return true;
  LAW(dict->stamp <= the_vm->next_stamp);
  const StampNote *note = &notes[dict->stamp % NOTES];
  if (note->stamp != dict->stamp) return true;
  const DictTable *t = dict->table;
  /* no other dict has the stamp, and entries have not moved */
  LAW(note->dict == dict && note->table == t);
  LAW(note->length == dict->length && note->used == t->used); /* none came, none went */
  LAW(note->first == key_at(t, 0) && note->last == key_at(t, t->used - 1));
  return true;
}

/* ---- entries */
static bool key_verify(const DictTable *t, uint32_t i, Value key) {
  LAW(item_verify(key));
  if (t->kind == DICT_STR) {
    LAW(value_is(key, str));
    const Str *s = value_object(key);
    LAW(s->hash != 0);
    LAW(!t->interned || (s->h.bits & STR_INTERNED));
  } else if (t->kind == DICT_INT) {
    LAW(value_is_int(key));
  } else {
    uint64_t hash = dict_entry_hash(t, i);
    if (value_is(key, str)) LAW(((const Str *)value_object(key))->hash == hash);
    if (value_is_int(key)) LAW(int_hash_immediate(key) == hash);
  }
  return true;
}

static uint32_t slot_at(const DictTable *t, size_t at) {
  size_t entry = t->kind == DICT_ANY ? sizeof(DictHashEntry) : sizeof(DictEntry);
  const char *slots = (const char *)t->entries + (size_t)t->capacity * entry;
  uint32_t n = t->width == 0   ? ((const uint8_t *)slots)[at]
               : t->width == 1 ? ((const uint16_t *)slots)[at]
                               : ((const uint32_t *)slots)[at];
  uint32_t limit = t->width == 0 ? UINT8_MAX : t->width == 1 ? UINT16_MAX : UINT32_MAX;
  /* UINT32_MAX: empty, UINT32_MAX - 1: deleted */
  return n >= limit - 1 ? UINT32_MAX - (limit - n) : n;
}

/* Does the probe for entry i's hash lead to it, and past no entry with the same key? */
static bool is_found(const DictTable *t, uint32_t i) {
  uint64_t hash = dict_entry_hash(t, i);
  size_t at = (size_t)hash & t->mask;
  Value key = dict_entry_at(t, i)->key;
  for (uint64_t perturb = hash;;) {
    uint32_t slot = slot_at(t, at);
    LAW(slot != UINT32_MAX); /* the probe ended before it met the entry */
    if (slot == i) return true;
    if (slot < UINT32_MAX - 1) LAW(dict_entry_at(t, slot)->key != key);
    perturb >>= 5;
    at = (at * 5 + perturb + 1) & t->mask;
  }
}

static bool index_verify(const Dict *dict) {
  const DictTable *t = dict->table;
  /* a power of two, with an empty slot left */
  LAW((t->mask & (t->mask + 1)) == 0 && t->mask >= t->capacity);
  LAW(t->width == (t->mask < 256 ? 0 : t->mask < 65536 ? 1 : 2));
  uint32_t taken = 0;
  for (size_t at = 0; at <= t->mask; at++) {
    uint32_t slot = slot_at(t, at);
    if (slot >= UINT32_MAX - 1) continue;
    LAW(slot < t->used && dict_entry_at(t, slot)->key != VALUE_UNBOUND);
    taken++;
  }
  LAW(taken == dict->length);
  for (uint32_t i = 0; i < t->used; i++)
    if (dict_entry_at(t, i)->key != VALUE_UNBOUND) LAW(is_found(t, i));
  return true;
}

bool dict_verify(const Dict *dict) {
  const DictTable *t = dict->table;
  LAW(t != NULL && t->h.shape == SHAPE_OF(dict_table));
  LAW(t->kind <= DICT_ANY && t->used <= t->capacity && dict->length <= t->used);
  LAW((t == &dict_no_table) == (t->capacity == 0));
  LAW((t->mask == 0) == (t->capacity <= 8));
  uint32_t live = 0;
  for (uint32_t i = 0; i < t->used; i++) {
    const DictEntry *entry = dict_entry_at(t, i);
    if (entry->key == VALUE_UNBOUND) {
      LAW(i ? entry->value == VALUE_UNBOUND : value_is_int(entry->value));
      continue;
    }
    LAW(entry->value != VALUE_UNBOUND);
    LAW(key_verify(t, i, entry->key));
    LAW(entry->value != VALUE_FAIL && entry->value != VALUE_STOP);
    live++;
  }
  LAW(live == dict->length);
  LAW(dict_front(t) <= t->used);
  for (uint32_t i = 0; i < dict_front(t); i++) LAW(dict_entry_at(t, i)->key == VALUE_UNBOUND);
  if (t->mask) LAW(index_verify(dict));
  return dict_stamp_verify(dict);
}
#endif
