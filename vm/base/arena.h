/* arena.h -- bump allocation with one lifetime: tokens, trees, compiler scratch.
**
** Law: nothing in an arena is freed alone; arena_deinit frees all of it.
*/
#ifndef KRAIT_ARENA_H
#define KRAIT_ARENA_H

#include "common.h"

typedef struct ArenaChunk ArenaChunk;

typedef struct Arena {
  char *next, *limit;  /* [borrowed: chunks] free interval of the newest chunk */
  ArenaChunk *chunks;  /* [owned] newest first */
  size_t bytes;        /* total handed out, for statistics */
} Arena;

void arena_init(Arena *arena);
void arena_deinit(Arena *arena);

/* arena_alloc: `size` zeroed bytes, 8-byte aligned. Exits the process with a message when memory is exhausted. */
void *arena_alloc_slow(Arena *arena, size_t size);
static inline void *arena_alloc(Arena *arena, size_t size) {
  size = align_up(size, 8);
  char *p = arena->next;
  if (UNLIKELY(size > (size_t)(arena->limit - p))) return arena_alloc_slow(arena, size);
  arena->next = p + size;
  arena->bytes += size;
  return p;
}
#define ARENA_NEW(arena, Type) ((Type *)arena_alloc((arena), sizeof(Type)))
#define ARENA_ARRAY(arena, Type, n) ((Type *)arena_alloc((arena), sizeof(Type) * (size_t)(n)))

/* arena_copy: a NUL-terminated copy of `size` bytes. */
char *arena_copy(Arena *arena, const void *bytes, size_t size);

#endif
