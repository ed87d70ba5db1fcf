/* ctypes_module.c -- the module _ctypes: its functions, and the helpers that ctypes calls by
** address. */
#include "vm/base/libraries.h"
#if WITH_FFI
#include "vm/modules/ctypes/ctypes.h"
#include "vm/modules/ctypes/pythonapi.h"
#include "vm/contracts/import.h"
#include "vm/contracts/poll.h"
#include "vm/contracts/sys.h"
#include "vm/objects/int.h"
#include "vm/objects/module.h"
#include "vm/objects/str.h"
#include "vm/runtime/path.h"

#include <dlfcn.h>
#include <wchar.h>

#define NATIVE_DEF "vm/modules/ctypes/ctypes_module.def"
#define NATIVE_PREFIX ctypes_
#include "vm/contracts/native_class.inc"

/* Roots: registered by init. */
struct CtypesState ctypes_state;

/* ---- types and instances */

static Value ctypes_POINTER(VM *vm, Value module, const ctypes_POINTER_args *a) {
  return ctype_pointer_to(vm, a->type);
}

static Value ctypes_pointer(VM *vm, Value module, const ctypes_pointer_args *a) {
  Value type = ctype_pointer_to(vm, value_from(value_type(a->object)));
  return value_is_fail(type) ? type : call1(vm, type, a->object);
}

/* Of a type or an instance; NULL: neither. */
static const Layout *layout_of_either(Value v) {
  const Layout *layout = layout_of_value(v);
  return layout ? layout : layout_of_instance(v);
}

static Value ctypes_sizeof(VM *vm, Value module, const ctypes_sizeof_args *a) {
  const Layout *layout = layout_of_value(a->object);
  if (layout) return value_int(vm, (int64_t)layout->size);
  if (!value_is_cdata(a->object)) return raise_type(vm, "this type has no size");
  return value_int(vm, (int64_t)((CData *)value_object(a->object))->size);
}

static Value ctypes_alignment(VM *vm, Value module, const ctypes_alignment_args *a) {
  const Layout *layout = layout_of_either(a->object);
  if (!layout) return raise_type(vm, "no alignment info");
  return value_int(vm, (int64_t)layout->align);
}

static Value ctypes_addressof(VM *vm, Value module, const ctypes_addressof_args *a) {
  if (!value_is_cdata(a->object)) return raise_type(vm, "invalid type");
  AUDITED(vm, "ctypes.addressof", a->object);
  return int_from_uint64(vm, (uintptr_t)((CData *)value_object(a->object))->bytes);
}

static Value ctypes_byref(VM *vm, Value module, const ctypes_byref_args *a) {
  if (!value_is_cdata(a->object))
    return raise_type(vm, "byref() argument must be a ctypes instance, not '%T'", a->object);
  return argument_by_reference(vm, a->object, a->offset);
}

/* (format, number of dimensions, shape) */
static Value ctypes_buffer_info(VM *vm, Value module, const ctypes_buffer_info_args *a) {
  const Layout *layout = layout_of_either(a->object);
  if (!layout) return raise_type(vm, "not a ctypes type or object");
  const char *format = layout->format ? (const char *)layout->format->data : "B";
  Tuple *shape = tuple_new(vm, (size_t)layout->ndim);
  for (int i = 0; shape && i < layout->ndim; i++)
    tuple_set_item(vm, shape, (size_t)i, value_int(vm, ((const int64_t *)layout->shape->bytes)[i]));
  return PACK(value_of(str_new_cstr(vm, format)), value_int_unchecked(layout->ndim),
              value_of(shape));
}

/* What it was before stays where it is as long as somebody looks at it. */
static Value ctypes_resize(VM *vm, Value module, const ctypes_resize_args *a) {
  if (!value_is_cdata(a->object)) return raise_type(vm, "excepted ctypes instance");
  CData *data = value_object(a->object);
  size_t least = layout_of_cdata(data)->size;
  if (a->size < (int64_t)least) return raise_value(vm, "minimum size is %zu", least);
  if (!data->store && data->bytes != data->inline_bytes)
    return raise_value(vm, "Memory cannot be resized because this object doesn't own it");
  size_t size = (size_t)a->size;
  if (size > sizeof data->inline_bytes || data->store) {
    RawBytes *store = raw_bytes_new(vm, size);
    if (!store) return VALUE_FAIL;
    memset(store->bytes, 0, size);
    memcpy(store->bytes, data->bytes, data->size < size ? data->size : size);
    data->store = store;
    data->bytes = store->bytes;
    heap_barrier_object(vm, data, store);
  }
  data->size = size;
  return VALUE_NONE;
}

