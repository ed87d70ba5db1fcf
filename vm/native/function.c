/* function.c -- native functions as Python sees them: built-in functions and methods, method
** descriptors, slot wrappers.
**
** One struct serves all five types (NativeFunction). Rows become descriptors in their class's
** namespace; taking one from an instance makes a bound builtin_function_or_method, or a
** method-wrapper for the slot names. Law: an entry runs only on a self that is an instance of the
** row's class (native_check_self). */
#include <ctype.h>

#include "vm/contracts/protocol.h"
#include "vm/contracts/type.h"
#include "vm/native/bind.h"
#include "vm/objects/module.h"
#include "vm/objects/object.h"

/* ---- text signatures */

static void add_default(StrBuilder *b, const char *text) {
  if (strcmp(text, "MISSING") == 0) text = "<unrepresentable>";
  else if (strcmp(text, "INT64_MAX") == 0 || strcmp(text, "SSIZE_MAX") == 0)
    text = "9223372036854775807";
  str_builder_cstr(b, "=");
  str_builder_cstr(b, text);
}

static void add_parameter(StrBuilder *b, const ParamSpec *p) {
  if (p->kind == PARAM_VAR) str_builder_cstr(b, "*");
  if (p->kind == PARAM_KWS) str_builder_cstr(b, "**");
  str_builder_cstr(b, p->name);
  if (p->default_text) add_default(b, p->default_text);
}

/* "(first, x, /, y=1)" of a row's parameters; `first`: "$self", or "" for a class. */
static Str *parameters_text(VM *vm, const MethodSpec *spec, const char *first) {
  StrBuilder b;
  str_builder_init(&b, vm);
  str_builder_cstr(&b, "(");
  str_builder_cstr(&b, first);
  bool positional_only = *first || (spec->nparams && spec->params[0].kind == PARAM_POS),
       starred = false;
  const char *comma = *first ? ", " : "";
  for (int i = 0; i < spec->nparams; i++) {
    const ParamSpec *p = &spec->params[i];
    if (positional_only && p->kind != PARAM_POS)
      str_builder_cstr(&b, ", /"), positional_only = false;
    if (p->kind == PARAM_VAR) starred = true;
    str_builder_cstr(&b, comma);
    comma = ", ";
    if (p->kind == PARAM_KW && !starred) str_builder_cstr(&b, "*, "), starred = true;
    add_parameter(&b, p);
  }
  str_builder_cstr(&b, positional_only ? ", /)" : ")");
  return str_builder_finish(&b);
}

static Str *signature_text(VM *vm, const char *text) {
  return text && *text ? str_new_cstr(vm, text) : NULL;
}

/* __text_signature__ of a row, or NULL when it has none. */
static Str *native_signature(VM *vm, const MethodSpec *spec, bool is_module_function) {
  /* what all slots of the name say */
  if (spec->flags & (METHOD_NEW | METHOD_CALL))
    return signature_text(vm, "($self, /, *args, **kwargs)");
  if (spec->flags & METHOD_UNNAMED) return NULL;
  if (spec->flags & METHOD_RAW) return signature_text(vm, spec->signature);
  return parameters_text(vm, spec,
                         spec->flags & METHOD_STATIC  ? ""
                         : is_module_function         ? "$module"
                         : spec->flags & METHOD_CLASS ? "$type"
                                                      : "$self");
}

/* The row that says what a call of the class takes: __init__'s before the constructor's, which then
** takes anything. */
static const MethodSpec *called_row(const ClassSpec *spec) {
  for (int i = 0; i < spec->nmethods; i++)
    if (spec->methods[i].flags & METHOD_NEW) return &spec->methods[i];
  return spec->constructor;
}

Str *native_class_signature(VM *vm, const Type *type) {
  if (type->fields && type->fields->constructor)
    return parameters_text(vm, type->fields->constructor, "");
  const MethodSpec *row = type_has(type, TYPE_HEAP) ? NULL : called_row(type->spec);
  if (!row || (!row->raw && !row->entry && !row->signature) || (row->flags & METHOD_UNSHOWN))
    return NULL;
  return row->signature || (row->flags & METHOD_RAW) ? signature_text(vm, row->signature)
                                                     : parameters_text(vm, row, "");
}

