/* itertools_combine.c -- product, permutations, combinations, combinations_with_replacement.
** All keep the indices of the tuple given out last in a cell of int64 (RawBytes); `state` says
** where they stand. */
#include "vm/contracts/protocol.h"
#include "vm/modules/itertools/itertools.h"
#include "vm/objects/tuple.h"

enum { FRESH, RUNNING, STOPPED };

typedef struct Combination {
  Object h;
  Tuple *pool; /* [gc] the items; product: a tuple of tuples */
  /* [gc] int64[r]; permutations: int64[n] and then the cycles, int64[r] */
  RawBytes *indices;
  int64_t r;
  int state;
} Combination;

#define NATIVE_DEF "vm/modules/itertools/itertools_combinations.def"
#define NATIVE_PREFIX combinations_
#define NATIVE_SELF Combination *
#include "vm/contracts/native_class.inc"

#define NATIVE_DEF "vm/modules/itertools/itertools_combinations_with_replacement.def"
#define NATIVE_PREFIX replacement_
#define NATIVE_SELF Combination *
#include "vm/contracts/native_class.inc"

#define NATIVE_DEF "vm/modules/itertools/itertools_permutations.def"
#define NATIVE_PREFIX permutations_
#define NATIVE_SELF Combination *
#include "vm/contracts/native_class.inc"

#define NATIVE_DEF "vm/modules/itertools/itertools_product.def"
#define NATIVE_PREFIX product_
#define NATIVE_SELF Combination *
#include "vm/contracts/native_class.inc"

static inline int64_t *numbers_in(RawBytes *memory) { return (int64_t *)(void *)memory->bytes; }
static inline int64_t *indices_of(const Combination *c) { return numbers_in(c->indices); }

static Value combination_new(VM *vm, Type *cls, Tuple *pool, int64_t r, int64_t numbers) {
  if (numbers > INT64_C(1) << 40) return raise_memory(vm);
  RawBytes *indices = raw_bytes_new(vm, (size_t)(numbers ? numbers : 1) * sizeof(int64_t));
  if (!indices) return VALUE_FAIL;
  Value v = object_new(vm, cls);
  if (value_is_fail(v)) return v;
  Combination *c = value_object(v);
  c->pool = pool, c->indices = indices, c->r = r, c->state = FRESH;
  return v;
}

enum { FEW = 8 };

static inline Value chosen(VM *vm, const Combination *c) {
  if (LIKELY(c->r <= FEW)) {
    Value items[FEW];
    for (int64_t i = 0; i < c->r; i++) items[i] = c->pool->items[indices_of(c)[i]];
    return value_of(tuple_from_values(vm, items, (size_t)c->r));
  }
  Tuple *made = tuple_new(vm, (size_t)c->r);
  if (!made) return VALUE_FAIL;
  const int64_t *indices = indices_of(c);
  for (int64_t i = 0; i < c->r; i++) tuple_init_item(made, (size_t)i, c->pool->items[indices[i]]);
  return value_from(made);
}

static Value stop(Combination *c) {
  c->state = STOPPED;
  return VALUE_STOP;
}

/* ---- pickling */
static Value index_tuple(VM *vm, const int64_t *indices, int64_t count) {
  Tuple *made = tuple_new(vm, (size_t)count);
  if (!made) return VALUE_FAIL;
  for (int64_t i = 0; i < count; i++)
    tuple_init_item(made, (size_t)i, value_int_unchecked(indices[i]));
  return value_from(made);
}

static Value reduce(VM *vm, Combination *c, Value (*state)(VM *, Combination *)) {
  Value type = value_from(object_type(c));
  Value pool = value_from(c->state == STOPPED ? tuple_new(vm, 0) : c->pool);
  Value args = PACK(pool, value_int(vm, c->r));
  return value_from(c->state == RUNNING ? TUPLE(type, args, state(vm, c)) : TUPLE(type, args));
}
static Value plain_state(VM *vm, Combination *c) { return index_tuple(vm, indices_of(c), c->r); }

