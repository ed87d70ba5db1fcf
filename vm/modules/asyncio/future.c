/* future.c -- _asyncio.Future. Law: see asyncio.h; callbacks are never called from here, the loop
** is asked to call them soon. */
#include "vm/modules/asyncio/asyncio.h"
#include "vm/modules/thread/context.h"
#include "vm/objects/dict.h"
#include "vm/objects/exception.h"
#include "vm/objects/exception_group.h"

#define NATIVE_DEF "vm/modules/asyncio/future.def"
#define NATIVE_PREFIX future_method_
#define NATIVE_SELF Future *
#include "vm/contracts/native_class.inc"

/* ---- coming and going */
bool future_check(VM *vm, const Future *future) {
  if (LIKELY(future_is_ready(future))) return true;
  return raise_false(vm, TYPE_OF(RuntimeError), "Future object is not initialized.");
}

void future_blank(Future *future) {
  future->loop = future->callback = future->context = VALUE_UNBOUND;
  future->callbacks = NULL;
  future->outcome = future->traceback = VALUE_UNBOUND;
  future->source_traceback = future->cancel_message = VALUE_UNBOUND;
  future->state = FUTURE_PENDING;
  future->failed = future->log_traceback = future->blocking = false;
  future->wakes_task = future->must_cancel = future->log_destroy_pending = false;
  future->cancel_requests = 0;
}

static void track(VM *vm, Future *future) {
  if (future->tracked) return;
  future->tracked = true;
  heap_track_finalizer(vm, &future->h);
}

/* A plain one is not tracked yet, although the class has a finalizer. */
static Value future_method_blank(VM *vm, Type *cls) {
  Future *future;
  if (cls == TYPE_OF(asyncio_Future)) {
    future = heap_new_zeroed(vm, SHAPE_OF(asyncio_Future), cls->cell_size);
  } else {
    Value v = object_new(vm, cls);
    if (value_is_fail(v)) return v;
    future = value_object(v);
    future->tracked = true;
  }
  future_blank(future);
  return value_of(future);
}

bool future_init(VM *vm, Future *future, Value loop) {
  future_blank(future);
  if (loop == VALUE_NONE) loop = current_event_loop(vm);
  if (value_is_fail(loop)) return false;
  future->loop = loop;
  heap_barrier(vm, future, loop);
  Answer debugs = loop_debugs(vm, loop);
  if (LIKELY(debugs != ANSWER_YES)) return debugs == ANSWER_NO;
  if (vm->finalizing) return true;
  Value extract = asyncio_helper(vm, HELPER_extract_stack);
  Value stack = value_is_fail(extract) ? extract : call0(vm, extract);
  if (value_is_fail(stack)) return false;
  future->source_traceback = stack;
  heap_barrier(vm, future, stack);
  return true;
}

static Value future_method_op_init(VM *vm, Future *self, const future_method_op_init_args *a) {
  return value_none_if(future_init(vm, self, a->loop));
}

void future_trace(Marker *marker, Object *self) {
  Future *future = (Future *)self;
  mark_value(marker, future->loop);
  mark_value(marker, future->callback);
  mark_value(marker, future->context);
  mark_object(marker, future->callbacks);
  mark_value(marker, future->outcome);
  mark_value(marker, future->traceback);
  mark_value(marker, future->source_traceback);
  mark_value(marker, future->cancel_message);
}

/* ---- callbacks */
static Value first_callback(VM *vm, const Future *future) {
  return future->wakes_task ? task_wakeup_function(vm, future->callback) : future->callback;
}

static void drop_first_callback(Future *future) {
  future->callback = future->context = VALUE_UNBOUND;
  future->wakes_task = false;
}

