/* _tracemalloc.c -- the module _tracemalloc: which lines took the cells of the heap that are there.
**
** While it traces, the heap tells of every cell (heap_watch); otherwise it costs nothing. A cell is
** forgotten when a collection finds it dead, or its owner frees it. So the numbers are asked for
** after a full collection, and the most there ever were counts what was dead and not yet found.
** Memory outside the heap is not traced.
**
** Law: `records` has each traced cell once, by linear probing without gaps; `size` is the sum of
** their sizes; their traces are in `traces`. Nothing here takes a cell while the heap tells of
** one. */
#include "vm/base/memory.h"
#include "vm/contracts/protocol.h"
#include "vm/contracts/type.h"
#include "vm/interp/frame.h"
#include "vm/memory/heap.h"
#include "vm/objects/code.h"
#include "vm/objects/function.h"
#include "vm/objects/int.h"
#include "vm/objects/list.h"
#include "vm/objects/tuple.h"

#include <stdlib.h>

#define NATIVE_DEF "vm/modules/memory/_tracemalloc.def"
#define NATIVE_PREFIX tracemalloc_
#include "vm/contracts/native_class.inc"

enum { FRAMES_MOST = 65535, TRACES_BUCKETS = 4096 };

typedef struct Place {
  Str *filename;
  int line;
} Place;

typedef struct Trace {
  struct Trace *next; /* of its bucket */
  Value frames;       /* a tuple, once it was asked for */
  int count, total;   /* places; frames that there were */
  Place places[];     /* the newest first */
} Trace;

typedef struct Record {
  const void *cell; /* NULL: none */
  size_t size;
  Trace *trace;
} Record;

/* The filenames and tuples of traces are marked by scan, which the first start registers. */
static struct {
  bool tracing, paused, registered;
  int limit;
  Record *records; /* [owned] */
  size_t count, capacity, size, most, own_memory;
  const void **young; /* [owned] cells since the last collection */
  size_t young_count, young_capacity;
  bool young_lost;               /* some are missing there: look at all */
  Trace *traces[TRACES_BUCKETS]; /* [owned] */
  Trace *scratch;                /* [owned] room for `limit` places */
} state = {.limit = 1};

/* ---- records */
static size_t home_of(const void *cell) {
  return (size_t)(((uintptr_t)cell >> 4) * UINT64_C(0x9E3779B97F4A7C15) >> 20) &
         (state.capacity - 1);
}

/* Where the cell's record is, or would be. */
static Record *slot_of(const void *cell) {
  size_t i = home_of(cell);
  while (state.records[i].cell && state.records[i].cell != cell) i = (i + 1) & (state.capacity - 1);
  return &state.records[i];
}

static void forget_record(Record *gone) {
  assert(gone->cell && state.count > 0 && state.size >= gone->size);
  state.size -= gone->size;
  state.count--;
  size_t mask = state.capacity - 1, gap = (size_t)(gone - state.records);
  for (size_t i = (gap + 1) & mask; state.records[i].cell; i = (i + 1) & mask) {
    size_t home = home_of(state.records[i].cell);
    if (((i - home) & mask) < ((i - gap) & mask)) continue;
    state.records[gap] = state.records[i];
    gap = i;
  }
  state.records[gap].cell = NULL;
}

static void forget(const void *cell) {
  if (!state.capacity) return;
  Record *record = slot_of(cell);
  if (record->cell) forget_record(record);
}

/* false: no memory, the cell goes untraced */
static bool make_room(void) {
  if (state.count * 4 < state.capacity * 3) return true;
  size_t old_capacity = state.capacity, capacity = old_capacity ? old_capacity * 2 : 1024;
  Record *old = state.records, *records = memory_take_beside(capacity * sizeof *records);
  if (!records) return false;
  memset(records, 0, capacity * sizeof *records);
  state.records = records;
  state.capacity = capacity;
  for (size_t i = 0; i < old_capacity; i++)
    if (old[i].cell) *slot_of(old[i].cell) = old[i];
  free(old);
  state.own_memory += (capacity - old_capacity) * sizeof *records;
  return true;
}

static void note_young(const void *cell) {
  if (state.young_count == state.young_capacity) {
    size_t capacity = state.young_capacity ? state.young_capacity * 2 : 1024;
    const void **young = memory_resize_beside(state.young, capacity * sizeof *young);
    if (!young) {
      state.young_lost = true;
      return;
    }
    state.own_memory += (capacity - state.young_capacity) * sizeof *young;
    state.young = young;
    state.young_capacity = capacity;
  }
  state.young[state.young_count++] = cell;
}

