/* compare.c -- comparison, truth and hash of any value. */
#include "vm/objects/dict.h"
#include "vm/objects/float.h"
#include "vm/objects/function.h"
#include "vm/objects/hashing.h"
#include "vm/objects/int.h"
#include "vm/objects/items.h"
#include "vm/objects/list.h"
#include "vm/objects/object.h"
#include "vm/runtime/plain_length.h"

static_assert(SPECIAL_ge - SPECIAL_lt == COMPARE_GE && SPECIAL_eq - SPECIAL_lt == COMPARE_EQ,
              "special methods stand in the order of CompareOp");

static inline bool is_plain_int(Value v) {
  return value_is_int(v) || value_is_bool(v) || value_is(v, int);
}
static inline bool is_exact_float(Value v) { return value_is_float(v) || value_is(v, float); }

static inline bool doubles_hold(CompareOp op, double a, double b) {
  switch (op) {
  case COMPARE_LT: return a < b;
  case COMPARE_LE: return a <= b;
  case COMPARE_EQ: return a == b;
  case COMPARE_NE: return a != b;
  case COMPARE_GT: return a > b;
  default: return a >= b;
  }
}

/* compare_exact: numbers and exact strings: 1, 0, or -1 for other values. */
static inline int compare_exact(CompareOp op, Value a, Value b) {
  if (LIKELY(value_are_ints(a, b))) {
    int64_t x = (int64_t)a, y = (int64_t)b;
    return order_holds(op, (x > y) - (x < y));
  }
  if (value_is_pointer(a) && value_is_pointer(b)) {
    uint32_t x = ((const Object *)value_object(a))->shape,
             y = ((const Object *)value_object(b))->shape;
    if (x == SHAPE_OF(str) && y == SHAPE_OF(str)) {
      if (op == COMPARE_EQ || op == COMPARE_NE)
        return str_equal(value_object(a), value_object(b)) == (op == COMPARE_EQ);
      return order_holds(op, str_compare(value_object(a), value_object(b)));
    }
    if ((x != SHAPE_OF(int) && x != SHAPE_OF(float)) ||
        (y != SHAPE_OF(int) && y != SHAPE_OF(float)))
      return -1;
  }
  bool fa = is_exact_float(a), fb = is_exact_float(b);
  if (fa && fb) return doubles_hold(op, float_of(a), float_of(b));
  bool ia = !fa && is_plain_int(a), ib = !fb && is_plain_int(b);
  if (ia && ib) return order_holds(op, int_compare(a, b));
  if (fa && ib) {
    int order = float_compare_int(float_of(a), b);
    return order == 2 ? op == COMPARE_NE : order_holds(op, order);
  }
  if (ia && fb) {
    int order = float_compare_int(float_of(b), a);
    return order == 2 ? op == COMPARE_NE : order_holds(op, -order);
  }
  return -1;
}

static bool is_from_object(Value method) {
  return value_is(method, wrapper_descriptor) &&
         ((NativeFunction *)value_object(method))->owner == TYPE_OF(object);
}

/* call_comparison: one side's method; object's defaults are answered here. */
static Value call_comparison(VM *vm, Value method, CompareOp op, Value self, Value other) {
  if (method == VALUE_UNBOUND || method == VALUE_NONE) {
    if (method == VALUE_NONE) return raise_type(vm, "'NoneType' object is not callable");
    return VALUE_NOT_IMPLEMENTED;
  }
  if (is_from_object(method)) {
    if (op == COMPARE_EQ) return self == other ? VALUE_TRUE : VALUE_NOT_IMPLEMENTED;
    if (op != COMPARE_NE || is_from_object(value_special(self, SPECIAL_eq)))
      return op == COMPARE_NE && self == other ? VALUE_FALSE : VALUE_NOT_IMPLEMENTED;
  }
  bool plain = value_is(method, function) || value_is(method, wrapper_descriptor) ||
               value_is(method, method_descriptor);
  if (LIKELY(plain)) return call_special1(vm, method, self, other);
  /* an error here means: no such method */
  Value bound = descriptor_get(vm, method, self, value_type(self));
  if (bound == VALUE_FAIL) return error_clear(vm), VALUE_NOT_IMPLEMENTED;
  return call1(vm, bound, other);
}

/* ---- order without running anything: exact ints, floats, str, bytes, and tuples and lists of such
** values; perf-notes/0011 */
enum { ORDER_UNKNOWN = 2, ORDER_DEPTH = 8 };

