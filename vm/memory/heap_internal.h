/* heap_internal.h -- the heap's own structures, shared by the files of this folder only.
**
** One region of address space, reserved whole or growing in place (block.c), cut into blocks of 32
** KB. Beside it, in regions of their own:
**
**     blocks[]   one Block a block: what it holds; resolves any address to its cell
**     marks[]    one bit for every 16 bytes: set on the first granule of a cell that survived a
**                collection
**
** Laws:
**  - A cell is free iff its header is zero, or it lies in the interval of its class's cursor, or it
**    is unmarked in a block not yet swept. sweep_finish leaves the first kind only; it runs before
**    a full marking and before whatever walks over cells.
**  - Marks are sticky: a minor collection marks only unmarked cells and leaves the old ones alone.
**  - A large cell without pointers that a minor collection finds only on stacks stays young: it is
**    judged again by the next one (reprieve.c).
**  - OBJ_OLD is set exactly in marked cells of scanned blocks, and in built-in types that were
**    ready at the last collection, that are not in remembered[] (outside of collections).
** Checked by heap_verify.
*/
#ifndef KRAIT_HEAP_INTERNAL_H
#define KRAIT_HEAP_INTERNAL_H

#include "vm/base/memory.h"
#include "vm/core/vm.h"
#include "vm/memory/heap.h"
#include "vm/memory/space.h"
#include "vm/memory/weak.h"

#define BLOCK_SHIFT 15
#define BLOCK_SIZE ((size_t)1 << BLOCK_SHIFT)
#define GRANULE_SHIFT 4
/* The first collections, and the least that any is due at (perf-note 0006, perf-note 0019): bytes
** handed out, bytes alive. */
#define MINOR_MIN ((size_t)1 << 20)
#define FULL_MIN ((size_t)3 << 20)
/* … and while modules are loaded, which make little but what stays (perf-note 0067) */
#define MINOR_MIN_LOADING ((size_t)16 << 20)
#define FULL_MIN_LOADING ((size_t)32 << 20)
/* The least that makes cells without pointers due for a minor collection: what is used again and
** again stays in the second level of the caches (perf-note 0070). */
#define RAW_TRIGGER_MIN ((size_t)1 << 19)
#define RAW_MIN 1024
/* Bytes that stress mode finds alive, over all its collections, before they come half as often: 10
** to 40 s of a debug build that verifies the heap each time. */
#define STRESS_WORK ((size_t)8 << 30)
#define MARK_WORDS_PER_BLOCK (BLOCK_SIZE >> GRANULE_SHIFT >> 6)
#define SMALL_CLASSES (HEAP_SMALL_MAX / 16 + 1)
/* Large cells begin at any line of a page, not all at the same one: copying between two that lie
** alike in their pages is twelve times as slow on some processors (perf-note 0070). */
#define COLOUR_SHIFT 6
#define COLOURS 64

#if defined(__SANITIZE_ADDRESS__)
#define NO_ASAN __attribute__((no_sanitize("address"), noinline))
#else
#define NO_ASAN
#endif

typedef enum BlockKind {
  BLOCK_FREE,
  BLOCK_CELLS,
  BLOCK_RAW,
  BLOCK_LARGE,
  BLOCK_LARGE_RAW,
  BLOCK_TAIL
} BlockKind;

enum {                      /* Block.flags */
       BLOCK_DIRTY = 1,     /* free, but its memory is not zero */
       BLOCK_ALLOCATED = 2, /* cells were taken from it since the last collection */
       BLOCK_PENDING = 4,   /* in the list of blocks to look for free cells in */
       BLOCK_SWEPT = 8, /* every unmarked cell of it has a zero header: sweep_finish passes it by */
       BLOCK_UNMAPPED = 16, /* free, and given back to the system: mapped again before use */
       /* what lies behind the cursor was never written since the system gave it */
       BLOCK_FRESH = 32,
};

