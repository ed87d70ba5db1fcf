/* heap.c -- allocation: size classes, the slow path behind the bump pointers, large cells,
** instances.
**
** Law: sizes up to HEAP_SMALL_MAX have a class every 16 bytes (class i holds cells of 16 i bytes);
** above that the classes waste at most an eighth; above LARGE_MIN a cell has blocks of its own.
** Sizes of cells count their red zones.
*/
#include "vm/contracts/error.h"
#include "vm/contracts/native.h"
#include "vm/core/options.h"
#include "vm/memory/heap_internal.h"

#include <assert.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define LARGE_MIN (HEAP_NEVER_NULL + 4 * RED_ZONE) /* a multiple of 64 with room for a red zone */
#define COLOUR_STEP 23                             /* comes to all, and neighbours lie far apart */
#define SIZE_MAX_OF_CELL ((size_t)1 << 46)

Heap the_heap;
HeapCursor heap_cursors[2][HEAP_CLASSES];

const uint16_t class_sizes[HEAP_CLASSES] = {
    0,    16,   32,   48,   64,   80,   96,   112,  128,  144,  160,  176,   192,       208,  224,
    240,  256,  272,  288,  304,  320,  336,  352,  368,  384,  400,  416,   432,       448,  464,
    480,  496,  512,  576,  640,  704,  768,  832,  896,  960,  1024, 1168,  1296,      1488, 1632,
    1808, 2048, 2336, 2720, 3264, 3632, 4096, 4672, 5456, 6544, 8192, 10912, LARGE_MIN,
};
/* for sizes over HEAP_SMALL_MAX, every 64 bytes */
static uint8_t class_by_size[LARGE_MIN / 64 + 1];

static void init_classes(void) {
  int class_index = SMALL_CLASSES;
  for (size_t i = HEAP_SMALL_MAX / 64; i <= LARGE_MIN / 64; i++) {
    while (class_sizes[class_index] < i * 64) class_index++;
    class_by_size[i] = (uint8_t)class_index;
  }
  for (int i = 1; i < SMALL_CLASSES; i++) assert(class_sizes[i] == 16 * i);
}

/* Where the main thread's stack begins: the C library knows. pthread_getattr_np would read and
** parse /proc/self/maps for it, 100,000 instructions at every start. */
extern void *__libc_stack_end __attribute__((weak));

static char *c_stack_base(void) {
  if (&__libc_stack_end && getpid() == gettid()) return __libc_stack_end;
  pthread_attr_t attributes;
  void *low = NULL;
  size_t size = 0;
  if (pthread_getattr_np(pthread_self(), &attributes) == 0) {
    pthread_attr_getstack(&attributes, &low, &size);
    pthread_attr_destroy(&attributes);
  }
  return (char *)low + size;
}

/* Switches for tests: -E and -I hold for them too. */
static unsigned option_number(const VM *vm, const char *name) {
  const char *text = options_variable(vm->options, name);
  return text ? (unsigned)strtoul(text, NULL, 10) : 0;
}

static void refused(void) { heap_exhausted(the_vm); }
static bool spare(void) { return blocks_give_space(&the_heap); }

/* KRAIT_GC_FAIL=n or n,k; with a ? behind them the end of the program says what came of it
** (heap_begin_end) */
static void arm_from_environment(const VM *vm) {
  const char *text = options_variable(vm->options, "KRAIT_GC_FAIL");
  if (!text) return;
  char *end;
  uint64_t first = strtoull(text, &end, 10), period = *end == ',' ? strtoull(end + 1, &end, 10) : 0;
  memory_failing =
      (MemoryFailing){.countdown = first, .period = period, .asked = *end == '?' ? first : 0};
}

#define FIRST(list, field) \
  grow_array((void **)&(list).field, &(list).capacity, sizeof *(list).field)

