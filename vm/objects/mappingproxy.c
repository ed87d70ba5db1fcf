/* mappingproxy.c -- a read-only view of any mapping: what class.__dict__ is. */
#include "vm/contracts/type.h"
#include "vm/objects/dict.h"
#include "vm/objects/items.h"
#include "vm/objects/iterators.h"

typedef struct MappingProxy {
  Object h;
  Value mapping;
} MappingProxy;

#define NATIVE_DEF "vm/objects/mappingproxy.def"
#define NATIVE_PREFIX mappingproxy_
#define NATIVE_SELF MappingProxy *
#include "vm/contracts/native_class.inc"

static Value mappingproxy_construct(VM *vm, Type *cls, const mappingproxy_construct_args *a) {
  if (!value_has_special(a->mapping, SPECIAL_getitem) ||
      value_has_flag(a->mapping, TYPE_LIST_SUBCLASS | TYPE_TUPLE_SUBCLASS))
    return raise_type(vm, "mappingproxy() argument must be a mapping, not %T", a->mapping);
  Value v = object_new(vm, cls);
  if (!value_is_fail(v)) ((MappingProxy *)value_object(v))->mapping = a->mapping;
  return v;
}

static Value mappingproxy_get(VM *vm, MappingProxy *self, const mappingproxy_get_args *a) {
  if (value_is(self->mapping, dict)) {
    Value v = dict_get(vm, value_object(self->mapping), a->key);
    return v == VALUE_UNBOUND ? a->fallback : v;
  }
  return call_method2(vm, self->mapping, NAME("get"), a->key, a->fallback);
}
#define FORWARD(name, what)                                             \
  static Value name(VM *vm, MappingProxy *self, const name##_args *a) { \
    return call_method0(vm, self->mapping, NAME(#what));                \
  }
FORWARD(mappingproxy_keys, keys)
FORWARD(mappingproxy_values, values)
FORWARD(mappingproxy_items, items)
FORWARD(mappingproxy_copy, copy)
#undef FORWARD

static Value mappingproxy_class_getitem(VM *vm, Value cls,
                                        const mappingproxy_class_getitem_args *a) {
  return generic_alias(vm, cls, a->item);
}

static Value mappingproxy_op_repr(VM *vm, MappingProxy *self, const mappingproxy_op_repr_args *a) {
  return value_of(str_format(vm, "mappingproxy(%R)", self->mapping));
}
static Value mappingproxy_op_str(VM *vm, MappingProxy *self, const mappingproxy_op_str_args *a) {
  return value_str(vm, self->mapping);
}

#define COMPARISON(name, op)                                            \
  static Value name(VM *vm, MappingProxy *self, const name##_args *a) { \
    return compare(vm, op, self->mapping, a->value);                    \
  }
COMPARISON(mappingproxy_op_lt, COMPARE_LT)
COMPARISON(mappingproxy_op_le, COMPARE_LE)
COMPARISON(mappingproxy_op_eq, COMPARE_EQ)
COMPARISON(mappingproxy_op_ne, COMPARE_NE)
COMPARISON(mappingproxy_op_gt, COMPARE_GT)
COMPARISON(mappingproxy_op_ge, COMPARE_GE)
#undef COMPARISON

static Value mappingproxy_op_iter(VM *vm, MappingProxy *self, const mappingproxy_op_iter_args *a) {
  return get_iterator(vm, self->mapping);
}
static Value mappingproxy_op_len(VM *vm, MappingProxy *self, const mappingproxy_op_len_args *a) {
  int64_t n = value_length(vm, self->mapping);
  return n < 0 ? VALUE_FAIL : value_int_unchecked(n);
}
static Value mappingproxy_op_getitem(VM *vm, MappingProxy *self,
                                     const mappingproxy_op_getitem_args *a) {
  return get_item(vm, self->mapping, a->key);
}
static Value mappingproxy_op_contains(VM *vm, MappingProxy *self,
                                      const mappingproxy_op_contains_args *a) {
  Answer found = contains(vm, self->mapping, a->key);
  return found == ANSWER_FAILED ? VALUE_FAIL : value_bool(found);
}

static Value unwrapped(Value v) {
  return value_is(v, mappingproxy) ? ((MappingProxy *)value_object(v))->mapping : v;
}
static Value mappingproxy_op_or(VM *vm, MappingProxy *self, const mappingproxy_op_or_args *a) {
  return binary_op(vm, BINARY_OR, self->mapping, unwrapped(a->value));
}
static Value mappingproxy_op_ror(VM *vm, MappingProxy *self, const mappingproxy_op_ror_args *a) {
  return binary_op(vm, BINARY_OR, unwrapped(a->value), self->mapping);
}
static Value mappingproxy_op_ior(VM *vm, MappingProxy *self, const mappingproxy_op_ior_args *a) {
  return raise_type(vm, "'|=' is not supported by %N; use '|' instead", object_type(self));
}
static Value mappingproxy_op_reversed(VM *vm, MappingProxy *self,
                                      const mappingproxy_op_reversed_args *a) {
  return call_method0(vm, self->mapping, NAME("__reversed__"));
}

static void mappingproxy_trace(Marker *marker, Object *self) {
  mark_value(marker, ((MappingProxy *)self)->mapping);
}
const ClassSpec mappingproxy_class = {
    NATIVE_CLASS(mappingproxy_),
    .basic_size = sizeof(MappingProxy),
    .trace = mappingproxy_trace,
};
