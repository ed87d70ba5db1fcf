/* task.c -- _asyncio.Task: a future that runs a coroutine. How it is stepped: task_step.c. */
#include <stdio.h>

#include "vm/modules/asyncio/asyncio.h"
#include "vm/modules/thread/context.h"

#define NATIVE_DEF "vm/modules/asyncio/task.def"
#define NATIVE_PREFIX task_
#define NATIVE_SELF Task *
#include "vm/contracts/native_class.inc"

static struct { int64_t names; } state; /* how many tasks were numbered; holds no values */

static Value task_blank(VM *vm, Type *cls) {
  Value v = object_new(vm, cls);
  if (value_is_fail(v)) return v;
  Task *task = value_object(v);
  future_blank(&task->f);
  task->f.tracked = true;
  task->coro = task->waiter = task->context = VALUE_UNBOUND;
  task->name = VALUE_NONE;
  return v;
}

static Answer is_coroutine(VM *vm, Value v) {
  if (LIKELY(value_is(v, coroutine))) return ANSWER_YES;
  Value helper = asyncio_helper(vm, HELPER_iscoroutine);
  Value answer = value_is_fail(helper) ? helper : call1(vm, helper, v);
  return value_is_fail(answer) ? ANSWER_FAILED : value_truth(vm, answer);
}

static Value name_from(VM *vm, Value name) {
  if (name == VALUE_NONE) return value_int_unchecked(++state.names);
  return value_is(name, str) ? name : value_str(vm, name);
}

static Value task_op_init(VM *vm, Task *self, const task_op_init_args *a) {
  if (!future_init(vm, &self->f, a->loop)) return VALUE_FAIL;
  Answer right = is_coroutine(vm, a->coro);
  if (right == ANSWER_NO) return raise_type(vm, "a coroutine was expected, got %R", a->coro);
  Value name = right == ANSWER_FAILED ? VALUE_FAIL : name_from(vm, a->name);
  if (value_is_fail(name)) return name;
  Value context = a->context == VALUE_NONE ? context_copy_current(vm) : a->context;
  self->name = name;
  self->context = context;
  self->coro = a->coro;
  self->waiter = VALUE_UNBOUND;
  self->f.log_destroy_pending = self->f.registered = true;
  heap_barrier_any(vm, self);
  return value_none_if(task_step_soon(vm, self, VALUE_NONE));
}

static void task_trace(Marker *marker, Object *self) {
  Task *task = (Task *)self;
  future_trace(marker, self);
  mark_value(marker, task->coro);
  mark_value(marker, task->waiter);
  mark_value(marker, task->context);
  mark_value(marker, task->name);
}

static Value task_op_del(VM *vm, Task *self, const task_op_del_args *a) {
  if (self->f.state == FUTURE_PENDING && self->f.log_destroy_pending)
    loop_tell(vm, &self->f, NAME("task"), NAME("Task was destroyed but it is pending!"),
              VALUE_UNBOUND);
  future_finalize(vm, &self->f);
  return VALUE_NONE;
}

/* ---- cancelling */
/* What it waits for is cancelled; or, when that does not let itself be cancelled, the coroutine is
** at its next step. */
static Value task_cancel(VM *vm, Task *self, const task_cancel_args *a) {
  if (!future_check(vm, &self->f)) return VALUE_FAIL;
  self->f.log_traceback = false;
  if (self->f.state != FUTURE_PENDING) return VALUE_FALSE;
  self->f.cancel_requests++;
  if (self->waiter != VALUE_UNBOUND) {
    Tuple *names = TUPLE(value_from(NAME("msg")));
    if (!names) return VALUE_FAIL;
    Value answer = call_method_values(vm, self->waiter, NAME("cancel"), &a->msg, 0, names);
    Answer truth = value_is_fail(answer) ? ANSWER_FAILED : value_truth(vm, answer);
    if (truth != ANSWER_NO) return truth == ANSWER_YES ? VALUE_TRUE : VALUE_FAIL;
  }
  self->f.must_cancel = true;
  self->f.cancel_message = a->msg;
  heap_barrier(vm, self, a->msg);
  return VALUE_TRUE;
}
static Value task_cancelling(VM *vm, Task *self, const task_cancelling_args *a) {
  return value_int_unchecked(self->f.cancel_requests);
}
static Value task_uncancel(VM *vm, Task *self, const task_uncancel_args *a) {
  if (self->f.cancel_requests) self->f.cancel_requests--;
  return value_int_unchecked(self->f.cancel_requests);
}

