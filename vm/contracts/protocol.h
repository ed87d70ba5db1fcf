/* protocol.h -- Python's protocols on any value: what operators, statements and built-in functions
** mean. What is marked MAY_RUN may run Python: whatever was read from an object before such a call
** is stale after it. */
#ifndef KRAIT_PROTOCOL_H
#define KRAIT_PROTOCOL_H

#include "vm/contracts/call.h"
#include "vm/contracts/error.h"

/* ---- attributes (runtime/attribute.c) */
MUST_USE MAY_RUN Value get_attribute(VM *vm, Value object, Str *name); /* object.name */
/* find_attribute: VALUE_UNBOUND instead of AttributeError */
MUST_USE MAY_RUN Value find_attribute(VM *vm, Value object, Str *name);
/* v VALUE_MISSING: delete */
MUST_USE MAY_RUN bool set_attribute(VM *vm, Value object, Str *name, Value v);
/* object.__getattribute__ */
MUST_USE MAY_RUN Value object_get_attribute(VM *vm, Value object, Str *name);
MUST_USE MAY_RUN bool object_set_attribute(VM *vm, Value object, Str *name, Value v);
/* type_lookup: raw value from the MRO or VALUE_UNBOUND; runs nothing */
MUST_USE Value type_lookup(VM *vm, Type *type, Str *name);
/* descriptor_get: descriptor.__get__ or the value itself */
MUST_USE MAY_RUN Value descriptor_get(VM *vm, Value descriptor, Value object, Type *type);
/* get_method: for calls: *self_out is object and the result a function to call with self first, or
** VALUE_UNBOUND and the result bound. */
MUST_USE MAY_RUN Value get_method(VM *vm, Value object, Str *name, Value *self_out);
/* Instance attributes without the class: own __dict__ or slots. They run nothing.
** instance_find: where the value lies, NULL: absent; with SHAPE_SLOTS also the slot's number. */
MUST_USE Value *instance_find(VM *vm, Object *object, Str *name, uint32_t *number);
MUST_USE bool instance_set(VM *vm, Object *object, Str *name, Value v);
/* instance_add: to one that has no slot of this name, or has a dict */
MUST_USE bool instance_add(VM *vm, Object *object, Str *name, Value v);
MUST_USE Answer instance_delete(VM *vm, Object *object, Str *name); /* was it there? */
/* instance_dict: the live __dict__ (turns to SHAPE_DICT); NULL: the type has none, or MemoryError
** is pending */
MUST_USE Dict *instance_dict(VM *vm, Object *object);

/* object.__dict__ = dict; needs a type that has one */
void instance_set_dict(VM *vm, Object *object, Dict *dict);