/* ---- traces */
static void read_frames(VM *vm, Trace *trace) {
  trace->count = trace->total = 0;
  for (Value *base = vm->base; base; base = frame_below(base)) {
    Function *function = frame_function(base);
    if (trace->total++ >= state.limit) continue;
    int line =
        function->threaded
            ? code_line(function->code, threaded_offset(function->threaded, frame_pc(vm, base)))
            : 0;
    trace->places[trace->count++] = (Place){function->code->filename, line};
  }
}

static size_t bucket_of(const Trace *trace) {
  uint64_t hash = (uint64_t)trace->total;
  for (int i = 0; i < trace->count; i++) {
    hash = (hash ^ (uintptr_t)trace->places[i].filename) * UINT64_C(0x9E3779B97F4A7C15);
    hash = (hash ^ (uint64_t)trace->places[i].line) * UINT64_C(0x9E3779B97F4A7C15);
  }
  return (hash >> 32) % TRACES_BUCKETS;
}

static bool same_trace(const Trace *a, const Trace *b) {
  if (a->count != b->count || a->total != b->total) return false;
  for (int i = 0; i < a->count; i++)
    if (a->places[i].filename != b->places[i].filename || a->places[i].line != b->places[i].line)
      return false;
  return true;
}

/* The trace of the frames that run; NULL: no memory. */
static Trace *trace_now(VM *vm) {
  read_frames(vm, state.scratch);
  Trace **bucket = &state.traces[bucket_of(state.scratch)];
  for (Trace *trace = *bucket; trace; trace = trace->next)
    if (same_trace(trace, state.scratch)) return trace;
  size_t size = sizeof(Trace) + (size_t)state.scratch->count * sizeof(Place);
  Trace *trace = memory_take_beside(size);
  if (!trace) return NULL;
  memcpy(trace, state.scratch, size);
  trace->frames = VALUE_NONE;
  trace->next = *bucket;
  *bucket = trace;
  state.own_memory += size;
  return trace;
}

/* ---- what the heap tells */
static void on_taken(VM *vm, const void *cell, size_t size) {
  if (state.paused || !make_room()) return;
  Trace *trace = trace_now(vm);
  if (!trace) return;
  forget(cell);
  *slot_of(cell) = (Record){cell, size, trace};
  state.count++;
  state.size += size;
  if (state.size > state.most) state.most = state.size;
  note_young(cell);
}
static void on_freed(VM *vm, const void *cell) { forget(cell); }

static void forget_dying(VM *vm, bool full, void *data) {
  if (!state.count) return;
  if (!full && !state.young_lost) {
    for (size_t i = 0; i < state.young_count; i++)
      if (heap_is_dying(state.young[i])) forget(state.young[i]);
  } else {
    for (size_t i = 0; i < state.capacity;) {
      Record *record = &state.records[i];
      if (record->cell && heap_is_dying(record->cell)) forget_record(record); /* maybe refilled */
      else i++;
    }
  }
  state.young_count = 0;
  state.young_lost = false;
}

static void scan(Marker *marker, VM *vm, void *data) {
  for (int i = 0; i < TRACES_BUCKETS; i++)
    for (const Trace *trace = state.traces[i]; trace; trace = trace->next) {
      mark_value(marker, trace->frames);
      for (int k = 0; k < trace->count; k++) mark_object(marker, trace->places[k].filename);
    }
}

static const HeapWatch watch = {on_taken, on_freed};

/* ---- starting and stopping */
static void clear(void) {
  for (int i = 0; i < TRACES_BUCKETS; i++)
    for (Trace *trace = state.traces[i], *next; trace; trace = next) {
      next = trace->next;
      free(trace);
    }
  memset(state.traces, 0, sizeof state.traces);
  free(state.records);
  free(state.young);
  state.records = NULL;
  state.young = NULL;
  state.count = state.capacity = state.size = state.most = state.own_memory = 0;
  state.young_count = state.young_capacity = 0;
}

static bool start(VM *vm, int limit) {
  if (limit < 1 || limit > FRAMES_MOST)
    return raise_false(vm, TYPE_OF(ValueError), "the number of frames must be in range [1; %d]",
                       FRAMES_MOST);
  if (state.tracing) return true;
  state.scratch = memory_take(sizeof(Trace) + (size_t)limit * sizeof(Place));
  if (!state.scratch) return raise_memory(vm), false;
  if (!state.registered) {
    heap_add_root_scanner(vm, scan, NULL);
    heap_add_sweeper(vm, forget_dying, NULL);
    state.registered = true;
  }
  state.limit = limit;
  state.tracing = true;
  heap_watch(vm, &watch);
  return true;
}

