/* exception_os.c -- OSError and its subclasses: OSError(errno, text) makes an instance of the class
** for that errno. */
#include <errno.h>

#include "vm/objects/exception_internal.h"
#include "vm/objects/str.h"
#include "vm/objects/tuple.h"

static const struct {
  int error;
  uint16_t type;
} class_of_errno[] = {
    {EAGAIN, TYPE_BlockingIOError},
    {EALREADY, TYPE_BlockingIOError},
    {EINPROGRESS, TYPE_BlockingIOError},
    {EPIPE, TYPE_BrokenPipeError},
    {ESHUTDOWN, TYPE_BrokenPipeError},
    {ECHILD, TYPE_ChildProcessError},
    {ECONNABORTED, TYPE_ConnectionAbortedError},
    {ECONNREFUSED, TYPE_ConnectionRefusedError},
    {ECONNRESET, TYPE_ConnectionResetError},
    {EEXIST, TYPE_FileExistsError},
    {ENOENT, TYPE_FileNotFoundError},
    {EISDIR, TYPE_IsADirectoryError},
    {ENOTDIR, TYPE_NotADirectoryError},
    {EINTR, TYPE_InterruptedError},
    {EACCES, TYPE_PermissionError},
    {EPERM, TYPE_PermissionError},
    {ESRCH, TYPE_ProcessLookupError},
    {ETIMEDOUT, TYPE_TimeoutError},
};

static Type *type_for_errno(Value error) {
  if (!value_is_int(error)) return NULL;
  for (size_t i = 0; i < ARRAY_COUNT(class_of_errno); i++)
    if (value_as_int(error) == class_of_errno[i].error)
      return &builtin_types[class_of_errno[i].type];
  return NULL;
}

/* fill: fields from OSError's arguments (errno, strerror[, filename[, winerror[, filename2]]]). */
static void fill(VM *vm, OSErrorObject *e, const Value *args, int npos) {
  int kept = npos;
  if (npos >= 2 && npos <= 5) {
    e->myerrno = args[0];
    e->strerror = args[1];
    if (npos >= 3 && args[2] != VALUE_NONE) {
      bool is_count =
          value_type(value_from(e)) == TYPE_OF(BlockingIOError) && value_is_any_int(args[2]);
      if (is_count) {
        e->characters_written = args[2];
      } else {
        e->filename = args[2];
        if (npos == 5 && args[4] != VALUE_NONE) e->filename2 = args[4];
        kept = 2;
      }
    }
  }
  heap_barrier_any(vm, e);
  exception_set_args(vm, &e->e, args, kept);
}

/* uses_init: a subclass with its own __init__ and without its own __new__ gets its fields in
** OSError.__init__. */
static bool uses_init(const Type *cls) {
  return cls->specials[SPECIAL_init] != TYPE_OF(OSError)->specials[SPECIAL_init] &&
         type_is_native_new(cls);
}

static Value os_construct(VM *vm, Type *cls, const Value *args, int npos, Tuple *kwnames) {
  if (uses_init(cls)) return exception_alloc(vm, cls);
  if (kwnames && tuple_length(kwnames))
    return raise_type(vm, "%N() takes no keyword arguments", cls);
  if (cls == TYPE_OF(OSError) && npos >= 2 && npos <= 5) {
    Type *specific = type_for_errno(args[0]);
    if (specific) cls = specific;
  }
  Value v = exception_alloc(vm, cls);
  if (value_is_fail(v)) return v;
  fill(vm, value_object(v), args, npos);
  return v;
}

#define NATIVE_DEF "vm/objects/exception_os.def"
#define NATIVE_PREFIX os_
#define NATIVE_SELF OSErrorObject *
#include "vm/contracts/native_class.inc"

static Value os_op_init(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) {
  if (!uses_init(value_type(self))) return VALUE_NONE;
  if (kwnames && tuple_length(kwnames))
    return raise_type(vm, "%T() takes no keyword arguments", self);
  fill(vm, value_object(self), args, npos);
  return VALUE_NONE;
}

