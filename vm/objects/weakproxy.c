/* weakproxy.c -- weakref.proxy: operations on a proxy are operations on its referent, ReferenceError once it is gone. */
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

#define UNWRAP_SELF(name)                                                                                              \
  Value name = unwrap(vm, value_from(self));                                                                           \
  if (name == VALUE_FAIL) return VALUE_FAIL
#define UNWRAP_VALUE(name, v)                                                                                          \
  Value name = unwrap(vm, (v));                                                                                        \
  if (name == VALUE_FAIL) return VALUE_FAIL
#define NONE_OR_FAIL(ok) ((ok) ? VALUE_NONE : VALUE_FAIL)

static Value weakproxy_op_getattribute(VM *vm, Weakref *self, const weakproxy_op_getattribute_args *a) {
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
  Str *text = str_format(vm, "<weakproxy at 0x%x to %T at 0x%x>", (size_t)self, referent, (size_t)self->referent);
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

#define BINARY(name, op)                                                                                               \
  static Value weakproxy_op_##name(VM *vm, Weakref *self, const weakproxy_op_##name##_args *a) {                       \
    UNWRAP_SELF(object);                                                                                               \
    UNWRAP_VALUE(value, a->value);                                                                                     \
    return binary_op(vm, op, object, value);                                                                           \
  }                                                                                                                    \
  static Value weakproxy_op_r##name(VM *vm, Weakref *self, const weakproxy_op_r##name##_args *a) {                     \
    UNWRAP_SELF(object);                                                                                               \
    UNWRAP_VALUE(value, a->value);                                                                                     \
    return binary_op(vm, op, value, object);                                                                           \
  }
#define INPLACE(name, op)                                                                                              \
  static Value weakproxy_op_i##name(VM *vm, Weakref *self, const weakproxy_op_i##name##_args *a) {                     \
    UNWRAP_SELF(object);                                                                                               \
    UNWRAP_VALUE(value, a->value);                                                                                     \
    return inplace_op(vm, op, object, value);                                                                          \
  }
#define COMPARISON(name, op)                                                                                           \
  static Value weakproxy_op_##name(VM *vm, Weakref *self, const weakproxy_op_##name##_args *a) {                       \
    UNWRAP_SELF(object);                                                                                               \
    UNWRAP_VALUE(value, a->value);                                                                                     \
    return compare(vm, op, object, value);                                                                             \
  }
#define UNARY(name, expression)                                                                                        \
  static Value weakproxy_op_##name(VM *vm, Weakref *self, const weakproxy_op_##name##_args *a) {                       \
    UNWRAP_SELF(object);                                                                                               \
    return expression;                                                                                                 \
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

BINARY(add, BINARY_ADD) BINARY(sub, BINARY_SUB) BINARY(mul, BINARY_MUL) BINARY(matmul, BINARY_MATMUL)
BINARY(truediv, BINARY_TRUEDIV) BINARY(floordiv, BINARY_FLOORDIV) BINARY(mod, BINARY_MOD) BINARY(divmod, BINARY_DIVMOD)
BINARY(lshift, BINARY_LSHIFT) BINARY(rshift, BINARY_RSHIFT) BINARY(and, BINARY_AND) BINARY(xor, BINARY_XOR)
BINARY(or, BINARY_OR)
INPLACE(add, BINARY_ADD) INPLACE(sub, BINARY_SUB) INPLACE(mul, BINARY_MUL) INPLACE(matmul, BINARY_MATMUL)
INPLACE(truediv, BINARY_TRUEDIV) INPLACE(floordiv, BINARY_FLOORDIV) INPLACE(mod, BINARY_MOD)
INPLACE(lshift, BINARY_LSHIFT) INPLACE(rshift, BINARY_RSHIFT) INPLACE(and, BINARY_AND) INPLACE(xor, BINARY_XOR)
INPLACE(or, BINARY_OR)
COMPARISON(lt, COMPARE_LT) COMPARISON(le, COMPARE_LE) COMPARISON(eq, COMPARE_EQ) COMPARISON(ne, COMPARE_NE)
COMPARISON(gt, COMPARE_GT) COMPARISON(ge, COMPARE_GE)
UNARY(neg, unary_op(vm, UNARY_NEG, object)) UNARY(pos, unary_op(vm, UNARY_POS, object))
UNARY(invert, unary_op(vm, UNARY_INVERT, object)) UNARY(abs, call_unary(vm, object, SPECIAL_abs))
UNARY(int, call_unary(vm, object, SPECIAL_int)) UNARY(float, call_unary(vm, object, SPECIAL_float))
UNARY(index, call_unary(vm, object, SPECIAL_index)) UNARY(_Bool, truth(vm, object)) UNARY(len, length(vm, object))
UNARY(str, value_str(vm, object)) UNARY(bytes, call_unary(vm, object, SPECIAL_bytes))
UNARY(iter, get_iterator(vm, object)) UNARY(next, step(vm, object))
UNARY(reversed, call_unary(vm, object, SPECIAL_reversed))

static Value weakproxy_callable_call(VM *vm, Weakref *self, const Value *args, int npos, Tuple *kwnames) {
  Value object = unwrap(vm, value_from(self));
  return object == VALUE_FAIL ? VALUE_FAIL : call_values(vm, object, args, npos, kwnames);
}

static void weakproxy_trace(Marker *marker, Object *self) { mark_value(marker, ((Weakref *)self)->callback); }

const ClassSpec weakproxy_class = { NATIVE_CLASS_AS(weakproxy_, plain), .basic_size = sizeof(Weakref), .trace = weakproxy_trace };
const ClassSpec weakcallableproxy_class = {
  NATIVE_CLASS_AS(weakproxy_, callable), .basic_size = sizeof(Weakref), .trace = weakproxy_trace,
};
