/* method.c -- bound methods and cells. */
#include "vm/contracts/type_internal.h"
#include "vm/objects/function.h"
#include "vm/objects/module.h"
#include "vm/objects/object.h"
#include "vm/objects/tuple.h"

Value method_new(VM *vm, Value function, Value self) {
  Method *m = heap_new(vm, SHAPE_OF(method), sizeof *m);
  m->function = function;
  m->self = self;
  return value_from(m);
}

#define NATIVE_DEF "vm/objects/method.def"
#define NATIVE_PREFIX method_
#define NATIVE_SELF Method *
#include "vm/contracts/native_class.inc"

static Value method_op_getattribute(VM *vm, Method *m, const method_op_getattribute_args *a) {
  Str *name = attribute_name(vm, a->name);
  if (!name) return VALUE_FAIL;
  Value attr = type_lookup(vm, TYPE_OF(method), name);
  if (attr != VALUE_UNBOUND) return descriptor_get(vm, attr, value_from(m), TYPE_OF(method));
  return get_attribute(vm, m->function, name); /* everything else is the function's */
}

static Value method_op_repr(VM *vm, Method *m, const method_op_repr_args *a) {
  Value name = find_attribute(vm, m->function, NAME("__qualname__"));
  if (name == VALUE_UNBOUND) name = find_attribute(vm, m->function, NAME("__name__"));
  if (name == VALUE_FAIL) return VALUE_FAIL;
  Str *text = value_is_str(name) ? str_format(vm, "<bound method %S of %R>", name, m->self)
                                 : str_format(vm, "<bound method ? of %R>", m->self);
  return value_of(text);
}
static Value method_op_eq(VM *vm, Method *m, const method_op_eq_args *a) {
  if (!value_is(a->value, method)) return VALUE_NOT_IMPLEMENTED;
  Method *other = value_object(a->value);
  if (m->self != other->self) return VALUE_FALSE;
  Answer equal = values_equal(vm, m->function, other->function);
  return equal == ANSWER_FAILED ? VALUE_FAIL : value_bool(equal);
}
static Value method_op_ne(VM *vm, Method *m, const method_op_ne_args *a) {
  method_op_eq_args as_eq = {a->value, 0};
  Value equal = method_op_eq(vm, m, &as_eq);
  return value_is_bool(equal) ? value_bool(equal == VALUE_FALSE) : equal;
}
static Value method_op_hash(VM *vm, Method *m, const method_op_hash_args *a) {
  uint64_t hash;
  if (!value_hash(vm, m->function, &hash)) return VALUE_FAIL;
  return value_int(vm, (int64_t)(hash ^ identity_hash((void *)(uintptr_t)m->self)));
}
static Value method_reduce(VM *vm, Method *m, const method_reduce_args *a) {
  Value name = get_attribute(vm, m->function, NAME("__name__"));
  if (name == VALUE_FAIL) return VALUE_FAIL;
  Value pair = PACK(m->self, name);
  return PACK(dict_get_str(vm, module_dict(vm->builtins), NAME("getattr")), pair);
}
static Value method_get_doc(VM *vm, Method *m) {
  return get_attribute(vm, m->function, NAME("__doc__"));
}

static void trace_method(Marker *marker, Object *self) {
  mark_value(marker, ((Method *)self)->function);
  mark_value(marker, ((Method *)self)->self);
}

static Value method_construct(VM *vm, Type *cls, const method_construct_args *a) {
  if (!value_is_callable(a->function)) return raise_type(vm, "first argument must be callable");
  if (a->instance == VALUE_NONE) return raise_type(vm, "self must not be None");
  return method_new(vm, a->function, a->instance);
}

static Value method_call(VM *vm, Method *m, const Value *args, int npos, Tuple *kwnames) {
  int count = npos + (kwnames ? (int)tuple_length(kwnames) : 0);
  Value all[count + 1];
  all[0] = m->self;
  if (count) memcpy(all + 1, args, (size_t)count * sizeof(Value));
  return call_values(vm, m->function, all, npos + 1, kwnames);
}

const ClassSpec method_class = {
    NATIVE_CLASS(method_),
    .basic_size = sizeof(Method),
    .trace = trace_method,
};

/* ---- cell */

#define NATIVE_DEF "vm/objects/cell.def"
#define NATIVE_PREFIX cell_
#define NATIVE_SELF Cell *
#include "vm/contracts/native_class.inc"

static Value cell_op_repr(VM *vm, Cell *cell, const cell_op_repr_args *a) {
  const char *at = object_address_text((uintptr_t)cell);
  if (cell->value == VALUE_UNBOUND) return value_of(str_format(vm, "<cell at %s: empty>", at));
  return value_of(str_format(vm, "<cell at %s: %T object at %s>", at, cell->value,
                             object_address_text(value_identity(cell->value))));
}
static Value compare_cells(VM *vm, CompareOp op, Cell *cell, Value other) {
  if (!value_is(other, cell)) return VALUE_NOT_IMPLEMENTED;
  Value a = cell->value, b = ((Cell *)value_object(other))->value;
  if (a != VALUE_UNBOUND && b != VALUE_UNBOUND) return compare(vm, op, a, b);
  /* empty is least */
  return compare(vm, op, value_int_unchecked(a != VALUE_UNBOUND),
                 value_int_unchecked(b != VALUE_UNBOUND));
}
#define CELL_COMPARISON(name, op)                               \
  static Value name(VM *vm, Cell *cell, const name##_args *a) { \
    return compare_cells(vm, op, cell, a->value);               \
  }
CELL_COMPARISON(cell_op_lt, COMPARE_LT)
CELL_COMPARISON(cell_op_le, COMPARE_LE)
CELL_COMPARISON(cell_op_eq, COMPARE_EQ)
CELL_COMPARISON(cell_op_ne, COMPARE_NE)
CELL_COMPARISON(cell_op_gt, COMPARE_GT)
CELL_COMPARISON(cell_op_ge, COMPARE_GE)

static Value cell_get_cell_contents(VM *vm, Cell *cell) {
  return cell->value == VALUE_UNBOUND ? raise_value(vm, "Cell is empty") : cell->value;
}
static bool cell_set_cell_contents(VM *vm, Cell *cell, Value v) {
  cell->value = v == VALUE_MISSING ? VALUE_UNBOUND : v;
  heap_barrier(vm, cell, cell->value);
  return true;
}
static void trace_cell(Marker *marker, Object *self) { mark_value(marker, ((Cell *)self)->value); }

static Value cell_construct(VM *vm, Type *cls, const cell_construct_args *a) {
  Cell *cell = heap_new(vm, SHAPE_OF(cell), sizeof *cell);
  cell->value = a->contents == VALUE_MISSING ? VALUE_UNBOUND : a->contents;
  return value_from(cell);
}

const ClassSpec cell_class = {NATIVE_CLASS(cell_), .basic_size = sizeof(Cell), .trace = trace_cell};