/* ---- making */

static NativeFunction *make_native(VM *vm, uint32_t shape, const MethodSpec *spec, Value self,
                                   Type *owner, Value module) {
  NativeFunction *f = heap_new(vm, shape, sizeof *f);
  f->spec = spec;
  f->self = self;
  f->owner = owner;
  f->module = module;
  return f;
}

Value native_function_new(VM *vm, const MethodSpec *spec, Value self, Value module_name) {
  return value_of(
      make_native(vm, SHAPE_OF(builtin_function_or_method), spec, self, NULL, module_name));
}

Value native_new_function(VM *vm, Type *owner) {
  return value_of(make_native(vm, SHAPE_OF(builtin_function_or_method), &native_new_spec,
                              value_from(owner), owner, VALUE_NONE));
}

Value native_descriptor_new(VM *vm, Type *owner, const MethodSpec *spec) {
  if (spec->flags & METHOD_STATIC) {
    Value f = value_of(
        make_native(vm, SHAPE_OF(builtin_function_or_method), spec, VALUE_NONE, owner, VALUE_NONE));
    Wrapper *wrapper = heap_new_zeroed(vm, SHAPE_OF(staticmethod), sizeof *wrapper);
    wrapper->callable = f;
    return value_from(wrapper);
  }
  uint32_t shape = spec->flags & METHOD_CLASS  ? SHAPE_OF(classmethod_descriptor)
                   : spec->flags & METHOD_SLOT ? SHAPE_OF(wrapper_descriptor)
                                               : SHAPE_OF(method_descriptor);
  return value_of(make_native(vm, shape, spec, VALUE_UNBOUND, owner, VALUE_NONE));
}

Value native_bind(VM *vm, NativeFunction *d, Value self) {
  uint32_t shape = d->h.shape == SHAPE_OF(wrapper_descriptor)
                       ? SHAPE_OF(method_wrapper)
                       : SHAPE_OF(builtin_function_or_method);
  return value_of(make_native(vm, shape, d->spec, self, d->owner, VALUE_NONE));
}

bool native_check_self(VM *vm, NativeFunction *d, Value self) {
  Type *type = value_type(self);
  if (LIKELY(type == d->owner) || type_is_subtype(type, d->owner)) return true;
  if (d->h.shape == SHAPE_OF(wrapper_descriptor))
    raise_type(vm, "descriptor '%s' requires a '%N' object but received a '%T'", d->spec->name,
               d->owner, self);
  else
    raise_type(vm, "descriptor '%s' for '%N' objects doesn't apply to a '%T' object", d->spec->name,
               d->owner, self);
  return false;
}

/* ---- calls */

static Value call_descriptor(VM *vm, NativeFunction *d, const Value *args, int npos,
                             Tuple *kwnames) {
  if (UNLIKELY(npos < 1)) {
    if (d->h.shape == SHAPE_OF(wrapper_descriptor))
      return raise_type(vm, "descriptor '%s' of '%N' object needs an argument", d->spec->name,
                        d->owner);
    return raise_type(vm, "unbound method %N.%s() needs an argument", d->owner, d->spec->name);
  }
  if (!native_check_self(vm, d, args[0])) return VALUE_FAIL;
  return native_call(vm, d->spec, args[0], args + 1, npos - 1, kwnames);
}

/* check_class: may a classmethod descriptor of d->owner be bound to `type`? */
static bool check_class(VM *vm, NativeFunction *d, Value type) {
  if (!value_is_type(type))
    return raise_false(vm, TYPE_OF(TypeError),
                       "descriptor '%s' for type '%N' needs a type, not a '%T' as arg 2",
                       d->spec->name, d->owner, type);
  if (!type_is_subtype(value_object(type), d->owner))
    return raise_false(vm, TYPE_OF(TypeError),
                       "descriptor '%s' requires a subtype of '%N' but received '%N'",
                       d->spec->name, d->owner, (Type *)value_object(type));
  return true;
}

