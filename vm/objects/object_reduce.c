/* object_reduce.c -- how an object without its own __reduce__ is taken apart: copyreg's protocol 2
** and below. */
#include "vm/contracts/import.h"
#include "vm/contracts/type_internal.h"
#include "vm/objects/function.h"
#include "vm/objects/list.h"
#include "vm/objects/object.h"

static Value copyreg_attribute(VM *vm, Str *name) {
  Value module = import_module(vm, NAME("copyreg"));
  return module == VALUE_FAIL ? VALUE_FAIL : get_attribute(vm, module, name);
}

/* ---- state */

static Value slot_state(VM *vm, Value self, Value names) {
  Dict *state = dict_new(vm);
  Tuple *list = tuple_from_iterable(vm, names);
  if (!list) return VALUE_FAIL;
  for (size_t i = 0; i < tuple_length(list); i++) {
    Str *name = attribute_name(vm, list->items[i]);
    if (!name) return VALUE_FAIL;
    Value v = find_attribute(vm, self, name);
    if (v == VALUE_FAIL) return VALUE_FAIL;
    if (v != VALUE_UNBOUND && !dict_set_str(vm, state, name, v)) return VALUE_FAIL;
  }
  return value_from(state);
}

static Value instance_state(VM *vm, Value self) {
  Type *type = value_type(self);
  if (!type_has(type, TYPE_HAS_DICT)) {
    Value dict = find_attribute(vm, self, NAME("__dict__"));
    return dict == VALUE_UNBOUND ? VALUE_NONE : dict;
  }
  Value dict = get_attribute(vm, self, NAME("__dict__"));
  if (dict != VALUE_FAIL && value_is(dict, dict) && dict_length(value_object(dict)) == 0)
    return VALUE_NONE;
  return dict;
}

/* Of what CPython says that its objects have items inside, which shows in the message. */
static bool has_items_inside(const Type *type) {
  return type_has(type, TYPE_VAR_SIZE) || type == TYPE_OF(memoryview) || type == TYPE_OF(code);
}

Value object_default_state(VM *vm, Value self, bool required) {
  Type *type = value_type(self);
  const ClassSpec *spec = type->spec;
  bool has_native_state = spec && spec->basic_size > sizeof(Object) && !spec->is_its_attributes;
  if (required && has_items_inside(type)) return raise_type(vm, "cannot pickle %N objects", type);
  if (required && has_native_state) return raise_type(vm, "cannot pickle '%N' object", type);
  Value state = instance_state(vm, self);
  if (state == VALUE_FAIL || !type_has(type, TYPE_HEAP)) return state;
  Value slotnames = dict_get_str(vm, type->attrs, NAME("__slotnames__"));
  if (slotnames == VALUE_UNBOUND || slotnames == VALUE_NONE) {
    Value f = copyreg_attribute(vm, NAME("_slotnames"));
    slotnames = f == VALUE_FAIL ? VALUE_FAIL : call1(vm, f, value_from(type));
    if (slotnames == VALUE_FAIL) return VALUE_FAIL;
    if (slotnames != VALUE_NONE && !value_has_flag(slotnames, TYPE_LIST_SUBCLASS))
      return raise_type(vm, "copyreg._slotnames didn't return a list or None");
  }
  if (slotnames == VALUE_NONE || list_length(value_object(slotnames)) == 0) return state;
  Value slots = slot_state(vm, self, slotnames);
  if (slots == VALUE_FAIL || dict_length(value_object(slots)) == 0)
    return slots == VALUE_FAIL ? slots : state;
  return PACK(state, slots);
}

/* ---- protocol 2 and above */

