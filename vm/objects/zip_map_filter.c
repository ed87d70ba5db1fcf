/* zip_map_filter.c -- zip, map and filter: iterators over other iterators. */
#include "vm/objects/items.h"
#include "vm/objects/iterators.h"
#include "vm/objects/tuple.h"

#define NATIVE_DEF "vm/objects/zip.def"
#define NATIVE_PREFIX zip_
#define NATIVE_SELF Zip *
#include "vm/contracts/native_class.inc"

#define NATIVE_DEF "vm/objects/map.def"
#define NATIVE_PREFIX map_
#define NATIVE_SELF Map *
#include "vm/contracts/native_class.inc"

#define NATIVE_DEF "vm/objects/filter.def"
#define NATIVE_PREFIX filter_
#define NATIVE_SELF Filter *
#include "vm/contracts/native_class.inc"

/* iter() of each value, or NULL. */
static Tuple *iterators_of(VM *vm, const Value *values, int count) {
  Tuple *iterators = tuple_new(vm, (size_t)count);
  if (!iterators) return NULL;
  for (int i = 0; i < count; i++) {
    Value iterator = get_iterator(vm, values[i]);
    if (value_is_fail(iterator)) return NULL;
    tuple_set_item(vm, iterators, (size_t)i, iterator);
  }
  return iterators;
}

/* Only the class itself, and subclasses that keep its __init__, refuse keywords. */
static bool refuses_kwargs(VM *vm, Type *cls, Type *base, const char *name, Tuple *kwnames) {
  if (cls != base && type_special(cls, SPECIAL_init) != type_special(base, SPECIAL_init))
    return true;
  return check_no_kwargs(vm, name, kwnames);
}

/* ---- zip */
static bool strict_argument(VM *vm, const Value *values, Tuple *kwnames, bool *strict) {
  *strict = false;
  size_t n = kwnames ? tuple_length(kwnames) : 0;
  for (size_t i = 0; i < n; i++) {
    if (n > 1)
      return raise_false(vm, TYPE_OF(TypeError),
                         "zip() takes at most 1 keyword argument (%zu given)", n);
    if (!str_equal_cstr(value_object(kwnames->items[i]), "strict"))
      return raise_false(vm, TYPE_OF(TypeError), "'%U' is an invalid keyword argument for zip()",
                         (Str *)value_object(kwnames->items[i]));
    Answer truth = value_truth(vm, values[i]);
    if (truth == ANSWER_FAILED) return false;
    *strict = truth;
  }
  return true;
}

static Value zip_construct(VM *vm, Type *cls, const Value *args, int npos, Tuple *kwnames) {
  bool strict;
  if (!strict_argument(vm, args + npos, kwnames, &strict)) return VALUE_FAIL;
  Tuple *iterators = iterators_of(vm, args, npos);
  if (!iterators) return VALUE_FAIL;
  Value v = object_new(vm, cls);
  if (value_is_fail(v)) return v;
  Zip *z = value_object(v);
  z->iterators = npos ? iterators : NULL;
  z->strict = strict;
  return v;
}

static COLD Value uneven(VM *vm, int i, const char *how) {
  return i == 1 ? raise_value(vm, "zip() argument %d is %s than argument 1", i + 1, how)
                : raise_value(vm, "zip() argument %d is %s than arguments 1-%d", i + 1, how, i);
}

/* Iterator i was exhausted first: all must be. */
static NOINLINE Value strict_end(VM *vm, const Tuple *iterators, size_t i) {
  if (i > 0) return uneven(vm, (int)i, "shorter");
  for (size_t j = 1; j < tuple_length(iterators); j++) {
    Value v = iterator_next(vm, iterators->items[j]);
    if (value_is_fail(v)) return v;
    if (v != VALUE_STOP) return uneven(vm, (int)j, "longer");
  }
  return VALUE_STOP;
}

static Value zip_next(VM *vm, Value self) {
  const Zip *z = value_object(self);
  const Tuple *iterators = z->iterators;
  if (!iterators) return VALUE_STOP;
  size_t n = tuple_length(iterators);
  if (n == 2) {
    Value a = iterator_next(vm, iterators->items[0]);
    if (a == VALUE_STOP) return z->strict ? strict_end(vm, iterators, 0) : a;
    if (value_is_fail(a)) return a;
    Value b = iterator_next(vm, iterators->items[1]);
    if (b == VALUE_STOP) return z->strict ? strict_end(vm, iterators, 1) : b;
    if (value_is_fail(b)) return b;
    return PACK(a, b);
  }
  Tuple *items = tuple_new(vm, n);
  if (!items) return VALUE_FAIL;
  for (size_t i = 0; i < n; i++) {
    Value v = iterator_next(vm, iterators->items[i]);
    if (v == VALUE_STOP) return z->strict ? strict_end(vm, iterators, i) : v;
    if (value_is_fail(v)) return v;
    tuple_set_item(vm, items, i, v);
  }
  return value_from(items);
}

