/* loop.c -- what futures ask of an event loop.
**
** Nearly every loop is one of the library's, and nearly all that is asked is call_soon: a check or
** two, a Handle, an entry in a deque. For those the same is done here, without its five calls of
** Python functions (perf-note 0029), as long as nobody can tell the difference: the methods are the
** library's own (loop_is_known), events.Handle is, the loop is neither closed nor debugging, and no
** trace or profile function is set. */
#include "vm/core/late_types.h"
#include "vm/contracts/import.h"
#include "vm/interp/trace.h"
#include "vm/modules/asyncio/asyncio.h"
#include "vm/modules/thread/context.h"
#include "vm/objects/deque.h"
#include "vm/objects/dict.h"
#include "vm/objects/function.h"
#include "vm/objects/module.h"

/* The slots of a Handle, in the order of handle_slots. */
enum {
  HANDLE_CALLBACK,
  HANDLE_ARGS,
  HANDLE_CANCELLED,
  HANDLE_LOOP,
  HANDLE_TRACEBACK,
  HANDLE_REPR,
  HANDLE_CONTEXT,
  HANDLE_SLOTS
};
static const char *const handle_slots[HANDLE_SLOTS] = {
    "_callback", "_args", "_cancelled", "_loop", "_source_traceback", "_repr", "_context"};

/* Registered by loop_init. Law: a loop whose shape has this key, and `handle` while its class has
** that, are known to be the library's. */
static struct {
  Value context_name;            /* ("context",) */
  Object *handle;                /* events.Handle, or NULL */
  Dict *events;                  /* [gc] namespace of asyncio.events */
  uint32_t loop_key, handle_key; /* 0, which is nobody's: none is known */
  uint32_t offsets[HANDLE_SLOTS];
} state;

bool loop_init(VM *vm) {
  state.context_name = PACK(value_from(NAME("context")));
  heap_add_root(vm, &state.context_name);
  heap_add_root_object(vm, &state.handle);
  heap_add_root_object(vm, &state.events);
  return !value_is_fail(state.context_name);
}

/* ---- is it the library's? */
static bool is_function_of(VM *vm, Type *type, Str *name, const char *module,
                           const char *qualname) {
  Value v = type_lookup(vm, type, name);
  if (!value_is(v, function)) return false;
  const Function *function = value_object(v);
  return value_is_str(function->module) && str_equal_cstr(value_object(function->module), module) &&
         str_equal_cstr(function->qualname, qualname);
}

static bool key_holds(const Object *known, uint32_t key) {
  return known && ((const Type *)known)->key == key && key_is_cacheable(key);
}

/* learn_handle: the class events.Handle, if it is as we know it. */
static void learn_handle(VM *vm) {
  state.handle = NULL;
  Value module = dict_get_str(vm, vm->modules, NAME("asyncio.events"));
  if (!value_is(module, module)) return;
  state.events = module_dict(value_object(module));
  Value v = dict_get_str(vm, state.events, NAME("Handle"));
  if (!value_is_type(v)) return;
  Type *type = value_object(v);
  if (!is_function_of(vm, type, NAME("__init__"), "asyncio.events", "Handle.__init__")) return;
  if (type->base != TYPE_OF(object) || type_has(type, TYPE_HAS_DICT | TYPE_HAS_DEL)) return;
  for (int i = 0; i < HANDLE_SLOTS; i++) {
    Str *name = str_intern_cstr(vm, handle_slots[i]);
    if (!name) error_clear(vm); /* no memory: next time */
    Value slot = name ? type_lookup(vm, type, name) : VALUE_UNBOUND;
    if (!value_is(slot, member_descriptor)) return;
    state.offsets[i] = ((const MemberDescriptor *)value_object(slot))->offset;
    if (!state.offsets[i]) return;
  }
  state.handle = (Object *)type;
  state.handle_key = type->key;
}

