/* _operator.c -- the module _operator: the operators as functions. itemgetter & co. are in
** getters.c. */
#include "vm/contracts/buffer.h"
#include "vm/contracts/type.h"
#include "vm/objects/items.h"

#define NATIVE_DEF "vm/modules/functools/_operator.def"
#define NATIVE_PREFIX operator_
#include "vm/contracts/native_class.inc"

static inline Value truth(int answer) { return answer < 0 ? VALUE_FAIL : value_bool(answer); }

#define FUNCTION(name, EXPRESSION) \
  static Value name(VM *vm, Value self, const name##_args *args) { return EXPRESSION; }
#define A args->a
#define B args->b

FUNCTION(operator_truth, truth(value_truth(vm, A)))
static Value operator_not_(VM *vm, Value self, const operator_not__args *args) {
  Answer answer = value_truth(vm, A);
  return answer == ANSWER_FAILED ? VALUE_FAIL : value_bool(!answer);
}
FUNCTION(operator_contains, truth(contains(vm, A, B)))
FUNCTION(operator_is_, value_bool(A == B))
FUNCTION(operator_is_not, value_bool(A != B))
FUNCTION(operator_neg, unary_op(vm, UNARY_NEG, A))
FUNCTION(operator_pos, unary_op(vm, UNARY_POS, A))
FUNCTION(operator_inv, unary_op(vm, UNARY_INVERT, A))
FUNCTION(operator_invert, unary_op(vm, UNARY_INVERT, A))

#define OPERATOR(name, iname, op)         \
  FUNCTION(name, binary_op(vm, op, A, B)) \
  FUNCTION(iname, inplace_op(vm, op, A, B))
OPERATOR(operator_add, operator_iadd, BINARY_ADD)
OPERATOR(operator_sub, operator_isub, BINARY_SUB)
OPERATOR(operator_mul, operator_imul, BINARY_MUL)
OPERATOR(operator_matmul, operator_imatmul, BINARY_MATMUL)
OPERATOR(operator_floordiv, operator_ifloordiv, BINARY_FLOORDIV)
OPERATOR(operator_truediv, operator_itruediv, BINARY_TRUEDIV)
OPERATOR(operator_mod, operator_imod, BINARY_MOD)
OPERATOR(operator_pow, operator_ipow, BINARY_POW)
OPERATOR(operator_lshift, operator_ilshift, BINARY_LSHIFT)
OPERATOR(operator_rshift, operator_irshift, BINARY_RSHIFT)
OPERATOR(operator_and_, operator_iand, BINARY_AND)
OPERATOR(operator_xor_, operator_ixor, BINARY_XOR)
OPERATOR(operator_or_, operator_ior, BINARY_OR)

FUNCTION(operator_lt, compare(vm, COMPARE_LT, A, B))
FUNCTION(operator_le, compare(vm, COMPARE_LE, A, B))
FUNCTION(operator_eq, compare(vm, COMPARE_EQ, A, B))
FUNCTION(operator_ne, compare(vm, COMPARE_NE, A, B))
FUNCTION(operator_gt, compare(vm, COMPARE_GT, A, B))
FUNCTION(operator_ge, compare(vm, COMPARE_GE, A, B))
FUNCTION(operator_getitem, get_item(vm, A, B))
FUNCTION(operator_setitem, value_none_if(set_item(vm, A, B, args->c)))
FUNCTION(operator_delitem, value_none_if(delete_item(vm, A, B)))

static Value operator_index(VM *vm, Value self, const operator_index_args *args) {
  Value index;
  return value_index(vm, A, &index) ? index : VALUE_FAIL;
}

static Value operator_abs(VM *vm, Value self, const operator_abs_args *args) {
  Value method = value_special(A, SPECIAL_abs);
  if (method == VALUE_UNBOUND) return raise_type(vm, "bad operand type for abs(): '%.200T'", A);
  return call_special0(vm, method, A);
}

FUNCTION(operator_concat, sequence_concat(vm, A, B, false))
FUNCTION(operator_iconcat, sequence_concat(vm, A, B, true))

/* ---- counting and finding by iteration */
static int64_t scan(VM *vm, Value iterable, Value v, bool count) {
  Value iterator = get_iterator(vm, iterable);
  if (value_is_fail(iterator)) {
    if (error_clear_if(vm, TYPE_OF(TypeError)))
      raise_type(vm, "argument of type '%.200T' is not iterable", iterable);
    return -1;
  }
  int64_t found = 0;
  for (int64_t i = 0;; i++) {
    Value item = iterator_next(vm, iterator);
    if (item == VALUE_STOP) {
      if (count) return found;
      raise_value(vm, "sequence.index(x): x not in sequence");
      return -1;
    }
    if (value_is_fail(item)) return -1;
    Answer same = items_same(vm, item, v);
    if (same == ANSWER_FAILED) return -1;
    if (same && !count) return i;
    found += same;
  }
}
static Value operator_indexOf(VM *vm, Value self, const operator_indexOf_args *args) {
  int64_t i = scan(vm, A, B, false);
  return i < 0 ? VALUE_FAIL : value_int_unchecked(i);
}
static Value operator_countOf(VM *vm, Value self, const operator_countOf_args *args) {
  int64_t n = scan(vm, A, B, true);
  return n < 0 ? VALUE_FAIL : value_int_unchecked(n);
}

static Value operator_length_hint(VM *vm, Value self, const operator_length_hint_args *args) {
  int64_t fallback = 0;
  if (args->fallback != VALUE_MISSING) {
    if (!value_is_any_int(args->fallback) && !value_has_special(args->fallback, SPECIAL_index))
      return raise_type(vm, "'%.200T' object cannot be interpreted as an integer", args->fallback);
    if (!value_index64(vm, args->fallback, &fallback, false)) return VALUE_FAIL;
  }
  int64_t n = length_hint(vm, args->obj, fallback);
  return n == -1 && error_pending(vm) ? VALUE_FAIL : value_int(vm, n);
}

/* ---- _compare_digest: looks at every byte, whatever it finds */
static bool same_bytes(const uint8_t *a, size_t na, const uint8_t *b, size_t nb) {
  volatile uint8_t difference = na != nb;
  const uint8_t *with = na == nb ? a : b; /* the same work for different lengths */
  for (size_t i = 0; i < nb; i++) difference |= (uint8_t)(with[i] ^ b[i]);
  return difference == 0;
}

static Value operator_compare_digest(VM *vm, Value self, const operator_compare_digest_args *args) {
  if (value_is_str(A) && value_is_str(B)) {
    const Str *a = value_object(A), *b = value_object(B);
    if (!str_is_ascii(a) || !str_is_ascii(b))
      return raise_type(vm, "comparing strings with non-ASCII characters is not supported");
    return value_bool(same_bytes(str_data(a), a->length, str_data(b), b->length));
  }
  if (!value_is_bytes_like(A) || !value_is_bytes_like(B))
    return raise_type(
        vm, "unsupported operand types(s) or combination of types: '%.100T' and '%.100T'", A, B);
  BufferView a, b;
  if (!buffer_acquire(vm, A, &a, false)) return VALUE_FAIL;
  if (!buffer_acquire(vm, B, &b, false)) return buffer_release(vm, &a), VALUE_FAIL;
  bool same = same_bytes(a.bytes, a.size, b.bytes, b.size);
  buffer_release(vm, &b);
  buffer_release(vm, &a);
  return value_bool(same);
}

static Value operator_call(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) {
  if (npos < 1) return raise_type(vm, "call expected at least 1 argument, got 0");
  return call_values(vm, args[0], args + 1, npos - 1, kwnames);
}

static bool init(VM *vm, Module *module) {
  return module_add_type(vm, module, TYPE_OF(itemgetter)) &&
         module_add_type(vm, module, TYPE_OF(attrgetter)) &&
         module_add_type(vm, module, TYPE_OF(methodcaller));
}

const ModuleSpec _operator_module = {
    .name = "_operator",
    .doc = "Operator interface.\n\nThis module exports a set of functions implemented in C "
           "corresponding\n"
           "to the intrinsic operators of Python.  For example, operator.add(x, y)\nis equivalent "
           "to the expression x+y.",
    NATIVE_FUNCTIONS(operator_),
    .init = init,
};
