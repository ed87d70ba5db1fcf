/* trace.c -- telling trace and profile functions what happens. See trace.h.
** Which events there are and when: library reference, sys.settrace and sys.setprofile; order as
** CPython 3.11. */
#include "vm/interp/trace.h"

#include "vm/interp/counted.h"
#include "vm/interp/instrument.h"
#include "vm/interp/slow.h"
#include "vm/objects/exception.h"

TraceState trace_state = {.trace = VALUE_NONE, .profile = VALUE_NONE};
static int watched_threads; /* how many threads have a function set */

/* ---- switching on and off */
static bool is_watching(const TraceState *state) {
  return state->trace != VALUE_NONE || state->profile != VALUE_NONE;
}

void trace_state_init(TraceState *state) {
  *state = (TraceState){.trace = VALUE_NONE, .profile = VALUE_NONE};
}

void trace_update(VM *vm) {
  trace_state.on = trace_state.busy == 0 && is_watching(&trace_state);
  vm->stack_limit = trace_state.on || vm->poll ? vm->stack : vm->stack_end;
}

void trace_adopt(VM *vm, const TraceState *state) {
  trace_state = *state;
  if (is_watching(&trace_state)) trace_update(vm);
}

/* Has the activation a Frame with a trace function? */
static bool has_local_trace(const Value *base) {
  return frame_known(base) && frame_known(base)->trace != VALUE_NONE;
}

static void redirect_frame(VM *vm, Value *base) {
  ThreadedCode *code = frame_function(base)->threaded;
  if (!code || code == &threaded_stub || threaded_of(code, frame_pc(vm, base)) != code) return;
  redirect_code(vm, code);
}

static void install(VM *vm, Value trace, Value profile, ProfileHook hook) {
  static bool rooted;
  if (!rooted) heap_add_root(vm, &trace_state.trace), heap_add_root(vm, &trace_state.profile);
  rooted = true;
  bool before = is_watching(&trace_state);
  trace_state.trace = trace;
  trace_state.profile = profile;
  trace_state.hook = hook;
  watched_threads += is_watching(&trace_state) - before;
  for (Value *base = vm->base; base && is_watching(&trace_state); base = frame_below(base))
    if (profile != VALUE_NONE || has_local_trace(base)) redirect_frame(vm, base);
  trace_update(vm);
}

void trace_set(VM *vm, Value function) {
  install(vm, function, trace_state.profile, trace_state.hook);
}
void profile_set(VM *vm, Value function, ProfileHook hook) {
  install(vm, trace_state.trace, function, hook);
}

void trace_frame(VM *vm, Frame *frame) {
  if (frame->base && trace_state.trace != VALUE_NONE) redirect_frame(vm, frame->base);
}

/* ---- telling */
static Str *event_name(VM *vm, TraceEvent event) {
  switch (event) {
  case TRACE_CALL: return NAME("call");
  case TRACE_EXCEPTION: return NAME("exception");
  case TRACE_LINE: return NAME("line");
  case TRACE_RETURN: return NAME("return");
  case TRACE_OPCODE: return NAME("opcode");
  case TRACE_C_CALL: return NAME("c_call");
  case TRACE_C_EXCEPTION: return NAME("c_exception");
  case TRACE_C_RETURN: return NAME("c_return");
  default: panic("event %d", event);
  }
}

static TraceEvent begin_telling(VM *vm, TraceEvent event) {
  TraceEvent outer = trace_state.telling;
  trace_state.telling = event;
  trace_state.busy++;
  trace_update(vm);
  return outer;
}

static void end_telling(VM *vm, TraceEvent outer) {
  trace_state.telling = outer;
  trace_state.busy--;
  trace_update(vm);
}

