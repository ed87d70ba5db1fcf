/* sequence.c -- items, length, containment and iteration of any value (contracts/protocol.h).
** Exact built-in types first, then special methods. */
#include "vm/contracts/protocol.h"
#include "vm/contracts/type_internal.h"
#include "vm/objects/dict.h"
#include "vm/objects/int.h"
#include "vm/objects/items.h"
#include "vm/objects/list.h"
#include "vm/objects/range.h"
#include "vm/objects/sequence_iterator.h"
#include "vm/objects/set.h"
#include "vm/runtime/plain_length.h"

/* is_plain_dict: a dict subclass (defaultdict, Counter …) that has dict's own method. */
static inline bool is_plain_dict(Value v, Special which) {
  if (!value_has_flag(v, TYPE_DICT_SUBCLASS)) return false;
  return type_special(object_type(value_object(v)), which) == type_special(TYPE_OF(dict), which);
}

/* ---- container[key] */
static NOINLINE Value get_class_item(VM *vm, Value cls, Value key) {
  Value method = find_attribute(vm, cls, NAME("__class_getitem__"));
  if (value_is_fail(method)) return method;
  if (method != VALUE_UNBOUND && method != VALUE_NONE) return call1(vm, method, key);
  if (cls == value_from(TYPE_OF(type))) return generic_alias(vm, cls, key);
  return raise_type(vm, "type '%.200N' is not subscriptable", (Type *)value_object(cls));
}

Value get_item(VM *vm, Value container, Value key) {
  assert(!error_pending(vm));
  if (value_is_pointer(container)) {
    uint32_t shape = ((Object *)value_object(container))->shape;
    if (shape == SHAPE_OF(list)) {
      List *list = value_object(container);
      if (value_is_int(key) && (uint64_t)value_as_int(key) < list_length(list))
        return list->items->items[value_as_int(key)];
      return list_get_index(vm, list, key);
    }
    if (shape == SHAPE_OF(dict)) return dict_get_item(vm, value_object(container), key);
    if (shape == SHAPE_OF(tuple)) return tuple_get_index(vm, value_object(container), key);
    if (is_plain_dict(container, SPECIAL_getitem))
      return dict_get_item(vm, value_object(container), key);
  }
  Value method = value_special(container, SPECIAL_getitem);
  if (method != VALUE_UNBOUND && method != VALUE_NONE)
    return call_special1(vm, method, container, key);
  if (value_is_type(container)) return get_class_item(vm, container, key);
  return raise_type(vm, "'%.200T' object is not subscriptable", container);
}

/* is_sequence_index: a container without the method is asked for an item by its number, which is
** converted first: 1, 0, -1 raised. */
static Answer is_sequence_index(VM *vm, Value container, Value key) {
  int64_t index;
  if (!type_may_be_sequence(value_type(container)) ||
      !(value_is_any_int(key) || value_has_special(key, SPECIAL_index)))
    return ANSWER_NO;
  return index_as_int64(vm, key, "sequence", &index) ? ANSWER_YES : ANSWER_FAILED;
}

bool set_item(VM *vm, Value container, Value key, Value v) {
  assert(!error_pending(vm) && v != VALUE_FAIL && v != VALUE_UNBOUND && v != VALUE_MISSING);
  if (value_is(container, list)) return list_set_index(vm, value_object(container), key, v);
  if (value_is(container, dict) || is_plain_dict(container, SPECIAL_setitem))
    return dict_set(vm, value_object(container), key, v);
  Value method = value_special(container, SPECIAL_setitem);
  if (method == VALUE_UNBOUND || method == VALUE_NONE)
    return is_sequence_index(vm, container, key) >= 0 &&
           raise_false(vm, TYPE_OF(TypeError), "'%.200T' object does not support item assignment",
                       container);
  return call_special2(vm, method, container, key, v) != VALUE_FAIL;
}