typedef struct Block {
  uint8_t kind, class_index, flags;
  uint8_t colour; /* LARGE: the cell begins this many lines behind the block's start */
  /* pending list: block number, 0 ends it (block 0 is never used); TAIL: the head's number */
  uint32_t next;
  union {
    /* CELLS, RAW: reciprocal = ceil(2^32 / cell_size) */
    struct {
      uint32_t cell_size, reciprocal;
    };
    uint64_t large_size; /* LARGE: bytes of the cell */
  };
} Block;

/* current: block being allocated from, or 0 */
typedef struct PendingList {
  uint32_t first, current;
} PendingList;

/* Objects in order of registration; those before old_count survived a collection,
** those before known_count were there when the start-up ended (heap_settle). */
typedef struct TrackedList {
  Object **objects;
  size_t count, capacity, old_count, known_count;
} TrackedList;

/* callback UNBOUND: the object's __del__ */
typedef struct QueuedCall {
  Object *object;
  Value callback;
} QueuedCall;

struct Marker {
  Heap *heap;
  uintptr_t *stack; /* [owned] Object *, or a range: count, then address | 1 */
  size_t count, capacity;
  /* raw_bytes: those of large raw cells, which cost nothing to mark */
  size_t marked_bytes, raw_bytes;
  bool minor; /* what survived a collection is marked already */
  /* the stack could not grow: some marked cells were not traced (mark_drain looks for them) */
  bool overflowed;
  bool on_stacks; /* the words come from stacks: large cells without pointers wait in held[] */
  Object **held;  /* [owned] see reprieve.c */
  size_t held_count, held_capacity;
  /* where the part of the C stack begins that counts; NULL: at the collector's own frame */
  const char *c_low;
  /* not NULL: nothing is marked, references go here */
  void (*visit)(void *data, const void *object);
  void *visit_data;
};

struct Heap {
  char *base; /* of the region */
  size_t region_size;
  Block *blocks;
  uint64_t *marks;
  uint32_t block_count, top; /* blocks in the region; blocks at and past top were never used */
  uint32_t mapped; /* blocks below it are there; block_count when the region does not grow */
  uint32_t unmapped_blocks; /* of the free ones: BLOCK_UNMAPPED */
  uint32_t reserve_blocks;  /* kept back for the time after exhaustion, see reserve.c */
  bool grows;               /* address space is limited: the region is mapped piece by piece */
  uint32_t free_hint;       /* no free block below it */
  uint32_t free_blocks, dirty_blocks; /* below top; dirty ones among them */
  bool took_zero;                     /* what block_take gave last holds only zeros */
  /* blocks below it were offered to the system for huge pages, or were in use too early */
  uint32_t huge_end;
  PendingList pending[2][HEAP_CLASSES];

  bool enabled, collecting;
  bool exhausted; /* memory is gone: large requests fail at once */
  /* MemoryError was raised since the last collection: there may be something to free */
  bool unwound;
  bool finishing;        /* the process ends: nobody is told any more */
  bool must_be_full;     /* the remembered set is incomplete: a minor collection would lose cells */
  uint32_t colour;       /* of the large cell that was taken last */
  size_t told_at;        /* exhausted: blocks of the reserve at which MemoryError is due again */
  int loading;           /* modules whose code runs: heap_loading */
  size_t allocated;      /* bytes handed out since the last collection */
  size_t minor_trigger;  /* … that start the next */
  size_t allocated_raw;  /* of those bytes, cells without pointers of RAW_MIN bytes and more */
  size_t raw_trigger;    /* … that start the next too */
  size_t reprieved;      /* bytes of large raw cells that the last collection left young */
  size_t minor_most;     /* what minor_trigger can grow to until the next full one */
  size_t live_bytes;     /* marked, as of the last collection; grows by minors */
  size_t live_raw;       /* large raw cells among them */
  size_t external_bytes; /* heap_account */
  size_t full_trigger;   /* live_bytes that make the next collection a full one */
  /* … and bytes of blocks in use that do: survivors of many sizes keep a block each */
  size_t footprint_trigger;
  size_t promoted;                       /* bytes that the last minor collection marked */
  bool (*counted)(const Object *object); /* heap_count_cyclic */
  size_t unreachable;                    /* found by the last collection */
  size_t minors, fulls, minors_at_full;  /* collections; what minors was at the last full one */
  /* collections in a row that found many free pages untouched since the one before */
  unsigned idle_cycles;
  uint64_t pause_total, pause_max;

