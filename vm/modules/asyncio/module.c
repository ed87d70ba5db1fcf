/* module.c -- the module _asyncio: which loop runs in a thread, which task in a loop, and all tasks
** that are there. */
#include <pthread.h>

#include "vm/contracts/import.h"
#include "vm/contracts/type.h"
#include "vm/modules/asyncio/asyncio.h"
#include "vm/objects/dict.h"
#include "vm/objects/exception.h"

#define NATIVE_DEF "vm/modules/asyncio/module.def"
#define NATIVE_PREFIX asyncio_
#include "vm/contracts/native_class.inc"

/* Registered by init(). */
static struct {
  Value helpers[HELPER_COUNT];
  Value current_tasks; /* dict: loop → task */
  Value foreign;       /* WeakSet of what is registered and no Task; None: nothing was */
} state;

/* ---- the library */
static const struct {
  const char *module, *attribute;
} helper_names[] = {
#define HELPER(name, module, attribute) {module, attribute},
#include "vm/modules/asyncio/helpers.def"
#undef HELPER
};

Value asyncio_helper(VM *vm, Helper which) {
  Value *helper = &state.helpers[which];
  if (LIKELY(*helper != VALUE_UNBOUND)) return *helper;
  Str *name = str_intern_cstr(vm, helper_names[which].module);
  Str *attribute = str_intern_cstr(vm, helper_names[which].attribute);
  if (!name || !attribute) return VALUE_FAIL;
  Value module = import_module(vm, name);
  Value found = value_is_fail(module) ? module : get_attribute(vm, module, attribute);
  if (!value_is_fail(found)) *helper = found;
  return found;
}

Value asyncio_raise(VM *vm, Helper which, const char *message) {
  Value cls = asyncio_helper(vm, which), text = value_of(str_new_cstr(vm, message));
  if (value_is_fail(cls) || value_is_fail(text)) return VALUE_FAIL;
  Value exception = call1(vm, cls, text);
  return value_is_fail(exception) ? exception : raise_object(vm, exception);
}

Answer is_cancelled_error(VM *vm, Value exception) {
  Value cls = asyncio_helper(vm, HELPER_CancelledError);
  return value_is_fail(cls) ? ANSWER_FAILED : exception_matches(vm, exception, cls);
}

/* ---- the running loop */
/* A child process has none, whatever ran where it was forked. */
static void forget_running_loop(void) { the_vm->running_loop = VALUE_NONE; }

Value running_loop(VM *vm) {
  return value_is_pointer(vm->running_loop) ? vm->running_loop : VALUE_NONE;
}

Value current_event_loop(VM *vm) {
  Value loop = running_loop(vm);
  if (loop != VALUE_NONE) return loop;
  Value get = asyncio_helper(vm, HELPER_get_event_loop_policy);
  Value policy = value_is_fail(get) ? get : call0(vm, get);
  return value_is_fail(policy) ? policy : call_method0(vm, policy, NAME("get_event_loop"));
}

static Value asyncio__get_running_loop(VM *vm, Value self,
                                       const asyncio__get_running_loop_args *a) {
  return running_loop(vm);
}
static Value asyncio__set_running_loop(VM *vm, Value self,
                                       const asyncio__set_running_loop_args *a) {
  vm->running_loop = a->loop;
  return VALUE_NONE;
}
static Value asyncio_get_running_loop(VM *vm, Value self, const asyncio_get_running_loop_args *a) {
  Value loop = running_loop(vm);
  if (loop != VALUE_NONE) return loop;
  return raise_error(vm, TYPE_OF(RuntimeError), "no running event loop");
}
static Value asyncio_get_event_loop(VM *vm, Value self, const asyncio_get_event_loop_args *a) {
  return current_event_loop(vm);
}
static Value asyncio__get_event_loop(VM *vm, Value self, const asyncio__get_event_loop_args *a) {
  return current_event_loop(vm);
}

/* ---- the task that runs in a loop */
static Dict *current_tasks(void) { return value_object(state.current_tasks); }

