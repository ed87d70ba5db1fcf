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
  if (call_special0(vm, method, self) != VALUE_FAIL) return;
  error_unraisable(vm, NULL, value_is(method, wrapper_descriptor) ? self : method);
}

void heap_run_finalizers(VM *vm) {
  Object *object;
  Value callback;
  vm_clear_poll(vm, POLL_FINALIZERS);
  Value pending = error_take(vm); /* a safepoint may be on the way of an exception */
  while (heap_next_call(vm, &object, &callback)) run_one(vm, object, callback);
  error_restore(vm, pending);
}

void heap_finalize_all(VM *vm, bool natives) {
  heap_queue_all(vm, natives);
  heap_run_finalizers(vm);
}
