/* itertools_group.c -- groupby with its groups, and tee.
**
** tee: the iterators of one tee() share a chain of TeeData blocks; each block keeps what was read
** from the source, so that the slowest iterator still finds it, and blocks that all have left
** behind become garbage. */
#include "vm/modules/itertools/itertools.h"
#include "vm/objects/list.h"

typedef struct GroupBy {
  Object h;
  Value iterator, key; /* key None: the item itself */
  /* key of the group given out; key and item read last; VALUE_UNBOUND: none */
  Value target, current_key, current;
  const void *grouper; /* the group given out last: only that one still reads */
} GroupBy;
typedef struct Grouper {
  Object h;
  GroupBy *parent;
  Value target;
} Grouper;

enum { TEE_BLOCK = 57 };
typedef struct TeeData TeeData;
struct TeeData {
  Object h;
  Value source;
  int32_t count; /* values read */
  bool running;
  TeeData *next; /* [gc] */
  Value values[TEE_BLOCK];
};
typedef struct Tee {
  Object h;
  TeeData *data;
  int64_t index;
} Tee;

typedef GroupBy *c_GroupBy;
static inline bool convert_GroupBy(VM *vm, Value v, c_GroupBy *out, const MethodSpec *spec, int i) {
  if (!value_is(v, itertools_groupby)) return convert_fail(vm, v, "itertools.groupby", spec, i);
  *out = value_object(v);
  return true;
}
typedef List *c_ListOnly;
static inline bool convert_ListOnly(VM *vm, Value v, c_ListOnly *out, const MethodSpec *spec,
                                    int i) {
  if (!value_has_flag(v, TYPE_LIST_SUBCLASS)) return convert_fail(vm, v, "list", spec, i);
  *out = value_object(v);
  return true;
}

#define NATIVE_DEF "vm/modules/itertools/itertools_groupby.def"
#define NATIVE_PREFIX groupby_
#define NATIVE_SELF GroupBy *
#include "vm/contracts/native_class.inc"

#define NATIVE_DEF "vm/modules/itertools/itertools_grouper.def"
#define NATIVE_PREFIX grouper_
#define NATIVE_SELF Grouper *
#include "vm/contracts/native_class.inc"

#define NATIVE_DEF "vm/modules/itertools/itertools_tee.def"
#define NATIVE_PREFIX tee_
#define NATIVE_SELF Tee *
#include "vm/contracts/native_class.inc"

#define NATIVE_DEF "vm/modules/itertools/itertools_tee_data.def"
#define NATIVE_PREFIX tee_data_
#define NATIVE_SELF TeeData *
#include "vm/contracts/native_class.inc"

/* ---- groupby */
static Value groupby_construct(VM *vm, Type *cls, const groupby_construct_args *a) {
  Value iterator = get_iterator(vm, a->iterable);
  if (value_is_fail(iterator)) return iterator;
  Value v = object_new(vm, cls);
  if (value_is_fail(v)) return v;
  GroupBy *g = value_object(v);
  g->iterator = iterator, g->key = a->key;
  g->target = g->current_key = g->current = VALUE_UNBOUND;
  return v;
}

/* Reads an item and its key: VALUE_NONE, VALUE_STOP or VALUE_FAIL. */
static Value groupby_step(VM *vm, GroupBy *g) {
  Value v = iterator_next(vm, g->iterator);
  if (v == VALUE_STOP || value_is_fail(v)) return v;
  Value key = g->key == VALUE_NONE ? v : call1(vm, g->key, v);
  if (value_is_fail(key)) return key;
  g->current = v;
  g->current_key = key;
  heap_barrier_any(vm, g);
  return VALUE_NONE;
}

static Value groupby_next(VM *vm, Value self) {
  GroupBy *g = value_object(self);
  g->grouper = NULL;
  for (;;) { /* past the rest of the group given out last */
    if (g->current_key != VALUE_UNBOUND) {
      if (g->target == VALUE_UNBOUND) break;
      Answer same = items_same(vm, g->target, g->current_key);
      if (same == ANSWER_FAILED) return VALUE_FAIL;
      /* unless the comparison has taken the item */
      if (!same && g->current_key != VALUE_UNBOUND) break;
    }
    Value step = groupby_step(vm, g);
    if (step != VALUE_NONE) return step;
  }
  g->target = g->current_key;
  heap_barrier(vm, g, g->target);
  Grouper *grouper = heap_new(vm, SHAPE_OF(itertools_grouper), sizeof(Grouper));
  grouper->parent = g;
  grouper->target = g->target;
  g->grouper = grouper;
  heap_barrier_object(vm, g, grouper);
  return PACK(g->current_key, value_from(grouper));
}

