/* weakref.c -- the module _weakref. */
#include "vm/contracts/protocol.h"
#include "vm/contracts/type.h"
#include "vm/objects/dict.h"
#include "vm/objects/list.h"
#include "vm/objects/weakref.h"

#define NATIVE_DEF "vm/modules/memory/weakref.def"
#define NATIVE_PREFIX weakref_module_
#include "vm/contracts/native_class.inc"

static Weakref *first_reference(VM *vm, Value object) {
  return value_is_pointer(object) ? weak_first(vm, value_object(object)) : NULL;
}

static Value weakref_module_getweakrefcount(VM *vm, Value self,
                                            const weakref_module_getweakrefcount_args *a) {
  int64_t n = 0;
  for (const Weakref *at = first_reference(vm, a->object); at; at = at->next) n++;
  return value_int(vm, n);
}

/* Shared references first, as they were made: the lists of objects hold the newest first. */
static Value weakref_module_getweakrefs(VM *vm, Value self,
                                        const weakref_module_getweakrefs_args *a) {
  List *list = list_new(vm, 0);
  for (int shared = 1; list && shared >= 0; shared--) {
    for (const Weakref *at = first_reference(vm, a->object); at; at = at->next) {
      bool is_shared = at->callback == VALUE_NONE && !type_has(object_type(at), TYPE_HEAP);
      if (is_shared == shared && !list_append_value(vm, list, value_from(at))) return VALUE_FAIL;
    }
  }
  return value_of(list);
}

static Value weakref_module_proxy(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) {
  if (kwnames) return raise_type(vm, "_weakref.proxy() takes no keyword arguments");
  if (npos < 1) return raise_type(vm, "proxy expected at least 1 argument, got 0");
  if (npos > 2) return raise_type(vm, "proxy expected at most 2 arguments, got %d", npos);
  return weakproxy_new(vm, args[0], npos == 2 ? args[1] : VALUE_NONE);
}

static Value weakref_module_remove_dead(VM *vm, Value self,
                                        const weakref_module_remove_dead_args *a) {
  if (!value_has_flag(a->dct, TYPE_DICT_SUBCLASS))
    return raise_type(vm, "_remove_dead_weakref() argument 1 must be dict, not %T", a->dct);
  Value found = dict_get(vm, value_object(a->dct), a->key);
  if (found == VALUE_FAIL) return VALUE_FAIL;
  if (found == VALUE_UNBOUND) return VALUE_NONE;
  if (!value_is_weakref(found)) return raise_type(vm, "not a weakref");
  if (((Weakref *)value_object(found))->referent) return VALUE_NONE;
  return dict_remove(vm, value_object(a->dct), a->key) == VALUE_FAIL ? VALUE_FAIL : VALUE_NONE;
}

static bool init(VM *vm, Module *module) {
  return module_add(vm, module, "ref", value_from(TYPE_OF(weakref))) &&
         module_add(vm, module, "ReferenceType", value_from(TYPE_OF(weakref))) &&
         module_add(vm, module, "ProxyType", value_from(TYPE_OF(weakproxy))) &&
         module_add(vm, module, "CallableProxyType", value_from(TYPE_OF(weakcallableproxy)));
}

const ModuleSpec _weakref_module = {
    .name = "_weakref",
    .doc = "Weak-reference support module.",
    NATIVE_FUNCTIONS(weakref_module_),
    .init = init,
};
