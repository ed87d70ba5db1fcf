/* builtins.c -- the module builtins. Printing, compiling and folding over iterables have files of
** their own. */
#include "vm/contracts/import.h"
#include "vm/contracts/sys.h"
#include "vm/core/options.h"
#include "vm/interp/frame.h"
#include "vm/modules/builtins/builtins_internal.h"
#include "vm/objects/int.h"
#include "vm/objects/items.h"
#include "vm/objects/iterators.h"
#include "vm/objects/list.h"
#include "vm/objects/module.h"
#include "vm/objects/object.h"
#include "vm/objects/sequence_iterator.h"

#define NATIVE_DEF "vm/modules/builtins/builtins.def"
#define NATIVE_PREFIX builtins_
#include "vm/contracts/native_class.inc"

/* ---- attributes */

static Value builtins_getattr(VM *vm, Value self, const builtins_getattr_args *a) {
  Str *name = value_is_str(a->name) ? attribute_name(vm, a->name) : NULL;
  if (!name)
    return error_pending(vm) ? VALUE_FAIL
                             : raise_type(vm, "attribute name must be string, not '%T'", a->name);
  if (a->otherwise == VALUE_MISSING) return get_attribute(vm, a->object, name);
  Value v = find_attribute(vm, a->object, name);
  return v == VALUE_UNBOUND ? a->otherwise : v;
}
static Value builtins_hasattr(VM *vm, Value self, const builtins_hasattr_args *a) {
  Str *name = attribute_name(vm, a->name);
  Value v = name ? find_attribute(vm, a->obj, name) : VALUE_FAIL;
  return v == VALUE_FAIL ? v : value_bool(v != VALUE_UNBOUND);
}
static Value builtins_setattr(VM *vm, Value self, const builtins_setattr_args *a) {
  Str *name = attribute_name(vm, a->name);
  return value_none_if(name && set_attribute(vm, a->obj, name, a->value));
}
static Value builtins_delattr(VM *vm, Value self, const builtins_delattr_args *a) {
  Str *name = attribute_name(vm, a->name);
  return value_none_if(name && set_attribute(vm, a->obj, name, VALUE_MISSING));
}
static Value builtins_callable(VM *vm, Value self, const builtins_callable_args *a) {
  return value_bool(value_is_callable(a->obj));
}
static Value builtins_id(VM *vm, Value self, const builtins_id_args *a) {
  uint64_t id = value_identity(a->obj);
  Value number = id <= INT64_MAX ? value_int(vm, (int64_t)id) : int_from_uint64(vm, id);
  return sys_audit(vm, "builtins.id", number) ? number : VALUE_FAIL;
}
static Value builtins_isinstance(VM *vm, Value self, const builtins_isinstance_args *a) {
  Answer found = is_instance(vm, a->obj, a->class_or_tuple);
  return found == ANSWER_FAILED ? VALUE_FAIL : value_bool(found);
}
static Value builtins_issubclass(VM *vm, Value self, const builtins_issubclass_args *a) {
  Answer found = is_subclass(vm, a->cls, a->class_or_tuple);
  return found == ANSWER_FAILED ? VALUE_FAIL : value_bool(found);
}

/* ---- namespaces */

Value current_locals(VM *vm) {
  Frame *frame = frame_current(vm, 0);
  return frame ? frame_locals(vm, frame)
               : raise_error(vm, TYPE_OF(SystemError), "frame does not exist");
}
Dict *current_globals(VM *vm) { return vm->base ? frame_function(vm->base)->globals : NULL; }

static Value builtins_globals(VM *vm, Value self, const builtins_globals_args *a) {
  Dict *globals = current_globals(vm);
  return globals ? value_from(globals) : VALUE_NONE;
}
static Value builtins_locals(VM *vm, Value self, const builtins_locals_args *a) {
  return current_locals(vm);
}

static Value builtins_vars(VM *vm, Value self, const builtins_vars_args *a) {
  if (a->object == VALUE_MISSING) return current_locals(vm);
  Value dict = find_attribute(vm, a->object, NAME("__dict__"));
  return dict == VALUE_UNBOUND ? raise_type(vm, "vars() argument must have __dict__ attribute")
                               : dict;
}