static Value shown(Value field) { return field == VALUE_UNBOUND ? VALUE_NONE : field; }

static Value os_op_str(VM *vm, OSErrorObject *e, const os_op_str_args *a) {
  Str *text;
  if (e->filename != VALUE_UNBOUND && e->filename2 != VALUE_UNBOUND)
    text = str_format(vm, "[Errno %S] %S: %R -> %R", shown(e->myerrno), shown(e->strerror),
                      e->filename, e->filename2);
  else if (e->filename != VALUE_UNBOUND)
    text = str_format(vm, "[Errno %S] %S: %R", shown(e->myerrno), shown(e->strerror), e->filename);
  else if (e->myerrno != VALUE_UNBOUND && e->strerror != VALUE_UNBOUND)
    text = str_format(vm, "[Errno %S] %S", e->myerrno, e->strerror);
  else return exception_str(vm, &e->e);
  return value_of(text);
}

static Value os_reduce(VM *vm, OSErrorObject *e, const os_reduce_args *a) {
  Value args = value_from(e->e.args), dict = exception_own_dict(vm, &e->e),
        type = value_from(value_type(value_from(e)));
  if (tuple_length(e->e.args) == 2 && e->filename != VALUE_UNBOUND) {
    Value first = e->e.args->items[0], second = e->e.args->items[1];
    args = e->filename2 != VALUE_UNBOUND
               ? PACK(first, second, e->filename, VALUE_NONE, e->filename2)
               : PACK(first, second, e->filename);
  }
  return dict == VALUE_NONE ? PACK(type, args) : PACK(type, args, dict);
}

FIELD(os_get_myerrno, os_set_myerrno, OSErrorObject, myerrno)
FIELD(os_get_strerror, os_set_strerror, OSErrorObject, strerror)
FIELD(os_get_filename, os_set_filename, OSErrorObject, filename)
FIELD(os_get_filename2, os_set_filename2, OSErrorObject, filename2)

static Value os_get_characters_written(VM *vm, OSErrorObject *e) {
  if (e->characters_written == VALUE_UNBOUND)
    return raise_error(vm, TYPE_OF(AttributeError), "characters_written");
  return e->characters_written;
}
static bool os_set_characters_written(VM *vm, OSErrorObject *e, Value v) {
  if (v == VALUE_MISSING && e->characters_written == VALUE_UNBOUND)
    return raise_false(vm, TYPE_OF(AttributeError), "characters_written");
  Value n = v;
  if (v != VALUE_MISSING && !value_index(vm, v, &n)) return false;
  exception_set_field(vm, e, &e->characters_written, n);
  return true;
}

const ClassSpec OSError_class = {NATIVE_CLASS(os_), .basic_size = sizeof(OSErrorObject)};
#define OS_EXCEPTION(n)                                                                      \
  const ClassSpec n##_class = {NATIVE_NAMES(os_##n##_), .basic_size = sizeof(OSErrorObject), \
                               .constructor = &os_constructor};
OS_EXCEPTION(BlockingIOError)
OS_EXCEPTION(ChildProcessError)
OS_EXCEPTION(ConnectionError)
OS_EXCEPTION(BrokenPipeError)
OS_EXCEPTION(ConnectionAbortedError)
OS_EXCEPTION(ConnectionRefusedError)
OS_EXCEPTION(ConnectionResetError)
OS_EXCEPTION(FileExistsError)
OS_EXCEPTION(FileNotFoundError)
OS_EXCEPTION(InterruptedError)
OS_EXCEPTION(IsADirectoryError)
OS_EXCEPTION(NotADirectoryError)
OS_EXCEPTION(PermissionError)
OS_EXCEPTION(ProcessLookupError)
OS_EXCEPTION(TimeoutError)
