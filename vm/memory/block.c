/* block.c -- the region and the table of its blocks: who has which block, and when memory goes
** back.
**
** Law: blocks below free_hint are all in use; block 0 is never given out (its number means "none").
** A free block that is BLOCK_DIRTY keeps its pages until blocks_return_memory; the others are zero.
** Without a limit of address space (setrlimit) all of the region is mapped from the start. With one
** it *grows* where it stands: blocks [0, mapped) and their marks and table entries are there; a
** free block below that may have been given back (BLOCK_UNMAPPED).
** Law (reserve): block_take leaves at least reserve_blocks free; only block_take_reserved goes
** below (reserve.c says when).
*/
#include "vm/memory/heap_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

#define HUGE_PAGE ((size_t)2 << 20)
#define HUGE_FROM ((uint32_t)(((size_t)24 << 20) >> BLOCK_SHIFT)) /* heap size in blocks */

#define REGION_BYTES ((size_t)64 << 30)
/* Where a region that grows stands: far from everything that the system and the C library place. */
#define REGION_ADDRESS ((uintptr_t)0x200000000000)
#define MARKS_ADDRESS ((uintptr_t)0x210000000000)
#define TABLE_ADDRESS ((uintptr_t)0x218000000000)
#define STEP_BLOCKS 32  /* the region grows by at least this much, or an eighth */
#define FIRST_BLOCKS 48 /* what the start-up needs */
#define PAGE 4096

static size_t marks_bytes(size_t blocks) {
  return align_up(blocks * (BLOCK_SIZE >> GRANULE_SHIFT >> 3), PAGE);
}
static size_t table_bytes(size_t blocks) { return align_up(blocks * sizeof(Block), PAGE); }

/* ---- the whole region at once */
static bool reserve_all(Heap *heap) {
  size_t count = REGION_BYTES >> BLOCK_SHIFT;
  char *region = space_reserve(REGION_BYTES + BLOCK_SIZE);
  void *marks = space_reserve(marks_bytes(count)), *table = space_reserve(table_bytes(count));
  if (!region || !marks || !table) {
    if (region) munmap(region, REGION_BYTES + BLOCK_SIZE);
    if (marks) munmap(marks, marks_bytes(count));
    if (table) munmap(table, table_bytes(count));
    return false;
  }
  heap->base = (char *)align_up((uintptr_t)region, BLOCK_SIZE);
  heap->marks = marks;
  heap->blocks = table;
  heap->region_size = REGION_BYTES;
  heap->block_count = heap->mapped = (uint32_t)count;
  heap->reserve_blocks = (uint32_t)(((size_t)8 << 20) >> BLOCK_SHIFT);
  /* Huge pages would make a small process as large as a big one: only a large heap asks for them
  ** (grow_top). */
  madvise(heap->base, REGION_BYTES, MADV_NOHUGEPAGE);
  return true;
}

/* ---- a region that grows */

/* Brings the marks, or the table, from covering `mapped` blocks to covering `to`. */
static bool grow_beside(void *start, size_t bytes_now, size_t bytes_then) {
  return bytes_then == bytes_now || space_map((char *)start + bytes_now, bytes_then - bytes_now);
}

/* Address space that the heap leaves to malloc, stacks and libraries. */
static size_t left_to_others(void) { return space_share(32, (size_t)384 << 10, (size_t)64 << 20); }

static bool has_room(size_t bytes) {
  size_t left = space_left();
  return left == SIZE_MAX || left > bytes + bytes / 64 + left_to_others();
}

static bool grow_mapping(Heap *heap, uint32_t to) {
  if (to > heap->block_count) return false;
  size_t bytes = ((size_t)to - heap->mapped) << BLOCK_SHIFT;
  if (!has_room(bytes)) return false;
  char *start = block_start(heap, heap->mapped),
       *marks = (char *)heap->marks + marks_bytes(heap->mapped);
  if (!space_map(start, bytes)) return false;
  if (!grow_beside(heap->marks, marks_bytes(heap->mapped), marks_bytes(to))) {
    munmap(start, bytes);
    return false;
  }
  if (!grow_beside(heap->blocks, table_bytes(heap->mapped), table_bytes(to))) {
    space_unmap(marks, (char *)heap->marks + marks_bytes(to));
    munmap(start, bytes);
    return false;
  }
  madvise(start, bytes, to >= HUGE_FROM ? MADV_HUGEPAGE : MADV_NOHUGEPAGE);
  heap->mapped = to;
  return true;
}