static Value sorted_names(VM *vm, Value names) {
  if (names == VALUE_FAIL) return VALUE_FAIL;
  List *list = list_from_iterable(vm, names);
  return list && list_sort_values(vm, list, VALUE_NONE, false) ? value_from(list) : VALUE_FAIL;
}
static Value builtins_dir(VM *vm, Value self, const builtins_dir_args *a) {
  if (a->object == VALUE_MISSING) {
    Value locals = current_locals(vm);
    return sorted_names(vm, locals == VALUE_FAIL     ? locals
                            : value_is(locals, dict) ? locals
                                                     : call_method0(vm, locals, NAME("keys")));
  }
  Value method = value_special(a->object, SPECIAL_dir);
  if (method == VALUE_UNBOUND) return raise_type(vm, "object does not provide __dir__");
  return sorted_names(vm, call_special0(vm, method, a->object));
}

/* ---- numbers */

static Value builtins_abs(VM *vm, Value self, const builtins_abs_args *a) {
  if (value_is_int(a->x)) return a->x >> 63 ? int_neg(vm, a->x) : a->x;
  if (value_is_float(a->x)) return value_float(vm, __builtin_fabs(value_as_float(a->x)));
  if (value_is(a->x, int)) return int_sign(a->x) < 0 ? int_neg(vm, a->x) : a->x;
  Value method = value_special(a->x, SPECIAL_abs);
  if (method == VALUE_UNBOUND) return raise_type(vm, "bad operand type for abs(): '%T'", a->x);
  return call_special0(vm, method, a->x);
}
static Value builtins_divmod(VM *vm, Value self, const builtins_divmod_args *a) {
  return binary_op(vm, BINARY_DIVMOD, a->x, a->y);
}
static Value builtins_pow(VM *vm, Value self, const builtins_pow_args *a) {
  return power(vm, a->base, a->exp, a->mod);
}

static Value builtins_round(VM *vm, Value self, const builtins_round_args *a) {
  if (value_is_int(a->number) && a->ndigits == VALUE_NONE) return a->number;
  Value method = value_special(a->number, SPECIAL_round);
  if (method == VALUE_UNBOUND)
    return raise_type(vm, "type %T doesn't define __round__ method", a->number);
  return a->ndigits == VALUE_NONE ? call_special0(vm, method, a->number)
                                  : call_special1(vm, method, a->number, a->ndigits);
}

static Value in_base(VM *vm, Value number, int base, char letter) {
  Value n;
  if (!value_index(vm, number, &n)) return VALUE_FAIL;
  bool negative = int_sign(n) < 0;
  Value digits = int_to_str(vm, negative ? int_neg(vm, n) : n, base);
  if (digits == VALUE_FAIL) return VALUE_FAIL;
  const Str *s = value_object(digits);
  Str *made = str_alloc(vm, s->length + 2 + negative, 127);
  if (!made) return VALUE_FAIL;
  char *text = (char *)str_data(made);
  if (negative) *text++ = '-';
  *text++ = '0', *text++ = letter;
  memcpy(text, str_data(s), s->length);
  return value_from(made);
}
static Value builtins_bin(VM *vm, Value self, const builtins_bin_args *a) {
  return in_base(vm, a->number, 2, 'b');
}
static Value builtins_oct(VM *vm, Value self, const builtins_oct_args *a) {
  return in_base(vm, a->number, 8, 'o');
}
static Value builtins_hex(VM *vm, Value self, const builtins_hex_args *a) {
  return in_base(vm, a->number, 16, 'x');
}

static Value builtins_hash(VM *vm, Value self, const builtins_hash_args *a) {
  uint64_t hash;
  return value_hash(vm, a->obj, &hash) ? value_int(vm, (int64_t)hash) : VALUE_FAIL;
}

/* ---- characters and text */

static Value builtins_chr(VM *vm, Value self, const builtins_chr_args *a) {
  int64_t n;
  Value i;
  if (!value_index(vm, a->i, &i)) return VALUE_FAIL;
  if (!int_to_int64(i, &n) || n > INT32_MAX || n < INT32_MIN)
    return raise_error(vm, TYPE_OF(OverflowError), "Python int too large to convert to C int");
  if (n < 0 || n > 0x10FFFF) return raise_value(vm, "chr() arg not in range(0x110000)");
  return value_from(str_from_char(vm, (uint32_t)n));
}
static Value builtins_ord(VM *vm, Value self, const builtins_ord_args *a) {
  if (value_is_str(a->c)) {
    Str *s = value_object(a->c);
    if (s->length == 1) return value_int_unchecked(str_at(s, 0));
    return raise_type(vm, "ord() expected a character, but string of length %zu found",
                      (size_t)s->length);
  }
  if (value_has_flag(a->c, TYPE_BYTES_SUBCLASS) || value_has_flag(a->c, TYPE_BYTEARRAY_SUBCLASS)) {
    int64_t n = value_length(vm, a->c);
    if (n == 1) return get_item(vm, a->c, value_int_unchecked(0));
    return n < 0 ? VALUE_FAIL
                 : raise_type(vm, "ord() expected a character, but string of length %lld found",
                              (long long)n);
  }
  return raise_type(vm, "ord() expected string of length 1, but %T found", a->c);
}
static Value builtins_repr(VM *vm, Value self, const builtins_repr_args *a) {
  return value_repr(vm, a->obj);
}
static Value builtins_ascii(VM *vm, Value self, const builtins_ascii_args *a) {
  return value_ascii(vm, a->obj);
}
static Value builtins_format(VM *vm, Value self, const builtins_format_args *a) {
  return value_format(vm, a->value, a->format_spec);
}
static Value builtins_print(VM *vm, Value self, const builtins_print_args *a) {
  return builtin_print(vm, a->args, a->sep, a->end, a->file, a->flush);
}
static Value builtins_input(VM *vm, Value self, const builtins_input_args *a) {
  return builtin_input(vm, a->prompt);
}