/* read_indices: a tuple of `count` numbers as indices in [0, limit), the nearest where they are
** outside; NULL: raised. They stand in memory of their own: what reading them runs, and a failure,
** finds the iterator in the state that it has. */
static RawBytes *read_indices(VM *vm, Value v, int64_t count, int64_t limit) {
  if (!value_has_flag(v, TYPE_TUPLE_SUBCLASS) || (int64_t)tuple_length(value_object(v)) != count)
    return raise_value(vm, "invalid arguments"), NULL;
  RawBytes *memory = raw_bytes_new(vm, (size_t)(count + 1) * sizeof(int64_t));
  if (!memory) return NULL;
  int64_t *out = numbers_in(memory);
  for (int64_t i = 0; i < count; i++) {
    if (!value_index64(vm, ((Tuple *)value_object(v))->items[i], &out[i], false)) return NULL;
    if (out[i] > limit - 1) out[i] = limit - 1;
    if (out[i] < 0) out[i] = 0;
  }
  return memory;
}

/* set_running: the state was read; what has ended, or has nothing to choose from, stays so. */
static Value set_running(Combination *c, bool possible) {
  c->state = possible && c->state != STOPPED ? RUNNING : STOPPED;
  return VALUE_NONE;
}

static Value size_of(VM *vm, Combination *c) { return cell_sizeof(vm, c, c->indices); }
static void combination_trace(Marker *marker, Object *self) {
  mark_object(marker, ((Combination *)self)->pool);
  mark_object(marker, ((Combination *)self)->indices);
}

/* ---- combinations */
static Value any_combinations(VM *vm, Type *cls, Value iterable, int64_t r) {
  Tuple *pool = tuple_from_iterable(vm, iterable);
  if (!pool) return VALUE_FAIL;
  if (r < 0) return raise_value(vm, "r must be non-negative");
  return combination_new(vm, cls, pool, r, r);
}
static Value combinations_construct(VM *vm, Type *cls, const combinations_construct_args *a) {
  return any_combinations(vm, cls, a->iterable, a->r);
}

static Value combinations_next(VM *vm, Value self) {
  Combination *c = value_object(self);
  int64_t *indices = indices_of(c), n = (int64_t)tuple_length(c->pool), r = c->r, i = r - 1;
  if (UNLIKELY(c->state != RUNNING)) {
    if (c->state == STOPPED || r > n) return stop(c);
    for (i = 0; i < r; i++) indices[i] = i;
    c->state = RUNNING;
    return chosen(vm, c);
  }
  while (i >= 0 && indices[i] == i + n - r) i--;
  if (i < 0) return stop(c);
  indices[i]++;
  for (i++; i < r; i++) indices[i] = indices[i - 1] + 1;
  return chosen(vm, c);
}

static Value combinations_op_reduce(VM *vm, Combination *self,
                                    const combinations_op_reduce_args *a) {
  return reduce(vm, self, plain_state);
}
static Value combinations_op_setstate(VM *vm, Combination *self,
                                      const combinations_op_setstate_args *a) {
  int64_t n = (int64_t)tuple_length(self->pool);
  RawBytes *read = read_indices(vm, a->state, self->r, n);
  if (!read) return VALUE_FAIL;
  int64_t *indices = numbers_in(read);
  for (int64_t i = 0, last = n - self->r; i < self->r && last >= 0; i++, last++)
    if (indices[i] > last) indices[i] = last;
  memcpy(indices_of(self), indices, (size_t)self->r * sizeof *indices);
  return set_running(self, self->r <= n);
}
static Value combinations_op_sizeof(VM *vm, Combination *self,
                                    const combinations_op_sizeof_args *a) {
  return size_of(vm, self);
}
#define combinations_trace combination_trace
ITERTOOLS_CLASS(itertools_combinations, combinations_, Combination)

/* ---- combinations_with_replacement */
static Value replacement_construct(VM *vm, Type *cls, const replacement_construct_args *a) {
  return any_combinations(vm, cls, a->iterable, a->r);
}

static Value replacement_next(VM *vm, Value self) {
  Combination *c = value_object(self);
  int64_t *indices = indices_of(c), n = (int64_t)tuple_length(c->pool), r = c->r, i = r - 1;
  if (UNLIKELY(c->state != RUNNING)) {
    if (c->state == STOPPED || (n == 0 && r > 0)) return stop(c);
    memset(indices, 0, (size_t)r * sizeof *indices);
    c->state = RUNNING;
    return chosen(vm, c);
  }
  while (i >= 0 && indices[i] == n - 1) i--;
  if (i < 0) return stop(c);
  int64_t value = indices[i] + 1;
  for (; i < r; i++) indices[i] = value;
  return chosen(vm, c);
}

