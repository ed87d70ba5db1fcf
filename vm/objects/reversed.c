/* reversed.c -- reversed(sequence): what __reversed__ gives, or the items by index from the last to
** the first. */
#include "vm/objects/items.h"
#include "vm/objects/iterators.h"
#include "vm/objects/str.h"

#define NATIVE_DEF "vm/objects/reversed.def"
#define NATIVE_PREFIX reversed_
#define NATIVE_SELF Reversed *
#include "vm/contracts/native_class.inc"

static Value reversed_construct(VM *vm, Type *cls, const reversed_construct_args *a) {
  Value sequence = a->sequence, method = value_special(sequence, SPECIAL_reversed);
  if (method != VALUE_UNBOUND && method != VALUE_NONE) return call_special0(vm, method, sequence);
  if (method == VALUE_NONE || !value_has_special(sequence, SPECIAL_getitem) ||
      value_has_flag(sequence, TYPE_DICT_SUBCLASS))
    return raise_type(vm, "'%.200T' object is not reversible", sequence);
  int64_t n = value_length(vm, sequence);
  if (n < 0) return VALUE_FAIL;
  Value v = object_new(vm, cls);
  if (value_is_fail(v)) return v;
  Reversed *r = value_object(v);
  r->sequence = sequence;
  r->index = n - 1;
  return v;
}

static Value reversed_next(VM *vm, Value self) {
  Reversed *r = value_object(self);
  if (r->sequence == VALUE_NONE) return VALUE_STOP;
  if (value_is(r->sequence, str) && r->index >= 0) { /* one that nothing can shorten */
    const Str *text = value_object(r->sequence);
    return value_from(str_from_char(vm, str_at(text, (size_t)r->index--)));
  }
  if (r->index >= 0) {
    Value v = get_item(vm, r->sequence, value_int_unchecked(r->index));
    if (!value_is_fail(v)) {
      r->index--;
      return v;
    }
    if (!error_clear_if(vm, TYPE_OF(IndexError)) && !error_clear_if(vm, TYPE_OF(StopIteration)))
      return v;
  }
  r->index = -1;
  r->sequence = VALUE_NONE;
  return VALUE_STOP;
}

static Value reversed_op_length_hint(VM *vm, Reversed *self,
                                     const reversed_op_length_hint_args *a) {
  if (self->sequence == VALUE_NONE) return value_int_unchecked(0);
  int64_t n = value_length(vm, self->sequence);
  if (n < 0) return VALUE_FAIL;
  return value_int_unchecked(n < self->index + 1 ? 0 : self->index + 1);
}

static Value reversed_op_reduce(VM *vm, Reversed *self, const reversed_op_reduce_args *a) {
  Value type = value_from(object_type(self));
  if (self->sequence == VALUE_NONE) return PACK(type, PACK(value_of(tuple_new(vm, 0))));
  return PACK(type, PACK(self->sequence), value_int_unchecked(self->index));
}

static Value reversed_op_setstate(VM *vm, Reversed *self, const reversed_op_setstate_args *a) {
  int64_t index;
  if (!state_index(vm, a->state, &index)) return VALUE_FAIL;
  if (self->sequence == VALUE_NONE) return VALUE_NONE;
  int64_t n = value_length(vm, self->sequence);
  if (n < 0) return VALUE_FAIL;
  self->index = index < -1 ? -1 : index > n - 1 ? n - 1 : index;
  return VALUE_NONE;
}

static void reversed_trace(Marker *marker, Object *self) {
  mark_value(marker, ((Reversed *)self)->sequence);
}

const ClassSpec reversed_class = {
    NATIVE_CLASS(reversed_),
    .basic_size = sizeof(Reversed),
    .trace = reversed_trace,
    .next = reversed_next,
};
