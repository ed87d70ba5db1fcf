/* _lsprof.c -- the module _lsprof: what cProfile is made of. A profile function in C: calls are
** counted and timed exactly.
**
** Law: an entry is a code object or a native function's row; it lives as long as the profiler.
** `current` is the call that runs; the time of a call goes to its entry once, when the outermost of
** its recursive calls ends, and its own time without calls below it at each end. */
#include <stdlib.h>
#include <time.h>

#include "vm/base/memory.h"
#include "vm/contracts/native.h"
#include "vm/contracts/protocol.h"
#include "vm/contracts/type.h"
#include "vm/interp/trace.h"
#include "vm/objects/code.h"
#include "vm/objects/float.h"
#include "vm/objects/list.h"

typedef struct Tally {
  double total, inner; /* in ticks: seconds, or the timer's units */
  int64_t calls, recursive_calls;
  int depth;
} Tally;

typedef struct Entry Entry;
typedef struct SubEntry {
  struct SubEntry *next;
  Entry *entry; /* [borrowed: the profiler] called */
  Tally tally;
} SubEntry;

struct Entry {
  const void *key; /* Code or MethodSpec */
  Value shown;     /* the code, or the function's name */
  Tally tally;
  SubEntry *subs; /* [owned] what it called */
};

typedef struct Call { /* one that has not returned */
  struct Call *previous;
  Entry *entry;
  double start, below; /* below: time of the calls it made */
} Call;

typedef struct Profiler {
  Object h;
  Value timer; /* callable, or NONE: the monotonic clock */
  double unit;
  bool subcalls, builtins, enabled;
  Entry **entries; /* [owned] open addressing by key */
  size_t count, capacity;
  Call *current; /* [owned] */
  Call *spare;   /* [owned] */
} Profiler;

#define NATIVE_DEF "vm/modules/sys/lsprof_Profiler.def"
#define NATIVE_PREFIX profiler_
#define NATIVE_SELF Profiler *
#include "vm/contracts/native_class.inc"

/* Registered by the first import. */
static struct { Value entry_class, subentry_class; } state;

/* ---- entries */
static size_t slot_of(const Profiler *p, const void *key) {
  size_t i = ((uintptr_t)key >> 4) * UINT64_C(0x9e3779b97f4a7c15) >> 24 & (p->capacity - 1);
  while (p->entries[i] && p->entries[i]->key != key) i = (i + 1) & (p->capacity - 1);
  return i;
}

static bool grow(Profiler *p) {
  Entry **old = p->entries, **larger;
  size_t n = p->capacity, capacity = n ? 2 * n : 128;
  if (!(larger = memory_take_zeroed(capacity, sizeof *larger))) return false;
  p->entries = larger;
  p->capacity = capacity;
  for (size_t i = 0; i < n; i++)
    if (old[i]) p->entries[slot_of(p, old[i]->key)] = old[i];
  free(old);
  return true;
}

/* native_name: how statistics call a native function. */
static Value native_name(VM *vm, const NativeFunction *native) {
  Str *text;
  if (native->self != VALUE_UNBOUND && native->self != VALUE_NONE &&
      !value_has_flag(native->self, TYPE_MODULE_SUBCLASS)) {
    Value method =
        type_lookup(vm, value_type(native->self), str_intern_cstr(vm, native->spec->name));
    if (method != VALUE_UNBOUND) {
      Value shown = value_repr(vm, method);
      if (shown != VALUE_FAIL) return shown;
      error_clear(vm);
    }
    text = str_format(vm, "<built-in method %s>", native->spec->name);
  } else if (value_is_str(native->module)) {
    text = str_format(vm, "<built-in method %S.%s>", native->module, native->spec->name);
  } else {
    text = str_format(vm, "<built-in method %s>", native->spec->name);
  }
  return value_of(text);
}

static Entry *entry_for(VM *vm, Profiler *p, const void *key, Value function) {
  if (2 * p->count >= p->capacity && !grow(p)) return raise_memory(vm), NULL;
  size_t i = slot_of(p, key);
  if (p->entries[i]) return p->entries[i];
  Value shown = value_is(function, code) ? function : native_name(vm, value_object(function));
  if (shown == VALUE_FAIL) return NULL;
  Entry *entry = memory_take_zeroed(1, sizeof *entry);
  if (!entry) return raise_memory(vm), NULL;
  entry->key = key;
  entry->shown = shown;
  heap_barrier(vm, p, shown);
  p->entries[i] = entry;
  p->count++;
  return entry;
}