static COLD Value raise_argument(VM *vm, const char *what, Value v) {
  if (v == VALUE_NONE) return raise_type(vm, "%s, not None", what);
  return raise_type(vm, "%s, not %T", what, v);
}

static Value ctypes__unpickle(VM *vm, Value module, const ctypes__unpickle_args *a) {
  if (!value_has_flag(a->state, TYPE_TUPLE_SUBCLASS))
    return raise_argument(vm, "argument 2 must be tuple", a->state);
  Value made = call_method1(vm, a->type, NAME("__new__"), a->type);
  if (value_is_fail(made)) return made;
  Value set = get_attribute(vm, made, NAME("__setstate__"));
  if (value_is_fail(set)) return set;
  const Tuple *state = value_object(a->state);
  Value done = call_values(vm, set, state->items, (int)tuple_length(state), NULL);
  return value_is_fail(done) ? VALUE_FAIL : made;
}

/* ---- objects by address */

static Value object_at(VM *vm, uint64_t address) { return code_of_letter('O')->get(vm, &address); }
static bool read_handle(VM *vm, Value v, void **out) {
  if (!value_is_any_int(v)) return raise_false(vm, TYPE_OF(TypeError), "an integer is required");
  return int_as_address(vm, v, out);
}

static Value ctypes_PyObj_FromPtr(VM *vm, Value module, const ctypes_PyObj_FromPtr_args *a) {
  void *address;
  if (!read_handle(vm, a->address, &address)) return VALUE_FAIL;
  Value object = object_at(vm, (uint64_t)address);
  return value_is_fail(object) || sys_audit(vm, "ctypes.PyObj_FromPtr", object) ? object
                                                                                : VALUE_FAIL;
}
static Value ctypes_Py_INCREF(VM *vm, Value module, const ctypes_Py_INCREF_args *a) {
  return a->object;
}
static Value ctypes_Py_DECREF(VM *vm, Value module, const ctypes_Py_DECREF_args *a) {
  return a->object;
}

/* ---- libraries */

static Value ctypes_dlopen(VM *vm, Value module, const ctypes_dlopen_args *a) {
  const char *name = NULL;
  if (a->name != VALUE_NONE) {
    const Bytes *path = path_encode(vm, a->name);
    if (!path) return VALUE_FAIL;
    name = (const char *)path->data;
  }
  if (!sys_audit(vm, "ctypes.dlopen", a->name)) return VALUE_FAIL;
  int flag = a->flag | RTLD_NOW;
  void *handle = BLOCKING(vm, dlopen(name, flag));
  return handle ? int_from_uint64(vm, (uintptr_t)handle) : raise_dlerror(vm, TYPE_OF(OSError));
}

static Value ctypes_dlclose(VM *vm, Value module, const ctypes_dlclose_args *a) {
  void *handle;
  if (!read_handle(vm, a->handle, &handle)) return VALUE_FAIL;
  return dlclose(handle) ? raise_dlerror(vm, TYPE_OF(OSError)) : VALUE_NONE;
}

static Value ctypes_dlsym(VM *vm, Value module, const ctypes_dlsym_args *a) {
  void *handle;
  if (!read_handle(vm, a->handle, &handle)) return VALUE_FAIL;
  if (!value_is_str(a->name)) return raise_argument(vm, "dlsym() argument 2 must be str", a->name);
  AUDITED(vm, "ctypes.dlsym/handle", a->handle, a->name);
  Value name = name_in_library(vm, a->name);
  if (value_is_fail(name)) return name;
  void *address = symbol_of(handle, (const char *)((Bytes *)value_object(name))->data);
  return address ? int_from_uint64(vm, (uintptr_t)address) : raise_dlerror(vm, TYPE_OF(OSError));
}

