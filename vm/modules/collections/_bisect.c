/* _bisect.c -- the module _bisect: binary search in sorted sequences. */
#include "vm/objects/items.h"
#include "vm/objects/list.h"

#define NATIVE_DEF "vm/modules/collections/_bisect.def"
#define NATIVE_PREFIX bisect_
#include "vm/contracts/native_class.inc"

static inline Answer less(VM *vm, Value a, Value b) {
  if (value_are_ints(a, b)) return (int64_t)a < (int64_t)b;
  if (value_are_floats(a, b)) return value_as_float(a) < value_as_float(b);
  return compare_bool(vm, COMPARE_LT, a, b);
}

static inline Value item_at(VM *vm, Value sequence, int64_t i) {
  if (value_is(sequence, list) && (uint64_t)i < list_length(value_object(sequence)))
    return ((List *)value_object(sequence))->items->items[i];
  return get_item(vm, sequence, value_int(vm, i));
}

/* Where x belongs; right: behind its equals. -1 raised. */
static int64_t search(VM *vm, Value sequence, Value x, int64_t low, Value hi, Value key,
                      bool right) {
  int64_t high = -1;
  if (low < 0) return raise_value(vm, "lo must be non-negative"), -1;
  if (hi != VALUE_NONE && !value_index64(vm, hi, &high, false)) return -1;
  if ((hi == VALUE_NONE || high == -1) && (high = value_length(vm, sequence)) < 0) return -1;
  while (low < high) {
    int64_t middle = low + (high - low) / 2;
    Value item = item_at(vm, sequence, middle);
    if (value_is_fail(item)) return -1;
    if (key != VALUE_NONE && value_is_fail(item = call1(vm, key, item))) return -1;
    int order = right ? less(vm, x, item) : less(vm, item, x);
    if (order < 0) return -1;
    if (order == right) high = middle;
    else low = middle + 1;
  }
  return low;
}

static Value position(VM *vm, Value sequence, Value x, int64_t low, Value hi, Value key,
                      bool right) {
  int64_t i = search(vm, sequence, x, low, hi, key, right);
  return i < 0 ? VALUE_FAIL : value_int(vm, i);
}

static Value insort(VM *vm, Value sequence, Value x, int64_t low, Value hi, Value key, bool right) {
  Value by = x;
  if (key != VALUE_NONE && value_is_fail(by = call1(vm, key, x))) return by;
  int64_t i = search(vm, sequence, by, low, hi, key, right);
  if (i < 0) return VALUE_FAIL;
  if (value_is(sequence, list))
    return value_none_if(list_insert_value(vm, value_object(sequence), i, x));
  Value done = call_method2(vm, sequence, NAME("insert"), value_int(vm, i), x);
  return value_is_fail(done) ? done : VALUE_NONE;
}

#define FUNCTION(name, function, right)                           \
  static Value name(VM *vm, Value self, const name##_args *a) {   \
    return function(vm, a->a, a->x, a->lo, a->hi, a->key, right); \
  }
FUNCTION(bisect_bisect_right, position, true)
FUNCTION(bisect_bisect_left, position, false)
FUNCTION(bisect_insort_right, insort, true)
FUNCTION(bisect_insort_left, insort, false)
#undef FUNCTION

const ModuleSpec _bisect_module = {
    .name = "_bisect", .doc = "Bisection algorithms.", NATIVE_FUNCTIONS(bisect_)};
