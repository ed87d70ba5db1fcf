/* frame.c -- frames as Python sees them, binding of arguments, running code from C.
** Law: an activation has at most one Frame; FRAME_OBJECT says that its header names it. */
#include "vm/interp/frame.h"
#include "vm/interp/interp_verify.h"

#include "vm/interp/slow.h"
#include "vm/interp/trace.h"

const InsnCell *frame_pc(VM *vm, Value *base) {
  /* walk from the newest activation: each header says where its caller goes on */
  StackTop top = thread_top_of(vm, base);
  Value *at = top.base;
  const InsnCell *pc = top.pc;
  while (at && at != base) {
    pc = frame_caller_insn(at);
    at = frame_below(at);
  }
  return at ? pc : frame_function(base)->threaded->cells; /* its thread was lost in a fork */
}

Value *vm_stack_top(VM *vm) { return frame_stack_top(vm); }

/* frame_new: the only place where Frames are made; generator: whose frame it is, or NULL. */
static Frame *frame_new(VM *vm, Function *function, Generator *generator) {
  Frame *frame = heap_new_zeroed(vm, SHAPE_OF(frame), sizeof(Frame));
  frame->function = function;
  frame->trace = VALUE_NONE;
  frame->trace_lines = true;
  frame->traced = frame->jump = -1;
  if (!generator) return frame;
  frame->generator = generator;
  generator->frame = &frame->h;
  heap_barrier_object(vm, generator, frame);
  return frame;
}

Frame *frame_for_traceback(VM *vm, Value *base, uint32_t unseen) {
  Frame *known = frame_known(base);
  if (known) {
    if (known->made_for == FRAME_FORGOTTEN) known->made_for = unseen;
    else if (known->made_for != unseen) known->made_for = 0;
    return known;
  }
  Generator *generator = frame_has(base, FRAME_GENERATOR) ? frame_generator(base) : NULL;
  Frame *frame = frame_new(vm, frame_function(base), generator);
  FrameHeader *header = frame_header(base);
  frame->base = base;
  frame->made_for = generator ? 0 : unseen;
  header->object = frame;
  header->link |= FRAME_OBJECT;
  return frame;
}

Frame *frame_object(VM *vm, Value *base) { return frame_for_traceback(vm, base, 0); }

void frame_forget(Value *base, Value exception, bool goes_on) {
  Frame *frame = frame_known(base);
  if (!frame->made_for) return;
  bool is_its_own = value_is_pointer(exception) && exception_unseen(exception) == frame->made_for;
  frame->made_for = is_its_own && !goes_on ? FRAME_FORGOTTEN : 0;
}

Frame *frame_of_generator(VM *vm, Generator *generator) {
  if (generator->state == GENERATOR_RUNNING && generator->base)
    return frame_object(vm, generator->base);
  return generator->frame ? (Frame *)generator->frame
                          : frame_new(vm, generator->function, generator);
}

/* keep_locals: the frame's own copy of what has a name in these registers: temporaries hold
** leftovers, which may point to cells long freed. */
static void keep_locals(VM *vm, Frame *frame, const Value *registers) {
  const ImageFunction *fn = &frame->function->code->fn;
  size_t count = fn->flags & FUNCTION_NAMESPACE ? 1 : code_named_registers(frame->function->code);
  ValueArray *locals = value_array_new(vm, count ? count : 1);
  if (locals) memcpy(locals->items, registers, count * sizeof(Value));
  frame->locals = locals;
  heap_barrier_any(vm, frame);
}

void frame_of_closed(VM *vm, Generator *generator) {
  if (generator->frame) keep_locals(vm, (Frame *)generator->frame, generator->regs);
}

void frame_detach(VM *vm, Value *base) {
  Frame *frame = frame_known(base);
  if (frame->made_for == FRAME_FORGOTTEN) {
    frame->base = NULL;
    return;
  }
  frame->lasti = threaded_offset(frame->function->threaded, frame_pc(vm, base));
  keep_locals(vm, frame, base);
  Value *caller = frame_below(base);
  if (caller && !frame->generator)
    frame->back = &frame_for_traceback(vm, caller, frame->made_for)->h;
  frame->base = NULL;
  heap_barrier_any(vm, frame);
}

Frame *frame_current(VM *vm, int depth) { return frame_above(vm, vm->base, depth); }

Frame *frame_above(VM *vm, Value *base, int depth) {
  while (base && depth-- > 0) base = frame_below(base);
  return base ? frame_object(vm, base) : NULL;
}