static Value call_address(VM *vm, Value address, Value arguments, int flags) {
  CallTarget target = {.flags = flags, .restype = VALUE_UNBOUND, .checker = VALUE_UNBOUND};
  if (!read_handle(vm, address, &target.address)) return VALUE_FAIL;
  if (!value_has_flag(arguments, TYPE_TUPLE_SUBCLASS))
    return raise_argument(vm, "argument 2 must be tuple", arguments);
  AUDITED(vm, "ctypes.call_function", address, arguments);
  const Tuple *tuple = value_object(arguments);
  return foreign_call(vm, &target, tuple->items, (int)tuple_length(tuple));
}
static Value ctypes_call_function(VM *vm, Value module, const ctypes_call_function_args *a) {
  return call_address(vm, a->address, a->arguments, 0);
}
static Value ctypes_call_cdeclfunction(VM *vm, Value module,
                                       const ctypes_call_cdeclfunction_args *a) {
  return call_address(vm, a->address, a->arguments, CALL_CDECL);
}

/* ---- errno */

static Value ctypes_get_errno(VM *vm, Value module, const ctypes_get_errno_args *a) {
  if (!sys_audit(vm, "ctypes.get_errno", VALUE_UNBOUND)) return VALUE_FAIL;
  return value_int_unchecked(*ctypes_errno());
}
static Value ctypes_set_errno(VM *vm, Value module, const ctypes_set_errno_args *a) {
  uint64_t bits;
  if (!int_as_bits(vm, a->value, &bits)) return VALUE_FAIL;
  AUDITED(vm, "ctypes.set_errno", a->value);
  int old = *ctypes_errno();
  *ctypes_errno() = (int)bits;
  return value_int_unchecked(old);
}

/* ---- what ctypes/__init__.py makes functions of, with the global lock held. An exception is left
** pending behind the word 0, which py_object's result then passes on. */

static void *word_of(Value v) { return (void *)(v ^ 2); } /* as codes.c writes py_object */

static bool audit_read(const char *event, const void *at, int size) {
  VM *vm = the_vm;
  return SYS_AUDIT(vm, event, int_from_uint64(vm, (uintptr_t)at), value_int_unchecked(size));
}

static void *string_at(const char *at, int size) {
  if (!audit_read("ctypes.string_at", at, size)) return NULL;
  const Bytes *bytes = bytes_new(the_vm, at, size < 0 ? strlen(at) : (size_t)size);
  return bytes ? word_of(value_from(bytes)) : NULL;
}

static void *wstring_at(const wchar_t *at, int size) {
  if (!audit_read("ctypes.wstring_at", at, size)) return NULL;
  Value text = wide_text(the_vm, at, size < 0 ? wcslen(at) : (size_t)size);
  return value_is_fail(text) ? NULL : word_of(text);
}

/* Which objects a cast shares with its source: all that it keeps, and itself. */
static bool share_objects(VM *vm, CData *result, Value source) {
  if (!value_is_cdata(source)) return true;
  CData *from = value_object(source);
  Value objects = cdata_objects(vm, from);
  if (objects == VALUE_NONE) objects = from->objects = value_from(dict_new(vm));
  heap_barrier(vm, from, objects);
  result->objects = objects;
  heap_barrier(vm, result, objects);
  if (!value_has_flag(objects, TYPE_DICT_SUBCLASS)) return true;
  Value key = int_from_uint64(vm, (uintptr_t)from);
  return dict_set(vm, value_object(objects), key, source);
}

static Value cast(VM *vm, void *address, Value source, Value type) {
  const Layout *layout = layout_of_value(type);
  bool fits = layout && (layout->kind == C_POINTER || layout->kind == C_FUNCTION ||
                         (layout->kind == C_SIMPLE && strchr("sPzUZXO", layout->code->letter)));
  const Type *shown = value_is_type(type) ? value_object(type) : value_type(type);
  if (!fits) return raise_type(vm, "cast() argument 2 must be a pointer type, not %N", shown);
  Value result = call0(vm, type);
  if (value_is_fail(result)) return result;
  CData *data = value_object(result);
  if (!value_is_cdata(result) || data->size < sizeof address)
    return raise_type(vm, "cast() argument 2 must be a pointer type, not %N", shown);
  if (!share_objects(vm, data, source)) return VALUE_FAIL;
  memcpy(data->bytes, &address, sizeof address);
  return result;
}

