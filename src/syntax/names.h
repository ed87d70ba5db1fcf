/* names.h -- the identifiers of one parse, interned: equal text is the same pointer.
**
** Open addressing over Name pointers in the arena; grows at half full. Keywords are recognised when
** a name is made, so that the lexer compares text once per distinct name.
*/
#ifndef KRAIT_NAMES_H
#define KRAIT_NAMES_H

#include "src/syntax/ast.h"

typedef struct NameTable {
  Arena *arena; /* [borrowed: the parse's] */
  uint32_t count, mask;
  Name **slots; /* mask + 1 of them; NULL is free */
} NameTable;

NameTable *name_table_new(Arena *arena);
/* name_intern: the Name with this text (UTF-8, already NFKC). */
Name *name_intern(NameTable *table, const char *text, size_t size);
static inline Name *name_intern_text(NameTable *table, const char *text) {
  return name_intern(table, text, strlen(text));
}
/* name_intern_hashed: the same when the lexer has hashed the text on its way (NAME_HASH_STEP from 0
** over the bytes). */
Name *name_intern_hashed(NameTable *table, const char *text, size_t size, uint32_t hash);
#define NAME_HASH_STEP(hash, byte) (((hash) ^ (uint8_t)(byte)) * 0x01000193u)

#endif