static Value tracemalloc_start(VM *vm, Value self, const tracemalloc_start_args *a) {
  return value_none_if(start(vm, a->nframe));
}

static Value tracemalloc_stop(VM *vm, Value self, const tracemalloc_stop_args *a) {
  if (!state.tracing) return VALUE_NONE;
  heap_watch(vm, NULL);
  state.tracing = false;
  clear();
  free(state.scratch);
  state.scratch = NULL;
  return VALUE_NONE;
}

static Value tracemalloc_clear_traces(VM *vm, Value self, const tracemalloc_clear_traces_args *a) {
  clear();
  return VALUE_NONE;
}

/* ---- answers: what is dead does not count */
static void settle_dead(VM *vm) {
  if (state.count) heap_collect(vm, 2);
}

static Value tracemalloc_is_tracing(VM *vm, Value self, const tracemalloc_is_tracing_args *a) {
  return value_bool(state.tracing);
}
static Value tracemalloc_get_traceback_limit(VM *vm, Value self,
                                             const tracemalloc_get_traceback_limit_args *a) {
  return value_int_unchecked(state.limit);
}
static Value tracemalloc_get_traced_memory(VM *vm, Value self,
                                           const tracemalloc_get_traced_memory_args *a) {
  settle_dead(vm);
  size_t now = state.size, most = state.most;
  return PACK(value_int(vm, (int64_t)now), value_int(vm, (int64_t)most));
}
static Value tracemalloc_get_tracemalloc_memory(VM *vm, Value self,
                                                const tracemalloc_get_tracemalloc_memory_args *a) {
  return value_int(vm, (int64_t)state.own_memory);
}
static Value tracemalloc_reset_peak(VM *vm, Value self, const tracemalloc_reset_peak_args *a) {
  settle_dead(vm);
  state.most = state.size;
  return VALUE_NONE;
}

/* The frames as a tuple, the same one each time; nothing is traced meanwhile. */
static Value frames_of(VM *vm, Trace *trace) {
  if (trace->frames != VALUE_NONE) return trace->frames;
  Tuple *tuple = tuple_new(vm, (size_t)trace->count);
  if (!tuple) return VALUE_FAIL;
  for (int i = 0; i < trace->count; i++) {
    Value pair =
        PACK(value_from(trace->places[i].filename), value_int_unchecked(trace->places[i].line));
    if (value_is_fail(pair)) return pair;
    tuple_set_item(vm, tuple, (size_t)i, pair);
  }
  return trace->frames = value_from(tuple);
}

static Value tracemalloc_get_object_traceback(VM *vm, Value self,
                                              const tracemalloc_get_object_traceback_args *a) {
  if (!state.count || !value_is_pointer(a->obj)) return VALUE_NONE;
  const Record *record = slot_of(value_object(a->obj));
  if (!record->cell) return VALUE_NONE;
  Trace *trace = record->trace;
  state.paused = true;
  Value frames = frames_of(vm, trace);
  state.paused = false;
  return frames;
}

static Value describe(VM *vm, const Record *records, size_t count) {
  List *list = list_new(vm, count);
  for (size_t i = 0; list && i < count; i++) {
    Value frames = frames_of(vm, records[i].trace);
    if (value_is_fail(frames)) return frames;
    Value trace = PACK(value_int_unchecked(0), value_int(vm, (int64_t)records[i].size), frames,
                       value_int_unchecked(records[i].trace->total));
    if (value_is_fail(trace) || !list_append_value(vm, list, trace)) return VALUE_FAIL;
  }
  return value_of(list);
}

static Value tracemalloc_get_traces(VM *vm, Value self, const tracemalloc_get_traces_args *a) {
  settle_dead(vm);
  /* a copy: a collection meanwhile forgets records, though no traces */
  Record *records = memory_take((state.count + 1) * sizeof *records);
  if (!records) return raise_memory(vm);
  size_t count = 0;
  for (size_t i = 0; i < state.capacity; i++)
    if (state.records[i].cell) records[count++] = state.records[i];
  state.paused = true;
  Value result = describe(vm, records, count);
  state.paused = false;
  free(records);
  return result;
}

const ModuleSpec _tracemalloc_module = {
    .name = "_tracemalloc",
    .doc = "Which lines took the memory that is in use.",
    NATIVE_FUNCTIONS(tracemalloc_),
};