Frame *frame_back(VM *vm, Frame *frame) {
  if (!frame->base) return (Frame *)frame->back;
  Value *caller = frame_below(frame->base);
  return caller ? frame_object(vm, caller) : NULL;
}

uint32_t frame_lasti(VM *vm, Frame *frame) {
  if (frame->base) return threaded_offset(frame->function->threaded, frame_pc(vm, frame->base));
  if (frame->generator && frame->generator->state != GENERATOR_CREATED &&
      generator_has_registers(frame->generator))
    return threaded_offset(frame->function->threaded, insn_before(frame->generator->pc));
  return frame->lasti;
}

int frame_line(VM *vm, Frame *frame) {
  if (frame->line_override) return frame->line_override;
  if (frame->jump >= 0) return frame->function->threaded->twin->lines[frame->jump];
  if (frame->generator && frame->generator->state == GENERATOR_CREATED)
    return frame->function->code->first_line;
  uint32_t offset = frame_lasti(vm, frame);
  int line = code_line(frame->function->code, offset);
  /* the end of a function: the line before */
  while (!line && offset > 0) line = code_line(frame->function->code, --offset);
  return line;
}

Function *frame_runs(const Frame *frame) { return frame->function; }
Dict *frame_globals(Frame *frame) { return frame->function->globals; }

/* where the registers of the frame are now; NULL: gone */
static Value *frame_registers(Frame *frame) {
  if (frame->base) return frame->base;
  if (frame->generator && generator_has_registers(frame->generator)) return frame->generator->regs;
  return frame->locals ? frame->locals->items : NULL;
}

static bool show_local(VM *vm, Dict *dict, Str *name, Value v) {
  if (name->length && str_at(name, 0) == '.') return true;
  if (value_is(v, cell)) v = ((Cell *)value_object(v))->value;
  if (v == VALUE_UNBOUND) return dict_remove_str(vm, dict, name), true;
  return dict_set_str(vm, dict, name, v);
}

/* far_variables: the dict of the variables that are not in registers; NULL: the function has none,
** or has not made it yet. */
static Dict *far_variables(const Code *code, const Value *registers) {
  if (!(code->fn.flags & FUNCTION_FAR) || !value_is(registers[FAR_FROM], dict)) return NULL;
  return value_object(registers[FAR_FROM]);
}

/* variable_value: of the variable numbered i: what is in its register, or in the dict. */
static Value variable_value(VM *vm, const Code *code, const Value *registers, uint32_t i,
                            Str *name) {
  if (LIKELY(i < FAR_FROM || !(code->fn.flags & FUNCTION_FAR))) return registers[i];
  Dict *far = far_variables(code, registers);
  return far ? dict_get_str(vm, far, name) : VALUE_UNBOUND;
}

Value frame_locals(VM *vm, Frame *frame) {
  Code *code = frame->function->code;
  Value *registers = frame_registers(frame);
  if (code->fn.flags & FUNCTION_NAMESPACE)
    return registers ? registers[0] : value_from(dict_new(vm));
  if (!frame->locals_dict) {
    frame->locals_dict = dict_new(vm);
    heap_barrier_object(vm, frame, frame->locals_dict);
  }
  Dict *dict = frame->locals_dict;
  if (!registers) return value_from(dict);
  Tuple *names = code_varnames(vm, code);
  if (!names) return VALUE_FAIL;
  for (size_t i = 0; i < tuple_length(names); i++)
    if (!show_local(
            vm, dict, value_object(names->items[i]),
            variable_value(vm, code, registers, (uint32_t)i, value_object(names->items[i]))))
      return VALUE_FAIL;
  Tuple *cells = code_cellvars(vm, code);
  if (!cells) return VALUE_FAIL;
  for (uint32_t i = 0; i < code->fn.cell_count; i++) {
    Str *name = value_object(cells->items[i]);
    if (!show_local(
            vm, dict, name,
            variable_value(vm, code, registers, function_cell_register(&code->fn, i), name)))
      return VALUE_FAIL;
  }
  Tuple *free = code_freevars(vm, code);
  if (!free) return VALUE_FAIL;
  for (size_t i = 0; frame->function->closure && i < tuple_length(free); i++)
    if (!show_local(vm, dict, value_object(free->items[i]), frame->function->closure->items[i]))
      return VALUE_FAIL;
  return value_from(dict);
}

