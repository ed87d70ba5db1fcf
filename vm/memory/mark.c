/* mark.c -- what is reachable: precise from object to object and on value stacks, conservative on C
** stacks.
**
** A cell's references: its type (through the shape), `extra`, inline slots and members of
** __slots__, and what type->trace reports. The mark stack is explicit; long arrays are pushed as
** ranges, so it stays short.
*/
#include "vm/core/late_types.h"
#include "vm/contracts/native.h"
#include "vm/memory/heap_internal.h"

#include <stdlib.h>

#define RANGE_PIECE 256
#define AHEAD 16 /* a power of two */

/* Room for two more words. false: the stack cannot grow; what should have lain there is done in
** another way. */
static COLD bool make_room(Marker *marker) {
  return grow_array((void **)&marker->stack, &marker->capacity, sizeof *marker->stack);
}

/* A cell that finds no room stays marked and untraced; trace_overflowed finds it. A call in last
** place: push saves no registers. */
static COLD void push_growing(Marker *marker, Object *cell) {
  if (make_room(marker)) marker->stack[marker->count++] = (uintptr_t)cell;
  else marker->overflowed = true;
}

static inline void push(Marker *marker, Object *cell) {
  if (LIKELY(marker->count < marker->capacity)) marker->stack[marker->count++] = (uintptr_t)cell;
  else push_growing(marker, cell);
}

static bool push_range(Marker *marker, const Value *values, size_t count) {
  if (UNLIKELY(marker->count + 2 > marker->capacity) && !make_room(marker)) return false;
  marker->stack[marker->count++] = count;
  marker->stack[marker->count++] = (uintptr_t)values | 1;
  return true;
}

static inline void mark_cell(Marker *marker, Object *cell) {
  Heap *heap = marker->heap;
  size_t offset = heap_offset(heap, cell), granule = offset >> GRANULE_SHIFT;
  uint64_t *word = &heap->marks[granule >> 6], bit = UINT64_C(1) << (granule & 63);
  if (*word & bit) return;
  *word |= bit;
  const Block *block = &heap->blocks[offset >> BLOCK_SHIFT];
  assert(block->kind != BLOCK_FREE && block->kind != BLOCK_TAIL && cell->shape);
  marker->marked_bytes += block->kind <= BLOCK_RAW ? block->cell_size : block->large_size;
  if (UNLIKELY(block->kind == BLOCK_LARGE_RAW)) marker->raw_bytes += block->large_size;
  if (block->kind == BLOCK_CELLS || block->kind == BLOCK_LARGE) push(marker, cell);
}

void mark_object(Marker *marker, const void *object) {
  if (UNLIKELY(marker->visit != NULL)) {
    marker->visit(marker->visit_data, object);
    return;
  }
  if (heap_offset(marker->heap, object) < marker->heap->region_size)
    mark_cell(marker, (Object *)object);
}

void mark_values(Marker *marker, const Value *values, size_t count) {
  if (UNLIKELY(count > RANGE_PIECE && !marker->visit) && push_range(marker, values, count)) return;
  for (size_t i = 0; i < count; i++) mark_value(marker, values[i]);
}

static void drain_range(Marker *marker, const Value *values, size_t count) {
  assert(count > 0);
  size_t piece = count < RANGE_PIECE ? count : RANGE_PIECE;
  if (count > piece && !push_range(marker, values + piece, count - piece)) piece = count;
  for (size_t i = 0; i < piece; i++) mark_value(marker, values[i]);
}

bool marker_is_minor(const Marker *marker) { return marker->minor; }

/* trace_cell: what mark_cell has put off: the first touch of a cell, which is rarely in the
** caches. */
static void trace_cell(Marker *marker, Object *cell) {
  cell->bits |= OBJ_OLD;
  trace_object(marker, cell);
}

/* Cells wait in a ring of AHEAD between the stack and their tracing, while their first lines are on
** the way from memory (perf-note 0077). */
static void drain_stack(Marker *marker) {
  Object *ahead[AHEAD];
  unsigned first = 0, waiting = 0;
  while (marker->count || waiting) {
    if (!marker->count || waiting == AHEAD) {
      Object *cell = ahead[first++ % AHEAD];
      waiting--;
      trace_cell(marker, cell);
      continue;
    }
    uintptr_t word = marker->stack[--marker->count];
    if (UNLIKELY(word & 1)) {
      size_t count = marker->stack[--marker->count];
      drain_range(marker, (const Value *)(word - 1), count);
    } else {
      __builtin_prefetch((const void *)word, 1);
      ahead[(first + waiting++) % AHEAD] = (Object *)word;
    }
  }
  assert(marker->count == 0);
}

