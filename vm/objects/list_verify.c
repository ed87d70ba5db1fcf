/* list_verify.c -- list, tuple and deque against the laws of list.h and deque.h. */
#include "vm/objects/verify.h"

#if KRAIT_CHECKS >= 1
bool item_verify(Value v) {
  return v != VALUE_FAIL && v != VALUE_STOP && v != VALUE_UNBOUND && v != VALUE_MISSING;
}

bool verify_sampled(size_t size) {
  static uint32_t turn;
  return size <= 32 || turn++ % (size < 4096 ? 64 : 4096) == 0;
}

static bool items_verify(const Value *items, size_t count) {
  for (size_t i = 0; i < count; i++) LAW(item_verify(items[i]));
  return true;
}

static bool array_verify(const ValueArray *array) {
  LAW(array->header.shape == SHAPE_OF(value_array));
  if (array->header.bits & OBJ_STATIC) return true; /* what a list holds while it is sorted */
  LAW(sizeof(ValueArray) + array->capacity * sizeof(Value) <= heap_cell_size(array));
  return true;
}

bool list_verify(const List *list) {
  LAW(value_is_int(list->length) && value_as_int(list->length) >= 0);
  size_t length = list_length(list);
  if (!list->items) {
    LAW(length == 0);
    return true;
  }
  const ValueArray *array = list->items;
  LAW(array_verify(array));
  LAW(length <= array->capacity);
  LAW(items_verify(array->items, length));
  /* else it keeps what was removed alive */
  for (size_t i = length; i < array->capacity; i++) LAW(array->items[i] == 0);
  return true;
}

bool tuple_verify(const Tuple *tuple) {
  LAW(value_is_int(tuple->length) && value_as_int(tuple->length) >= 0);
  LAW(items_verify(tuple->items, tuple_length(tuple)));
  return true;
}

bool deque_verify(const Deque *deque) {
  LAW(deque->maxlen >= -1 && (deque->maxlen < 0 || deque->length <= (uint64_t)deque->maxlen));
  if (!deque->items) {
    LAW(deque->length == 0);
    return true;
  }
  uint64_t capacity = deque->items->capacity;
  LAW(array_verify(deque->items));
  LAW((capacity & (capacity - 1)) == 0 && deque->length <= capacity && deque->start < capacity);
  for (uint64_t i = 0; i < deque->length; i++) LAW(item_verify(*deque_at(deque, i)));
  for (uint64_t i = deque->length; i < capacity; i++) LAW(*deque_at(deque, i) == 0);
  return true;
}
#endif
