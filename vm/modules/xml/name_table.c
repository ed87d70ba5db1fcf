/* name_table.c -- see name_table.h. */
#include "vm/base/libraries.h"
#if WITH_EXPAT
#include <stdlib.h>

#include "vm/base/memory.h"
#include "vm/contracts/error.h"
#include "vm/modules/xml/name_table.h"

enum { FIRST_CAPACITY = 64 };

void name_table_init(NameTable *table) {
  *table = (NameTable){.entries = NULL};
  buffer_init(&table->bytes);
}

void name_table_deinit(NameTable *table) {
  free(table->entries);
  buffer_deinit(&table->bytes);
  name_table_init(table);
}

void name_table_trace(Marker *marker, const NameTable *table) {
  for (size_t i = 0; i < table->capacity; i++) mark_object(marker, table->entries[i].name);
}

static NameEntry *free_entry(NameEntry *entries, size_t capacity, uint64_t hash) {
  size_t i = hash & (capacity - 1);
  while (entries[i].name) i = (i + 1) & (capacity - 1);
  return &entries[i];
}

static bool make_room(NameTable *table) {
  size_t capacity = table->capacity ? table->capacity * 2 : FIRST_CAPACITY;
  NameEntry *entries = memory_take_zeroed(capacity, sizeof *entries);
  if (!entries) return false;
  for (size_t i = 0; i < table->capacity; i++) {
    const NameEntry *e = &table->entries[i];
    if (e->name) *free_entry(entries, capacity, e->hash) = *e;
  }
  free(table->entries);
  table->entries = entries, table->capacity = capacity;
  return true;
}

/* The name as Python sees it. */
static Str *make_name(VM *vm, const char *name, size_t size) {
  const char *end = memchr(name, '}', size);
  Str *s = end ? str_format(vm, "{%s", name) : str_new_utf8(vm, name, size);
  return s ? str_intern(vm, s) : NULL;
}

static Str *add_name(VM *vm, NameTable *table, void *owner, const char *name, size_t size,
                     uint64_t hash) {
  Str *s = make_name(vm, name, size);
  if (!s) return NULL;
  bool room = 2 * (table->used + 1) <= table->capacity || make_room(table);
  if (!room || !buffer_try_reserve(&table->bytes, size)) return (void)raise_memory(vm), NULL;
  NameEntry *e = free_entry(table->entries, table->capacity, hash);
  *e = (NameEntry){hash, s, table->bytes.size, size};
  buffer_add(&table->bytes, name, size);
  table->used++;
  heap_barrier_object(vm, owner, s);
  return s;
}

Str *name_table_get(VM *vm, NameTable *table, void *owner, const char *name) {
  assert((table->capacity & (table->capacity - 1)) == 0 && table->used <= table->capacity / 2);
  size_t size = strlen(name);
  uint64_t hash = hash_bytes(vm, name, size);
  if (LIKELY(table->capacity)) {
    size_t i = hash & (table->capacity - 1);
    for (const NameEntry *e; (e = &table->entries[i])->name; i = (i + 1) & (table->capacity - 1))
      if (e->hash == hash && e->size == size &&
          memcmp(table->bytes.bytes + e->start, name, size) == 0)
        return e->name;
  }
  return add_name(vm, table, owner, name, size, hash);
}
#endif
