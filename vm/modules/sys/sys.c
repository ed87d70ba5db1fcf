/* sys.c -- the functions of the module sys. Its data are made in sys_data.c, its streams in
** sys_streams.c. */
#include "vm/modules/sys/sys.h"
#include "vm/core/options.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdlib.h>

#include "vm/contracts/import.h"
#include "vm/contracts/protocol.h"
#include "vm/contracts/type.h"
#include "vm/interp/generator.h"
#include "vm/interp/trace.h"
#include "vm/modules/thread/thread.h"
#include "vm/objects/codec.h"
#include "vm/objects/exception.h"
#include "vm/objects/int.h"
#include "vm/objects/list.h"
#include "vm/objects/module.h"
#include "vm/runtime/traceback_print.h"

#define NATIVE_DEF "vm/modules/sys/sys.def"
#define NATIVE_PREFIX sys_
#include "vm/contracts/native_class.inc"

Value sys_get(VM *vm, const char *name) {
  return dict_get_str(vm, module_dict(vm->sys), str_intern_cstr(vm, name));
}
bool sys_set(VM *vm, const char *name, Value v) {
  return v != VALUE_FAIL && dict_set_str(vm, module_dict(vm->sys), str_intern_cstr(vm, name), v);
}

/* ---- audit */

/* The values are registered when they are made: at their first use. */
static struct {
  Value audit_hooks;     /* tuple, or NONE */
  Value unraisable_type; /* of what sys.unraisablehook is given */
  Value hooks_type;      /* of what sys.get_asyncgen_hooks gives */
  int dlopen_flags;
} state = {VALUE_NONE, VALUE_NONE, VALUE_NONE, RTLD_NOW};

/* run_hook: out of the tracer's sight, unless it says that it may be seen. */
static bool run_hook(VM *vm, Value hook, Value event, Value arguments) {
  bool is_watched = trace_state.trace != VALUE_NONE || trace_state.profile != VALUE_NONE;
  if (LIKELY(!is_watched)) return call2(vm, hook, event, arguments) != VALUE_FAIL;
  Value visible = find_attribute(vm, hook, NAME("__cantrace__"));
  if (value_is_fail(visible)) return false;
  Answer is_visible = visible == VALUE_UNBOUND ? ANSWER_NO : value_truth(vm, visible);
  if (is_visible == ANSWER_FAILED) return false;
  if (is_visible) return call2(vm, hook, event, arguments) != VALUE_FAIL;
  trace_state.busy++;
  trace_update(vm);
  Value result = call2(vm, hook, event, arguments);
  trace_state.busy--;
  trace_update(vm);
  return result != VALUE_FAIL;
}

static bool run_hooks(VM *vm, Value event, Value arguments) {
  const Tuple *hooks = value_object(state.audit_hooks); /* another one when a hook adds hooks */
  for (size_t i = 0; i < tuple_length(hooks); i++)
    if (!run_hook(vm, hooks->items[i], event, arguments)) return false;
  return true;
}

bool sys_is_audited(void) { return state.audit_hooks != VALUE_NONE; }

bool sys_audit_tuple(VM *vm, const char *event, Value arguments) {
  Str *name = value_is_fail(arguments) ? NULL : str_intern_cstr(vm, event);
  return name && run_hooks(vm, value_from(name), arguments);
}

bool sys_audit(VM *vm, const char *event, Value argument) {
  if (LIKELY(!sys_is_audited())) return true;
  Value arguments = value_of(tuple_from_values(vm, &argument, argument != VALUE_UNBOUND));
  return !value_is_fail(arguments) && sys_audit_tuple(vm, event, arguments);
}

static Value sys_audit_event(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) {
  if (npos < 1) return raise_type(vm, "audit() missing 1 required positional argument: 'event'");
  if (!value_is_str(args[0]))
    return raise_type(vm, "expected str for argument 'event', not %T", args[0]);
  if (state.audit_hooks == VALUE_NONE) return VALUE_NONE;
  Value rest = value_of(tuple_from_values(vm, args + 1, (size_t)npos - 1));
  return value_none_if(rest != VALUE_FAIL && run_hooks(vm, args[0], rest));
}