/* ---- attributes that all have */

static Value function_name(VM *vm, NativeFunction *f) {
  return value_of(str_intern_cstr(vm, f->spec->name));
}
static Value function_doc(VM *vm, NativeFunction *f) {
  return f->spec->doc ? value_of(str_new_cstr(vm, f->spec->doc)) : VALUE_NONE;
}
static Value function_signature(VM *vm, NativeFunction *f) {
  Str *text = native_signature(vm, f->spec, !f->owner);
  return text ? value_from(text) : error_pending(vm) ? VALUE_FAIL : VALUE_NONE;
}
static Value owner_qualname(VM *vm, NativeFunction *f) {
  return value_of(str_format(vm, "%U.%s", f->owner->qualname, f->spec->name));
}
static Value owner_object(NativeFunction *f) {
  return f->owner ? value_from(f->owner) : VALUE_NONE;
}

static Value reduce_getattr(VM *vm, Value object, Value name) {
  Value getattr = dict_get_str(vm, module_dict(vm->builtins), NAME("getattr"));
  Value pair = PACK(object, name);
  return PACK(getattr, pair);
}

static bool same_bound(Value a, Value b) {
  NativeFunction *f = value_object(a), *g = value_object(b);
  return f->spec == g->spec && f->self == g->self;
}
static uint64_t bound_hash(NativeFunction *f) {
  uint64_t h = (uint64_t)(uintptr_t)f->spec * UINT64_C(0x9E3779B97F4A7C15) ^ (f->self >> 3);
  return h ? h : 1;
}

static void trace_native(Marker *marker, Object *self) {
  NativeFunction *f = (NativeFunction *)self;
  mark_value(marker, f->self);
  mark_value(marker, f->module);
  mark_object(marker, f->owner);
}

/* ---- builtin_function_or_method */

#define NATIVE_DEF "vm/native/builtin_function.def"
#define NATIVE_PREFIX builtin_
#define NATIVE_SELF NativeFunction *
#include "vm/contracts/native_class.inc"

static bool is_module_function(NativeFunction *f) { return !f->owner; }

static Value builtin_call(VM *vm, NativeFunction *f, const Value *args, int npos, Tuple *kwnames) {
  return native_call(vm, f->spec, f->self, args, npos, kwnames);
}
static Value builtin_op_repr(VM *vm, NativeFunction *f, const builtin_op_repr_args *a) {
  if (is_module_function(f) || f->self == VALUE_NONE || f->self == VALUE_UNBOUND)
    return value_of(str_format(vm, "<built-in function %s>", f->spec->name));
  return value_of(str_format(vm, "<built-in method %s of %T object at %s>", f->spec->name, f->self,
                             object_address_text(value_identity(f->self))));
}
static Value builtin_op_eq(VM *vm, NativeFunction *f, const builtin_op_eq_args *a) {
  if (!value_is(a->value, builtin_function_or_method)) return VALUE_NOT_IMPLEMENTED;
  return value_bool(same_bound(value_from(f), a->value));
}
static Value builtin_op_ne(VM *vm, NativeFunction *f, const builtin_op_ne_args *a) {
  if (!value_is(a->value, builtin_function_or_method)) return VALUE_NOT_IMPLEMENTED;
  return value_bool(!same_bound(value_from(f), a->value));
}
static Value builtin_op_hash(VM *vm, NativeFunction *f, const builtin_op_hash_args *a) {
  return value_int(vm, (int64_t)(bound_hash(f) >> 3));
}
static Value builtin_reduce(VM *vm, NativeFunction *f, const builtin_reduce_args *a) {
  if (is_module_function(f)) return function_name(vm, f);
  /* None: a static method */
  return reduce_getattr(vm, f->self == VALUE_NONE ? owner_object(f) : f->self,
                        function_name(vm, f));
}
static Value builtin_get_name(VM *vm, NativeFunction *f) { return function_name(vm, f); }
static Value builtin_get_qualname(VM *vm, NativeFunction *f) {
  if (is_module_function(f)) return function_name(vm, f);
  if (value_is_type(f->self)) {
    Type *type = value_object(f->self);
    return value_of(str_format(vm, "%U.%s", type->qualname, f->spec->name));
  }
  if (f->self == VALUE_NONE) return owner_qualname(vm, f);
  return value_of(str_format(vm, "%U.%s", value_type(f->self)->qualname, f->spec->name));
}
static Value builtin_get_doc(VM *vm, NativeFunction *f) { return function_doc(vm, f); }
static Value builtin_get_signature(VM *vm, NativeFunction *f) { return function_signature(vm, f); }
static Value builtin_get_self(VM *vm, NativeFunction *f) {
  return f->self == VALUE_UNBOUND ? VALUE_NONE : f->self;
}
static Value builtin_get_module(VM *vm, NativeFunction *f) { return f->module; }
static bool builtin_set_module(VM *vm, NativeFunction *f, Value v) {
  f->module = v == VALUE_MISSING ? VALUE_NONE : v;
  heap_barrier(vm, f, f->module);
  return true;
}

