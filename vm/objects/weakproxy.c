/* weakproxy.c -- weakref.proxy: operations on a proxy are operations on its referent,
** ReferenceError once it is gone. */
#include "vm/contracts/native.h"
#include "vm/contracts/protocol.h"
#include "vm/objects/str.h"
#include "vm/objects/weakref.h"

#define NATIVE_DEF "vm/objects/weakproxy.def"
#define NATIVE_PREFIX weakproxy_
#define NATIVE_SELF Weakref *
#include "vm/contracts/native_class.inc"

static bool is_proxy(Value v) { return value_is(v, weakproxy) || value_is(v, weakcallableproxy); }

/* The value behind a proxy; other values stand for themselves. VALUE_FAIL: ReferenceError. */
static Value unwrap(VM *vm, Value v) {
  if (!is_proxy(v)) return v;
  Value referent = weakref_referent(value_object(v));
  if (referent != VALUE_NONE) return referent;
  return raise_error(vm, TYPE_OF(ReferenceError), "weakly-referenced object no longer exists");
}

#define UNWRAP_SELF(name)                    \
  Value name = unwrap(vm, value_from(self)); \
  if (name == VALUE_FAIL) return VALUE_FAIL
#define UNWRAP_VALUE(name, v)   \
  Value name = unwrap(vm, (v)); \
  if (name == VALUE_FAIL) return VALUE_FAIL
#define NONE_OR_FAIL(ok) ((ok) ? VALUE_NONE : VALUE_FAIL)

static Value weakproxy_op_getattribute(VM *vm, Weakref *self,
                                       const weakproxy_op_getattribute_args *a) {
  UNWRAP_SELF(object);
  return get_attribute(vm, object, a->name);
}
static Value weakproxy_op_setattr(VM *vm, Weakref *self, const weakproxy_op_setattr_args *a) {
  UNWRAP_SELF(object);
  return NONE_OR_FAIL(set_attribute(vm, object, a->name, a->value));
}
static Value weakproxy_op_delattr(VM *vm, Weakref *self, const weakproxy_op_delattr_args *a) {
  UNWRAP_SELF(object);
  return NONE_OR_FAIL(set_attribute(vm, object, a->name, VALUE_MISSING));
}
static Value weakproxy_op_repr(VM *vm, Weakref *self, const weakproxy_op_repr_args *a) {
  Value referent = weakref_referent(self);
  Str *text = str_format(vm, "<weakproxy at %p to %T at %p>", (void *)self, referent,
                         (void *)self->referent);
  return value_of(text);
}
static Value weakproxy_op_hash(VM *vm, Weakref *self, const weakproxy_op_hash_args *a) {
  return raise_type(vm, "unhashable type: '%s'", object_type(self)->spec->name);
}
static Value weakproxy_op_getitem(VM *vm, Weakref *self, const weakproxy_op_getitem_args *a) {
  UNWRAP_SELF(object);
  return get_item(vm, object, a->key);
}
static Value weakproxy_op_setitem(VM *vm, Weakref *self, const weakproxy_op_setitem_args *a) {
  UNWRAP_SELF(object);
  return NONE_OR_FAIL(set_item(vm, object, a->key, a->value));
}
static Value weakproxy_op_delitem(VM *vm, Weakref *self, const weakproxy_op_delitem_args *a) {
  UNWRAP_SELF(object);
  return NONE_OR_FAIL(delete_item(vm, object, a->key));
}
static Value weakproxy_op_contains(VM *vm, Weakref *self, const weakproxy_op_contains_args *a) {
  UNWRAP_SELF(object);
  Answer found = contains(vm, object, a->key);
  return found == ANSWER_FAILED ? VALUE_FAIL : value_bool(found);
}
static Value weakproxy_op_pow(VM *vm, Weakref *self, const weakproxy_op_pow_args *a) {
  UNWRAP_SELF(object);
  UNWRAP_VALUE(value, a->value);
  UNWRAP_VALUE(modulus, a->mod);
  return power(vm, object, value, modulus);
}
static Value weakproxy_op_rpow(VM *vm, Weakref *self, const weakproxy_op_rpow_args *a) {
  UNWRAP_SELF(object);
  UNWRAP_VALUE(value, a->value);
  UNWRAP_VALUE(modulus, a->mod);
  return power(vm, value, object, modulus);
}
static Value weakproxy_op_ipow(VM *vm, Weakref *self, const weakproxy_op_ipow_args *a) {
  UNWRAP_SELF(object);
  UNWRAP_VALUE(value, a->value);
  return inplace_op(vm, BINARY_POW, object, value);
}

#define BINARY(name, rname, op)                                      \
  static Value name(VM *vm, Weakref *self, const name##_args *a) {   \
    UNWRAP_SELF(object);                                             \
    UNWRAP_VALUE(value, a->value);                                   \
    return binary_op(vm, op, object, value);                         \
  }                                                                  \
  static Value rname(VM *vm, Weakref *self, const rname##_args *a) { \
    UNWRAP_SELF(object);                                             \
    UNWRAP_VALUE(value, a->value);                                   \
    return binary_op(vm, op, value, object);                         \
  }
#define INPLACE(name, op)                                          \
  static Value name(VM *vm, Weakref *self, const name##_args *a) { \
    UNWRAP_SELF(object);                                           \
    UNWRAP_VALUE(value, a->value);                                 \
    return inplace_op(vm, op, object, value);                      \
  }
#define COMPARISON(name, op)                                       \
  static Value name(VM *vm, Weakref *self, const name##_args *a) { \
    UNWRAP_SELF(object);                                           \
    UNWRAP_VALUE(value, a->value);                                 \
    return compare(vm, op, object, value);                         \
  }
