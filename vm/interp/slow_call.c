/* slow_call.c -- calls that the loop does not finish by itself, and calls from C (perf-note
** 0040). */
#include "vm/contracts/type.h"
#include "vm/interp/interp_verify.h"
#include "vm/interp/slow.h"
#include "vm/native/bind.h"

/* Arrays of arguments are cleared: the collector would see what calls that are over have left
** behind those that are given, as long as this one lasts. */
static Value call_native(VM *vm, NativeFunction *native, Value self, const Value *args, int argc,
                         Tuple *kwnames) {
  const MethodSpec *spec = native->spec;
  if (spec->flags & METHOD_RAW) return spec->raw(vm, self, args, argc, kwnames);
  if (LIKELY((spec->flags & METHOD_PLAIN) && !kwnames && argc >= spec->npos_min &&
             argc <= spec->nparams && spec->nparams <= 8)) {
    if (argc == spec->nparams) return spec->entry(vm, spec, self, args);
    Value filled[8] = {0};
    for (int i = 0; i < spec->nparams; i++) filled[i] = i < argc ? args[i] : VALUE_MISSING;
    return spec->entry(vm, spec, self, filled);
  }
  return native_call(vm, spec, self, args, argc, kwnames);
}

Value slow_native(VM *vm, NativeFunction *native, Value self, const Value *args, int argc,
                  Tuple *kwnames) {
  assert(!error_pending(vm));
  Value result = call_native(vm, native, self, args, argc, kwnames);
  assert(result_verify(vm, result));
  return result;
}

static Value call_descriptor(VM *vm, Value callee, const Value *args, int argc, Tuple *kwnames) {
  NativeFunction *native = value_object(callee);
  if (UNLIKELY(argc < 1))
    return raise_type(vm, "unbound method %N.%s() needs an argument", native->owner,
                      native->spec->name);
  if (UNLIKELY(!value_is_of_native(args[0], native->owner) &&
               !type_is_subtype(value_type(args[0]), native->owner)))
    return raise_type(vm,
                      native->spec->flags & METHOD_SLOT
                          ? "descriptor '%s' requires a '%N' object but received a '%T'"
                          : "descriptor '%s' for '%N' objects doesn't apply to a '%T' object",
                      native->spec->name, native->owner, args[0]);
  return slow_native(vm, native, args[0], args + 1, argc - 1, kwnames);
}

/* call_bound_many: apart, so that the frame of the usual case has no words that only this one
** writes. */
NOINLINE static Value call_bound_many(VM *vm, Value function, Value self, const Value *args,
                                      int npos, Tuple *kwnames) {
  size_t total = (size_t)npos + (kwnames ? tuple_length(kwnames) : 0);
  ValueArray *with_self = value_array_new(vm, total + 1);
  if (!with_self) return VALUE_FAIL;
  with_self->items[0] = self;
  memcpy(with_self->items + 1, args, total * sizeof(Value));
  return call_values(vm, function, with_self->items, npos + 1, kwnames);
}

static Value call_bound(VM *vm, Value function, Value self, const Value *args, int npos,
                        Tuple *kwnames) {
  if (LIKELY(value_is(function, function)))
    return run_method(vm, value_object(function), self, args, npos,
                      kwnames && tuple_length(kwnames) ? kwnames : NULL);
  size_t total = (size_t)npos + (kwnames ? tuple_length(kwnames) : 0);
  if (UNLIKELY(total >= 16)) return call_bound_many(vm, function, self, args, npos, kwnames);
  Value with_self[16] = {0};
  with_self[0] = self;
  if (total) memcpy(with_self + 1, args, total * sizeof(Value));
  return call_values(vm, function, with_self, npos + 1, kwnames);
}

/* call_method_of: __call__ as the class has it: bound, unless self can simply go first. */
static Value call_method_of(VM *vm, Value method, Value callee, Type *type, const Value *args,
                            int npos, Tuple *kwnames) {
  if (value_is(method, function) || value_is(method, method_descriptor) ||
      value_is(method, wrapper_descriptor))
    return call_bound(vm, method, callee, args, npos, kwnames);
  Value bound = descriptor_get(vm, method, callee, type);
  return value_is_fail(bound) ? bound : call_values(vm, bound, args, npos, kwnames);
}

static Value call_object(VM *vm, Value callee, const Value *args, int npos, Tuple *kwnames) {
  Type *type = value_type(callee);
  if (type->call) return type->call(vm, callee, args, npos, kwnames);
  Value method = type->specials[SPECIAL_call];
  if (method == VALUE_UNBOUND) return raise_type(vm, "'%N' object is not callable", type);
  if (UNLIKELY(vm->recursion_left <= 0)) return frame_overflow(vm), VALUE_FAIL;
  vm->recursion_left--; /* an object may be its own class's __call__ */
  Value result = call_method_of(vm, method, callee, type, args, npos, kwnames);
  vm->recursion_left++;
  return result;
}

static Value call_any(VM *vm, Value callee, const Value *args, int npos, Tuple *kwnames) {
  if (UNLIKELY(!value_is_pointer(callee)))
    return raise_type(vm, "'%T' object is not callable", callee);
  if (kwnames && tuple_length(kwnames) == 0) kwnames = NULL;
  if (value_is(callee, function))
    return run_function(vm, value_object(callee), args, npos, kwnames);
  if (UNLIKELY(!vm_guard_call(vm))) return VALUE_FAIL;
  switch (((Object *)value_object(callee))->shape) {
  case SHAPE_OF(builtin_function_or_method): {
    NativeFunction *native = value_object(callee);
    return slow_native(vm, native, native->self, args, npos, kwnames);
  }
  case SHAPE_OF(method_descriptor):
  case SHAPE_OF(wrapper_descriptor): return call_descriptor(vm, callee, args, npos, kwnames);
  case SHAPE_OF(method):
    return call_bound(vm, ((Method *)value_object(callee))->function,
                      ((Method *)value_object(callee))->self, args, npos, kwnames);
  case SHAPE_OF(type): return type_call(vm, callee, args, npos, kwnames);
  default: return call_object(vm, callee, args, npos, kwnames);
  }
}

