/* function_code.c -- functions and the code they run: made from a code object, found while they
** run, given another __code__. Law: threaded is threaded_stub, or a translation of (code, globals)
** owned by the code. */
#include "vm/interp/frame.h"
#include "vm/interp/interp_verify.h"

#include "vm/objects/code.h"
#include "vm/objects/module.h"

Function *running_function(const VM *vm) { return vm->base ? frame_function(vm->base) : NULL; }

/* builtins_of: the dict behind globals['__builtins__'], or the running frame's, or the
** interpreter's own. */
static Dict *builtins_of(VM *vm, Dict *globals) {
  Value v = dict_get_str(vm, globals, NAME("__builtins__"));
  if (value_is(v, module)) return module_dict(value_object(v));
  if (value_has_flag(v, TYPE_DICT_SUBCLASS)) return value_object(v);
  if (vm->base) return frame_function(vm->base)->builtins;
  return module_dict(vm->builtins);
}

Function *function_new(VM *vm, Code *code, Dict *globals) {
  Function *function = heap_new_zeroed(vm, SHAPE_OF(function), sizeof(Function));
  function->code = code;
  function->globals = globals;
  function->threaded = &threaded_stub;
  ThreadedCode *known = threaded_of_globals(code, globals);
  if (known) function->threaded = known;
  function->name = code->name;
  function->qualname = code->qualname;
  function->annotations = function->module = VALUE_NONE;
  function->doc = VALUE_UNBOUND; /* the code's, when somebody asks */
  if (LIKELY(vm->base && frame_function(vm->base)->globals == globals)) {
    function->builtins = frame_function(vm->base)->builtins;
  } else {
    function->builtins = builtins_of(vm, globals);
    heap_barrier_object(vm, function, function->builtins);
  }
  Value module = dict_get_str(vm, globals, NAME("__name__"));
  if (module != VALUE_UNBOUND) function->module = module;
  heap_barrier_any(vm, function);
  return function;
}

/* ---- another __code__ */
typedef struct Replacement {
  VM *vm;
  Function *function, *copy;
} Replacement;

/* function_of: where a frame or something suspended says whose activation it is; NULL: neither. */
static Function **function_of(Object *object) {
  Value v = value_from(object);
  if (value_is(v, frame)) return &((Frame *)object)->function;
  bool is_suspended =
      value_is(v, generator) || value_is(v, coroutine) || value_is(v, async_generator);
  return is_suspended ? &((Generator *)object)->function : NULL;
}

static void replace_function(Object *object, void *data) {
  const Replacement *r = data;
  Function **at = function_of(object);
  if (!at || *at != r->function) return;
  *at = r->copy;
  heap_barrier_object(r->vm, object, r->copy);
}

static void replace_in_frames(Value *base, void *data) {
  const Replacement *r = data;
  for (; base; base = frame_below(base))
    if (frame_function(base) == r->function) frame_header(base)->function = value_from(r->copy);
}

Function *function_with_code(VM *vm, const Function *function, ThreadedCode *code) {
  Function *copy = heap_new(vm, SHAPE_OF(function), sizeof(Function));
  uint32_t bits = copy->h.bits;
  *copy = *function;
  copy->h.bits = bits;
  copy->code = code->code;
  copy->threaded = code;
  heap_barrier_any(vm, copy);
  return copy;
}

/* frames_keep_code: what runs, or is suspended, in the function goes on in a copy that keeps the
** present code. */
static void frames_keep_code(VM *vm, Function *function) {
  if (!function->threaded || function->threaded == &threaded_stub) return; /* never called */
  Replacement replacement = {vm, function, function_with_code(vm, function, function->threaded)};
  threads_visit_tops(vm, replace_in_frames, &replacement);
  heap_walk(vm, replace_function, &replacement);
  deep_check(frames_verify(vm));
}

void function_replace_code(VM *vm, Function *function, Code *code) {
  frames_keep_code(vm, function);
  function->code = code;
  function->threaded = &threaded_stub;
  heap_barrier_object(vm, function, code);
}
