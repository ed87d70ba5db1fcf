/* function.c -- Python functions as objects: attributes, types.FunctionType; see
** interp/function_code.c. */
#include "vm/contracts/sys.h"
#include "vm/objects/function.h"

#include "vm/contracts/frames.h"
#include "vm/contracts/protocol.h"
#include "vm/objects/code.h"
#include "vm/objects/tuple.h"

#define NATIVE_DEF "vm/objects/function.def"
#define NATIVE_PREFIX function_
#define NATIVE_SELF Function *
#include "vm/contracts/native_class.inc"

static void function_trace(Marker *marker, Object *self) {
  Function *f = (Function *)self;
  mark_object(marker, f->code);
  mark_object(marker, f->globals);
  mark_object(marker, f->builtins);
  mark_object(marker, f->closure);
  mark_object(marker, f->defaults);
  mark_object(marker, f->kwdefaults);
  mark_object(marker, f->name);
  mark_object(marker, f->qualname);
  mark_value(marker, f->module);
  mark_value(marker, f->doc);
  mark_value(marker, f->annotations);
}

static Value function_op_repr(VM *vm, Function *self, const function_op_repr_args *a) {
  return value_of(
      str_format(vm, "<function %U at 0x%lx>", self->qualname, (unsigned long)(uintptr_t)self));
}
static Value function_op_get(VM *vm, Function *self, const function_op_get_args *a) {
  if (a->instance == VALUE_NONE && a->owner != value_from(TYPE_OF(NoneType)))
    return value_from(self);
  return method_new(vm, value_from(self), a->instance);
}
static Value function_call(VM *vm, Function *self, const Value *args, int npos, Tuple *kwnames) {
  return run_function(vm, self, args, npos, kwnames);
}

/* ---- attributes */
static Value object_or_none(const void *object) { return object ? value_from(object) : VALUE_NONE; }

static bool set_text(VM *vm, Function *self, Str **field, Value v, const char *name) {
  if (v == VALUE_MISSING || !value_is_str(v))
    return raise_type(vm, "%s must be set to a string object", name), false;
  *field = value_object(v);
  heap_barrier(vm, self, v);
  return true;
}

static Value function_get_name(VM *vm, Function *self) { return value_from(self->name); }
static bool function_set_name(VM *vm, Function *self, Value v) {
  return set_text(vm, self, &self->name, v, "__name__");
}
static Value function_get_qualname(VM *vm, Function *self) { return value_from(self->qualname); }
static bool function_set_qualname(VM *vm, Function *self, Value v) {
  return set_text(vm, self, &self->qualname, v, "__qualname__");
}
static Value function_get_doc(VM *vm, Function *self) {
  if (self->doc != VALUE_UNBOUND) return self->doc;
  Value doc = code_doc(vm, self->code);
  if (doc == VALUE_FAIL) return doc;
  self->doc = doc;
  heap_barrier(vm, self, doc);
  return doc;
}
static bool function_set_doc(VM *vm, Function *self, Value v) {
  self->doc = v == VALUE_MISSING ? VALUE_NONE : v;
  heap_barrier(vm, self, v);
  return true;
}
static Value function_get_module(VM *vm, Function *self) { return self->module; }
static bool function_set_module(VM *vm, Function *self, Value v) {
  self->module = v == VALUE_MISSING ? VALUE_NONE : v;
  heap_barrier(vm, self, v);
  return true;
}
static Value function_get_code(VM *vm, Function *self) {
  AUDITED(vm, "object.__getattr__", value_from(self), value_from(NAME("__code__")));
  return value_from(self->code);
}
/* tell_set: to audit hooks, before the attribute is set or deleted. */
static bool tell_set(VM *vm, Function *self, const char *name, Value v) {
  if (LIKELY(!sys_is_audited())) return true;
  Value text = value_of(str_new_cstr(vm, name));
  return v == VALUE_MISSING ? SYS_AUDIT(vm, "object.__delattr__", value_from(self), text)
                            : SYS_AUDIT(vm, "object.__setattr__", value_from(self), text, v);
}
static bool function_set_code(VM *vm, Function *self, Value v) {
  if (!value_is(v, code)) return raise_type(vm, "__code__ must be set to a code object"), false;
  if (!tell_set(vm, self, "__code__", v)) return false;
  Code *code = value_object(v);
  if (function_get_doc(vm, self) == VALUE_FAIL) return false; /* it stays that of the code so far */
  size_t have = self->closure ? tuple_length(self->closure) : 0;
  if (code->fn.free_count != have) {
    raise_value(vm, "%U() requires a code object with %zu free vars, not %zu", self->name, have,
                (size_t)code->fn.free_count);
    return false;
  }
  function_replace_code(vm, self, code);
  return true;
}
static Value function_get_defaults(VM *vm, Function *self) {
  AUDITED(vm, "object.__getattr__", value_from(self), value_from(NAME("__defaults__")));
  return object_or_none(self->defaults);
}
static bool function_set_defaults(VM *vm, Function *self, Value v) {
  if (v != VALUE_MISSING && v != VALUE_NONE && !value_has_flag(v, TYPE_TUPLE_SUBCLASS))
    return raise_type(vm, "__defaults__ must be set to a tuple object"), false;
  if (!tell_set(vm, self, "__defaults__", v)) return false;
  self->defaults = value_is_pointer(v) ? value_object(v) : NULL;
  heap_barrier(vm, self, v);
  return true;
}
static Value function_get_kwdefaults(VM *vm, Function *self) {
  AUDITED(vm, "object.__getattr__", value_from(self), value_from(NAME("__kwdefaults__")));
  return object_or_none(self->kwdefaults);
}
static bool function_set_kwdefaults(VM *vm, Function *self, Value v) {
  if (v != VALUE_MISSING && v != VALUE_NONE && !value_has_flag(v, TYPE_DICT_SUBCLASS))
    return raise_type(vm, "__kwdefaults__ must be set to a dict object"), false;
  if (!tell_set(vm, self, "__kwdefaults__", v)) return false;
  self->kwdefaults = value_is_pointer(v) ? value_object(v) : NULL;
  heap_barrier(vm, self, v);
  return true;
}
static Value function_get_annotations(VM *vm, Function *self) {
  if (value_is(self->annotations, dict)) return self->annotations;
  Dict *dict = dict_new(vm);
  if (!dict) return VALUE_FAIL;
  if (value_is(self->annotations, tuple)) {
    Tuple *pairs = value_object(self->annotations);
    for (size_t i = 0; i + 1 < tuple_length(pairs); i += 2)
      if (!dict_set(vm, dict, pairs->items[i], pairs->items[i + 1])) return VALUE_FAIL;
  }
  self->annotations = value_from(dict);
  heap_barrier_object(vm, self, dict);
  return self->annotations;
}
static bool function_set_annotations(VM *vm, Function *self, Value v) {
  if (v != VALUE_MISSING && v != VALUE_NONE && !value_has_flag(v, TYPE_DICT_SUBCLASS))
    return raise_type(vm, "__annotations__ must be set to a dict object"), false;
  self->annotations = v == VALUE_MISSING ? VALUE_NONE : v;
  heap_barrier(vm, self, v);
  return true;
}
static Value function_get_dict(VM *vm, Function *self) {
  return value_of(instance_dict(vm, &self->h));
}
static bool function_set_dict(VM *vm, Function *self, Value v) {
  if (v == VALUE_MISSING) return raise_type(vm, "cannot delete __dict__"), false;
  if (!value_has_flag(v, TYPE_DICT_SUBCLASS))
    return raise_type(vm, "__dict__ must be set to a dictionary, not a '%T'", v), false;
  if (!instance_dict(vm, &self->h)) return false;
  self->extra = value_object(v);
  heap_barrier(vm, self, v);
  return true;
}
static Value function_get_closure(VM *vm, Function *self) { return object_or_none(self->closure); }
static Value function_get_globals(VM *vm, Function *self) { return value_from(self->globals); }
static Value function_get_builtins(VM *vm, Function *self) { return value_from(self->builtins); }