static Value zip_op_reduce(VM *vm, Zip *self, const zip_op_reduce_args *a) {
  Value type = value_from(object_type(self));
  Value iterators = value_from(self->iterators ? self->iterators : tuple_new(vm, 0));
  return value_from(self->strict ? TUPLE(type, iterators, VALUE_TRUE) : TUPLE(type, iterators));
}

static Value zip_op_setstate(VM *vm, Zip *self, const zip_op_setstate_args *a) {
  int strict = value_truth(vm, a->state);
  if (strict < 0) return VALUE_FAIL;
  self->strict = strict;
  return VALUE_NONE;
}

static void zip_trace(Marker *marker, Object *self) {
  mark_object(marker, ((Zip *)self)->iterators);
}

const ClassSpec zip_class = {
    NATIVE_CLASS(zip_),
    .basic_size = sizeof(Zip),
    .trace = zip_trace,
    .next = zip_next,
};

/* ---- map */
static Value map_construct(VM *vm, Type *cls, const Value *args, int npos, Tuple *kwnames) {
  if (!refuses_kwargs(vm, cls, TYPE_OF(map), "map", kwnames)) return VALUE_FAIL;
  if (npos < 2) return raise_type(vm, "map() must have at least two arguments.");
  Tuple *iterators = iterators_of(vm, args + 1, npos - 1);
  if (!iterators) return VALUE_FAIL;
  Value v = object_new(vm, cls);
  if (value_is_fail(v)) return v;
  Map *m = value_object(v);
  m->function = args[0];
  m->iterators = iterators;
  return v;
}

static Value map_next(VM *vm, Value self) {
  const Map *m = value_object(self);
  const Tuple *iterators = m->iterators;
  size_t n = tuple_length(iterators);
  if (LIKELY(n <= 4)) {
    Value args[4];
    for (size_t i = 0; i < n; i++) {
      args[i] = iterator_next(vm, iterators->items[i]);
      if (UNLIKELY(args[i] == VALUE_STOP || value_is_fail(args[i]))) return args[i];
    }
    return call_values(vm, m->function, args, (int)n, NULL);
  }
  Tuple *args = tuple_new(vm, n);
  if (!args) return VALUE_FAIL;
  for (size_t i = 0; i < n; i++) {
    Value v = iterator_next(vm, iterators->items[i]);
    if (v == VALUE_STOP || value_is_fail(v)) return v;
    tuple_set_item(vm, args, i, v);
  }
  return call_values(vm, m->function, args->items, (int)n, NULL);
}

static Value map_op_reduce(VM *vm, Map *self, const map_op_reduce_args *a) {
  size_t n = tuple_length(self->iterators);
  Tuple *args = tuple_new(vm, n + 1);
  if (!args) return VALUE_FAIL;
  tuple_init_item(args, 0, self->function);
  for (size_t i = 0; i < n; i++) tuple_init_item(args, i + 1, self->iterators->items[i]);
  return PACK(value_from(object_type(self)), value_from(args));
}

static void map_trace(Marker *marker, Object *self) {
  mark_value(marker, ((Map *)self)->function);
  mark_object(marker, ((Map *)self)->iterators);
}

const ClassSpec map_class = {
    NATIVE_CLASS(map_),
    .basic_size = sizeof(Map),
    .trace = map_trace,
    .next = map_next,
};

/* ---- filter */
static Value filter_construct(VM *vm, Type *cls, const filter_construct_args *a) {
  Value iterator = get_iterator(vm, a->iterable);
  if (value_is_fail(iterator)) return iterator;
  Value v = object_new(vm, cls);
  if (value_is_fail(v)) return v;
  Filter *f = value_object(v);
  f->function = a->function;
  f->iterator = iterator;
  return v;
}

static Value filter_next(VM *vm, Value self) {
  const Filter *f = value_object(self);
  bool by_truth = f->function == VALUE_NONE || f->function == value_from(TYPE_OF(bool));
  for (;;) {
    Value v = iterator_next(vm, f->iterator);
    if (v == VALUE_STOP || value_is_fail(v)) return v;
    Value verdict = by_truth ? v : call1(vm, f->function, v);
    if (value_is_fail(verdict)) return verdict;
    int keep = value_is_bool(verdict) ? verdict == VALUE_TRUE : value_truth(vm, verdict);
    if (keep) return keep < 0 ? VALUE_FAIL : v;
  }
}

static Value filter_op_reduce(VM *vm, Filter *self, const filter_op_reduce_args *a) {
  return PACK(value_from(object_type(self)), PACK(self->function, self->iterator));
}

static void filter_trace(Marker *marker, Object *self) {
  mark_values(marker, &((Filter *)self)->function, 2);
}

const ClassSpec filter_class = {
    NATIVE_CLASS(filter_),
    .basic_size = sizeof(Filter),
    .trace = filter_trace,
    .next = filter_next,
};
