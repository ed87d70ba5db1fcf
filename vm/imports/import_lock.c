/* import_lock.c -- who loads which module.
**
** Law: `state.loadings` has an item for each loading that has begun and not ended, newest first;
** `state.waiters` one for each thread that waits, with the loading that it waits for, NULL once
** that has ended. Both change only under the global lock. No thread waits for one that, over others
** or not, waits for it: the last of such a ring goes on with the module as it is.
** Check: tests/modules/imports_in_threads.py. */
#include "vm/imports/import_lock.h"

#include <errno.h>
#include <semaphore.h>
#include <stdlib.h>

#include "vm/base/memory.h"
#include "vm/contracts/error.h"
#include "vm/contracts/poll.h"
#include "vm/contracts/protocol.h"
#include "vm/contracts/type.h"
#include "vm/native/bind.h"
#include "vm/objects/function.h"

#define NATIVE_DEF "vm/imports/module_lock.def"
#define NATIVE_PREFIX module_lock_
#define NATIVE_SELF ModuleLock *

typedef struct ModuleLock {
  Object h;
  Value name; /* [gc] a str */
} ModuleLock;

#include "vm/contracts/native_class.inc"

struct Loading {
  Loading *next;
  char *name; /* [owned] UTF-8 */
  struct Thread *owner;
};

/* On the C stack of the thread that waits. */
typedef struct Waiter {
  struct Waiter *next;
  struct Thread *thread;
  Loading *loading;
  sem_t ended;
} Waiter;

static struct {
  Loading *loadings;
  Waiter *waiters;
} state;

bool import_is_busy(const VM *vm) { return vm->threaded && state.loadings; }

static Loading *find_foreign(const VM *vm, const char *name) {
  for (Loading *at = state.loadings; at; at = at->next)
    if (at->owner != vm->thread && strcmp(at->name, name) == 0) return at;
  return NULL;
}

static Loading *awaited_by(const struct Thread *thread) {
  for (Waiter *at = state.waiters; at; at = at->next)
    if (at->thread == thread) return at->loading;
  return NULL;
}

/* would_deadlock: does the owner wait for this thread, over others or not? */
static bool would_deadlock(const VM *vm, const Loading *wanted) {
  while (wanted && wanted->owner != vm->thread) wanted = awaited_by(wanted->owner);
  return wanted != NULL;
}

static void remove_waiter(Waiter *waiter) {
  Waiter **at = &state.waiters;
  for (; *at != waiter; at = &(*at)->next) assert(*at);
  *at = waiter->next;
}

static bool wait_for(VM *vm, Loading *loading) {
  assert(loading->owner != vm->thread && !would_deadlock(vm, loading));
  Waiter waiter = {.next = state.waiters, .thread = vm->thread, .loading = loading};
  sem_init(&waiter.ended, 0, 0);
  state.waiters = &waiter;
  bool unbroken = true;
  while (unbroken && waiter.loading)
    if (BLOCKING(vm, sem_wait(&waiter.ended)) != 0 && errno == EINTR) unbroken = poll_signals(vm);
  remove_waiter(&waiter);
  return unbroken;
}

bool import_wait(VM *vm, Str *name) {
  for (;;) {
    const char *text = str_utf8(vm, name, NULL); /* a collection may free it while this waits */
    if (!text) return false;
    Loading *other = find_foreign(vm, text);
    if (!other || would_deadlock(vm, other)) return true;
    if (!wait_for(vm, other)) return false;
  }
}

Loading *import_begin(VM *vm, Str *name) {
  const char *text = import_wait(vm, name) ? str_utf8(vm, name, NULL) : NULL;
  if (!text) return NULL;
  Loading *loading = memory_take(sizeof *loading);
  char *copy = loading ? memory_copy_text(text) : NULL;
  if (!copy) {
    free(loading);
    raise_memory(vm);
    return NULL;
  }
  *loading = (Loading){state.loadings, copy, vm->thread};
  state.loadings = loading;
  return loading;
}

void import_end(Loading *loading) {
  Loading **at = &state.loadings;
  for (; *at != loading; at = &(*at)->next) assert(*at);
  *at = loading->next;
  for (Waiter *waiter = state.waiters; waiter; waiter = waiter->next)
    if (waiter->loading == loading) {
      waiter->loading = NULL;
      sem_post(&waiter->ended);
    }
  free(loading->name);
  free(loading);
}

void import_loading_after_fork_child(const VM *vm) {
  state.waiters = NULL;
  Loading **at = &state.loadings;
  while (*at)
    if ((*at)->owner == vm->thread) at = &(*at)->next;
    else *at = (*at)->next;
}

/* ---- as importlib sees it */

static Value module_lock_construct(VM *vm, Type *cls, const module_lock_construct_args *a) {
  Value v = object_new(vm, cls);
  if (v == VALUE_FAIL) return v;
  ModuleLock *lock = value_object(v);
  lock->name = value_from(a->name);
  heap_barrier(vm, lock, lock->name);
  return v;
}

static Value module_lock_op_enter(VM *vm, ModuleLock *self, const module_lock_op_enter_args *a) {
  return value_none_if(import_begin(vm, value_object(self->name)) != NULL);
}

static Value module_lock_op_exit(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) {
  const char *name = str_utf8(vm, value_object(((ModuleLock *)value_object(self))->name), NULL);
  if (!name) return VALUE_FAIL;
  for (Loading *at = state.loadings; at; at = at->next)
    if (at->owner == vm->thread && strcmp(at->name, name) == 0) return import_end(at), VALUE_NONE;
  return raise_error(vm, TYPE_OF(RuntimeError), "cannot release un-acquired lock");
}

static void module_lock_trace(Marker *marker, Object *self) {
  mark_value(marker, ((ModuleLock *)self)->name);
}

const ClassSpec module_lock_class = {
    NATIVE_CLASS(module_lock_),
    .basic_size = sizeof(ModuleLock),
    .trace = module_lock_trace,
};

static Value lock_unlock_module(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) {
  if (npos != 1 || !value_is_str(args[0]))
    return raise_type(vm, "_lock_unlock_module() needs the name of a module");
  return value_none_if(import_wait(vm, value_object(args[0])));
}
static const MethodSpec lock_unlock_spec = {.name = "_lock_unlock_module",
                                            .raw = lock_unlock_module,
                                            .flags = METHOD_RAW,
                                            .signature = "($module, name, /)"};

bool import_lock_functions(VM *vm, Value machinery) {
  Value manager = value_from(TYPE_OF(module_lock)),
        wait = native_function_new(vm, &lock_unlock_spec, VALUE_NONE, VALUE_NONE);
  return wait != VALUE_FAIL && set_attribute(vm, machinery, NAME("_ModuleLockManager"), manager) &&
         set_attribute(vm, machinery, NAME("_lock_unlock_module"), wait);
}
