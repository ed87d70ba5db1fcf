/* task_step.c -- one step of a task: its coroutine goes on until it waits for something, or ends.
**
** What the coroutine gives is the future to wait for (task_wait), None (once round the loop), or a
** mistake, which is thrown into it at the next step. */
#include "vm/interp/generator.h"
#include "vm/modules/asyncio/asyncio.h"
#include "vm/native/bind.h"
#include "vm/objects/exception.h"

/* What is called soon to step it; argument: the exception to throw in, or VALUE_NONE. */
typedef struct TaskStep {
  Object h;
  Task *task; /* [gc] */
  Value argument;
} TaskStep;

#define NATIVE_DEF "vm/modules/asyncio/task_step.def"
#define NATIVE_PREFIX task_step_
#define NATIVE_SELF TaskStep *
#include "vm/contracts/native_class.inc"

#define NATIVE_DEF "vm/modules/asyncio/task_wakeup.def"
#define NATIVE_PREFIX wakeup_
#define NATIVE_SELF Task *
#include "vm/contracts/native_class.inc"

static struct { Value wakeup; } state; /* the descriptor; registered by task_step_init */

bool task_step_init(VM *vm) {
  state.wakeup = native_descriptor_new(vm, TYPE_OF(asyncio_Task), &wakeup_methods[0]);
  heap_add_root(vm, &state.wakeup);
  return !value_is_fail(state.wakeup);
}

Value task_wakeup_function(VM *vm, Value task) {
  return native_bind(vm, value_object(state.wakeup), task);
}

bool task_step_soon(VM *vm, Task *task, Value exception) {
  TaskStep *step = heap_new(vm, SHAPE_OF(asyncio_TaskStep), sizeof *step);
  step->task = task;
  step->argument = exception;
  return loop_call_soon(vm, task->f.loop, value_from(step), VALUE_MISSING, task->context);
}

/* ---- what came of a step */
/* fail_soon: what the coroutine gave is a mistake: it gets this exception at its next step. */
static Value fail_soon(VM *vm, Task *task) {
  return value_none_if(task_step_soon(vm, task, error_take(vm)));
}
static Value fail_at_delegate(VM *vm, Task *task, Value awaited) {
  raise_error(vm, TYPE_OF(RuntimeError), "yield was used instead of yield from in task %R with %R",
              value_from(task), awaited);
  return fail_soon(vm, task);
}
static Value fail_at_loop(VM *vm, Task *task, Value awaited) {
  raise_error(vm, TYPE_OF(RuntimeError), "Task %R got Future %R attached to a different loop",
              value_from(task), awaited);
  return fail_soon(vm, task);
}

/* It is to be cancelled, and waits for this now: so that is cancelled. */
static Value cancel_waiter(VM *vm, Task *task, Value awaited) {
  Tuple *names = TUPLE(value_from(NAME("msg")));
  Value message = task->f.cancel_message == VALUE_UNBOUND ? VALUE_NONE : task->f.cancel_message;
  if (!names) return VALUE_FAIL;
  Value answer = call_method_values(vm, awaited, NAME("cancel"), &message, 0, names);
  Answer truth = value_is_fail(answer) ? ANSWER_FAILED : value_truth(vm, answer);
  if (truth == ANSWER_YES) task->f.must_cancel = false;
  return value_none_if(truth != ANSWER_FAILED);
}

static Value wait_on(VM *vm, Task *task, Value awaited) {
  task->waiter = awaited;
  heap_barrier(vm, task, awaited);
  return LIKELY(!task->f.must_cancel) ? VALUE_NONE : cancel_waiter(vm, task, awaited);
}

/* wait_for_future: one of ours, that has no methods of its own. */
static Value wait_for_future(VM *vm, Task *task, Future *future) {
  Value awaited = value_from(future), self = value_from(task);
  if (UNLIKELY(future->loop != task->f.loop)) return fail_at_loop(vm, task, awaited);
  if (UNLIKELY(!future->blocking)) return fail_at_delegate(vm, task, awaited);
  future->blocking = false;
  bool is_first =
      future->state == FUTURE_PENDING && future->callback == VALUE_UNBOUND && !future->callbacks;
  if (LIKELY(is_first)) {
    future->callback = self;
    future->context = task->context;
    future->wakes_task = true;
    heap_barrier_any(vm, future);
  } else {
    Value wakeup = task_wakeup_function(vm, self);
    if (value_is_fail(wakeup) || !future_add_callback(vm, future, wakeup, task->context))
      return VALUE_FAIL;
  }
  return wait_on(vm, task, awaited);
}