/* The tables that may be refused to grow later (GROW_ARRAY) have their first room from the
** start. */
static bool first_tables(Heap *heap) {
  return grow_array((void **)&heap->roots, &heap->root_capacity, sizeof *heap->roots) &&
         grow_array((void **)&heap->object_roots, &heap->object_root_capacity,
                    sizeof *heap->object_roots) &&
         grow_array((void **)&heap->scanners, &heap->scanner_capacity, sizeof *heap->scanners) &&
         grow_array((void **)&heap->sweepers, &heap->sweeper_capacity, sizeof *heap->sweepers) &&
         FIRST(heap->finalizers, objects) && FIRST(heap->destroyers, objects);
}

bool heap_init(VM *vm) {
  Heap *heap = &the_heap;
  if (heap->base) return true;
  vm->heap = heap;
  if (!vm->c_stack_base) vm->c_stack_base = c_stack_base();
  if (!blocks_init(heap)) return false;
  if (!first_tables(heap)) memory_end("the tables of the heap");
  init_classes();
  heap->enabled = true;
  heap->minor_trigger = heap->minor_most = MINOR_MIN;
  heap->raw_trigger = RAW_TRIGGER_MIN;
  heap->full_trigger = heap->footprint_trigger = FULL_MIN;
  heap->marker.heap = heap;
  heap->stress = heap->stress_countdown = option_number(vm, "KRAIT_GC_STRESS");
  arm_from_environment(vm);
  heap->every_cell = heap->stress || memory_failing.countdown;
  memory_spare = spare;
  memory_refused = refused;
  heap->verify = option_number(vm, "KRAIT_GC_VERIFY") != 0;
  for (int i = 0; i < TYPE_EARLY_COUNT; i++)
    builtin_types[i].header = (Object){.shape = SHAPE_OF(type), .bits = OBJ_STATIC};
  return true;
}

/* ---- slow path */
/* One interval with room for a cell: from pending blocks, else from a fresh block. */
static void refill(VM *vm, Heap *heap, int class_index, bool raw) {
  if (sweep_next_interval(heap, class_index, raw)) return;
  uint32_t number = block_take_cells(heap, class_index, raw, false);
  if (UNLIKELY(!number) && heap_recover(vm)) {
    if (sweep_next_interval(heap, class_index, raw)) {
      /* those who were told go on with what there is */
      if (!heap->exhausted && heap_is_crowded(heap)) heap_exhausted(vm);
      return;
    }
    number = block_take_cells(heap, class_index, raw, false);
  }
  if (UNLIKELY(!number)) number = reserve_take_cells(vm, class_index, raw);
  size_t size = class_sizes[class_index];
  HeapCursor *cursor = &heap_cursors[raw][class_index];
  heap->pending[raw][class_index].current = number;
  cursor->cursor = block_start(heap, number);
  cursor->limit = cursor->cursor + BLOCK_SIZE / size * size;
  /* limit_to_one leaves them to whoever walks over the heap */
  if (UNLIKELY(heap->every_cell)) sweep_clear(*cursor, size);
  count_allocated(heap, BLOCK_SIZE, size, raw);
  assert(cursor->cursor + size <= cursor->limit);
}

/* Where in its first page a large cell begins that leaves `rest` bytes of its blocks: elsewhere
** than the last ones. */
static uint8_t next_colour(Heap *heap, size_t rest) {
  size_t places = (rest >> COLOUR_SHIFT) + 1;
  heap->colour = (heap->colour + COLOUR_STEP) % COLOURS;
  return (uint8_t)(places < COLOURS ? heap->colour % places : heap->colour);
}

static void *take_large(VM *vm, Heap *heap, size_t size, bool raw) {
  size = align_up(size, 16);
  if (size > SIZE_MAX_OF_CELL || memory_fails() || heap_refuses_large(vm)) return NULL;
  collect_if_due(vm, size, raw ? size : 0);
  size_t count = blocks_of(size);
  uint32_t number = block_take(heap, count);
  if (UNLIKELY(!number) && count < heap->block_count && heap_recover(vm))
    number = block_take(heap, count);
  if (UNLIKELY(!number) && heap->finishing) number = block_take_reserved(heap, count);
  if (UNLIKELY(!number)) return NULL;
  heap->blocks[number] = (Block){.kind = raw ? BLOCK_LARGE_RAW : BLOCK_LARGE,
                                 .colour = next_colour(heap, (count << BLOCK_SHIFT) - size),
                                 .large_size = size};
  for (size_t i = 1; i < count; i++)
    heap->blocks[number + i] = (Block){.kind = BLOCK_TAIL, .next = number};
  heap->allocated += size;
  if (raw) heap->allocated_raw += size;
  cell_poison(block_start(heap, number), count << BLOCK_SHIFT); /* which was never used, maybe */
  return large_start(heap, number);
}

