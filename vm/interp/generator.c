/* generator.c -- generators and coroutines: suspending, resuming, throwing, closing.
** Law: see generator.h. A running generator's frame carries FRAME_GENERATOR and the generator in
** its header. Async generators' awaitables are in async_generator.c. */
#include "vm/core/late_types.h"
#include "vm/interp/generator.h"

#include "vm/contracts/native.h"
#include "vm/interp/interp_verify.h"
#include "vm/interp/slow.h"
#include "vm/interp/trace.h"
#include "vm/objects/exception.h"

static uint32_t kind_shape(uint32_t flags) {
  if (flags & FUNCTION_COROUTINE) return SHAPE_OF(coroutine);
  if (flags & FUNCTION_ASYNC_GENERATOR) return SHAPE_OF(async_generator);
  return SHAPE_OF(generator);
}

static const char *kind_name(const Generator *generator) {
  uint32_t flags = generator->function->code->co_flags;
  return flags & FUNCTION_COROUTINE         ? "coroutine"
         : flags & FUNCTION_ASYNC_GENERATOR ? "async generator"
                                            : "generator";
}

/* origin_of_call: (filename, line, function) of the frames that led here, newest first; NONE when
** nobody wants to know. */
static Value origin_of_call(VM *vm) {
  if (LIKELY(vm->coroutine_origin_depth <= 0)) return VALUE_NONE;
  List *items = list_new(vm, (size_t)vm->coroutine_origin_depth);
  for (int depth = 1; items && depth <= vm->coroutine_origin_depth; depth++) {
    Frame *frame = frame_current(vm, depth);
    if (!frame) break;
    Code *code = frame->function->code;
    Value item = PACK(value_from(code->filename), value_int(vm, frame_line(vm, frame)),
                      value_from(code->name));
    if (!list_append_value(vm, items, item)) return VALUE_FAIL;
  }
  return items ? value_of(tuple_from_values(vm, list_items(items), list_length(items)))
               : VALUE_FAIL;
}

Value generator_new(VM *vm, Value *base, void *pc) {
  Function *function = frame_function(base);
  ThreadedCode *code = function->threaded;
  uint32_t count = code->suspended_count;
  Value origin = function->code->co_flags & FUNCTION_COROUTINE ? origin_of_call(vm) : VALUE_NONE;
  if (origin == VALUE_FAIL) return VALUE_FAIL;
  Generator *generator = heap_new_zeroed(vm, kind_shape(function->code->co_flags),
                                         sizeof(Generator) + count * sizeof(Value));
  if (!generator) return VALUE_FAIL;
  generator->function = function;
  generator->name = function->name;
  generator->qualname = function->qualname;
  generator->pc = pc;
  generator->exc.handled = VALUE_NONE;
  generator->origin = origin;
  generator->hooks_finalizer = VALUE_NONE;
  generator->sent_register = generator->delegate_register = 0xffff;
  generator->state = GENERATOR_CREATED;
  generator->register_count = count;
  memcpy(generator->regs, base, count * sizeof(Value));
  if (code->range_count ||
      (function->code->co_flags & (FUNCTION_COROUTINE | FUNCTION_ASYNC_GENERATOR)))
    heap_track_finalizer(vm, &generator->h);
  assert(generator_verify(generator));
  return value_from(generator);
}

/* push: the generator's registers as a frame above the current one. NULL: raised. */
static Value *push(VM *vm, Generator *generator, uint64_t flags, uint32_t destination,
                   InsnCell *back) {
  Value *base = vm_stack_top(vm) + FRAME_HEADER;
  ThreadedCode *code = generator->function->threaded;
  if (UNLIKELY(vm->recursion_left <= 0 || base + code->frame_size > vm->stack_limit)) {
    if (vm->recursion_left <= 0 || base + code->frame_size > vm->stack_end)
      return frame_overflow(vm), NULL;
    if (trace_state.on) trace_resume(vm, generator);
  }
  generator_unpack(vm, generator, base);
  Frame *frame = (Frame *)generator->frame;
  if (frame) {
    frame_header(base)->object = frame;
    frame->base = base;
    flags |= FRAME_OBJECT;
  }
  frame_push(vm, base, vm->base ? vm->base : base, FRAME_GENERATOR | flags, destination, back);
  return base;
}