static Value loop_of(VM *vm, Value awaited) {
  Value method = find_attribute(vm, awaited, NAME("get_loop"));
  if (method == VALUE_UNBOUND) return get_attribute(vm, awaited, NAME("_loop"));
  return value_is_fail(method) ? method : call0(vm, method);
}

/* wait_for_foreign: anything else that plays the part of a future, by the protocol. */
static Value wait_for_foreign(VM *vm, Task *task, Value awaited, Value blocking) {
  Answer truth = value_truth(vm, blocking);
  Value loop = truth == ANSWER_FAILED ? VALUE_FAIL : loop_of(vm, awaited);
  if (value_is_fail(loop)) return loop;
  if (loop != task->f.loop) return fail_at_loop(vm, task, awaited);
  if (truth == ANSWER_NO) return fail_at_delegate(vm, task, awaited);
  if (!set_attribute(vm, awaited, NAME("_asyncio_future_blocking"), VALUE_FALSE)) return VALUE_FAIL;
  Value add = get_attribute(vm, awaited, NAME("add_done_callback"));
  Value wakeup = value_is_fail(add) ? add : task_wakeup_function(vm, value_from(task));
  Tuple *names = TUPLE(value_from(NAME("context")));
  if (value_is_fail(wakeup) || !names) return VALUE_FAIL;
  if (value_is_fail(call_values(vm, add, (const Value[]){wakeup, task->context}, 1, names)))
    return VALUE_FAIL;
  return wait_on(vm, task, awaited);
}

static Value task_wait(VM *vm, Task *task, Value awaited) {
  if (awaited == value_from(task)) {
    raise_error(vm, TYPE_OF(RuntimeError), "Task cannot await on itself: %R", awaited);
    return fail_soon(vm, task);
  }
  if (LIKELY(value_is_future(awaited))) return wait_for_future(vm, task, value_object(awaited));
  if (awaited == VALUE_NONE) return value_none_if(task_step_soon(vm, task, VALUE_NONE));
  Value blocking = find_attribute(vm, awaited, NAME("_asyncio_future_blocking"));
  if (value_is_fail(blocking)) return blocking;
  if (blocking != VALUE_UNBOUND && blocking != VALUE_NONE)
    return wait_for_foreign(vm, task, awaited, blocking);
  if (value_is(awaited, generator))
    raise_error(vm, TYPE_OF(RuntimeError),
                "yield was used instead of yield from for generator in task %R with %R",
                value_from(task), awaited);
  else raise_error(vm, TYPE_OF(RuntimeError), "Task got bad yield: %R", awaited);
  return fail_soon(vm, task);
}

/* The coroutine has returned. */
static Value task_returned(VM *vm, Task *task, Value result) {
  if (UNLIKELY(task->f.must_cancel)) {
    task->f.must_cancel = false;
    return value_none_if(future_cancel(vm, &task->f, task->f.cancel_message) != ANSWER_FAILED);
  }
  return value_none_if(future_set(vm, &task->f, result));
}

/* The coroutine has raised: the task is cancelled, or has failed; what ends the program goes on. */
static Value task_raised(VM *vm, Task *task) {
  Value exception = error_take(vm);
  Answer cancelled = is_cancelled_error(vm, exception);
  if (cancelled == ANSWER_FAILED) return VALUE_FAIL;
  if (cancelled == ANSWER_YES) {
    if (task->f.state == FUTURE_PENDING) {
      task->f.outcome = exception;
      heap_barrier(vm, task, exception);
    }
    return value_none_if(future_cancel(vm, &task->f, VALUE_UNBOUND) != ANSWER_FAILED);
  }
  if (!future_fail(vm, &task->f, exception)) return VALUE_FAIL;
  const Type *type = value_type(exception);
  bool ends = type_is_subtype(type, TYPE_OF(KeyboardInterrupt)) ||
              type_is_subtype(type, TYPE_OF(SystemExit));
  if (!ends) return VALUE_NONE;
  error_restore(vm, exception);
  return VALUE_FAIL;
}

