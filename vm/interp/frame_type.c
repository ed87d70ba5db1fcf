/* frame_type.c -- frame and traceback objects as Python sees them; what they mean is
** interp/frame.c. */
#include "vm/contracts/sys.h"
#include "vm/contracts/protocol.h"
#include "vm/interp/frame.h"
#include "vm/interp/generator_common.h"
#include "vm/interp/trace.h"
#include "vm/objects/exception.h"
#include "vm/objects/list.h"

#define NATIVE_DEF "vm/interp/frame.def"
#define NATIVE_PREFIX frame_type_
#define NATIVE_SELF Frame *
#include "vm/contracts/native_class.inc"

/* clear_generator: CPython 3.11 only warns of a coroutine that never started and leaves it as it
** is. */
static Value clear_generator(VM *vm, Generator *generator) {
  if (generator->state == GENERATOR_RUNNING)
    return raise_error(vm, TYPE_OF(RuntimeError), "cannot clear an executing frame");
  bool is_coroutine = (generator->function->code->co_flags & FUNCTION_COROUTINE) != 0;
  if (generator->state == GENERATOR_CREATED && is_coroutine)
    return value_none_if(coroutine_warn_never_awaited(vm, generator));
  return value_none_if(generator_close(vm, generator));
}

static Value frame_type_clear(VM *vm, Frame *self, const frame_type_clear_args *a) {
  if (self->generator && self->generator->state != GENERATOR_CLOSED)
    return clear_generator(vm, self->generator);
  if (self->base) return raise_error(vm, TYPE_OF(RuntimeError), "cannot clear an executing frame");
  self->locals = NULL;
  self->locals_dict = NULL;
  return VALUE_NONE;
}
static Value frame_type_op_repr(VM *vm, Frame *self, const frame_type_op_repr_args *a) {
  Code *code = self->function->code;
  Str *text =
      str_format(vm, "<frame at 0x%lx, file %R, line %d, code %U>", (unsigned long)(uintptr_t)self,
                 value_from(code->filename), frame_line(vm, self), code->name);
  return value_of(text);
}
static Value frame_type_get_f_back(VM *vm, Frame *self) {
  Frame *back = frame_back(vm, self);
  return back ? value_from(back) : VALUE_NONE;
}
static Value frame_type_get_f_code(VM *vm, Frame *self) {
  AUDITED(vm, "object.__getattr__", value_from(self), value_from(NAME("f_code")));
  return value_from(self->function->code);
}
static Value frame_type_get_f_globals(VM *vm, Frame *self) {
  return value_from(self->function->globals);
}
static Value frame_type_get_f_builtins(VM *vm, Frame *self) {
  return value_from(self->function->builtins);
}
static Value frame_type_get_f_locals(VM *vm, Frame *self) { return frame_locals(vm, self); }
static Value frame_type_get_f_lasti(VM *vm, Frame *self) {
  return value_int_unchecked(2 * (int64_t)frame_lasti(vm, self));
}
static Value frame_type_get_f_lineno(VM *vm, Frame *self) {
  int line = frame_line(vm, self);
  return line ? value_int_unchecked(line) : VALUE_NONE;
}
static bool frame_type_set_f_lineno(VM *vm, Frame *self, Value v) {
  return frame_jump(vm, self, v);
}
static Value frame_type_get_f_trace(VM *vm, Frame *self) { return self->trace; }
static bool frame_type_set_f_trace(VM *vm, Frame *self, Value v) {
  self->trace = v == VALUE_MISSING ? VALUE_NONE : v;
  heap_barrier(vm, self, self->trace);
  if (self->trace != VALUE_NONE) trace_frame(vm, self);
  return true;
}
static bool set_flag(VM *vm, bool *flag, Value v) {
  if (v == VALUE_MISSING) return raise_type(vm, "can't delete numeric/char attribute"), false;
  if (!value_is_bool(v)) return raise_type(vm, "attribute value type must be bool"), false;
  *flag = v == VALUE_TRUE;
  return true;
}
static Value frame_type_get_f_trace_lines(VM *vm, Frame *self) {
  return value_bool(self->trace_lines);
}
static bool frame_type_set_f_trace_lines(VM *vm, Frame *self, Value v) {
  return set_flag(vm, &self->trace_lines, v);
}
static Value frame_type_get_f_trace_opcodes(VM *vm, Frame *self) {
  return value_bool(self->trace_opcodes);
}
static bool frame_type_set_f_trace_opcodes(VM *vm, Frame *self, Value v) {
  return set_flag(vm, &self->trace_opcodes, v);
}

