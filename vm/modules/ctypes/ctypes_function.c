/* ctypes_function.c -- CFuncPtr: pointers to functions, from a library, an address or a Python
** function. */
#include "vm/base/libraries.h"
#if WITH_FFI
#include "vm/modules/ctypes/ctypes.h"
#include "vm/modules/ctypes/pythonapi.h"
#include "vm/objects/codec.h"
#include "vm/objects/function.h"
#include "vm/objects/int.h"
#include "vm/objects/str.h"

#include <dlfcn.h>

#define NATIVE_DEF "vm/modules/ctypes/ctypes_function.def"
#define NATIVE_PREFIX cfunction_
#define NATIVE_SELF CFunction *
#include "vm/contracts/sys.h"
#include "vm/contracts/native_class.inc"

/* ---- types of arguments and results */

/* Is this the from_param that the metaclass itself has, bound to the class? */
static bool is_ordinary(Value converter, Value type) {
  if (!value_is(converter, builtin_function_or_method)) return false;
  const NativeFunction *f = value_object(converter);
  return f->self == type && layout_of_value(type) && f->owner && f->spec->name &&
         !strcmp(f->spec->name, "from_param");
}

bool read_argtypes(VM *vm, Value v, Tuple **converters) {
  Tuple *types = tuple_from_iterable(vm, v);
  if (!types) {
    if (!error_clear_if(vm, TYPE_OF(TypeError))) return false;
    return raise_false(vm, TYPE_OF(TypeError), "_argtypes_ must be a sequence of types");
  }
  size_t n = tuple_length(types);
  if (n > ARGUMENTS_MAX)
    return raise_false(vm, value_object(ctypes_state.argument_error),
                       "_argtypes_ has too many arguments (%zu), maximum is %d", n, ARGUMENTS_MAX);
  Tuple *made = tuple_new(vm, 2 * n);
  if (!made) return false;
  for (size_t i = 0; i < n; i++) {
    Value converter = find_attribute(vm, types->items[i], NAME("from_param"));
    if (value_is_fail(converter)) return false;
    if (converter == VALUE_UNBOUND)
      return raise_false(vm, TYPE_OF(TypeError), "item %zu in _argtypes_ has no from_param method",
                         i + 1);
    bool ordinary = is_ordinary(converter, types->items[i]);
    tuple_set_item(vm, made, 2 * i, ordinary ? types->items[i] : VALUE_NONE);
    tuple_set_item(vm, made, 2 * i + 1, converter);
  }
  *converters = made;
  return true;
}

bool read_restype(VM *vm, Value v, const char *message, Value *checker) {
  *checker = VALUE_UNBOUND;
  if (v == VALUE_NONE) return true;
  if (!layout_of_value(v) && !value_is_callable(v))
    return raise_false(vm, TYPE_OF(TypeError), "%s", message);
  *checker = find_attribute(vm, v, NAME("_check_retval_"));
  return !value_is_fail(*checker);
}

static Value cfunction_get_restype(VM *vm, CFunction *self) {
  Value v = self->restype != VALUE_UNBOUND ? self->restype : layout_of_cdata(self)->restype;
  return v == VALUE_UNBOUND ? VALUE_NONE : v;
}

static bool cfunction_set_restype(VM *vm, CFunction *self, Value v) {
  Value checker = VALUE_UNBOUND;
  const char *message = "restype must be a type, a callable, or None";
  if (v != VALUE_MISSING && !read_restype(vm, v, message, &checker)) return false;
  self->restype = v == VALUE_MISSING ? VALUE_UNBOUND : v;
  self->checker = checker;
  heap_barrier_any(vm, self);
  return true;
}

static Value cfunction_get_argtypes(VM *vm, CFunction *self) {
  Value v = self->argtypes != VALUE_UNBOUND ? self->argtypes : layout_of_cdata(self)->argtypes;
  return v == VALUE_UNBOUND ? VALUE_NONE : v;
}

