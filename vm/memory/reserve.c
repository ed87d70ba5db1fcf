/* reserve.c -- what happens when memory is gone: small cells from the reserve, MemoryError at the
** next safepoint.
**
**     plenty ──no block after a full collection──▶ exhausted ──a collection finds the reserve whole
**     again──▶ plenty
**
** A small cell is never refused: hundreds of callers rely on it. When there is none, its block
** comes from the reserve, and a poll is asked for (POLL_MEMORY): MemoryError is raised in the
** running frame, and handlers, `finally`, the last writes of files and the traceback run from the
** rest of the reserve. Steps, by what is left of it:
**     first block, three quarters, a half: one MemoryError each; those who swallow it are told
**     again
**     the last quarter: MemoryError at every safepoint, until everything is unwound
**     nothing: one line, exit status 1
** While exhausted every request that can fail (large cells) fails at once. A loop in C that
** allocates without end and without any such request asks vm_check_memory. Checked by:
** tests/cli/out_of_memory.py, tests/run --mode alloc-fail, tests/tools/alloc_sweep.py.
*/
#include "vm/contracts/error.h"
#include "vm/memory/heap_internal.h"

#include <stdio.h>

static bool is_critical(const Heap *heap) {
  return blocks_at_hand(heap) < heap->reserve_blocks / 4;
}

void heap_exhausted(VM *vm) {
  Heap *heap = vm->heap;
  size_t left = blocks_at_hand(heap);
  heap->exhausted = true;
  heap->told_at = left - left / 4;
  if (!heap->finishing) vm_request_poll(vm, POLL_MEMORY);
}

/* Is a sixty-fourth of the heap at hand, besides the reserve? */
static bool is_roomy(const Heap *heap) {
  return blocks_at_hand(heap) > heap->reserve_blocks + heap->top / 64;
}

/* After a full collection: did it find so little that the next one would come at once, and so
** on? */
bool heap_is_crowded(const Heap *heap) {
  size_t used = ((size_t)heap->top - heap->free_blocks) << BLOCK_SHIFT;
  return blocks_are_short(heap) || (!is_roomy(heap) && heap->live_bytes + used / 64 > used);
}

void heap_collected(Heap *heap) {
  if (!heap_is_crowded(heap)) heap->exhausted = false;
}

static bool collect_once(VM *vm) {
  Heap *heap = vm->heap;
  if (!heap->enabled || heap->collecting) return false;
  heap->unwound = false;
  collect(vm, true, false);
  return true;
}

/* Once at first, once after each MemoryError (unwinding let go of something), and before the next
** one is due. */
bool heap_recover(VM *vm) {
  const Heap *heap = vm->heap;
  bool may_help = !heap->exhausted || heap->unwound || blocks_at_hand(heap) <= heap->told_at;
  /* who walks over the heap must not lose it */
  return may_help && heap->enabled && collect_once(vm);
}

uint32_t reserve_take_cells(VM *vm, int class_index, bool raw) {
  Heap *heap = vm->heap;
  uint32_t number = block_take_cells(heap, class_index, raw, true);
  if (!number) memory_end("the reserve is used up");
  if (!heap->exhausted || blocks_at_hand(heap) < heap->told_at) heap_exhausted(vm);
  return number;
}

bool heap_refuses_large(VM *vm) {
  Heap *heap = vm->heap;
  if (LIKELY(!heap->exhausted) || heap->finishing) return false;
  (void)collect_once(vm); /* the program may have dropped what filled the memory */
  return heap->exhausted;
}

void heap_told(VM *vm) {
  Heap *heap = vm->heap;
  memory_failing.told++;
  /* a collection may have ended it before it was told */
  if (LIKELY(!heap->exhausted && !(vm->poll & POLL_MEMORY))) return;
  vm_clear_poll(vm, POLL_MEMORY);
  heap->unwound = true;
  if (heap->exhausted && is_critical(heap) && !heap->finishing) vm_request_poll(vm, POLL_MEMORY);
  else if (is_roomy(heap)) heap->exhausted = false; /* a request failed on purpose, or a huge one */
}

bool vm_raise_exhausted(VM *vm) {
  (void)raise_memory(vm);
  return false;
}

void heap_begin_end(VM *vm) {
  vm->heap->finishing = true;
  if (memory_failing.asked)
    fprintf(stderr, "krait: %llu requests, %llu refused, %llu MemoryErrors\n",
            (unsigned long long)(memory_failing.asked - memory_failing.countdown),
            (unsigned long long)memory_failing.failed, (unsigned long long)memory_failing.told);
  vm_clear_poll(vm, POLL_MEMORY);
}