static void store_local(VM *vm, Frame *frame, Value *slot, bool is_cell, Str *name) {
  Value v = dict_get_str(vm, frame->locals_dict, name);
  if (is_cell && value_is(*slot, cell)) {
    Cell *cell = value_object(*slot);
    if (v != VALUE_UNBOUND || frame->base) cell->value = v, heap_barrier(vm, cell, v);
    return;
  }
  if (v == VALUE_UNBOUND && *slot != VALUE_UNBOUND) frame->unchecked = true;
  *slot = v;
}

/* store_far: a variable of the dict becomes what f_locals says. */
static void store_far(VM *vm, Frame *frame, Str *name) {
  Dict *far = far_variables(frame->function->code, frame->base);
  if (!far) return;
  Value slot = dict_get_str(vm, far, name);
  store_local(vm, frame, &slot, true, name);
  if (slot == VALUE_UNBOUND) dict_remove_str(vm, far, name);
  /* no memory: the variable keeps its value */
  else if (!dict_set_str(vm, far, name, slot)) error_clear(vm);
}

void frame_store_locals(VM *vm, Frame *frame) {
  Code *code = frame->function->code;
  if (!frame->locals_dict || !frame->base || (code->fn.flags & FUNCTION_NAMESPACE)) return;
  Tuple *names = code_varnames(vm, code), *cells = code_cellvars(vm, code),
        *free = code_freevars(vm, code);
  if (!names || !cells || !free) return;
  uint64_t is_cell[REGISTER_MAX / 64 + 1] = {0};
  bool is_far = code->fn.flags & FUNCTION_FAR;
  for (uint32_t i = 0; i < code->fn.cell_count; i++) {
    uint32_t r = function_cell_register(&code->fn, i);
    if (is_far && r >= FAR_FROM) {
      store_far(vm, frame, value_object(cells->items[i]));
      continue;
    }
    is_cell[r / 64] |= UINT64_C(1) << (r % 64);
    store_local(vm, frame, &frame->base[r], true, value_object(cells->items[i]));
  }
  for (size_t i = 0; i < tuple_length(names); i++) {
    Str *name = value_object(names->items[i]);
    if (is_far && i >= FAR_FROM) {
      store_far(vm, frame, name);
      continue;
    }
    if (!(is_cell[i / 64] >> (i % 64) & 1) && !(name->length && str_at(name, 0) == '.'))
      store_local(vm, frame, &frame->base[i], false, name);
  }
  for (size_t i = 0; frame->function->closure && i < tuple_length(free); i++)
    store_local(vm, frame, &frame->function->closure->items[i], true, value_object(free->items[i]));
}

/* ---- running from C */
bool frame_overflow(VM *vm) {
  if (vm->recursion_left > 0)
    return raise_error(vm, TYPE_OF(MemoryError), "value stack exhausted"), false;
  vm->recursion_left += 50; /* room for the handlers of this very exception */
  raise_error(vm, TYPE_OF(RecursionError), "maximum recursion depth exceeded");
  vm->recursion_left -= 50;
  return false;
}

/* push_entry: a frame that returns to C. */
static void push_entry(VM *vm, Value *base, Value function) {
  frame_header(base)->function = function;
  frame_push(vm, base, vm->base ? vm->base : base, FRAME_ENTRY, 0, (InsnCell *)(uintptr_t)vm->pc);
}

/* run_bound: what run_function does when arguments need binding, or something wants attention; self
** UNBOUND: none. */
static NOINLINE Value run_bound(VM *vm, Function *function, Value self, const Value *args, int npos,
                                Tuple *kwnames) {
  if (UNLIKELY(!vm_check_c_stack(vm, "while calling a Python object"))) return VALUE_FAIL;
  /* before there is a window to spoil */
  if (UNLIKELY(vm->stack_limit != vm->stack_end) && !interp_poll(vm)) return VALUE_FAIL;
  Value *base = frame_stack_top(vm) + FRAME_HEADER;
  int first = self != VALUE_UNBOUND,
      total = first + npos + (kwnames ? (int)tuple_length(kwnames) : 0);
  if (UNLIKELY(base + total + FRAME_SLACK > vm->stack_end)) return frame_overflow(vm), VALUE_FAIL;
  if (first) base[0] = self;
  if (total > first) memcpy(base + first, args, (size_t)(total - first) * sizeof(Value));
  /* Binding may collect: the window must be seen, and what runs meanwhile must stay above it. */
  Value *outer = vm->entry_top;
  vm->entry_top = base + total;
  *frame_header(base) = (FrameHeader){0}; /* no leftovers in what is scanned whole */
  frame_header(base)->function = value_from(function);
  ThreadedCode *code = enter_polled(vm, function, base, first + npos, kwnames);
  vm->entry_top = NULL;
  Value result = VALUE_FAIL;
  if (UNLIKELY(vm->stack_limit != vm->stack_end) && code && trace_state.on)
    code = trace_enter(vm, function, code);
  if (LIKELY(code != NULL)) {
    push_entry(vm, base, frame_header(base)->function);
    result = interp_run(vm, base, code->cells);
  }
  vm->entry_top = outer;
  return result;
}

