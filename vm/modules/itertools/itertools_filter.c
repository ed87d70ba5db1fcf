/* itertools_filter.c -- iterators that pass on, select or combine items one by one: accumulate,
** chain, compress, dropwhile, takewhile, filterfalse, starmap, islice, pairwise, zip_longest. */
#include "vm/modules/itertools/itertools.h"
#include "vm/objects/int.h"
#include "vm/objects/list.h"

/* total, initial: VALUE_UNBOUND when none */
typedef struct Accumulate {
  Object h;
  Value iterator, function, total, initial;
} Accumulate;
/* iterator of iterables, current iterator; None: none */
typedef struct Chain {
  Object h;
  Value source, active;
} Chain;
/* compress: data, selectors; others: function, iterator */
typedef struct Pair {
  Object h;
  Value first, second;
  bool flag;
} Pair;
/* iterator None: done; stop -1: none */
typedef struct Slice1 {
  Object h;
  Value iterator;
  int64_t next, stop, step, count;
} Slice1;
/* None in place of exhausted ones */
typedef struct Longest {
  Object h;
  Tuple *iterators;
  Value fill;
  int64_t active;
} Longest;

#define NATIVE_DEF "vm/modules/itertools/itertools_accumulate.def"
#define NATIVE_PREFIX accumulate_
#define NATIVE_SELF Accumulate *
#include "vm/contracts/native_class.inc"

#define NATIVE_DEF "vm/modules/itertools/itertools_chain.def"
#define NATIVE_PREFIX chain_
#define NATIVE_SELF Chain *
#include "vm/contracts/native_class.inc"

#define NATIVE_DEF "vm/modules/itertools/itertools_pair.def"
#define NATIVE_PREFIX pair_
#define NATIVE_SELF Pair *
#include "vm/contracts/native_class.inc"

#define NATIVE_DEF "vm/modules/itertools/itertools_pairwise.def"
#define NATIVE_PREFIX pairwise_
#define NATIVE_SELF Pair *
#include "vm/contracts/native_class.inc"

#define NATIVE_DEF "vm/modules/itertools/itertools_while.def"
#define NATIVE_PREFIX while_
#define NATIVE_SELF Pair *
#include "vm/contracts/native_class.inc"

#define NATIVE_DEF "vm/modules/itertools/itertools_islice.def"
#define NATIVE_PREFIX islice_
#define NATIVE_SELF Slice1 *
#include "vm/contracts/native_class.inc"

#define NATIVE_DEF "vm/modules/itertools/itertools_zip_longest.def"
#define NATIVE_PREFIX longest_
#define NATIVE_SELF Longest *
#include "vm/contracts/native_class.inc"

#define ENDED(v) UNLIKELY((v) == VALUE_STOP || (v) == VALUE_FAIL)

static Value type_of(const void *self) { return value_from(object_type(self)); }

/* ---- accumulate */
static Value accumulate_construct(VM *vm, Type *cls, const accumulate_construct_args *a) {
  Value iterator = get_iterator(vm, a->iterable);
  if (value_is_fail(iterator)) return iterator;
  Value v = object_new(vm, cls);
  if (value_is_fail(v)) return v;
  Accumulate *c = value_object(v);
  c->iterator = iterator, c->function = a->func, c->total = VALUE_UNBOUND;
  c->initial = a->initial == VALUE_NONE ? VALUE_UNBOUND : a->initial;
  return v;
}

static Value accumulate_next(VM *vm, Value self) {
  Accumulate *c = value_object(self);
  Value total;
  if (UNLIKELY(c->initial != VALUE_UNBOUND)) {
    total = c->initial;
    c->initial = VALUE_UNBOUND;
  } else {
    Value v = iterator_next(vm, c->iterator);
    if (ENDED(v)) return v;
    if (c->total == VALUE_UNBOUND) total = v;
    else
      total = c->function == VALUE_NONE ? binary_op(vm, BINARY_ADD, c->total, v)
                                        : call2(vm, c->function, c->total, v);
    if (value_is_fail(total)) return total;
  }
  c->total = total;
  heap_barrier(vm, c, total);
  return total;
}