static bool cfunction_set_argtypes(VM *vm, CFunction *self, Value v) {
  Tuple *converters = NULL;
  bool is_none = v == VALUE_NONE || v == VALUE_MISSING;
  if (!is_none && !read_argtypes(vm, v, &converters)) return false;
  self->argtypes = is_none ? VALUE_UNBOUND : v;
  self->converters = converters;
  heap_barrier_any(vm, self);
  return true;
}

static Value cfunction_get_errcheck(VM *vm, CFunction *self) {
  return self->errcheck == VALUE_UNBOUND ? VALUE_NONE : self->errcheck;
}

static bool cfunction_set_errcheck(VM *vm, CFunction *self, Value v) {
  if (v != VALUE_MISSING && !value_is_callable(v))
    return raise_false(vm, TYPE_OF(TypeError), "the errcheck attribute must be callable");
  self->errcheck = v == VALUE_MISSING ? VALUE_UNBOUND : v;
  heap_barrier(vm, self, self->errcheck);
  return true;
}

/* ---- making */

Value name_in_library(VM *vm, Value name) {
  Value text = utf8_encode(vm, value_object(name), NULL);
  if (value_is_fail(text)) return text;
  const Bytes *bytes = value_object(text);
  if (strlen((const char *)bytes->data) != bytes->length)
    return raise_value(vm, "embedded null character");
  return text;
}

Value raise_dlerror(VM *vm, Type *type) {
  const char *told = dlerror();
  if (!told) return raise_error(vm, type, "the symbol is NULL");
  Value text = utf8_decode(vm, (const uint8_t *)told, strlen(told), VALUE_UNBOUND, NULL, NULL);
  return value_is_fail(text) ? text : raise_with(vm, type, text);
}

void *library_symbol(VM *vm, Value dll, Value name, Type *missing) {
  Value handle = get_attribute(vm, dll, NAME("_handle"));
  if (value_is_fail(handle)) return NULL;
  if (!value_is_any_int(handle)) {
    raise_type(vm, "the _handle attribute of the second argument must be an integer");
    return NULL;
  }
  void *library;
  if (!int_as_address(vm, handle, &library)) {
    raise_value(vm, "could not convert the _handle attribute to a pointer");
    return NULL;
  }
  Value text = value_is_str(name) ? utf8_encode(vm, value_object(name), NULL) : name;
  if (value_is_fail(text)) return NULL;
  dlerror();
  void *address = symbol_of(library, (const char *)((Bytes *)value_object(text))->data);
  if (!address) raise_dlerror(vm, missing);
  return address;
}

static bool set_address(VM *vm, CFunction *self, void *address, Value keep) {
  memcpy(self->data.bytes, &address, sizeof address);
  return keep == VALUE_NONE || cdata_keep(vm, &self->data, 0, keep);
}

static bool from_library(VM *vm, CFunction *self, const Tuple *spec, Value flags) {
  if (tuple_length(spec) != 2)
    return raise_false(vm, TYPE_OF(TypeError), "illegal func_spec argument");
  Value name = spec->items[0], dll = spec->items[1];
  if (!value_is_str(name) && !value_has_flag(name, TYPE_BYTES_SUBCLASS))
    return raise_false(vm, TYPE_OF(TypeError),
                       "function name must be string, bytes object or integer");
  Tuple *checked;
  if (!paramflags_check(vm, layout_of_cdata(self), flags, &checked)) return false;
  if (!SYS_AUDIT(vm, "ctypes.dlsym", dll, name)) return false;
  void *address = library_symbol(vm, dll, name, TYPE_OF(AttributeError));
  if (!address || !set_address(vm, self, address, dll)) return false;
  self->paramflags = checked;
  heap_barrier_object(vm, self, checked);
  return true;
}

static bool from_callable(VM *vm, CFunction *self, Value callable) {
  if (!value_is_callable(callable))
    return raise_false(vm, TYPE_OF(TypeError),
                       "argument must be callable or integer function address");
  Object *thunk = thunk_new(vm, callable, layout_of_cdata(self));
  if (!thunk || !set_address(vm, self, thunk_address(thunk), value_from(thunk))) return false;
  self->callable = callable;
  self->thunk = thunk;
  heap_barrier_any(vm, self);
  return true;
}