static void frame_trace(Marker *marker, Object *self) {
  Frame *frame = (Frame *)self;
  mark_object(marker, frame->function);
  mark_object(marker, frame->back);
  mark_object(marker, frame->locals);
  mark_object(marker, frame->generator);
  mark_object(marker, frame->locals_dict);
  mark_value(marker, frame->trace);
}

const ClassSpec frame_class = {
    NATIVE_CLASS(frame_type_),
    .basic_size = sizeof(Frame),
    .trace = frame_trace,
};

/* ---- tracebacks */
typedef Object *c_Frame;
MUST_USE static inline bool convert_Frame(VM *vm, Value v, c_Frame *out, const MethodSpec *spec,
                                          int i) {
  if (!value_is(v, frame)) return convert_fail(vm, v, "frame", spec, i);
  *out = value_object(v);
  return true;
}

#define NATIVE_DEF "vm/objects/traceback.def"
#define NATIVE_PREFIX traceback_
#define NATIVE_SELF Traceback *
#include "vm/contracts/native_class.inc"

/* A jump back to the loop's head, where signals and the end of memory are noticed, has no line of
** its own: it counts to the one before. */
int traceback_line(VM *vm, Traceback *self) {
  if (self->line) return self->line;
  Code *code = ((Frame *)self->frame)->function->code;
  int line = 0;
  for (int64_t at = self->lasti < 0 ? 0 : self->lasti / 2; at >= 0 && !line; at--)
    line = code_line(code, (uint32_t)at);
  return line;
}
static Value traceback_op_dir(VM *vm, Traceback *self, const traceback_op_dir_args *a) {
  static const char *const names[] = {"tb_frame", "tb_next", "tb_lasti", "tb_lineno"};
  List *list = list_new(vm, 4);
  for (int i = 0; list && i < 4; i++) {
    Str *name = str_new_cstr(vm, names[i]);
    if (!name || !list_append_value(vm, list, value_from(name))) return VALUE_FAIL;
  }
  return value_of(list);
}
static Value traceback_get_tb_next(VM *vm, Traceback *self) {
  return self->next ? value_from(self->next) : VALUE_NONE;
}
static bool traceback_set_tb_next(VM *vm, Traceback *self, Value v) {
  if (v == VALUE_MISSING) return raise_type(vm, "can't delete tb_next attribute"), false;
  if (v == VALUE_NONE) return self->next = NULL, true;
  if (!value_is(v, traceback))
    return raise_type(vm, "expected traceback object, got '%T'", v), false;
  for (Traceback *at = value_object(v); at; at = (Traceback *)at->next)
    if (at == self) return raise_value(vm, "traceback loop detected"), false;
  self->next = value_object(v);
  heap_barrier(vm, self, v);
  return true;
}
static Value traceback_get_tb_frame(VM *vm, Traceback *self) {
  AUDITED(vm, "object.__getattr__", value_from(self), value_from(NAME("tb_frame")));
  return value_from(self->frame);
}
static Value traceback_get_tb_lasti(VM *vm, Traceback *self) {
  return value_int_unchecked(self->lasti);
}
static Value traceback_get_tb_lineno(VM *vm, Traceback *self) {
  int line = traceback_line(vm, self);
  return line ? value_int_unchecked(line) : VALUE_NONE;
}
static void traceback_trace(Marker *marker, Object *self) {
  mark_object(marker, ((Traceback *)self)->next);
  mark_object(marker, ((Traceback *)self)->frame);
}

static Value traceback_construct(VM *vm, Type *cls, const traceback_construct_args *a) {
  if (a->tb_next != VALUE_NONE && !value_is(a->tb_next, traceback))
    return raise_type(vm, "expected traceback object or None, got '%T'", a->tb_next);
  Traceback *traceback = heap_new_zeroed(vm, SHAPE_OF(traceback), sizeof(Traceback));
  traceback->next = a->tb_next == VALUE_NONE ? NULL : value_object(a->tb_next);
  traceback->frame = a->tb_frame;
  traceback->lasti = a->tb_lasti;
  traceback->line = a->tb_lineno;
  return value_from(traceback);
}

const ClassSpec traceback_class = {
    NATIVE_CLASS(traceback_),
    .basic_size = sizeof(Traceback),
    .trace = traceback_trace,
};