/* NULL: no memory. */
static SubEntry *sub_of(Entry *caller, Entry *called) {
  for (SubEntry *at = caller->subs; at; at = at->next)
    if (at->entry == called) return at;
  SubEntry *sub = memory_take_zeroed(1, sizeof *sub);
  if (!sub) return NULL;
  sub->entry = called;
  sub->next = caller->subs;
  return caller->subs = sub;
}

/* ---- time */
static double now(VM *vm, Profiler *p) {
  if (!value_is_pointer(p->timer) || p->timer == VALUE_NONE) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
  }
  double ticks = 0;
  Value v = call0(vm, p->timer);
  if (v == VALUE_FAIL || !value_to_double(vm, v, &ticks)) {
    error_unraisable(vm, NULL, p->timer);
    return 0;
  }
  return p->unit > 0 ? ticks * p->unit : ticks;
}

/* ---- calls */
static void enter(VM *vm, Profiler *p, const void *key, Value function) {
  Entry *entry = entry_for(vm, p, key, function);
  Call *call = !entry ? NULL : p->spare ? p->spare : memory_take(sizeof *call);
  SubEntry *sub = call && p->subcalls && p->current ? sub_of(p->current->entry, entry) : NULL;
  /* this call is not seen; its end finds nothing to end */
  if (!call || (p->subcalls && p->current && !sub)) {
    if (call && call != p->spare) free(call);
    if (error_pending(vm)) error_clear(vm);
    heap_exhausted(vm);
    return;
  }
  if (call == p->spare) p->spare = call->previous;
  *call = (Call){.previous = p->current, .entry = entry};
  entry->tally.depth++;
  if (sub) sub->tally.depth++;
  p->current = call;
  call->start = now(vm, p);
}

static void end_call(Tally *tally, double total, double inner) {
  if (--tally->depth == 0) tally->total += total;
  else tally->recursive_calls++;
  tally->inner += inner;
  tally->calls++;
}

static void leave_at(Profiler *p, double end) {
  Call *call = p->current;
  double total = end - call->start, inner = total - call->below;
  p->current = call->previous;
  if (p->current) p->current->below += total;
  end_call(&call->entry->tally, total, inner);
  SubEntry *sub = p->subcalls && p->current ? sub_of(p->current->entry, call->entry) : NULL;
  if (sub) end_call(&sub->tally, total, inner);
  call->previous = p->spare;
  p->spare = call;
}

static bool observe(VM *vm, Value self, Value *base, TraceEvent event, Value argument) {
  Profiler *p = value_object(self);
  switch (event) {
  case TRACE_CALL: {
    Code *code = frame_function(base)->code;
    enter(vm, p, code, value_from(code));
    break;
  }
  case TRACE_C_CALL:
    if (p->builtins) enter(vm, p, ((NativeFunction *)value_object(argument))->spec, argument);
    break;
  case TRACE_C_RETURN:
  case TRACE_C_EXCEPTION:
    if (!p->builtins) break;
    /* fall through */
  case TRACE_RETURN:
    if (p->current) leave_at(p, now(vm, p));
    break;
  default: break;
  }
  return true;
}

/* ---- methods */
static Value profiler_op_init(VM *vm, Profiler *self, const profiler_op_init_args *a) {
  self->timer = a->timer;
  heap_barrier(vm, self, a->timer);
  self->unit = a->timeunit;
  self->subcalls = a->subcalls;
  self->builtins = a->builtins;
  heap_track_destroy(vm, &self->h);
  return VALUE_NONE;
}

static Value profiler_enable(VM *vm, Profiler *self, const profiler_enable_args *a) {
  /* not given: as the constructor was told */
  if (a->subcalls >= 0) self->subcalls = a->subcalls > 0;
  if (a->builtins >= 0) self->builtins = a->builtins > 0;
  self->enabled = true;
  profile_set(vm, value_from(self), observe);
  return VALUE_NONE;
}

static Value profiler_disable(VM *vm, Profiler *self, const profiler_disable_args *a) {
  profile_set(vm, VALUE_NONE, NULL);
  self->enabled = false;
  while (self->current) leave_at(self, now(vm, self)); /* calls that have not returned */
  return VALUE_NONE;
}