bool delete_item(VM *vm, Value container, Value key) {
  if (value_is(container, list)) return list_delete_index(vm, value_object(container), key);
  if (value_is(container, dict)) return dict_delete_item(vm, value_object(container), key);
  Value method = value_special(container, SPECIAL_delitem);
  if (method == VALUE_UNBOUND || method == VALUE_NONE) {
    Answer is_sequence = is_sequence_index(vm, container, key);
    return is_sequence >= 0 &&
           raise_false(vm, TYPE_OF(TypeError),
                       is_sequence ? "'%.200T' object doesn't support item deletion"
                                   : "'%.200T' object does not support item deletion",
                       container);
  }
  return call_special1(vm, method, container, key) != VALUE_FAIL;
}

/* ---- v in container */
static Answer contains_by_iterating(VM *vm, Value container, Value v) {
  Value iterator = get_iterator(vm, container);
  if (value_is_fail(iterator)) {
    if (error_is(vm, TYPE_OF(TypeError)) && !value_has_special(container, SPECIAL_iter) &&
        !value_has_special(container, SPECIAL_getitem)) {
      error_clear(vm);
      raise_type(vm, "argument of type '%.200T' is not iterable", container);
    }
    return ANSWER_FAILED;
  }
  for (;;) {
    Value item = iterator_next(vm, iterator);
    if (item == VALUE_STOP) return ANSWER_NO;
    if (value_is_fail(item)) return ANSWER_FAILED;
    Answer same = items_same(vm, item, v);
    if (same) return same;
  }
}

Answer contains(VM *vm, Value container, Value v) {
  if (value_is_pointer(container)) {
    uint32_t shape = ((Object *)value_object(container))->shape;
    if (shape == SHAPE_OF(dict)) {
      int64_t i = dict_find(vm, value_object(container), v);
      return i == DICT_FAILED ? ANSWER_FAILED : i >= 0;
    }
    if (shape == SHAPE_OF(set) || shape == SHAPE_OF(frozenset))
      return set_contains_value(vm, value_object(container), v);
    if (shape == SHAPE_OF(list) || shape == SHAPE_OF(tuple)) return items_contain(vm, container, v);
    if (is_plain_dict(container, SPECIAL_contains)) {
      int64_t i = dict_find(vm, value_object(container), v);
      return i == DICT_FAILED ? ANSWER_FAILED : i >= 0;
    }
  }
  Value method = value_special(container, SPECIAL_contains);
  if (method == VALUE_UNBOUND) return contains_by_iterating(vm, container, v);
  if (method == VALUE_NONE)
    return raise_type(vm, "'%.200T' object is not a container", container), ANSWER_FAILED;
  Value answer = call_special1(vm, method, container, v);
  if (value_is_bool(answer)) return answer == VALUE_TRUE;
  return value_is_fail(answer) ? ANSWER_FAILED : value_truth(vm, answer);
}

/* ---- len(v) */
int64_t value_length(VM *vm, Value v) {
  int64_t plain = plain_length(v);
  if (LIKELY(plain >= 0)) return plain;
  Value method = value_special(v, SPECIAL_len);
  if (method == VALUE_UNBOUND || method == VALUE_NONE)
    return raise_type(vm, "object of type '%.200T' has no len()", v), -1;
  Value answer = call_special0(vm, method, v);
  if (value_is_fail(answer)) return -1;
  int64_t n;
  if (!value_is_int(answer)) {
    if (!value_is_any_int(answer) && !value_has_special(answer, SPECIAL_index))
      return raise_type(vm, "'%.200T' object cannot be interpreted as an integer", answer), -1;
    if (!value_index(vm, answer, &answer)) return -1;
  }
  assert(value_is_any_int(answer));
  if (int_sign(answer) < 0) return raise_value(vm, "__len__() should return >= 0"), -1;
  if (!int_to_int64(answer, &n))
    return raise_error(vm, TYPE_OF(OverflowError), "cannot fit 'int' into an index-sized integer"),
           -1;
  return n;
}