/* call_callbacks: the loop is to call them all, in their order; they are forgotten. */
static bool call_callbacks(VM *vm, Future *future) {
  Value self = value_from(future);
  if (future->callback != VALUE_UNBOUND) {
    Value callback = first_callback(vm, future), context = future->context;
    drop_first_callback(future);
    if (value_is_fail(callback)) return false;
    if (!loop_call_soon(vm, future->loop, callback, self, context)) return false;
  }
  List *others = future->callbacks;
  future->callbacks = NULL;
  for (size_t i = 0; others && i < list_length(others); i++) {
    const Tuple *pair = value_object(list_items(others)[i]);
    if (!loop_call_soon(vm, future->loop, pair->items[0], self, pair->items[1])) return false;
  }
  return true;
}

bool future_add_callback(VM *vm, Future *future, Value callback, Value context) {
  if (future->state != FUTURE_PENDING)
    return loop_call_soon(vm, future->loop, callback, value_from(future), context);
  if (future->callback == VALUE_UNBOUND && !future->callbacks) {
    future->callback = callback;
    future->context = context;
    heap_barrier_any(vm, future);
    return true;
  }
  if (!future->callbacks) {
    future->callbacks = list_new(vm, 1);
    if (!future->callbacks) return false;
    heap_barrier_object(vm, future, future->callbacks);
  }
  Value pair = PACK(callback, context);
  return !value_is_fail(pair) && list_append_value(vm, future->callbacks, pair);
}

/* The one argument and `context` are all that binding has to know. */
static Value future_method_add_done_callback(VM *vm, Value self, const Value *args, int npos,
                                             Tuple *kwnames) {
  size_t keywords = kwnames ? tuple_length(kwnames) : 0;
  if (npos != 1)
    return raise_type(vm, "add_done_callback() takes exactly 1 positional argument (%d given)",
                      npos);
  Value context = VALUE_MISSING;
  for (size_t i = 0; i < keywords; i++) {
    if (!str_equal_cstr(value_object(kwnames->items[i]), "context"))
      return raise_type(vm, "'%S' is an invalid keyword argument for add_done_callback()",
                        kwnames->items[i]);
    context = args[npos + (int)i];
  }
  Future *future = value_object(self);
  if (!future_is_ready(future))
    return raise_error(vm, TYPE_OF(RuntimeError), "uninitialized Future object");
  if (context == VALUE_MISSING) context = context_copy_current(vm);
  return value_none_if(future_add_callback(vm, future, args[0], context));
}

/* remove_others: from the list; comparing may run anything, so the list is read anew. */
static Answer remove_others(VM *vm, Future *self, Value callback, int64_t *removed) {
  List *before = self->callbacks;
  if (!before) return ANSWER_YES;
  List *kept = list_new(vm, list_length(before));
  for (size_t i = 0; kept && i < list_length(before); i++) {
    Value pair = list_items(before)[i];
    Answer same = compare_bool(vm, COMPARE_EQ, ((Tuple *)value_object(pair))->items[0], callback);
    if (same == ANSWER_FAILED) return same;
    if (same == ANSWER_YES) ++*removed;
    else if (!list_append_value(vm, kept, pair)) return ANSWER_FAILED;
    if (self->callbacks != before) return ANSWER_YES; /* called, or removed, meanwhile */
  }
  if (!kept) return ANSWER_FAILED;
  self->callbacks = list_length(kept) ? kept : NULL;
  heap_barrier_object(vm, self, self->callbacks);
  return ANSWER_YES;
}

static Value future_method_remove_done_callback(VM *vm, Future *self,
                                                const future_method_remove_done_callback_args *a) {
  if (!future_check(vm, self)) return VALUE_FAIL;
  int64_t removed = 0;
  Value first = self->callback == VALUE_UNBOUND ? VALUE_UNBOUND : first_callback(vm, self);
  if (value_is_fail(first)) return first;
  if (first != VALUE_UNBOUND) {
    Answer same = compare_bool(vm, COMPARE_EQ, first, a->fn);
    if (same == ANSWER_FAILED) return VALUE_FAIL;
    if (same == ANSWER_YES) {
      drop_first_callback(self);
      removed++;
    }
  }
  if (remove_others(vm, self, a->fn, &removed) == ANSWER_FAILED) return VALUE_FAIL;
  return value_int_unchecked(removed);
}