const ClassSpec builtin_function_or_method_class = {
    NATIVE_CLASS(builtin_),
    .basic_size = sizeof(NativeFunction),
    .trace = trace_native,
};

/* ---- method_descriptor, wrapper_descriptor, classmethod_descriptor */

#define NATIVE_DEF "vm/native/method_descriptor.def"
#define NATIVE_PREFIX descr_
#define NATIVE_SELF NativeFunction *
#include "vm/contracts/native_class.inc"

static Value descr_method_call(VM *vm, NativeFunction *d, const Value *args, int npos,
                               Tuple *kwnames) {
  return call_descriptor(vm, d, args, npos, kwnames);
}
static Value descr_wrapper_call(VM *vm, NativeFunction *d, const Value *args, int npos,
                                Tuple *kwnames) {
  return call_descriptor(vm, d, args, npos, kwnames);
}
static Value descr_classmethod_call(VM *vm, NativeFunction *d, const Value *args, int npos,
                                    Tuple *kwnames) {
  if (npos < 1)
    return raise_type(vm, "descriptor '%s' of '%N' object needs an argument", d->spec->name,
                      d->owner);
  if (!check_class(vm, d, args[0])) return VALUE_FAIL;
  return native_call(vm, d->spec, args[0], args + 1, npos - 1, kwnames);
}

static Value descr_op_get(VM *vm, NativeFunction *d, const descr_op_get_args *a) {
  if (d->h.shape == SHAPE_OF(classmethod_descriptor)) {
    Value type = a->owner;
    if (type == VALUE_NONE) {
      if (a->instance == VALUE_NONE)
        return raise_type(vm, "descriptor '%s' for type '%N' needs either an object or a type",
                          d->spec->name, d->owner);
      type = value_from(value_type(a->instance));
    }
    return check_class(vm, d, type) ? native_bind(vm, d, type) : VALUE_FAIL;
  }
  if (a->instance == VALUE_NONE && d->owner != TYPE_OF(NoneType)) {
    if (a->owner == VALUE_NONE) return raise_type(vm, "__get__(None, None) is invalid");
    return value_from(d);
  }
  Type *type = value_type(a->instance);
  if (!type_is_subtype(type, d->owner))
    return raise_type(vm, "descriptor '%s' for '%N' objects doesn't apply to a '%N' object",
                      d->spec->name, d->owner, type);
  return native_bind(vm, d, a->instance);
}
static Value descr_op_repr(VM *vm, NativeFunction *d, const descr_op_repr_args *a) {
  const char *kind = d->h.shape == SHAPE_OF(wrapper_descriptor) ? "slot wrapper" : "method";
  return value_of(str_format(vm, "<%s '%s' of '%N' objects>", kind, d->spec->name, d->owner));
}
static Value descr_reduce(VM *vm, NativeFunction *d, const descr_reduce_args *a) {
  if (d->h.shape == SHAPE_OF(classmethod_descriptor))
    return raise_type(vm, "cannot pickle 'classmethod_descriptor' object");
  return reduce_getattr(vm, owner_object(d), function_name(vm, d));
}
static Value descr_get_name(VM *vm, NativeFunction *d) { return function_name(vm, d); }
static Value descr_get_qualname(VM *vm, NativeFunction *d) { return owner_qualname(vm, d); }
static Value descr_get_doc(VM *vm, NativeFunction *d) { return function_doc(vm, d); }
static Value descr_get_signature(VM *vm, NativeFunction *d) { return function_signature(vm, d); }
static Value descr_get_objclass(VM *vm, NativeFunction *d) { return owner_object(d); }