/* Every marked cell that may refer to others is traced again: which of them were not, nobody wrote
** down. */
static COLD void trace_overflowed(Marker *marker) {
  Heap *heap = marker->heap;
  for (uint32_t n = 1; n < heap->top; n++) {
    const Block *block = &heap->blocks[n];
    char *start = block_start(heap, n);
    if (block->kind == BLOCK_LARGE && is_marked(heap, large_start(heap, n)))
      trace_cell(marker, large_start(heap, n));
    if (block->kind != BLOCK_CELLS) continue;
    for (size_t at = 0; at + block->cell_size <= BLOCK_SIZE; at += block->cell_size)
      if (is_marked(heap, start + at)) trace_cell(marker, (Object *)(start + at));
    drain_stack(marker);
  }
  drain_stack(marker);
}

void mark_drain(Marker *marker) {
  drain_stack(marker);
  while (UNLIKELY(marker->overflowed)) {
    marker->overflowed = false;
    trace_overflowed(marker);
  }
}

/* ---- one object */
static void trace_type(Marker *marker, Type *type) {
  mark_object(marker, type->attrs);
  mark_object(marker, type->name);
  mark_object(marker, type->qualname);
  mark_object(marker, type->bases);
  mark_object(marker, type->mro);
  mark_object(marker, type->base);
  for (const Shape *shape = type->shapes; shape; shape = shape->next_of_type)
    mark_object(marker, shape->name);
  if (type_has(type, TYPE_HEAP)) mark_values(marker, type->specials, SPECIAL_COUNT);
}

/* Members of __slots__ and inline attributes of an instance of a class of the program. */
static void trace_instance(Marker *marker, Type *type, const Shape *shape, Object *object) {
  mark_object(marker, type);
  if (type_has(type, TYPE_VAR_SIZE)) {
    size_t tail = type_tail(type);
    const char *end = (const char *)object + heap_cell_size(object);
    if (tail) mark_values(marker, (const Value *)(end - tail), tail / sizeof(Value) - 1);
    return;
  }
  size_t native = type->spec ? type->spec->basic_size : sizeof(Object);
  if (type->basic_size > native)
    mark_values(marker, (Value *)((char *)object + native),
                (type->basic_size - native) / sizeof(Value));
  if (shape->kind == SHAPE_SLOTS) {
    size_t count =
        shape->slot_count < shape->inline_capacity ? shape->slot_count : shape->inline_capacity;
    mark_values(marker, (Value *)((char *)object + type->slots_offset), count);
  }
}

void trace_object(Marker *marker, Object *object) {
  const Shape *shape = object_shape(object);
  Type *type = shape->type;
  if (type->trace) type->trace(marker, object);
  if (type_has(type, TYPE_HEAP)) trace_instance(marker, type, shape, object);
  if (shape->kind != SHAPE_NONE) {
    Object **extra = object_extra_address(object);
    if (extra) mark_object(marker, *extra);
  }
  if (UNLIKELY(type_has(type, TYPE_TYPE_SUBCLASS))) trace_type(marker, (Type *)object);
}

/* ---- conservative */
NO_ASAN Object *resolve_address(Heap *heap, uintptr_t word) {
  size_t offset = word - (uintptr_t)heap->base;
  if (LIKELY(offset >= (size_t)heap->top << BLOCK_SHIFT)) return NULL;
  uint32_t number = (uint32_t)(offset >> BLOCK_SHIFT);
  const Block *block = &heap->blocks[number];
  Object *cell;
  switch (block->kind) {
  case BLOCK_CELLS:
  case BLOCK_RAW: {
    uint32_t inside = (uint32_t)offset & (BLOCK_SIZE - 1);
    uint32_t start = (uint32_t)(((uint64_t)inside * block->reciprocal) >> 32) * block->cell_size;
    if (start + block->cell_size > BLOCK_SIZE) return NULL;
    cell = (Object *)(block_start(heap, number) + start);
    break;
  }
  case BLOCK_TAIL: cell = large_start(heap, block->next); break;
  case BLOCK_LARGE:
  case BLOCK_LARGE_RAW: cell = large_start(heap, number); break;
  default: return NULL;
  }
  return cell->shape ? cell : NULL;
}