static Value sys_addaudithook(VM *vm, Value self, const sys_addaudithook_args *a) {
  if (!sys_is_audited()) {
    Value first = PACK(a->hook);
    if (value_is_fail(first)) return first;
    heap_add_root(vm, &state.audit_hooks);
    state.audit_hooks = first;
    return VALUE_NONE;
  }
  if (!run_hooks(vm, value_from(NAME("sys.addaudithook")), value_from(tuple_new(vm, 0)))) {
    if (!error_is(vm, TYPE_OF(RuntimeError))) return VALUE_FAIL;
    error_clear(vm);
    return VALUE_NONE;
  }
  const Tuple *before = value_object(state.audit_hooks);
  size_t count = tuple_length(before);
  Tuple *hooks = tuple_new(vm, count + 1);
  if (!hooks) return VALUE_FAIL;
  memcpy(hooks->items, before->items, count * sizeof(Value));
  hooks->items[count] = a->hook;
  state.audit_hooks = value_from(hooks);
  return VALUE_NONE;
}

/* ---- exceptions */

static Value handled_exception(VM *vm) {
  for (ExcState *state = vm->exc_state; state; state = state->previous)
    if (state->handled != VALUE_NONE && state->handled != VALUE_UNBOUND)
      return exception_see(state->handled), state->handled;
  return VALUE_NONE;
}
static Value sys_exception(VM *vm, Value self, const sys_exception_args *a) {
  return handled_exception(vm);
}
static Value exception_info(VM *vm, Value e) {
  if (e == VALUE_NONE) return PACK(VALUE_NONE, VALUE_NONE, VALUE_NONE);
  return PACK(value_from(value_type(e)), e, ((Exception *)value_object(e))->traceback);
}
static Value sys_exc_info(VM *vm, Value self, const sys_exc_info_args *a) {
  return exception_info(vm, handled_exception(vm));
}
static Value sys_excepthook(VM *vm, Value self, const sys_excepthook_args *a) {
  traceback_display(vm, a->value);
  return VALUE_NONE;
}
static Value sys_unraisablehook(VM *vm, Value self, const sys_unraisablehook_args *a) {
  return value_none_if(unraisable_display(vm, a->unraisable));
}
static Value sys_exit(VM *vm, Value self, const sys_exit_args *a) {
  Value arguments = a->status;
  if (value_has_flag(arguments, TYPE_TUPLE_SUBCLASS)) {
    Value e = call_tuple_dict(vm, value_from(TYPE_OF(SystemExit)), value_object(arguments), NULL);
    return e == VALUE_FAIL ? VALUE_FAIL : raise_object(vm, e);
  }
  return arguments == VALUE_NONE ? raise_bare(vm, TYPE_OF(SystemExit))
                                 : raise_with(vm, TYPE_OF(SystemExit), arguments);
}

Value sys_unraisable_arguments(VM *vm, const Value fields[5]) {
  static const char *const names[] = {"exc_type", "exc_value", "exc_traceback",
                                      "err_msg",  "object",    NULL};
  static const StructSequenceSpec spec = {.name = "UnraisableHookArgs",
                                          .doc =
                                              "Type used to pass arguments to sys.unraisablehook.",
                                          .fields = names,
                                          .visible = 5};
  if (state.unraisable_type == VALUE_NONE) {
    Type *type = struct_sequence_type(vm, &spec);
    if (!type) return VALUE_FAIL;
    state.unraisable_type = value_from(type);
    heap_add_root(vm, &state.unraisable_type);
  }
  return struct_sequence_new(vm, value_object(state.unraisable_type), fields);
}

/* ---- display */

