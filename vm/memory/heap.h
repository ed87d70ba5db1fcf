/* heap.h -- allocation and collection.
**
** The collector is tracing, non-moving, conservative on the C stacks, precise on value stacks
** (interp/scan.c) and in the heap, generational by sticky mark bits. C code holds raw object
** pointers (tagged or not) in locals freely: nothing needs rooting. A pointer kept in static or
** malloc'd memory must be registered (heap_add_root) or marked by someone's trace. A collection can
** happen inside any allocation: every field of an object must be valid (zero is) before the next
** one. New cells are NOT zeroed beyond the header unless said so.
**
** Law (out of memory): small cells (up to HEAP_NEVER_NULL) are never refused. When memory is gone
** they come from a reserve, and MemoryError is raised at the next safepoint (reserve.c tells how,
** POLL_MEMORY). Larger ones can be refused: NULL, MemoryError pending. A loop in C that can
** allocate without end and asks for nothing large asks vm_check_memory (core/vm.h) in each round.
** Memory outside the heap comes from base/memory.h and can be refused too. Mode alloc-fail refuses
** the n-th request of any kind.
**
** Law (generations): a store of a heap pointer into an object that may be old goes through
** heap_barrier. Objects just allocated, with no allocation since, need no barrier.
*/
#ifndef KRAIT_HEAP_H
#define KRAIT_HEAP_H

#include "vm/core/object.h"

/* ---- what AddressSanitizer is told: memory of free cells and blocks is poisoned, and so is what
** lies behind the bytes asked for:
** the rest of the cell, at least RED_ZONE bytes. In other builds nothing of this is left. */
#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
#define RED_ZONE 16
#define cell_poison(at, size) __asan_poison_memory_region((at), (size))
#define cell_unpoison(at, size) __asan_unpoison_memory_region((at), (size))
#else
#define RED_ZONE 0
#define cell_poison(at, size) ((void)0)
#define cell_unpoison(at, size) ((void)0)
#endif

typedef struct Heap Heap;
typedef struct LoopFrame LoopFrame; /* core/vm.h */

bool heap_init(VM *vm);

/* ---- the bump pointer of each small size class; only heap_take and the collector touch it
** Law: cells in [cursor, limit) are free; what they hold is undefined, and the sanitizer build has
** it poisoned. */
#define HEAP_SMALL_MAX 512 /* sizes up to here have a class every 16 bytes */
#define HEAP_CLASSES 64
typedef struct HeapCursor {
  char *cursor, *limit;
} HeapCursor;
extern HeapCursor heap_cursors[2][HEAP_CLASSES]; /* [0] scanned, [1] raw */
MUST_USE void *heap_take_slow(VM *vm, uint32_t shape, size_t size, bool raw);

MUST_USE static ALWAYS_INLINE void *heap_take(VM *vm, uint32_t shape, size_t size, bool raw) {
  /* the module of a late type comes before its first instance */
  debug_check(shape < SHAPE_BASE + TYPE_EARLY_COUNT * SHAPE_STRIDE ||
              ((Shape *)(uintptr_t)shape)->type);
  if (LIKELY(size + RED_ZONE <= HEAP_SMALL_MAX)) {
    HeapCursor *at = &heap_cursors[raw][(size + RED_ZONE + 15) >> 4];
    char *cell = at->cursor, *end = cell + ((size + RED_ZONE + 15) & ~(size_t)15);
    if (LIKELY(end <= at->limit)) {
      at->cursor = end;
      cell_unpoison(cell, size);
      ((Object *)cell)->shape = shape;
      ((Object *)cell)->bits = 0;
      return cell;
    }
  }
  return heap_take_slow(vm, shape, size, raw);
}

/* heap_new: a cell of `size` bytes with its header set to `shape`; the rest is undefined. The cell
** is scanned by its type's trace (heap_new) or never scanned (heap_new_raw: text, digits, boxes).
** Result: up to HEAP_NEVER_NULL bytes never NULL. Larger: NULL with MemoryError pending when memory
** is exhausted; whoever asks for a size that he does not know must check. */
#define HEAP_NEVER_NULL 16384
MUST_USE static inline void *heap_new(VM *vm, uint32_t shape, size_t size) {
  return heap_take(vm, shape, size, false);
}
MUST_USE static inline void *heap_new_raw(VM *vm, uint32_t shape, size_t size) {
  return heap_take(vm, shape, size, true);
}
MUST_USE void *heap_new_zeroed(VM *vm, uint32_t shape, size_t size); /* as heap_new, rest zero */
/* heap_new_raw_zeroed: as heap_new_raw, rest zero. The pages of a large cell are touched when they
** are used, where its memory was never used before (perf-note 0066). */
MUST_USE void *heap_new_raw_zeroed(VM *vm, uint32_t shape, size_t size);