static Value grouper_next(VM *vm, Value self) {
  Grouper *grouper = value_object(self);
  GroupBy *g = grouper->parent;
  if (g->grouper != grouper) return VALUE_STOP;
  if (g->current == VALUE_UNBOUND) {
    Value step = groupby_step(vm, g);
    if (step != VALUE_NONE) return step;
  }
  Answer same = items_same(vm, grouper->target, g->current_key);
  if (same != ANSWER_YES) return same == ANSWER_FAILED ? VALUE_FAIL : VALUE_STOP;
  Value v = g->current;
  if (v == VALUE_UNBOUND) return VALUE_STOP; /* the comparison has taken it */
  g->current = g->current_key = VALUE_UNBOUND;
  return v;
}

static Value grouper_construct(VM *vm, Type *cls, const grouper_construct_args *a) {
  Grouper *grouper = heap_new(vm, SHAPE_OF(itertools_grouper), sizeof(Grouper));
  grouper->parent = a->parent;
  grouper->target = a->tgtkey;
  grouper->parent->grouper = grouper;
  heap_barrier_object(vm, grouper->parent, grouper);
  return value_from(grouper);
}

static Value groupby_op_reduce(VM *vm, GroupBy *self, const groupby_op_reduce_args *a) {
  Value type = value_from(object_type(self)), args = PACK(self->iterator, self->key);
  if (self->target == VALUE_UNBOUND || self->current == VALUE_UNBOUND ||
      self->current_key == VALUE_UNBOUND)
    return PACK(type, args);
  return PACK(type, args, PACK(self->current, self->target, self->current_key));
}
static Value groupby_op_setstate(VM *vm, GroupBy *self, const groupby_op_setstate_args *a) {
  if (!value_has_flag(a->state, TYPE_TUPLE_SUBCLASS)) return raise_type(vm, "state is not a tuple");
  Tuple *state = value_object(a->state);
  if (tuple_length(state) != 3)
    return raise_type(vm, "function takes exactly 3 arguments (%zu given)", tuple_length(state));
  self->current = state->items[0], self->target = state->items[1],
  self->current_key = state->items[2];
  heap_barrier_any(vm, self);
  return VALUE_NONE;
}
static Value grouper_op_reduce(VM *vm, Grouper *self, const grouper_op_reduce_args *a) {
  if (self->parent->grouper != self) {
    Value iter = builtin_attr(vm, NAME("iter"));
    return PACK(iter, PACK(value_of(tuple_new(vm, 0))));
  }
  return PACK(value_from(object_type(self)), PACK(value_from(self->parent), self->target));
}

/* grouper is only compared, but its address must not come back as another's */
static void groupby_trace(Marker *marker, Object *self) {
  mark_values(marker, &((GroupBy *)self)->iterator, 5);
  mark_object(marker, ((GroupBy *)self)->grouper);
}
static void grouper_trace(Marker *marker, Object *self) {
  mark_object(marker, ((Grouper *)self)->parent);
  mark_value(marker, ((Grouper *)self)->target);
}
ITERTOOLS_CLASS(itertools_groupby, groupby_, GroupBy)
const ClassSpec itertools_grouper_class = {
    NATIVE_CLASS(grouper_),
    .basic_size = sizeof(Grouper),
    .trace = grouper_trace,
    .next = grouper_next,
};

/* ---- tee */
static TeeData *tee_data_new(VM *vm, Value source) {
  TeeData *data = heap_new_zeroed(vm, SHAPE_OF(itertools_tee_data), sizeof(TeeData));
  data->source = source;
  return data;
}

static Value tee_from(VM *vm, Type *cls, TeeData *data, int64_t index) {
  Value v = object_new(vm, cls);
  if (value_is_fail(v)) return v;
  ((Tee *)value_object(v))->data = data;
  ((Tee *)value_object(v))->index = index;
  return v;
}

static Value tee_over(VM *vm, Type *cls, Value iterable) {
  Value iterator = get_iterator(vm, iterable);
  if (value_is_fail(iterator)) return iterator;
  if (value_type(iterator) == TYPE_OF(itertools_tee)) {
    const Tee *old = value_object(iterator);
    return tee_from(vm, cls, old->data, old->index);
  }
  return tee_from(vm, cls, tee_data_new(vm, iterator), 0);
}

static Value tee_construct(VM *vm, Type *cls, const tee_construct_args *a) {
  return tee_over(vm, cls, a->iterable);
}

