/* collect.c -- when and in which order a collection happens; finalizers.
**
** Order: (full or asked for: finish sweeping) · (full: clear marks) · mark from the roots ·
** resurrect what must be finalized · weak references · weak tables (heap_add_sweeper) · destroy
** hooks · list blocks for sweeping. Python code runs only later, at a safepoint, from the queue.
*/
#include "vm/contracts/recorder.h"
#include "vm/memory/heap_internal.h"

#include <stdlib.h>
#include <time.h>

#define MINOR_MAX ((size_t)64 << 20)
#define IDLE_CYCLES 8
#define FOOTPRINT_MIN ((size_t)5 << 19)

const Recorder *recorder;
int recorder_signal;

static uint64_t clock_ns(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

/* ---- tracked objects */
static void tracked_add(VM *vm, TrackedList *list, Object *object) {
  assert(object_type(object) != NULL && heap_contains(object));
  GROW_ARRAY(vm, list->objects, list->count, list->capacity);
  list->objects[list->count++] = object;
}

void heap_track_finalizer(VM *vm, Object *object) {
  tracked_add(vm, &vm->heap->finalizers, object);
}
void heap_track_destroy(VM *vm, Object *object) { tracked_add(vm, &vm->heap->destroyers, object); }

/* No room in the queue: it is alive until the next collection asks again. What has no last words
** to say is not woken for them: it is free now, with all that it alone refers to (perf-note
** 0029). */
static void queue_if_dead(VM *vm, Heap *heap, Object *object) {
  if (!is_dead(heap, object) || (object->bits & OBJ_FINALIZED)) return;
  const Type *type = object_type(object);
  if (type->has_last_words && !type->has_last_words(object)) return;
  if (heap_queue_call(vm, object, VALUE_UNBOUND)) object->bits |= OBJ_FINALIZED;
  else mark_object(&heap->marker, object);
}

/* Moves unreachable objects with finalizers to the queue, and marks them: they live until the next
** collection at least. */
static void resurrect_finalizable(VM *vm, Heap *heap, bool full) {
  TrackedList *list = &heap->finalizers;
  size_t kept = full ? 0 : list->old_count, queued = heap->queue_count;
  /* Instances of the program's classes as they were made; native ones after them, newest first: a
  ** stream is made after the one it wraps, and has to flush into it. */
  for (size_t i = kept; i < list->count; i++)
    if (type_has(object_type(list->objects[i]), TYPE_HEAP))
      queue_if_dead(vm, heap, list->objects[i]);
  for (size_t i = list->count; i-- > kept;)
    if (!type_has(object_type(list->objects[i]), TYPE_HEAP))
      queue_if_dead(vm, heap, list->objects[i]);
  size_t known = kept < list->known_count ? kept : list->known_count;
  for (size_t i = kept; i < list->count; i++) {
    if (is_dead(heap, list->objects[i])) continue;
    known += i < list->known_count;
    list->objects[kept++] = list->objects[i];
  }
  list->count = list->old_count = kept;
  list->known_count = known;
  for (size_t i = queued; i < heap->queue_count; i++)
    mark_object(&heap->marker, heap->queue[i].object);
  mark_drain(&heap->marker);
  assert(list->old_count <= list->count && list->known_count <= list->count);
}

void heap_each_tracked(VM *vm, void (*visit)(Object *object, void *data), void *data) {
  TrackedList *list = &vm->heap->finalizers;
  for (size_t i = 0; i < list->count; i++) visit(list->objects[i], data);
}

void heap_settle(VM *vm) {
  vm->heap->finalizers.known_count = vm->heap->finalizers.count;
  vm->heap->allocated = 0;
}

bool heap_has_last_words(VM *vm) {
  return vm->heap->finalizers.count > vm->heap->finalizers.known_count ||
         weak_count_awaited(vm->heap, 1);
}

static bool has_more_to_say(const Object *object) {
  const Type *type = object_type(object);
  return !(object->bits & OBJ_FINALIZED) && (!type->has_last_words || type->has_last_words(object));
}

bool heap_has_lost(VM *vm) {
  const TrackedList *list = &vm->heap->finalizers;
  for (size_t i = list->known_count; i < list->count; i++)
    if (has_more_to_say(list->objects[i])) return true;
  return !heap_holds_referents(vm);
}

static void queue_alive(VM *vm, Object *object, bool of_program) {
  const Type *type = object_type(object);
  if ((object->bits & OBJ_FINALIZED) || type_has(type, TYPE_HEAP) != of_program) return;
  if (type->has_last_words && !type->has_last_words(object)) return;
  if (heap_queue_call(vm, object, VALUE_UNBOUND)) object->bits |= OBJ_FINALIZED;
}

/* In the order of resurrect_finalizable. What was there before the program (the standard streams)
** goes with the process. */
void heap_queue_all(VM *vm, bool natives) {
  TrackedList *list = &vm->heap->finalizers;
  for (size_t i = 0; i < list->count; i++) queue_alive(vm, list->objects[i], true);
  for (size_t i = list->count; natives && i-- > list->known_count;)
    queue_alive(vm, list->objects[i], false);
}

static bool is_class(const Object *object) {
  return type_has(object_type(object), TYPE_TYPE_SUBCLASS);
}

/* Classes go last: the hooks of their instances still read them; and a metaclass may die together
** with its classes: read all destroy hooks before any shape is freed. */
static void destroy_dead(VM *vm, Heap *heap, bool full) {
  TrackedList *list = &heap->destroyers;
  size_t first = full ? 0 : list->old_count, kept = first, dead = first;
  for (size_t i = first; i < list->count; i++) {
    Object *object = list->objects[i];
    bool is_dead_class = is_dead(heap, object) && is_class(object);
    if (is_dead(heap, object) && !is_dead_class) {
      if (object_type(object)->destroy) object_type(object)->destroy(vm, object);
    } else { /* [first, kept) live, [kept, dead) dead classes */
      list->objects[dead] = object;
      if (!is_dead_class) {
        list->objects[dead] = list->objects[kept];
        list->objects[kept++] = object;
      }
      dead++;
    }
  }
  for (size_t i = kept; i < dead; i++) {
    void (*destroy)(VM *, Object *) = object_type(list->objects[i])->destroy;
    if (destroy) destroy(vm, list->objects[i]);
  }
  for (size_t i = kept; i < dead; i++) shape_free_all(vm, (Type *)list->objects[i]);
  list->count = list->old_count = kept;
}

bool heap_queue_call(VM *vm, Object *object, Value callback) {
  assert(object != NULL && heap_contains(object));
  Heap *heap = vm->heap;
  if (UNLIKELY(heap->queue_count == heap->queue_capacity) &&
      !grow_array((void **)&heap->queue, &heap->queue_capacity, sizeof *heap->queue))
    return false;
  heap->queue[heap->queue_count++] = (QueuedCall){object, callback};
  vm_request_poll(vm, POLL_FINALIZERS);
  return true;
}

bool heap_has_calls(VM *vm) { return vm->heap->queue_first < vm->heap->queue_count; }

bool heap_next_call(VM *vm, Object **object, Value *callback) {
  Heap *heap = vm->heap;
  if (heap->queue_first == heap->queue_count) {
    heap->queue_first = heap->queue_count = 0;
    return false;
  }
  QueuedCall *call = &heap->queue[heap->queue_first++];
  *object = call->object, *callback = call->callback;
  return true;
}

/* ---- collections */
static size_t clamp(size_t n, size_t low, size_t high) {
  return n < low ? low : n > high ? high : n;
}

static size_t used_bytes(const Heap *heap) {
  return ((size_t)heap->top - heap->free_blocks) << BLOCK_SHIFT;
}

static void set_triggers(Heap *heap, bool full) {
  size_t live = heap->live_bytes + heap->external_bytes;
  /* The rhythm follows what there is to mark and sweep: a large text or array of bytes is neither.
  ** Part of what minor collections have promoted is dead by now: it makes the nursery larger by a
  ** half at most (perf-note 0046). */
  size_t scanned = live > heap->live_raw ? live - heap->live_raw : 0;
  heap->minor_trigger = clamp(scanned / 3, MINOR_MIN, full ? MINOR_MAX : heap->minor_most);
  if (!full) return;
  heap->minor_most = clamp(heap->minor_trigger / 2 * 3, MINOR_MIN, MINOR_MAX);
  heap->full_trigger = clamp(live / 5 * 8, FULL_MIN, SIZE_MAX); /* perf-note 0070 */
  size_t used = used_bytes(heap);                               /* perf-note 0076 */
  heap->footprint_trigger = clamp(used + used / 4, FOOTPRINT_MIN, SIZE_MAX) + heap->minor_trigger;
}

/* Whoever makes large texts or arrays of bytes and drops them gets the same memory again at every
** RAW_TRIGGER_MIN bytes, while collections cost little: what they look at is small beside what was
** handed out. Else they come less often, up to the rhythm of all others. */
static void set_raw_trigger(VM *vm, bool full) {
  Heap *heap = vm->heap;
  const Marker *marker = &heap->marker;
  if (full || heap->allocated_raw < heap->raw_trigger / 2) return;
  size_t stack = vm->current.base ? (size_t)((char *)vm->current.base - (char *)vm->stack) : 0;
  size_t looked_at = marker->marked_bytes - marker->raw_bytes + stack + heap->top * sizeof(Block);
  size_t wanted = heap->raw_trigger;
  if (looked_at > wanted / 8) wanted *= 2;
  else if (looked_at < wanted / 32) wanted /= 2;
  heap->raw_trigger = clamp(wanted, RAW_TRIGGER_MIN, MINOR_MAX);
}

/* Is the old generation due? It will be larger by as much as the last minor collection left. A huge
** array that is about to be allocated counts too: it may need what died before it. */
static bool full_is_due(const Heap *heap, size_t size) {
  size_t live = heap->live_bytes + heap->external_bytes + heap->reprieved;
  size_t least = heap->loading ? FULL_MIN_LOADING : 0;
  return live + heap->promoted + (size > MINOR_MAX ? size : 0) >
             clamp(heap->full_trigger, least, SIZE_MAX) ||
         used_bytes(heap) > clamp(heap->footprint_trigger, least, SIZE_MAX);
}

/* Pages of free blocks are kept for the near future: giving back what the next cycle needs costs a
** page fault each (half the time of set operations on 5,000 items), keeping it costs nothing at the
** peak. Only what a peak left behind goes back: pages that lay idle from one collection to the
** next, eight times in a row. */
static void return_memory(Heap *heap, size_t idle_blocks, bool at_once) {
  bool many =
      idle_blocks << BLOCK_SHIFT > heap->minor_trigger + heap->live_bytes / 2 + 2 * FULL_MIN;
  heap->idle_cycles = many ? heap->idle_cycles + 1 : 0;
  if (heap->idle_cycles < IDLE_CYCLES && !at_once) return;
  heap->idle_cycles = 0;
  blocks_return_memory(heap);
}

COLD static void verify_or_panic(VM *vm) {
  char message[256];
  if (!heap_verify(vm, message, sizeof message)) panic("heap: %s", message);
}

static void clear_marks(Heap *heap) {
  memset(heap->marks, 0, (size_t)heap->top * MARK_WORDS_PER_BLOCK * sizeof(uint64_t));
}

/* For a full one, or one that was asked for, sweep_finish has run since the marks changed last. */
static void collect_now(VM *vm, bool full, bool explicit_) {
  Heap *heap = vm->heap;
  Marker *marker = &heap->marker;
  uint64_t started = clock_ns();
  size_t before = heap->live_bytes + heap->allocated;
  size_t idle_blocks = heap->dirty_blocks;
  heap->collecting = true;
  if (full) clear_marks(heap), heap->must_be_full = false;
  marker->marked_bytes = marker->raw_bytes = 0;
  marker->minor = !full;
  mark_roots(marker, vm, full);
  mark_drain(marker);
  /* As when the last reference goes away in CPython, weak references still work in __del__; they go
  ** with the object. */
  resurrect_finalizable(vm, heap, full);
  weak_sweep(heap, full);
  reprieve_mark(marker);
  for (size_t i = 0; i < heap->sweeper_count; i++)
    heap->sweepers[i].sweep(vm, full, heap->sweepers[i].data);
  heap->unreachable = heap->counted ? cyclic_count(heap, heap->counted) : 0;
  destroy_dead(vm, heap, full);
  sweep_prepare(heap, full);
  reprieve_end(marker);
  heap->live_bytes = (full ? 0 : heap->live_bytes) + marker->marked_bytes;
  heap->live_raw = (full ? 0 : heap->live_raw) + marker->raw_bytes;
  heap->promoted = full ? 0 : marker->marked_bytes;
  set_raw_trigger(vm, full);
  heap->allocated = heap->allocated_raw = 0;
  set_triggers(heap, full);
  if (full) heap->fulls++, heap->minors_at_full = heap->minors;
  else heap->minors++;
  return_memory(heap, idle_blocks, full && explicit_);
  if (full && UNLIKELY(heap->exhausted)) heap_collected(heap);
  if (heap_has_calls(vm)) vm_request_poll(vm, POLL_FINALIZERS); /* older ones may have waited */
  heap->collecting = false;
  uint64_t pause = clock_ns() - started;
  heap->pause_total += pause;
  if (pause > heap->pause_max) heap->pause_max = pause;
  if (UNLIKELY(recorder != NULL))
    recorder->collected(vm, &(Pause){started, pause, before, heap->live_bytes, full});
  assert(heap->marker.count == 0);
  assert(heap->minor_trigger >= MINOR_MIN && heap->minor_trigger <= MINOR_MAX);
}

/* Called by collect alone, which has put every register that its callers may need into its frame:
** what lies below that frame, the collector's own, is not looked at. What the last calls so far
** down have left there would keep the dead alive. */
NOINLINE static void collect_above(VM *vm, bool full, bool explicit_) {
  Heap *heap = vm->heap;
  if (heap->collecting) panic("collection inside a collection");
  const char *low = heap->marker.c_low;
  if (!low) heap->marker.c_low = __builtin_frame_address(0);
  full |= heap->must_be_full;
  if (full || explicit_) sweep_finish(heap);
  if (UNLIKELY(heap->verify)) verify_or_panic(vm);
  collect_now(vm, full, explicit_);
  heap->marker.c_low = low;
}

NOINLINE void collect(VM *vm, bool full, bool explicit_) {
  __builtin_unwind_init();
  collect_above(vm, full, explicit_);
  __asm__ volatile("" ::: "memory"); /* no tail call: the frame must stand while it is scanned */
}

void collect_if_due(VM *vm, size_t size, size_t raw_size) {
  Heap *heap = vm->heap;
  bool is_due = heap->allocated + size >= heap->minor_trigger ||
                heap->allocated_raw + raw_size >= heap->raw_trigger;
  if (LIKELY(!is_due) || !heap->enabled) return;
  if (heap->loading && heap->allocated + size < MINOR_MIN_LOADING) return;
  bool full = full_is_due(heap, size);
  collect(vm, full, false);
  size_t most = clamp(heap->full_trigger * 2, heap->loading ? FULL_MIN_LOADING : 0, SIZE_MAX);
  if (!full && heap->live_bytes + heap->external_bytes > most) collect(vm, true, false);
}

bool heap_is_collecting(VM *vm) { return vm->heap->collecting; }

void heap_follow_limit(VM *vm) { blocks_follow_limit(vm->heap); }

size_t heap_collect(VM *vm, int generation) {
  collect(vm, generation >= 2, true);
  return vm->heap->unreachable;
}

/* Marking without sweeping is no more than early promotion: a full one starts from no marks, so
** that a full collection has to follow. */
void heap_destroy_dead(VM *vm, bool full, bool (*wanted)(const Object *object)) {
  Heap *heap = vm->heap;
  Marker *marker = &heap->marker;
  if (heap->collecting) return;
  full |= heap->must_be_full;
  if (full) sweep_finish(heap); /* not again before the marks are whole */
  heap->collecting = true;
  if (full) clear_marks(heap);
  marker->marked_bytes = marker->raw_bytes = 0;
  marker->minor = !full;
  marker->c_low = vm->loop && loop_locals_bytes ? vm->loop->low : NULL;
  mark_roots(marker, vm, full);
  marker->c_low = NULL;
  mark_drain(marker);
  resurrect_finalizable(vm, heap, full); /* what __del__ will see is not dead */
  const TrackedList *list = &heap->destroyers;
  for (size_t i = full ? 0 : list->old_count; i < list->count; i++) {
    Object *object = list->objects[i];
    if (is_dead(heap, object) && wanted(object)) object_type(object)->destroy(vm, object);
  }
  marker->held_count = 0; /* nothing is swept: they are young as before */
  heap->live_bytes += full ? 0 : marker->marked_bytes;
  heap->live_raw += full ? 0 : marker->raw_bytes;
  heap->collecting = false;
  if (full) collect_now(vm, true, false);
}

size_t heap_collect_from_loop(VM *vm, int generation) {
  vm->heap->marker.c_low = loop_locals_bytes ? vm->loop->low : NULL;
  size_t found = heap_collect(vm, generation);
  vm->heap->marker.c_low = NULL;
  return found;
}

void heap_count_cyclic(VM *vm, bool (*wanted)(const Object *object)) { vm->heap->counted = wanted; }

void heap_enable(VM *vm, bool enabled) { vm->heap->enabled = enabled; }
void heap_loading(VM *vm, int change) {
  vm->heap->loading += change;
  assert(vm->heap->loading >= 0);
}

bool heap_is_loading(const VM *vm) { return vm->heap->loading > 0; }

bool heap_is_young(const Object *object) {
  return heap_contains(object) && !is_marked(the_vm->heap, object);
}

HeapStats heap_stats(VM *vm) {
  const Heap *heap = vm->heap;
  return (HeapStats){.live_bytes = heap->live_bytes + heap->reprieved + heap->allocated,
                     .reserved_bytes = ((size_t)heap->top - heap->free_blocks) << BLOCK_SHIFT,
                     .minor_collections = heap->minors,
                     .full_collections = heap->fulls,
                     .minors_since_full = heap->minors - heap->minors_at_full,
                     .pause_ns_total = heap->pause_total,
                     .pause_ns_max = heap->pause_max};
}