/* heap_cell_size: bytes of the cell that holds the object (no static one: heap_contains), without
** the red zone; at least what was asked for, and what lies between is the object's only after
** cell_unpoison. */
size_t heap_cell_size(const void *object);
/* shape_free_all: called when a type has died, its last instances before it (shapes/shape.c). */
void shape_free_all(VM *vm, Type *type);
/* object_extra_address: where the object keeps its overflow array or dictionary; NULL: its type has
** no attributes. */
static inline Object **object_extra_address(Object *object) {
  const Type *type = object_type(object);
  if (LIKELY(type->extra_offset)) return (Object **)((char *)object + type->extra_offset);
  bool at_end =
      type_has(type, TYPE_VAR_SIZE) && type_has(type, TYPE_HEAP) && type_has(type, TYPE_HAS_DICT);
  if (!at_end) return NULL;
  return (Object **)((char *)object + heap_cell_size(object) - sizeof(Object *));
}
bool heap_is_collecting(VM *vm);         /* asked by signal handlers too */
bool heap_contains(const void *address); /* is it inside the heap's reservation? */
/* heap_extend: makes a large cell at least `size` bytes long where it stands. false: cannot (not
** large, no room behind). The new tail is undefined. */
bool heap_extend(VM *vm, void *object, size_t size);
/* heap_free: the caller knows that nobody has a pointer to this cell any more (a table that was
** just replaced). A large cell that is younger than the last collection is free at once and its
** warm memory used again, as is the small cell that was taken last of its size; others wait for the
** collector (perf-note 0031). */
void heap_free(VM *vm, void *object);

/* heap_watch: from now on every cell that is taken (or made longer) is told of, and every one that
** heap_free gives back; NULL: no more. Costs nothing while nobody watches. What is told may take no
** cell itself. Those that die in a collection a Sweeper finds. */
typedef struct HeapWatch {
  void (*taken)(VM *vm, const void *cell, size_t size);
  void (*freed)(VM *vm, const void *cell);
} HeapWatch;
void heap_watch(VM *vm, const HeapWatch *watch);

/* heap_barrier: must follow (or precede) a store of `stored` into a field of `owner`. */
void heap_remember(VM *vm, Object *owner);
static inline void heap_barrier(VM *vm, void *owner, Value stored) {
  if (UNLIKELY(((Object *)owner)->bits & OBJ_OLD) && value_is_pointer(stored))
    heap_remember(vm, (Object *)owner);
}
static inline void heap_barrier_object(VM *vm, void *owner, const void *stored) {
  if (UNLIKELY(((Object *)owner)->bits & OBJ_OLD) && stored) heap_remember(vm, (Object *)owner);
}
/* heap_barrier_any: many stores into owner at once (memcpy of values). */
static inline void heap_barrier_any(VM *vm, void *owner) {
  if (UNLIKELY(((Object *)owner)->bits & OBJ_OLD)) heap_remember(vm, (Object *)owner);
}

/* ---- marking, called by trace functions */
void mark_object(Marker *marker, const void *object); /* NULL and static objects are fine */
static inline void mark_value(Marker *marker, Value v) {
  if (value_is_pointer(v)) mark_object(marker, value_object(v));
}
void mark_values(Marker *marker, const Value *values, size_t count);
/* marker_is_minor: a root scanner may leave out objects that it has given to an earlier
** collection. */
bool marker_is_minor(const Marker *marker);
/* mark_possible: a value that may be stale: what it refers to if that is an object. */
void mark_possible(Marker *marker, Value v);
/* marker_poisons: registers that are found dead are to be overwritten, so that whoever reads one is
** found at once (stress mode). */
bool marker_poisons(const Marker *marker);
/* mark_c_stack: what lies between low and base, without the locals of the loop's activations. */
void mark_c_stack(Marker *marker, const char *low, const char *base, const LoopFrame *loop);
/* from LoopFrame.low on; interp/poll.c has measured it. 0: not known */
extern size_t loop_locals_bytes;
/* mark_conservative: any word that may point into a cell (C stacks). */
void mark_conservative(Marker *marker, const void *low, const void *high);

