/* wrapper.c -- classmethod, staticmethod, bound methods and cells: small objects around a callable
** or a value. */
#include "vm/contracts/type_internal.h"
#include "vm/objects/function.h"

/* ---- classmethod, staticmethod */

static void trace_wrapper(Marker *marker, Object *self) {
  mark_value(marker, ((Wrapper *)self)->callable);
}

static Value blank_wrapper(VM *vm, Type *cls) {
  Value v = object_new(vm, cls);
  if (value_is_fail(v)) return v;
  ((Wrapper *)value_object(v))->callable = VALUE_NONE;
  return v;
}

/* copy_attributes: what functools.wraps copies, as far as the callable has it. */
static bool copy_attributes(VM *vm, Wrapper *w) {
  Str *names[] = {NAME("__module__"), NAME("__name__"), NAME("__qualname__"), NAME("__doc__"),
                  NAME("__annotations__")};
  for (size_t i = 0; i < ARRAY_COUNT(names); i++) {
    Value v = find_attribute(vm, w->callable, names[i]);
    if (v == VALUE_FAIL) return false;
    if (v != VALUE_UNBOUND && !instance_set(vm, &w->h, names[i], v)) return false;
  }
  return true;
}

static Value init_wrapper(VM *vm, Wrapper *w, Value function) {
  if (w->callable != VALUE_NONE) type_renew_all_keys(vm); /* method sites know the function */
  w->callable = function;
  heap_barrier(vm, w, function);
  return value_none_if(copy_attributes(vm, w));
}
static Value abstract_wrapper(VM *vm, Wrapper *w) {
  Answer abstract = is_abstract_method(vm, w->callable);
  return abstract == ANSWER_FAILED ? VALUE_FAIL : value_bool(abstract);
}

#define NATIVE_DEF "vm/objects/classmethod.def"
#define NATIVE_PREFIX classmethod_
#define NATIVE_SELF Wrapper *
#include "vm/contracts/native_class.inc"

static Value classmethod_blank(VM *vm, Type *cls) { return blank_wrapper(vm, cls); }
static Value classmethod_op_init(VM *vm, Wrapper *w, const classmethod_op_init_args *a) {
  return init_wrapper(vm, w, a->function);
}
static Value classmethod_op_repr(VM *vm, Wrapper *w, const classmethod_op_repr_args *a) {
  return value_of(str_format(vm, "<classmethod(%R)>", w->callable));
}
static Value classmethod_get_abstract(VM *vm, Wrapper *w) { return abstract_wrapper(vm, w); }
static Value classmethod_get_dict(VM *vm, Wrapper *w) {
  return instance_dict_getset.get(vm, value_from(w));
}
static bool classmethod_set_dict(VM *vm, Wrapper *w, Value v) {
  return instance_dict_getset.set(vm, value_from(w), v);
}

static Value classmethod_op_get(VM *vm, Wrapper *w, const classmethod_op_get_args *a) {
  Value type = a->owner == VALUE_NONE ? value_from(value_type(a->instance)) : a->owner;
  if (value_special(w->callable, SPECIAL_get) != VALUE_UNBOUND && !value_is(w->callable, function))
    return descriptor_get(vm, w->callable, type,
                          value_is_type(type) ? value_object(type) : value_type(type));
  return method_new(vm, w->callable, type);
}

const ClassSpec classmethod_class = {NATIVE_CLASS(classmethod_), .basic_size = sizeof(Wrapper),
                                     .trace = trace_wrapper};

#define NATIVE_DEF "vm/objects/staticmethod.def"
#define NATIVE_PREFIX staticmethod_
#define NATIVE_SELF Wrapper *
#include "vm/contracts/native_class.inc"

static Value staticmethod_blank(VM *vm, Type *cls) { return blank_wrapper(vm, cls); }
static Value staticmethod_op_init(VM *vm, Wrapper *w, const staticmethod_op_init_args *a) {
  return init_wrapper(vm, w, a->function);
}
static Value staticmethod_op_repr(VM *vm, Wrapper *w, const staticmethod_op_repr_args *a) {
  return value_of(str_format(vm, "<staticmethod(%R)>", w->callable));
}
static Value staticmethod_get_abstract(VM *vm, Wrapper *w) { return abstract_wrapper(vm, w); }
static Value staticmethod_get_dict(VM *vm, Wrapper *w) {
  return instance_dict_getset.get(vm, value_from(w));
}
static bool staticmethod_set_dict(VM *vm, Wrapper *w, Value v) {
  return instance_dict_getset.set(vm, value_from(w), v);
}

static Value staticmethod_op_get(VM *vm, Wrapper *w, const staticmethod_op_get_args *a) {
  return w->callable;
}
static Value staticmethod_call(VM *vm, Wrapper *w, const Value *args, int npos, Tuple *kwnames) {
  return call_values(vm, w->callable, args, npos, kwnames);
}

const ClassSpec staticmethod_class = {NATIVE_CLASS(staticmethod_), .basic_size = sizeof(Wrapper),
                                      .trace = trace_wrapper};
