/* compare.c -- comparison, truth and hash of any value. */
#include "vm/base/lanes.h"
#include "vm/objects/dict.h"
#include "vm/objects/float.h"
#include "vm/objects/function.h"
#include "vm/objects/hashing.h"
#include "vm/objects/int.h"
#include "vm/objects/items.h"
#include "vm/objects/list.h"
#include "vm/memory/weak.h"
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

/* Of what are floats (fa, fb) and ints (ia, ib), subclasses too; -1: not both are numbers. */
static inline int compare_numbers(CompareOp op, Value a, Value b, bool fa, bool fb, bool ia,
                                  bool ib) {
  if (fa && fb) return doubles_hold(op, float_of(a), float_of(b));
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
  return compare_numbers(op, a, b, is_exact_float(a), is_exact_float(b), is_plain_int(a),
                         is_plain_int(b));
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

/* ---- kin: values whose class compares as a built-in one does (Type.compares_as) */
static inline uint32_t kin_of(Value v) { return value_type(v)->compares_as; }

/* Which values can be equal at all: those of one family. */
typedef enum Family { FAMILY_UNKNOWN, NUMBERS, TEXTS, TUPLES, LISTS, OBJECTS } Family;

static Family family_of(uint32_t kin) {
  switch (kin) {
  case SHAPE_OF(int):
  case SHAPE_OF(bool):
  case SHAPE_OF(float): return NUMBERS;
  case SHAPE_OF(str): return TEXTS;
  case SHAPE_OF(tuple): return TUPLES;
  case SHAPE_OF(list): return LISTS;
  case SHAPE_OF(object): return OBJECTS; /* only to itself */
  default: return FAMILY_UNKNOWN;
  }
}

static int compare_kin_numbers(CompareOp op, Value a, Value b, uint32_t x, uint32_t y) {
  bool fa = x == SHAPE_OF(float), fb = y == SHAPE_OF(float);
  return compare_numbers(op, a, b, fa, fb, !fa, !fb);
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
  int order = lanes_order(a, b, na < nb ? na : nb);
  return order ? order : (na > nb) - (na < nb);
}

static int str_order(const Str *a, const Str *b) {
  if (LIKELY(str_kind(a) == 0 && str_kind(b) == 0))
    return data_order(str_data(a), a->length, str_data(b), b->length);
  int order = str_compare(a, b);
  return (order > 0) - (order < 0);
}

/* Two objects that compare as this built-in class does. */
static int objects_order(Value a, Value b, uint32_t kin, int depth) {
  switch (kin) {
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
    uint32_t shape = ((const Object *)value_object(a))->shape;
    if (LIKELY(shape == ((const Object *)value_object(b))->shape)) {
      int order = objects_order(a, b, shape, depth);
      if (LIKELY(order != ORDER_UNKNOWN)) return order;
    }
    uint32_t kin = kin_of(a);
    bool are_kin = kin == kin_of(b) && kin != shape;
    return are_kin ? objects_order(a, b, kin, depth) : ORDER_UNKNOWN;
  }
  if (value_are_floats(a, b)) {
    double x = value_as_float(a), y = value_as_float(b);
    return x < y ? -1 : x > y ? 1 : x == y ? 0 : ORDER_UNKNOWN;
  }
  return ORDER_UNKNOWN;
}

int values_order(Value a, Value b) { return order_within(a, b, ORDER_DEPTH); }

/* ---- equality without running anything: 1, 0, ORDER_UNKNOWN */
static int equal_within(Value a, Value b, int depth);

static int items_equal(const Value *a, const Value *b, size_t n, int depth) {
  for (size_t i = 0; i < n; i++) {
    if (a[i] == b[i]) continue;
    int same = equal_within(a[i], b[i], depth);
    if (same != 1) return same;
  }
  return 1;
}

/* Two living references are equal if their referents are. */
static int references_equal(const Weakref *a, const Weakref *b, int depth) {
  if (!a->referent || !b->referent) return a == b;
  if (!depth) return ORDER_UNKNOWN;
  return equal_within(value_from(a->referent), value_from(b->referent), depth - 1);
}

/* Two objects that compare as this built-in class does. */
static int objects_equal(Value a, Value b, uint32_t kin, int depth) {
  switch (kin) {
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
    return bytes_equal(x, y);
  }
  case SHAPE_OF(weakref): return references_equal(value_object(a), value_object(b), depth);
  case SHAPE_OF(object): return a == b;
  default: return ORDER_UNKNOWN;
  }
}