static Value accumulate_op_reduce(VM *vm, Accumulate *self, const accumulate_op_reduce_args *a) {
  Value iterator = self->iterator, chain = value_from(TYPE_OF(itertools_chain));
  if (self->initial != VALUE_UNBOUND) {
    iterator = call2(vm, chain, PACK(self->initial), iterator);
    if (value_is_fail(iterator)) return iterator;
    return PACK(type_of(self), PACK(iterator, self->function), VALUE_NONE);
  }
  /* a total of None would look like none at all: put it in front, and skip it */
  if (self->total == VALUE_NONE) {
    iterator = call2(vm, chain, PACK(VALUE_NONE), iterator);
    if (!value_is_fail(iterator)) iterator = call2(vm, type_of(self), iterator, self->function);
    if (value_is_fail(iterator)) return iterator;
    return PACK(value_from(TYPE_OF(itertools_islice)),
                PACK(iterator, value_int_unchecked(1), VALUE_NONE));
  }
  Value total = self->total == VALUE_UNBOUND ? VALUE_NONE : self->total;
  return PACK(type_of(self), PACK(iterator, self->function), total);
}

static Value accumulate_op_setstate(VM *vm, Accumulate *self,
                                    const accumulate_op_setstate_args *a) {
  self->total = a->state == VALUE_NONE ? VALUE_UNBOUND : a->state;
  heap_barrier(vm, self, a->state);
  return VALUE_NONE;
}
static void accumulate_trace(Marker *marker, Object *self) {
  mark_values(marker, &((Accumulate *)self)->iterator, 4);
}
ITERTOOLS_CLASS(itertools_accumulate, accumulate_, Accumulate)

/* ---- chain */
static Value chain_over(VM *vm, Type *cls, Value iterables) {
  Value source = get_iterator(vm, iterables);
  if (value_is_fail(source)) return source;
  Value v = object_new(vm, cls);
  if (value_is_fail(v)) return v;
  ((Chain *)value_object(v))->source = source;
  ((Chain *)value_object(v))->active = VALUE_NONE;
  return v;
}

static Value chain_construct(VM *vm, Type *cls, const chain_construct_args *a) {
  return chain_over(vm, cls, value_from(a->iterables));
}
static Value chain_from_iterable(VM *vm, Value cls, const chain_from_iterable_args *a) {
  return chain_over(vm, value_object(cls), a->iterable);
}
static Value chain_class_getitem(VM *vm, Value cls, const chain_class_getitem_args *a) {
  return generic_alias(vm, cls, a->item);
}

static Value chain_next(VM *vm, Value self) {
  Chain *c = value_object(self);
  for (;;) {
    if (LIKELY(c->active != VALUE_NONE)) {
      Value v = iterator_next(vm, c->active);
      if (LIKELY(v != VALUE_STOP)) return v;
      c->active = VALUE_NONE;
    }
    if (c->source == VALUE_NONE) return VALUE_STOP;
    Value iterable = iterator_next(vm, c->source);
    if (ENDED(iterable)) {
      c->source = VALUE_NONE;
      return iterable;
    }
    Value active = get_iterator(vm, iterable);
    if (value_is_fail(active)) {
      c->source = VALUE_NONE;
      return active;
    }
    c->active = active;
    heap_barrier(vm, c, active);
  }
}

static Value chain_op_reduce(VM *vm, Chain *self, const chain_op_reduce_args *a) {
  Value none = value_of(tuple_new(vm, 0));
  if (self->source == VALUE_NONE) return PACK(type_of(self), none);
  Value state = value_from(self->active != VALUE_NONE ? TUPLE(self->source, self->active)
                                                      : TUPLE(self->source));
  return PACK(type_of(self), none, state);
}

static bool is_iterator(Value v) {
  return value_type(v)->next || value_has_special(v, SPECIAL_next);
}

static Value chain_op_setstate(VM *vm, Chain *self, const chain_op_setstate_args *a) {
  if (!value_has_flag(a->state, TYPE_TUPLE_SUBCLASS)) return raise_type(vm, "state is not a tuple");
  Tuple *state = value_object(a->state);
  size_t n = tuple_length(state);
  if (n < 1) return raise_type(vm, "function takes at least 1 argument (0 given)");
  if (n > 2) return raise_type(vm, "function takes at most 2 arguments (%zu given)", n);
  if (!is_iterator(state->items[0]) || (n == 2 && !is_iterator(state->items[1])))
    return raise_type(vm, "Arguments must be iterators.");
  self->source = state->items[0];
  self->active = n == 2 ? state->items[1] : VALUE_NONE;
  heap_barrier_any(vm, self);
  return VALUE_NONE;
}
static void chain_trace(Marker *marker, Object *self) {
  mark_values(marker, &((Chain *)self)->source, 2);
}
ITERTOOLS_CLASS(itertools_chain, chain_, Chain)