/* ---- outcomes */
static bool check_pending(VM *vm, const Future *future) {
  if (!future_check(vm, future)) return false;
  if (LIKELY(future->state == FUTURE_PENDING)) return true;
  asyncio_raise(vm, HELPER_InvalidStateError, "invalid state");
  return false;
}

bool future_set(VM *vm, Future *future, Value result) {
  if (!check_pending(vm, future)) return false;
  future->outcome = result;
  heap_barrier(vm, future, result);
  future->state = FUTURE_FINISHED;
  return call_callbacks(vm, future);
}

bool future_fail(VM *vm, Future *future, Value exception) {
  if (!check_pending(vm, future)) return false;
  if (value_is_type(exception) && type_has(value_object(exception), TYPE_EXCEPTION_SUBCLASS)) {
    exception = call0(vm, exception);
    if (value_is_fail(exception)) return false;
    if (!check_pending(vm, future)) return false; /* what ran there may have ended it */
  }
  if (!value_has_flag(exception, TYPE_EXCEPTION_SUBCLASS))
    return raise_false(vm, TYPE_OF(TypeError), "invalid exception object");
  if (value_is(exception, StopIteration))
    return raise_false(vm, TYPE_OF(TypeError),
                       "StopIteration interacts badly with generators and cannot be raised into a "
                       "Future");
  future->outcome = exception;
  future->traceback = ((Exception *)value_object(exception))->traceback;
  heap_barrier_any(vm, future);
  future->failed = true;
  future->state = FUTURE_FINISHED;
  track(vm, future);
  if (!call_callbacks(vm, future)) return false;
  future->log_traceback = true;
  return true;
}

Answer future_cancel(VM *vm, Future *future, Value message) {
  future->log_traceback = false;
  if (future->state != FUTURE_PENDING) return ANSWER_NO;
  future->state = FUTURE_CANCELLED;
  future->cancel_message = message;
  heap_barrier(vm, future, message);
  return call_callbacks(vm, future) ? ANSWER_YES : ANSWER_FAILED;
}

Value future_cancelled_error(VM *vm, Future *future) {
  if (future->state == FUTURE_CANCELLED && future->outcome != VALUE_UNBOUND) {
    Value kept = future->outcome;
    future->outcome = VALUE_UNBOUND;
    return kept;
  }
  Value cls = asyncio_helper(vm, HELPER_CancelledError), message = future->cancel_message;
  if (value_is_fail(cls)) return cls;
  bool is_plain = message == VALUE_UNBOUND || message == VALUE_NONE;
  return is_plain ? call0(vm, cls) : call1(vm, cls, message);
}

static Value end_cancelled(VM *vm, Future *future) {
  Value exception = future_cancelled_error(vm, future);
  return value_is_fail(exception) ? exception : raise_object(vm, exception);
}

Value future_outcome(VM *vm, Future *future, Value *exception) {
  if (future->state == FUTURE_CANCELLED) return end_cancelled(vm, future);
  if (future->state != FUTURE_FINISHED)
    return asyncio_raise(vm, HELPER_InvalidStateError, "Result is not set.");
  future->log_traceback = false;
  if (!future->failed) return future->outcome;
  *exception = future->outcome;
  Exception *failure = value_object(future->outcome);
  failure->traceback = future->traceback == VALUE_UNBOUND ? VALUE_NONE : future->traceback;
  heap_barrier(vm, failure, failure->traceback);
  future->traceback = VALUE_UNBOUND;
  return VALUE_UNBOUND;
}

Value future_result(VM *vm, Future *future) {
  if (!future_is_ready(future))
    return asyncio_raise(vm, HELPER_InvalidStateError, "Future object is not initialized.");
  Value exception = VALUE_UNBOUND, result = future_outcome(vm, future, &exception);
  return result == VALUE_UNBOUND ? raise_object(vm, exception) : result;
}