static COLD void raise_running(VM *vm, Generator *generator) {
  raise_value(vm, "%s already executing", kind_name(generator));
}

InsnCell *generator_enter(VM *vm, Generator *generator, Value sent, uint64_t flags,
                          uint32_t destination, InsnCell *return_to) {
  if (UNLIKELY(generator->state == GENERATOR_CLOSED)) return NULL;
  if (UNLIKELY(generator->state == GENERATOR_RUNNING)) return raise_running(vm, generator), NULL;
  bool created = generator->state == GENERATOR_CREATED;
  assert(generator_verify(generator));
  if (UNLIKELY(created && sent != VALUE_NONE))
    return raise_type(vm, "can't send non-None value to a just-started %s", kind_name(generator)),
           NULL;
  Value *base = push(vm, generator, flags, destination, return_to);
  if (UNLIKELY(!base)) return NULL;
  if (!created) base[generator->sent_register] = sent;
  return generator->pc;
}

/* A closed generator: STOP with None; a closed coroutine cannot be awaited twice. */
static Value resume_closed(VM *vm, Generator *generator) {
  if (generator->function->code->co_flags & FUNCTION_COROUTINE)
    return raise_error(vm, TYPE_OF(RuntimeError), "cannot reuse already awaited coroutine");
  vm->stop_value = VALUE_NONE;
  return VALUE_STOP;
}

/* resume_quickly: the frame of a suspended generator above the current one, when nothing unusual is
** the matter: push and generator_enter in one, for C code that takes many values in a row. NULL:
** the general way. perf-notes/0014 */
static inline Value *resume_quickly(VM *vm, Generator *generator, Value value) {
  if (UNLIKELY(generator->state != GENERATOR_SUSPENDED || generator->frame || vm->entry_top ||
               !vm->base || vm_c_stack_low(vm)))
    return NULL;
  const ThreadedCode *below = frame_function(vm->base)->threaded;
  if (UNLIKELY(!below || below == &threaded_stub)) return NULL;
  Value *base = vm->base + below->frame_size + FRAME_HEADER;
  if (UNLIKELY(vm->recursion_left <= 0 ||
               base + generator->function->threaded->frame_size > vm->stack_limit))
    return NULL;
  generator_unpack(vm, generator, base);
  base[generator->sent_register] = value;
  frame_push(vm, base, vm->base, FRAME_GENERATOR | FRAME_ENTRY, 0, (InsnCell *)(uintptr_t)vm->pc);
  return base;
}

Value generator_resume(VM *vm, Generator *generator, Value value) {
  Value *base = resume_quickly(vm, generator, value);
  if (LIKELY(base != NULL)) return interp_run(vm, base, generator->pc);
  if (UNLIKELY(generator->state == GENERATOR_CLOSED)) return resume_closed(vm, generator);
  if (UNLIKELY(!vm_check_c_stack(vm, ""))) return VALUE_FAIL;
  InsnCell *pc =
      generator_enter(vm, generator, value, FRAME_ENTRY, 0, (InsnCell *)(uintptr_t)vm->pc);
  return LIKELY(pc != NULL) ? interp_run(vm, vm->base, pc) : VALUE_FAIL;
}

Value generator_delegate(const Generator *generator) {
  bool at_yield = generator->state == GENERATOR_SUSPENDED || generator->delegating;
  if (!at_yield || generator->delegate_register == 0xffff) return VALUE_NONE;
  return generator->regs[generator->delegate_register];
}

/* ---- throw */
/* throw_here: the pending exception appears at the point of suspension. */
static Value throw_here(VM *vm, Generator *generator) {
  if (generator->state == GENERATOR_CLOSED) return VALUE_FAIL;
  Value exception = error_take(vm);
  Value *base = push(vm, generator, FRAME_ENTRY, 0, (InsnCell *)(uintptr_t)vm->pc);
  if (UNLIKELY(!base)) return VALUE_FAIL;
  vm->pc = insn_before(generator->pc);
  if (UNLIKELY(trace_state.entering)) {
    bool told = trace_throw(vm, base);
    if (!told) exception = error_take(vm);
  }
  /* its context is what the generator was handling */
  if (generator->exc.handled != VALUE_NONE) raise_object(vm, exception);
  else error_restore(vm, exception);
  InsnCell *pc = unwind(vm);
  return pc ? interp_run(vm, vm->base, pc) : VALUE_FAIL;
}