/* call_function: function(frame, event, argument). The variables are what f_locals was made to
** say. */
static Value call_function(VM *vm, Value function, Frame *frame, TraceEvent event, Value argument) {
  Value stop = vm->stop_value;
  TraceEvent outer = begin_telling(vm, event);
  Value result = VALUE_NONE;
  if (frame->locals_dict) result = frame_locals(vm, frame);
  if (!value_is_fail(result))
    result = call3(vm, function, value_from(frame), value_from(event_name(vm, event)), argument);
  frame_store_locals(vm, frame);
  end_telling(vm, outer);
  vm->stop_value = stop;
  if (result == VALUE_FAIL && frame->base) traceback_add(vm, frame->base, vm->pc);
  return result;
}

/* tell_trace: an event for the local trace function (a call: for the global one). false: it raised,
** tracing is off. */
static bool tell_trace(VM *vm, Frame *frame, TraceEvent event, Value argument) {
  if (!trace_state.on || trace_state.trace == VALUE_NONE) return true;
  Value function = event == TRACE_CALL ? trace_state.trace : frame->trace;
  if (function == VALUE_NONE) return true;
  Value result = call_function(vm, function, frame, event, argument);
  if (result == VALUE_FAIL) {
    trace_set(vm, VALUE_NONE);
    frame->trace = VALUE_NONE;
    return false;
  }
  if (result != VALUE_NONE) {
    frame->trace = result;
    heap_barrier(vm, frame, result);
  }
  return true;
}

static bool tell_profile(VM *vm, Value *base, TraceEvent event, Value argument) {
  if (!trace_state.on || trace_state.profile == VALUE_NONE) return true;
  if (trace_state.hook) {
    TraceEvent outer = begin_telling(vm, event);
    bool ok = trace_state.hook(vm, trace_state.profile, base, event, argument);
    end_telling(vm, outer);
    return ok;
  }
  if (call_function(vm, trace_state.profile, frame_object(vm, base), event, argument) != VALUE_FAIL)
    return true;
  profile_set(vm, VALUE_NONE, NULL);
  return false;
}

/* Only a frame with a local trace function is told about; NULL: this one is not. */
static Frame *traced_frame(Value *base) {
  return trace_state.trace != VALUE_NONE && has_local_trace(base) ? frame_known(base) : NULL;
}

static bool tell_call(VM *vm, Value *base, int line) {
  Frame *frame =
      trace_state.trace != VALUE_NONE || !trace_state.hook ? frame_object(vm, base) : NULL;
  if (frame) frame->line_override = line;
  bool ok = !frame || tell_trace(vm, frame, TRACE_CALL, VALUE_NONE);
  if (ok) ok = tell_profile(vm, base, TRACE_CALL, VALUE_NONE);
  if (frame) frame->line_override = 0;
  return ok;
}

static bool tell_place(VM *vm, Frame *frame, TraceEvent event, Value argument);

static bool tell_return(VM *vm, Value *base, Value result) {
  Frame *frame = traced_frame(base);
  return (!frame || tell_place(vm, frame, TRACE_RETURN, result)) &&
         tell_profile(vm, base, TRACE_RETURN, result);
}

/* ---- exceptions */
void trace_exception(VM *vm, Value *base) {
  Frame *frame = traced_frame(base);
  if (!frame) return;
  Value exception = error_take(vm);
  Value traceback = ((Exception *)value_object(exception))->traceback;
  Tuple *argument = TUPLE(value_from(value_type(exception)), exception,
                          value_is_pointer(traceback) ? traceback : VALUE_NONE);
  if (argument && tell_trace(vm, frame, TRACE_EXCEPTION, value_from(argument)))
    error_restore(vm, exception);
}

void trace_stop(VM *vm, Value result) {
  Frame *frame = traced_frame(vm->base);
  if (!frame) return;
  (void)!raise_stop(vm, result);
  trace_exception(vm, vm->base);
  error_clear(vm); /* also what the trace function raised */
}

void trace_unwound(VM *vm, Value *base) {
  Value exception = error_take(vm);
  if (tell_return(vm, base, VALUE_NONE)) error_restore(vm, exception);
}