/* ---- two values: compress, starmap, filterfalse, takewhile, dropwhile, pairwise */
static Value pair_new(VM *vm, Type *cls, Value first, Value iterable) {
  Value second = get_iterator(vm, iterable);
  if (value_is_fail(second)) return second;
  Value v = object_new(vm, cls);
  if (value_is_fail(v)) return v;
  ((Pair *)value_object(v))->first = first;
  ((Pair *)value_object(v))->second = second;
  return v;
}
static Value pair_op_reduce(VM *vm, Pair *self, const pair_op_reduce_args *a) {
  return PACK(type_of(self), PACK(self->first, self->second));
}
static void pair_trace(Marker *marker, Object *self) {
  mark_values(marker, &((Pair *)self)->first, 2);
}

static Value pair_compress_construct(VM *vm, Type *cls, const pair_compress_construct_args *a) {
  Value data = get_iterator(vm, a->data);
  return value_is_fail(data) ? data : pair_new(vm, cls, data, a->selectors);
}

static Value compress_next(VM *vm, Value self) {
  const Pair *p = value_object(self);
  for (;;) {
    Value v = iterator_next(vm, p->first);
    if (ENDED(v)) return v;
    Value selector = iterator_next(vm, p->second);
    if (ENDED(selector)) return selector;
    Answer keep = value_truth(vm, selector);
    if (keep) return keep == ANSWER_FAILED ? VALUE_FAIL : v;
  }
}

static Value pair_starmap_construct(VM *vm, Type *cls, const pair_starmap_construct_args *a) {
  return pair_new(vm, cls, a->function, a->iterable);
}
static Value pair_filterfalse_construct(VM *vm, Type *cls,
                                        const pair_filterfalse_construct_args *a) {
  return pair_new(vm, cls, a->function, a->iterable);
}
static Value while_takewhile_construct(VM *vm, Type *cls, const while_takewhile_construct_args *a) {
  return pair_new(vm, cls, a->predicate, a->iterable);
}
static Value while_dropwhile_construct(VM *vm, Type *cls, const while_dropwhile_construct_args *a) {
  return pair_new(vm, cls, a->predicate, a->iterable);
}

static Value starmap_next(VM *vm, Value self) {
  const Pair *p = value_object(self);
  Value v = iterator_next(vm, p->second);
  if (ENDED(v)) return v;
  Tuple *args = tuple_from_iterable(vm, v);
  return args ? call_values(vm, p->first, args->items, (int)tuple_length(args), NULL) : VALUE_FAIL;
}

/* function(v) as truth: 1, 0, -1 */
static inline Answer verdict(VM *vm, Value function, Value v) {
  Value answer =
      function == VALUE_NONE || function == value_from(TYPE_OF(bool)) ? v : call1(vm, function, v);
  if (value_is_bool(answer)) return answer == VALUE_TRUE;
  return value_is_fail(answer) ? ANSWER_FAILED : value_truth(vm, answer);
}

static Value filterfalse_next(VM *vm, Value self) {
  const Pair *p = value_object(self);
  for (;;) {
    Value v = iterator_next(vm, p->second);
    if (ENDED(v)) return v;
    Answer keep = verdict(vm, p->first, v);
    if (keep != ANSWER_YES) return keep == ANSWER_FAILED ? VALUE_FAIL : v;
  }
}

static inline Answer called(VM *vm, Value function, Value v) {
  Value answer = call1(vm, function, v);
  if (value_is_bool(answer)) return answer == VALUE_TRUE;
  return value_is_fail(answer) ? ANSWER_FAILED : value_truth(vm, answer);
}

/* flag: the predicate has failed once */
static Value takewhile_next(VM *vm, Value self) {
  Pair *p = value_object(self);
  if (p->flag) return VALUE_STOP;
  Value v = iterator_next(vm, p->second);
  if (ENDED(v)) return v;
  Answer keep = called(vm, p->first, v);
  if (keep) return keep == ANSWER_FAILED ? VALUE_FAIL : v;
  p->flag = true;
  return VALUE_STOP;
}

static Value dropwhile_next(VM *vm, Value self) {
  Pair *p = value_object(self);
  for (;;) {
    Value v = iterator_next(vm, p->second);
    if (ENDED(v) || p->flag) return v;
    Answer drop = called(vm, p->first, v);
    if (drop == ANSWER_FAILED) return VALUE_FAIL;
    if (drop) continue;
    p->flag = true;
    return v;
  }
}

