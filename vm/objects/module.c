/* module.c -- modules. The namespace is the `extra` of the object, so ordinary attribute stores
** reach it. */
#include "vm/objects/module.h"
#include "vm/contracts/import.h"
#include "vm/contracts/type_internal.h"
#include "vm/objects/dict.h"
#include "vm/objects/exception.h"
#include "vm/objects/list.h"

Module *module_new(VM *vm, Str *name) {
  Module *m = heap_new_zeroed(vm, SHAPE_OF(module), sizeof *m);
  m->spec_state = VALUE_NONE;
  m->dict = dict_new(vm);
  heap_barrier_object(vm, m, m->dict);
  Str *const names[] = {NAME("__name__"), NAME("__doc__"), NAME("__package__"), NAME("__loader__"),
                        NAME("__spec__")};
  for (size_t i = 0; i < ARRAY_COUNT(names); i++)
    if (!dict_set_str(vm, m->dict, names[i], i == 0 ? value_from(name) : VALUE_NONE)) return NULL;
  return m;
}

bool module_add(VM *vm, Module *module, const char *name, Value v) {
  return v != VALUE_FAIL && dict_set_str(vm, module->dict, str_intern_cstr(vm, name), v);
}
bool module_add_type(VM *vm, Module *module, Type *type) {
  return dict_set_str(vm, module->dict, str_intern(vm, type->name), value_from(type));
}
bool module_add_int(VM *vm, Module *module, const char *name, int64_t n) {
  return module_add(vm, module, name, value_int(vm, n));
}
bool module_add_ints(VM *vm, Module *module, const NamedInt *rows, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (!module_add_int(vm, module, rows[i].name, rows[i].value)) return false;
  return true;
}
bool module_add_str(VM *vm, Module *module, const char *name, const char *text) {
  return module_add(vm, module, name, value_of(str_new_cstr(vm, text)));
}
bool module_open_library(VM *vm, Module *module, LazyLibrary *library) {
  const char *why_not = lazy_open(library);
  if (!why_not) return true;
  raise_error(vm, TYPE_OF(ImportError), "%s", why_not);
  if (!module || !error_is(vm, TYPE_OF(ImportError))) return false;
  ImportErrorObject *e = value_object(vm->exception);
  e->name = dict_get_str(vm, module->dict, NAME("__name__"));
  heap_barrier_any(vm, e);
  return false;
}

#define NATIVE_DEF "vm/objects/module.def"
#define NATIVE_PREFIX module_
#define NATIVE_SELF Module *
#include "vm/contracts/native_class.inc"

static Dict *namespace_of(VM *vm, Module *m) {
  if (!m->dict) {
    m->dict = dict_new(vm);
    heap_barrier_object(vm, m, m->dict);
  }
  return m->dict;
}

static Value module_op_init(VM *vm, Module *m, const module_op_init_args *a) {
  Dict *dict = namespace_of(vm, m);
  bool ok = dict_set_str(vm, dict, NAME("__name__"), value_from(a->name)) &&
            dict_set_str(vm, dict, NAME("__doc__"), a->doc) &&
            dict_set_str(vm, dict, NAME("__package__"), VALUE_NONE) &&
            dict_set_str(vm, dict, NAME("__loader__"), VALUE_NONE) &&
            dict_set_str(vm, dict, NAME("__spec__"), VALUE_NONE);
  return value_none_if(ok);
}

/* ---- attributes */

/* __spec__ of a module of the library is made when it is asked for; sys has what only programs look
** at. */
Value module_make_attribute(VM *vm, Module *m, Str *name) {
  if (m->spec_state != VALUE_NONE && (name == NAME("__spec__") || name == NAME("__loader__"))) {
    if (!import_make_spec(vm, m)) return VALUE_FAIL;
    Value v = dict_get_str(vm, m->dict, name);
    if (v != VALUE_UNBOUND) return v;
  }
  if (m == vm->sys) {
    Value v = import_sys_attribute(vm, name);
    if (v != VALUE_UNBOUND) return v;
  }
  Value hook = m->dict ? dict_get_str(vm, m->dict, NAME("__getattr__")) : VALUE_UNBOUND;
  return hook == VALUE_UNBOUND ? VALUE_UNBOUND : call1(vm, hook, value_from(name));
}