/* ---- entering */
/* line_at: of the instruction; one without a line goes on with the line before. */
static int line_at(const ThreadedCode *code, int32_t insn) {
  while (insn >= 0 && !code->lines[insn]) insn--;
  return insn < 0 ? 0 : code->lines[insn];
}

static void set_place(Value *base, const ThreadedCode *code, int32_t insn) {
  Frame *frame = frame_known(base);
  if (!frame) return;
  frame->traced = insn;
  frame->traced_line = line_at(code, insn);
}

enum { MAKES_GENERATOR = FUNCTION_GENERATOR | FUNCTION_COROUTINE | FUNCTION_ASYNC_GENERATOR };

ThreadedCode *trace_enter(VM *vm, Function *function, ThreadedCode *plain) {
  if (function->code->fn.flags & MAKES_GENERATOR) return plain; /* nobody is told of the making */
  ThreadedCode *code = instrumented_code(vm, plain);
  if (code) trace_state.entering = true;
  return code;
}

void trace_resume(VM *vm, Generator *generator) {
  ThreadedCode *plain = generator->function->threaded, *now = threaded_of(plain, generator->pc),
               *code = instrumented_code(vm, plain);
  if (!code) {
    error_clear(vm);
    return;
  }
  Frame *frame = (Frame *)generator->frame;
  uint32_t insn = code_place(now, generator->pc);
  if (frame && frame->jump >= 0) { /* f_lineno was set when it yielded */
    insn = (uint32_t)frame->jump;
    frame->jump = -1;
  }
  generator->pc = code_cell(code, insn);
  trace_state.entering = true;
}

/* The line of the yield; the first line of a function that starts. previous: the instruction
** before, -1: none. */
static int line_of_entry(const ThreadedCode *code, int32_t previous) {
  int line = line_at(code, previous);
  return line ? line : code->code->first_line;
}

static int32_t previous_at_entry(Value *base, uint32_t insn) {
  if (!frame_has(base, FRAME_GENERATOR) || insn == 0) return -1;
  const ThreadedCode *code = frame_function(base)->threaded->twin;
  return code->code->fn.code[code->offsets[insn - 1]] == OP_GENERATOR_START ? -1
                                                                            : (int32_t)insn - 1;
}

bool trace_throw(VM *vm, Value *base) {
  const ThreadedCode *code = frame_function(base)->threaded->twin;
  trace_state.entering = false;
  int32_t previous = (int32_t)threaded_insn(code, vm->pc);
  set_place(base, code, previous);
  if (tell_call(vm, base, line_of_entry(code, previous))) return true;
  trace_state.leaving = base;
  return false;
}

/* ---- instructions */
/* plain_place: where the frame goes on unwatched; NULL: it stays, the plain code is redirected for
** other frames. */
static InsnCell *plain_place(ThreadedCode *plain, uint32_t insn) {
  if (plain->redirected && watched_threads) return NULL;
  restore_code(plain);
  return code_cell(plain, insn);
}

InsnCell *trace_switch(VM *vm, Value *base, InsnCell *pc) {
  ThreadedCode *plain = frame_function(base)->threaded;
  if (!watched_threads) {
    restore_code(plain);
    return pc;
  }
  uint32_t insn = code_place(plain, pc);
  set_place(base, plain->twin, (int32_t)insn - 1);
  return code_cell(plain->twin, insn);
}

/* An instruction is about to read a local without a value, which the compiler had ruled out. */
static COLD bool check_operands(VM *vm, Value *base, const uint8_t *at) {
  const ImageFunction *fn = &frame_function(base)->code->fn;
  Insn decoded, *insn = &decoded;
  op_decode(at, insn);
  if (insn->op == OP_CHECK_LOCAL || insn->op == OP_CHECK_OUTER || insn->op == OP_DELETE_LOCAL)
    return true;
  for (int i = 0; i < op_info[insn->op].operand_count; i++) {
    uint32_t r = (uint32_t)insn->operand[i];
    if (op_info[insn->op].operands[i].kind != OPERAND_IN || r >= function_near_locals(fn) ||
        base[r] != VALUE_UNBOUND)
      continue;
    Str *name = code_varname(vm, frame_function(base)->code, (int)r);
    if (!name) return false;
    raise_error(vm, TYPE_OF(UnboundLocalError),
                "cannot access local variable '%U' where it is not associated with a value", name);
    return false;
  }
  return true;
}