static Value future_method_result(VM *vm, Future *self, const future_method_result_args *a) {
  return future_result(vm, self);
}
static Value future_method_exception(VM *vm, Future *self, const future_method_exception_args *a) {
  if (!future_is_ready(self))
    return asyncio_raise(vm, HELPER_InvalidStateError, "Future object is not initialized.");
  if (self->state == FUTURE_CANCELLED) return end_cancelled(vm, self);
  if (self->state != FUTURE_FINISHED)
    return asyncio_raise(vm, HELPER_InvalidStateError, "Exception is not set.");
  self->log_traceback = false;
  return self->failed ? self->outcome : VALUE_NONE;
}
static Value future_method_set_result(VM *vm, Future *self,
                                      const future_method_set_result_args *a) {
  return value_none_if(future_set(vm, self, a->result));
}
static Value future_method_set_exception(VM *vm, Future *self,
                                         const future_method_set_exception_args *a) {
  return value_none_if(future_fail(vm, self, a->exception));
}
static Value future_method_cancel(VM *vm, Future *self, const future_method_cancel_args *a) {
  if (!future_check(vm, self)) return VALUE_FAIL;
  Answer done = future_cancel(vm, self, a->msg);
  return done == ANSWER_FAILED ? VALUE_FAIL : value_bool(done);
}
static Value future_method_cancelled(VM *vm, Future *self, const future_method_cancelled_args *a) {
  return value_bool(self->state == FUTURE_CANCELLED);
}
static Value future_method_done(VM *vm, Future *self, const future_method_done_args *a) {
  return value_bool(self->state != FUTURE_PENDING);
}
static Value future_method_get_loop(VM *vm, Future *self, const future_method_get_loop_args *a) {
  return future_check(vm, self) ? self->loop : VALUE_FAIL;
}
static Value
future_method__make_cancelled_error(VM *vm, Future *self,
                                    const future_method__make_cancelled_error_args *a) {
  return future_cancelled_error(vm, self);
}
static Value future_method_op_await(VM *vm, Future *self, const future_method_op_await_args *a) {
  return future_check(vm, self) ? future_iter_new(vm, self) : VALUE_FAIL;
}
static Value future_method_op_iter(VM *vm, Future *self, const future_method_op_iter_args *a) {
  return future_check(vm, self) ? future_iter_new(vm, self) : VALUE_FAIL;
}
static Value future_method_op_repr(VM *vm, Future *self, const future_method_op_repr_args *a) {
  if (!future_check(vm, self)) return VALUE_FAIL;
  Value helper = asyncio_helper(vm, HELPER_future_repr);
  return value_is_fail(helper) ? helper : call1(vm, helper, value_from(self));
}
static Value future_method_class_getitem(VM *vm, Value self,
                                         const future_method_class_getitem_args *a) {
  return generic_alias_new(vm, self, a->item);
}

/* ---- the end */
void future_finalize(VM *vm, Future *future) {
  if (!future->log_traceback) return;
  future->log_traceback = false;
  Str *message = str_format(vm, "%U exception was never retrieved", object_type(future)->name);
  if (message) loop_tell(vm, future, NAME("future"), message, future->outcome);
  else error_unraisable(vm, NULL, value_from(future));
}

static Value future_method_op_del(VM *vm, Future *self, const future_method_op_del_args *a) {
  future_finalize(vm, self);
  return VALUE_NONE;
}

bool future_has_last_words(const Object *self) {
  const Future *future = (const Future *)self;
  bool is_pending = future->state == FUTURE_PENDING && future->log_destroy_pending;
  return future->log_traceback || is_pending;
}

/* ---- attributes */
static Value set_or(Value v) { return v == VALUE_UNBOUND ? VALUE_NONE : v; }

