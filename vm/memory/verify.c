/* verify.c -- checks the heap's laws, for tests and KRAIT_GC_STRESS runs; heap_walk. */
#include "vm/memory/verify.h"
#include "vm/memory/heap_internal.h"

#include "vm/contracts/native.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

bool (*heap_cell_verifier)(const Object *cell);

typedef struct Verifier {
  Heap *heap;
  Object *owner;
  char *message;
  size_t size;
  bool failed;
} Verifier;

PRINTF_LIKE(2, 3) static void fail(Verifier *verifier, const char *format, ...) {
  if (verifier->failed) return;
  verifier->failed = true;
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(verifier->message, verifier->size, format, arguments);
  va_end(arguments);
}

static const char *type_name_of(const Object *object) {
  const Type *type = object_type(object);
  return type->spec ? type->spec->name : "?";
}

static bool shape_is_plausible(uint32_t shape) {
  return shape >= SHAPE_BASE && shape < SHAPE_BASE + SHAPE_REGION_SIZE &&
         (shape - SHAPE_BASE) % SHAPE_STRIDE == 0 && ((Shape *)(uintptr_t)shape)->type != NULL;
}

static void verify_reference(void *data, const void *target) {
  Verifier *verifier = data;
  Heap *heap = verifier->heap;
  if (!target || !heap_contains(target)) return;
  if (resolve_address(heap, (uintptr_t)target) != target)
    fail(verifier, "%s at %p refers to %p, which is no live cell", type_name_of(verifier->owner),
         (void *)verifier->owner, target);
  else if ((verifier->owner->bits & OBJ_OLD) && !is_marked(heap, target))
    fail(verifier, "old %s at %p refers to young %s at %p but is not remembered",
         type_name_of(verifier->owner), (void *)verifier->owner, type_name_of(target), target);
}

static void verify_cell(Object *cell, void *data) {
  Verifier *verifier = data;
  Heap *heap = verifier->heap;
  const Block *block = block_of(heap, cell);
  bool scanned = block->kind == BLOCK_CELLS || block->kind == BLOCK_LARGE;
  if (!shape_is_plausible(cell->shape)) {
    fail(verifier, "cell at %p has the shape word %#x", (void *)cell, cell->shape);
    return;
  }
  if ((cell->bits & OBJ_OLD) && !(scanned && is_marked(heap, cell)))
    fail(verifier, "%s at %p is old but not marked, or not scanned", type_name_of(cell),
         (void *)cell);
  if (heap_cell_verifier) assert(heap_cell_verifier(cell));
  if (!scanned) return;
  verifier->owner = cell;
  Marker marker = {.heap = heap, .visit = verify_reference, .visit_data = verifier};
  trace_object(&marker, cell);
}

static void verify_types(Verifier *verifier) {
  for (int i = 0; i < TYPE_COUNT; i++) {
    if (!(builtin_types[i].header.bits & OBJ_OLD)) continue;
    verifier->owner = &builtin_types[i].header;
    Marker marker = {.heap = verifier->heap, .visit = verify_reference, .visit_data = verifier};
    trace_object(&marker, verifier->owner);
  }
}

bool heap_verify(VM *vm, char *message, size_t size) {
  Heap *heap = vm->heap;
  Verifier verifier = {.heap = heap, .message = message, .size = size};
  assert(blocks_verify(heap));
  sweep_finish(heap);
  heap_each_cell(heap, verify_cell, &verifier);
  verify_types(&verifier);
  for (size_t i = 0; i < heap->remembered_count; i++) {
    if (heap->remembered[i]->bits & OBJ_OLD)
      fail(&verifier, "remembered object %p is still old", (void *)heap->remembered[i]);
  }
  return !verifier.failed;
}

typedef struct Walk {
  void (*visit)(Object *, void *);
  void *data;
} Walk;

static void visit_python_object(Object *cell, void *data) {
  const Walk *walk = data;
  if (!type_has(object_type(cell), TYPE_INTERNAL)) walk->visit(cell, walk->data);
}

void heap_walk(VM *vm, void (*visit)(Object *object, void *data), void *data) {
  Walk walk = {visit, data};
  bool enabled = vm->heap->enabled;
  vm->heap->enabled = false;
  sweep_finish(vm->heap);
  heap_each_cell(vm->heap, visit_python_object, &walk);
  vm->heap->enabled = enabled;
}

/* ---- direct references */
typedef struct References {
  Marker marker;
  void (*visit)(Object *, void *);
  void *data;
  const Object **seen; /* [owned] open addressing: internal cells looked through */
  Object **pending;    /* [owned] those whose references are still to be reported */
  size_t seen_count, seen_capacity, pending_count, pending_capacity;
  bool failed; /* no memory: the rest is not reported */
} References;

static size_t seen_slot(const References *r, const Object *object) {
  size_t i = ((uintptr_t)object >> 4) * UINT64_C(0x9e3779b97f4a7c15) >> 20 & (r->seen_capacity - 1);
  while (r->seen[i] && r->seen[i] != object) i = (i + 1) & (r->seen_capacity - 1);
  return i;
}

static bool grow_seen(References *r) {
  const Object **old = r->seen, **larger;
  size_t capacity = r->seen_capacity, doubled = capacity ? 2 * capacity : 64;
  if (!(larger = memory_take_zeroed(doubled, sizeof *larger))) return false;
  r->seen = larger;
  r->seen_capacity = doubled;
  for (size_t i = 0; i < capacity; i++)
    if (old[i]) r->seen[seen_slot(r, old[i])] = old[i];
  free(old);
  return true;
}

/* look_through: internal cells are part of their owner: they may form chains and rings (the entries
** of an lru_cache). */
static void look_through(References *r, Object *object) {
  if (r->failed || (2 * r->seen_count >= r->seen_capacity && !grow_seen(r))) {
    r->failed = true;
    return;
  }
  size_t i = seen_slot(r, object);
  if (r->seen[i]) return;
  r->seen[i] = object;
  r->seen_count++;
  if (r->pending_count == r->pending_capacity &&
      !grow_array((void **)&r->pending, &r->pending_capacity, sizeof *r->pending)) {
    r->failed = true;
    return;
  }
  r->pending[r->pending_count++] = object;
}

static void visit_reference(void *data, const void *target) {
  References *references = data;
  if (!target) return;
  Object *object = (Object *)target;
  if (!heap_contains(object) && !(object->bits & OBJ_STATIC)) return;
  if (type_has(object_type(object), TYPE_INTERNAL)) look_through(references, object);
  else references->visit(object, references->data);
}

void heap_references(VM *vm, Object *object, void (*visit)(Object *target, void *data),
                     void *data) {
  References references = {.visit = visit, .data = data};
  references.marker =
      (Marker){.heap = vm->heap, .visit = visit_reference, .visit_data = &references};
  if (heap_contains(object)) {
    const Block *block = block_of(vm->heap, object);
    if (block->kind != BLOCK_CELLS && block->kind != BLOCK_LARGE) return;
  }
  trace_object(&references.marker, object);
  while (references.pending_count)
    trace_object(&references.marker, references.pending[--references.pending_count]);
  free(references.seen);
  free(references.pending);
  if (references.failed) heap_exhausted(vm);
}
