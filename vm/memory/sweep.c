/* sweep.c -- finding free cells: lazily while allocating, completely before the next marking:
** perf-note 0018.
**
** Law: a free interval is a run of unmarked cells: right after a collection unmarked means dead;
** cells handed out since then lie before the cursor of their class or in blocks that were used up,
** and neither is looked at again before the next collection. What was never handed out gets zero
** headers before a full marking, which clears the marks, so that no stale pointer brings it back to
** life; a minor one asks sweep_is_young about cells without a mark.
*/
#include "vm/memory/heap_internal.h"

enum { GRANULES = BLOCK_SIZE >> GRANULE_SHIFT };

static inline bool mark_bit(const uint64_t *marks, uint32_t granule) {
  return (marks[granule >> 6] >> (granule & 63)) & 1;
}

/* The first marked granule at or after `granule`; GRANULES: none. */
static uint32_t next_marked(const uint64_t *marks, uint32_t granule) {
  uint32_t word = granule >> 6;
  uint64_t bits = marks[word] >> (granule & 63);
  if (bits) return granule + (uint32_t)__builtin_ctzl(bits);
  while (++word < MARK_WORDS_PER_BLOCK)
    if (marks[word]) return word * 64 + (uint32_t)__builtin_ctzl(marks[word]);
  return GRANULES;
}

/* The first unmarked cell at or after the one at `granule`; GRANULES or a cell that does not fit:
** none. */
static uint32_t next_unmarked(const uint64_t *marks, uint32_t granule, uint32_t step) {
  static const uint64_t starts[] = {0, ~UINT64_C(0), UINT64_C(0x5555555555555555), 0,
                                    UINT64_C(0x1111111111111111)};
  if (step > 4 || step == 3) {
    while (granule + step <= GRANULES && mark_bit(marks, granule)) granule += step;
    return granule;
  }
  if (granule >= GRANULES) return GRANULES;
  uint32_t word = granule >> 6;
  uint64_t bits = ~marks[word] & starts[step] & ~UINT64_C(0) << (granule & 63);
  while (!bits) {
    if (++word == MARK_WORDS_PER_BLOCK) return GRANULES;
    bits = ~marks[word] & starts[step];
  }
  return word * 64 + (uint32_t)__builtin_ctzl(bits);
}

/* With assertions dead cells become garbage that is easy to recognise; the sanitizer is told of
** them. */
static inline void spoil(char *from, size_t size) {
#if KRAIT_CHECKS >= 2
  cell_unpoison(from, size);
  memset(from, 0xDB, size);
#endif
  cell_poison(from, size);
}

NO_ASAN void sweep_clear(HeapCursor cursor, size_t size) {
  for (char *cell = cursor.cursor; cell < cursor.limit; cell += size) *(uint64_t *)cell = 0;
}

/* The next run of unmarked cells at or after `from`. false: none to the block's end. */
static bool next_interval(Heap *heap, uint32_t number, char *from, HeapCursor *out) {
  const Block *block = &heap->blocks[number];
  const uint64_t *marks = block_marks(heap, number);
  uint32_t step = block->cell_size >> GRANULE_SHIFT;
  char *start = block_start(heap, number);
  uint32_t granule = (uint32_t)(from - start) >> GRANULE_SHIFT;
  granule = next_unmarked(marks, granule, step);
  if (granule + step > GRANULES) return false;
  uint32_t limit = next_marked(marks, granule);
  if (limit == GRANULES) limit -= (limit - granule) % step; /* whole cells only */
  out->cursor = start + ((size_t)granule << GRANULE_SHIFT);
  out->limit = start + ((size_t)limit << GRANULE_SHIFT);
  spoil(out->cursor, (size_t)(out->limit - out->cursor));
  /* one cell of it is taken at a time, and whoever walks over the heap meanwhile must not see the
  ** others */
  if (UNLIKELY(heap->every_cell)) sweep_clear(*out, block->cell_size);
  return true;
}

bool sweep_next_interval(Heap *heap, int class_index, bool raw) {
  PendingList *list = &heap->pending[raw][class_index];
  HeapCursor *cursor = &heap_cursors[raw][class_index];
  char *from = cursor->limit;
  for (;;) {
    if (list->current) {
      if (next_interval(heap, list->current, from, cursor)) {
        Block *block = &heap->blocks[list->current];
        block->flags = (uint8_t)((block->flags | BLOCK_ALLOCATED) & ~BLOCK_FRESH);
        count_allocated(heap, (size_t)(cursor->limit - cursor->cursor), block->cell_size, raw);
        return true;
      }
      list->current = 0;
      cursor->cursor = cursor->limit = NULL;
    }
    if (!list->first) return false;
    list->current = list->first;
    Block *block = &heap->blocks[list->current];
    list->first = block->next;
    block->flags &= (uint8_t) ~(BLOCK_PENDING | BLOCK_SWEPT);
    from = block_start(heap, list->current);
  }
}

NO_ASAN static void finish_block(Heap *heap, uint32_t number, char *from) {
  Block *block = &heap->blocks[number];
  if (block->flags & BLOCK_SWEPT) return;
  const uint64_t *marks = block_marks(heap, number);
  char *start = block_start(heap, number);
  uint32_t size = block->cell_size;
  for (uint32_t at = (uint32_t)(from - start); at + size <= BLOCK_SIZE; at += size) {
    if (mark_bit(marks, at >> GRANULE_SHIFT) || !*(uint64_t *)(start + at)) continue;
    spoil(start + at, size);
    *(uint64_t *)(start + at) = 0;
  }
  if (block->flags & BLOCK_PENDING) block->flags |= BLOCK_SWEPT;
}

