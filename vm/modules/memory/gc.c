/* gc.c -- the module gc: Python's view of the collector.
**
** There is no counting of references that a disabled collector could leave the work to, so
** disable() only changes what isenabled() says.
*/
#include "vm/contracts/error.h"
#include "vm/contracts/sys.h"
#include "vm/contracts/native.h"
#include "vm/contracts/protocol.h"
#include "vm/contracts/type.h"
#include "vm/core/vm.h"
#include "vm/interp/frame.h"
#include "vm/objects/dict.h"
#include "vm/objects/list.h"

#define NATIVE_DEF "vm/modules/memory/gc.def"
#define NATIVE_PREFIX gc_
#include "vm/contracts/native_class.inc"

static struct {
  bool enabled;
  int64_t thresholds[3];
  int debug_flags;
  int64_t frozen;
  /* by collections of each generation that were asked for; how many */
  size_t collected[3], asked[3];
  HeapStats aside;               /* what these and others of this module were: counted apart */
  size_t middle_minors;          /* how many minor ones the last of generation 1 came after */
  size_t middles, middles_after; /* those of generation 1 since the full one of that number */
  Value callbacks;               /* the list gc.callbacks; registered by the first import */
} state = {.enabled = true, .thresholds = {700, 10, 10}, .callbacks = VALUE_NONE};

static Value gc_enable(VM *vm, Value self, const gc_enable_args *a) {
  return state.enabled = true, VALUE_NONE;
}
static Value gc_disable(VM *vm, Value self, const gc_disable_args *a) {
  return state.enabled = false, VALUE_NONE;
}
static Value gc_isenabled(VM *vm, Value self, const gc_isenabled_args *a) {
  return value_bool(state.enabled);
}

/* ---- what is a container */
static bool is_class_dict(const Object *object) {
  return value_is(value_from((Object *)object), dict) && (object->bits & DICT_OF_CLASS);
}
static bool is_container(const Object *object) {
  const Type *type = object_type(object);
  if (is_class_dict(object)) return false;
  if (type_has(type, TYPE_HEAP)) return true;
  if (type_has(type, TYPE_TYPE_SUBCLASS)) return type_has((const Type *)object, TYPE_HEAP);
  if (type_has(type, TYPE_NO_POINTERS | TYPE_STR_SUBCLASS | TYPE_BYTES_SUBCLASS |
                         TYPE_INT_SUBCLASS | TYPE_FLOAT_SUBCLASS | TYPE_COMPLEX_SUBCLASS |
                         TYPE_BYTEARRAY_SUBCLASS))
    return false;
  return type->trace != NULL;
}

/* ---- collecting */
/* counts: {title: n, "collected": found, "uncollectable": 0} */
static Value counts(VM *vm, const char *title, size_t n, size_t found) {
  Dict *dict = dict_new(vm);
  bool ok = dict && dict_set_str(vm, dict, str_intern_cstr(vm, title), value_int(vm, (int64_t)n)) &&
            dict_set_str(vm, dict, NAME("collected"), value_int(vm, (int64_t)found)) &&
            dict_set_str(vm, dict, NAME("uncollectable"), value_int_unchecked(0));
  return ok ? value_from(dict) : VALUE_FAIL;
}

static void notify(VM *vm, const char *phase, int generation, size_t found) {
  List *list = state.callbacks == VALUE_NONE ? NULL : value_object(state.callbacks);
  if (!list || !list_length(list)) return;
  Value info = counts(vm, "generation", (size_t)generation, found);
  for (size_t i = 0; i < list_length(list); i++) {
    Value callback = list_items(list)[i];
    Value name = value_of(str_new_cstr(vm, phase));
    bool ok =
        info != VALUE_FAIL && name != VALUE_FAIL && call2(vm, callback, name, info) != VALUE_FAIL;
    if (!ok) error_unraisable(vm, NULL, callback);
  }
}

