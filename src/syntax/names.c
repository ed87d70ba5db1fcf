/* names.c -- see names.h. */
#include "src/syntax/names.h"

#include "src/syntax/lexer.h"

enum { FIRST_SLOTS = 64 };

NameTable *name_table_new(Arena *arena) {
  NameTable *table = ARENA_NEW(arena, NameTable);
  table->arena = arena;
  table->mask = FIRST_SLOTS - 1;
  table->slots = ARENA_ARRAY(arena, Name *, FIRST_SLOTS);
  return table;
}

/* The multiplicative hash leaves its best bits on top. */
static inline uint32_t first_slot(const NameTable *table, uint32_t hash) {
  return (hash ^ hash >> 15) & table->mask;
}

static NOINLINE void grow(NameTable *table) {
  Name **old = table->slots;
  uint32_t old_mask = table->mask;
  table->mask = old_mask * 4 + 3;
  table->slots = ARENA_ARRAY(table->arena, Name *, table->mask + 1);
  for (uint32_t i = 0; i <= old_mask; i++) {
    if (!old[i]) continue;
    uint32_t slot = first_slot(table, old[i]->hash);
    while (table->slots[slot]) slot = (slot + 1) & table->mask;
    table->slots[slot] = old[i];
  }
}

static NOINLINE Name *add_name(NameTable *table, const char *text, size_t size, uint32_t hash) {
  if (table->count * 2 >= table->mask) grow(table);
  Name *name = arena_alloc(table->arena, sizeof(Name) + size + 1);
  name->size = (uint32_t)size;
  name->hash = hash;
  memcpy(name->text, text, size);
  name->keyword = (uint8_t)keyword_find(text, size, &name->soft);
  uint32_t slot = first_slot(table, hash);
  while (table->slots[slot]) slot = (slot + 1) & table->mask;
  table->slots[slot] = name;
  table->count++;
  return name;
}

Name *name_intern_hashed(NameTable *table, const char *text, size_t size, uint32_t hash) {
  for (uint32_t slot = first_slot(table, hash);; slot = (slot + 1) & table->mask) {
    Name *name = table->slots[slot];
    if (!name) return add_name(table, text, size, hash);
    if (name->hash == hash && name->size == size && memcmp(name->text, text, size) == 0)
      return name;
  }
}

Name *name_intern(NameTable *table, const char *text, size_t size) {
  uint32_t hash = 0;
  for (size_t i = 0; i < size; i++) hash = NAME_HASH_STEP(hash, text[i]);
  return name_intern_hashed(table, text, size, hash);
}