/* ---- what the library words */
static Value task_get_stack(VM *vm, Task *self, const task_get_stack_args *a) {
  Value helper = asyncio_helper(vm, HELPER_task_get_stack);
  return value_is_fail(helper) ? helper : call2(vm, helper, value_from(self), a->limit);
}
static Value task_print_stack(VM *vm, Task *self, const task_print_stack_args *a) {
  Value helper = asyncio_helper(vm, HELPER_task_print_stack);
  return value_is_fail(helper) ? helper : call3(vm, helper, value_from(self), a->limit, a->file);
}
static Value task_op_repr(VM *vm, Task *self, const task_op_repr_args *a) {
  if (!future_check(vm, &self->f)) return VALUE_FAIL;
  Value helper = asyncio_helper(vm, HELPER_task_repr);
  return value_is_fail(helper) ? helper : call1(vm, helper, value_from(self));
}

/* ---- what it is made of */
static Value task_set_result(VM *vm, Task *self, const task_set_result_args *a) {
  return raise_error(vm, TYPE_OF(RuntimeError), "Task does not support set_result operation");
}
static Value task_set_exception(VM *vm, Task *self, const task_set_exception_args *a) {
  return raise_error(vm, TYPE_OF(RuntimeError), "Task does not support set_exception operation");
}
static Value set_or(Value v) { return v == VALUE_UNBOUND ? VALUE_NONE : v; }
static Value task_get_coro(VM *vm, Task *self, const task_get_coro_args *a) {
  return set_or(self->coro);
}
static Value task_get_name(VM *vm, Task *self, const task_get_name_args *a) {
  if (value_is_int(self->name)) {
    char text[40];
    snprintf(text, sizeof text, "Task-%lld", (long long)value_as_int(self->name));
    Value name = value_of(str_new_cstr(vm, text));
    if (value_is_fail(name)) return name;
    self->name = name;
    heap_barrier(vm, self, name);
  }
  return self->name;
}
static Value task_set_name(VM *vm, Task *self, const task_set_name_args *a) {
  Value name = value_is(a->value, str) ? a->value : value_str(vm, a->value);
  if (value_is_fail(name)) return name;
  self->name = name;
  heap_barrier(vm, self, name);
  return VALUE_NONE;
}
static Value task_get__log_destroy_pending(VM *vm, Task *self) {
  return value_bool(self->f.log_destroy_pending);
}
static bool task_set__log_destroy_pending(VM *vm, Task *self, Value value) {
  if (value == VALUE_MISSING)
    return raise_false(vm, TYPE_OF(AttributeError), "cannot delete attribute");
  Answer truth = value_truth(vm, value);
  self->f.log_destroy_pending = truth == ANSWER_YES;
  return truth != ANSWER_FAILED;
}
static Value task_get__must_cancel(VM *vm, Task *self) { return value_bool(self->f.must_cancel); }
static Value task_get__coro(VM *vm, Task *self) { return set_or(self->coro); }
static Value task_get__fut_waiter(VM *vm, Task *self) { return set_or(self->waiter); }

const ClassSpec asyncio_Task_class = {
    NATIVE_CLASS(task_), .verify = VERIFIER(future_verify),       .basic_size = sizeof(Task),
    .trace = task_trace, .has_last_words = future_has_last_words,
};
