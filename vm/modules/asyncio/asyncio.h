/* asyncio.h -- futures and tasks: what the files of _asyncio share. */
#ifndef KRAIT_MODULES_ASYNCIO_H
#define KRAIT_MODULES_ASYNCIO_H

#include "vm/core/late_types.h"
#include "vm/contracts/protocol.h"
#include "vm/objects/list.h"
#include "vm/objects/str.h"

typedef enum FutureState { FUTURE_PENDING, FUTURE_CANCELLED, FUTURE_FINISHED } FutureState;

/* Law: what is not set is UNBOUND. `outcome` is by state: nothing, the CancelledError kept to be
** raised, the result, or (failed) the exception. */
typedef struct Future {
  Object h;
  Object *extra; /* [gc] attributes */
  Value loop;
  Value callback, context; /* the first callback; others are tuples of the two in `callbacks` */
  List *callbacks;         /* [gc] or NULL */
  Value outcome;
  Value traceback; /* of the exception when it was set, until it is raised */
  Value source_traceback, cancel_message;
  uint8_t state; /* FutureState */
  bool failed, log_traceback, blocking;
  bool tracked;    /* for its finalizer */
  bool wakes_task; /* `callback` is a Task that waits: it stands for its task_wakeup */
  /* ---- of tasks */
  bool must_cancel, log_destroy_pending, registered;
  uint32_t cancel_requests;
} Future;

typedef struct Task {
  Future f;
  Value coro, waiter, context;
  Value name; /* Str, or the number in "Task-1" until somebody asks */
} Task;

/* ---- what the library has in Python, looked up at its first use */
typedef enum Helper {
#define HELPER(name, module, attribute) HELPER_##name,
#include "vm/modules/asyncio/helpers.def"
#undef HELPER
  HELPER_COUNT
} Helper;
MUST_USE MAY_RUN Value asyncio_helper(VM *vm, Helper which);
MAY_RUN COLD Value asyncio_raise(VM *vm, Helper which, const char *message);
/* is_cancelled_error: is the exception a CancelledError? */
MUST_USE MAY_RUN Answer is_cancelled_error(VM *vm, Value exception);

/* ---- module.c */
/* running_loop: VALUE_NONE: none */
MUST_USE Value running_loop(VM *vm);
MUST_USE MAY_RUN Value current_event_loop(VM *vm); /* … or the policy's */
MUST_USE MAY_RUN bool task_enter(VM *vm, Value loop, Value task);
MUST_USE MAY_RUN bool task_leave(VM *vm, Value loop, Value task);

/* ---- loop.c */
MUST_USE bool loop_init(VM *vm);
/* loop_debugs: loop.get_debug() */
MUST_USE MAY_RUN Answer loop_debugs(VM *vm, Value loop);
/* loop_call_soon: loop.call_soon(function, argument, context=context); argument MISSING: none */
MUST_USE MAY_RUN bool loop_call_soon(VM *vm, Value loop, Value function, Value argument,
                                     Value context);
/* loop_tell: loop.call_exception_handler({"message": …, key: future, …}), from a finalizer. */
MAY_RUN void loop_tell(VM *vm, Future *future, Str *key, Str *message, Value exception);

/* ---- future.c */
static inline bool value_is_future(Value v) {
  return value_is(v, asyncio_Future) || value_is(v, asyncio_Task);
}
static inline bool future_is_ready(const Future *future) { return future->loop != VALUE_UNBOUND; }
MUST_USE bool future_check(VM *vm, const Future *future); /* RuntimeError: not initialised */
void future_blank(Future *future);
bool future_verify(const Object *future); /* the law above */
MUST_USE MAY_RUN bool future_init(VM *vm, Future *future, Value loop);
MUST_USE MAY_RUN bool future_set(VM *vm, Future *future, Value result);
MUST_USE MAY_RUN bool future_fail(VM *vm, Future *future, Value exception);
/* future_cancel: was it pending? */
MUST_USE MAY_RUN Answer future_cancel(VM *vm, Future *future, Value message);
MUST_USE MAY_RUN Value future_cancelled_error(VM *vm, Future *future);
/* future_outcome: the result; or VALUE_UNBOUND, and *exception is what it ended with;
** VALUE_FAIL: cancelled, or it is not done */
MUST_USE MAY_RUN Value future_outcome(VM *vm, Future *future, Value *exception);
MUST_USE MAY_RUN Value future_result(VM *vm, Future *future);
MUST_USE MAY_RUN bool future_add_callback(VM *vm, Future *future, Value callback, Value context);
MAY_RUN void future_finalize(VM *vm, Future *future);
bool future_has_last_words(const Object *self);
void future_trace(Marker *marker, Object *self);

/* ---- future_iter.c */
MUST_USE Value future_iter_new(VM *vm, Future *future);

/* ---- task_step.c */
MUST_USE Value task_wakeup_function(VM *vm, Value task);
MUST_USE MAY_RUN bool task_step_soon(VM *vm, Task *task, Value exception); /* or VALUE_NONE */
MUST_USE bool task_step_init(VM *vm);

#endif