  Object **remembered; /* [owned] old objects that were stored into */
  size_t remembered_count, remembered_capacity;
  Value **roots;
  size_t root_count, root_capacity;
  Object ***object_roots;
  size_t object_root_count, object_root_capacity;
  struct {
    RootScanner scan;
    void *data;
  } * scanners;
  size_t scanner_count, scanner_capacity;
  struct {
    Sweeper sweep;
    void *data;
  } * sweepers;
  size_t sweeper_count, sweeper_capacity;
  TrackedList finalizers, destroyers;
  /* [queue_first, queue_count) wait */
  QueuedCall *queue;
  size_t queue_first, queue_count, queue_capacity;
  WeakTable weak;
  Marker marker;

  unsigned stress, stress_countdown; /* KRAIT_GC_STRESS */
  size_t stress_walked;              /* bytes alive, summed over its collections */
  /* every allocation comes to heap_take_slow: stress, memory_failing is armed, or a watch */
  bool every_cell;
  bool verify;            /* KRAIT_GC_VERIFY: check the laws before every collection */
  const HeapWatch *watch; /* NULL: none */
};

extern Heap the_heap;
extern const uint16_t class_sizes[HEAP_CLASSES]; /* cell size of a class; 0 past the last */

static inline size_t heap_offset(const Heap *heap, const void *address) {
  return (size_t)((const char *)address - heap->base);
}
static inline Block *block_of(Heap *heap, const void *address) {
  return &heap->blocks[heap_offset(heap, address) >> BLOCK_SHIFT];
}
static inline char *block_start(const Heap *heap, uint32_t number) {
  return heap->base + ((size_t)number << BLOCK_SHIFT);
}
/* large_start, large_blocks: of the large cell whose first block it is. */
static inline Object *large_start(const Heap *heap, uint32_t number) {
  return (Object *)(block_start(heap, number) +
                    ((size_t)heap->blocks[number].colour << COLOUR_SHIFT));
}
static inline size_t blocks_of(size_t bytes) { return (bytes + BLOCK_SIZE - 1) >> BLOCK_SHIFT; }
static inline size_t blocks_for(const Block *block, size_t size) {
  return blocks_of(((size_t)block->colour << COLOUR_SHIFT) + size);
}
static inline size_t large_blocks(const Block *block) {
  return blocks_for(block, block->large_size);
}
/* count_allocated: `bytes` for cells of cell_size bytes each are handed out. */
static inline void count_allocated(Heap *heap, size_t bytes, size_t cell_size, bool raw) {
  heap->allocated += bytes;
  if (raw && cell_size >= RAW_MIN) heap->allocated_raw += bytes;
}
static inline uint64_t *block_marks(const Heap *heap, uint32_t number) {
  return heap->marks + (size_t)number * MARK_WORDS_PER_BLOCK;
}
static inline bool is_marked(const Heap *heap, const void *cell) {
  size_t granule = heap_offset(heap, cell) >> GRANULE_SHIFT;
  return (heap->marks[granule >> 6] >> (granule & 63)) & 1;
}
/* is_dead: after marking: in the heap and not marked. */
static inline bool is_dead(const Heap *heap, const void *object) {
  return heap_contains(object) && !is_marked(heap, object);
}

/* GROW_ARRAY: room for one more element, and for GROW_HEADROOM others: a refusal is an exhaustion
** (MemoryError at the next safepoint), and the headroom lasts until then. */
enum { GROW_HEADROOM = 256 };
#define GROW_ARRAY(vm, items, count, capacity)                                              \
  do {                                                                                      \
    if (UNLIKELY((count) + GROW_HEADROOM >= (capacity))) {                                  \
      if (!grow_array((void **)&(items), &(capacity), sizeof *(items))) heap_exhausted(vm); \
      if ((count) == (capacity)) memory_end("a table of the collector");                    \
    }                                                                                       \
  } while (0)