bool task_enter(VM *vm, Value loop, Value task) {
  Dict *tasks = current_tasks();
  uint64_t hash;
  if (!value_hash(vm, loop, &hash)) return false;
  int64_t place = dict_find_hashed(vm, tasks, loop, hash);
  if (place == DICT_FAILED) return false;
  if (LIKELY(place < 0)) return dict_set_hashed(vm, tasks, loop, hash, task);
  Value runs = dict_entry_at(tasks->table, (size_t)place)->value;
  return raise_false(vm, TYPE_OF(RuntimeError),
                     "Cannot enter into task %R while another task %R is being executed.", task,
                     runs);
}

bool task_leave(VM *vm, Value loop, Value task) {
  Dict *tasks = current_tasks();
  int64_t place = dict_find(vm, tasks, loop);
  if (place == DICT_FAILED) return false;
  Value runs = place < 0 ? VALUE_UNBOUND : dict_entry_at(tasks->table, (size_t)place)->value;
  if (LIKELY(runs == task)) { /* the same place will do for the next one */
    dict_pop_entry(vm, tasks, (size_t)place);
    return true;
  }
  return raise_false(vm, TYPE_OF(RuntimeError),
                     "Leaving task %R does not match the current task %R.", task,
                     runs == VALUE_UNBOUND ? VALUE_NONE : runs);
}

static Value asyncio__enter_task(VM *vm, Value self, const asyncio__enter_task_args *a) {
  return value_none_if(task_enter(vm, a->loop, a->task));
}
static Value asyncio__leave_task(VM *vm, Value self, const asyncio__leave_task_args *a) {
  return value_none_if(task_leave(vm, a->loop, a->task));
}

/* ---- all tasks: those of our class are found where finalizers are kept */
static bool is_task(Value v) {
  return value_is_pointer(v) && type_is_subtype(value_type(v), TYPE_OF(asyncio_Task));
}

/* foreign_set: the WeakSet; NONE: nothing is in it, and it is not `wanted`. */
static Value foreign_set(VM *vm, bool wanted) {
  if (state.foreign != VALUE_NONE || !wanted) return state.foreign;
  Value cls = asyncio_helper(vm, HELPER_WeakSet);
  Value set = value_is_fail(cls) ? cls : call0(vm, cls);
  if (!value_is_fail(set)) state.foreign = set;
  return set;
}

static Value register_task(VM *vm, Value task) {
  if (is_task(task)) {
    ((Task *)value_object(task))->f.registered = true;
    return VALUE_NONE;
  }
  Value set = foreign_set(vm, true);
  return value_is_fail(set) ? set : call_method1(vm, set, NAME("add"), task);
}
static Value unregister_task(VM *vm, Value task) {
  if (is_task(task)) {
    ((Task *)value_object(task))->f.registered = false;
    return VALUE_NONE;
  }
  Value set = foreign_set(vm, true);
  return value_is_fail(set) ? set : call_method1(vm, set, NAME("discard"), task);
}
static Value asyncio__register_task(VM *vm, Value self, const asyncio__register_task_args *a) {
  return register_task(vm, a->task);
}
static Value asyncio__unregister_task(VM *vm, Value self, const asyncio__unregister_task_args *a) {
  return unregister_task(vm, a->task);
}

#define NATIVE_DEF "vm/modules/asyncio/task_set.def"
#define NATIVE_PREFIX task_set_
#include "vm/contracts/native_class.inc"

typedef struct Collected {
  List *tasks; /* with room; NULL: they are counted */
  size_t count;
} Collected;

static void collect(Object *object, void *data) {
  Collected *all = (Collected *)data;
  Value v = value_from(object);
  if (!is_task(v) || !((Task *)object)->f.registered || (object->bits & OBJ_FINALIZED)) return;
  if (!all->tasks) all->count++;
  else if (list_length(all->tasks) < all->count) {
    list_items(all->tasks)[list_length(all->tasks)] = v;
    all->tasks->length += 4;
  }
}