static int order_within(Value a, Value b, int depth);

static int items_order(const Value *a, size_t na, const Value *b, size_t nb, int depth) {
  size_t n = na < nb ? na : nb;
  for (size_t i = 0; i < n; i++) {
    if (a[i] == b[i]) continue;
    int order = order_within(a[i], b[i], depth);
    if (order) return order;
  }
  return (na > nb) - (na < nb);
}

static inline int data_order(const void *a, size_t na, const void *b, size_t nb) {
  int order = memcmp(a, b, na < nb ? na : nb);
  return order ? (order > 0) - (order < 0) : (na > nb) - (na < nb);
}

static int str_order(const Str *a, const Str *b) {
  if (LIKELY(str_kind(a) == 0 && str_kind(b) == 0))
    return data_order(str_data(a), a->length, str_data(b), b->length);
  int order = str_compare(a, b);
  return (order > 0) - (order < 0);
}

/* Two objects of one shape. */
static int objects_order(Value a, Value b, int depth) {
  switch (((const Object *)value_object(a))->shape) {
  case SHAPE_OF(str): return str_order(value_object(a), value_object(b));
  case SHAPE_OF(tuple): {
    const Tuple *x = value_object(a), *y = value_object(b);
    return depth ? items_order(x->items, tuple_length(x), y->items, tuple_length(y), depth - 1)
                 : ORDER_UNKNOWN;
  }
  case SHAPE_OF(list): {
    const List *x = value_object(a), *y = value_object(b);
    return depth ? items_order(list_items(x), list_length(x), list_items(y), list_length(y),
                               depth - 1)
                 : ORDER_UNKNOWN;
  }
  case SHAPE_OF(bytes): {
    const Bytes *x = value_object(a), *y = value_object(b);
    return data_order(x->data, x->length, y->data, y->length);
  }
  default: return ORDER_UNKNOWN;
  }
}

static int order_within(Value a, Value b, int depth) {
  if (value_are_ints(a, b)) return ((int64_t)a > (int64_t)b) - ((int64_t)a < (int64_t)b);
  if (value_is_pointer(a) && value_is_pointer(b)) {
    if (((const Object *)value_object(a))->shape != ((const Object *)value_object(b))->shape)
      return ORDER_UNKNOWN;
    return objects_order(a, b, depth);
  }
  if (value_are_floats(a, b)) {
    double x = value_as_float(a), y = value_as_float(b);
    return x < y ? -1 : x > y ? 1 : x == y ? 0 : ORDER_UNKNOWN;
  }
  return ORDER_UNKNOWN;
}

int values_order(Value a, Value b) { return order_within(a, b, ORDER_DEPTH); }

/* ---- equality without running anything */
static int equal_within(Value a, Value b, int depth);

static int items_equal(const Value *a, const Value *b, size_t n, int depth) {
  for (size_t i = 0; i < n; i++) {
    if (a[i] == b[i]) continue;
    int same = equal_within(a[i], b[i], depth);
    if (same != 1) return same;
  }
  return 1;
}

static int equal_within(Value a, Value b, int depth) {
  if (value_are_ints(a, b)) return a == b;
  if (value_is_pointer(a) && value_is_pointer(b)) {
    uint32_t shape = ((const Object *)value_object(a))->shape;
    if (shape != ((const Object *)value_object(b))->shape) return ORDER_UNKNOWN;
    switch (shape) {
    case SHAPE_OF(str): return str_equal(value_object(a), value_object(b));
    case SHAPE_OF(tuple): {
      const Tuple *x = value_object(a), *y = value_object(b);
      if (x->length != y->length) return 0;
      return depth ? items_equal(x->items, y->items, tuple_length(x), depth - 1) : ORDER_UNKNOWN;
    }
    case SHAPE_OF(list): {
      const List *x = value_object(a), *y = value_object(b);
      if (x->length != y->length) return 0;
      return depth ? items_equal(list_items(x), list_items(y), list_length(x), depth - 1)
                   : ORDER_UNKNOWN;
    }
    case SHAPE_OF(bytes): {
      const Bytes *x = value_object(a), *y = value_object(b);
      return x->length == y->length && memcmp(x->data, y->data, x->length) == 0;
    }
    default: return ORDER_UNKNOWN;
    }
  }
  if (value_are_floats(a, b)) return value_as_float(a) == value_as_float(b);
  return value_is_special(a) && value_is_special(b) ? a == b : ORDER_UNKNOWN;
}