/* A small cell in stress mode, or while memory_failing is armed: every cell comes through here. */
static void limit_to_one(Heap *heap, int class_index, bool raw) {
  HeapCursor *cursor = &heap_cursors[raw][class_index];
  size_t size = class_sizes[class_index];
  char *limit = cursor->limit;
  cursor->limit = cursor->cursor + size;
  /* What lies behind is found again: it is unmarked and its headers are zero. */
  heap->allocated -= (size_t)(limit - cursor->limit);
  assert(cursor->cursor + size <= limit);
}

/* KRAIT_GC_STRESS: the collection that is due. What a collection walks grows with the heap; each
** time as much as STRESS_WORK has been walked, they come half as often. So a program ends in a time
** that grows with the logarithm of what it allocates, and the same ones come in every run. */
static void collect_for_stress(VM *vm, Heap *heap) {
  heap->stress_walked += heap->live_bytes;
  if (heap->stress_walked >= STRESS_WORK) {
    heap->stress_walked = 0;
    heap->stress *= 2;
  }
  heap->stress_countdown = heap->stress;
  bool full = heap->minors > heap->fulls; /* in turn: a minor one needs every barrier */
  collect(vm, full, !full);
}

void *heap_take_slow(VM *vm, uint32_t shape, size_t asked, bool raw) {
  assert(asked >= sizeof(Object));
  Heap *heap = &the_heap;
  size_t size = asked + RED_ZONE;
  Object *cell;
  if (UNLIKELY(heap->stress) && heap->enabled && --heap->stress_countdown == 0)
    collect_for_stress(vm, heap);
  if (size > LARGE_MIN) {
    cell = take_large(vm, heap, size, raw);
    if (UNLIKELY(!cell)) {
      (void)raise_memory(vm);
      return NULL;
    }
  } else {
    if (memory_fails()) heap_exhausted(vm);
    int class_index =
        size <= HEAP_SMALL_MAX ? (int)((size + 15) >> 4) : class_by_size[(size + 63) / 64];
    HeapCursor *cursor = &heap_cursors[raw][class_index];
    size_t cell_size = class_sizes[class_index];
    if (cursor->cursor == cursor->limit) {
      collect_if_due(vm, 0, 0);
      if (cursor->cursor == cursor->limit) refill(vm, heap, class_index, raw);
      if (UNLIKELY(heap->every_cell)) limit_to_one(heap, class_index, raw);
    }
    cell = (Object *)cursor->cursor;
    cursor->cursor += cell_size;
  }
  cell_unpoison(cell, asked);
  cell->shape = shape;
  cell->bits = 0;
  if (UNLIKELY(heap->watch != NULL)) heap->watch->taken(vm, cell, asked);
  return cell;
}

/* Who looks at every cell has changed. What lies behind the cursors is found again, see
** limit_to_one. */
static void settle_every_cell(Heap *heap) {
  heap->every_cell = heap->stress || memory_failing.countdown || heap->watch;
  if (!heap->every_cell) return;
  for (int i = 1; i < HEAP_CLASSES; i++)
    for (int raw = 0; raw < 2; raw++) {
      HeapCursor *cursor = &heap_cursors[raw][i];
      heap->allocated -= (size_t)(cursor->limit - cursor->cursor);
      cursor->limit = cursor->cursor;
    }
}

void heap_watch(VM *vm, const HeapWatch *watch) {
  vm->heap->watch = watch;
  settle_every_cell(vm->heap);
}

void heap_fail_after(VM *vm, uint64_t requests, uint64_t period) {
  Heap *heap = vm->heap;
  memory_failing = (MemoryFailing){.countdown = requests, .period = period};
  settle_every_cell(heap);
  if (!requests) heap_told(vm);
}