static Value replacement_op_reduce(VM *vm, Combination *self, const replacement_op_reduce_args *a) {
  return reduce(vm, self, plain_state);
}
static Value replacement_op_setstate(VM *vm, Combination *self,
                                     const replacement_op_setstate_args *a) {
  int64_t n = (int64_t)tuple_length(self->pool);
  RawBytes *read = read_indices(vm, a->state, self->r, n);
  if (!read) return VALUE_FAIL;
  memcpy(indices_of(self), numbers_in(read), (size_t)self->r * sizeof(int64_t));
  return set_running(self, n > 0 || self->r == 0);
}
static Value replacement_op_sizeof(VM *vm, Combination *self, const replacement_op_sizeof_args *a) {
  return size_of(vm, self);
}
#define replacement_trace combination_trace
ITERTOOLS_CLASS(itertools_combinations_with_replacement, replacement_, Combination)

/* ---- permutations: all n indices, of which the first r count, then r cycles */
static Value permutations_construct(VM *vm, Type *cls, const permutations_construct_args *a) {
  Tuple *pool = tuple_from_iterable(vm, a->iterable);
  if (!pool) return VALUE_FAIL;
  int64_t n = (int64_t)tuple_length(pool), r = n;
  if (a->r != VALUE_NONE) {
    if (!value_is_any_int(a->r)) return raise_type(vm, "Expected int as r");
    if (!convert_Index(vm, a->r, &r, NULL, 0)) return VALUE_FAIL;
    if (r < 0) return raise_value(vm, "r must be non-negative");
  }
  return combination_new(vm, cls, pool, r, r < INT64_MAX - n ? n + r : r);
}

static Value permutations_next(VM *vm, Value self) {
  Combination *c = value_object(self);
  int64_t *indices = indices_of(c), n = (int64_t)tuple_length(c->pool), r = c->r,
          *cycles = indices + n;
  if (UNLIKELY(c->state != RUNNING)) {
    if (c->state == STOPPED || r > n) return stop(c);
    for (int64_t i = 0; i < n; i++) indices[i] = i;
    for (int64_t i = 0; i < r; i++) cycles[i] = n - i;
    c->state = RUNNING;
    return chosen(vm, c);
  }
  for (int64_t i = r - 1; i >= 0; i--) {
    if (--cycles[i] > 0) {
      int64_t j = n - cycles[i], t = indices[i];
      indices[i] = indices[j], indices[j] = t;
      return chosen(vm, c);
    }
    int64_t first = indices[i]; /* rotate indices[i..n) left */
    memmove(indices + i, indices + i + 1, (size_t)(n - 1 - i) * sizeof *indices);
    indices[n - 1] = first;
    cycles[i] = n - i;
  }
  return stop(c);
}

static Value permutations_state(VM *vm, Combination *c) {
  int64_t n = (int64_t)tuple_length(c->pool);
  return PACK(index_tuple(vm, indices_of(c), n), index_tuple(vm, indices_of(c) + n, c->r));
}
static Value permutations_op_reduce(VM *vm, Combination *self,
                                    const permutations_op_reduce_args *a) {
  return reduce(vm, self, permutations_state);
}
static Value permutations_op_setstate(VM *vm, Combination *self,
                                      const permutations_op_setstate_args *a) {
  if (!value_has_flag(a->state, TYPE_TUPLE_SUBCLASS)) return raise_type(vm, "state is not a tuple");
  Tuple *state = value_object(a->state);
  if (tuple_length(state) != 2) return raise_value(vm, "invalid arguments");
  int64_t n = (int64_t)tuple_length(self->pool);
  RawBytes *order = read_indices(vm, state->items[0], n, n);
  RawBytes *left = order ? read_indices(vm, state->items[1], self->r, n + 1) : NULL;
  if (!left) return VALUE_FAIL;
  int64_t *cycles = indices_of(self) + n;
  memcpy(indices_of(self), numbers_in(order), (size_t)n * sizeof *cycles);
  memcpy(cycles, numbers_in(left), (size_t)self->r * sizeof *cycles);
  for (int64_t i = 0; i < self->r; i++) {
    if (cycles[i] < 1) cycles[i] = 1;
    if (cycles[i] > n - i) cycles[i] = n - i;
  }
  return set_running(self, self->r <= n);
}
static Value permutations_op_sizeof(VM *vm, Combination *self,
                                    const permutations_op_sizeof_args *a) {
  return size_of(vm, self);
}
#define permutations_trace combination_trace
ITERTOOLS_CLASS(itertools_permutations, permutations_, Combination)