static inline bool is_quiet_pair(Value a, Value b) {
  if (!value_is_pointer(a) || !value_is_pointer(b)) return false;
  uint32_t shape = ((const Object *)value_object(a))->shape;
  return shape == ((const Object *)value_object(b))->shape &&
         (shape == SHAPE_OF(tuple) || shape == SHAPE_OF(bytes) || shape == SHAPE_OF(list));
}

/* What `op` gives if no method of a class and no nan is met on the way: 1, 0; -1: not known. */
static inline int compare_quietly(CompareOp op, Value a, Value b) {
  if (op == COMPARE_EQ || op == COMPARE_NE) {
    int same = equal_within(a, b, ORDER_DEPTH);
    return same == ORDER_UNKNOWN ? -1 : same == (op == COMPARE_EQ);
  }
  int order = order_within(a, b, ORDER_DEPTH);
  return order == ORDER_UNKNOWN ? -1 : order_holds(op, order);
}

/* Two exact tuples: items never change under way. */
static Value compare_tuples(VM *vm, CompareOp op, const Tuple *a, const Tuple *b) {
  size_t na = tuple_length(a), nb = tuple_length(b), i = 0, n = na < nb ? na : nb;
  if (na != nb && (op == COMPARE_EQ || op == COMPARE_NE)) return value_bool(op == COMPARE_NE);
  for (; i < n; i++) {
    Value x = a->items[i], y = b->items[i];
    if (x == y) continue;
    if (value_are_ints(x, y)) break;
    Answer same = compare_bool(vm, COMPARE_EQ, x, y);
    if (UNLIKELY(same == ANSWER_FAILED) || !vm_listen(vm)) return VALUE_FAIL;
    if (!same) break;
  }
  if (i == n) return value_bool(order_holds(op, (na > nb) - (na < nb)));
  if (op == COMPARE_EQ || op == COMPARE_NE) return value_bool(op == COMPARE_NE);
  return compare(vm, op, a->items[i], b->items[i]);
}

static Value compare_any(VM *vm, CompareOp op, Value a, Value b) {
  static const uint8_t swapped[] = {COMPARE_GT, COMPARE_GE, COMPARE_EQ,
                                    COMPARE_NE, COMPARE_LT, COMPARE_LE};
  static const char *const symbols[] = {"<", "<=", "==", "!=", ">", ">="};
  if (value_is(a, tuple) && value_is(b, tuple))
    return compare_tuples(vm, op, value_object(a), value_object(b));
  if ((op == COMPARE_EQ || op == COMPARE_NE) && value_is(a, dict) && value_is(b, dict)) {
    int same = dict_equal(vm, value_object(a), value_object(b));
    return same < 0 ? VALUE_FAIL : value_bool(same == (op == COMPARE_EQ));
  }
  Type *ta = value_type(a), *tb = value_type(b);
  CompareOp back = swapped[op];
  bool tried = false;
  if (ta != tb && tb->specials[SPECIAL_lt + back] != VALUE_UNBOUND && type_is_subtype(tb, ta)) {
    Value result = call_comparison(vm, tb->specials[SPECIAL_lt + back], back, b, a);
    if (result != VALUE_NOT_IMPLEMENTED) return result;
    tried = true;
  }
  Value result = call_comparison(vm, ta->specials[SPECIAL_lt + op], op, a, b);
  if (result != VALUE_NOT_IMPLEMENTED) return result;
  if (!tried) {
    result = call_comparison(vm, tb->specials[SPECIAL_lt + back], back, b, a);
    if (result != VALUE_NOT_IMPLEMENTED) return result;
  }
  if (op == COMPARE_EQ || op == COMPARE_NE) return value_bool((a == b) == (op == COMPARE_EQ));
  return raise_type(vm, "'%s' not supported between instances of '%T' and '%T'", symbols[op], a, b);
}

/* compare_slow: a level of recursion, as a call is one. */
static Value compare_slow(VM *vm, CompareOp op, Value a, Value b) {
  if (UNLIKELY(vm->recursion_left <= 0))
    return raise_error(vm, TYPE_OF(RecursionError),
                       "maximum recursion depth exceeded in comparison");
  if (!vm_check_c_stack(vm, "in comparison")) return VALUE_FAIL;
  vm->recursion_left--;
  Value result = compare_any(vm, op, a, b);
  vm->recursion_left++;
  return result;
}