static Value while_op_reduce(VM *vm, Pair *self, const while_op_reduce_args *a) {
  return PACK(type_of(self), PACK(self->first, self->second), value_int_unchecked(self->flag));
}
static Value while_op_setstate(VM *vm, Pair *self, const while_op_setstate_args *a) {
  int flag = value_truth(vm, a->state);
  if (flag < 0) return VALUE_FAIL;
  self->flag = flag;
  return VALUE_NONE;
}

/* first: the item given out last as the right one, or UNBOUND */
static Value pairwise_construct(VM *vm, Type *cls, const pairwise_construct_args *a) {
  return pair_new(vm, cls, VALUE_UNBOUND, a->iterable);
}

static Value pairwise_next(VM *vm, Value self) {
  Pair *p = value_object(self);
  if (p->second == VALUE_NONE) return VALUE_STOP;
  Value old = p->first;
  if (old == VALUE_UNBOUND) {
    old = iterator_next(vm, p->second);
    if (ENDED(old)) {
      p->second = VALUE_NONE;
      return old;
    }
    p->first = old; /* the next step may come back here */
    heap_barrier(vm, p, old);
    if (p->second == VALUE_NONE) return VALUE_STOP;
  }
  Value new = iterator_next(vm, p->second);
  if (ENDED(new)) {
    p->second = VALUE_NONE;
    p->first = VALUE_UNBOUND;
    return new;
  }
  p->first = new;
  heap_barrier(vm, p, new);
  return PACK(old, new);
}

#define PAIR_CLASS(name, fields)                                                  \
  const ClassSpec itertools_##name##_class = {fields, .basic_size = sizeof(Pair), \
                                              .trace = pair_trace, .next = name##_next};
PAIR_CLASS(compress, NATIVE_CLASS_AS(pair_, compress))
PAIR_CLASS(starmap, NATIVE_CLASS_AS(pair_, starmap))
PAIR_CLASS(filterfalse, NATIVE_CLASS_AS(pair_, filterfalse))
PAIR_CLASS(takewhile, NATIVE_CLASS_AS(while_, takewhile))
PAIR_CLASS(dropwhile, NATIVE_CLASS_AS(while_, dropwhile))
const ClassSpec itertools_pairwise_class = {
    NATIVE_CLASS(pairwise_),
    .basic_size = sizeof(Pair),
    .trace = pair_trace,
    .next = pairwise_next,
};

/* ---- islice */
static bool slice_number(VM *vm, Value v, int64_t absent, const char *message, int64_t *out) {
  if (v == VALUE_NONE) return *out = absent, true;
  if (!value_is_any_int(v) && !value_has_special(v, SPECIAL_index))
    return raise_false(vm, TYPE_OF(ValueError), "%s", message);
  Value index;
  if (!value_index(vm, v, &index)) {
    error_clear(vm);
    return raise_false(vm, TYPE_OF(ValueError), "%s", message);
  }
  if (int_to_int64(index, out) && *out >= 0) return true;
  return raise_false(vm, TYPE_OF(ValueError), "%s", message);
}

static Value islice_construct(VM *vm, Type *cls, const islice_construct_args *a) {
  static const char stop_message[] =
      "Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize.";
  static const char both_message[] =
      "Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.";
  static const char step_message[] = "Step for islice() must be a positive integer or None.";
  int64_t start = 0, stop = -1, step = 1;
  if (a->stop == VALUE_MISSING) {
    if (!slice_number(vm, a->start, -1, stop_message, &stop)) return VALUE_FAIL;
  } else {
    if (!slice_number(vm, a->stop, -1, stop_message, &stop) ||
        !slice_number(vm, a->start, 0, both_message, &start))
      return VALUE_FAIL;
    if (a->step != VALUE_MISSING && !slice_number(vm, a->step, 1, step_message, &step))
      return VALUE_FAIL;
    if (step < 1) return raise_value(vm, "%s", step_message);
  }
  Value iterator = get_iterator(vm, a->iterable);
  if (value_is_fail(iterator)) return iterator;
  Value v = object_new(vm, cls);
  if (value_is_fail(v)) return v;
  Slice1 *s = value_object(v);
  s->iterator = iterator, s->next = start, s->stop = stop, s->step = step;
  return v;
}

