/* name_table.h -- the names that a parser has met: from libexpat's bytes to interned texts. */
#ifndef KRAIT_NAME_TABLE_H
#define KRAIT_NAME_TABLE_H

#include "vm/base/buffer.h"
#include "vm/objects/str.h"

typedef struct NameEntry {
  uint64_t hash;      /* of the bytes */
  Str *name;          /* [gc] NULL: free */
  size_t start, size; /* of the bytes, in NameTable.bytes */
} NameEntry;

/* Law: capacity is 0 or a power of two, and used <= capacity / 2. */
typedef struct NameTable {
  NameEntry *entries; /* [owned] */
  size_t capacity, used;
  Buffer bytes; /* [owned] */
} NameTable;

void name_table_init(NameTable *table);
void name_table_deinit(NameTable *table);
void name_table_trace(Marker *marker, const NameTable *table);
/* name_table_get: "URI}local" is {URI}local. `owner` is the object that the table is part of. NULL:
** MemoryError. */
MUST_USE MAY_RUN Str *name_table_get(VM *vm, NameTable *table, void *owner, const char *name);

#endif
