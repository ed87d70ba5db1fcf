/* itertools_endless.c -- count, cycle, repeat. */
#include "vm/modules/itertools/itertools.h"
#include "vm/objects/list.h"

typedef struct Count {
  Object h;
  Value current, step;
} Count;
/* iterator None: saved is complete */
typedef struct Cycle {
  Object h;
  Value iterator;
  List *saved;
  uint64_t index;
  bool first_pass_known;
} Cycle;
typedef struct Repeat {
  Object h;
  Value object;
  int64_t left;
} Repeat; /* left -1: for ever */

#define NATIVE_DEF "vm/modules/itertools/itertools_count.def"
#define NATIVE_PREFIX count_
#define NATIVE_SELF Count *
#include "vm/contracts/native_class.inc"

#define NATIVE_DEF "vm/modules/itertools/itertools_cycle.def"
#define NATIVE_PREFIX cycle_
#define NATIVE_SELF Cycle *
#include "vm/contracts/native_class.inc"

#define NATIVE_DEF "vm/modules/itertools/itertools_repeat.def"
#define NATIVE_PREFIX repeat_
#define NATIVE_SELF Repeat *
#include "vm/contracts/native_class.inc"

/* ---- count */
static bool is_number(Value v) {
  return value_is_any_int(v) || value_is_any_float(v) || value_has_flag(v, TYPE_COMPLEX_SUBCLASS) ||
         value_has_special(v, SPECIAL_int) || value_has_special(v, SPECIAL_float) ||
         value_has_special(v, SPECIAL_index);
}

static Value count_construct(VM *vm, Type *cls, const count_construct_args *a) {
  Value start = a->start == VALUE_MISSING ? value_int_unchecked(0) : a->start;
  Value step = a->step == VALUE_MISSING ? value_int_unchecked(1) : a->step;
  if (!is_number(start) || !is_number(step)) return raise_type(vm, "a number is required");
  Value v = object_new(vm, cls);
  if (value_is_fail(v)) return v;
  ((Count *)value_object(v))->current = start;
  ((Count *)value_object(v))->step = step;
  return v;
}

static Value count_next(VM *vm, Value self) {
  Count *c = value_object(self);
  Value v = c->current;
  if (LIKELY(value_are_ints(v, c->step))) {
    int64_t following;
    if (LIKELY(!__builtin_add_overflow((int64_t)v, (int64_t)(c->step - 1), &following))) {
      c->current = (Value)following;
      return v;
    }
  }
  Value following = binary_op(vm, BINARY_ADD, v, c->step);
  if (value_is_fail(following)) return following;
  c->current = following;
  heap_barrier(vm, c, following);
  return v;
}

static bool steps_by_one(const Count *c) { return c->step == value_int_unchecked(1); }

static Value count_op_reduce(VM *vm, Count *self, const count_op_reduce_args *a) {
  Tuple *args = steps_by_one(self) ? TUPLE(self->current) : TUPLE(self->current, self->step);
  return PACK(value_from(object_type(self)), value_from(args));
}
static Value count_op_repr(VM *vm, Count *self, const count_op_repr_args *a) {
  Str *text = steps_by_one(self) ? str_format(vm, "%U(%R)", object_type(self)->name, self->current)
                                 : str_format(vm, "%U(%R, %R)", object_type(self)->name,
                                              self->current, self->step);
  return value_of(text);
}
static void count_trace(Marker *marker, Object *self) {
  mark_values(marker, &((Count *)self)->current, 2);
}

ITERTOOLS_CLASS(itertools_count, count_, Count)

/* ---- cycle */
static Value cycle_construct(VM *vm, Type *cls, const cycle_construct_args *a) {
  Value iterator = get_iterator(vm, a->iterable);
  if (value_is_fail(iterator)) return iterator;
  List *saved = list_new(vm, 0);
  Value v = object_new(vm, cls);
  if (value_is_fail(v)) return v;
  Cycle *c = value_object(v);
  c->iterator = iterator, c->saved = saved;
  return v;
}