/* is_initializing: __spec__._initializing, for the message about circular imports. */
static bool is_initializing(VM *vm, Module *m) {
  if (module_is_initialising(m)) return true;
  Value spec = m->dict ? dict_get_str(vm, m->dict, NAME("__spec__")) : VALUE_UNBOUND;
  if (spec == VALUE_UNBOUND || spec == VALUE_NONE) return false;
  Value flag = find_attribute(vm, spec, NAME("_initializing"));
  if (flag == VALUE_FAIL) return error_clear(vm), false;
  return flag == VALUE_TRUE;
}

Value module_raise_missing(VM *vm, Module *m, Str *name) {
  Value own = m->dict ? dict_get_str(vm, m->dict, NAME("__name__")) : VALUE_UNBOUND;
  Str *shown = value_is_str(own) ? value_object(own) : NULL;
  Value submodule = VALUE_UNBOUND;
  if (shown) {
    Str *full = str_format(vm, "%U.%U", shown, name);
    submodule = full ? dict_get(vm, vm->modules, value_from(full)) : VALUE_FAIL;
    if (submodule == VALUE_FAIL) return VALUE_FAIL;
  }
  if (submodule != VALUE_UNBOUND && value_is(submodule, module) &&
      module_is_initialising(value_object(submodule)))
    raise_error(
        vm, TYPE_OF(AttributeError),
        "cannot access submodule '%U' of module '%U' (most likely due to a circular import)", name,
        shown);
  else if (!shown) raise_error(vm, TYPE_OF(AttributeError), "module has no attribute '%U'", name);
  else if (is_initializing(vm, m))
    raise_error(vm, TYPE_OF(AttributeError),
                "partially initialized module '%U' has no attribute '%U' (most likely due to a "
                "circular import)",
                shown, name);
  else raise_error(vm, TYPE_OF(AttributeError), "module '%U' has no attribute '%U'", shown, name);
  attribute_error_set(vm, value_from(m), name);
  return VALUE_FAIL;
}

static Value module_op_getattribute(VM *vm, Module *m, const module_op_getattribute_args *a) {
  Str *name = attribute_name(vm, a->name);
  return name ? get_attribute_by(vm, ATTR_OF_MODULE, value_from(m), name) : VALUE_FAIL;
}

static Value module_op_repr(VM *vm, Module *m, const module_op_repr_args *a) {
  return import_module_repr(vm, m);
}

static Value module_dir(VM *vm, Module *m, const module_dir_args *a) {
  Value dict = get_attribute(vm, value_from(m), NAME("__dict__"));
  if (dict == VALUE_FAIL) return VALUE_FAIL;
  if (!value_has_flag(dict, TYPE_DICT_SUBCLASS))
    return raise_type(vm, "<module>.__dict__ is not a dictionary");
  Value hook = dict_get_str(vm, value_object(dict), NAME("__dir__"));
  if (hook != VALUE_UNBOUND) return call0(vm, hook);
  return value_of(list_from_iterable(vm, dict));
}
static Value module_get_dict(VM *vm, Module *m) { return value_from(namespace_of(vm, m)); }
static Value module_get_annotations(VM *vm, Module *m) {
  Dict *dict = namespace_of(vm, m);
  Value v = dict_get_str(vm, dict, NAME("__annotations__"));
  if (v != VALUE_UNBOUND) return v;
  v = value_from(dict_new(vm));
  return dict_set_str(vm, dict, NAME("__annotations__"), v) ? v : VALUE_FAIL;
}
static bool module_set_annotations(VM *vm, Module *m, Value v) {
  Dict *dict = namespace_of(vm, m);
  if (v != VALUE_MISSING) return dict_set_str(vm, dict, NAME("__annotations__"), v);
  if (dict_remove_str(vm, dict, NAME("__annotations__")) == VALUE_UNBOUND)
    return raise_false(vm, TYPE_OF(AttributeError), "__annotations__");
  return true;
}

static Value module_blank(VM *vm, Type *cls) {
  Value v = object_new(vm, cls);
  if (value_is_fail(v)) return v;
  Module *m = value_object(v);
  m->spec_state = VALUE_NONE;
  namespace_of(vm, m);
  return v;
}

static void trace_module(Marker *marker, Object *self) {
  mark_object(marker, ((Module *)self)->dict);
  mark_value(marker, ((Module *)self)->spec_state);
}

const ClassSpec module_class = {NATIVE_CLASS(module_), .basic_size = sizeof(Module),
                                .trace = trace_module};
