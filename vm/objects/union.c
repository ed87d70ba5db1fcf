/* union.c -- types.UnionType, what int | None makes. */
#include "vm/contracts/type_internal.h"
#include "vm/objects/generic_alias.h"
#include "vm/objects/list.h"
#include "vm/objects/set.h"

/* Law: args are flat (no unions in it) and distinct, None is NoneType. */
typedef struct Union {
  Object h;
  Tuple *args, *parameters;
} Union;

static bool is_unionable(Value v) {
  return v == VALUE_NONE || value_is_type(v) ||
         type_is_subtype(value_type(v), TYPE_OF(GenericAlias)) || value_is(v, UnionType);
}

static bool add_member(VM *vm, List *members, Value v) {
  if (v == VALUE_NONE) v = value_from(TYPE_OF(NoneType));
  for (size_t i = 0; i < list_length(members); i++) {
    Value known = list_items(members)[i];
    if (known == v) return true;
    if (value_is_type(known) || value_is_type(v)) continue;
    Answer equal = values_equal(vm, known, v);
    if (equal) return equal == ANSWER_YES;
  }
  return list_append_value(vm, members, v);
}

static bool add_members(VM *vm, List *members, Value v) {
  if (!value_is(v, UnionType)) return add_member(vm, members, v);
  Tuple *args = ((Union *)value_object(v))->args;
  for (size_t i = 0; i < tuple_length(args); i++)
    if (!add_member(vm, members, args->items[i])) return false;
  return true;
}

Value union_make(VM *vm, Value left, Value right) {
  if (!is_unionable(left) || !is_unionable(right)) return VALUE_NOT_IMPLEMENTED;
  List *members = list_new(vm, 2);
  if (!add_members(vm, members, left) || !add_members(vm, members, right)) return VALUE_FAIL;
  if (list_length(members) == 1) return list_items(members)[0];
  Tuple *args = tuple_from_values(vm, list_items(members), list_length(members));
  if (!args) return VALUE_FAIL;
  Union *u = heap_new_zeroed(vm, SHAPE_OF(UnionType), sizeof *u);
  u->args = args;
  return value_from(u);
}

#define NATIVE_DEF "vm/objects/union.def"
#define NATIVE_PREFIX union_
#define NATIVE_SELF Union *
#include "vm/contracts/native_class.inc"

static Value union_op_getattribute(VM *vm, Union *u, const union_op_getattribute_args *a) {
  Str *name = attribute_name(vm, a->name);
  if (!name) return VALUE_FAIL;
  if (str_equal_cstr(name, "__module__")) return value_from(NAME("types"));
  return object_get_attribute(vm, value_from(u), name);
}
static Value union_op_repr(VM *vm, Union *u, const union_op_repr_args *a) {
  StrBuilder b;
  str_builder_init(&b, vm);
  bool ok = true;
  for (size_t i = 0; ok && i < tuple_length(u->args); i++) {
    if (i) str_builder_cstr(&b, " | ");
    ok = type_expression_repr(vm, &b, u->args->items[i]);
  }
  if (ok) return value_of(str_builder_finish(&b));
  str_builder_drop(&b);
  return VALUE_FAIL;
}
static Set *argument_set(VM *vm, Union *u) {
  Set *set = frozenset_new(vm);
  return set && set_update_value(vm, set, value_from(u->args)) ? set : NULL;
}
static Value union_op_hash(VM *vm, Union *u, const union_op_hash_args *a) {
  Set *set = argument_set(vm, u);
  uint64_t hash;
  return set && value_hash(vm, value_from(set), &hash) ? value_int(vm, (int64_t)hash) : VALUE_FAIL;
}
static Value union_op_eq(VM *vm, Union *u, const union_op_eq_args *a) {
  if (!value_is(a->value, UnionType)) return VALUE_NOT_IMPLEMENTED;
  Set *x = argument_set(vm, u), *y = x ? argument_set(vm, value_object(a->value)) : NULL;
  return y ? compare(vm, COMPARE_EQ, value_from(x), value_from(y)) : VALUE_FAIL;
}
static Value union_op_or(VM *vm, Union *u, const union_op_or_args *a) {
  return union_make(vm, value_from(u), a->value);
}
static Value union_op_ror(VM *vm, Union *u, const union_op_ror_args *a) {
  return union_make(vm, a->value, value_from(u));
}

static Value union_get_args(VM *vm, Union *u) { return value_from(u->args); }
static Value union_get_parameters(VM *vm, Union *u) {
  if (!u->parameters) {
    u->parameters = type_parameters(vm, u->args);
    heap_barrier_object(vm, u, u->parameters);
  }
  return u->parameters ? value_from(u->parameters) : VALUE_FAIL;
}
static Value union_op_getitem(VM *vm, Union *u, const union_op_getitem_args *a) {
  if (union_get_parameters(vm, u) == VALUE_FAIL) return VALUE_FAIL;
  Tuple *args = substitute_parameters(vm, value_from(u), u->args, u->parameters, a->key);
  if (!args) return VALUE_FAIL;
  Value result = args->items[0];
  for (size_t i = 1; i < tuple_length(args) && result != VALUE_FAIL; i++)
    result = binary_op(vm, BINARY_OR, result, args->items[i]);
  return result;
}

/* The members are asked in turn: a parameterized one is an error unless one before it says yes. */
static Value ask_members(VM *vm, Union *u, Answer (*ask)(VM *, Value, Value), Value thing,
                         const char *function) {
  for (size_t i = 0; i < tuple_length(u->args); i++) {
    Value member = u->args->items[i];
    if (!value_is_type(member))
      return raise_type(vm, "%s argument 2 cannot be a parameterized generic", function);
    Answer found = ask(vm, thing, member);
    if (found == ANSWER_FAILED) return VALUE_FAIL;
    if (found) return VALUE_TRUE;
  }
  return VALUE_FALSE;
}
static Value union_instancecheck(VM *vm, Union *u, const union_instancecheck_args *a) {
  return ask_members(vm, u, is_instance, a->instance, "isinstance()");
}
static Value union_subclasscheck(VM *vm, Union *u, const union_subclasscheck_args *a) {
  return ask_members(vm, u, is_subclass, a->cls, "issubclass()");
}
static void trace_union(Marker *marker, Object *self) {
  mark_object(marker, ((Union *)self)->args);
  mark_object(marker, ((Union *)self)->parameters);
}

const ClassSpec UnionType_class = {NATIVE_CLASS(union_), .basic_size = sizeof(Union),
                                   .trace = trace_union};