static Value future_method_get__state(VM *vm, Future *self) {
  if (!future_check(vm, self)) return VALUE_FAIL;
  if (self->state == FUTURE_PENDING) return value_from(NAME("PENDING"));
  return value_from(self->state == FUTURE_FINISHED ? NAME("FINISHED") : NAME("CANCELLED"));
}
static Value future_method_get__asyncio_future_blocking(VM *vm, Future *self) {
  return value_bool(self->blocking && future_is_ready(self));
}
static bool no_deleting(VM *vm, Value value) {
  return value != VALUE_MISSING ||
         raise_false(vm, TYPE_OF(AttributeError), "cannot delete attribute");
}
static bool future_method_set__asyncio_future_blocking(VM *vm, Future *self, Value value) {
  if (!future_check(vm, self) || !no_deleting(vm, value)) return false;
  Answer truth = value_truth(vm, value);
  self->blocking = truth == ANSWER_YES;
  return truth != ANSWER_FAILED;
}
static Value future_method_get__loop(VM *vm, Future *self) { return set_or(self->loop); }
static Value future_method_get__callbacks(VM *vm, Future *self) {
  if (!future_check(vm, self)) return VALUE_FAIL;
  if (self->callback == VALUE_UNBOUND && !self->callbacks) return VALUE_NONE;
  List *all = list_new(vm, 1);
  if (!all) return VALUE_FAIL;
  if (self->callback != VALUE_UNBOUND) {
    Value pair = PACK(first_callback(vm, self), self->context);
    if (value_is_fail(pair) || !list_append_value(vm, all, pair)) return VALUE_FAIL;
  }
  const List *others = self->callbacks;
  if (others && !list_append_values(vm, all, list_items(others), list_length(others)))
    return VALUE_FAIL;
  return value_from(all);
}
static Value future_method_get__result(VM *vm, Future *self) {
  if (!future_check(vm, self)) return VALUE_FAIL;
  bool has = self->state == FUTURE_FINISHED && !self->failed;
  return has ? self->outcome : VALUE_NONE;
}
static Value future_method_get__exception(VM *vm, Future *self) {
  if (!future_check(vm, self)) return VALUE_FAIL;
  return self->state == FUTURE_FINISHED && self->failed ? self->outcome : VALUE_NONE;
}
static Value future_method_get__log_traceback(VM *vm, Future *self) {
  return future_check(vm, self) ? value_bool(self->log_traceback) : VALUE_FAIL;
}
static bool future_method_set__log_traceback(VM *vm, Future *self, Value value) {
  if (!no_deleting(vm, value)) return false;
  Answer truth = value_truth(vm, value);
  if (truth == ANSWER_YES)
    return raise_false(vm, TYPE_OF(ValueError), "_log_traceback can only be set to False");
  if (truth == ANSWER_NO) self->log_traceback = false;
  return truth == ANSWER_NO;
}
static Value future_method_get__source_traceback(VM *vm, Future *self) {
  return set_or(self->source_traceback);
}
static Value future_method_get__cancel_message(VM *vm, Future *self) {
  return set_or(self->cancel_message);
}
static bool future_method_set__cancel_message(VM *vm, Future *self, Value value) {
  self->cancel_message = value == VALUE_MISSING ? VALUE_UNBOUND : value;
  heap_barrier(vm, self, self->cancel_message);
  return true;
}

bool future_verify(const Object *object) {
  const Future *future = (const Future *)object;
  LAW(future->state <= FUTURE_FINISHED);
  LAW(future->state != FUTURE_PENDING || (future->outcome == VALUE_UNBOUND && !future->failed));
  LAW(!future->failed || future->state == FUTURE_FINISHED);
  LAW(!future->log_traceback || future->failed);
  LAW(future->callback != VALUE_UNBOUND || !future->callbacks || future->state != FUTURE_PENDING);
  return true;
}

const ClassSpec asyncio_Future_class = {
    NATIVE_CLASS(future_method_),
    .verify = VERIFIER(future_verify),
    .basic_size = sizeof(Future),
    .trace = future_trace,
    .has_last_words = future_has_last_words,
};