/* ---- roots in static or malloc'd memory */
/* a Value variable: scanned at every collection */
void heap_add_root(VM *vm, Value *slot);
/* address of a pointer variable: Object **, Str ** … */
void heap_add_root_object(VM *vm, void *slot);
typedef void (*RootScanner)(Marker *marker, VM *vm, void *data);
void heap_add_root_scanner(VM *vm, RootScanner scan, void *data);

/* ---- tables that keep nothing alive
** heap_add_sweeper: called in each collection, after everything reachable is marked and before a
** cell is used again: a table that holds addresses without marking them forgets those that are
** heap_is_dying. After a minor one only young objects can be. */
typedef void (*Sweeper)(VM *vm, bool full, void *data);
void heap_add_sweeper(VM *vm, Sweeper sweep, void *data);
bool heap_is_dying(const void *object); /* only in a Sweeper: in the heap, and not reachable */

/* ---- finalization */
/* heap_track_finalizer: instances of classes with __del__ (and native ones that must run Python
** code when dying, such as generators with pending finally, files). When unreachable they are
** resurrected once and handed to run_finalizers. */
void heap_track_finalizer(VM *vm, Object *object);
/* heap_track_destroy: type->destroy is to be called when the object is found dead (no Python may
** run in it). */
void heap_track_destroy(VM *vm, Object *object);
/* Runs what waits: __del__ of dead objects, callbacks of weak references. */
MAY_RUN void heap_run_finalizers(VM *vm);
/* heap_finalizers_due: the same at safepoints, when vm->poll & POLL_FINALIZERS, unless they have to
** wait. */
MAY_RUN void heap_finalizers_due(VM *vm);
/* heap_finalizers_wait: is this thread in the middle of what a finalizer may want to enter? */
MUST_USE bool heap_finalizers_wait(VM *vm);
bool heap_has_calls(VM *vm); /* does anything wait for heap_run_finalizers? */
/* heap_queue_all: all with a __del__ that are still there: instances of the program's classes and,
** if asked, native ones: open files, suspended generators. */
void heap_queue_all(VM *vm, bool natives);
/* heap_each_tracked: visits the objects of heap_track_finalizer that were not finalized yet. */
void heap_each_tracked(VM *vm, void (*visit)(Object *object, void *data), void *data);
/* heap_settle: the start-up is over: what is there now neither makes a collection due nor needs a
** last one. */
void heap_settle(VM *vm);
/* heap_has_last_words: could a collection now find a call to make: __del__, or a callback of a weak
** reference? */
bool heap_has_last_words(VM *vm);
/* heap_has_lost: the same, after a closer look. */
bool heap_has_lost(VM *vm);
/* at exit: heap_queue_all, then run them */
MAY_RUN void heap_finalize_all(VM *vm, bool natives);
/* heap_account: memory outside the heap that an object owns (malloc'd buffers) counts for
** triggering collections. */
void heap_account(VM *vm, ptrdiff_t bytes);

/* ---- when memory is gone */
/* memory was refused that must not fail: MemoryError at the next safepoint */
void heap_exhausted(VM *vm);
void heap_told(VM *vm); /* MemoryError was raised, for whatever reason */
/* the process ends: from here on the reserve is for its last writes, and nobody is told any more */
void heap_begin_end(VM *vm);
void heap_follow_limit(VM *vm); /* a limit of address space was set */
/* heap_fail_after: the n-th request of memory from now fails, then every period-th (0: once); 0
** requests: none fails. */
void heap_fail_after(VM *vm, uint64_t requests, uint64_t period);
bool heap_fails_armed(void);  /* is there a request that will fail? */
uint64_t heap_failures(void); /* since heap_fail_after */

