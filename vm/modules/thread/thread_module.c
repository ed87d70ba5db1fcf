/* thread_module.c -- the module _thread. */
#include "vm/contracts/error.h"
#include "vm/contracts/import.h"
#include "vm/contracts/poll.h"
#include "vm/contracts/protocol.h"
#include "vm/contracts/type.h"
#include "vm/modules/system/signal.h"
#include "vm/modules/thread/thread.h"
#include "vm/modules/thread/thread_lock.h"
#include "vm/objects/int.h"
#include "vm/objects/tuple.h"

#include <limits.h>
#include <signal.h>
#include <unistd.h>

#define NATIVE_DEF "vm/modules/thread/thread.def"
#define NATIVE_PREFIX threads_
#include "vm/contracts/native_class.inc"

static Value threads_start_new_thread(VM *vm, Value self, const Value *args, int npos,
                                      Tuple *kwnames) {
  if (kwnames) return raise_type(vm, "_thread.start_new_thread() takes no keyword arguments");
  if (npos < 2)
    return raise_type(vm, "start_new_thread expected at least 2 arguments, got %d", npos);
  if (npos > 3)
    return raise_type(vm, "start_new_thread expected at most 3 arguments, got %d", npos);
  if (!value_is_callable(args[0])) return raise_type(vm, "first arg must be callable");
  if (!value_has_flag(args[1], TYPE_TUPLE_SUBCLASS))
    return raise_type(vm, "2nd arg must be a tuple");
  if (npos == 3 && !value_has_flag(args[2], TYPE_DICT_SUBCLASS))
    return raise_type(vm, "optional 3rd arg must be a dictionary");
  Thread *thread = thread_start(vm, args[0], args[1], npos == 3 ? args[2] : VALUE_NONE);
  return thread ? int_from_uint64(vm, thread->ident) : VALUE_FAIL;
}

static Value threads_start_new(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) {
  return threads_start_new_thread(vm, self, args, npos, kwnames);
}
static Value threads_allocate_lock(VM *vm, Value self, const threads_allocate_lock_args *a) {
  return lock_new(vm);
}
static Value threads_allocate(VM *vm, Value self, const threads_allocate_args *a) {
  return lock_new(vm);
}
static Value threads_exit(VM *vm, Value self, const threads_exit_args *a) {
  return raise_bare(vm, TYPE_OF(SystemExit));
}
static Value threads_exit_thread(VM *vm, Value self, const threads_exit_thread_args *a) {
  return raise_bare(vm, TYPE_OF(SystemExit));
}

static Value threads_interrupt_main(VM *vm, Value self, const threads_interrupt_main_args *a) {
  if (a->signum < 1 || a->signum >= NSIG) return raise_value(vm, "signal number out of range");
  signal_simulate(vm, a->signum);
  /* in the main thread its handler runs at once */
  return value_none_if(!thread_is_main(vm) || poll_signals(vm));
}

static Value threads_get_ident(VM *vm, Value self, const threads_get_ident_args *a) {
  return int_from_uint64(vm, vm->thread->ident);
}
static Value threads_get_native_id(VM *vm, Value self, const threads_get_native_id_args *a) {
  return value_int_unchecked(gettid());
}
static Value threads_count(VM *vm, Value self, const threads_count_args *a) {
  return value_int_unchecked(thread_count());
}

static Value threads_stack_size(VM *vm, Value self, const threads_stack_size_args *a) {
  int64_t size = a->size;
  Value old = value_int(vm, (int64_t)thread_stack_size());
  if (size < 0) return raise_value(vm, "size must be 0 or a positive value");
  if (size && size < 32768) return raise_value(vm, "size not valid: %ld bytes", (long)size);
  thread_set_stack_size((size_t)size);
  return old;
}

/* The lock must not keep the thread's end from coming, nor die before it: the Thread holds it. */
static Value threads_set_sentinel(VM *vm, Value self, const threads_set_sentinel_args *a) {
  Value lock = lock_new(vm);
  vm->thread->sentinel = lock;
  return lock;
}

