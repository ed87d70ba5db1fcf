/* defaultdict.c -- collections.defaultdict: a dict that makes the value of a missing key. */
#include "vm/core/late_types.h"
#include "vm/objects/dict.h"
#include "vm/objects/items.h"
#include "vm/objects/tuple.h"

/* factory None: KeyError as in a dict */
typedef struct DefaultDict {
  Dict dict;
  Value factory;
} DefaultDict;

#define NATIVE_DEF "vm/objects/defaultdict.def"
#define NATIVE_PREFIX defaultdict_
#define NATIVE_SELF DefaultDict *
#include "vm/contracts/native_class.inc"

static Value defaultdict_missing(VM *vm, DefaultDict *self, const defaultdict_missing_args *a) {
  if (self->factory == VALUE_NONE) return raise_key(vm, a->key);
  Value v = call0(vm, self->factory);
  if (value_is_fail(v)) return v;
  if (LIKELY(object_type(self) == TYPE_OF(defaultdict)))
    return dict_set(vm, &self->dict, a->key, v) ? v : VALUE_FAIL;
  return set_item(vm, value_from(self), a->key, v) ? v : VALUE_FAIL;
}

static Value copy(VM *vm, DefaultDict *self) {
  return call2(vm, value_from(object_type(self)), self->factory, value_from(self));
}
static Value defaultdict_copy(VM *vm, DefaultDict *self, const defaultdict_copy_args *a) {
  return copy(vm, self);
}
static Value defaultdict_copy_special(VM *vm, DefaultDict *self,
                                      const defaultdict_copy_special_args *a) {
  return copy(vm, self);
}

static Value defaultdict_class_getitem(VM *vm, Value cls, const defaultdict_class_getitem_args *a) {
  return generic_alias(vm, cls, a->item);
}

static Value defaultdict_op_init(VM *vm, Value self_value, const Value *args, int npos,
                                 Tuple *kwnames) {
  DefaultDict *self = value_object(self_value);
  Value factory = VALUE_NONE;
  if (npos) {
    factory = args[0];
    if (factory != VALUE_NONE && !value_is_callable(factory))
      return raise_type(vm, "first argument must be callable or None");
    args++, npos--;
  }
  self->factory = factory;
  heap_barrier(vm, self, factory);
  if (!check_positional(vm, "dict", npos, 0, 1)) return VALUE_FAIL;
  if (npos && !dict_update(vm, &self->dict, args[0], true)) return VALUE_FAIL;
  for (size_t i = 0; kwnames && i < tuple_length(kwnames); i++)
    if (!dict_set(vm, &self->dict, kwnames->items[i], args[npos + (int)i])) return VALUE_FAIL;
  return VALUE_NONE;
}

static Value defaultdict_op_reduce(VM *vm, DefaultDict *self, const defaultdict_op_reduce_args *a) {
  Value items = call_method0(vm, value_from(self), NAME("items"));
  if (value_is_fail(items)) return items;
  Value iterator = get_iterator(vm, items);
  if (value_is_fail(iterator)) return iterator;
  Tuple *args = self->factory == VALUE_NONE ? tuple_new(vm, 0) : TUPLE(self->factory);
  return PACK(value_from(object_type(self)), value_from(args), VALUE_NONE, VALUE_NONE, iterator);
}

static Value defaultdict_op_repr(VM *vm, DefaultDict *self, const defaultdict_op_repr_args *a) {
  Value plain = call_special0(vm, type_special(TYPE_OF(dict), SPECIAL_repr), value_from(self)),
        factory;
  Showing here;
  if (value_is_fail(plain)) return plain;
  if (self->factory == VALUE_NONE) {
    factory = value_from(NAME("None"));
  } else if (repr_enter(vm, &here, value_from(self))) {
    factory = value_repr(vm, self->factory);
    repr_leave(vm, &here);
  } else {
    factory = value_from(NAME("..."));
  }
  if (value_is_fail(factory)) return factory;
  Str *text = str_format(vm, "%U(%U, %U)", object_type(self)->name, (Str *)value_object(factory),
                         (Str *)value_object(plain));
  return value_of(text);
}

static Value merged(VM *vm, DefaultDict *self, Value left, Value right) {
  if (!value_has_flag(left, TYPE_DICT_SUBCLASS) || !value_has_flag(right, TYPE_DICT_SUBCLASS))
    return VALUE_NOT_IMPLEMENTED;
  Value made = call2(vm, value_from(object_type(self)), self->factory, left);
  if (value_is_fail(made)) return made;
  return dict_update(vm, value_object(made), right, true) ? made : VALUE_FAIL;
}
static Value defaultdict_op_or(VM *vm, DefaultDict *self, const defaultdict_op_or_args *a) {
  return merged(vm, self, value_from(self), a->value);
}
static Value defaultdict_op_ror(VM *vm, DefaultDict *self, const defaultdict_op_ror_args *a) {
  return merged(vm, self, a->value, value_from(self));
}

static Value defaultdict_get_default_factory(VM *vm, DefaultDict *self) { return self->factory; }
static bool defaultdict_set_default_factory(VM *vm, DefaultDict *self, Value v) {
  self->factory = v == VALUE_MISSING ? VALUE_NONE : v;
  heap_barrier(vm, self, v);
  return true;
}

static Value defaultdict_blank(VM *vm, Type *cls) {
  Value v = object_new(vm, cls);
  if (value_is_fail(v)) return v;
  dict_init(value_object(v));
  ((DefaultDict *)value_object(v))->factory = VALUE_NONE;
  return v;
}

static void defaultdict_trace(Marker *marker, Object *self) {
  mark_object(marker, ((DefaultDict *)self)->dict.table);
  mark_value(marker, ((DefaultDict *)self)->factory);
}

const ClassSpec defaultdict_class = {
    NATIVE_CLASS(defaultdict_),
    .basic_size = sizeof(DefaultDict),
    .trace = defaultdict_trace,
};