/* delegate_done: the inner iterator ended with vm->stop_value: the generator goes on behind its
** `yield from`. */
static Value delegate_done(VM *vm, Generator *generator) {
  /* SEND takes it as "finished with the value sent" */
  generator->regs[generator->delegate_register] = VALUE_STOP;
  return generator_resume(vm, generator, vm->stop_value);
}

static MUST_USE bool close_value(VM *vm, Value iterator);

static bool is_plain_generator(Value v) { return value_is(v, generator) || value_is(v, coroutine); }

/* delegate_begin: an exception or close() goes to the delegate, the generator counts as running
** meanwhile. shows: its frame stands between the delegate and the caller. */
static bool delegate_begin(VM *vm, Generator *generator, bool shows) {
  if (shows) {
    if (!push(vm, generator, FRAME_ENTRY, 0, (InsnCell *)(uintptr_t)vm->pc)) return false;
    vm->exc_state = generator->exc.previous;
    vm->pc = insn_before(generator->pc);
    trace_state.entering = false; /* it does not run */
  } else generator->base = NULL;
  generator->state = GENERATOR_RUNNING;
  generator->delegating = true;
  return true;
}

static void delegate_end(VM *vm, Generator *generator) {
  if (generator->base) {
    Value *base = vm->base;
    if (frame_known(base)) frame_known(base)->base = NULL;
    vm->pc = frame_header(base)->back;
    frame_leave(vm, base);
    generator->base = NULL;
  }
  generator->delegating = false;
  generator->state = GENERATOR_SUSPENDED;
}

/* The pending StopIteration is over; its value, or None if it has none, is what the iterator gave
** back. */
static void take_stop_value(VM *vm) {
  Value v = ((const StopIterationObject *)value_object(error_take(vm)))->value;
  vm->stop_value = v == VALUE_UNBOUND ? VALUE_NONE : v;
}

/* throw_to_delegate: inner.throw(exception); UNBOUND: it has no such method. */
static Value throw_to_delegate(VM *vm, Value inner, Value exception) {
  if (is_plain_generator(inner)) return generator_throw(vm, value_object(inner), exception);
  Value method = find_attribute(vm, inner, NAME("throw"));
  if (method == VALUE_UNBOUND || value_is_fail(method)) return method;
  Value result = call1(vm, method, exception);
  if (result != VALUE_FAIL || !error_is(vm, TYPE_OF(StopIteration))) return result;
  take_stop_value(vm);
  return VALUE_STOP;
}

static Value throw_into(VM *vm, Generator *generator, Value inner, Value exception) {
  bool exits = type_is_subtype(value_type(exception), TYPE_OF(GeneratorExit));
  if (!delegate_begin(vm, generator, !exits && is_plain_generator(inner))) return VALUE_FAIL;
  Value result = VALUE_UNBOUND;
  if (!exits) result = throw_to_delegate(vm, inner, exception);
  else if (!close_value(vm, inner)) result = VALUE_FAIL;
  delegate_end(vm, generator);
  if (result == VALUE_UNBOUND) error_restore(vm, exception);
  if (result == VALUE_UNBOUND || result == VALUE_FAIL) return throw_here(vm, generator);
  return result == VALUE_STOP ? delegate_done(vm, generator) : result;
}

Value generator_throw(VM *vm, Generator *generator, Value exception) {
  if (generator->state == GENERATOR_RUNNING) return raise_running(vm, generator), VALUE_FAIL;
  if (generator->state == GENERATOR_CLOSED &&
      (generator->function->code->co_flags & FUNCTION_COROUTINE))
    return raise_error(vm, TYPE_OF(RuntimeError), "cannot reuse already awaited coroutine");
  if (!vm_check_c_stack(vm, "")) return VALUE_FAIL;
  Value inner = generator_delegate(generator);
  if (inner != VALUE_NONE) return throw_into(vm, generator, inner, exception);
  error_restore(vm, exception);
  return throw_here(vm, generator);
}