static Value islice_next(VM *vm, Value self) {
  Slice1 *s = value_object(self);
  if (s->iterator == VALUE_NONE) return VALUE_STOP;
  while (s->count < s->next) { /* skip */
    Value v = iterator_next(vm, s->iterator);
    if (ENDED(v)) goto end;
    s->count++;
    continue;
  end:
    s->iterator = VALUE_NONE;
    return v;
  }
  if (s->stop != -1 && s->count >= s->stop) {
    s->iterator = VALUE_NONE;
    return VALUE_STOP;
  }
  Value v = iterator_next(vm, s->iterator);
  if (ENDED(v)) {
    s->iterator = VALUE_NONE;
    return v;
  }
  s->count++;
  if (__builtin_add_overflow(s->next, s->step, &s->next) || (s->stop != -1 && s->next > s->stop))
    s->next = s->stop == -1 ? INT64_MAX : s->stop;
  return v;
}

static Value islice_op_reduce(VM *vm, Slice1 *self, const islice_op_reduce_args *a) {
  const Value zero = value_int_unchecked(0);
  if (self->iterator == VALUE_NONE) {
    Value empty = get_iterator(vm, value_from(list_new(vm, 0)));
    return PACK(type_of(self), PACK(empty, zero), zero);
  }
  Value stop = self->stop == -1 ? VALUE_NONE : value_int(vm, self->stop);
  Value args = PACK(self->iterator, value_int(vm, self->next), stop, value_int(vm, self->step));
  return PACK(type_of(self), args, value_int(vm, self->count));
}
static Value islice_op_setstate(VM *vm, Slice1 *self, const islice_op_setstate_args *a) {
  return value_none_if(value_index64(vm, a->state, &self->count, false));
}
static void islice_trace(Marker *marker, Object *self) {
  mark_value(marker, ((Slice1 *)self)->iterator);
}
ITERTOOLS_CLASS(itertools_islice, islice_, Slice1)

/* ---- zip_longest */
static Value longest_construct(VM *vm, Type *cls, const Value *args, int npos, Tuple *kwnames) {
  Value fill = VALUE_NONE;
  for (size_t i = 0; kwnames && i < tuple_length(kwnames); i++) {
    if (tuple_length(kwnames) > 1 || !str_equal_cstr(value_object(kwnames->items[i]), "fillvalue"))
      return raise_type(vm, "zip_longest() got an unexpected keyword argument");
    fill = args[npos];
  }
  Tuple *iterators = tuple_new(vm, (size_t)npos);
  if (!iterators) return VALUE_FAIL;
  for (int i = 0; i < npos; i++) {
    Value iterator = get_iterator(vm, args[i]);
    if (value_is_fail(iterator)) return iterator;
    tuple_set_item(vm, iterators, (size_t)i, iterator);
  }
  Value v = object_new(vm, cls);
  if (value_is_fail(v)) return v;
  Longest *z = value_object(v);
  z->iterators = iterators, z->fill = fill, z->active = npos;
  return v;
}

static Value longest_next(VM *vm, Value self) {
  Longest *z = value_object(self);
  Tuple *iterators = z->iterators;
  size_t n = tuple_length(iterators);
  if (!n || !z->active) return VALUE_STOP;
  Tuple *items = tuple_new(vm, n);
  if (!items) return VALUE_FAIL;
  for (size_t i = 0; i < n; i++) {
    Value v = VALUE_STOP;
    if (iterators->items[i] != VALUE_NONE) {
      v = iterator_next(vm, iterators->items[i]);
      if (value_is_fail(v)) return z->active = 0, v;
      if (v == VALUE_STOP) {
        if (--z->active <= 0) return VALUE_STOP;
        iterators->items[i] = VALUE_NONE;
      }
    }
    tuple_set_item(vm, items, i, v == VALUE_STOP ? z->fill : v);
  }
  return value_from(items);
}

static Value longest_op_reduce(VM *vm, Longest *self, const longest_op_reduce_args *a) {
  size_t n = tuple_length(self->iterators);
  Tuple *args = tuple_new(vm, n), *none = tuple_new(vm, 0);
  if (!args) return VALUE_FAIL;
  for (size_t i = 0; i < n; i++) {
    Value iterator = self->iterators->items[i];
    tuple_init_item(args, i, iterator == VALUE_NONE ? value_from(none) : iterator);
  }
  return PACK(type_of(self), value_from(args), self->fill);
}
static Value longest_op_setstate(VM *vm, Longest *self, const longest_op_setstate_args *a) {
  self->fill = a->state;
  heap_barrier(vm, self, a->state);
  return VALUE_NONE;
}
static void longest_trace(Marker *marker, Object *self) {
  mark_object(marker, ((Longest *)self)->iterators);
  mark_value(marker, ((Longest *)self)->fill);
}
ITERTOOLS_CLASS(itertools_zip_longest, longest_, Longest)
