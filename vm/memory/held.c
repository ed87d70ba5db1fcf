/* held.c -- do the modules still hold what weak references wait for?
**
** At exit the dead are looked for once more if somebody is to be called for them. As a rule nobody
** is: what the library's modules wait for (handlers, the main thread) hangs on those modules. So
** before the whole heap is marked, the data that modules hold is walked, nearest first, until each
** referent was met: classes, functions and code hold little else, and are passed by (perf-note
** 0069). A walk that ends too early says only that it does not know. */
#include <stdlib.h>

#include "vm/base/memory.h"
#include "vm/memory/heap_internal.h"

/* Objects to walk over, and referents to look for: above that, marking is as cheap. */
enum { OBJECTS_MAX = 20000, REFERENTS_MAX = 256 };

typedef struct Walk {
  Heap *heap;
  uint8_t *met;   /* [owned] a bit for each granule */
  Object **queue; /* [owned] met, to be traced from `next` on */
  size_t next, count;
  size_t missing; /* referents that were not met yet */
} Walk;

static bool is_passed_by(const Object *object) {
  const Type *type = object_type(object);
  return type_has(type, TYPE_TYPE_SUBCLASS | TYPE_NO_POINTERS) || type == TYPE_OF(function) ||
         type == TYPE_OF(code);
}

static void meet(void *data, const void *target) {
  Walk *walk = data;
  Object *object = (Object *)(uintptr_t)target;
  if (!object || !heap_contains(object)) return;
  size_t granule = heap_offset(walk->heap, object) >> GRANULE_SHIFT;
  uint8_t bit = (uint8_t)(1 << (granule & 7));
  if (walk->met[granule >> 3] & bit) return;
  walk->met[granule >> 3] |= bit;
  walk->missing -= weak_is_awaited(walk->heap, object);
  if (walk->count < OBJECTS_MAX && !is_passed_by(object)) walk->queue[walk->count++] = object;
}

static void follow(Walk *walk, VM *vm) {
  Marker marker = {.heap = walk->heap, .visit = meet, .visit_data = walk};
  meet(walk, vm->modules);
  meet(walk, vm->sys);
  while (walk->missing && walk->next < walk->count)
    trace_object(&marker, walk->queue[walk->next++]);
}

bool heap_holds_referents(VM *vm) {
  Heap *heap = vm->heap;
  Walk walk = {.heap = heap, .missing = weak_count_awaited(heap, REFERENTS_MAX)};
  if (!walk.missing || walk.missing >= REFERENTS_MAX) return !walk.missing;
  walk.met = memory_take_zeroed((size_t)heap->top << (BLOCK_SHIFT - GRANULE_SHIFT - 3), 1);
  walk.queue = memory_take(OBJECTS_MAX * sizeof *walk.queue);
  if (walk.met && walk.queue) follow(&walk, vm);
  free(walk.met);
  free(walk.queue);
  return !walk.missing;
}