/* Maps at least `count` blocks more. */
static bool map_more(Heap *heap, size_t count) {
  if (!heap->grows || count > heap->block_count - heap->mapped) return false;
  size_t step = heap->mapped / 8 > STEP_BLOCKS ? heap->mapped / 8 : STEP_BLOCKS;
  if (step > count && step <= heap->block_count - heap->mapped &&
      grow_mapping(heap, heap->mapped + (uint32_t)step))
    return true;
  return grow_mapping(heap, heap->mapped + (uint32_t)count);
}

static bool start_small(Heap *heap) {
  size_t limit = space_limit();
  heap->grows = true;
  heap->base = (char *)REGION_ADDRESS;
  heap->marks = (uint64_t *)MARKS_ADDRESS;
  heap->blocks = (Block *)TABLE_ADDRESS;
  heap->region_size = limit < REGION_BYTES ? align_up(limit, BLOCK_SIZE) : REGION_BYTES;
  heap->block_count = (uint32_t)(heap->region_size >> BLOCK_SHIFT);
  heap->reserve_blocks =
      (uint32_t)(space_share(32, (size_t)512 << 10, (size_t)8 << 20) >> BLOCK_SHIFT);
  return grow_mapping(heap, FIRST_BLOCKS + heap->reserve_blocks);
}

bool blocks_init(Heap *heap) {
  if ((space_limit() != SIZE_MAX || !reserve_all(heap)) && !start_small(heap)) {
    fputs("krait: not enough memory (address space) for the heap\n", stderr);
    return false;
  }
  heap->top = heap->free_hint = 1;
  return true;
}

/* A limit was set while the program ran: what lies behind the blocks in use goes back, and the
** region grows from there. */
void blocks_follow_limit(Heap *heap) {
  if (heap->grows || space_limit() == SIZE_MAX) return;
  uint32_t keep = (uint32_t)align_up(heap->top + heap->reserve_blocks, STEP_BLOCKS);
  size_t more = space_limit() >> BLOCK_SHIFT;
  if (keep >= heap->block_count) return;
  space_unmap(block_start(heap, keep), heap->base + heap->region_size);
  space_unmap((char *)heap->marks + marks_bytes(keep),
              (char *)heap->marks + marks_bytes(heap->block_count));
  space_unmap((char *)heap->blocks + table_bytes(keep),
              (char *)heap->blocks + table_bytes(heap->block_count));
  heap->grows = true;
  heap->mapped = keep;
  if (more < heap->block_count - keep) heap->block_count = keep + (uint32_t)more;
  heap->region_size = (size_t)heap->block_count << BLOCK_SHIFT;
}

/* Pages of free blocks for malloc: behind the last block in use, and long runs between. */
bool blocks_give_space(Heap *heap) {
  if (!heap->grows) return false;
  uint32_t given = 0, end = heap->top + heap->reserve_blocks;
  if (end < heap->mapped) {
    space_unmap(block_start(heap, end), block_start(heap, heap->mapped));
    given += heap->mapped - end;
    space_unmap((char *)heap->marks + marks_bytes(end),
                (char *)heap->marks + marks_bytes(heap->mapped));
    space_unmap((char *)heap->blocks + table_bytes(end),
                (char *)heap->blocks + table_bytes(heap->mapped));
    heap->mapped = end;
  }
  for (uint32_t i = 1; i < heap->top; i++) {
    Block *block = &heap->blocks[i];
    if (block->kind != BLOCK_FREE || (block->flags & BLOCK_UNMAPPED)) continue;
    if (block->flags & BLOCK_DIRTY) heap->dirty_blocks--;
    block->flags = BLOCK_UNMAPPED;
    space_unmap(block_start(heap, i), block_start(heap, i + 1));
    heap->unmapped_blocks++;
    given++;
  }
  return given > 0;
}

/* Blocks that could be handed out without asking the system. */
size_t blocks_at_hand(const Heap *heap) {
  return (size_t)heap->free_blocks - heap->unmapped_blocks + heap->mapped - heap->top;
}

bool blocks_are_short(const Heap *heap) { return blocks_at_hand(heap) < heap->reserve_blocks; }

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

