/* namespace.c -- types.SimpleNamespace: an object whose attributes are given by keyword. */
#include "vm/contracts/protocol.h"
#include "vm/objects/dict.h"
#include "vm/objects/tuple.h"

typedef struct Namespace {
  Object h;
  Object *extra;
} Namespace;

#define NATIVE_DEF "vm/objects/namespace.def"
#define NATIVE_PREFIX namespace_
#define NATIVE_SELF Namespace *
#include "vm/contracts/native_class.inc"

static Value namespace_op_init(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) {
  if (npos > 0) return raise_type(vm, "no positional arguments expected");
  for (size_t i = 0; kwnames && i < tuple_length(kwnames); i++)
    if (!instance_set(vm, value_object(self), str_intern(vm, value_object(kwnames->items[i])),
                      args[i]))
      return VALUE_FAIL;
  return VALUE_NONE;
}

static Value namespace_op_repr(VM *vm, Namespace *n, const namespace_op_repr_args *a) {
  Type *type = object_type(n);
  Str *name = type == TYPE_OF(SimpleNamespace) ? str_new_cstr(vm, "namespace") : type->name;
  Showing here;
  if (!repr_enter(vm, &here, value_from(n))) return value_of(str_format(vm, "%U(...)", name));
  StrBuilder b;
  str_builder_init(&b, vm);
  str_builder_str(&b, name);
  str_builder_cstr(&b, "(");
  Dict *dict = dict_copy(vm, instance_dict(vm, &n->h));
  size_t position = 0, count = 0;
  Value key, v;
  bool ok = dict != NULL;
  while (ok && dict_next(dict, &position, &key, &v)) {
    if (!value_is_str(key) || ((Str *)value_object(key))->length == 0) continue;
    Str *item = str_format(vm, "%s%S=%R", count++ ? ", " : "", key, v);
    if (item) str_builder_str(&b, item);
    else ok = false;
  }
  repr_leave(vm, &here);
  if (!ok) {
    str_builder_drop(&b);
    return VALUE_FAIL;
  }
  str_builder_cstr(&b, ")");
  return value_of(str_builder_finish(&b));
}

static Value compare_namespaces(VM *vm, CompareOp op, Namespace *n, Value other) {
  if (!type_is_subtype(value_type(other), TYPE_OF(SimpleNamespace))) return VALUE_NOT_IMPLEMENTED;
  Dict *mine = instance_dict(vm, &n->h),
       *its = mine ? instance_dict(vm, value_object(other)) : NULL;
  return its ? compare(vm, op, value_from(mine), value_from(its)) : VALUE_FAIL;
}
#define COMPARISON(name, op)                                      \
  static Value name(VM *vm, Namespace *n, const name##_args *a) { \
    return compare_namespaces(vm, op, n, a->value);               \
  }
COMPARISON(namespace_op_eq, COMPARE_EQ)
COMPARISON(namespace_op_ne, COMPARE_NE)
#define UNORDERED(name) \
  static Value name(VM *vm, Namespace *n, const name##_args *a) { return VALUE_NOT_IMPLEMENTED; }
UNORDERED(namespace_op_lt)
UNORDERED(namespace_op_le)
UNORDERED(namespace_op_gt)
UNORDERED(namespace_op_ge)

static Value namespace_reduce(VM *vm, Namespace *n, const namespace_reduce_args *a) {
  Value empty = value_of(tuple_from_values(vm, NULL, 0));
  return PACK(value_from(object_type(n)), empty, value_of(instance_dict(vm, &n->h)));
}
static Value namespace_get_dict(VM *vm, Namespace *n) { return value_of(instance_dict(vm, &n->h)); }
static Value namespace_blank(VM *vm, Type *cls) { return object_new(vm, cls); }

const ClassSpec SimpleNamespace_class = {NATIVE_CLASS(namespace_), .basic_size = sizeof(Namespace)};