/* collect_apart: what was done is not counted as an automatic collection. */
static size_t collect_apart(VM *vm, int generation, bool from_loop) {
  HeapStats before = heap_stats(vm);
  size_t found = from_loop ? heap_collect_from_loop(vm, generation) : heap_collect(vm, generation);
  HeapStats after = heap_stats(vm);
  state.aside.minor_collections += after.minor_collections - before.minor_collections;
  state.aside.full_collections += after.full_collections - before.full_collections;
  return found;
}

static void count_asked(VM *vm, int generation, size_t found) {
  HeapStats stats = heap_stats(vm);
  state.collected[generation] += found;
  state.asked[generation]++;
  if (generation != 1) return;
  if (state.middles_after != stats.full_collections) state.middles = 0;
  state.middles++;
  state.middles_after = stats.full_collections;
  state.middle_minors = stats.minor_collections;
}

static Value gc_collect(VM *vm, Value self, const gc_collect_args *a) {
  static bool busy;
  bool from_loop = loop_called(__builtin_return_address(0));
  if (a->generation < 0 || a->generation > 2) return raise_value(vm, "invalid generation");
  if (busy) return value_int_unchecked(0);
  busy = true;
  notify(vm, "start", a->generation, 0);
  size_t found = 0;
  /* Again while there is something to finalize: what __del__ lets go of must be gone, too. */
  for (int round = 0; round < 4; round++) {
    heap_clear_below((size_t)1 << 14);
    heap_count_cyclic(vm, is_container);
    found += collect_apart(vm, (int)a->generation, from_loop);
    heap_count_cyclic(vm, NULL);
    if (!(vm->poll & POLL_FINALIZERS)) break;
    heap_run_finalizers(vm);
  }
  count_asked(vm, (int)a->generation, found);
  notify(vm, "stop", a->generation, found);
  busy = false;
  return value_int(vm, (int64_t)found);
}

static void count_young(Object *object, void *data) {
  *(int64_t *)data += is_container(object) && heap_is_young(object);
}
/* The containers made since the last collection; the minor collections since one of generation 1 or
** a full one; those of generation 1, which are only asked for, since a full one. Cost: a walk over
** the heap. */
static Value gc_get_count(VM *vm, Value self, const gc_get_count_args *a) {
  int64_t young = 0;
  heap_walk(vm, count_young, &young);
  HeapStats stats = heap_stats(vm);
  bool had_middle = state.middles && state.middles_after == stats.full_collections;
  size_t minors =
      had_middle ? stats.minor_collections - state.middle_minors : stats.minors_since_full;
  return PACK(value_int(vm, young), value_int(vm, (int64_t)minors),
              value_int(vm, had_middle ? (int64_t)state.middles : 0));
}

/* ---- settings that change nothing but what is reported */
static Value gc_get_threshold(VM *vm, Value self, const gc_get_threshold_args *a) {
  return PACK(value_int(vm, state.thresholds[0]), value_int(vm, state.thresholds[1]),
              value_int(vm, state.thresholds[2]));
}
static Value gc_set_threshold(VM *vm, Value self, const gc_set_threshold_args *a) {
  const Value given[] = {a->threshold0, a->threshold1, a->threshold2};
  for (int i = 0, n; i < 3 && given[i] != VALUE_MISSING; i++) {
    if (!convert_FormatInt(vm, given[i], &n, NULL, i)) return VALUE_FAIL;
    state.thresholds[i] = n;
  }
  return VALUE_NONE;
}
static Value gc_get_debug(VM *vm, Value self, const gc_get_debug_args *a) {
  return value_int_unchecked(state.debug_flags);
}
static Value gc_set_debug(VM *vm, Value self, const gc_set_debug_args *a) {
  return state.debug_flags = a->flags, VALUE_NONE;
}
static Value gc_freeze(VM *vm, Value self, const gc_freeze_args *a);
static Value gc_unfreeze(VM *vm, Value self, const gc_unfreeze_args *a) {
  return state.frozen = 0, VALUE_NONE;
}
static Value gc_get_freeze_count(VM *vm, Value self, const gc_get_freeze_count_args *a) {
  return value_int(vm, state.frozen);
}