/* tell_place: an event that may end with an assignment to f_lineno: frame->jump is set then. */
static bool tell_place(VM *vm, Frame *frame, TraceEvent event, Value argument) {
  Frame *outer = trace_state.place;
  frame->jump = -1;
  trace_state.place = frame;
  bool told = tell_trace(vm, frame, event, argument);
  trace_state.place = outer;
  return told;
}

/* tell_line: line and opcode events before instruction *insn, which an assignment to f_lineno may
** change. */
static bool tell_line(VM *vm, Frame *frame, const ThreadedCode *code, uint32_t *insn) {
  int32_t previous = frame->traced, now = (int32_t)*insn;
  frame->traced = now;
  int line = code->lines[now], outer = frame->traced_line;
  if (line) frame->traced_line = line;
  const uint8_t *ops = code->code->fn.code;
  bool back = now <= previous && ops[code->offsets[now]] != OP_SEND;
  if (frame->trace_lines && line && (previous < 0 || line != outer || back)) {
    if (!tell_place(vm, frame, TRACE_LINE, VALUE_NONE)) return false;
    if (frame->jump >= 0) {
      *insn = (uint32_t)(frame->traced = frame->jump);
      frame->jump = -1;
      frame->traced_line = line_at(code, frame->traced);
      vm->pc = &code->cells[code->starts[*insn]];
    }
  }
  return !frame->trace_opcodes || tell_trace(vm, frame, TRACE_OPCODE, VALUE_NONE);
}

/* native_shown: what c_call tells of calling `callee` with this first argument; UNBOUND: nothing,
** it is not a native function. receiver: what LOAD_METHOD left: of a class method its class. */
static Value native_shown(VM *vm, Value callee, Value receiver, Value first) {
  if (value_is(callee, builtin_function_or_method)) return callee;
  bool is_bound = value_is(callee, classmethod_descriptor) && receiver != VALUE_UNBOUND;
  if (is_bound) return descriptor_get(vm, callee, VALUE_NONE, value_object(receiver));
  if (!value_is(callee, method_descriptor) || first == VALUE_UNBOUND) return VALUE_UNBOUND;
  return descriptor_get(vm, callee, first, value_type(first));
}

/* perform_call: what the call instruction does, any of the five. window: the callee, then its
** arguments. */
static Value perform_call(VM *vm, Value *base, const Insn_CALL_KW *call, int op, Value *window,
                          uint32_t argc) {
  if (op == OP_CALL_EX) return slow_call_ex(vm, &base[call->base + 1]);
  Tuple *names = op == OP_CALL_KW || op == OP_CALL_METHOD_KW ? value_object(call->names) : NULL;
  return slow_call(vm, window[0], window + 1, (int)(argc - (names ? tuple_length(names) : 0)),
                   names);
}

