/* memory.c -- see memory.h. */
#include "memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

bool (*memory_spare)(void);
void (*memory_refused)(void);
MemoryFailing memory_failing;

bool memory_fails_now(void) {
  if (--memory_failing.countdown) return false;
  memory_failing.countdown = memory_failing.period;
  memory_failing.failed++;
  return true;
}

/* The C library said no: once more, with what the heap did not need. */
static bool may_try_again(void) { return memory_spare && memory_spare(); }

void *memory_take(size_t size) {
  if (memory_fails()) return NULL;
  void *block = malloc(size);
  if (UNLIKELY(!block) && may_try_again()) block = malloc(size);
  return block;
}

void *memory_take_zeroed(size_t count, size_t size) {
  if (memory_fails()) return NULL;
  void *block = calloc(count, size);
  if (UNLIKELY(!block) && may_try_again()) block = calloc(count, size);
  return block;
}

void *memory_resize(void *block, size_t size) {
  if (memory_fails()) return NULL;
  void *moved = realloc(block, size);
  if (UNLIKELY(!moved) && may_try_again()) moved = realloc(block, size);
  return moved;
}

void *memory_resize_array(void *block, size_t count, size_t size) {
  size_t bytes;
  return __builtin_mul_overflow(count, size, &bytes) ? NULL : memory_resize(block, bytes);
}

void *memory_take_beside(size_t size) { return malloc(size); }
void *memory_resize_beside(void *block, size_t size) { return realloc(block, size); }

char *memory_copy(const void *bytes, size_t size) {
  char *copy = memory_take(size + 1);
  if (!copy) return NULL;
  if (size) memcpy(copy, bytes, size);
  copy[size] = 0;
  return copy;
}

char *memory_copy_text(const char *text) { return memory_copy(text, strlen(text)); }

void memory_end(const char *what) {
  fprintf(stderr, "krait: out of memory: %s\n", what);
  exit(1);
}

/* ---- moving */
enum { PAGE = 4096, PIECE = 1 << 20, LONG = 4 << 20 };

/* The whole pages in [from, to) are not read any more. */
static void give_back(uint8_t *from, uint8_t *to) {
  uintptr_t first = align_up((uintptr_t)from, PAGE), end = (uintptr_t)to & ~(uintptr_t)(PAGE - 1);
  if (first < end) madvise((void *)first, end - first, MADV_DONTNEED);
}

void memory_move(void *to, void *from, size_t n) {
  size_t done = 0;
  for (; n >= LONG && n - done > PIECE; done += PIECE) {
    uint8_t *at = (uint8_t *)from + done;
    memcpy((uint8_t *)to + done, at, PIECE);
    give_back(done ? at - PAGE : at, at + PIECE);
  }
  if (n > done) memcpy((uint8_t *)to + done, (uint8_t *)from + done, n - done);
}