static NOINLINE int equal_kin(Value a, Value b, int depth) {
  uint32_t x = kin_of(a), y = kin_of(b);
  if (!x || !y) return ORDER_UNKNOWN; /* a class has its own say */
  if (x == y && value_is_pointer(a) && value_is_pointer(b)) {
    int same = objects_equal(a, b, x, depth);
    if (same != ORDER_UNKNOWN) return same;
  }
  Family of_a = family_of(x), of_b = family_of(y);
  if (of_a == NUMBERS && of_b == NUMBERS) return compare_kin_numbers(COMPARE_EQ, a, b, x, y);
  return of_a != of_b && of_a && of_b ? 0 : ORDER_UNKNOWN;
}

static int equal_within(Value a, Value b, int depth) {
  if (value_are_ints(a, b)) return a == b;
  if (value_are_floats(a, b)) return value_as_float(a) == value_as_float(b);
  if (value_is_special(a) && value_is_special(b)) return a == b;
  if (value_is_pointer(a) && value_is_pointer(b)) {
    uint32_t shape = ((const Object *)value_object(a))->shape;
    if (shape == ((const Object *)value_object(b))->shape) {
      int same = objects_equal(a, b, shape, depth);
      if (same != ORDER_UNKNOWN) return same;
    }
  }
  return equal_kin(a, b, depth);
}

int values_equal_quietly(Value a, Value b) {
  int same = equal_within(a, b, ORDER_DEPTH);
  return same == ORDER_UNKNOWN ? -1 : same;
}

/* What `op` gives if no method of a class and no nan is met on the way: 1, 0; -1: not known. */
static inline int compare_quietly(CompareOp op, Value a, Value b) {
  if (op == COMPARE_EQ || op == COMPARE_NE) {
    int same = equal_within(a, b, ORDER_DEPTH);
    return same == ORDER_UNKNOWN ? -1 : same == (op == COMPARE_EQ);
  }
  int order = order_within(a, b, ORDER_DEPTH);
  if (order != ORDER_UNKNOWN) return order_holds(op, order);
  uint32_t x = kin_of(a), y = kin_of(b);
  bool are_numbers = family_of(x) == NUMBERS && family_of(y) == NUMBERS;
  return are_numbers ? compare_kin_numbers(op, a, b, x, y) : -1;
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
  if ((exact = compare_quietly(op, a, b)) >= 0) return value_bool(exact);
  return compare_slow(vm, op, a, b);
}

Answer compare_bool(VM *vm, CompareOp op, Value a, Value b) {
  assert(!error_pending(vm));
  if (a == b && (op == COMPARE_EQ || op == COMPARE_NE)) return op == COMPARE_EQ;
  int exact = compare_exact(op, a, b);
  if (exact >= 0) return exact;
  if ((exact = compare_quietly(op, a, b)) >= 0) return exact;
  Value result = compare_slow(vm, op, a, b);
  return result == VALUE_FAIL ? ANSWER_FAILED : value_truth(vm, result);
}

Answer ask_equal(VM *vm, Value a, Value b) {
  assert(!error_pending(vm) && a != b);
  Value result = compare_slow(vm, COMPARE_EQ, a, b);
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
  const Type *type = object_type(value_object(v));
  bool has_say = type_has(type, TYPE_HEAP) && type_special(type, SPECIAL_bool) != VALUE_UNBOUND;
  int64_t plain = has_say ? -1 : plain_length(v);
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
  if (value_is_pointer(v)) {
    uint32_t shape = ((const Object *)value_object(v))->shape;
    bool is_kept = shape == SHAPE_OF(frozenset) || shape == SHAPE_OF(bytes);
    switch (is_kept ? shape : object_type(value_object(v))->hashes_as) {
    case SHAPE_OF(str): return *hash = str_hash_cached(vm, value_object(v)), true;
    case SHAPE_OF(tuple): return tuple_hash(vm, value_object(v), hash);
    case SHAPE_OF(bytes): return *hash = bytes_hash(vm, value_object(v)), true;
    case SHAPE_OF(int): return *hash = int_hash(v), true;
    case SHAPE_OF(frozenset): return *hash = set_hash(value_object(v)), true;
    case SHAPE_OF(object): return *hash = identity_hash(value_object(v)), true;
    default: break;
    }
  } else if (value_is_bool(v)) {
    return *hash = v == VALUE_TRUE, true;
  } else if (value_is_float(v)) {
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