/* profile_call: a call of a native function is made here, between its events. 1: made, 0: not one,
** -1: raised. */
static Answer profile_call(VM *vm, Value *base, const Insn_CALL_KW *call, int op) {
  Value *window = &base[call->base], first = VALUE_UNBOUND, spread[300];
  Value receiver = VALUE_UNBOUND;
  uint32_t argc = op == OP_CALL_EX ? 0 : call->argc;
  if (op == OP_CALL_EX) {
    if (value_is(window[1], tuple) && tuple_length(value_object(window[1])))
      first = ((Tuple *)value_object(window[1]))->items[0];
  } else if (op == OP_CALL_METHOD || op == OP_CALL_METHOD_KW) {
    receiver = window[1];
    if (receiver != VALUE_UNBOUND) argc++;
    else if (argc + 1 > ARRAY_COUNT(spread)) return ANSWER_NO;
    else {
      spread[0] = window[0];
      memcpy(spread + 1, window + 2, argc * sizeof(Value));
      window = spread;
    }
  }
  if (op != OP_CALL_EX && argc) first = window[1];
  Value shown = native_shown(vm, window[0], receiver, first);
  if (shown == VALUE_UNBOUND) return ANSWER_NO;
  if (shown == VALUE_FAIL || !tell_profile(vm, base, TRACE_C_CALL, shown)) return ANSWER_FAILED;
  Value result = perform_call(vm, base, call, op, window, argc);
  if (result == VALUE_FAIL) {
    Value exception = error_take(vm);
    if (tell_profile(vm, base, TRACE_C_EXCEPTION, shown)) error_restore(vm, exception);
    return ANSWER_FAILED;
  }
  if (!tell_profile(vm, base, TRACE_C_RETURN, shown)) return ANSWER_FAILED;
  base[call->to] = result;
  return ANSWER_YES;
}

static bool told_return(VM *vm, Value *base, int line, Value result) {
  Frame *frame = traced_frame(base);
  if (frame && !line) frame->line_override = frame->traced_line;
  bool told = tell_return(vm, base, result);
  if (frame) frame->line_override = 0;
  if (!told) trace_state.leaving = base;
  return told;
}

/* tell_instruction: events that belong to the instruction itself. The cell to go on at; NULL:
** raised. */
static InsnCell *tell_instruction(VM *vm, Value *base, ThreadedCode *code, uint32_t i, int op) {
  InsnCell *cell = code_cell(code, i) + 1;
  switch (op) {
  case OP_RETURN:
    return told_return(vm, base, code->lines[i], base[((Insn_RETURN *)cell)->value]) ? cell : NULL;
  case OP_RETURN_NONE: return told_return(vm, base, code->lines[i], VALUE_NONE) ? cell : NULL;
  case OP_YIELD:
  case OP_YIELD_DELEGATE:
    return told_return(vm, base, code->lines[i], base[((Insn_YIELD *)cell)->value]) ? cell : NULL;
  case OP_CALL:
  case OP_CALL_KW:
  case OP_CALL_METHOD:
  case OP_CALL_METHOD_KW:
  case OP_CALL_EX: {
    bool profiled = trace_state.on && trace_state.profile != VALUE_NONE;
    Answer made = profiled ? profile_call(vm, base, (Insn_CALL_KW *)cell, op) : ANSWER_NO;
    if (made == ANSWER_FAILED) return NULL;
    return made ? code_cell(code, i + 1) : cell;
  }
  default: return cell;
  }
}

InsnCell *trace_instruction(VM *vm, Value *base, InsnCell *pc) {
  ThreadedCode *plain = frame_function(base)->threaded, *code = plain->twin;
  uint32_t i = ((TraceCell *)pc)->insn;
  if (trace_state.entering) {
    trace_state.entering = false;
    int32_t previous = previous_at_entry(base, i);
    if (!tell_call(vm, base, line_of_entry(code, previous))) return NULL;
    set_place(base, code, previous);
  }
  Frame *frame = traced_frame(base);
  bool unchecked = frame_known(base) && frame_known(base)->unchecked;
  if (!trace_state.on || (!frame && trace_state.profile == VALUE_NONE)) {
    InsnCell *at = unchecked ? NULL : plain_place(plain, i);
    if (at) return at;
  }
  if (UNLIKELY(code->counters != NULL)) count_traced(code, i);
  if (frame && trace_state.on && !tell_line(vm, frame, code, &i)) return NULL;
  const uint8_t *at = code->code->fn.code + code->offsets[i];
  if (unchecked && !check_operands(vm, base, at)) return NULL;
  return trace_state.on ? tell_instruction(vm, base, code, i, *at) : code_cell(code, i) + 1;
}