Value call_values(VM *vm, Value callee, const Value *args, int npos, Tuple *kwnames) {
  assert(!error_pending(vm));
  Value result = call_any(vm, callee, args, npos, kwnames);
  assert(result_verify(vm, result));
  return result;
}

Value slow_call(VM *vm, Value callee, Value *args, int argc, Tuple *kwnames) {
  return call_values(vm, callee, args, argc, kwnames);
}

bool value_is_callable(Value v) {
  Type *type = value_type(v);
  return type->call || type->specials[SPECIAL_call] != VALUE_UNBOUND || value_is(v, function) ||
         value_is(v, method) || value_is(v, builtin_function_or_method) ||
         value_is(v, method_descriptor) || value_is(v, wrapper_descriptor) || value_is_type(v);
}

Value call_tuple_dict(VM *vm, Value f, Tuple *args, Dict *kwargs) {
  size_t npos = tuple_length(args), nkw = kwargs ? dict_length(kwargs) : 0;
  if (!nkw) return call_values(vm, f, args->items, (int)npos, NULL);
  Value small[16] = {0}, *all = small; /* the C stack keeps them alive */
  ValueArray *large = npos + nkw > ARRAY_COUNT(small) ? value_array_new(vm, npos + nkw) : NULL;
  if (npos + nkw > ARRAY_COUNT(small) && !large) return VALUE_FAIL;
  if (large) all = large->items;
  Tuple *names = tuple_new(vm, nkw);
  if (!names) return VALUE_FAIL;
  if (npos) memcpy(all, args->items, npos * sizeof(Value));
  size_t position = 0, i = 0;
  Value key, v;
  while (dict_next(kwargs, &position, &key, &v)) {
    if (!value_is_str(key)) return raise_type(vm, "keywords must be strings");
    tuple_set_item(vm, names, i, key);
    all[npos + i++] = v;
  }
  if (large) heap_barrier_any(vm, large);
  return call_values(vm, f, all, (int)npos, names);
}

Value call_method_values(VM *vm, Value self, Str *name, const Value *args, int npos,
                         Tuple *kwnames) {
  Value receiver;
  Value method = get_method(vm, self, name, &receiver);
  if (value_is_fail(method)) return method;
  return receiver == VALUE_UNBOUND ? call_values(vm, method, args, npos, kwnames)
                                   : call_bound(vm, method, receiver, args, npos, kwnames);
}

Value call_special_values(VM *vm, Value method, Value self, const Value *args, int npos) {
  if (UNLIKELY(!vm_guard_call(vm))) return VALUE_FAIL;
  if (LIKELY(value_is_pointer(method))) {
    switch (((Object *)value_object(method))->shape) {
    case SHAPE_OF(method_descriptor):
    case SHAPE_OF(wrapper_descriptor): {
      NativeFunction *native = value_object(method);
      const MethodSpec *spec = native->spec;
      /* put into a foreign class */
      if (UNLIKELY(!value_is_of_native(self, native->owner)) &&
          !native_check_self(vm, native, self))
        return VALUE_FAIL;
      if (LIKELY(spec->npos_max == npos && spec->nparams == npos &&
                 !(spec->flags & (METHOD_RAW | METHOD_HAS_VAR | METHOD_HAS_KWS))))
        return spec->entry(vm, spec, self, args);
      return slow_native(vm, native, self, args, npos, NULL);
    }
    case SHAPE_OF(function): return run_method(vm, value_object(method), self, args, npos, NULL);
    default: break;
    }
  }
  Value bound = descriptor_get(vm, method, self, value_type(self));
  return value_is_fail(bound) ? bound : call_values(vm, bound, args, npos, NULL);
}

/* callee_name: "module.qualname()" as call errors show it. */
Value callee_name(VM *vm, Value callee) {
  Value qualname = find_attribute(vm, callee, NAME("__qualname__"));
  if (value_is_fail(qualname)) return qualname;
  if (!value_is_str(qualname)) return value_str(vm, callee);
  Value module = find_attribute(vm, callee, NAME("__module__"));
  if (value_is_fail(module)) return module;
  Str *text = value_is_str(module) && !str_equal_cstr(value_object(module), "builtins")
                  ? str_format(vm, "%S.%S()", module, qualname)
                  : str_format(vm, "%S()", qualname);
  return value_of(text);
}

Value slow_make_function(VM *vm, const Insn_MAKE_FUNCTION *insn, Value *base) {
  Value *parts = &base[insn->base];
  uint32_t which = insn->parts;
  Function *function = function_new(vm, value_object(insn->code), frame_function(base)->globals);
  if (!function) return VALUE_FAIL;
  if (which & 1) function->defaults = value_object(parts[0]);
  if (which & 2) function->kwdefaults = value_object(parts[1]);
  if (which & 4) function->annotations = parts[2];
  if (which & 8) function->closure = value_object(parts[3]);
  heap_barrier_any(vm, function);
  return value_from(function);
}

Value slow_build_class(VM *vm, Value *base) {
  Value v = dict_get_str(vm, frame_function(base)->builtins, NAME("__build_class__"));
  return v == VALUE_UNBOUND ? raise_error(vm, TYPE_OF(NameError), "__build_class__ not found") : v;
}