/* ---- collection */
/* heap_collect: 0, 1: minor; 2: full. How many dead objects heap_count_cyclic's predicate has
** counted; 0 without one. */
size_t heap_collect(VM *vm, int generation);
/* heap_collect_from_loop: the caller was called by the loop and holds no object itself: its C
** frame, and what the loop has left in callee-saved registers, need not be looked at. */
size_t heap_collect_from_loop(VM *vm, int generation);
/* heap_clear_below: so many bytes of the C stack below the caller's frame are written over: frames
** that will lie there leave words as they find them, and a collection would take what earlier calls
** have left for references. For who collects so that something dies. Cost: 50 ns for 4 KB. */
void heap_clear_below(size_t bytes);
/* heap_count_cyclic: from now on collections count, of the objects that `wanted` picks, those that
** died in a ring of references or hang on one; NULL: no longer. */
void heap_count_cyclic(VM *vm, bool (*wanted)(const Object *object));
/* heap_destroy_dead: calls type->destroy for the tracked objects that are `wanted` and that nothing
** refers to, although no collection has freed them yet; they are freed later, so destroy must bear
** being called twice. What only the C functions since the loop's newest instruction refer to counts
** as dead: only for objects that stay safe to use afterwards. full: old objects too. */
void heap_destroy_dead(VM *vm, bool full, bool (*wanted)(const Object *object));
/* false: no collection until true (start-up, fork); nests not */
void heap_enable(VM *vm, bool enabled);
/* heap_loading: a module's code begins (1) or has ended (-1) that an import runs: most of what it
** makes stays alive, so that collections come less often meanwhile (perf-note 0065). */
void heap_loading(VM *vm, int change);
bool heap_is_loading(const VM *vm); /* does an import run a module's code? */
/* heap_references: visits what the object refers to directly: gc.get_referents. Internal cells are
** looked through. */
void heap_references(VM *vm, Object *object, void (*visit)(Object *target, void *data), void *data);
/* heap_is_young: made since the last collection? A collection leaves none, but for large texts and
** the like that only stacks hold (reprieve.c). */
bool heap_is_young(const Object *object);
/* heap_walk: visits every live object (gc.get_objects, verifier). */
void heap_walk(VM *vm, void (*visit)(Object *object, void *data), void *data);
typedef struct HeapStats {
  size_t live_bytes, reserved_bytes, minor_collections, full_collections, minors_since_full,
      pause_ns_total, pause_ns_max;
} HeapStats;
HeapStats heap_stats(VM *vm);
/* checks the laws; false and a message when one is broken */
bool heap_verify(VM *vm, char *message, size_t size);

/* ---- a growable array of values as one cell: list items, attribute overflow, internal tables
** Law: items[0..capacity) are defined values at all times (zero is fine). */
typedef struct ValueArray {
  Object header;
  uint64_t capacity;
  Value items[];
} ValueArray;
/* zeroed; NULL + MemoryError when too large */
MUST_USE ValueArray *value_array_new(VM *vm, size_t capacity);
/* value_array_take: as value_array_new, items undefined: the caller fills them all before anything
** else is allocated. */
MUST_USE ValueArray *value_array_take(VM *vm, size_t capacity);
/* value_array_grow: an array of at least `capacity` items that starts with the first `count` of
** `array` (NULL: none), the rest zero: `array` itself when it could be extended in place. The
** caller stores the result into its owner, with barrier. */
MUST_USE ValueArray *value_array_grow(VM *vm, ValueArray *array, size_t count, size_t capacity);

/* raw bytes as a collected cell (bytearray storage …) */
typedef struct RawBytes {
  Object header;
  uint64_t capacity;
  uint8_t bytes[];
} RawBytes;
/* not zeroed; NULL + MemoryError when too large */
MUST_USE RawBytes *raw_bytes_new(VM *vm, size_t capacity);
MUST_USE RawBytes *raw_bytes_new_zeroed(VM *vm, size_t capacity); /* see heap_new_raw_zeroed */

/* ---- instances */
/* Layout of a fixed-size instance: [0, spec->basic_size) native part · [spec->basic_size,
** basic_size) Values of __slots__ members (and `extra`, when it lies there) · extra · inline slots
** · cell_size. The words behind the native part are marked as Values; `extra`, a raw pointer, is
**   marked on its own. A type with TYPE_HAS_DEL has its instances tracked. */
/* object_new: an instance of `type` (fixed size): native fields zero, extra NULL, slots and members
** UNBOUND. */
MUST_USE Value object_new(VM *vm, Type *type);
/* object_new_var: an instance whose native part has `size` bytes (TYPE_VAR_SIZE types; size
** includes the header). Adds the words of type_tail for heap subclasses. The native part beyond the
** header is undefined. */
MUST_USE void *object_new_var(VM *vm, Type *type, size_t size);

#endif