/* ---- close */
static bool generator_close_now(VM *vm, Generator *generator);

static bool close_value(VM *vm, Value iterator) {
  if (is_plain_generator(iterator)) return generator_close_now(vm, value_object(iterator));
  Value method = find_attribute(vm, iterator, NAME("close"));
  if (value_is_fail(method)) { /* a broken lookup does not keep the generator from closing */
    error_unraisable(vm, NULL, iterator);
    return true;
  }
  return method == VALUE_UNBOUND || call0(vm, method) != VALUE_FAIL;
}

static bool generator_close_now(VM *vm, Generator *generator) {
  if (generator->state == GENERATOR_RUNNING) return raise_running(vm, generator), false;
  if (generator->state == GENERATOR_CLOSED) return true;
  if (generator->state == GENERATOR_CREATED) {
    frame_of_closed(vm, generator);
    generator->state = GENERATOR_CLOSED;
    return true;
  }
  if (!vm_check_c_stack(vm, "")) return false;
  Value inner = generator_delegate(generator);
  bool closed = true;
  if (inner != VALUE_NONE) {
    if (!delegate_begin(vm, generator, false)) return false;
    closed = close_value(vm, inner);
    delegate_end(vm, generator);
  }
  if (closed) raise_bare(vm, TYPE_OF(GeneratorExit));
  Value result = throw_here(vm, generator);
  if (result == VALUE_STOP) return true;
  if (result == VALUE_FAIL)
    return error_clear_if(vm, TYPE_OF(GeneratorExit)) || error_clear_if(vm, TYPE_OF(StopIteration));
  return raise_error(vm, TYPE_OF(RuntimeError), "%s ignored GeneratorExit", kind_name(generator)),
         false;
}

bool generator_close(VM *vm, Generator *generator) { return generator_close_now(vm, generator); }

/* ---- sending to anything */
static Value stop_from_exception(VM *vm) {
  if (!error_is(vm, TYPE_OF(StopIteration))) return VALUE_FAIL;
  take_stop_value(vm);
  return VALUE_STOP;
}

/* A step has ended with vm->stop_value, and no exception was made of it: who watches is told. */
static Value stop_seen(VM *vm) {
  if (UNLIKELY(trace_state.on)) {
    Value stop = vm->stop_value;
    trace_stop(vm, stop);
    vm->stop_value = stop;
  }
  return VALUE_STOP;
}

Value send_value(VM *vm, Value iterator, Value value) {
  if (iterator == VALUE_STOP) {
    vm->stop_value = value;
    return VALUE_STOP;
  }
  if (is_plain_generator(iterator)) return generator_resume(vm, value_object(iterator), value);
  if (value_is(iterator, coroutine_wrapper))
    return generator_resume(vm, value_object(((Wrapper *)value_object(iterator))->callable), value);
  if (value_is(iterator, asyncio_FutureIter)) {
    Value given = value_type(iterator)->next(vm, iterator);
    return given == VALUE_STOP ? stop_seen(vm) : given;
  }
  if (value_is(iterator, async_generator_asend) || value_is(iterator, async_generator_athrow)) {
    Value sent = async_send(vm, iterator, value);
    return sent == VALUE_STOP ? stop_seen(vm) : sent;
  }
  Type *type = value_type(iterator);
  vm->stop_value = VALUE_NONE;
  if (value == VALUE_NONE && type->next) {
    Value next = type->next(vm, iterator);
    /* not what some generator inside returned */
    if (next == VALUE_STOP) vm->stop_value = VALUE_NONE;
    return next == VALUE_FAIL ? stop_from_exception(vm) : next;
  }
  if (value == VALUE_NONE && type->specials[SPECIAL_next] != VALUE_UNBOUND) {
    Value v = call_special0(vm, type->specials[SPECIAL_next], iterator);
    return v == VALUE_FAIL ? stop_from_exception(vm) : v;
  }
  Value v = call_method1(vm, iterator, NAME("send"), value);
  return v == VALUE_FAIL ? stop_from_exception(vm) : v;
}