/* ---- the step */
static Value stop_from_exception(VM *vm) {
  if (!error_is(vm, TYPE_OF(StopIteration))) return VALUE_FAIL;
  Value result = ((const StopIterationObject *)value_object(error_take(vm)))->value;
  vm->stop_value = result == VALUE_UNBOUND ? VALUE_NONE : result;
  return VALUE_STOP;
}

static Value coroutine_throw(VM *vm, Value coro, Value exception) {
  if (value_is(coro, coroutine) || value_is(coro, generator))
    return generator_throw(vm, value_object(coro), exception);
  Value result = call_method1(vm, coro, NAME("throw"), exception);
  return value_is_fail(result) ? stop_from_exception(vm) : result;
}

/* exception_to_throw: the one given, or CancelledError if the task is to be cancelled. */
static Value exception_to_throw(VM *vm, Task *task, Value exception) {
  if (LIKELY(!task->f.must_cancel)) return exception;
  Answer cancelled = exception == VALUE_NONE ? ANSWER_NO : is_cancelled_error(vm, exception);
  if (cancelled == ANSWER_FAILED) return VALUE_FAIL;
  if (cancelled == ANSWER_NO) exception = future_cancelled_error(vm, &task->f);
  task->f.must_cancel = false;
  return exception;
}

static Value step_inside(VM *vm, Task *task, Value exception) {
  if (UNLIKELY(task->f.state != FUTURE_PENDING)) {
    Str *text = str_format(vm, "__step(): already done: %R %R", value_from(task),
                           exception == VALUE_NONE ? value_from(str_empty()) : exception);
    const char *bytes = text ? str_utf8(vm, text, NULL) : NULL;
    return bytes ? asyncio_raise(vm, HELPER_InvalidStateError, bytes) : VALUE_FAIL;
  }
  exception = exception_to_throw(vm, task, exception);
  if (value_is_fail(exception)) return exception;
  task->waiter = VALUE_UNBOUND;
  if (task->coro == VALUE_UNBOUND)
    return raise_error(vm, TYPE_OF(RuntimeError), "uninitialized Task object");
  Value coro = task->coro;
  Value given = exception == VALUE_NONE ? send_value(vm, coro, VALUE_NONE)
                                        : coroutine_throw(vm, coro, exception);
  if (given == VALUE_STOP) return task_returned(vm, task, vm->stop_value);
  return value_is_fail(given) ? task_raised(vm, task) : task_wait(vm, task, given);
}

static Value task_step(VM *vm, Task *task, Value exception) {
  if (!future_check(vm, &task->f)) return VALUE_FAIL;
  Value self = value_from(task), loop = task->f.loop;
  if (!task_enter(vm, loop, self)) return VALUE_FAIL;
  Value result = step_inside(vm, task, exception);
  if (LIKELY(!value_is_fail(result))) return value_none_if(task_leave(vm, loop, self));
  Value failure = error_take(vm);
  if (!task_leave(vm, loop, self)) error_clear(vm);
  error_restore(vm, failure);
  return VALUE_FAIL;
}

/* A future that the task waited for is done. */
static Value wakeup_task_wakeup(VM *vm, Task *self, const wakeup_task_wakeup_args *a) {
  Value exception = VALUE_UNBOUND, result;
  if (LIKELY(value_is_future(a->future)))
    result = future_outcome(vm, value_object(a->future), &exception);
  else result = call_method0(vm, a->future, NAME("result"));
  if (value_is_fail(result)) exception = error_take(vm);
  return task_step(vm, self, exception == VALUE_UNBOUND ? VALUE_NONE : exception);
}

static Value task_step_call(VM *vm, TaskStep *self, const Value *args, int npos, Tuple *kwnames) {
  if (kwnames && tuple_length(kwnames))
    return raise_type(vm, "function takes no keyword arguments");
  if (npos) return raise_type(vm, "function takes no positional arguments");
  return task_step(vm, self->task, self->argument);
}
static Value task_step_get_owner(VM *vm, TaskStep *self) { return value_from(self->task); }
static void trace(Marker *marker, Object *self) {
  mark_object(marker, ((TaskStep *)self)->task);
  mark_value(marker, ((TaskStep *)self)->argument);
}

const ClassSpec asyncio_TaskStep_class = {
    NATIVE_CLASS(task_step_),
    .basic_size = sizeof(TaskStep),
    .trace = trace,
};