static void forget(Profiler *p) {
  for (size_t i = 0; i < p->capacity; i++) {
    Entry *entry = p->entries[i];
    for (SubEntry *sub = entry ? entry->subs : NULL, *next; sub; sub = next)
      next = sub->next, free(sub);
    free(entry);
  }
  free(p->entries);
  p->entries = NULL;
  p->count = p->capacity = 0;
  for (int i = 0; i < 2; i++)
    for (Call *call = i ? p->spare : p->current, *next; call; call = next)
      next = call->previous, free(call);
  p->current = p->spare = NULL;
}

static Value profiler_clear(VM *vm, Profiler *self, const profiler_clear_args *a) {
  forget(self);
  return VALUE_NONE;
}

static Value row(VM *vm, Value class_, Value shown, const Tally *tally, Value calls) {
  Value fields[] = {shown,
                    value_int(vm, tally->calls),
                    value_int(vm, tally->recursive_calls),
                    value_float(vm, tally->total),
                    value_float(vm, tally->inner),
                    calls};
  return struct_sequence_new(vm, value_object(class_), fields);
}

static Value calls_of(VM *vm, const Entry *entry) {
  if (!entry->subs) return VALUE_NONE;
  List *list = list_new(vm, 0);
  for (const SubEntry *sub = entry->subs; list && sub; sub = sub->next) {
    if (!sub->tally.calls) continue;
    Value v = row(vm, state.subentry_class, sub->entry->shown, &sub->tally, VALUE_NONE);
    if (v == VALUE_FAIL || !list_append_value(vm, list, v)) return VALUE_FAIL;
  }
  return value_of(list);
}

static Value profiler_getstats(VM *vm, Profiler *self, const profiler_getstats_args *a) {
  List *list = list_new(vm, 0);
  for (size_t i = 0; list && i < self->capacity; i++) {
    const Entry *entry = self->entries[i];
    if (!entry || !entry->tally.calls) continue;
    Value calls = calls_of(vm, entry);
    Value v = calls == VALUE_FAIL ? calls
                                  : row(vm, state.entry_class, entry->shown, &entry->tally, calls);
    if (v == VALUE_FAIL || !list_append_value(vm, list, v)) return VALUE_FAIL;
  }
  return value_of(list);
}

static void profiler_trace(Marker *marker, Object *self) {
  Profiler *p = (Profiler *)self;
  mark_value(marker, p->timer);
  for (size_t i = 0; i < p->capacity; i++)
    if (p->entries[i]) mark_value(marker, p->entries[i]->shown);
}

static void profiler_destroy(VM *vm, Object *self) { forget((Profiler *)self); }

const ClassSpec lsprof_Profiler_class = {
    NATIVE_CLASS(profiler_),
    .basic_size = sizeof(Profiler),
    .trace = profiler_trace,
    .destroy = profiler_destroy,
};

static bool add_row_class(VM *vm, Module *module, Value *class_, const StructSequenceSpec *spec,
                          const char *name) {
  Type *type = struct_sequence_type(vm, spec);
  if (!type) return false;
  *class_ = value_from(type);
  heap_add_root(vm, class_);
  return module_add(vm, module, name, *class_);
}

static bool init(VM *vm, Module *module) {
  static const char *const fields[] = {
      "code", "callcount", "reccallcount", "totaltime", "inlinetime", "calls", NULL};
  static const char *const sub_fields[] = {"code",      "callcount",  "reccallcount",
                                           "totaltime", "inlinetime", NULL};
  static const StructSequenceSpec entry_spec = {
      .name = "_lsprof.profiler_entry", .fields = fields, .visible = 6};
  static const StructSequenceSpec subentry_spec = {
      .name = "_lsprof.profiler_subentry", .fields = sub_fields, .visible = 5};
  return module_add_type(vm, module, TYPE_OF(lsprof_Profiler)) &&
         add_row_class(vm, module, &state.entry_class, &entry_spec, "profiler_entry") &&
         add_row_class(vm, module, &state.subentry_class, &subentry_spec, "profiler_subentry");
}

const ModuleSpec _lsprof_module = {.name = "_lsprof", .doc = "Fast profiler", .init = init};