/* The methods that are done without are of the class, and the loop has none of these names
** itself. */
static bool is_library_loop(VM *vm, Object *loop) {
  static const char module[] = "asyncio.base_events";
  Type *type = object_type(loop);
  uint32_t number;
#define IS(name)                                                            \
  (is_function_of(vm, type, NAME(#name), module, "BaseEventLoop." #name) && \
   !instance_find(vm, loop, NAME(#name), &number))
  return IS(call_soon) && IS(_call_soon) && IS(_check_closed) && IS(get_debug);
#undef IS
}

/* loop_is_known: is it one of the library's, as its shape says: the key is another once its class
** has changed, or it has got an attribute. */
static bool loop_is_known(VM *vm, Object *loop) {
  const Shape *shape = object_shape(loop);
  if (LIKELY(shape->key == state.loop_key)) return true;
  if (shape->kind != SHAPE_SLOTS || !key_is_cacheable(shape->key)) return false;
  if (!is_library_loop(vm, loop)) return false;
  state.loop_key = shape->key;
  return true;
}

static bool handle_is_known(VM *vm) {
  if (UNLIKELY(!key_holds(state.handle, state.handle_key))) learn_handle(vm);
  return state.handle && state.events &&
         dict_get_str(vm, state.events, NAME("Handle")) == value_from(state.handle);
}

/* own: an attribute that the loop itself has; UNBOUND: it has none. */
static Value own(VM *vm, Value loop, Str *name) {
  uint32_t number;
  const Value *slot = instance_find(vm, value_object(loop), name, &number);
  return slot ? *slot : VALUE_UNBOUND;
}

static bool is_plain(VM *vm, Value loop) {
  return value_is_pointer(loop) && !trace_state.on && loop_is_known(vm, value_object(loop));
}

Answer loop_debugs(VM *vm, Value loop) {
  if (LIKELY(is_plain(vm, loop) && own(vm, loop, NAME("_debug")) == VALUE_FALSE)) return ANSWER_NO;
  Value debug = call_method0(vm, loop, NAME("get_debug"));
  return value_is_fail(debug) ? ANSWER_FAILED : value_truth(vm, debug);
}

/* ---- call_soon */
/* ready_queue: where the loop keeps what it calls next; NULL: its own call_soon is to be asked. */
static Deque *ready_queue(VM *vm, Value loop) {
  if (!is_plain(vm, loop) || !handle_is_known(vm)) return NULL;
  bool usual =
      own(vm, loop, NAME("_closed")) == VALUE_FALSE && own(vm, loop, NAME("_debug")) == VALUE_FALSE;
  Value ready = usual ? own(vm, loop, NAME("_ready")) : VALUE_UNBOUND;
  return value_is(ready, deque) ? value_object(ready) : NULL;
}

static bool append_handle(VM *vm, Deque *ready, Value loop, Value function, Value argument,
                          Value context) {
  Tuple *args = tuple_from_values(vm, &argument, argument != VALUE_MISSING);
  if (context == VALUE_NONE) context = context_copy_current(vm);
  Value v = args ? object_new(vm, (Type *)state.handle) : VALUE_FAIL;
  if (value_is_fail(v) || value_is_fail(context)) return false;
  const Value values[HANDLE_SLOTS] = {function,   value_from(args), VALUE_FALSE, loop,
                                      VALUE_NONE, VALUE_NONE,       context};
  for (int i = 0; i < HANDLE_SLOTS; i++)
    *(Value *)((char *)value_object(v) + state.offsets[i]) = values[i];
  return deque_append_value(vm, ready, v);
}

bool loop_call_soon(VM *vm, Value loop, Value function, Value argument, Value context) {
  Deque *ready = ready_queue(vm, loop);
  if (LIKELY(ready != NULL)) return append_handle(vm, ready, loop, function, argument, context);
  Value args[3] = {function};
  int npos = 1;
  if (argument != VALUE_MISSING) args[npos++] = argument;
  args[npos] = context;
  Value handle =
      call_method_values(vm, loop, NAME("call_soon"), args, npos, value_object(state.context_name));
  return !value_is_fail(handle);
}

void loop_tell(VM *vm, Future *future, Str *key, Str *message, Value exception) {
  Dict *about = dict_new(vm);
  bool made =
      dict_set_str(vm, about, key, value_from(future)) &&
      dict_set_str(vm, about, NAME("message"), value_from(message)) &&
      (exception == VALUE_UNBOUND || dict_set_str(vm, about, NAME("exception"), exception)) &&
      (future->source_traceback == VALUE_UNBOUND ||
       dict_set_str(vm, about, NAME("source_traceback"), future->source_traceback));
  Value tell = made ? get_attribute(vm, future->loop, NAME("call_exception_handler")) : VALUE_FAIL;
  Value told = value_is_fail(tell) ? tell : call1(vm, tell, value_from(about));
  if (value_is_fail(told))
    error_unraisable(vm, NULL, value_is_fail(tell) ? value_from(future) : tell);
}