bool heap_fails_armed(void) { return memory_failing.countdown != 0; }
uint64_t heap_failures(void) { return memory_failing.failed; }

void *heap_new_zeroed(VM *vm, uint32_t shape, size_t size) {
  Object *cell = heap_new(vm, shape, size);
  if (cell) memset(cell + 1, 0, size - sizeof(Object));
  return cell;
}

void *heap_new_raw_zeroed(VM *vm, uint32_t shape, size_t size) {
  Heap *heap = vm->heap;
  bool large = size + RED_ZONE > LARGE_MIN;
  Object *cell = heap_new_raw(vm, shape, size);
  if (!cell) return NULL;
  if (large && heap->took_zero) blocks_refuse_huge(heap, (char *)cell, size);
  else memset(cell + 1, 0, size - sizeof(Object));
  return cell;
}

void heap_free(VM *vm, void *object) {
  Heap *heap = vm->heap;
  if (!heap_contains(object)) return;
  if (UNLIKELY(heap->watch != NULL)) heap->watch->freed(vm, object);
  Block *block = block_of(heap, object);
  if (is_marked(heap, object)) {
    if (block->kind != BLOCK_LARGE_RAW) return;
    size_t granule = heap_offset(heap, object) >> GRANULE_SHIFT;
    heap->marks[granule >> 6] &= ~(UINT64_C(1) << (granule & 63));
    heap->live_bytes -= block->large_size < heap->live_bytes ? block->large_size : heap->live_bytes;
    heap->live_raw -= block->large_size < heap->live_raw ? block->large_size : heap->live_raw;
    block_release(heap, (uint32_t)(block - heap->blocks), large_blocks(block));
    return;
  }
  if (block->kind <= BLOCK_RAW) {
    HeapCursor *cursor = &heap_cursors[block->kind == BLOCK_RAW][block->class_index];
    if (cursor->cursor != (char *)object + block->cell_size) return;
    cursor->cursor = object;
    *(uint64_t *)object = 0;
    cell_poison(object, block->cell_size);
    return;
  }
  size_t size = block->large_size;
  heap->allocated -= size < heap->allocated ? size : heap->allocated;
  if (block->kind == BLOCK_LARGE_RAW)
    heap->allocated_raw -= size < heap->allocated_raw ? size : heap->allocated_raw;
  block_release(heap, (uint32_t)(block - heap->blocks), large_blocks(block));
}

bool heap_extend(VM *vm, void *object, size_t asked) {
  assert(vm->heap->blocks[0].kind == BLOCK_FREE); /* number 0 means none */
  Heap *heap = vm->heap;
  if (!heap_contains(object)) return false;
  Block *block = block_of(heap, object);
  if (block->kind != BLOCK_LARGE && block->kind != BLOCK_LARGE_RAW) return false;
  size_t size = align_up(asked + RED_ZONE, 16);
  if (size <= block->large_size) {
    cell_unpoison(object, asked);
    return true;
  }
  uint32_t number = (uint32_t)(block - heap->blocks);
  size_t count = large_blocks(block);
  size_t new_count = blocks_for(block, size);
  if (new_count > count && !block_extend(heap, number, count, new_count)) return false;
  for (size_t i = count; i < new_count; i++)
    heap->blocks[number + i] = (Block){.kind = BLOCK_TAIL, .next = number};
  cell_poison(block_start(heap, number + (uint32_t)count), (new_count - count) << BLOCK_SHIFT);
  cell_unpoison(object, asked);
  size_t more = size - block->large_size;
  block->large_size = size;
  heap->allocated += more;
  if (is_marked(heap, object)) heap->live_bytes += more;
  if (UNLIKELY(heap->watch != NULL)) heap->watch->taken(vm, object, asked);
  return true;
}

size_t heap_cell_size(const void *object) {
  debug_check(heap_contains(object));
  debug_check(block_of(&the_heap, object)->kind != BLOCK_FREE &&
              block_of(&the_heap, object)->kind != BLOCK_TAIL);
  assert(heap_contains(object)); /* static objects have no cell */
  const Block *block = block_of(&the_heap, object);
  return (block->kind <= BLOCK_RAW ? block->cell_size : block->large_size) - RED_ZONE;
}