/* write_escaped: with '\\xe9' for what the stream's encoding lacks. */
static bool write_escaped(VM *vm, Value out, Value text) {
  Value encoding = get_attribute(vm, out, NAME("encoding"));
  if (encoding == VALUE_FAIL) return false;
  if (!value_is_str(encoding))
    return raise_false(vm, TYPE_OF(TypeError), "bad argument type for built-in operation");
  Str *name = value_object(encoding);
  Value bytes = str_encode(vm, value_object(text), name, NAME("backslashreplace"));
  Value buffer = bytes == VALUE_FAIL ? VALUE_FAIL : find_attribute(vm, out, NAME("buffer"));
  if (buffer == VALUE_FAIL) return false;
  if (buffer != VALUE_UNBOUND) return call_method1(vm, buffer, NAME("write"), bytes) != VALUE_FAIL;
  Value escaped = codec_decode_bytes(vm, bytes, name, NULL);
  return escaped != VALUE_FAIL && call_method1(vm, out, NAME("write"), escaped) != VALUE_FAIL;
}

static bool write_line(VM *vm, Value out, Value v) {
  Value text = value_repr(vm, v);
  if (text == VALUE_FAIL) return false;
  if (call_method1(vm, out, NAME("write"), text) == VALUE_FAIL) {
    if (!error_clear_if(vm, TYPE_OF(UnicodeEncodeError)) || !write_escaped(vm, out, text))
      return false;
  }
  return call_method1(vm, out, NAME("write"), value_from(NAME("\n"))) != VALUE_FAIL;
}
static Value sys_displayhook(VM *vm, Value self, const sys_displayhook_args *a) {
  if (a->object == VALUE_NONE) return VALUE_NONE;
  Dict *builtins = module_dict(vm->builtins);
  Value out = sys_get(vm, "stdout");
  if (out == VALUE_UNBOUND || out == VALUE_NONE)
    return raise_error(vm, TYPE_OF(RuntimeError), "lost sys.stdout");
  if (!dict_set_str(vm, builtins, NAME("_"), VALUE_NONE) || !write_line(vm, out, a->object))
    return VALUE_FAIL;
  return value_none_if(dict_set_str(vm, builtins, NAME("_"), a->object));
}

/* breakpointhook: the function that PYTHONBREAKPOINT names, pdb.set_trace else. */
static Value call_breakpoint(VM *vm, const Value *args, int npos, Tuple *kwnames) {
  const char *wanted = options_variable(vm->options, "PYTHONBREAKPOINT");
  if (wanted && strcmp(wanted, "0") == 0) return VALUE_NONE;
  if (!wanted) wanted = "pdb.set_trace";
  const char *dot = strrchr(wanted, '.');
  Str *module = dot ? str_new_utf8(vm, wanted, (size_t)(dot - wanted)) : NAME("builtins");
  Value where = import_module(vm, module);
  Value hook = where == VALUE_FAIL
                   ? VALUE_FAIL
                   : get_attribute(vm, where, str_intern_cstr(vm, dot ? dot + 1 : wanted));
  if (hook != VALUE_FAIL) return call_values(vm, hook, args, npos, kwnames);
  if (!error_is(vm, TYPE_OF(ImportError)) && !error_is(vm, TYPE_OF(AttributeError)) &&
      !error_is(vm, TYPE_OF(ValueError)))
    return VALUE_FAIL;
  error_clear(vm);
  return value_none_if(warn(vm, TYPE_OF(RuntimeWarning), 1,
                            "Ignoring unimportable $PYTHONBREAKPOINT: \"%s\"", wanted));
}
static Value sys_breakpointhook(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) {
  return call_breakpoint(vm, args, npos, kwnames);
}

/* ---- limits and switches */