/* ---- looking at objects. The dict of a class's attributes is not shown (dict.h: DICT_OF_CLASS): a
** copy stands for it. What it is a copy of is known until the next collection, so that the class
** can be found from it. */
typedef struct Shown {
  const Dict *copy, *original;
} Shown;
enum { SHOWN_MAX = 32 };
/* The newest copies; a collection forgets them. */
static struct {
  Shown pairs[SHOWN_MAX];
  unsigned next;
} shown;

static void forget_shown(Marker *marker, VM *vm, void *data) { memset(&shown, 0, sizeof shown); }

static const Dict *original_of(Value v) {
  for (int i = 0; i < SHOWN_MAX; i++)
    if (shown.pairs[i].copy && value_from((Dict *)(uintptr_t)shown.pairs[i].copy) == v)
      return shown.pairs[i].original;
  return NULL;
}

static Value gc_is_tracked(VM *vm, Value self, const gc_is_tracked_args *a) {
  return value_bool(value_is_pointer(a->obj) && is_container(value_object(a->obj)));
}
static Value gc_is_finalized(VM *vm, Value self, const gc_is_finalized_args *a) {
  return value_bool(value_is_pointer(a->obj) &&
                    (((Object *)value_object(a->obj))->bits & OBJ_FINALIZED));
}

typedef struct Gathering {
  VM *vm;
  List *list;
  const Value *targets;
  int count;
  const Dict *originals[SHOWN_MAX]; /* of targets that are copies */
  int original_count;
  int64_t generation; /* -1: all */
  bool found, failed;
} Gathering;

static void count_container(Object *object, void *data) { ++*(int64_t *)data; }
static Value gc_freeze(VM *vm, Value self, const gc_freeze_args *a) {
  state.frozen = 0;
  heap_walk(vm, count_container, &state.frozen);
  return VALUE_NONE;
}

static void gather(Object *object, void *data) {
  Gathering *to = data;
  if (object == &to->list->h || !is_container(object)) return;
  if (to->generation >= 0 && to->generation != (heap_is_young(object) ? 0 : 2)) return;
  if (!list_append_value(to->vm, to->list, value_from(object))) to->failed = true;
}
/* The list must not grow inside the walk, which sees its old and new arrays: no collection
** meanwhile. */
static Value gathered(VM *vm, Gathering *to) {
  return to->failed ? VALUE_FAIL : value_from(to->list);
}

static Value gc_get_objects(VM *vm, Value self, const gc_get_objects_args *a) {
  int64_t generation = 0;
  if (a->generation != VALUE_NONE) {
    if (!value_index64(vm, a->generation, &generation, false)) return VALUE_FAIL;
    if (generation >= 3)
      return raise_value(
          vm, "generation parameter must be less than the number of available generations (3)");
    if (generation < 0) return raise_value(vm, "generation parameter cannot be negative");
  }
  Value asked = value_int_unchecked(a->generation == VALUE_NONE ? -1 : generation);
  if (!sys_audit(vm, "gc.get_objects", asked)) return VALUE_FAIL;
  if (a->generation == VALUE_NONE) { /* what is dead is not shown */
    heap_clear_below((size_t)1 << 14);
    collect_apart(vm, 2, false);
  }
  Gathering to = {.vm = vm,
                  .list = list_new(vm, 0),
                  .generation = a->generation == VALUE_NONE ? -1 : generation};
  heap_walk(vm, gather, &to);
  return gathered(vm, &to);
}

static void gather_any(Object *object, void *data) {
  Gathering *to = data;
  if (!list_append_value(to->vm, to->list, value_from(object))) to->failed = true;
}
/* show_copies: in place of the class dicts that were gathered. */
static bool show_copies(VM *vm, List *list) {
  for (size_t i = 0; i < list_length(list); i++) {
    Object *found = value_object(list_items(list)[i]);
    if (!is_class_dict(found)) continue;
    Dict *copy = dict_copy(vm, (Dict *)found);
    if (!copy) return false;
    list_set_item(vm, list, i, value_from(copy));
    shown.pairs[shown.next++ % SHOWN_MAX] = (Shown){copy, (const Dict *)found};
  }
  return true;
}