/* new_arguments: of __getnewargs_ex__ or __getnewargs__. *args NULL: neither exists. */
static bool new_arguments(VM *vm, Value self, Tuple **args, Dict **kwargs) {
  *args = NULL;
  *kwargs = NULL;
  Value method = type_lookup(vm, value_type(self), NAME("__getnewargs_ex__"));
  if (method != VALUE_UNBOUND) {
    Value pair = call_special0(vm, method, self);
    if (pair == VALUE_FAIL) return false;
    if (!value_has_flag(pair, TYPE_TUPLE_SUBCLASS))
      return raise_false(vm, TYPE_OF(TypeError),
                         "__getnewargs_ex__ should return a tuple, not '%T'", pair);
    Tuple *t = value_object(pair);
    if (tuple_length(t) != 2)
      return raise_false(vm, TYPE_OF(ValueError),
                         "__getnewargs_ex__ should return a tuple of length 2, not %zu",
                         tuple_length(t));
    if (!value_has_flag(t->items[0], TYPE_TUPLE_SUBCLASS))
      return raise_false(
          vm, TYPE_OF(TypeError),
          "first item of the tuple returned by __getnewargs_ex__ must be a tuple, not '%T'",
          t->items[0]);
    if (!value_has_flag(t->items[1], TYPE_DICT_SUBCLASS))
      return raise_false(
          vm, TYPE_OF(TypeError),
          "second item of the tuple returned by __getnewargs_ex__ must be a dict, not '%T'",
          t->items[1]);
    *args = value_object(t->items[0]);
    *kwargs = value_object(t->items[1]);
    return true;
  }
  method = type_lookup(vm, value_type(self), NAME("__getnewargs__"));
  if (method == VALUE_UNBOUND) return true;
  Value result = call_special0(vm, method, self);
  if (result == VALUE_FAIL) return false;
  if (!value_has_flag(result, TYPE_TUPLE_SUBCLASS))
    return raise_false(vm, TYPE_OF(TypeError), "__getnewargs__ should return a tuple, not '%T'",
                       result);
  *args = value_object(result);
  return true;
}

static Value items_iterator(VM *vm, Value self) {
  if (!value_has_flag(self, TYPE_DICT_SUBCLASS)) return VALUE_NONE;
  Value items = call_method0(vm, self, NAME("items"));
  return items == VALUE_FAIL ? VALUE_FAIL : get_iterator(vm, items);
}

static Value reduce_newobj(VM *vm, Value self) {
  Value cls = value_from(value_type(self));
  if (value_type(self)->specials[SPECIAL_new] == VALUE_UNBOUND)
    return raise_type(vm, "cannot pickle '%T' object", self);
  Tuple *args;
  Dict *kwargs;
  if (!new_arguments(vm, self, &args, &kwargs)) return VALUE_FAIL;
  bool has_args = args != NULL;
  if (!args) args = tuple_from_values(vm, NULL, 0);
  Value function, arguments;
  if (!kwargs || dict_length(kwargs) == 0) {
    function = copyreg_attribute(vm, NAME("__newobj__"));
    Tuple *all = tuple_new(vm, tuple_length(args) + 1);
    if (!all) return VALUE_FAIL;
    tuple_set_item(vm, all, 0, cls);
    for (size_t i = 0; i < tuple_length(args); i++) tuple_set_item(vm, all, i + 1, args->items[i]);
    arguments = value_from(all);
  } else {
    function = copyreg_attribute(vm, NAME("__newobj_ex__"));
    arguments = PACK(cls, value_from(args), value_from(kwargs));
  }
  if (function == VALUE_FAIL) return VALUE_FAIL;
  bool required = !has_args && !value_has_flag(self, TYPE_LIST_SUBCLASS | TYPE_DICT_SUBCLASS);
  Value getstate = get_attribute(vm, self, NAME("__getstate__"));
  if (getstate == VALUE_FAIL) return VALUE_FAIL;
  bool plain = value_is(getstate, builtin_function_or_method) &&
               ((NativeFunction *)value_object(getstate))->owner == TYPE_OF(object);
  Value state = plain ? object_default_state(vm, self, required) : call0(vm, getstate);
  if (state == VALUE_FAIL) return VALUE_FAIL;
  Value list_items = value_has_flag(self, TYPE_LIST_SUBCLASS) ? get_iterator(vm, self) : VALUE_NONE;
  Value dict_items = list_items == VALUE_FAIL ? VALUE_FAIL : items_iterator(vm, self);
  if (dict_items == VALUE_FAIL) return VALUE_FAIL;
  return PACK(function, arguments, state, list_items, dict_items);
}

Value object_reduce_protocol(VM *vm, Value self, int protocol) {
  if (protocol >= 2) return reduce_newobj(vm, self);
  Value f = copyreg_attribute(vm, NAME("_reduce_ex"));
  return f == VALUE_FAIL ? VALUE_FAIL : call2(vm, f, self, value_int_unchecked(protocol));
}