#define UNARY(name, expression)                                    \
  static Value name(VM *vm, Weakref *self, const name##_args *a) { \
    UNWRAP_SELF(object);                                           \
    return expression;                                             \
  }

/* type(object).__name__(object), for operations without a C function of their own. */
static Value call_unary(VM *vm, Value object, Special which) {
  Value method = value_special(object, which);
  if (method == VALUE_UNBOUND)
    return raise_type(vm, "'%T' object has no attribute '%s'", object, special_names[which]);
  return call_special0(vm, method, object);
}
static Value truth(VM *vm, Value object) {
  Answer true_ = value_truth(vm, object);
  return true_ == ANSWER_FAILED ? VALUE_FAIL : value_bool(true_);
}
static Value length(VM *vm, Value object) {
  int64_t n = value_length(vm, object);
  return n < 0 ? VALUE_FAIL : value_int(vm, n);
}
static Value step(VM *vm, Value object) {
  if (!value_type(object)->next && !value_has_special(object, SPECIAL_next))
    return raise_type(vm, "Weakref proxy referenced a non-iterator '%.200T' object", object);
  Value v = iterator_next(vm, object);
  return v == VALUE_STOP ? raise_stop(vm, VALUE_NONE) : v;
}

BINARY(weakproxy_op_add, weakproxy_op_radd, BINARY_ADD)
BINARY(weakproxy_op_sub, weakproxy_op_rsub, BINARY_SUB)
BINARY(weakproxy_op_mul, weakproxy_op_rmul, BINARY_MUL)
BINARY(weakproxy_op_matmul, weakproxy_op_rmatmul, BINARY_MATMUL)
BINARY(weakproxy_op_truediv, weakproxy_op_rtruediv, BINARY_TRUEDIV)
BINARY(weakproxy_op_floordiv, weakproxy_op_rfloordiv, BINARY_FLOORDIV)
BINARY(weakproxy_op_mod, weakproxy_op_rmod, BINARY_MOD)
BINARY(weakproxy_op_divmod, weakproxy_op_rdivmod, BINARY_DIVMOD)
BINARY(weakproxy_op_lshift, weakproxy_op_rlshift, BINARY_LSHIFT)
BINARY(weakproxy_op_rshift, weakproxy_op_rrshift, BINARY_RSHIFT)
BINARY(weakproxy_op_and, weakproxy_op_rand, BINARY_AND)
BINARY(weakproxy_op_xor, weakproxy_op_rxor, BINARY_XOR)
BINARY(weakproxy_op_or, weakproxy_op_ror, BINARY_OR)
INPLACE(weakproxy_op_iadd, BINARY_ADD)
INPLACE(weakproxy_op_isub, BINARY_SUB)
INPLACE(weakproxy_op_imul, BINARY_MUL)
INPLACE(weakproxy_op_imatmul, BINARY_MATMUL)
INPLACE(weakproxy_op_itruediv, BINARY_TRUEDIV)
INPLACE(weakproxy_op_ifloordiv, BINARY_FLOORDIV)
INPLACE(weakproxy_op_imod, BINARY_MOD)
INPLACE(weakproxy_op_ilshift, BINARY_LSHIFT)
INPLACE(weakproxy_op_irshift, BINARY_RSHIFT)
INPLACE(weakproxy_op_iand, BINARY_AND)
INPLACE(weakproxy_op_ixor, BINARY_XOR)
INPLACE(weakproxy_op_ior, BINARY_OR)
COMPARISON(weakproxy_op_lt, COMPARE_LT)
COMPARISON(weakproxy_op_le, COMPARE_LE)
COMPARISON(weakproxy_op_eq, COMPARE_EQ)
COMPARISON(weakproxy_op_ne, COMPARE_NE)
COMPARISON(weakproxy_op_gt, COMPARE_GT)
COMPARISON(weakproxy_op_ge, COMPARE_GE)
UNARY(weakproxy_op_neg, unary_op(vm, UNARY_NEG, object))
UNARY(weakproxy_op_pos, unary_op(vm, UNARY_POS, object))
UNARY(weakproxy_op_invert, unary_op(vm, UNARY_INVERT, object))
UNARY(weakproxy_op_abs, call_unary(vm, object, SPECIAL_abs))
UNARY(weakproxy_op_int, call_unary(vm, object, SPECIAL_int))
UNARY(weakproxy_op_float, call_unary(vm, object, SPECIAL_float))
UNARY(weakproxy_op_index, call_unary(vm, object, SPECIAL_index))
UNARY(weakproxy_op__Bool, truth(vm, object))
UNARY(weakproxy_op_len, length(vm, object))
UNARY(weakproxy_op_str, value_str(vm, object))
UNARY(weakproxy_op_bytes, call_unary(vm, object, SPECIAL_bytes))
UNARY(weakproxy_op_iter, get_iterator(vm, object))
UNARY(weakproxy_op_next, step(vm, object))
UNARY(weakproxy_op_reversed, call_unary(vm, object, SPECIAL_reversed))

static Value weakproxy_callable_call(VM *vm, Weakref *self, const Value *args, int npos,
                                     Tuple *kwnames) {
  Value object = unwrap(vm, value_from(self));
  return object == VALUE_FAIL ? VALUE_FAIL : call_values(vm, object, args, npos, kwnames);
}

static void weakproxy_trace(Marker *marker, Object *self) {
  mark_value(marker, ((Weakref *)self)->callback);
}

const ClassSpec weakproxy_class = {NATIVE_CLASS_AS(weakproxy_, plain),
                                   .basic_size = sizeof(Weakref), .trace = weakproxy_trace};
const ClassSpec weakcallableproxy_class = {
    NATIVE_CLASS_AS(weakproxy_, callable),
    .basic_size = sizeof(Weakref),
    .trace = weakproxy_trace,
};