static bool audit_objects(VM *vm, const char *event, const Value *objects, int count) {
  if (LIKELY(!sys_is_audited())) return true;
  Tuple *all = tuple_from_values(vm, objects, (size_t)count);
  return all && sys_audit(vm, event, value_from(all));
}

static Value gc_get_referents(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) {
  if (!audit_objects(vm, "gc.get_referents", args, npos)) return VALUE_FAIL;
  Gathering to = {.vm = vm, .list = list_new(vm, 0)};
  for (int i = 0; i < npos; i++)
    if (value_is_pointer(args[i])) heap_references(vm, value_object(args[i]), gather_any, &to);
  if (!show_copies(vm, to.list)) return VALUE_FAIL;
  return gathered(vm, &to);
}

static void look_for_targets(Object *object, void *data) {
  Gathering *to = data;
  for (int i = 0; i < to->count; i++)
    if (value_from(object) == to->targets[i]) to->found = true;
}
static void gather_if_refers(Object *object, void *data) {
  Gathering *to = data;
  if (object == &to->list->h || !is_container(object)) return;
  const Dict *attrs = value_is_type(value_from(object)) ? ((Type *)object)->attrs : NULL;
  to->found = false;
  heap_references(to->vm, object, look_for_targets, to);
  for (int i = 0; attrs && i < to->original_count; i++) to->found |= to->originals[i] == attrs;
  if (to->found) gather_any(object, to);
  if (!attrs) return;
  to->found = false;
  heap_references(to->vm, &((Type *)object)->attrs->h, look_for_targets, to);
  if (to->found) gather_any(&((Type *)object)->attrs->h, to);
}
static Value gc_get_referrers(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) {
  if (!audit_objects(vm, "gc.get_referrers", args, npos)) return VALUE_FAIL;
  Gathering to = {.vm = vm, .list = list_new(vm, 0), .targets = args, .count = npos};
  for (int i = 0; i < npos && to.original_count < SHOWN_MAX; i++) {
    const Dict *original = original_of(args[i]);
    if (original) to.originals[to.original_count++] = original;
  }
  heap_clear_below((size_t)1 << 14);
  collect_apart(vm, 2, false); /* what is dead refers to nothing */
  heap_walk(vm, gather_if_refers, &to);
  return show_copies(vm, to.list) ? gathered(vm, &to) : VALUE_FAIL;
}

static Value gc_get_stats(VM *vm, Value self, const gc_get_stats_args *a) {
  HeapStats stats = heap_stats(vm);
  size_t runs[] = {stats.minor_collections - state.aside.minor_collections + state.asked[0],
                   state.asked[1],
                   stats.full_collections - state.aside.full_collections + state.asked[2]};
  List *list = list_new(vm, 3);
  for (int i = 0; i < 3; i++) {
    Value dict = counts(vm, "collections", runs[i], state.collected[i]);
    if (dict == VALUE_FAIL || !list_append_value(vm, list, dict)) return VALUE_FAIL;
  }
  return value_from(list);
}

static bool init(VM *vm, Module *module) {
  if (state.callbacks == VALUE_NONE) {
    state.callbacks = value_of(list_new(vm, 0));
    heap_add_root(vm, &state.callbacks);
    heap_add_root_scanner(vm, forget_shown, NULL);
  }
  return module_add(vm, module, "garbage", value_of(list_new(vm, 0))) &&
         module_add(vm, module, "callbacks", state.callbacks) &&
         module_add_int(vm, module, "DEBUG_STATS", 1) &&
         module_add_int(vm, module, "DEBUG_COLLECTABLE", 2) &&
         module_add_int(vm, module, "DEBUG_UNCOLLECTABLE", 4) &&
         module_add_int(vm, module, "DEBUG_SAVEALL", 32) &&
         module_add_int(vm, module, "DEBUG_LEAK", 38);
}

const ModuleSpec gc_module = {
    .name = "gc", .doc = "The garbage collector.", NATIVE_FUNCTIONS(gc_), .init = init};