static Value cycle_next(VM *vm, Value self) {
  Cycle *c = value_object(self);
  if (c->iterator != VALUE_NONE) {
    Value v = iterator_next(vm, c->iterator);
    if (value_is_fail(v)) return v;
    if (v != VALUE_STOP)
      return c->first_pass_known || list_append_value(vm, c->saved, v) ? v : VALUE_FAIL;
    c->iterator = VALUE_NONE;
  }
  size_t n = list_length(c->saved);
  if (!n) return VALUE_STOP;
  if (c->index >= n) c->index = 0;
  return c->saved->items->items[c->index++];
}

static Value cycle_op_reduce(VM *vm, Cycle *self, const cycle_op_reduce_args *a) {
  Value iterator = self->iterator;
  if (iterator == VALUE_NONE) {
    iterator = get_iterator(vm, value_from(self->saved));
    if (value_is_fail(iterator)) return iterator;
    if (self->index && value_is_fail(call_method1(vm, iterator, NAME("__setstate__"),
                                                  value_int_unchecked((int64_t)self->index))))
      return VALUE_FAIL;
  }
  Value known = value_bool(self->iterator == VALUE_NONE || self->first_pass_known);
  return PACK(value_from(object_type(self)), PACK(iterator), PACK(value_from(self->saved), known));
}

static Value cycle_op_setstate(VM *vm, Cycle *self, const cycle_op_setstate_args *a) {
  if (!value_has_flag(a->state, TYPE_TUPLE_SUBCLASS)) return raise_type(vm, "state is not a tuple");
  Tuple *state = value_object(a->state);
  if (tuple_length(state) != 2)
    return raise_type(vm, "function takes exactly 2 arguments (%zu given)", tuple_length(state));
  if (!value_has_flag(state->items[0], TYPE_LIST_SUBCLASS))
    return raise_type(vm, "argument 1 must be list, not %T", state->items[0]);
  Value known;
  if (!value_index(vm, state->items[1], &known)) return VALUE_FAIL;
  self->saved = value_object(state->items[0]);
  self->first_pass_known = known != value_int_unchecked(0);
  self->index = 0;
  heap_barrier_object(vm, self, self->saved);
  return VALUE_NONE;
}
static void cycle_trace(Marker *marker, Object *self) {
  mark_value(marker, ((Cycle *)self)->iterator);
  mark_object(marker, ((Cycle *)self)->saved);
}

ITERTOOLS_CLASS(itertools_cycle, cycle_, Cycle)

/* ---- repeat */
static Value repeat_construct(VM *vm, Type *cls, const repeat_construct_args *a) {
  int64_t times = -1;
  if (a->times != VALUE_MISSING) {
    if (!value_is_any_int(a->times) && !value_has_special(a->times, SPECIAL_index))
      return raise_type(vm, "'%.200T' object cannot be interpreted as an integer", a->times);
    if (!value_index64(vm, a->times, &times, false)) return VALUE_FAIL;
    if (times < 0) times = 0;
  }
  Value v = object_new(vm, cls);
  if (value_is_fail(v)) return v;
  ((Repeat *)value_object(v))->object = a->object;
  ((Repeat *)value_object(v))->left = times;
  return v;
}

static Value repeat_next(VM *vm, Value self) {
  Repeat *r = value_object(self);
  if (r->left == 0) return VALUE_STOP;
  if (r->left > 0) r->left--;
  return r->object;
}

static Value repeat_op_reduce(VM *vm, Repeat *self, const repeat_op_reduce_args *a) {
  Tuple *args =
      self->left < 0 ? TUPLE(self->object) : TUPLE(self->object, value_int(vm, self->left));
  return PACK(value_from(object_type(self)), value_from(args));
}
static Value repeat_op_repr(VM *vm, Repeat *self, const repeat_op_repr_args *a) {
  Str *text = self->left < 0 ? str_format(vm, "%U(%R)", object_type(self)->name, self->object)
                             : str_format(vm, "%U(%R, %lld)", object_type(self)->name, self->object,
                                          (long long)self->left);
  return value_of(text);
}
static Value repeat_op_length_hint(VM *vm, Repeat *self, const repeat_op_length_hint_args *a) {
  return self->left < 0 ? raise_type(vm, "len() of unsized object") : value_int(vm, self->left);
}
static void repeat_trace(Marker *marker, Object *self) {
  mark_value(marker, ((Repeat *)self)->object);
}

ITERTOOLS_CLASS(itertools_repeat, repeat_, Repeat)