/* ---- types.FunctionType(code, globals, name=None, argdefs=None, closure=None) */
static Value check_closure(VM *vm, Code *code, Value closure) {
  size_t need = code->fn.free_count;
  if (closure == VALUE_NONE || closure == VALUE_MISSING) {
    if (need) return raise_type(vm, "arg 5 (closure) must be tuple");
    return VALUE_NONE;
  }
  if (!value_is(closure, tuple))
    return raise_type(vm, need ? "arg 5 (closure) must be tuple"
                               : "arg 5 (closure) must be None or tuple");
  Tuple *cells = value_object(closure);
  if (tuple_length(cells) != need)
    return raise_value(vm, "%U requires closure of length %zu, not %zu", code->name, need,
                       tuple_length(cells));
  for (size_t i = 0; i < need; i++)
    if (!value_is(cells->items[i], cell))
      return raise_type(vm, "arg 5 (closure) expected cell, found %T", cells->items[i]);
  return closure;
}

static Value function_construct(VM *vm, Type *cls, const function_construct_args *a) {
  if (!value_is(a->code, code))
    return raise_type(vm, "function() argument 'code' must be code, not %T", a->code);
  if (!value_has_flag(a->globals, TYPE_DICT_SUBCLASS))
    return raise_type(vm, "function() argument 'globals' must be dict, not %T", a->globals);
  if (a->name != VALUE_NONE && !value_is_str(a->name))
    return raise_type(vm, "arg 3 (name) must be None or string");
  if (a->argdefs != VALUE_NONE && !value_is(a->argdefs, tuple))
    return raise_type(vm, "arg 4 (defaults) must be None or tuple");
  Value closure = check_closure(vm, value_object(a->code), a->closure);
  if (value_is_fail(closure)) return closure;
  AUDITED(vm, "function.__new__", a->code);
  Function *function = function_new(vm, value_object(a->code), value_object(a->globals));
  if (!function) return VALUE_FAIL;
  if (value_is_pointer(a->name)) function->name = value_object(a->name);
  if (value_is_pointer(a->argdefs)) function->defaults = value_object(a->argdefs);
  if (value_is_pointer(closure)) function->closure = value_object(closure);
  heap_barrier_any(vm, function);
  return value_from(function);
}

const ClassSpec function_class = {
    NATIVE_CLASS(function_),
    .basic_size = sizeof(Function),
    .trace = function_trace,
};
