/* _collections.c -- the module _collections: its classes are in vm/objects (deque, defaultdict,
** ordereddict, tuplegetter). */
#include "vm/contracts/type.h"
#include "vm/objects/dict.h"
#include "vm/objects/hashing.h"

#define NATIVE_DEF "vm/modules/collections/_collections.def"
#define NATIVE_PREFIX collections_
#include "vm/contracts/native_class.inc"

/* One more of `key`, straight in the table. */
static bool count_in_dict(VM *vm, Dict *dict, Value key) {
  int64_t i = dict_find(vm, dict, key);
  if (i == DICT_FAILED) return false;
  if (i == DICT_ABSENT) return dict_set(vm, dict, key, value_int_unchecked(1));
  DictEntry *entry = dict_entry_at(dict->table, (size_t)i);
  if (LIKELY(value_is_int(entry->value) && value_as_int(entry->value) < INT_IMMEDIATE_MAX)) {
    entry->value += 4;
    return true;
  }
  Value sum = binary_op(vm, BINARY_ADD, entry->value, value_int_unchecked(1));
  return !value_is_fail(sum) && dict_set(vm, dict, key, sum);
}

static bool count_in_mapping(VM *vm, Value mapping, Value get, Value key) {
  Value old = call2(vm, get, key, value_int_unchecked(0));
  if (value_is_fail(old)) return false;
  Value sum = binary_op(vm, BINARY_ADD, old, value_int_unchecked(1));
  return !value_is_fail(sum) && set_item(vm, mapping, key, sum);
}

static Value collections_count_elements(VM *vm, Value self,
                                        const collections_count_elements_args *a) {
  Value iterator = get_iterator(vm, a->iterable);
  if (value_is_fail(iterator)) return iterator;
  Type *type = value_type(a->mapping);
  bool plain = value_has_flag(a->mapping, TYPE_DICT_SUBCLASS) &&
               type_lookup(vm, type, NAME("get")) == type_lookup(vm, TYPE_OF(dict), NAME("get")) &&
               type_special(type, SPECIAL_setitem) == type_special(TYPE_OF(dict), SPECIAL_setitem);
  Value get = plain ? VALUE_NONE : get_attribute(vm, a->mapping, NAME("get"));
  if (value_is_fail(get)) return get;
  for (;;) {
    Value key = iterator_next(vm, iterator);
    if (key == VALUE_STOP) return VALUE_NONE;
    if (value_is_fail(key)) return key;
    if (!(plain ? count_in_dict(vm, value_object(a->mapping), key)
                : count_in_mapping(vm, a->mapping, get, key)))
      return VALUE_FAIL;
  }
}

static bool init(VM *vm, Module *module) {
  return module_add_type(vm, module, TYPE_OF(deque)) &&
         module_add_type(vm, module, TYPE_OF(defaultdict)) &&
         module_add_type(vm, module, TYPE_OF(OrderedDict)) &&
         module_add_type(vm, module, TYPE_OF(deque_iterator)) &&
         module_add_type(vm, module, TYPE_OF(deque_reverse_iterator)) &&
         module_add_type(vm, module, TYPE_OF(tuplegetter));
}

const ModuleSpec _collections_module = {
    .name = "_collections",
    .doc = "High performance data structures.\n- deque:        ordered collection accessible from "
           "endpoints only\n"
           "- defaultdict:  dict subclass with a default value factory",
    NATIVE_FUNCTIONS(collections_),
    .init = init,
};