/* From HUGE_FROM on new memory comes in huge pages: fewer faults and misses of address translation
** for at most 2 MB more (a tenth of the time of programs with 30 MB and up, perf-notes/0020; below
** it is the memory that tells, perf-notes/0076). Nothing of the range is in use yet, and offering
** costs nothing. */
static void offer_huge(Heap *heap, uint32_t old_top, uint32_t new_top) {
  uint32_t from = heap->huge_end > old_top ? heap->huge_end : old_top, to = new_top + new_top / 4;
  if (to > heap->block_count) to = heap->block_count;
  char *start = (char *)align_up((uintptr_t)block_start(heap, from), HUGE_PAGE);
  char *end = (char *)align_up((uintptr_t)block_start(heap, to), HUGE_PAGE);
  if (end > heap->base + heap->region_size) return;
  if (end > start) madvise(start, (size_t)(end - start), MADV_HUGEPAGE);
  heap->huge_end = to;
}

void blocks_refuse_huge(Heap *heap, char *at, size_t size) {
  char *start = (char *)align_up((uintptr_t)at, PAGE);
  if (!heap->huge_end || size < HUGE_PAGE / 16) return;
  madvise(start, (size_t)(at + size - start) & ~(size_t)(PAGE - 1), MADV_NOHUGEPAGE);
}

static void grow_top(Heap *heap, uint32_t top) {
  if (UNLIKELY(top > heap->huge_end) && top >= HUGE_FROM && !heap->grows)
    offer_huge(heap, heap->top, top);
  heap->top = top;
}

/* Free blocks of a run that were given back come again. */
static bool map_again(Heap *heap, uint32_t first, size_t count) {
  bool has_space = has_room(count << BLOCK_SHIFT);
  for (size_t i = first; i < first + count; i++) {
    Block *block = &heap->blocks[i];
    if (!(block->flags & BLOCK_UNMAPPED)) continue;
    if (!has_space || !space_map(block_start(heap, (uint32_t)i), BLOCK_SIZE)) return false;
    block->flags = 0;
    heap->unmapped_blocks--;
  }
  return true;
}

static void take_run(Heap *heap, uint32_t first, size_t count) {
  uint32_t dirty = heap->dirty_blocks;
  for (size_t i = 0; i < count; i++) {
    if (heap->blocks[first + i].flags & BLOCK_DIRTY) heap->dirty_blocks--;
  }
  heap->took_zero = heap->dirty_blocks == dirty;
  heap->free_blocks -= (uint32_t)count;
  if (heap->free_hint == first) heap->free_hint = first + (uint32_t)count;
}

/* `count` adjacent blocks while `kept` others stay at hand; 0: there are none. */
static uint32_t take_blocks(Heap *heap, size_t count, size_t kept) {
  assert(count >= 1);
  uint32_t first = find_run(heap, count);
  if (UNLIKELY(first && heap->unmapped_blocks) && !map_again(heap, first, count)) return 0;
  size_t at_hand = blocks_at_hand(heap), behind = heap->mapped - heap->top;
  size_t missing = at_hand < count + kept ? count + kept - at_hand : 0;
  if (!first && behind + missing < count) missing = count - behind;
  if (UNLIKELY(missing) && !map_more(heap, missing)) return 0;
  if (first) {
    take_run(heap, first, count);
    return first;
  }
  first = heap->top;
  grow_top(heap, first + (uint32_t)count);
  heap->took_zero = true;
  return first;
}

uint32_t block_take(Heap *heap, size_t count) {
  return take_blocks(heap, count, heap->reserve_blocks);
}
uint32_t block_take_reserved(Heap *heap, size_t count) { return take_blocks(heap, count, 0); }

static uint32_t reciprocal_of(uint32_t size) {
  return (uint32_t)(((UINT64_C(1) << 32) + size - 1) / size);
}

uint32_t block_take_cells(Heap *heap, int class_index, bool raw, bool reserved) {
  uint32_t number = reserved ? block_take_reserved(heap, 1) : block_take(heap, 1);
  if (!number) return 0;
  cell_poison(block_start(heap, number), BLOCK_SIZE);
  Block *block = &heap->blocks[number];
  *block = (Block){.kind = raw ? BLOCK_RAW : BLOCK_CELLS,
                   .class_index = (uint8_t)class_index,
                   .flags = BLOCK_ALLOCATED | (heap->took_zero ? BLOCK_FRESH : 0),
                   .cell_size = class_sizes[class_index],
                   .reciprocal = reciprocal_of(class_sizes[class_index])};
  assert(block->cell_size >= 16 && block->cell_size % 16 == 0);
  return number;
}

