/* memory.h -- malloc'd memory that may be refused, and refusing it on purpose.
**
** Law: vm/ and src/ ask for memory outside the heap through these functions alone
** (tests/meta/memory.py), so that a program near its limit gets what the heap can spare
** (memory_spare), and mode alloc-fail sees every request. NULL is a possible answer. What they give
** is freed with free(). */
#ifndef KRAIT_MEMORY_H
#define KRAIT_MEMORY_H

#include "common.h"

/* undefined contents; NULL: refused */
MUST_USE void *memory_take(size_t size);
/* zero; NULL: refused, or the product overflows */
MUST_USE void *memory_take_zeroed(size_t count, size_t size);
/* as realloc: NULL leaves the block as it was */
MUST_USE void *memory_resize(void *block, size_t size);
/* the product may overflow: NULL */
MUST_USE void *memory_resize_array(void *block, size_t count, size_t size);
MUST_USE char *memory_copy_text(const char *text);          /* as strdup */
MUST_USE char *memory_copy(const void *bytes, size_t size); /* with a NUL behind them */

/* memory_move: copies n bytes that nobody reads at `from` any more: pages that were copied go back
** to the system on the way, so that what is long is never there twice (perf-note 0070). */
void memory_move(void *to, void *from, size_t n);

/* memory_take_beside, memory_resize_beside: for a thread that does not hold the global lock: only
** the C library is asked. */
MUST_USE void *memory_take_beside(size_t size);
MUST_USE void *memory_resize_beside(void *block, size_t size);

/* memory_spare: gives address space back that is not in use (the heap's free blocks); false: there
** was none. NULL: nobody can. */
extern bool (*memory_spare)(void);

/* memory_refused: told by builders that drop what is added from now on (Buffer): a net under those
** who finish them. */
extern void (*memory_refused)(void);

/* ---- failing on purpose: KRAIT_GC_FAIL=n or n,k: the n-th request of any size fails, then every
** k-th after it */
typedef struct MemoryFailing {
  uint64_t countdown; /* requests until the next one that fails; 0: none will */
  uint64_t period;    /* between failures; 0: one is enough */
  uint64_t failed;    /* failures so far */
  uint64_t told;      /* MemoryErrors raised meanwhile */
  /* what countdown began with, if the end of the program is to tell how many requests there were;
  ** 0: no */
  uint64_t asked;
} MemoryFailing;
extern MemoryFailing memory_failing;
bool memory_fails_now(void);
/* memory_fails: is this request one that must fail? */
static inline bool memory_fails(void) {
  return UNLIKELY(memory_failing.countdown != 0) && memory_fails_now();
}

/* memory_end: the end: nothing is left even for saying so in another way. One line, exit status
** 1. */
NORETURN COLD void memory_end(const char *what);

#endif
