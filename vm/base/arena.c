/* arena.c -- see arena.h. Chunks come from calloc, so that handed-out memory is zero. */
#include "vm/base/memory.h"
#include "arena.h"

#include <stdio.h>
#include <stdlib.h>

struct ArenaChunk {
  ArenaChunk *next;
  char data[];
};

enum { ARENA_CHUNK_BYTES = 64 * 1024 };

void arena_init(Arena *arena) { *arena = (Arena){0}; }

void arena_deinit(Arena *arena) {
  for (ArenaChunk *chunk = arena->chunks; chunk;) {
    ArenaChunk *next = chunk->next;
    free(chunk);
    chunk = next;
  }
  *arena = (Arena){0};
}

void *arena_alloc_slow(Arena *arena, size_t size) {
  size_t want = size > ARENA_CHUNK_BYTES / 4 ? size : ARENA_CHUNK_BYTES;
  ArenaChunk *chunk = memory_take_zeroed(1, sizeof(ArenaChunk) + want);
  if (!chunk) {
    fputs("krait: out of memory\n", stderr);
    exit(1);
  }
  chunk->next = arena->chunks;
  arena->chunks = chunk;
  arena->bytes += size;
  if (want != ARENA_CHUNK_BYTES) return chunk->data; /* a large piece alone leaves the current chunk in use */
  arena->next = chunk->data + size;
  arena->limit = chunk->data + want;
  return chunk->data;
}

char *arena_copy(Arena *arena, const void *bytes, size_t size) {
  char *copy = arena_alloc(arena, size + 1);
  if (size) memcpy(copy, bytes, size);
  return copy;
}
