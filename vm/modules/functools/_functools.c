/* _functools.c -- the module _functools: reduce and cmp_to_key here; partial and the cache in files
** of their own. */
#include "vm/contracts/type.h"
#include "vm/objects/items.h"
#include "vm/objects/iterators.h"
#include "vm/objects/tuple.h"

/* object MISSING: the key function itself */
typedef struct KeyWrapper {
  Object h;
  Value compare, object;
} KeyWrapper;

#define NATIVE_DEF "vm/modules/functools/_functools.def"
#define NATIVE_PREFIX functools_
#include "vm/contracts/native_class.inc"

#define NATIVE_DEF "vm/modules/functools/key_wrapper.def"
#define NATIVE_PREFIX key_wrapper_
#define NATIVE_SELF KeyWrapper *
#include "vm/contracts/native_class.inc"

static Value functools_reduce(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) {
  if (!check_no_kwargs(vm, "_functools.reduce", kwnames) ||
      !check_positional(vm, "reduce", npos, 2, 3))
    return VALUE_FAIL;
  Value iterator = get_iterator(vm, args[1]);
  if (value_is_fail(iterator)) {
    if (error_clear_if(vm, TYPE_OF(TypeError)))
      return raise_type(vm, "reduce() arg 2 must support iteration");
    return iterator;
  }
  Value result = npos == 3 ? args[2] : iterator_next(vm, iterator);
  if (result == VALUE_STOP)
    return raise_type(vm, "reduce() of empty iterable with no initial value");
  while (!value_is_fail(result)) {
    Value v = iterator_next(vm, iterator);
    if (v == VALUE_STOP) return result;
    if (value_is_fail(v)) return v;
    result = call2(vm, args[0], result, v);
  }
  return result;
}

/* ---- cmp_to_key */
static Value wrap(VM *vm, Value compare, Value object) {
  KeyWrapper *wrapper = heap_new(vm, SHAPE_OF(key_wrapper), sizeof(KeyWrapper));
  wrapper->compare = compare;
  wrapper->object = object;
  return value_from(wrapper);
}

static Value functools_cmp_to_key(VM *vm, Value self, const functools_cmp_to_key_args *a) {
  return wrap(vm, a->mycmp, VALUE_MISSING);
}

static Value key_wrapper_call(VM *vm, KeyWrapper *self, const key_wrapper_call_args *a) {
  return wrap(vm, self->compare, a->obj);
}

static Value compare_keys(VM *vm, CompareOp op, KeyWrapper *self, Value other) {
  if (!value_is(other, key_wrapper)) return raise_type(vm, "other argument must be K instance");
  Value right = ((KeyWrapper *)value_object(other))->object;
  if (self->object == VALUE_MISSING || right == VALUE_MISSING)
    return raise_error(vm, TYPE_OF(AttributeError), "object");
  Value order = call2(vm, self->compare, self->object, right);
  return value_is_fail(order) ? order : compare(vm, op, order, value_int_unchecked(0));
}
#define COMPARISON(name, op)                                          \
  static Value name(VM *vm, KeyWrapper *self, const name##_args *a) { \
    return compare_keys(vm, op, self, a->value);                      \
  }
COMPARISON(key_wrapper_op_lt, COMPARE_LT)
COMPARISON(key_wrapper_op_le, COMPARE_LE)
COMPARISON(key_wrapper_op_eq, COMPARE_EQ)
COMPARISON(key_wrapper_op_ne, COMPARE_NE)
COMPARISON(key_wrapper_op_gt, COMPARE_GT)
COMPARISON(key_wrapper_op_ge, COMPARE_GE)
#undef COMPARISON

static Value key_wrapper_get_obj(VM *vm, KeyWrapper *self) {
  return self->object == VALUE_MISSING ? raise_error(vm, TYPE_OF(AttributeError), "obj")
                                       : self->object;
}
static bool key_wrapper_set_obj(VM *vm, KeyWrapper *self, Value v) {
  self->object = v;
  heap_barrier(vm, self, v);
  return true;
}

static void key_wrapper_trace(Marker *marker, Object *self) {
  mark_values(marker, &((KeyWrapper *)self)->compare, 2);
}
const ClassSpec key_wrapper_class = {
    NATIVE_CLASS(key_wrapper_),
    .basic_size = sizeof(KeyWrapper),
    .trace = key_wrapper_trace,
};

static bool init(VM *vm, Module *module) {
  return module_add_type(vm, module, TYPE_OF(partial)) &&
         module_add_type(vm, module, TYPE_OF(lru_cache_wrapper));
}

const ModuleSpec _functools_module = {
    .name = "_functools",
    .doc = "Tools that operate on functions.",
    NATIVE_FUNCTIONS(functools_),
    .init = init,
};