/* ---- product: pool is a tuple of pools */
static bool repeat_argument(VM *vm, const Value *values, Tuple *kwnames, int64_t *repeat) {
  *repeat = 1;
  for (size_t i = 0; kwnames && i < tuple_length(kwnames); i++) {
    Str *name = value_object(kwnames->items[i]);
    if (!str_equal_cstr(name, "repeat"))
      return raise_false(vm, TYPE_OF(TypeError),
                         "'%U' is an invalid keyword argument for product()", name);
    if (!value_index64(vm, values[i], repeat, false)) return false;
    if (*repeat < 0)
      return raise_false(vm, TYPE_OF(ValueError), "repeat argument cannot be negative");
  }
  return true;
}

static Value product_construct(VM *vm, Type *cls, const Value *args, int npos, Tuple *kwnames) {
  int64_t repeat;
  if (!repeat_argument(vm, args + npos, kwnames, &repeat)) return VALUE_FAIL;
  if (repeat == 0) npos = 0;
  if (npos && repeat > (INT64_C(1) << 40) / npos)
    return raise_error(vm, TYPE_OF(OverflowError), "repeat argument too large");
  Tuple *pools = tuple_new(vm, (size_t)(npos * repeat));
  if (!pools) return VALUE_FAIL;
  for (int i = 0; i < npos; i++) {
    Tuple *pool = tuple_from_iterable(vm, args[i]);
    if (!pool) return VALUE_FAIL;
    for (int64_t j = 0; j < repeat; j++)
      tuple_set_item(vm, pools, (size_t)(i + j * npos), value_from(pool));
  }
  return combination_new(vm, cls, pools, npos * repeat, npos * repeat);
}

static inline const Tuple *pool_at(const Combination *c, int64_t i) {
  return value_object(c->pool->items[i]);
}

static Value product_next(VM *vm, Value self) {
  Combination *c = value_object(self);
  int64_t *indices = indices_of(c), r = c->r, i = r - 1;
  if (LIKELY(c->state == RUNNING)) {
    for (; i >= 0 && ++indices[i] == (int64_t)tuple_length(pool_at(c, i)); i--) indices[i] = 0;
    if (i < 0) return stop(c);
  } else {
    if (c->state == STOPPED) return VALUE_STOP;
    for (i = 0; i < r; i++)
      if (!tuple_length(pool_at(c, i))) return stop(c);
    memset(indices, 0, (size_t)r * sizeof *indices);
    c->state = RUNNING;
  }
  if (LIKELY(r <= FEW)) {
    Value items[FEW];
    for (i = 0; i < r; i++) items[i] = pool_at(c, i)->items[indices[i]];
    return value_of(tuple_from_values(vm, items, (size_t)r));
  }
  Tuple *made = tuple_new(vm, (size_t)r);
  if (!made) return VALUE_FAIL;
  for (i = 0; i < r; i++) tuple_init_item(made, (size_t)i, pool_at(c, i)->items[indices[i]]);
  return value_from(made);
}

static Value product_op_reduce(VM *vm, Combination *self, const product_op_reduce_args *a) {
  Value type = value_from(object_type(self));
  if (self->state == STOPPED) return PACK(type, PACK(value_of(tuple_new(vm, 0))));
  Value pools = value_from(self->pool);
  return value_from(self->state == FRESH ? TUPLE(type, pools)
                                         : TUPLE(type, pools, plain_state(vm, self)));
}

static Value product_op_setstate(VM *vm, Combination *self, const product_op_setstate_args *a) {
  RawBytes *read = read_indices(vm, a->state, self->r, INT64_MAX);
  if (!read) return VALUE_FAIL;
  int64_t *indices = numbers_in(read);
  for (int64_t i = 0; i < self->r; i++) {
    int64_t n = (int64_t)tuple_length(pool_at(self, i));
    if (!n) return stop(self), VALUE_NONE;
    if (indices[i] > n - 1) indices[i] = n - 1;
  }
  memcpy(indices_of(self), indices, (size_t)self->r * sizeof *indices);
  return set_running(self, true);
}
static Value product_op_sizeof(VM *vm, Combination *self, const product_op_sizeof_args *a) {
  return size_of(vm, self);
}
#define product_trace combination_trace
ITERTOOLS_CLASS(itertools_product, product_, Combination)