const ClassSpec method_descriptor_class = {
    NATIVE_CLASS_AS(descr_, method), .basic_size = sizeof(NativeFunction), .trace = trace_native};
const ClassSpec wrapper_descriptor_class = {
    NATIVE_CLASS_AS(descr_, wrapper), .basic_size = sizeof(NativeFunction), .trace = trace_native};
const ClassSpec classmethod_descriptor_class = {NATIVE_CLASS_AS(descr_, classmethod),
                                                .basic_size = sizeof(NativeFunction),
                                                .trace = trace_native};

/* ---- method-wrapper */

#define NATIVE_DEF "vm/native/method_wrapper.def"
#define NATIVE_PREFIX wrapper_
#define NATIVE_SELF NativeFunction *
#include "vm/contracts/native_class.inc"

static Value wrapper_call(VM *vm, NativeFunction *f, const Value *args, int npos, Tuple *kwnames) {
  return native_call(vm, f->spec, f->self, args, npos, kwnames);
}
static Value wrapper_op_repr(VM *vm, NativeFunction *f, const wrapper_op_repr_args *a) {
  return value_of(str_format(vm, "<method-wrapper '%s' of %T object at %s>", f->spec->name, f->self,
                             object_address_text(value_identity(f->self))));
}
static Value wrapper_op_eq(VM *vm, NativeFunction *f, const wrapper_op_eq_args *a) {
  if (!value_is(a->value, method_wrapper)) return VALUE_NOT_IMPLEMENTED;
  return value_bool(same_bound(value_from(f), a->value));
}
static Value wrapper_op_ne(VM *vm, NativeFunction *f, const wrapper_op_ne_args *a) {
  if (!value_is(a->value, method_wrapper)) return VALUE_NOT_IMPLEMENTED;
  return value_bool(!same_bound(value_from(f), a->value));
}
static Value wrapper_op_hash(VM *vm, NativeFunction *f, const wrapper_op_hash_args *a) {
  return value_int(vm, (int64_t)(bound_hash(f) >> 3));
}
static Value wrapper_reduce(VM *vm, NativeFunction *f, const wrapper_reduce_args *a) {
  return reduce_getattr(vm, f->self, function_name(vm, f));
}
static Value wrapper_get_name(VM *vm, NativeFunction *f) { return function_name(vm, f); }
static Value wrapper_get_qualname(VM *vm, NativeFunction *f) { return owner_qualname(vm, f); }
static Value wrapper_get_doc(VM *vm, NativeFunction *f) { return function_doc(vm, f); }
static Value wrapper_get_signature(VM *vm, NativeFunction *f) { return function_signature(vm, f); }
static Value wrapper_get_self(VM *vm, NativeFunction *f) { return f->self; }
static Value wrapper_get_objclass(VM *vm, NativeFunction *f) { return owner_object(f); }

const ClassSpec method_wrapper_class = {
    NATIVE_CLASS(wrapper_),
    .basic_size = sizeof(NativeFunction),
    .trace = trace_native,
};
