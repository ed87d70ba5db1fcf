/* tuplegetter.c -- _collections._tuplegetter(index, doc). */
#include "vm/objects/tuplegetter.h"
#include "vm/objects/items.h"
#include "vm/objects/tuple.h"

#define NATIVE_DEF "vm/objects/tuplegetter.def"
#define NATIVE_PREFIX tuplegetter_
#define NATIVE_SELF TupleGetter *
#include "vm/contracts/native_class.inc"

static Value tuplegetter_op_get(VM *vm, TupleGetter *self, const tuplegetter_op_get_args *a) {
  if (a->instance == VALUE_NONE) return value_from(self);
  if (!value_has_flag(a->instance, TYPE_TUPLE_SUBCLASS))
    return raise_type(
        vm, "descriptor for index '%lld' for tuple subclasses doesn't apply to '%T' object",
        (long long)self->index, a->instance);
  Tuple *tuple = value_object(a->instance);
  if ((uint64_t)self->index >= tuple_length(tuple))
    return raise_error(vm, TYPE_OF(IndexError), "tuple index out of range");
  return tuple->items[self->index];
}

static Value tuplegetter_op_set(VM *vm, TupleGetter *self, const tuplegetter_op_set_args *a) {
  return raise_error(vm, TYPE_OF(AttributeError), "can't set attribute");
}
static Value tuplegetter_op_delete(VM *vm, TupleGetter *self, const tuplegetter_op_delete_args *a) {
  return raise_error(vm, TYPE_OF(AttributeError), "can't delete attribute");
}

static Value tuplegetter_op_reduce(VM *vm, TupleGetter *self, const tuplegetter_op_reduce_args *a) {
  return PACK(value_from(object_type(self)), PACK(value_int(vm, self->index), self->doc));
}

static Value tuplegetter_op_repr(VM *vm, TupleGetter *self, const tuplegetter_op_repr_args *a) {
  return value_of(
      str_format(vm, "%U(%lld, %R)", object_type(self)->name, (long long)self->index, self->doc));
}

static Value tuplegetter_get_doc(VM *vm, TupleGetter *self) { return self->doc; }
static bool tuplegetter_set_doc(VM *vm, TupleGetter *self, Value v) {
  self->doc = v == VALUE_MISSING ? VALUE_NONE : v;
  heap_barrier(vm, self, v);
  return true;
}

static Value tuplegetter_construct(VM *vm, Type *cls, const tuplegetter_construct_args *a) {
  Value v = object_new(vm, cls);
  if (value_is_fail(v)) return v;
  TupleGetter *getter = value_object(v);
  getter->index = a->index;
  getter->doc = a->doc;
  return v;
}

static void tuplegetter_trace(Marker *marker, Object *self) {
  mark_value(marker, ((TupleGetter *)self)->doc);
}

const ClassSpec tuplegetter_class = {
    NATIVE_CLASS(tuplegetter_),
    .basic_size = sizeof(TupleGetter),
    .trace = tuplegetter_trace,
};
