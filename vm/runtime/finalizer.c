/* finalizer.c -- runs what a collection left waiting: __del__ of unreachable objects, callbacks of
** weak references. */
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

static _Thread_local struct { int depth; /* of heap_run_finalizers in this thread */ } state;

void heap_run_finalizers(VM *vm) {
  Object *object;
  Value callback;
  vm_clear_poll(vm, POLL_FINALIZERS);
  state.depth++;
  Value pending = error_take(vm); /* a safepoint may be on the way of an exception */
  while (heap_next_call(vm, &object, &callback)) run_one(vm, object, callback);
  error_restore(vm, pending);
  state.depth--;
}

/* One after the other: not in the middle of what the first one of this thread calls, which would
** let the file under a stream go while the stream is being closed. */
void heap_finalizers_due(VM *vm) {
  vm_clear_poll(vm, POLL_FINALIZERS);
  if (!state.depth) heap_run_finalizers(vm); /* else whoever is at it looks again */
}

void heap_finalize_all(VM *vm, bool natives) {
  heap_queue_all(vm, natives);
  heap_finalizers_due(vm);
}