int64_t length_hint(VM *vm, Value v, int64_t fallback) {
  if (value_has_special(v, SPECIAL_len)) {
    int64_t n = value_length(vm, v);
    if (n >= 0) return n;
    if (!error_clear_if(vm, TYPE_OF(TypeError))) return -1;
  }
  Value method = value_special(v, SPECIAL_length_hint);
  if (method == VALUE_UNBOUND) return fallback;
  Value answer = call_special0(vm, method, v);
  if (value_is_fail(answer)) return error_clear_if(vm, TYPE_OF(TypeError)) ? fallback : -1;
  if (answer == VALUE_NOT_IMPLEMENTED) return fallback;
  if (!value_is_any_int(answer))
    return raise_type(vm, "__length_hint__ must be an integer, not %.100T", answer), -1;
  int64_t n;
  if (!int_to_int64(answer, &n))
    return raise_error(vm, TYPE_OF(OverflowError), "Python int too large to convert to C ssize_t"),
           -1;
  if (n < 0) return raise_value(vm, "__length_hint__() should return >= 0"), -1;
  return n;
}

/* ---- iteration */
static bool is_iterator(Value v) {
  return value_type(v)->next != NULL || value_has_special(v, SPECIAL_next);
}

static NOINLINE Value iterator_from_special(VM *vm, Value v, Value method) {
  Value iterator = call_special0(vm, method, v);
  if (value_is_fail(iterator) || is_iterator(iterator)) return iterator;
  return raise_type(vm, "iter() returned non-iterator of type '%.100T'", iterator);
}

static Value new_iterator(VM *vm, uint32_t shape, Value sequence) {
  assert(value_is(sequence, list) || value_is(sequence, tuple));
  SequenceIterator *it = heap_new(vm, shape, sizeof(SequenceIterator));
  it->sequence = sequence;
  it->index = 0;
  return value_from(it);
}

Value get_iterator(VM *vm, Value v) {
  if (value_is_pointer(v)) {
    uint32_t shape = ((Object *)value_object(v))->shape;
    if (shape == SHAPE_OF(list)) return new_iterator(vm, SHAPE_OF(list_iterator), v);
    if (shape == SHAPE_OF(tuple)) return new_iterator(vm, SHAPE_OF(tuple_iterator), v);
    if (shape == SHAPE_OF(dict))
      return dict_iterator_new(vm, SHAPE_OF(dict_keyiterator), value_object(v));
    if (shape == SHAPE_OF(generator)) return v;
    if (shape == SHAPE_OF(set) || shape == SHAPE_OF(frozenset))
      return set_iterator_new(vm, value_object(v));
  }
  Value method = value_special(v, SPECIAL_iter);
  if (LIKELY(method != VALUE_UNBOUND && method != VALUE_NONE))
    return iterator_from_special(vm, v, method);
  if (method == VALUE_UNBOUND && value_has_special(v, SPECIAL_getitem) &&
      !value_has_flag(v, TYPE_DICT_SUBCLASS))
    return sequence_iterator_new(vm, v);
  return raise_type(vm, "'%.200T' object is not iterable", v);
}

COLD Value iterator_failed(VM *vm) {
  return error_clear_if(vm, TYPE_OF(StopIteration)) ? VALUE_STOP : VALUE_FAIL;
}

/* Native iterators come here when memory is gone: whoever drives them learns it (memory/heap.h). */
Value iterator_step_slow(VM *vm, Value iterator) {
  assert(!error_pending(vm));
  if (!vm_listen(vm) || !vm_guard_call(vm)) return VALUE_FAIL;
  Value (*next)(VM *, Value) = value_type(iterator)->next;
  if (next) {
    Value v = next(vm, iterator);
    assert((v == VALUE_FAIL) == error_pending(vm) && v != VALUE_UNBOUND && v != VALUE_MISSING);
    return v;
  }
  Value method = value_special(iterator, SPECIAL_next);
  if (method == VALUE_UNBOUND || method == VALUE_NONE)
    return raise_type(vm, "'%.200T' object is not an iterator", iterator);
  return call_special0(vm, method, iterator);
}