void block_release(Heap *heap, uint32_t number, size_t count) {
  /* not freed twice */
  for (size_t i = 0; i < count; i++) debug_check(heap->blocks[number + i].kind != BLOCK_FREE);
  assert(number >= 1 && number + count <= heap->top);
  cell_poison(block_start(heap, number), count << BLOCK_SHIFT);
  for (size_t i = 0; i < count; i++)
    heap->blocks[number + i] = (Block){.kind = BLOCK_FREE, .flags = BLOCK_DIRTY};
  heap->free_blocks += (uint32_t)count;
  heap->dirty_blocks += (uint32_t)count;
  if (number < heap->free_hint) heap->free_hint = number;
}

/* Grows a run of `count` used blocks to new_count when those behind it are free; the caller writes
** their table entries. */
bool block_extend(Heap *heap, uint32_t number, size_t count, size_t new_count) {
  assert(count >= 1 && new_count > count && heap->blocks[number].kind >= BLOCK_LARGE);
  size_t end = number + count, new_end = number + new_count, more = new_count - count;
  if (new_end > heap->block_count) return false;
  for (size_t i = end; i < new_end && i < heap->top; i++) {
    if (heap->blocks[i].kind != BLOCK_FREE || (heap->blocks[i].flags & BLOCK_UNMAPPED))
      return false;
  }
  size_t at_hand = blocks_at_hand(heap), missing = at_hand < more + heap->reserve_blocks
                                                       ? more + heap->reserve_blocks - at_hand
                                                       : 0;
  if (new_end > heap->mapped && new_end - heap->mapped > missing) missing = new_end - heap->mapped;
  if (UNLIKELY(missing) && !map_more(heap, missing)) return false;
  for (size_t i = end; i < new_end && i < heap->top; i++) {
    heap->free_blocks--;
    if (heap->blocks[i].flags & BLOCK_DIRTY) heap->dirty_blocks--;
  }
  if (new_end > heap->top) grow_top(heap, (uint32_t)new_end);
  return true;
}

#if KRAIT_CHECKS >= 1
/* What the table counts is what it holds, and the tail of a large cell leads to its head. */
bool blocks_verify(const Heap *heap) {
  uint32_t free_blocks = 0, dirty = 0;
  LAW(heap->blocks[0].kind == BLOCK_FREE && heap->top >= 1 && heap->free_hint >= 1);
  for (uint32_t i = 1; i < heap->top; i++) {
    const Block *block = &heap->blocks[i];
    if (block->kind == BLOCK_FREE) {
      LAW(i >= heap->free_hint);
      free_blocks++;
      dirty += (block->flags & BLOCK_DIRTY) != 0;
    } else if (block->kind == BLOCK_TAIL) {
      const Block *head = &heap->blocks[block->next];
      LAW(head->kind == BLOCK_LARGE || head->kind == BLOCK_LARGE_RAW);
      LAW(block->next < i && i - block->next < large_blocks(head));
    } else if (block->kind >= BLOCK_LARGE) {
      LAW(block->colour < COLOURS && i + large_blocks(block) <= heap->top);
    } else if (block->kind <= BLOCK_RAW) {
      LAW(block->class_index < HEAP_CLASSES && block->cell_size == class_sizes[block->class_index]);
    }
  }
  LAW(free_blocks == heap->free_blocks && dirty == heap->dirty_blocks);
  return true;
}
#endif

/* Gives the pages of dirty free blocks back to the system and lowers top over free blocks at the
** end. */
void blocks_return_memory(Heap *heap) {
  uint32_t run = 0;
  for (uint32_t i = 1; i <= heap->top; i++) {
    bool dirty = i < heap->top && heap->blocks[i].kind == BLOCK_FREE &&
                 (heap->blocks[i].flags & BLOCK_DIRTY);
    if (dirty) {
      if (!run) run = i;
      heap->blocks[i].flags = 0;
    } else if (run) {
      madvise(block_start(heap, run), (size_t)(i - run) << BLOCK_SHIFT, MADV_DONTNEED);
      run = 0;
    }
  }
  heap->dirty_blocks = 0;
  while (heap->top > 1 && heap->blocks[heap->top - 1].kind == BLOCK_FREE &&
         !(heap->blocks[heap->top - 1].flags & BLOCK_UNMAPPED))
    heap->top--, heap->free_blocks--;
  if (heap->free_hint > heap->top) heap->free_hint = heap->top;
  assert(heap->top >= 1 && heap->free_blocks < heap->top);
  deep_check(blocks_verify(heap));
}
