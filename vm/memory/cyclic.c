/* cyclic.c -- which of the dead objects a counter of references would not have freed: those in
** rings, and what rings lead to. gc.collect() says how many they were.
**
** References between dead cells are counted; then those that nobody refers to are taken away, and
** what they refer to counts one less, and so on. What is left hangs on a ring. The counters lie
** beside the heap, one for each granule, on pages that come into being when they are touched
** (perf-note 0062). */
#include <stdlib.h>

#include "vm/base/memory.h"
#include "vm/memory/heap_internal.h"

enum { TAKEN_AWAY = UINT32_MAX };

typedef struct Rings {
  Heap *heap;
  bool (*wanted)(const Object *object);
  uint32_t *references; /* [owned] to each dead cell from other dead cells, by granule */
  Object **free;        /* [owned] dead cells that nobody refers to, not yet taken away */
  size_t free_count, free_capacity;
  size_t dead, found;
  bool failed; /* no memory */
} Rings;

static uint32_t *references_to(const Rings *rings, const Object *cell) {
  return &rings->references[heap_offset(rings->heap, cell) >> GRANULE_SHIFT];
}

static bool is_scanned(Heap *heap, Object *cell) {
  uint8_t kind = block_of(heap, cell)->kind;
  return kind == BLOCK_CELLS || kind == BLOCK_LARGE;
}

static void add_reference(void *data, const void *target) {
  const Rings *rings = data;
  if (target && is_dead(rings->heap, target)) ++*references_to(rings, target);
}

static void count_references(Object *cell, void *data) {
  Rings *rings = data;
  if (is_marked(rings->heap, cell)) return;
  rings->dead++;
  if (!is_scanned(rings->heap, cell)) return;
  Marker marker = {.heap = rings->heap, .visit = add_reference, .visit_data = rings};
  trace_object(&marker, cell);
}

static void set_free(Rings *rings, Object *cell) {
  bool full = rings->free_count == rings->free_capacity;
  if (full && !grow_array((void **)&rings->free, &rings->free_capacity, sizeof(Object *)))
    rings->failed = true;
  else rings->free[rings->free_count++] = cell;
}

static void drop_reference(void *data, const void *target) {
  Rings *rings = data;
  if (!target || !is_dead(rings->heap, target)) return;
  uint32_t *count = references_to(rings, target);
  assert(*count != 0 && *count != TAKEN_AWAY);
  if (--*count == 0) set_free(rings, (Object *)target);
}

/* take_away: a cell that nobody refers to, and all that nobody refers to then. */
static void take_away(Object *cell, void *data) {
  Rings *rings = data;
  if (is_marked(rings->heap, cell) || *references_to(rings, cell)) return;
  set_free(rings, cell);
  while (rings->free_count && !rings->failed) {
    Object *next = rings->free[--rings->free_count];
    assert(*references_to(rings, next) == 0);
    *references_to(rings, next) = TAKEN_AWAY;
    if (!is_scanned(rings->heap, next)) continue;
    Marker marker = {.heap = rings->heap, .visit = drop_reference, .visit_data = rings};
    trace_object(&marker, next);
  }
}

static void count_if_left(Object *cell, void *data) {
  Rings *rings = data;
  if (is_marked(rings->heap, cell) || *references_to(rings, cell) == TAKEN_AWAY) return;
  if (!type_has(object_type(cell), TYPE_INTERNAL) && rings->wanted(cell)) rings->found++;
}

size_t cyclic_count(Heap *heap, bool (*wanted)(const Object *object)) {
  Rings rings = {.heap = heap, .wanted = wanted};
  size_t granules = ((size_t)heap->top << BLOCK_SHIFT) >> GRANULE_SHIFT;
  rings.references = memory_take_zeroed(granules, sizeof *rings.references);
  if (rings.references) {
    heap_each_cell(heap, count_references, &rings);
    if (rings.dead) heap_each_cell(heap, take_away, &rings);
    if (rings.dead && !rings.failed) heap_each_cell(heap, count_if_left, &rings);
  }
  assert(rings.found <= rings.dead && (rings.failed || !rings.free_count));
  free(rings.references);
  free(rings.free);
  return rings.found;
}
