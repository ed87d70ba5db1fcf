/* unwind.c -- exceptions on their way: traceback entries, handlers, frames left.
** Law: on return vm->base is the frame that goes on, with the exception in its register and not
** pending any more; or the entry frame is gone (NULL) and the exception still pending. */
#include "vm/interp/counted.h"
#include "vm/interp/interp_verify.h"
#include "vm/interp/slow.h"
#include "vm/interp/trace.h"
#include "vm/objects/exception.h"

static void add_entry(VM *vm, Exception *exception, Value *base, const InsnCell *pc) {
  Frame *frame = frame_for_traceback(vm, base, exception_unseen(value_from(exception)));
  Traceback *entry = heap_new_zeroed(vm, SHAPE_OF(traceback), sizeof(Traceback));
  entry->next = value_is_pointer(exception->traceback) ? value_object(exception->traceback) : NULL;
  entry->frame = &frame->h;
  entry->lasti = 2 * (int32_t)threaded_offset(frame->function->threaded, pc);
  exception->traceback = value_from(entry);
  heap_barrier_object(vm, exception, entry);
}

void traceback_add(VM *vm, Value *base, const InsnCell *pc) {
  add_entry(vm, value_object(vm->exception), base, pc);
}

void traceback_begin(VM *vm, Value exception) {
  Exception *e = value_object(exception);
  if (!value_is_pointer(e->traceback) && running_function(vm)) add_entry(vm, e, vm->base, vm->pc);
}

static const ThreadedRange *find_handler(const ThreadedCode *code, const InsnCell *pc) {
  uint32_t at = (uint32_t)(pc - code->cells), low = 0, high = code->range_count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    const ThreadedRange *range = &code->ranges[middle];
    if (at < range->start) high = middle;
    else if (at >= range->end) low = middle + 1;
    else return range;
  }
  return NULL;
}

bool unwind_is_caught(const Generator *generator) {
  const InsnCell *at = insn_before(generator->pc);
  return find_handler(threaded_of(generator->function->threaded, at), at) != NULL;
}

/* PEP 479: StopIteration must not leave a generator as itself. */
static void convert_stop(VM *vm, Generator *generator) {
  Type *type = value_type(vm->exception);
  uint32_t flags = generator->function->code->co_flags;
  const char *kind = flags & FUNCTION_ASYNC_GENERATOR ? "async generator"
                     : flags & FUNCTION_COROUTINE     ? "coroutine"
                                                      : "generator";
  bool stop = type_is_subtype(type, TYPE_OF(StopIteration));
  bool async_stop =
      (flags & FUNCTION_ASYNC_GENERATOR) && type_is_subtype(type, TYPE_OF(StopAsyncIteration));
  if (!stop && !async_stop) return;
  Value cause = error_take(vm);
  raise_from(vm, TYPE_OF(RuntimeError), cause, "%s raised %s", kind,
             stop ? "StopIteration" : "StopAsyncIteration");
  ((Exception *)value_object(vm->exception))->context = cause;
  heap_barrier(vm, value_object(vm->exception), cause);
}

/* Its frame is gone */
static void generator_finish(VM *vm, Generator *generator) {
  generator->state = GENERATOR_CLOSED;
  generator->base = NULL;
  vm->exc_state = generator->exc.previous;
  generator->exc.handled = VALUE_NONE;
  memset(generator->regs, 0, generator->register_count * sizeof(Value));
}

/* leave_frame: leaves the frame at vm->base. true: it was an entry frame. */
static bool leave_frame(VM *vm) {
  Value *base = vm->base;
  assert(frame_verify(vm, base));
  if (frame_known(base)) frame_detach(vm, base);
  bool is_entry = frame_has(base, FRAME_ENTRY);
  Generator *generator = frame_has(base, FRAME_GENERATOR) ? frame_generator(base) : NULL;
  if (generator) generator_finish(vm, generator);
  vm->pc = frame_caller_insn(base);
  frame_leave(vm, base);
  if (generator) convert_stop(vm, generator);
  return is_entry;
}

/* raised_before: the frame, if the newest traceback entry of the pending exception is its own. */
static Frame *raised_before(VM *vm, Value *base) {
  Value traceback = ((Exception *)value_object(vm->exception))->traceback;
  Frame *frame = frame_known(base);
  if (!frame || !value_is(traceback, traceback)) return NULL;
  return ((Traceback *)value_object(traceback))->frame == &frame->h ? frame : NULL;
}