/* Was this unmarked cell handed out since the last collection? */
bool sweep_is_young(const Heap *heap, const Block *block, const void *cell) {
  if (block->kind >= BLOCK_LARGE) return true;
  if (!(block->flags & BLOCK_ALLOCATED)) return false;
  bool raw = block->kind == BLOCK_RAW;
  return heap->pending[raw][block->class_index].current != (uint32_t)(block - heap->blocks) ||
         (const char *)cell < heap_cursors[raw][block->class_index].cursor;
}

/* The free cells of a fresh block are left alone: reading or writing them would cost memory. */
NO_ASAN static bool is_clear(const Heap *heap, HeapCursor cursor, uint32_t number) {
  if (!(heap->blocks[number].flags & BLOCK_FRESH)) return false;
#if KRAIT_CHECKS >= 2
  for (char *cell = cursor.cursor; cell < cursor.limit; cell += heap->blocks[number].cell_size)
    assert(*(uint64_t *)cell == 0);
#endif
  (void)cursor;
  return true;
}

void sweep_finish(Heap *heap) {
  for (int raw = 0; raw < 2; raw++) {
    for (int i = 0; i < HEAP_CLASSES; i++) {
      PendingList *list = &heap->pending[raw][i];
      HeapCursor cursor = heap_cursors[raw][i];
      if (!is_clear(heap, cursor, list->current)) sweep_clear(cursor, class_sizes[i]);
      if (list->current) finish_block(heap, list->current, heap_cursors[raw][i].limit);
      for (uint32_t n = list->first; n; n = heap->blocks[n].next)
        finish_block(heap, n, block_start(heap, n));
    }
  }
}

NO_ASAN void heap_each_cell(Heap *heap, void (*visit)(Object *cell, void *data), void *data) {
  for (uint32_t n = 1; n < heap->top; n++) {
    const Block *block = &heap->blocks[n];
    char *start = block_start(heap, n);
    if (block->kind == BLOCK_LARGE || block->kind == BLOCK_LARGE_RAW) {
      visit(large_start(heap, n), data);
    } else if (block->kind == BLOCK_CELLS || block->kind == BLOCK_RAW) {
      /* visiting may allocate */
      HeapCursor *open = &heap_cursors[block->kind == BLOCK_RAW][block->class_index];
      for (char *cell = start; cell + block->cell_size <= start + BLOCK_SIZE;
           cell += block->cell_size) {
        if (cell >= open->cursor && cell < open->limit) continue;
        if (((Object *)cell)->shape) visit((Object *)cell, data);
      }
    }
  }
}

static bool block_is_empty(Heap *heap, uint32_t number) {
  const uint64_t *marks = block_marks(heap, number);
  uint64_t any = 0;
  for (size_t i = 0; i < MARK_WORDS_PER_BLOCK; i++) any |= marks[i];
  return any == 0;
}

/* Lazy sweeping comes to the dead cells of a block later; the sanitizer hears of them at once. */
static void poison_dead(const Heap *heap, uint32_t number) {
#if defined(__SANITIZE_ADDRESS__)
  const uint64_t *marks = block_marks(heap, number);
  char *start = block_start(heap, number);
  size_t size = heap->blocks[number].cell_size;
  for (size_t at = 0; at + size <= BLOCK_SIZE; at += size)
    if (!mark_bit(marks, (uint32_t)(at >> GRANULE_SHIFT))) cell_poison(start + at, size);
#endif
}

static void free_dead_large(Heap *heap, uint32_t number) {
  block_release(heap, number, large_blocks(&heap->blocks[number]));
}

void sweep_prepare(Heap *heap, bool full) {
  uint32_t *tails[2][HEAP_CLASSES];
  for (int raw = 0; raw < 2; raw++) {
    for (int i = 0; i < HEAP_CLASSES; i++) {
      heap->pending[raw][i] = (PendingList){0, 0};
      tails[raw][i] = &heap->pending[raw][i].first;
      heap_cursors[raw][i] = (HeapCursor){NULL, NULL};
    }
  }
  for (uint32_t n = 1; n < heap->top; n++) {
    Block *block = &heap->blocks[n];
    switch (block->kind) {
    case BLOCK_CELLS:
    case BLOCK_RAW:
      if (!full && !(block->flags & (BLOCK_ALLOCATED | BLOCK_PENDING))) break;
      /* A block that nothing was taken from is as it was: a minor collection takes no mark away. */
      bool same = !full && !(block->flags & BLOCK_ALLOCATED);
      if (!same && block_is_empty(heap, n)) {
        block_release(heap, n, 1);
        break;
      }
      if (!same) poison_dead(heap, n);
      block->flags = BLOCK_PENDING | (same ? block->flags & BLOCK_SWEPT : 0);
      uint32_t **tail = &tails[block->kind == BLOCK_RAW][block->class_index];
      **tail = n;
      *tail = &block->next;
      block->next = 0;
      break;
    case BLOCK_LARGE:
    case BLOCK_LARGE_RAW: {
      uint32_t count = (uint32_t)large_blocks(block);
      if (!is_marked(heap, large_start(heap, n))) free_dead_large(heap, n);
      n += count - 1;
      break;
    }
    default: break;
    }
  }
}