bool grow_array(void **items, size_t *capacity, size_t item_size); /* doubles it; false: refused */

/* block.c */
bool blocks_init(Heap *heap);
/* block_take: number of the first of `count` adjacent blocks, memory undefined (zero if
** heap->took_zero); 0: none without touching the reserve. */
uint32_t block_take(Heap *heap, size_t count);
uint32_t block_take_reserved(Heap *heap, size_t count); /* the same, the reserve included */
uint32_t block_take_cells(Heap *heap, int class_index, bool raw, bool reserved);
size_t blocks_at_hand(const Heap *heap); /* free blocks that need no asking the system */
bool blocks_are_short(const Heap *heap); /* is the reserve not whole? */
/* address space of free blocks back to the system; false: none, or not limited */
bool blocks_give_space(Heap *heap);
/* RLIMIT_AS or RLIMIT_DATA was set: from now on the region grows */
void blocks_follow_limit(Heap *heap);
void block_release(Heap *heap, uint32_t number, size_t count);
bool block_extend(Heap *heap, uint32_t number, size_t count, size_t new_count);
void blocks_return_memory(Heap *heap);
/* Pages of what was never used, [at, at + size), come one by one when they are touched. */
void blocks_refuse_huge(Heap *heap, char *at, size_t size);
bool blocks_verify(const Heap *heap); /* the laws of block.c (vm/base/check.h) */

/* reserve.c */
/* after a full collection: exhaustion is over, if it found enough */
void heap_collected(Heap *heap);
bool heap_is_crowded(const Heap *heap);
/* a full collection, if one could help; false: it could not */
bool heap_recover(VM *vm);
bool heap_refuses_large(VM *vm); /* exhausted: requests that may fail do */
uint32_t reserve_take_cells(VM *vm, int class_index, bool raw); /* never 0 */

/* sweep.c */
/* sets the cursor; false: no pending block has room */
bool sweep_next_interval(Heap *heap, int class_index, bool raw);
/* zeroes the headers of the free cells of an interval */
void sweep_clear(HeapCursor cursor, size_t size);
void sweep_finish(Heap *heap); /* zeroes the header of every free cell */
bool sweep_is_young(const Heap *heap, const Block *block, const void *cell);
/* heap_each_cell: every cell with a header; needs sweep_finish before. */
void heap_each_cell(Heap *heap, void (*visit)(Object *cell, void *data), void *data);
/* after marking: frees empty blocks and large cells, lists the others */
void sweep_prepare(Heap *heap, bool full);

/* cyclic.c: after marking: how many dead objects are wanted, and part of a ring of references or
** held by one; 0 also where memory is short */
size_t cyclic_count(Heap *heap, bool (*wanted)(const Object *object));

/* held.c: does each object that a weak reference with a callback waits for hang on a module? false
** where that is not known */
bool heap_holds_referents(VM *vm);

/* reprieve.c */
bool reprieve_hold(Marker *marker, Object *cell); /* false: no room: to be marked at once */
void reprieve_mark(Marker *marker); /* after all marking: what nothing else has marked by now */
void reprieve_end(Marker *marker);  /* after sweeping: those are young again */

/* mark.c */
void mark_roots(Marker *marker, VM *vm, bool full);
void mark_drain(Marker *marker);
void trace_object(Marker *marker, Object *object);
/* the live cell that contains the address, or NULL */
Object *resolve_address(Heap *heap, uintptr_t word);

/* collect.c */
void collect(VM *vm, bool full, bool explicit_);
/* size: bytes that are about to be handed out; raw_size: the same if they are a large cell without
** pointers, else 0 */
void collect_if_due(VM *vm, size_t size, size_t raw_size);

#endif