static void *cast_at(void *address, uint64_t source, uint64_t type) {
  VM *vm = the_vm;
  Value made = cast(vm, address, object_at(vm, source), object_at(vm, type));
  return value_is_fail(made) ? NULL : word_of(made);
}

/* ---- the module */

static bool add_types(VM *vm, Module *module) {
  const struct {
    const char *name;
    Type *type, *meta;
    uint32_t meta_shape;
  } rows[] = {
      {"_SimpleCData", TYPE_OF(ctypes_simple), NULL, SHAPE_OF(ctypes_simple_type)},
      {"Structure", TYPE_OF(ctypes_structure), NULL, SHAPE_OF(ctypes_structure_type)},
      {"Union", TYPE_OF(ctypes_union), NULL, SHAPE_OF(ctypes_union_type)},
      {"Array", TYPE_OF(ctypes_array), NULL, SHAPE_OF(ctypes_array_type)},
      {"_Pointer", TYPE_OF(ctypes_pointer), NULL, SHAPE_OF(ctypes_pointer_type)},
      {"CFuncPtr", TYPE_OF(ctypes_function), NULL, SHAPE_OF(ctypes_function_type)},
  };
  for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
    rows[i].type->header.shape = rows[i].meta_shape; /* its class is the metaclass */
    if (!module_add(vm, module, rows[i].name, value_from(rows[i].type))) return false;
  }
  return true;
}

static bool add_address(VM *vm, Module *module, const char *name, uintptr_t address) {
  return module_add(vm, module, name, int_from_uint64(vm, address));
}

static bool add_constants(VM *vm, Module *module) {
  return module_add_int(vm, module, "FUNCFLAG_CDECL", CALL_CDECL) &&
         module_add_int(vm, module, "FUNCFLAG_USE_ERRNO", CALL_USE_ERRNO) &&
         module_add_int(vm, module, "FUNCFLAG_USE_LASTERROR", CALL_USE_LASTERROR) &&
         module_add_int(vm, module, "FUNCFLAG_PYTHONAPI", CALL_PYTHONAPI) &&
         module_add_int(vm, module, "RTLD_LOCAL", RTLD_LOCAL) &&
         module_add_int(vm, module, "RTLD_GLOBAL", RTLD_GLOBAL) &&
         module_add_int(vm, module, "CTYPES_MAX_ARGCOUNT", ARGUMENTS_MAX) &&
         module_add_str(vm, module, "__version__", "1.1.0") &&
         add_address(vm, module, "_memmove_addr", (uintptr_t)memmove) &&
         add_address(vm, module, "_memset_addr", (uintptr_t)memset) &&
         add_address(vm, module, "_string_at_addr", (uintptr_t)string_at) &&
         add_address(vm, module, "_cast_addr", (uintptr_t)cast_at) &&
         add_address(vm, module, "_wstring_at_addr", (uintptr_t)wstring_at);
}

static bool init(VM *vm, Module *module) {
  if (!ctypes_state.pointer_types) {
    ctypes_state.argument_error = VALUE_NONE;
    heap_add_root(vm, &ctypes_state.argument_error);
    heap_add_root_object(vm, &ctypes_state.pointer_types);
    heap_add_root_object(vm, &ctypes_state.array_types);
  }
  ctypes_state.pointer_types = dict_new(vm);
  ctypes_state.array_types = dict_new(vm);
  Value error = module_new_exception(vm, "ctypes", "ArgumentError", TYPE_OF(Exception));
  if (value_is_fail(error)) return false;
  ctypes_state.argument_error = error;
  cdata_register();
  pythonapi_init(vm);
  return module_add(vm, module, "ArgumentError", error) &&
         module_add(vm, module, "_pointer_type_cache", value_from(ctypes_state.pointer_types)) &&
         add_types(vm, module) && add_constants(vm, module);
}

const ModuleSpec _ctypes_module = {
    .name = "_ctypes",
    .doc = "Create and manipulate C compatible data types in Python.",
    NATIVE_FUNCTIONS(ctypes_),
    .init = init,
};
#endif