static Value sys_getrecursionlimit(VM *vm, Value self, const sys_getrecursionlimit_args *a) {
  return value_int_unchecked(vm->recursion_limit);
}
static Value sys_setrecursionlimit(VM *vm, Value self, const sys_setrecursionlimit_args *a) {
  if (a->limit < 1) return raise_value(vm, "recursion limit must be greater or equal than 1");
  int depth = vm->recursion_limit - vm->recursion_left;
  if (depth >= a->limit)
    return raise_error(
        vm, TYPE_OF(RecursionError),
        "cannot set the recursion limit to %d at the recursion depth %d: the limit is too low",
        a->limit, depth);
  vm->recursion_left += a->limit - vm->recursion_limit;
  vm->recursion_limit = a->limit;
  return VALUE_NONE;
}
static Value sys_get_int_max_str_digits(VM *vm, Value self,
                                        const sys_get_int_max_str_digits_args *a) {
  return value_int_unchecked(int_max_str_digits);
}
static Value sys_set_int_max_str_digits(VM *vm, Value self,
                                        const sys_set_int_max_str_digits_args *a) {
  if (a->maxdigits != 0 && a->maxdigits < 640)
    return raise_value(vm, "maxdigits must be 0 or larger than 640");
  int_max_str_digits = a->maxdigits;
  return VALUE_NONE;
}

static Value sys_getswitchinterval(VM *vm, Value self, const sys_getswitchinterval_args *a) {
  return value_float(vm, thread_switch_interval() / 1e6);
}
static Value sys_setswitchinterval(VM *vm, Value self, const sys_setswitchinterval_args *a) {
  if (!(a->interval > 0)) return raise_value(vm, "switch interval must be strictly positive");
  unsigned us = a->interval * 1e6 < 1 ? 1
                : a->interval > 4000  ? 4000000000u
                                      : (unsigned)(a->interval * 1e6);
  thread_set_switch_interval(us);
  return VALUE_NONE;
}
static Value sys_getdlopenflags(VM *vm, Value self, const sys_getdlopenflags_args *a) {
  return value_int_unchecked(state.dlopen_flags);
}
static Value sys_setdlopenflags(VM *vm, Value self, const sys_setdlopenflags_args *a) {
  return state.dlopen_flags = a->flags, VALUE_NONE;
}
static Value sys_is_finalizing(VM *vm, Value self, const sys_is_finalizing_args *a) {
  return value_bool(vm->finalizing);
}

/* ---- encodings */

static Value sys_getdefaultencoding(VM *vm, Value self, const sys_getdefaultencoding_args *a) {
  return value_from(NAME("utf-8"));
}
static Value sys_getfilesystemencoding(VM *vm, Value self,
                                       const sys_getfilesystemencoding_args *a) {
  return value_from(NAME("utf-8"));
}
static Value sys_getfilesystemencodeerrors(VM *vm, Value self,
                                           const sys_getfilesystemencodeerrors_args *a) {
  return value_from(NAME("surrogateescape"));
}

/* ---- objects */

static Value sys_intern(VM *vm, Value self, const sys_intern_args *a) {
  if (a->string->h.shape != SHAPE_OF(str))
    return raise_type(vm, "can't intern %T", value_from(a->string));
  return value_of(str_intern(vm, a->string));
}
static Value sys_getsizeof(VM *vm, Value self, const sys_getsizeof_args *a) {
  Value method = type_lookup(vm, value_type(a->object), NAME("__sizeof__"));
  Value size = method == VALUE_UNBOUND
                   ? raise_type(vm, "Type %T doesn't define __sizeof__", a->object)
                   : call_special0(vm, method, a->object);
  int64_t n;
  if (size != VALUE_FAIL && !value_is_any_int(size))
    size = raise_type(vm, "'%T' object cannot be interpreted as an integer", size);
  if (size == VALUE_FAIL) {
    if (a->otherwise == VALUE_MISSING || !error_clear_if(vm, TYPE_OF(TypeError))) return VALUE_FAIL;
    return a->otherwise;
  }
  if (!int_to_int64(size, &n))
    return raise_error(vm, TYPE_OF(OverflowError), "Python int too large to convert to C ssize_t");
  if (n < 0) return raise_value(vm, "__sizeof__() should return >= 0");
  return value_int(vm, n);
}
static Value sys_getrefcount(VM *vm, Value self, const sys_getrefcount_args *a) {
  return value_int_unchecked(2);
}