Value compare(VM *vm, CompareOp op, Value a, Value b) {
  assert(!error_pending(vm));
  int exact = compare_exact(op, a, b);
  if (exact >= 0) return value_bool(exact);
  if (is_quiet_pair(a, b) && (exact = compare_quietly(op, a, b)) >= 0) return value_bool(exact);
  return compare_slow(vm, op, a, b);
}

Answer compare_bool(VM *vm, CompareOp op, Value a, Value b) {
  assert(!error_pending(vm));
  if (a == b && (op == COMPARE_EQ || op == COMPARE_NE)) return op == COMPARE_EQ;
  int exact = compare_exact(op, a, b);
  if (exact >= 0) return exact;
  if (is_quiet_pair(a, b) && (exact = compare_quietly(op, a, b)) >= 0) return exact;
  Value result = compare_slow(vm, op, a, b);
  return result == VALUE_FAIL ? ANSWER_FAILED : value_truth(vm, result);
}

Answer values_equal(VM *vm, Value a, Value b) {
  return a == b ? 1 : compare_bool(vm, COMPARE_EQ, a, b);
}

/* ---- truth */

static Answer truth_by_method(VM *vm, Value v) {
  Value method = value_special(v, SPECIAL_bool);
  if (method != VALUE_UNBOUND) {
    Value result = call_special0(vm, method, v);
    if (value_is_bool(result)) return result == VALUE_TRUE;
    if (result != VALUE_FAIL) raise_type(vm, "__bool__ should return bool, returned %T", result);
    return ANSWER_FAILED;
  }
  if (value_special(v, SPECIAL_len) == VALUE_UNBOUND) return ANSWER_YES;
  int64_t n = value_length(vm, v);
  return n < 0 ? ANSWER_FAILED : n > 0;
}

Answer value_truth(VM *vm, Value v) {
  if (v == VALUE_TRUE) return ANSWER_YES;
  if (v == VALUE_FALSE || v == VALUE_NONE) return ANSWER_NO;
  if (value_is_int(v)) return v != value_int_unchecked(0);
  if (value_is_float(v)) return value_as_float(v) != 0;
  if (!value_is_pointer(v)) return v == VALUE_NOT_IMPLEMENTED ? truth_by_method(vm, v) : 1;
  if (value_is(v, int)) return ANSWER_YES; /* a heap int is never 0 */
  int64_t plain = plain_length(v);
  return plain >= 0 ? plain > 0 : truth_by_method(vm, v);
}

/* ---- hash */

uint64_t identity_hash(const void *object) {
  uint64_t address = (uint64_t)(uintptr_t)object;
  return address >> 4 | address << 60;
}

static inline uint64_t bytes_hash(VM *vm, Bytes *b) {
  if (!b->hash) b->hash = hash_bytes(vm, b->data, b->length);
  return UNLIKELY(b->hash == UINT64_MAX) ? UINT64_MAX - 1 : b->hash;
}

bool value_hash(VM *vm, Value v, uint64_t *hash) {
  assert(!error_pending(vm));
  if (value_is_int(v)) return *hash = int_hash_immediate(v), true;
  if (value_is(v, tuple)) return vm_check_c_stack(vm, "") && tuple_hash(vm, value_object(v), hash);
  if (value_is(v, str)) return *hash = str_hash(vm, value_object(v)), true;
  if (value_is(v, bytes)) return *hash = bytes_hash(vm, value_object(v)), true;
  if (is_plain_int(v)) return *hash = int_hash(v), true;
  if (value_is_float(v)) {
    double d = value_as_float(v);
    if (d == d) return *hash = float_hash(d), true;
  }
  Value method = value_special(v, SPECIAL_hash);
  if (method == VALUE_NONE || method == VALUE_UNBOUND)
    return raise_false(vm, TYPE_OF(TypeError), "unhashable type: '%T'", v);
  if (is_from_object(method))
    return *hash = identity_hash((void *)(uintptr_t)value_identity(v)), true;
  Value result = call_special0(vm, method, v);
  if (result == VALUE_FAIL) return false;
  int64_t n;
  if (!value_is_any_int(result))
    return raise_false(vm, TYPE_OF(TypeError), "__hash__ method should return an integer");
  if (int_to_int64(result, &n)) *hash = n == -1 ? (uint64_t)-2 : (uint64_t)n;
  else *hash = int_hash(result);
  return true;
}