bool heap_contains(const void *address) {
  return heap_offset(&the_heap, address) < the_heap.region_size;
}

bool grow_array(void **items, size_t *capacity, size_t item_size) {
  size_t larger = *capacity ? *capacity * 2 : 2 * GROW_HEADROOM;
  void *moved = memory_resize_array(*items, larger, item_size);
  if (!moved) return false;
  *items = moved;
  *capacity = larger;
  return true;
}

/* No room: the owner stays as it is, and the next collection will not need to know. */
void heap_remember(VM *vm, Object *owner) {
  /* what is old survived a collection */
  assert(owner->bits & OBJ_STATIC || (heap_contains(owner) && is_marked(vm->heap, owner)));
  Heap *heap = vm->heap;
  if (UNLIKELY(heap->remembered_count == heap->remembered_capacity) &&
      !grow_array((void **)&heap->remembered, &heap->remembered_capacity,
                  sizeof *heap->remembered)) {
    heap->must_be_full = true;
    return;
  }
  owner->bits &= ~(uint32_t)OBJ_OLD;
  heap->remembered[heap->remembered_count++] = owner;
}

void heap_add_root(VM *vm, Value *slot) {
  assert(slot != NULL && !heap_contains(slot));
  /* once each */
  for (size_t i = 0; i < vm->heap->root_count; i++) debug_check(vm->heap->roots[i] != slot);
  Heap *heap = vm->heap;
  GROW_ARRAY(vm, heap->roots, heap->root_count, heap->root_capacity);
  heap->roots[heap->root_count++] = slot;
}

void heap_add_root_object(VM *vm, void *slot) {
  /* fields of heap objects are marked by their type */
  assert(slot != NULL && !heap_contains(slot));
  Heap *heap = vm->heap;
  GROW_ARRAY(vm, heap->object_roots, heap->object_root_count, heap->object_root_capacity);
  heap->object_roots[heap->object_root_count++] = slot;
}

void heap_add_root_scanner(VM *vm, RootScanner scan, void *data) {
  Heap *heap = vm->heap;
  GROW_ARRAY(vm, heap->scanners, heap->scanner_count, heap->scanner_capacity);
  heap->scanners[heap->scanner_count].scan = scan;
  heap->scanners[heap->scanner_count++].data = data;
}

void heap_add_sweeper(VM *vm, Sweeper sweep, void *data) {
  Heap *heap = vm->heap;
  GROW_ARRAY(vm, heap->sweepers, heap->sweeper_count, heap->sweeper_capacity);
  heap->sweepers[heap->sweeper_count].sweep = sweep;
  heap->sweepers[heap->sweeper_count++].data = data;
}

bool heap_is_dying(const void *object) { return is_dead(&the_heap, object); }

void heap_account(VM *vm, ptrdiff_t bytes) {
  Heap *heap = vm->heap;
  heap->external_bytes =
      bytes < 0 && (size_t)-bytes > heap->external_bytes ? 0 : heap->external_bytes + (size_t)bytes;
  if (bytes > 0) heap->allocated += (size_t)bytes;
}

/* ---- arrays */
ValueArray *value_array_take(VM *vm, size_t capacity) {
  if (UNLIKELY(capacity > SIZE_MAX_OF_CELL / sizeof(Value))) {
    raise_memory(vm);
    return NULL;
  }
  ValueArray *array =
      heap_new(vm, SHAPE_OF(value_array), sizeof(ValueArray) + capacity * sizeof(Value));
  if (LIKELY(array)) array->capacity = capacity;
  return array;
}

ValueArray *value_array_new(VM *vm, size_t capacity) {
  ValueArray *array = value_array_take(vm, capacity);
  if (LIKELY(array)) memset(array->items, 0, capacity * sizeof(Value));
  return array;
}