static bool fill(VM *vm, CFunction *self, const Value *args, int npos, Tuple *kwnames) {
  if (npos == 0) return true;
  if (value_has_flag(args[0], TYPE_TUPLE_SUBCLASS)) {
    if (npos > 2)
      return raise_false(vm, TYPE_OF(TypeError), "function takes at most 2 arguments (%d given)",
                         npos);
    return from_library(vm, self, value_object(args[0]), npos == 2 ? args[1] : VALUE_NONE);
  }
  if (npos == 1 && value_is_any_int(args[0])) {
    void *address;
    return int_as_address(vm, args[0], &address) && set_address(vm, self, address, VALUE_NONE);
  }
  if (npos != 1)
    return raise_false(vm, TYPE_OF(TypeError), "function takes exactly 1 argument (%d given)",
                       npos);
  return from_callable(vm, self, args[0]);
}

static Value cfunction_construct(VM *vm, Type *cls, const Value *args, int npos, Tuple *kwnames) {
  Value made = cdata_construct(vm, cls);
  if (value_is_fail(made)) return made;
  return fill(vm, value_object(made), args, npos, kwnames) ? made : VALUE_FAIL;
}

/* ---- calling */

static bool check_count(VM *vm, const CallTarget *target, int given) {
  if (!target->converters) return true;
  int wanted = (int)(tuple_length(target->converters) / 2);
  if (LIKELY(given >= wanted)) return true;
  return raise_false(vm, TYPE_OF(TypeError),
                     "this function takes at least %d argument%s (%d given)", wanted,
                     wanted == 1 ? "" : "s", given);
}

static bool find_target(VM *vm, CFunction *self, CallTarget *target) {
  const Layout *layout = layout_of_cdata(self);
  if (!cdata_spans(&self->data, 0, sizeof(void *)))
    return cdata_raise_short(vm, &self->data), false;
  bool own_restype = self->restype != VALUE_UNBOUND;
  *target = (CallTarget){.flags = layout->flags,
                         .converters = self->converters ? self->converters : layout->converters,
                         .restype = own_restype ? self->restype : layout->restype,
                         .checker = own_restype ? self->checker : layout->checker,
                         .function = self};
  memcpy(&target->address, self->data.bytes, sizeof(void *));
  return target->address || raise_false(vm, TYPE_OF(ValueError), "NULL function pointer access");
}

Value function_invoke(VM *vm, CFunction *self, const Value *args, int n, bool *replaced) {
  CallTarget target;
  *replaced = false;
  if (!find_target(vm, self, &target) || !check_count(vm, &target, n)) return VALUE_FAIL;
  Value result = foreign_call(vm, &target, args, n);
  if (LIKELY(self->errcheck == VALUE_UNBOUND) || value_is_fail(result)) return result;
  Value all = value_of(tuple_from_values(vm, args, (size_t)n));
  if (value_is_fail(all)) return all;
  Value checked = call3(vm, self->errcheck, result, value_from(self), all);
  *replaced = checked != all;
  return checked;
}

static Value cfunction_call(VM *vm, CFunction *self, const Value *args, int npos, Tuple *kwnames) {
  if (UNLIKELY(self->paramflags != NULL)) return paramflags_call(vm, self, args, npos, kwnames);
  bool replaced;
  return function_invoke(vm, self, args, npos, &replaced);
}

static Value cfunction_op_truth(VM *vm, CFunction *self, const cfunction_op_truth_args *a) {
  for (size_t i = 0; i < self->data.size; i++)
    if (self->data.bytes[i]) return VALUE_TRUE;
  return VALUE_FALSE;
}

static Value cfunction_op_repr(VM *vm, CFunction *self, const cfunction_op_repr_args *a) {
  return value_of(str_format(vm, "<%N object at %p>", object_type(self), (void *)self));
}

const ClassSpec ctypes_function_class = {
    NATIVE_CLASS(cfunction_),
    .basic_size = sizeof(CFunction),
    .trace = cfunction_trace,
};
#endif