static inline void mark_word(Marker *marker, uintptr_t word) {
  Object *cell = resolve_address(marker->heap, word);
  if (!cell || is_marked(marker->heap, cell)) return;
  const Block *block = block_of(marker->heap, cell);
  if (marker->on_stacks && block->kind == BLOCK_LARGE_RAW && reprieve_hold(marker, cell)) return;
  if (!marker->minor || sweep_is_young(marker->heap, block, cell)) mark_cell(marker, cell);
}

void mark_possible(Marker *marker, Value v) {
  if (!marker->visit) mark_word(marker, (uintptr_t)v);
}

bool marker_poisons(const Marker *marker) { return marker->heap->stress != 0 && !marker->visit; }

NO_ASAN void mark_conservative(Marker *marker, const void *low, const void *high) {
  if (marker->visit) return;
  const uintptr_t *at = (const uintptr_t *)align_up((uintptr_t)low, sizeof(uintptr_t));
  for (; at < (const uintptr_t *)high; at++) mark_word(marker, *at);
}

void mark_c_stack(Marker *marker, const char *low, const char *base, const LoopFrame *loop) {
  for (; loop && loop_locals_bytes; loop = loop->outer) {
    mark_conservative(marker, low, loop->low);
    low = loop->low + loop_locals_bytes;
  }
  mark_conservative(marker, low, base);
}

/* Its frame lies below everything that the caller has put on the stack. */
NOINLINE NO_ASAN static void scan_to_base(Marker *marker, VM *vm) {
  const char *low = marker->c_low ? marker->c_low : __builtin_frame_address(0);
  mark_c_stack(marker, low, vm->c_stack_base, vm->loop);
}

/* unwind_init puts every callee-saved register into this frame. */
NOINLINE NO_ASAN static void mark_own_stack(Marker *marker, VM *vm) {
  __builtin_unwind_init();
  scan_to_base(marker, vm);
  __asm__ volatile("" ::: "memory"); /* no tail call: the frame must stand while it is scanned */
}

NOINLINE void heap_clear_below(size_t bytes) {
  volatile char below[bytes];
  memset((void *)(uintptr_t)below, 0, bytes);
  __asm__ volatile("" : : "r"(below) : "memory");
}

static void mark_vm(Marker *marker, VM *vm) {
  mark_value(marker, vm->exception);
  for (const ExcState *state = vm->exc_state; state; state = state->previous)
    mark_value(marker, state->handled);
  mark_object(marker, vm->modules);
  mark_object(marker, vm->builtins);
  mark_object(marker, vm->sys);
}

/* What a built-in type refers to is old after a collection, and stays so: a minor one looks at
** those that were stored into, or were not ready then. */
static void mark_types(Marker *marker, bool full) {
  for (int i = 0; i < TYPE_COUNT; i++) {
    Type *type = &builtin_types[i];
    if (!type->spec || (!full && type->header.bits & OBJ_OLD)) continue;
    trace_type(marker, type);
    if (type_has(type, TYPE_READY)) type->header.bits |= OBJ_OLD;
  }
}

void mark_roots(Marker *marker, VM *vm, bool full) {
  Heap *heap = marker->heap;
  marker->on_stacks = marker->minor; /* no object is traced meanwhile */
  mark_own_stack(marker, vm);
  vm_mark_stack(marker, vm);
  marker->on_stacks = false;
  mark_vm(marker, vm);
  mark_types(marker, full);
  for (size_t i = 0; i < heap->root_count; i++) mark_value(marker, *heap->roots[i]);
  for (size_t i = 0; i < heap->object_root_count; i++) mark_object(marker, *heap->object_roots[i]);
  for (size_t i = 0; i < heap->scanner_count; i++)
    heap->scanners[i].scan(marker, vm, heap->scanners[i].data);
  for (size_t i = heap->queue_first; i < heap->queue_count; i++) {
    mark_object(marker, heap->queue[i].object);
    mark_value(marker, heap->queue[i].callback);
  }
  if (!full) {
    for (size_t i = 0; i < heap->remembered_count; i++) {
      Object *object = heap->remembered[i];
      object->bits |= OBJ_OLD;
      trace_object(marker, object);
    }
  }
  heap->remembered_count = 0;
}