static void count_object(Object *object, void *data) { ++*(size_t *)data; }
static Value sys_getallocatedblocks(VM *vm, Value self, const sys_getallocatedblocks_args *a) {
  size_t n = 0;
  heap_walk(vm, count_object, &n);
  return value_int_unchecked((int64_t)n);
}
static Value sys_clear_type_cache(VM *vm, Value self, const sys_clear_type_cache_args *a) {
  return VALUE_NONE;
}
static Value sys_debugmallocstats(VM *vm, Value self, const sys_debugmallocstats_args *a) {
  HeapStats stats = heap_stats(vm);
  fprintf(stderr, "%zu bytes live, %zu bytes reserved, %zu minor and %zu full collections\n",
          stats.live_bytes, stats.reserved_bytes, stats.minor_collections, stats.full_collections);
  return VALUE_NONE;
}

/* ---- frames, tracing */

static Value sys_getframe(VM *vm, Value self, const sys_getframe_args *a) {
  Frame *frame = frame_current(vm, a->depth < 0 ? 0 : a->depth);
  if (!frame) return raise_value(vm, "call stack is not deep enough");
  return sys_audit(vm, "sys._getframe", value_from(frame)) ? value_from(frame) : VALUE_FAIL;
}
static Value sys_current_frames(VM *vm, Value self, const sys_current_frames_args *a) {
  if (!sys_audit(vm, "sys._current_frames", VALUE_UNBOUND)) return VALUE_FAIL;
  Dict *frames = dict_new(vm);
  for (Thread *at = threads_first(); frames && at; at = at->next) {
    Frame *frame = frame_above(vm, thread_state(vm, at)->base, 0);
    if (frame && !dict_set(vm, frames, value_int(vm, (int64_t)at->ident), value_from(frame)))
      return VALUE_FAIL;
  }
  return value_of(frames);
}
/* handled_by: the exception that the thread's innermost except clause handles, or None. */
static Value handled_by(VM *vm, const Thread *thread) {
  const ExcState *state = thread_state(vm, thread)->exc_state;
  while (state && state->handled == VALUE_NONE) state = state->previous;
  if (!state) return VALUE_NONE;
  exception_see(state->handled);
  return state->handled;
}
static Value sys_current_exceptions(VM *vm, Value self, const sys_current_exceptions_args *a) {
  if (!sys_audit(vm, "sys._current_exceptions", VALUE_UNBOUND)) return VALUE_FAIL;
  Dict *dict = dict_new(vm);
  for (Thread *at = threads_first(); dict && at; at = at->next) {
    Value info = exception_info(vm, handled_by(vm, at));
    if (value_is_fail(info) || !dict_set(vm, dict, value_int(vm, (int64_t)at->ident), info))
      return VALUE_FAIL;
  }
  return value_of(dict);
}

static Value sys_settrace(VM *vm, Value self, const sys_settrace_args *a) {
  if (!sys_audit(vm, "sys.settrace", VALUE_UNBOUND)) return VALUE_FAIL;
  trace_set(vm, a->function);
  return VALUE_NONE;
}
static Value sys_setprofile(VM *vm, Value self, const sys_setprofile_args *a) {
  if (!sys_audit(vm, "sys.setprofile", VALUE_UNBOUND)) return VALUE_FAIL;
  profile_set(vm, a->function, NULL);
  return VALUE_NONE;
}
static Value sys_gettrace(VM *vm, Value self, const sys_gettrace_args *a) {
  return trace_state.trace;
}
static Value sys_getprofile(VM *vm, Value self, const sys_getprofile_args *a) {
  return trace_state.profile;
}
static Value sys_call_tracing(VM *vm, Value self, const sys_call_tracing_args *a) {
  if (!value_has_flag(a->args, TYPE_TUPLE_SUBCLASS))
    return raise_type(vm, "call_tracing() argument 2 must be tuple, not %T", a->args);
  int busy = trace_state.busy; /* what a trace function has called is watched again */
  trace_state.busy = 0;
  trace_update(vm);
  Value result = call_tuple_dict(vm, a->func, value_object(a->args), NULL);
  trace_state.busy = busy;
  trace_update(vm);
  return result;
}

