/* block.c -- the reserved region and the table of its blocks: who has which block, and when memory goes back.
**
** Law: blocks below free_hint are all in use; block 0 is never given out (its number means "none").
** A free block that is BLOCK_DIRTY keeps its pages until blocks_return_memory; the others are zero.
*/
#include "vm/memory/heap_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

#define HUGE_PAGE ((size_t)2 << 20)
#define HUGE_FROM ((uint32_t)(((size_t)8 << 20) >> BLOCK_SHIFT)) /* heap size in blocks */

static void *reserve(size_t size) {
  void *at = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  return at == MAP_FAILED ? NULL : at;
}

/* Reserves region, marks and table for a region of `size` bytes; nothing stays reserved on failure. */
static bool reserve_all(Heap *heap, size_t size) {
  size_t marks_size = size >> GRANULE_SHIFT >> 3, table_size = (size >> BLOCK_SHIFT) * sizeof(Block);
  char *region = reserve(size + BLOCK_SIZE);
  void *marks = reserve(marks_size), *table = reserve(table_size);
  if (!region || !marks || !table) {
    if (region) munmap(region, size + BLOCK_SIZE);
    if (marks) munmap(marks, marks_size);
    if (table) munmap(table, table_size);
    return false;
  }
  heap->base = (char *)align_up((uintptr_t)region, BLOCK_SIZE);
  heap->marks = marks;
  heap->blocks = table;
  heap->region_size = size;
  heap->block_count = (uint32_t)(size >> BLOCK_SHIFT);
  /* Huge pages would make a small process as large as a big one: only a large heap asks for them (grow_top). */
  madvise(heap->base, size, MADV_NOHUGEPAGE);
  return true;
}

bool blocks_init(Heap *heap) {
  for (size_t size = (size_t)64 << 30; size >= (size_t)64 << 20; size /= 2) {
    if (reserve_all(heap, size)) {
      heap->top = heap->free_hint = 1;
      return true;
    }
  }
  fputs("krait: cannot reserve address space for the heap\n", stderr);
  return false;
}

void blocks_deinit(Heap *heap) {
  munmap(heap->base, heap->region_size);
  munmap(heap->marks, heap->region_size >> GRANULE_SHIFT >> 3);
  munmap(heap->blocks, heap->block_count * sizeof(Block));
}

size_t large_block_count(size_t size) { return (size + BLOCK_SIZE - 1) >> BLOCK_SHIFT; }

/* First run of `count` free blocks below top, or 0. */
static uint32_t find_run(Heap *heap, size_t count) {
  if (heap->free_blocks < count) return 0;
  size_t run = 0;
  bool seen_free = false;
  for (uint32_t i = heap->free_hint; i < heap->top; i++) {
    if (heap->blocks[i].kind != BLOCK_FREE) {
      run = 0;
      continue;
    }
    if (!seen_free) heap->free_hint = i, seen_free = true;
    if (++run == count) return i - (uint32_t)count + 1;
  }
  return 0;
}

/* From 8 MB on new memory comes in huge pages: fewer faults and misses of address translation for at most 2 MB more (a tenth of
** the time of programs with 30 MB and up, perf-notes/0020). Nothing of the range is in use yet, and offering costs nothing. */
static void offer_huge(Heap *heap, uint32_t old_top, uint32_t new_top) {
  uint32_t from = heap->huge_end > old_top ? heap->huge_end : old_top, to = new_top + new_top / 4;
  if (to > heap->block_count) to = heap->block_count;
  char *start = (char *)align_up((uintptr_t)block_start(heap, from), HUGE_PAGE);
  char *end = (char *)align_up((uintptr_t)block_start(heap, to), HUGE_PAGE);
  if (end > heap->base + heap->region_size) return;
  if (end > start) madvise(start, (size_t)(end - start), MADV_HUGEPAGE);
  heap->huge_end = to;
}

static void grow_top(Heap *heap, uint32_t top) {
  if (UNLIKELY(top > heap->huge_end) && top >= HUGE_FROM) offer_huge(heap, heap->top, top);
  heap->top = top;
}

uint32_t block_take(Heap *heap, size_t count) {
  uint32_t first = find_run(heap, count);
  if (!first) {
    if (count > heap->block_count - heap->top) return 0;
    first = heap->top;
    grow_top(heap, first + (uint32_t)count);
    return first;
  }
  for (size_t i = 0; i < count; i++) {
    if (heap->blocks[first + i].flags & BLOCK_DIRTY) heap->dirty_blocks--;
  }
  heap->free_blocks -= (uint32_t)count;
  if (heap->free_hint == first) heap->free_hint = first + (uint32_t)count;
  return first;
}

static uint32_t reciprocal_of(uint32_t size) { return (uint32_t)(((UINT64_C(1) << 32) + size - 1) / size); }

uint32_t block_take_cells(Heap *heap, int class_index, bool raw) {
  uint32_t number = block_take(heap, 1);
  if (!number) return 0;
  Block *block = &heap->blocks[number];
  *block = (Block){.kind = raw ? BLOCK_RAW : BLOCK_CELLS, .class_index = (uint8_t)class_index,
                   .flags = BLOCK_ALLOCATED,
                   .cell_size = class_sizes[class_index], .reciprocal = reciprocal_of(class_sizes[class_index])};
  return number;
}

void block_release(Heap *heap, uint32_t number, size_t count) {
  for (size_t i = 0; i < count; i++) heap->blocks[number + i] = (Block){.kind = BLOCK_FREE, .flags = BLOCK_DIRTY};
  heap->free_blocks += (uint32_t)count;
  heap->dirty_blocks += (uint32_t)count;
  if (number < heap->free_hint) heap->free_hint = number;
}

/* Grows a run of `count` used blocks to new_count when those behind it are free; the caller writes their table entries. */
bool block_extend(Heap *heap, uint32_t number, size_t count, size_t new_count) {
  size_t end = number + count, new_end = number + new_count;
  if (new_end > heap->block_count) return false;
  for (size_t i = end; i < new_end && i < heap->top; i++) {
    if (heap->blocks[i].kind != BLOCK_FREE) return false;
  }
  for (size_t i = end; i < new_end && i < heap->top; i++) {
    heap->free_blocks--;
    if (heap->blocks[i].flags & BLOCK_DIRTY) heap->dirty_blocks--;
  }
  if (new_end > heap->top) grow_top(heap, (uint32_t)new_end);
  return true;
}

/* Gives the pages of dirty free blocks back to the system and lowers top over free blocks at the end. */
void blocks_return_memory(Heap *heap) {
  uint32_t run = 0;
  for (uint32_t i = 1; i <= heap->top; i++) {
    bool dirty = i < heap->top && heap->blocks[i].kind == BLOCK_FREE && (heap->blocks[i].flags & BLOCK_DIRTY);
    if (dirty) {
      if (!run) run = i;
      heap->blocks[i].flags = 0;
    } else if (run) {
      madvise(block_start(heap, run), (size_t)(i - run) << BLOCK_SHIFT, MADV_DONTNEED);
      run = 0;
    }
  }
  heap->dirty_blocks = 0;
  while (heap->top > 1 && heap->blocks[heap->top - 1].kind == BLOCK_FREE) heap->top--, heap->free_blocks--;
  if (heap->free_hint > heap->top) heap->free_hint = heap->top;
}