/* What threading.excepthook does by default; threading has a version in Python too, which falls
** back on traceback. */
static Value threads_excepthook(VM *vm, Value self, const threads_excepthook_args *a) {
  Value type = get_attribute(vm, a->exc_info, NAME("exc_type"));
  if (type == VALUE_FAIL) return VALUE_FAIL;
  if (type == value_from(TYPE_OF(SystemExit))) return VALUE_NONE;
  Value exception = get_attribute(vm, a->exc_info, NAME("exc_value")),
        thread = get_attribute(vm, a->exc_info, NAME("thread"));
  if (exception == VALUE_FAIL || thread == VALUE_FAIL) return VALUE_FAIL;
  Value trace = get_attribute(vm, a->exc_info, NAME("exc_traceback"));
  if (trace == VALUE_FAIL) return VALUE_FAIL;
  Value file = get_attribute(vm, value_from(vm->sys), NAME("stderr"));
  if (file == VALUE_FAIL) error_clear(vm), file = VALUE_NONE;
  if (file == VALUE_NONE)
    file = thread == VALUE_NONE ? VALUE_NONE : find_attribute(vm, thread, NAME("_stderr"));
  if (file == VALUE_NONE || file == VALUE_UNBOUND || file == VALUE_FAIL)
    return error_clear(vm), VALUE_NONE;
  Value name = thread == VALUE_NONE ? VALUE_UNBOUND : find_attribute(vm, thread, NAME("_name"));
  if (name == VALUE_FAIL) error_clear(vm), name = VALUE_UNBOUND;
  if (name == VALUE_UNBOUND) name = int_from_uint64(vm, vm->thread->ident);
  Str *head = str_format(vm, "Exception in thread %S:\n", name);
  if (!head || call_method1(vm, file, NAME("write"), value_from(head)) == VALUE_FAIL)
    return VALUE_FAIL;
  Value traceback = import_module(vm, NAME("traceback"));
  if (traceback == VALUE_FAIL) return VALUE_FAIL;
  Value print = get_attribute(vm, traceback, NAME("print_exception"));
  if (print == VALUE_FAIL) return VALUE_FAIL;
  Value arguments[] = {type, exception, trace, file};
  Tuple *names = TUPLE(value_from(NAME("file")));
  if (call_values(vm, print, arguments, 3, names) == VALUE_FAIL) return VALUE_FAIL;
  return call_method0(vm, file, NAME("flush"));
}

static struct {
  Value excepthook_args_type; /* registered by the first import */
} state = {VALUE_NONE};

static bool init(VM *vm, Module *module) {
  if (state.excepthook_args_type == VALUE_NONE) {
    static const char *const fields[] = {"exc_type", "exc_value", "exc_traceback", "thread", NULL};
    static const char *const docs[] = {"class of the exception", "the exception", "its traceback",
                                       "the thread, or None"};
    static const StructSequenceSpec spec = {
        .name = "_thread._ExceptHookArgs",
        .doc = "Type used to pass arguments to threading.excepthook.",
        .fields = fields,
        .docs = docs,
        .visible = 4};
    Type *type = struct_sequence_type(vm, &spec);
    if (!type) return false;
    state.excepthook_args_type = value_from(type);
    heap_add_root(vm, &state.excepthook_args_type);
  }
  return module_add(vm, module, "LockType", value_from(TYPE_OF(thread_lock))) &&
         module_add(vm, module, "RLock", value_from(TYPE_OF(thread_RLock))) &&
         module_add(vm, module, "_local", value_from(TYPE_OF(thread_local))) &&
         module_add(vm, module, "error", value_from(TYPE_OF(RuntimeError))) &&
         module_add(vm, module, "_ExceptHookArgs", state.excepthook_args_type) &&
         module_add(vm, module, "TIMEOUT_MAX", value_float(vm, THREAD_TIMEOUT_MAX));
}

const ModuleSpec _thread_module = {
    .name = "_thread",
    .doc = "Primitives of threads: starting them, and locks.",
    NATIVE_FUNCTIONS(threads_),
    .init = init,
};
