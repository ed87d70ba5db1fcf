/* weakref.c -- weakref.ref. The collector clears the references of dead objects (memory/weak.c). */
#include "vm/objects/weakref.h"
#include "vm/objects/items.h"
#include "vm/contracts/protocol.h"
#include "vm/objects/str.h"

#define NATIVE_DEF "vm/objects/weakref.def"
#define NATIVE_PREFIX weakref_
#define NATIVE_SELF Weakref *
#include "vm/contracts/native_class.inc"

bool value_is_weakref(Value v) {
  return value_is(v, weakref) ||
         (value_is_pointer(v) && type_is_subtype(value_type(v), TYPE_OF(weakref)));
}

static bool check_referent(VM *vm, Value object) {
  if (value_is_pointer(object) && type_has(value_type(object), TYPE_WEAKREFABLE)) return true;
  return raise_false(vm, TYPE_OF(TypeError), "cannot create weak reference to '%T' object", object);
}

/* A new reference of class `type`, which has the layout of weakref or of a proxy. */
static Value weakref_make(VM *vm, Type *type, Value object, Value callback) {
  Value v = object_new(vm, type);
  if (value_is_fail(v)) return v;
  Weakref *reference = value_object(v);
  reference->referent = value_object(object);
  reference->callback = callback;
  if (UNLIKELY(!weak_register(vm, reference))) {
    reference->referent = NULL;
    return raise_memory(vm);
  }
  return v;
}

static Value make_or_share(VM *vm, Type *type, Value object, Value callback) {
  if (!check_referent(vm, object)) return VALUE_FAIL;
  if (callback == VALUE_NONE && !type_has(type, TYPE_HEAP)) {
    Weakref *shared = weak_find_shared(vm, value_object(object), type);
    if (shared) return value_from(shared);
  }
  return weakref_make(vm, type, object, callback);
}

Value weakproxy_new(VM *vm, Value object, Value callback) {
  bool callable = value_has_special(object, SPECIAL_call);
  return make_or_share(vm, callable ? TYPE_OF(weakcallableproxy) : TYPE_OF(weakproxy), object,
                       callback);
}

static Value weakref_construct(VM *vm, Type *cls, const Value *args, int npos, Tuple *kwnames) {
  if (!check_positional(vm, "__new__", npos, 1, 2)) return VALUE_FAIL;
  if (kwnames && cls == TYPE_OF(weakref)) return raise_type(vm, "ref() takes no keyword arguments");
  return make_or_share(vm, cls, args[0], npos == 2 ? args[1] : VALUE_NONE);
}

static Value weakref_op_init(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) {
  if (kwnames) return raise_type(vm, "ref() takes no keyword arguments");
  return value_none_if(check_positional(vm, "__init__", npos, 1, 2));
}

static Value weakref_call(VM *vm, Weakref *self, const weakref_call_args *a) {
  return weakref_referent(self);
}

/* what Weakref.hash says of the hash 0, as 0 says that it is not known; no hash is -1 */
#define HASH_ZERO UINT64_MAX

static Value weakref_op_hash(VM *vm, Weakref *self, const weakref_op_hash_args *a) {
  if (!self->hash) {
    if (!self->referent) return raise_type(vm, "weak object has gone away");
    uint64_t h;
    if (!value_hash(vm, weakref_referent(self), &h)) return VALUE_FAIL;
    self->hash = h ? h : HASH_ZERO;
  }
  return value_int(vm, self->hash == HASH_ZERO ? 0 : (int64_t)self->hash);
}

static Value weakref_op_repr(VM *vm, Weakref *self, const weakref_op_repr_args *a) {
  Value referent = weakref_referent(self);
  if (referent == VALUE_NONE)
    return value_of(str_format(vm, "<weakref at %p; dead>", (void *)self));
  Value name = find_attribute(vm, referent, NAME("__name__"));
  if (name == VALUE_FAIL) return VALUE_FAIL;
  Str *text = value_is_str(name)
                  ? str_format(vm, "<weakref at %p; to '%T' at %p (%U)>", (void *)self, referent,
                               value_object(referent), (Str *)value_object(name))
                  : str_format(vm, "<weakref at %p; to '%T' at %p>", (void *)self, referent,
                               value_object(referent));
  return value_of(text);
}

/* Two living references compare as their referents do, which may say anything; a dead one equals
** itself only. */
static Value weakref_compare(VM *vm, CompareOp op, Weakref *self, Value other) {
  if (!value_is_weakref(other)) return VALUE_NOT_IMPLEMENTED;
  Value a = weakref_referent(self), b = weakref_referent(value_object(other));
  if (a == VALUE_NONE || b == VALUE_NONE)
    return value_bool((value_from(self) == other) == (op == COMPARE_EQ));
  return compare(vm, op, a, b);
}

static Value weakref_op_eq(VM *vm, Weakref *self, const weakref_op_eq_args *a) {
  return weakref_compare(vm, COMPARE_EQ, self, a->value);
}

static Value weakref_op_ne(VM *vm, Weakref *self, const weakref_op_ne_args *a) {
  return weakref_compare(vm, COMPARE_NE, self, a->value);
}

static Value weakref_class_getitem(VM *vm, Value self, const weakref_class_getitem_args *a) {
  return call2(vm, value_from(TYPE_OF(GenericAlias)), self, a->item);
}

static Value weakref_get_callback(VM *vm, Weakref *self) { return self->callback; }

static void weakref_trace(Marker *marker, Object *self) {
  mark_value(marker, ((Weakref *)self)->callback);
}

const ClassSpec weakref_class = {
    NATIVE_CLASS(weakref_),
    .basic_size = sizeof(Weakref),
    .trace = weakref_trace,
};
