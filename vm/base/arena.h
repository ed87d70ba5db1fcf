/* arena.h -- bump allocation with one lifetime: tokens, trees, compiler scratch.
**
** Law: nothing in an arena is freed alone; arena_deinit frees all of it.
** Law: an arena never answers NULL. Refused memory ends what arena_run started: what runs under it
** owns nothing but memory of the arena, or what its caller frees.
*/
#ifndef KRAIT_ARENA_H
#define KRAIT_ARENA_H

#include "common.h"

typedef struct ArenaChunk ArenaChunk;

typedef struct Arena {
  char *next, *limit; /* [borrowed: chunks] free interval of the newest chunk */
  ArenaChunk *chunks; /* [owned] newest first */
  size_t chunk_bytes; /* of the newest chunk for small pieces */
  size_t bytes;       /* total handed out, for statistics */
  void *on_failure;   /* [borrowed] where arena_run waits, a jmp_buf; NULL: nobody does */
} Arena;

void arena_init(Arena *arena);
void arena_deinit(Arena *arena);

/* arena_run: body(data); false: it ran out of memory (arena_fail) and stopped where it was.
** Nests. */
MUST_USE bool arena_run(Arena *arena, void (*body)(void *data), void *data);
NORETURN void arena_fail(Arena *arena);
/* arena_alloc: `size` zeroed bytes, 8-byte aligned. */
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
/* arena_room: a copy of the first `used` bytes of `items` in `size` bytes. ARENA_ROOM: room for one
** more behind `count` items of an array: when it is full, `first` or twice as many. */
void *arena_room(Arena *arena, const void *items, size_t used, size_t size);
#define ARENA_ROOM(arena, items, count, capacity, first)                        \
  do {                                                                          \
    if ((count) == (capacity)) {                                                \
      (capacity) = (capacity) ? (capacity)*2 : (first);                         \
      (items) = arena_room((arena), (items), (size_t)(count) * sizeof *(items), \
                           (size_t)(capacity) * sizeof *(items));               \
    }                                                                           \
  } while (0)

/* arena_copy: a NUL-terminated copy of `size` bytes. */
char *arena_copy(Arena *arena, const void *bytes, size_t size);

#endif