/* add_foreign: those of the WeakSet, but not what has had its last words. */
static bool add_foreign(VM *vm, List *tasks) {
  if (state.foreign == VALUE_NONE) return true;
  const List *all = list_from_iterable(vm, state.foreign);
  if (!all) return false;
  for (size_t i = 0; i < list_length(all); i++) {
    Value task = list_items(all)[i];
    bool is_over = ((Object *)value_object(task))->bits & OBJ_FINALIZED;
    if (!is_over && !list_append_value(vm, tasks, task)) return false;
  }
  return true;
}

/* They are counted first: nothing may be allocated, hence collected, while they are visited. */
static List *all_tasks(VM *vm) {
  Collected all = {NULL, 0};
  heap_each_tracked(vm, collect, &all);
  all.tasks = list_new(vm, all.count);
  if (!all.tasks) return NULL;
  heap_each_tracked(vm, collect, &all);
  return add_foreign(vm, all.tasks) ? all.tasks : NULL;
}

static Value task_set_op_iter(VM *vm, Value self, const task_set_op_iter_args *a) {
  List *tasks = all_tasks(vm);
  return tasks ? get_iterator(vm, value_from(tasks)) : VALUE_FAIL;
}
static Value task_set_op_len(VM *vm, Value self, const task_set_op_len_args *a) {
  const List *tasks = all_tasks(vm);
  return tasks ? value_int_unchecked((int64_t)list_length(tasks)) : VALUE_FAIL;
}
static Value task_set_op_contains(VM *vm, Value self, const task_set_op_contains_args *a) {
  if (is_task(a->task)) return value_bool(((Task *)value_object(a->task))->f.registered);
  if (state.foreign == VALUE_NONE) return VALUE_FALSE;
  Answer in = contains(vm, state.foreign, a->task);
  return in == ANSWER_FAILED ? VALUE_FAIL : value_bool(in);
}
static Value task_set_add(VM *vm, Value self, const task_set_add_args *a) {
  return register_task(vm, a->task);
}
static Value task_set_discard(VM *vm, Value self, const task_set_discard_args *a) {
  return unregister_task(vm, a->task);
}
static Value task_set_copy(VM *vm, Value self, const task_set_copy_args *a) {
  Value cls = asyncio_helper(vm, HELPER_WeakSet);
  List *tasks = value_is_fail(cls) ? NULL : all_tasks(vm);
  return tasks ? call1(vm, cls, value_from(tasks)) : VALUE_FAIL;
}
const ClassSpec asyncio_TaskSet_class = {NATIVE_CLASS(task_set_), .basic_size = sizeof(Object)};

/* ---- the module */
static void add_roots(VM *vm) {
  for (int i = 0; i < HELPER_COUNT; i++) {
    state.helpers[i] = VALUE_UNBOUND;
    heap_add_root(vm, &state.helpers[i]);
  }
  state.foreign = VALUE_NONE;
  heap_add_root(vm, &state.foreign);
  state.current_tasks = value_from(dict_new(vm));
  heap_add_root(vm, &state.current_tasks);
  heap_add_root(vm, &vm->running_loop);
}

static bool init(VM *vm, Module *module) {
  add_roots(vm);
  Value tasks = value_of(heap_new(vm, SHAPE_OF(asyncio_TaskSet), sizeof(Object)));
  pthread_atfork(NULL, NULL, forget_running_loop);
  return loop_init(vm) && task_step_init(vm) &&
         module_add_type(vm, module, TYPE_OF(asyncio_Future)) &&
         module_add_type(vm, module, TYPE_OF(asyncio_Task)) &&
         module_add(vm, module, "_all_tasks", tasks) &&
         module_add(vm, module, "_current_tasks", state.current_tasks);
}

const ModuleSpec _asyncio_module = {.name = "_asyncio",
                                    .doc = "Futures and tasks for asyncio",
                                    NATIVE_FUNCTIONS(asyncio_),
                                    .init = init};