ValueArray *value_array_grow(VM *vm, ValueArray *array, size_t count, size_t capacity) {
  assert(!array || (count <= array->capacity && array->capacity < capacity));
  if (array && capacity <= SIZE_MAX_OF_CELL / sizeof(Value) &&
      heap_extend(vm, array, sizeof(ValueArray) + capacity * sizeof(Value))) {
    memset(array->items + array->capacity, 0, (capacity - array->capacity) * sizeof(Value));
    array->capacity = capacity;
    return array;
  }
  if (!array) count = 0;
  ValueArray *grown = value_array_take(vm, capacity);
  if (UNLIKELY(!grown)) return NULL;
  if (count) memcpy(grown->items, array->items, count * sizeof(Value));
  memset(grown->items + count, 0, (capacity - count) * sizeof(Value));
  debug_check(grown->capacity == capacity);
  return grown;
}

static RawBytes *raw_bytes_of(VM *vm, size_t capacity,
                              void *(*take)(VM *vm, uint32_t shape, size_t size)) {
  if (UNLIKELY(capacity > SIZE_MAX_OF_CELL)) {
    raise_memory(vm);
    return NULL;
  }
  RawBytes *raw = take(vm, SHAPE_OF(raw_bytes), sizeof(RawBytes) + capacity);
  if (raw) raw->capacity = capacity;
  return raw;
}

RawBytes *raw_bytes_new(VM *vm, size_t capacity) {
  return raw_bytes_of(vm, capacity, heap_new_raw);
}

RawBytes *raw_bytes_new_zeroed(VM *vm, size_t capacity) {
  return raw_bytes_of(vm, capacity, heap_new_raw_zeroed);
}

/* ---- instances */
Value object_new(VM *vm, Type *type) {
  assert(type_has(type, TYPE_READY) && type->cell_size >= sizeof(Object) &&
         !type_has(type, TYPE_VAR_SIZE));
  size_t size = type->cell_size;
  bool heap_type = type_has(type, TYPE_HEAP);
  bool raw = type_has(type, TYPE_NO_POINTERS) && !heap_type;
  uint64_t *cell = heap_take(vm, shape_address(type->shape), size, raw);
  if (UNLIKELY(!cell)) return VALUE_FAIL;
  size_t native = heap_type && type->spec ? type->spec->basic_size : size;
  size_t i = 1, words = size / sizeof(Value);
  for (; i < native / sizeof(Value); i++) cell[i] = 0;
  for (; i < words; i++) cell[i] = VALUE_UNBOUND;
  if (type->extra_offset) cell[type->extra_offset / sizeof(Value)] = 0;
  if (UNLIKELY(type_has(type, TYPE_HAS_DEL))) heap_track_finalizer(vm, (Object *)cell);
  return value_from(cell);
}

void *object_new_var(VM *vm, Type *type, size_t size) {
  assert(size >= sizeof(Object));
  size_t tail = type_tail(type);
  bool raw = type_has(type, TYPE_NO_POINTERS) && !type_has(type, TYPE_HEAP);
  Object *cell =
      heap_take(vm, shape_address(type->shape), tail ? align_up(size, 8) + tail : size, raw);
  if (!cell) return NULL;
  if (tail) {
    Value *words = (Value *)((char *)cell + heap_cell_size(cell) - tail);
    cell_unpoison(words, tail); /* wherever the size asked for ends */
    for (size_t i = 0; i < tail / sizeof(Value); i++) words[i] = VALUE_UNBOUND;
    words[tail / sizeof(Value) - 1] = 0; /* `extra` */
  }
  if (UNLIKELY(type_has(type, TYPE_HAS_DEL))) heap_track_finalizer(vm, cell);
  return cell;
}

/* ---- the classes of internal cells */
static void value_array_trace(Marker *marker, Object *self) {
  ValueArray *array = (ValueArray *)self;
  mark_values(marker, array->items, array->capacity);
}

const ClassSpec value_array_class = {
    .name = "value_array",
    .basic_size = sizeof(ValueArray),
    .flags = TYPE_INTERNAL | TYPE_VAR_SIZE | TYPE_DISALLOW_NEW,
    .trace = value_array_trace,
};
const ClassSpec raw_bytes_class = {
    .name = "raw_bytes",
    .basic_size = sizeof(RawBytes),
    .flags = TYPE_INTERNAL | TYPE_VAR_SIZE | TYPE_NO_POINTERS | TYPE_DISALLOW_NEW,
};