/* The common case: as many arguments as parameters, nothing pending: the frame is made here,
** without a second copy. */
static inline Value run_quick(VM *vm, Function *function, Value self, const Value *args, int npos,
                              Tuple *kwnames) {
  const ThreadedCode *code = function->threaded;
  int first = self != VALUE_UNBOUND;
  Value *base = frame_stack_top(vm) + FRAME_HEADER;
  if (UNLIKELY(!code || code->fast_argc != first + npos || kwnames ||
               base + code->frame_size > vm->stack_limit || vm->recursion_left <= 0 ||
               vm_c_stack_low(vm)))
    return run_bound(vm, function, self, args, npos, kwnames);
  if (first) base[0] = self;
  for (int i = 0; i < npos; i++) base[first + i] = args[i];
  for (uint32_t i = code->clear_from; i < code->clear_to; i++) base[i] = VALUE_UNBOUND;
  Value *outer = vm->entry_top;
  vm->entry_top = NULL;
  push_entry(vm, base, value_from(function));
  Value result = interp_run(vm, base, (InsnCell *)code->cells);
  vm->entry_top = outer;
  return result;
}

Value run_function(VM *vm, Function *function, const Value *args, int npos, Tuple *kwnames) {
  return run_quick(vm, function, VALUE_UNBOUND, args, npos, kwnames);
}

Value run_method(VM *vm, Function *function, Value self, const Value *args, int npos,
                 Tuple *kwnames) {
  return run_quick(vm, function, self, args, npos, kwnames);
}

static Function *function_of(VM *vm, Code *code, Dict *globals, Tuple *closure) {
  Function *function = function_new(vm, code, globals);
  if (!function) return NULL;
  function->closure = closure;
  heap_barrier_object(vm, function, closure);
  return function;
}

/* run: a function that nobody else calls, of module-like code as a rule. */
MAY_RUN static Value run(VM *vm, Function *function, Value locals) {
  Code *code = function->code;
  if (!(code->fn.flags & FUNCTION_NAMESPACE)) return run_function(vm, function, NULL, 0, NULL);
  if (UNLIKELY(!vm_check_c_stack(vm, "while running code"))) return VALUE_FAIL;
  /* a statement that only waits, at the prompt, meets no other safepoint */
  if (UNLIKELY(vm->stack_limit != vm->stack_end) && !interp_poll(vm)) return VALUE_FAIL;
  ThreadedCode *threaded = function_threaded(vm, function);
  if (!threaded) return VALUE_FAIL;
  Value *base = vm_stack_top(vm) + FRAME_HEADER;
  if (UNLIKELY(vm->recursion_left <= 0 || (base + threaded->frame_size > vm->stack_end)))
    return frame_overflow(vm), VALUE_FAIL;
  if (trace_state.on && !(threaded = trace_enter(vm, function, threaded))) return VALUE_FAIL;
  for (uint32_t i = 0; i < threaded->register_count; i++) base[i] = VALUE_UNBOUND;
  base[0] = locals;
  push_entry(vm, base, value_from(function));
  code->runs++;
  Value result = interp_run(vm, base, threaded->cells);
  code->runs--;
  return result;
}

Value run_code(VM *vm, Code *code, Dict *globals, Value locals, Tuple *closure) {
  Function *function = function_of(vm, code, globals, closure);
  return function ? run(vm, function, locals) : VALUE_FAIL;
}

Value run_code_once(VM *vm, Code *code, Dict *globals, Value locals, Tuple *closure) {
  Function *function = function_of(vm, code, globals, closure);
  if (!function) return VALUE_FAIL;
  assert(code->fn.flags & FUNCTION_NAMESPACE);
  Value result = run(vm, function, locals);
  if (!code->runs && !vm->misses && threaded_release(vm, code)) function->threaded = &threaded_stub;
  return result;
}

bool frame_is_namespace(const VM *vm) {
  return vm->base && frame_function(vm->base)->code->fn.flags & FUNCTION_NAMESPACE;
}