/* ---- operators (runtime/operator.c) */
typedef enum BinaryOp {
  BINARY_ADD,
  BINARY_SUB,
  BINARY_MUL,
  BINARY_MATMUL,
  BINARY_TRUEDIV,
  BINARY_FLOORDIV,
  BINARY_MOD,
  BINARY_POW,
  BINARY_LSHIFT,
  BINARY_RSHIFT,
  BINARY_AND,
  BINARY_XOR,
  BINARY_OR,
  BINARY_DIVMOD
} BinaryOp;
MUST_USE MAY_RUN Value binary_op(VM *vm, BinaryOp op, Value left, Value right);
MUST_USE MAY_RUN Value inplace_op(VM *vm, BinaryOp op, Value left, Value right);
/* sequence_concat: a + b, a += b of sequences (operator.concat): a built-in sequence is asked
** first; for others both must have items. TypeError "'T' object can't be concatenated". */
MUST_USE MAY_RUN Value sequence_concat(VM *vm, Value a, Value b, bool in_place);
MUST_USE MAY_RUN Value power(VM *vm, Value base, Value exponent, Value modulus); /* pow(a, b, m) */
typedef enum UnaryOp { UNARY_NEG, UNARY_POS, UNARY_INVERT } UnaryOp;
MUST_USE MAY_RUN Value unary_op(VM *vm, UnaryOp op, Value v);
typedef enum CompareOp {
  COMPARE_LT,
  COMPARE_LE,
  COMPARE_EQ,
  COMPARE_NE,
  COMPARE_GT,
  COMPARE_GE
} CompareOp;
MUST_USE MAY_RUN Value compare(VM *vm, CompareOp op, Value left, Value right);
/* order_holds: does `op` hold between two values of which the first is less (order < 0), equal or
** greater? */
static inline bool order_holds(CompareOp op, int order) {
  switch (op) {
  case COMPARE_LT: return order < 0;
  case COMPARE_LE: return order <= 0;
  case COMPARE_EQ: return order == 0;
  case COMPARE_NE: return order != 0;
  case COMPARE_GT: return order > 0;
  default: return order >= 0;
  }
}
/* compare_bool: identity implies equality (containers) */
MUST_USE MAY_RUN Answer compare_bool(VM *vm, CompareOp op, Value left, Value right);
MUST_USE MAY_RUN Answer values_equal(VM *vm, Value a, Value b); /* is or == */
MUST_USE MAY_RUN Answer value_truth(VM *vm, Value v);
/* value_hash: TypeError "unhashable type: 'X'" */
MUST_USE MAY_RUN bool value_hash(VM *vm, Value v, uint64_t *hash);
MUST_USE MAY_RUN Value value_repr(VM *vm, Value v); /* Str */
MUST_USE MAY_RUN Value value_str(VM *vm, Value v);  /* Str */
MUST_USE MAY_RUN Value value_ascii(VM *vm, Value v);
/* value_format: format(v, spec); spec NULL: "" */
MUST_USE MAY_RUN Value value_format(VM *vm, Value v, Str *spec);
/* value_index: operator.index: an exact int */
MUST_USE MAY_RUN bool value_index(VM *vm, Value v, Value *out);
/* value_index64: … as int64; clamp instead of OverflowError/IndexError */
MUST_USE MAY_RUN bool value_index64(VM *vm, Value v, int64_t *out, bool clamp);
/* value_long: … as a long of C; OverflowError says so */
MUST_USE MAY_RUN bool value_long(VM *vm, Value v, int64_t *out);
/* value_unsigned_long: of an int that is not negative, without __index__: TypeError, ValueError,
** OverflowError */
MUST_USE bool value_unsigned_long(VM *vm, Value v, uint64_t *out);
/* value_int_word: the same, but OverflowError for a negative one too */
MUST_USE bool value_int_word(VM *vm, Value v, uint64_t *out);
uint64_t identity_hash(const void *object);
/* repr_enter: false when this thread is showing v already, up the stack (print "[...]"); else
** `here`, a local of the caller, notes it until repr_leave. */
struct Showing {
  Value value;
  Showing *outer;
};
MUST_USE bool repr_enter(VM *vm, Showing *here, Value v);
void repr_leave(VM *vm, const Showing *here);

/* ---- items and iteration (runtime/sequence.c) */
MUST_USE MAY_RUN Value get_item(VM *vm, Value container, Value key);
MUST_USE MAY_RUN bool set_item(VM *vm, Value container, Value key, Value v);
MUST_USE MAY_RUN bool delete_item(VM *vm, Value container, Value key);
MUST_USE MAY_RUN Answer contains(VM *vm, Value container, Value v);
/* len(v); -1 raised */
MUST_USE MAY_RUN int64_t value_length(VM *vm, Value v);
MUST_USE MAY_RUN int64_t length_hint(VM *vm, Value v, int64_t fallback); /* -1 raised */
MUST_USE MAY_RUN Value get_iterator(VM *vm, Value v);                    /* iter(v) */
MUST_USE MAY_RUN Value iterator_step_slow(VM *vm, Value iterator);
/* iterator_step: value, VALUE_STOP, VALUE_FAIL; this may be a StopIteration that __next__, or a
** function called inside, has raised. */
MUST_USE MAY_RUN static inline Value iterator_step(VM *vm, Value iterator) {
  Value (*next)(VM *, Value) = value_type(iterator)->next;
  bool usual = next != NULL && !(vm->poll & POLL_IN_C) && !vm_c_stack_low(vm);
  return LIKELY(usual) ? next(vm, iterator) : iterator_step_slow(vm, iterator);
}
/* iterator_failed: what the failure means to who drives the iterator: StopIteration is its end,
** VALUE_STOP; else VALUE_FAIL. */
MUST_USE Value iterator_failed(VM *vm);
/* iterator_next: the next value, VALUE_STOP, VALUE_FAIL */
MUST_USE MAY_RUN static inline Value iterator_next(VM *vm, Value iterator) {
  Value v = iterator_step(vm, iterator);
  return LIKELY(v != VALUE_FAIL) ? v : iterator_failed(vm);
}

/* ---- classes (runtime/type.c) */
/* by MRO, runs nothing */
bool type_is_subtype(const Type *type, const Type *of);
/* is_instance: isinstance with __instancecheck__ */
MUST_USE MAY_RUN Answer is_instance(VM *vm, Value v, Value classinfo);
MUST_USE MAY_RUN Answer is_subclass(VM *vm, Value v, Value classinfo);

#endif