static Value tee_next(VM *vm, Value self) {
  Tee *tee = value_object(self);
  TeeData *data = tee->data;
  if (tee->index >= TEE_BLOCK) {
    if (!data->next) {
      TeeData *next = tee_data_new(vm, data->source);
      data->next = next;
      heap_barrier_object(vm, data, next);
    }
    tee->data = data = data->next;
    tee->index = 0;
    heap_barrier_object(vm, tee, data);
  }
  if (tee->index < data->count) return data->values[tee->index++];
  if (data->running)
    return raise_error(vm, TYPE_OF(RuntimeError), "cannot re-enter the tee iterator");
  data->running = true;
  Value v = iterator_next(vm, data->source);
  data->running = false;
  if (v == VALUE_STOP || value_is_fail(v)) return v;
  data->values[data->count++] = v;
  heap_barrier(vm, data, v);
  tee->index++;
  return v;
}

Value itertools_tee_new(VM *vm, Value iterable, int64_t n) {
  if (n < 0) return raise_value(vm, "n must be >= 0");
  Tuple *result = tuple_new(vm, (size_t)n);
  if (!result) return VALUE_FAIL;
  if (!n) return value_from(result);
  Value iterator = get_iterator(vm, iterable);
  if (value_is_fail(iterator)) return iterator;
  Value copy = find_attribute(vm, iterator, NAME("__copy__"));
  if (value_is_fail(copy)) return copy;
  if (copy == VALUE_UNBOUND) {
    iterator = tee_over(vm, TYPE_OF(itertools_tee), iterator);
    if (value_is_fail(iterator)) return iterator;
    copy = get_attribute(vm, iterator, NAME("__copy__"));
    if (value_is_fail(copy)) return copy;
  }
  tuple_set_item(vm, result, 0, iterator);
  for (int64_t i = 1; i < n; i++) {
    Value other = call0(vm, copy);
    if (value_is_fail(other) || !vm_listen(vm)) return VALUE_FAIL;
    tuple_set_item(vm, result, (size_t)i, other);
  }
  return value_from(result);
}

static Value tee_copy(VM *vm, Tee *self, const tee_copy_args *a) {
  return tee_from(vm, TYPE_OF(itertools_tee), self->data, self->index);
}

static Value tee_op_reduce(VM *vm, Tee *self, const tee_op_reduce_args *a) {
  Value empty = PACK(value_of(tuple_new(vm, 0)));
  return PACK(value_from(object_type(self)), empty,
              PACK(value_from(self->data), value_int(vm, self->index)));
}

static Value tee_op_setstate(VM *vm, Tee *self, const tee_op_setstate_args *a) {
  if (!value_has_flag(a->state, TYPE_TUPLE_SUBCLASS)) return raise_type(vm, "state is not a tuple");
  Tuple *state = value_object(a->state);
  int64_t index;
  if (tuple_length(state) != 2 || !value_is(state->items[0], itertools_tee_data))
    return raise_type(vm, "argument 1 must be itertools._tee_dataobject");
  if (!value_index64(vm, state->items[1], &index, false)) return VALUE_FAIL;
  if (index < 0 || index > TEE_BLOCK) return raise_value(vm, "Index out of range");
  self->data = value_object(state->items[0]);
  self->index = index;
  heap_barrier_object(vm, self, self->data);
  return VALUE_NONE;
}

static Value tee_data_construct(VM *vm, Type *cls, const tee_data_construct_args *a) {
  size_t n = list_length(a->values);
  if (n > TEE_BLOCK) return raise_value(vm, "Invalid arguments");
  if (a->next != VALUE_NONE && (n != TEE_BLOCK || !value_is(a->next, itertools_tee_data)))
    return n != TEE_BLOCK ? raise_value(vm, "_tee_dataobject shouldn't have a next link")
                          : raise_value(vm, "Invalid arguments");
  TeeData *data = tee_data_new(vm, a->iterable);
  if (n) memcpy(data->values, list_items(a->values), n * sizeof(Value));
  data->count = (int32_t)n;
  data->next = a->next == VALUE_NONE ? NULL : value_object(a->next);
  return value_from(data);
}

static Value tee_data_op_reduce(VM *vm, TeeData *self, const tee_data_op_reduce_args *a) {
  Value values = value_of(list_from_values(vm, self->values, (size_t)self->count));
  Value next = self->next ? value_from(self->next) : VALUE_NONE;
  return PACK(value_from(object_type(self)), PACK(self->source, values, next));
}

static void tee_trace(Marker *marker, Object *self) { mark_object(marker, ((Tee *)self)->data); }
static void tee_data_trace(Marker *marker, Object *self) {
  TeeData *data = (TeeData *)self;
  mark_value(marker, data->source);
  mark_object(marker, data->next);
  mark_values(marker, data->values, (size_t)data->count);
}

const ClassSpec itertools_tee_class = {
    NATIVE_CLASS(tee_),
    .basic_size = sizeof(Tee),
    .trace = tee_trace,
    .next = tee_next,
};
const ClassSpec itertools_tee_data_class = {
    NATIVE_CLASS(tee_data_),
    .basic_size = sizeof(TeeData),
    .trace = tee_data_trace,
};
