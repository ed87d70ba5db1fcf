/* table.c -- see table.h: open addressing, steps of one. */
#include "vm/profile/table.h"

#include <string.h>
#include <sys/mman.h>

#include "vm/memory/space.h"

static size_t bytes_of(uint32_t capacity) {
  return capacity * (sizeof(uint64_t) + sizeof(uint32_t));
}

/* Pages of its own: they cost nothing until they are used. */
bool table_init(IdTable *table, uint32_t capacity) {
  char *pages = space_reserve(bytes_of(capacity));
  if (!pages) return false;
  table->keys = (uint64_t *)(void *)pages;
  table->ids = (uint32_t *)(void *)(pages + capacity * sizeof(uint64_t));
  table->count = 0;
  table->capacity = capacity;
  return true;
}

static uint32_t place_of(const IdTable *table, uint64_t key) {
  uint32_t mask = table->capacity - 1, at = (uint32_t)(key >> 20) & mask;
  while (table->keys[at] && table->keys[at] != key) at = (at + 1) & mask;
  return at;
}

uint32_t table_find(const IdTable *table, uint64_t key) {
  uint32_t at = place_of(table, key);
  return table->keys[at] ? table->ids[at] : 0;
}

bool table_add(IdTable *table, uint64_t key, uint32_t id) {
  assert(key && id && table->count <= table->capacity / 8 * 7);
  if (table->count >= table->capacity / 8 * 7) return false;
  uint32_t at = place_of(table, key);
  table->keys[at] = key;
  table->ids[at] = id;
  table->count++;
  return true;
}

void table_grow(IdTable *table) {
  IdTable larger;
  if (table->capacity > UINT32_MAX / 4 || !table_init(&larger, table->capacity * 2)) return;
  for (uint32_t i = 0; i < table->capacity; i++)
    if (table->keys[i] && !table_add(&larger, table->keys[i], table->ids[i])) break;
  munmap(table->keys, bytes_of(table->capacity));
  *table = larger;
}