InsnCell *unwind(VM *vm) {
  assert(error_pending(vm));
  for (;;) {
    Value *base = vm->base;
    const InsnCell *pc = vm->pc;
    ThreadedCode *code = threaded_of(frame_function(base)->threaded, pc);
    bool reraised = vm->reraise;
    bool leaving = UNLIKELY(trace_state.leaving == base);
    if (UNLIKELY(count_hook != NULL))
      count_hook->left(vm, frame_function(base)->threaded, threaded_insn(code, pc));
    if (leaving) trace_state.leaving = NULL;
    else if (vm->reraise) vm->reraise = false;
    else {
      traceback_add(vm, base, pc);
      if (UNLIKELY(trace_state.on)) trace_exception(vm, base);
    }
    const ThreadedRange *range = leaving ? NULL : find_handler(code, pc);
    if (range) {
      assert(range->reg < code->register_count && range->target < code->cell_count);
      InsnCell *target = &code->cells[range->target];
      if (!range->is_quiet) exception_see(vm->exception);
      base[range->reg] = vm->exception;
      error_clear(vm);
      if (LIKELY(target > pc || !vm->poll)) return target;
      vm->pc = target; /* code of no compiler: a loop of which handlers are the way back */
      if (interp_poll(vm)) return target;
      continue;
    }
    /* f_lineno stays where it was raised, unless a clause says where it ends */
    Frame *frame = reraised && !code_line(code->code, threaded_offset(code, pc))
                       ? raised_before(vm, base)
                       : NULL;
    uint32_t raised_at =
        frame ? (uint32_t)((Traceback *)value_object(
                               ((Exception *)value_object(vm->exception))->traceback))
                        ->lasti /
                    2
              : 0;
    if (UNLIKELY(trace_state.on) && !leaving) {
      if (frame) frame->line_override = code_line(code->code, raised_at);
      trace_unwound(vm, base);
      if (frame) frame->line_override = 0;
    }
    bool ended = leave_frame(vm);
    if (frame) frame->lasti = raised_at;
    assert(error_pending(vm)); /* it travels on */
    if (ended) return NULL;
  }
}

/* ---- frames that end with a value and need attention */
InsnCell *return_slow(VM *vm, Value result, Value *leaving) {
  Value *base = vm->base;
  assert(frame_verify(vm, base) && !error_pending(vm));
  uint64_t link = frame_header(base)->link;
  InsnCell *back = frame_header(base)->back;
  if (link & FRAME_INIT) {
    if (result != VALUE_NONE) {
      raise_type(vm, "__init__() should return None, not '%T'", result);
      *leaving = VALUE_FAIL;
      return NULL; /* the frame is still there: its error */
    }
    result = frame_header(base)->extra;
  }
  if (link & FRAME_OBJECT) frame_detach(vm, base);
  Value *caller = frame_leave(vm, base);
  bool finished = (link & FRAME_GENERATOR) != 0; /* else a function, or the start of a generator */
  if (finished) generator_finish(vm, frame_generator(base));
  if (link & FRAME_ENTRY) {
    vm->pc = back;
    if (finished) vm->stop_value = result;
    *leaving = finished ? VALUE_STOP : result;
    return NULL;
  }
  if (UNLIKELY(trace_state.on) && (link & (FRAME_FOR_ITER | FRAME_SEND)) &&
      (result != VALUE_NONE || (frame_function(base)->code->co_flags & FUNCTION_COROUTINE))) {
    vm->pc = back;
    trace_stop(vm, result);
  }
  if (link & FRAME_FOR_ITER) return JUMP_TARGET((Insn_FOR_ITER *)back, exit);
  caller[link_destination(link)] = result;
  if (link & FRAME_SEND) return JUMP_TARGET((Insn_SEND *)back, done);
  return back;
}

InsnCell *yield_slow(VM *vm, Value result, Value *leaving, InsnCell *resume_at,
                     uint32_t sent_register, uint32_t delegate) {
  Value *base = vm->base;
  assert(frame_has(base, FRAME_GENERATOR));
  Generator *generator = frame_generator(base);
  if (delegate == 0xffff && (generator->function->code->co_flags & FUNCTION_ASYNC_GENERATOR)) {
    result = async_wrap(vm, result);
    if (value_is_fail(result)) return *leaving = result, NULL;
  }
  uint64_t link = frame_header(base)->link;
  InsnCell *back = frame_header(base)->back;
  generator_pack(vm, generator, base, resume_at, sent_register, delegate);
  assert(generator_verify(generator));
  if (frame_known(base)) frame_known(base)->base = NULL;
  Value *caller = frame_leave(vm, base);
  if (link & FRAME_ENTRY) {
    vm->pc = back;
    *leaving = result;
    return NULL;
  }
  caller[link_destination(link)] = result;
  return back + (link & FRAME_FOR_ITER ? CELLS_FOR_ITER : CELLS_SEND);
}