Value get_awaitable(VM *vm, Value v, int context) {
  if (value_is(v, coroutine)) {
    Generator *coroutine = value_object(v);
    if (generator_delegate(coroutine) != VALUE_NONE)
      return raise_error(vm, TYPE_OF(RuntimeError), "coroutine is being awaited already");
    return v;
  }
  if (value_is(v, generator) &&
      (((Generator *)value_object(v))->function->code->co_flags & FUNCTION_ITERABLE_COROUTINE))
    return v;
  Type *type = value_type(v);
  Value method = type->specials[SPECIAL_await];
  if (method == VALUE_UNBOUND) {
    if (context)
      return raise_type(
          vm, "'async with' received an object from __a%s__ that does not implement __await__: %N",
          context == 1 ? "enter" : "exit", type);
    return raise_type(vm, "object %N can't be used in 'await' expression", type);
  }
  Value iterator = call_special0(vm, method, v);
  if (value_is_fail(iterator)) return iterator;
  if (value_is(iterator, coroutine)) return raise_type(vm, "__await__() returned a coroutine");
  if (!value_type(iterator)->next && !value_has_special(iterator, SPECIAL_next))
    return raise_type(vm, "__await__() returned non-iterator of type '%T'", iterator);
  return iterator;
}

/* ---- what the methods share */
/* VALUE_STOP of a method call is StopIteration(value) */
Value generator_raise_stop(VM *vm, Value result) {
  if (result != VALUE_STOP) return result;
  if (value_is(vm->stop_value, tuple) || value_has_flag(vm->stop_value, TYPE_EXCEPTION_SUBCLASS) ||
      vm->stop_value != VALUE_NONE)
    return raise_with(vm, TYPE_OF(StopIteration), vm->stop_value);
  return raise_bare(vm, TYPE_OF(StopIteration));
}

/* throw_exception: the instance that throw(typ, val, tb) means, or VALUE_FAIL. A class that fails
** to make one: what it raised. */
Value throw_exception(VM *vm, Value type, Value value, Value traceback) {
  if (value == VALUE_MISSING) value = VALUE_NONE;
  if (traceback != VALUE_MISSING && traceback != VALUE_NONE && !value_is(traceback, traceback))
    return raise_type(vm, "throw() third argument must be a traceback object");
  Value exception;
  if (value_is_type(type) && (((Type *)value_object(type))->flags & TYPE_EXCEPTION_SUBCLASS)) {
    if (value_has_flag(value, TYPE_EXCEPTION_SUBCLASS) &&
        type_is_subtype(value_type(value), value_object(type)))
      exception = value;
    else if (value == VALUE_NONE) exception = call0(vm, type);
    else if (value_has_flag(value, TYPE_TUPLE_SUBCLASS))
      exception = call_tuple_dict(vm, type, value_object(value), NULL);
    else exception = call1(vm, type, value);
    if (!value_is_fail(exception) && !value_has_flag(exception, TYPE_EXCEPTION_SUBCLASS))
      exception =
          raise_type(vm, "calling %R should have returned an instance of BaseException, not %R",
                     type, value_from(value_type(exception)));
    if (value_is_fail(exception)) exception = error_take(vm);
  } else if (value_has_flag(type, TYPE_EXCEPTION_SUBCLASS)) {
    if (value != VALUE_NONE)
      return raise_type(vm, "instance exception may not have a separate value");
    exception = type;
  } else {
    return raise_type(
        vm, "exceptions must be classes or instances deriving from BaseException, not %T", type);
  }
  if (value_is(traceback, traceback)) {
    ((Exception *)value_object(exception))->traceback = traceback;
    heap_barrier(vm, value_object(exception), traceback);
  }
  return exception;
}

void generator_trace(Marker *marker, Object *self) {
  Generator *generator = (Generator *)self;
  mark_object(marker, generator->function);
  mark_object(marker, generator->name);
  mark_object(marker, generator->qualname);
  mark_object(marker, generator->frame);
  /* While it runs, its exception state is stored to without a barrier and marked as a root
  ** (mark_vm), not here. */
  bool is_root = generator->state == GENERATOR_RUNNING && !generator->delegating;
  if (!is_root) mark_value(marker, generator->exc.handled);
  mark_value(marker, generator->origin);
  mark_value(marker, generator->hooks_finalizer);
  if (generator_has_registers(generator)) scan_suspended(marker, generator);
}
