/* exception_lookup.c -- exceptions with a few fields: ImportError, NameError, AttributeError,
** KeyError, StopIteration, SystemExit. */
#include "vm/objects/dict.h"
#include "vm/objects/exception_internal.h"
#include "vm/objects/tuple.h"

/* ---- ImportError */

#define NATIVE_DEF "vm/objects/exception_import.def"
#define NATIVE_PREFIX import_error_
#define NATIVE_SELF ImportErrorObject *
#include "vm/contracts/native_class.inc"

static Value import_error_op_init(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) {
  ImportErrorObject *e = value_object(self);
  static const char *const names[] = {"name", "path", NULL};
  Value name = VALUE_UNBOUND, path = VALUE_UNBOUND; /* stored when nothing allocates any more */
  if (!exception_keywords(vm, "ImportError", args + npos, kwnames, names,
                          (Value *[]){&name, &path}))
    return VALUE_FAIL;
  exception_set_args(vm, &e->e, args, npos);
  e->name = name;
  e->path = path;
  e->msg = npos == 1 ? args[0] : VALUE_UNBOUND;
  heap_barrier_any(vm, e);
  return VALUE_NONE;
}
static Value import_error_op_str(VM *vm, ImportErrorObject *e, const import_error_op_str_args *a) {
  return value_is(e->msg, str) ? e->msg : exception_str(vm, &e->e);
}
static Value import_error_reduce(VM *vm, ImportErrorObject *e, const import_error_reduce_args *a) {
  Value type = value_from(value_type(value_from(e))), dict = exception_own_dict(vm, &e->e);
  bool has_fields = e->name != VALUE_UNBOUND || e->path != VALUE_UNBOUND;
  if (!has_fields && dict == VALUE_NONE) return PACK(type, value_from(e->e.args));
  Dict *state = dict == VALUE_NONE ? dict_new(vm) : dict_copy(vm, value_object(dict));
  if (e->name != VALUE_UNBOUND && !dict_set_str(vm, state, NAME("name"), e->name))
    return VALUE_FAIL;
  if (e->path != VALUE_UNBOUND && !dict_set_str(vm, state, NAME("path"), e->path))
    return VALUE_FAIL;
  return PACK(type, value_from(e->e.args), value_from(state));
}
FIELD(import_error_get_msg, import_error_set_msg, ImportErrorObject, msg)
FIELD(import_error_get_name, import_error_set_name, ImportErrorObject, name)
FIELD(import_error_get_path, import_error_set_path, ImportErrorObject, path)

EXCEPTION(ImportError, import_error_, ImportErrorObject)
DERIVED_EXCEPTION(ModuleNotFoundError, import_error_, ImportErrorObject)

/* ---- NameError */

#define NATIVE_DEF "vm/objects/exception_name.def"
#define NATIVE_PREFIX name_error_
#define NATIVE_SELF NameErrorObject *
#include "vm/contracts/native_class.inc"

static Value name_error_op_init(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) {
  NameErrorObject *e = value_object(self);
  static const char *const names[] = {"name", NULL};
  Value name = VALUE_UNBOUND;
  if (!exception_keywords(vm, "NameError", args + npos, kwnames, names, (Value *[]){&name}))
    return VALUE_FAIL;
  exception_set_args(vm, &e->e, args, npos);
  e->name = name;
  heap_barrier_any(vm, e);
  return VALUE_NONE;
}
FIELD(name_error_get_name, name_error_set_name, NameErrorObject, name)
EXCEPTION(NameError, name_error_, NameErrorObject)
DERIVED_EXCEPTION(UnboundLocalError, name_error_, NameErrorObject)

/* ---- AttributeError */

#define NATIVE_DEF "vm/objects/exception_attribute.def"
#define NATIVE_PREFIX attribute_error_
#define NATIVE_SELF AttributeErrorObject *
#include "vm/contracts/native_class.inc"

static Value attribute_error_op_init(VM *vm, Value self, const Value *args, int npos,
                                     Tuple *kwnames) {
  AttributeErrorObject *e = value_object(self);
  static const char *const names[] = {"name", "obj", NULL};
  Value name = VALUE_UNBOUND, obj = VALUE_UNBOUND;
  if (!exception_keywords(vm, "AttributeError", args + npos, kwnames, names,
                          (Value *[]){&name, &obj}))
    return VALUE_FAIL;
  exception_set_args(vm, &e->e, args, npos);
  e->name = name;
  e->obj = obj;
  heap_barrier_any(vm, e);
  return VALUE_NONE;
}
FIELD(attribute_error_get_name, attribute_error_set_name, AttributeErrorObject, name)
FIELD(attribute_error_get_obj, attribute_error_set_obj, AttributeErrorObject, obj)
EXCEPTION(AttributeError, attribute_error_, AttributeErrorObject)

/* ---- KeyError */

#define NATIVE_DEF "vm/objects/exception_key.def"
#define NATIVE_PREFIX key_error_
#define NATIVE_SELF Exception *
#include "vm/contracts/native_class.inc"

static Value key_error_op_str(VM *vm, Exception *e, const key_error_op_str_args *a) {
  return tuple_length(e->args) == 1 ? value_repr(vm, e->args->items[0]) : exception_str(vm, e);
}
EXCEPTION(KeyError, key_error_, Exception)

/* ---- StopIteration */

#define NATIVE_DEF "vm/objects/exception_value.def"
#define NATIVE_PREFIX stop_
#define NATIVE_SELF StopIterationObject *
#include "vm/contracts/native_class.inc"

static Value stop_op_init(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) {
  if (kwnames && tuple_length(kwnames))
    return raise_type(vm, "%T() takes no keyword arguments", self);
  StopIterationObject *e = value_object(self);
  exception_set_args(vm, &e->e, args, npos);
  e->value = npos ? args[0] : VALUE_UNBOUND;
  heap_barrier(vm, e, e->value);
  return VALUE_NONE;
}
FIELD(stop_get_value, stop_set_value, StopIterationObject, value)
EXCEPTION(StopIteration, stop_, StopIterationObject)

/* ---- SystemExit */

#define NATIVE_DEF "vm/objects/exception_code.def"
#define NATIVE_PREFIX exit_
#define NATIVE_SELF SystemExitObject *
#include "vm/contracts/native_class.inc"

static Value exit_op_init(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) {
  if (kwnames && tuple_length(kwnames))
    return raise_type(vm, "%T() takes no keyword arguments", self);
  SystemExitObject *e = value_object(self);
  exception_set_args(vm, &e->e, args, npos);
  e->code = npos == 0 ? VALUE_UNBOUND : npos == 1 ? args[0] : value_from(e->e.args);
  heap_barrier(vm, e, e->code);
  return VALUE_NONE;
}
FIELD(exit_get_code, exit_set_code, SystemExitObject, code)
EXCEPTION(SystemExit, exit_, SystemExitObject)