/* ---- asynchronous generators, coroutines */

static Value shown_hook(Value v) { return v == 0 ? VALUE_NONE : v; }
static Value sys_get_asyncgen_hooks(VM *vm, Value self, const sys_get_asyncgen_hooks_args *a) {
  static const char *const names[] = {"firstiter", "finalizer", NULL};
  static const char *const docs[] = {"called when an asynchronous generator is first iterated",
                                     "called when one is about to die"};
  static const StructSequenceSpec spec = {.name = "sys.asyncgen_hooks",
                                          .doc = "asyncgen_hooks\n\nHooks of the event loop.",
                                          .fields = names,
                                          .docs = docs,
                                          .visible = 2};
  if (state.hooks_type == VALUE_NONE) {
    Type *type = struct_sequence_type(vm, &spec);
    if (!type) return VALUE_FAIL;
    state.hooks_type = value_from(type);
    heap_add_root(vm, &state.hooks_type);
  }
  return struct_sequence_new(
      vm, value_object(state.hooks_type),
      (Value[]){shown_hook(vm->async_firstiter), shown_hook(vm->async_finalizer)});
}
static bool check_hook(VM *vm, const char *name, Value v) {
  return v == VALUE_MISSING || v == VALUE_NONE || value_is_callable(v) ||
         raise_false(vm, TYPE_OF(TypeError), "callable %s expected, got %T", name, v);
}
static Value sys_set_asyncgen_hooks(VM *vm, Value self, const sys_set_asyncgen_hooks_args *a) {
  static bool rooted;
  if (!rooted) heap_add_root(vm, &vm->async_firstiter), heap_add_root(vm, &vm->async_finalizer);
  rooted = true;
  if (!check_hook(vm, "finalizer", a->finalizer) || !check_hook(vm, "firstiter", a->firstiter))
    return VALUE_FAIL;
  if (a->finalizer != VALUE_MISSING) {
    if (!sys_audit(vm, "sys.set_asyncgen_hook_finalizer", VALUE_UNBOUND)) return VALUE_FAIL;
    vm->async_finalizer = a->finalizer;
  }
  if (a->firstiter != VALUE_MISSING) {
    if (!sys_audit(vm, "sys.set_asyncgen_hook_firstiter", VALUE_UNBOUND)) return VALUE_FAIL;
    vm->async_firstiter = a->firstiter;
  }
  return VALUE_NONE;
}

static Value
sys_get_coroutine_origin_tracking_depth(VM *vm, Value self,
                                        const sys_get_coroutine_origin_tracking_depth_args *a) {
  return value_int_unchecked(vm->coroutine_origin_depth);
}
static Value
sys_set_coroutine_origin_tracking_depth(VM *vm, Value self,
                                        const sys_set_coroutine_origin_tracking_depth_args *a) {
  if (a->depth < 0) return raise_value(vm, "depth must be >= 0");
  vm->coroutine_origin_depth = a->depth;
  return VALUE_NONE;
}

static bool init(VM *vm, Module *module) {
  vm->sys = module;
  return sys_add_data(vm, module);
}

const ModuleSpec sys_module = {
    .name = "sys",
    .doc = "This module provides access to objects used or maintained by the interpreter.",
    NATIVE_FUNCTIONS(sys_),
    .init = init,
};
