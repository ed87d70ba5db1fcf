/* enumerate.c -- enumerate: (start, item), (start + 1, item) … */
#include "vm/objects/int.h"
#include "vm/objects/items.h"
#include "vm/objects/iterators.h"

#define NATIVE_DEF "vm/objects/enumerate.def"
#define NATIVE_PREFIX enumerate_
#define NATIVE_SELF Enumerate *
#include "vm/contracts/native_class.inc"

static Value enumerate_plain_construct(VM *vm, Type *cls, const enumerate_plain_construct_args *a) {
  Value index = value_int_unchecked(0);
  if (a->start != VALUE_MISSING && !value_index(vm, a->start, &index)) return VALUE_FAIL;
  Value iterator = get_iterator(vm, a->iterable);
  if (value_is_fail(iterator)) return iterator;
  Value v = object_new(vm, cls);
  if (value_is_fail(v)) return v;
  Enumerate *e = value_object(v);
  e->iterator = iterator;
  e->index = index;
  return v;
}

/* Of a call with names, or with nothing: is each named argument what its place asks for? Both may
** be turned around. */
static bool check_names(VM *vm, int npos, Tuple *kwnames) {
  int named = kwnames ? (int)tuple_length(kwnames) : 0;
  if (npos == 0 && (named == 0 || named > 2))
    return raise_false(vm, TYPE_OF(TypeError), "enumerate() missing required argument 'iterable'");
  if (npos + named > 2) return true; /* too many: the binder says so */
  bool is_turned = named == 2 && str_equal_cstr(value_object(kwnames->items[0]), "start");
  for (int k = 0; k < named; k++) {
    const Str *name = value_object(kwnames->items[k]);
    if (!str_equal_cstr(name, (npos + k == 0) != is_turned ? "iterable" : "start"))
      return raise_false(vm, TYPE_OF(TypeError),
                         "'%U' is an invalid keyword argument for enumerate()", name);
  }
  return true;
}

static Value enumerate_construct(VM *vm, Type *cls, const Value *args, int npos, Tuple *kwnames) {
  bool by_hand = cls == TYPE_OF(enumerate) && (kwnames || npos == 0);
  if (by_hand && !check_names(vm, npos, kwnames)) return VALUE_FAIL;
  return enumerate_plain_construct_call(vm, value_from(cls), args, npos, kwnames);
}

static Value enumerate_next(VM *vm, Value self) {
  Enumerate *e = value_object(self);
  Value item = iterator_next(vm, e->iterator);
  if (UNLIKELY(item == VALUE_STOP || value_is_fail(item))) return item;
  Value index = e->index;
  if (LIKELY(value_is_int(index) && value_as_int(index) < INT_IMMEDIATE_MAX)) {
    e->index = index + 4;
  } else {
    Value following = int_add(vm, index, value_int_unchecked(1));
    if (value_is_fail(following)) return following;
    e->index = following;
    heap_barrier(vm, e, following);
  }
  return PACK(index, item);
}

static Value enumerate_op_reduce(VM *vm, Enumerate *self, const enumerate_op_reduce_args *a) {
  return PACK(value_from(object_type(self)), PACK(self->iterator, self->index));
}
static Value enumerate_class_getitem(VM *vm, Value cls, const enumerate_class_getitem_args *a) {
  return generic_alias(vm, cls, a->item);
}

static void enumerate_trace(Marker *marker, Object *self) {
  mark_values(marker, &((Enumerate *)self)->iterator, 2);
}

const ClassSpec enumerate_class = {
    NATIVE_CLASS(enumerate_),
    .basic_size = sizeof(Enumerate),
    .trace = enumerate_trace,
    .next = enumerate_next,
};
