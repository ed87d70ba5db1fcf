/* arena.c -- see arena.h. Chunks come from calloc, so that handed-out memory is zero. */
#include "vm/base/memory.h"
#include "arena.h"

#include <setjmp.h>
#include <stdlib.h>

struct ArenaChunk {
  ArenaChunk *next;
  char data[];
};

/* Each chunk is twice the one before it: an eval() of a line touches one page. */
enum { FIRST_CHUNK_BYTES = 4 * 1024 - 64, CHUNK_BYTES = 64 * 1024 };

void arena_init(Arena *arena) { *arena = (Arena){0}; }

void arena_deinit(Arena *arena) {
  for (ArenaChunk *chunk = arena->chunks; chunk;) {
    ArenaChunk *next = chunk->next;
    free(chunk);
    chunk = next;
  }
  *arena = (Arena){0};
}

bool arena_run(Arena *arena, void (*body)(void *data), void *data) {
  jmp_buf here;
  void *outer = arena->on_failure;
  bool fine = setjmp(here) == 0;
  if (fine) {
    arena->on_failure = &here;
    body(data);
  }
  arena->on_failure = outer;
  return fine;
}

void arena_fail(Arena *arena) {
  if (!arena->on_failure) memory_end("the compiler's scratch memory");
  longjmp(*(jmp_buf *)arena->on_failure, 1);
}

void *arena_alloc_slow(Arena *arena, size_t size) {
  size_t usual = arena->chunk_bytes ? arena->chunk_bytes * 2 : FIRST_CHUNK_BYTES;
  if (usual > CHUNK_BYTES) usual = CHUNK_BYTES;
  size_t want = size > usual / 4 ? size : usual;
  ArenaChunk *chunk = memory_take_zeroed(1, sizeof(ArenaChunk) + want);
  if (UNLIKELY(!chunk)) arena_fail(arena);
  chunk->next = arena->chunks;
  arena->chunks = chunk;
  arena->bytes += size;
  /* a large piece alone leaves the current chunk in use */
  if (want != usual) return chunk->data;
  arena->chunk_bytes = usual;
  arena->next = chunk->data + size;
  arena->limit = chunk->data + want;
  return chunk->data;
}

char *arena_copy(Arena *arena, const void *bytes, size_t size) {
  char *copy = arena_alloc(arena, size + 1);
  if (size) memcpy(copy, bytes, size);
  return copy;
}

void *arena_room(Arena *arena, const void *items, size_t used, size_t size) {
  void *room = arena_alloc(arena, size);
  if (used) memcpy(room, items, used);
  return room;
}
