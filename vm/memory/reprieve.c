/* reprieve.c -- large cells without pointers that only stacks hold: a minor collection leaves them
** young.
**
** What is in flight at a minor collection is dead soon after. If it became old it would keep its
** memory until the next full one; a program that makes large texts one after the other would touch
** new pages all the time (perf-note 0070). So a minor collection
**   1. holds back what it finds on stacks, of large cells without pointers that are young;
**   2. marks all else, through to the end;
**   3. marks those held back that are still unmarked: nothing in the heap refers to them;
**   4. sweeps, and takes the marks of step 3 away: they are as if they had just been allocated.
**
** Law: after it no old object refers to such a cell: one that did was traced in step 2, and who
** stores it into one later meets the barrier. Whatever else a collection does for what survives it
** (tables of weak references, of hooks) must not be done for it: who has any is marked for good.
** Checked by heap_verify (KRAIT_GC_VERIFY), as for any young cell.
*/
#include "vm/memory/heap_internal.h"

bool reprieve_hold(Marker *marker, Object *cell) {
  assert(marker->minor && block_of(marker->heap, cell)->kind == BLOCK_LARGE_RAW);
  if (object_type(cell)->destroy || cell->bits & OBJ_WEAKREFS) return false;
  if (marker->held_count && marker->held[marker->held_count - 1] == cell) return true;
  if (UNLIKELY(marker->held_count == marker->held_capacity) &&
      !grow_array((void **)&marker->held, &marker->held_capacity, sizeof *marker->held))
    return false;
  marker->held[marker->held_count++] = cell;
  return true;
}

static void flip_mark(Heap *heap, const Object *cell) {
  size_t granule = heap_offset(heap, cell) >> GRANULE_SHIFT;
  heap->marks[granule >> 6] ^= UINT64_C(1) << (granule & 63);
}

void reprieve_mark(Marker *marker) {
  Heap *heap = marker->heap;
  size_t kept = 0;
  heap->reprieved = 0;
  for (size_t i = 0; i < marker->held_count; i++) {
    Object *cell = marker->held[i];
    if (is_marked(heap, cell)) continue;
    flip_mark(heap, cell);
    heap->reprieved += block_of(heap, cell)->large_size;
    marker->held[kept++] = cell;
  }
  marker->held_count = kept;
}

void reprieve_end(Marker *marker) {
  for (size_t i = 0; i < marker->held_count; i++) {
    assert(is_marked(marker->heap, marker->held[i]));
    flip_mark(marker->heap, marker->held[i]);
  }
  marker->held_count = 0;
}