/* ---- iteration */

static Value builtins_len(VM *vm, Value self, const builtins_len_args *a) {
  int64_t n = value_length(vm, a->obj);
  return n < 0 ? VALUE_FAIL : value_int(vm, n);
}

static Value builtins_iter(VM *vm, Value self, const builtins_iter_args *a) {
  if (a->sentinel == VALUE_MISSING) return get_iterator(vm, a->object);
  if (!value_is_callable(a->object)) return raise_type(vm, "iter(v, w): v must be callable");
  return callable_iterator_new(vm, a->object, a->sentinel);
}
static Value builtins_next(VM *vm, Value self, const builtins_next_args *a) {
  Type *type = value_type(a->iterator);
  if (!type->next && type->specials[SPECIAL_next] == VALUE_UNBOUND)
    return raise_type(vm, "'%T' object is not an iterator", a->iterator);
  vm->stop_value = VALUE_NONE;
  if (a->otherwise != VALUE_MISSING) {
    Value v = iterator_next(vm, a->iterator);
    return v == VALUE_STOP ? a->otherwise : v;
  }
  Value v = iterator_step(vm, a->iterator);
  if (v != VALUE_STOP) return v;
  bool has_result = value_is(a->iterator, generator) || value_is(a->iterator, coroutine_wrapper) ||
                    value_is(a->iterator, async_generator_asend) ||
                    value_is(a->iterator, async_generator_athrow);
  return raise_stop(vm, has_result ? vm->stop_value : VALUE_NONE);
}

static Value any_or_all(VM *vm, Value iterable, int stop_at) {
  Value iterator = get_iterator(vm, iterable);
  if (iterator == VALUE_FAIL) return VALUE_FAIL;
  for (;;) {
    Value v = iterator_next(vm, iterator);
    if (v == VALUE_STOP) return value_bool(!stop_at);
    if (v == VALUE_FAIL) return VALUE_FAIL;
    Answer truth = value_truth(vm, v);
    if (truth == ANSWER_FAILED) return VALUE_FAIL;
    if (truth == stop_at) return value_bool(stop_at);
  }
}
static Value builtins_all(VM *vm, Value self, const builtins_all_args *a) {
  return any_or_all(vm, a->iterable, 0);
}
static Value builtins_any(VM *vm, Value self, const builtins_any_args *a) {
  return any_or_all(vm, a->iterable, 1);
}

static Value builtins_max(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) {
  return builtin_extreme(vm, "max", COMPARE_GT, args, npos, kwnames);
}
static Value builtins_min(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) {
  return builtin_extreme(vm, "min", COMPARE_LT, args, npos, kwnames);
}
static Value builtins_sum(VM *vm, Value self, const builtins_sum_args *a) {
  return builtin_sum(vm, a->iterable, a->start);
}
/* Keywords are list.sort's own, and are asked about after the items. */
static Value builtins_sorted(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) {
  if (!check_positional(vm, "sorted", npos, 1, 1)) return VALUE_FAIL;
  List *list = list_from_iterable(vm, args[0]);
  if (!list) return VALUE_FAIL;
  bool done = kwnames ? call_method_values(vm, value_from(list), NAME("sort"), args + 1, 0,
                                           kwnames) != VALUE_FAIL
                      : list_sort_values(vm, list, VALUE_NONE, false);
  return done ? value_from(list) : VALUE_FAIL;
}

