/* finalizer.c -- runs what a collection left waiting: __del__ of unreachable objects, callbacks of
** weak references.
**
** Where objects die with their last reference, a finalizer runs at the statement that drops it; the
** program knows which locks it holds there. Here it runs at whichever safepoint follows the
** collection, perhaps in the middle of a `with lock:` that the finalizer wants to enter, too, and
** then for ever. So it waits until its thread holds no lock (vm->locks_held), or another thread
** comes by that holds none. A lock that is held for longer than PATIENCE is not waited for: some
** programs never let go of one.
** Checked by tests/modules/finalizers_and_locks.py. */
#include "vm/contracts/duration.h"
#include "vm/contracts/error.h"
#include "vm/contracts/protocol.h"
#include "vm/core/vm.h"
#include "vm/memory/weak.h"

static void run_one(VM *vm, Object *object, Value callback) {
  Value self = value_from(object);
  if (callback != VALUE_UNBOUND) {
    if (call1(vm, callback, self) == VALUE_FAIL) error_unraisable(vm, NULL, callback);
    return;
  }
  Value method = value_special(self, SPECIAL_del);
  if (method == VALUE_UNBOUND) return;
  bool is_native = value_is(method, wrapper_descriptor);
  if (call_special0(vm, method, self) == VALUE_FAIL)
    error_unraisable(vm, NULL, is_native ? self : method);
  /* a warning may have kept the file that it is about */
  if (is_native) weak_forget(vm, object);
}

#define PATIENCE ((int64_t)5 * NS_PER_SECOND)

static _Thread_local struct { int depth; /* of heap_run_finalizers in this thread */ } state;
static struct { int64_t until; /* they wait until then; 0: none has to */ } patience;

bool heap_finalizers_wait(VM *vm) {
  if (!vm->locks_held) return false;
  int64_t now = monotonic_after(0);
  if (!patience.until) patience.until = now + PATIENCE;
  if (now < patience.until) return true;
  vm->locks_held = 0; /* what it holds by now is forgotten */
  return false;
}

void heap_run_finalizers(VM *vm) {
  Object *object;
  Value callback;
  vm_clear_poll(vm, POLL_FINALIZERS);
  state.depth++;
  patience.until = 0;
  Value pending = error_take(vm); /* a safepoint may be on the way of an exception */
  while (heap_next_call(vm, &object, &callback)) run_one(vm, object, callback);
  error_restore(vm, pending);
  state.depth--;
}

/* One after the other: not in the middle of what the first one of this thread calls, which would
** let the file under a stream go while the stream is being closed. */
void heap_finalizers_due(VM *vm) {
  vm_clear_poll(vm, POLL_FINALIZERS);
  if (state.depth) return; /* whoever is at it looks again */
  if (!heap_finalizers_wait(vm)) heap_run_finalizers(vm);
}

void heap_finalize_all(VM *vm, bool natives) {
  heap_queue_all(vm, natives);
  if (!state.depth) heap_run_finalizers(vm);
}