static Value builtins_aiter(VM *vm, Value self, const builtins_aiter_args *a) {
  Value method = value_special(a->async_iterable, SPECIAL_aiter);
  if (method == VALUE_UNBOUND)
    return raise_type(vm, "'%T' object is not an async iterable", a->async_iterable);
  Value it = call_special0(vm, method, a->async_iterable);
  if (it != VALUE_FAIL && !value_has_special(it, SPECIAL_anext))
    return raise_type(vm, "aiter() returned not an async iterator of type '%T'", it);
  return it;
}
static Value builtins_anext(VM *vm, Value self, const builtins_anext_args *a) {
  Value method = value_special(a->aiterator, SPECIAL_anext);
  if (method == VALUE_UNBOUND)
    return raise_type(vm, "'%T' object is not an async iterator", a->aiterator);
  Value awaitable = call_special0(vm, method, a->aiterator);
  if (awaitable == VALUE_FAIL || a->otherwise == VALUE_MISSING) return awaitable;
  return anext_awaitable_new(vm, awaitable, a->otherwise);
}

/* ---- code and classes */

static Value builtins_build_class(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) {
  return build_class(vm, args, npos, kwnames);
}
static Value builtins_compile(VM *vm, Value self, const builtins_compile_args *a) {
  return builtin_compile(vm, a->source, a->filename, a->mode, a->flags, a->dont_inherit,
                         a->optimize, a->feature_version);
}
static Value builtins_eval(VM *vm, Value self, const builtins_eval_args *a) {
  return builtin_eval(vm, a->source, a->globals, a->locals);
}
static Value builtins_exec(VM *vm, Value self, const builtins_exec_args *a) {
  return builtin_exec(vm, a->source, a->globals, a->locals, a->closure);
}
static Value builtins_import(VM *vm, Value self, const builtins_import_args *a) {
  if (!value_is_str(a->name)) return raise_type(vm, "module name must be a string");
  Dict *globals = value_has_flag(a->globals, TYPE_DICT_SUBCLASS) ? value_object(a->globals) : NULL;
  return import_name(vm, value_object(a->name), globals,
                     a->fromlist == VALUE_MISSING ? VALUE_NONE : a->fromlist, a->level);
}
static Value builtins_breakpoint(VM *vm, Value self, const Value *args, int npos, Tuple *kwnames) {
  Value hook = dict_get_str(vm, module_dict(vm->sys), NAME("breakpointhook"));
  if (hook == VALUE_UNBOUND)
    return raise_error(vm, TYPE_OF(RuntimeError), "lost sys.breakpointhook");
  if (!sys_audit(vm, "builtins.breakpoint", hook)) return VALUE_FAIL;
  return call_values(vm, hook, args, npos, kwnames);
}

/* ---- the module */

static const uint16_t public_types[] = {
    TYPE_bool, TYPE_memoryview, TYPE_bytearray,     TYPE_bytes,  TYPE_classmethod, TYPE_complex,
    TYPE_dict, TYPE_enumerate,  TYPE_filter,        TYPE_float,  TYPE_frozenset,   TYPE_property,
    TYPE_int,  TYPE_list,       TYPE_map,           TYPE_object, TYPE_range,       TYPE_reversed,
    TYPE_set,  TYPE_slice,      TYPE_staticmethod,  TYPE_str,    TYPE_super,       TYPE_tuple,
    TYPE_type, TYPE_zip,        TYPE_BaseException,
#define EXCEPTION(name, base) TYPE_##name,
#include "vm/core/exceptions.def"
#undef EXCEPTION
};

static bool add_types(VM *vm, Module *module) {
  for (size_t i = 0; i < ARRAY_COUNT(public_types); i++)
    if (!module_add_type(vm, module, &builtin_types[public_types[i]])) return false;
  Value os_error = value_from(TYPE_OF(OSError));
  return module_add(vm, module, "EnvironmentError", os_error) &&
         module_add(vm, module, "IOError", os_error);
}

static bool init(VM *vm, Module *module) {
  return add_types(vm, module) && module_add(vm, module, "None", VALUE_NONE) &&
         module_add(vm, module, "Ellipsis", VALUE_ELLIPSIS) &&
         module_add(vm, module, "NotImplemented", VALUE_NOT_IMPLEMENTED) &&
         module_add(vm, module, "False", VALUE_FALSE) &&
         module_add(vm, module, "True", VALUE_TRUE) &&
         module_add(vm, module, "__debug__", value_bool(!vm->options || !vm->options->optimize));
}

const ModuleSpec builtins_module = {
    .name = "builtins",
    .doc = "Built-in functions, types, exceptions, and other objects.",
    NATIVE_FUNCTIONS(builtins_),
    .init = init,
};
