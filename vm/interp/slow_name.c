/* slow_name.c -- global, builtin and namespace variables: full lookup, and the inline caches of
** their sites. See the law of stamps in dict.h. */
#include "vm/contracts/import.h"
#include "vm/interp/misses.h"
#include "vm/interp/slow.h"
#include "vm/objects/exception.h"

static COLD Str *wide_name(const void *insn, const Function *function) {
  return value_object(function->code->names->items[threaded_wide_name(function->threaded, insn)]);
}

Str *frame_name(const void *insn, const Value *base, uint32_t name) {
  const Function *function = frame_function(base);
  return UNLIKELY(name == NAME_IS_WIDE) ? wide_name(insn, function)
                                        : value_object(function->code->names->items[name]);
}

/* The pending NameError is about `name`. */
static void error_set_name(VM *vm, Str *name) {
  if (!error_pending(vm)) return;
  NameErrorObject *error = value_object(vm->exception);
  error->name = value_from(name);
  heap_barrier_object(vm, error, name);
}

static COLD Value name_error(VM *vm, Str *name) {
  raise_error(vm, TYPE_OF(NameError), "name '%U' is not defined", name);
  error_set_name(vm, name);
  return VALUE_FAIL;
}

Value unbound_local(VM *vm, Value *base, uint32_t name) {
  Str *text = frame_name(vm->pc, base, name);
  raise_error(vm, TYPE_OF(UnboundLocalError),
              "cannot access local variable '%U' where it is not associated with a value", text);
  /* without a name, as in CPython: no name that looks like it will be suggested */
  return VALUE_FAIL;
}

Value unbound_free(VM *vm, Value *base, uint32_t name) {
  Str *text = frame_name(vm->pc, base, name);
  raise_error(
      vm, TYPE_OF(NameError),
      "cannot access free variable '%U' where it is not associated with a value in enclosing scope",
      text);
  error_set_name(vm, text);
  return VALUE_FAIL;
}

/* quicken_stamped: the site's base form stays when there was no stamp to draw (KEY_NONE). */
static void quicken_stamped(void *insn, uint32_t stamp, ThreadedOp op) {
  if (key_is_cacheable(stamp)) quicken(insn, op);
}

/* count_miss: before the cache is filled anew. */
static COLD void count_miss(VM *vm, const void *insn, const GlobalCache *cache,
                            const Function *function, bool is_plain) {
  MissReason reason = MISS_BUILTINS;
  if (!is_plain) reason = MISS_NAMESPACE;
  else if (!cache->value) reason = MISS_FIRST;
  else if (cache->globals != function->globals->stamp) reason = MISS_GLOBALS;
  miss_count(vm, insn, NULL, reason);
}

/* load_cached: the global or builtin; fills the site's cache and makes it `module_op` or
** `builtin_op`. */
static Value load_cached(VM *vm, void *insn, GlobalCache *cache, Function *function, Str *name,
                         ThreadedOp module_op, ThreadedOp builtin_op) {
  Value late = import_late_global(vm, function->globals, name);
  if (UNLIKELY(late == VALUE_FAIL)) return late;
  Value *slot = dict_find_slot(vm, function->globals, name);
  if (slot) {
    *cache = (GlobalCache){.globals = dict_stamp(vm, function->globals), .value = slot};
    quicken_stamped(insn, cache->globals, module_op);
    return *slot;
  }
  Value v = dict_ask_name(vm, function->globals, name);
  if (UNLIKELY(v != VALUE_UNBOUND)) return v;
  slot = dict_find_slot(vm, function->builtins, name);
  if (slot) {
    /* its keys are asked each time */
    if (UNLIKELY(function->globals->table->kind == DICT_ANY)) return *slot;
    *cache =
        (GlobalCache){dict_stamp(vm, function->globals), dict_stamp(vm, function->builtins), slot};
    if (key_is_cacheable(cache->builtins)) quicken_stamped(insn, cache->globals, builtin_op);
    return *slot;
  }
  return name_error(vm, name);
}

/* A subclass of dict as globals or builtins goes by its own lookup. */
static Value load_uncached(VM *vm, Function *function, Str *name) {
  Value v = get_item(vm, value_from(function->globals), value_from(name));
  if (v != VALUE_FAIL || !error_clear_if(vm, TYPE_OF(KeyError))) return v;
  v = get_item(vm, value_from(function->builtins), value_from(name));
  if (v != VALUE_FAIL || !error_clear_if(vm, TYPE_OF(KeyError))) return v;
  return name_error(vm, name);
}

static bool plain_dicts(const Function *function) {
  return function->globals->h.shape == SHAPE_OF(dict) &&
         function->builtins->h.shape == SHAPE_OF(dict);
}

Value load_global_miss(VM *vm, Insn_LOAD_GLOBAL *insn, Value *base) {
  quicken(insn, T_LOAD_GLOBAL);
  Function *function = frame_function(base);
  Str *name = frame_name(insn, base, insn->name);
  bool is_plain = plain_dicts(function);
  if (UNLIKELY(vm->misses != NULL)) count_miss(vm, insn, &insn->cache, function, is_plain);
  if (UNLIKELY(!is_plain)) return load_uncached(vm, function, name);
  return load_cached(vm, insn, &insn->cache, function, name, T_LOAD_GLOBAL_MODULE,
                     T_LOAD_GLOBAL_BUILTIN);
}

static bool store_cached(VM *vm, void *insn, GlobalCache *cache, Dict *globals, Str *name, Value v,
                         ThreadedOp op) {
  Value *slot = dict_find_slot(vm, globals, name);
  if (!slot) return dict_set_str(vm, globals, name, v);
  *slot = v;
  heap_barrier(vm, globals->table, v);
  *cache = (GlobalCache){.globals = dict_stamp(vm, globals), .value = slot};
  quicken_stamped(insn, cache->globals, op);
  return true;
}

bool store_global_miss(VM *vm, Insn_STORE_GLOBAL *insn, Value *base) {
  quicken(insn, T_STORE_GLOBAL);
  return store_cached(vm, insn, &insn->cache, frame_function(base)->globals,
                      frame_name(insn, base, insn->name), base[insn->value], T_STORE_GLOBAL_SLOT);
}

bool slow_delete_global(VM *vm, Value *base, uint32_t name) {
  Str *text = frame_name(vm->pc, base, name);
  Value old = dict_remove_str(vm, frame_function(base)->globals, text);
  return old != VALUE_UNBOUND || (name_error(vm, text), false);
}

/* ---- namespaces: R[0] */
Value load_name_miss(VM *vm, Insn_LOAD_NAME *insn, Value *base) {
  quicken(insn, T_LOAD_NAME);
  Function *function = frame_function(base);
  Str *name = frame_name(insn, base, insn->name);
  bool is_plain = base[0] == value_from(function->globals) && plain_dicts(function);
  if (UNLIKELY(vm->misses != NULL)) count_miss(vm, insn, &insn->cache, function, is_plain);
  if (is_plain)
    return load_cached(vm, insn, &insn->cache, function, name, T_LOAD_NAME_MODULE,
                       T_LOAD_NAME_BUILTIN);
  Value v;
  if (value_is(base[0], dict)) {
    v = dict_get_name(vm, value_object(base[0]), name);
    if (v != VALUE_UNBOUND) return v;
  } else {
    v = get_item(vm, base[0], value_from(name));
    if (v != VALUE_FAIL) return v;
    if (!error_clear_if(vm, TYPE_OF(KeyError))) return VALUE_FAIL;
  }
  if (!plain_dicts(function)) return load_uncached(vm, function, name);
  v = import_late_global(vm, function->globals, name);
  if (v == VALUE_UNBOUND) v = dict_get_name(vm, function->globals, name);
  if (v == VALUE_UNBOUND) v = dict_get_str(vm, function->builtins, name);
  return v == VALUE_UNBOUND ? name_error(vm, name) : v;
}

bool store_name_miss(VM *vm, Insn_STORE_NAME *insn, Value *base) {
  quicken(insn, T_STORE_NAME);
  Function *function = frame_function(base);
  Str *name = frame_name(insn, base, insn->name);
  if (base[0] == value_from(function->globals) && plain_dicts(function))
    return store_cached(vm, insn, &insn->cache, function->globals, name, base[insn->value],
                        T_STORE_NAME_GLOBAL);
  if (value_is(base[0], dict))
    return dict_set_str(vm, value_object(base[0]), name, base[insn->value]);
  return set_item(vm, base[0], value_from(name), base[insn->value]);
}

bool slow_delete_name(VM *vm, Value *base, uint32_t name) {
  Str *text = frame_name(vm->pc, base, name);
  if (delete_item(vm, base[0], value_from(text))) return true;
  if (error_clear_if(vm, TYPE_OF(KeyError))) name_error(vm, text);
  return false;
}

Value slow_class_free(VM *vm, Value *base, Value cell, uint32_t name) {
  Str *text = frame_name(vm->pc, base, name);
  Value v;
  if (value_is(base[0], dict)) {
    v = dict_get_str(vm, value_object(base[0]), text);
    if (v != VALUE_UNBOUND) return v;
  } else {
    v = get_item(vm, base[0], value_from(text));
    if (v != VALUE_FAIL || !error_clear_if(vm, TYPE_OF(KeyError))) return v;
  }
  v = ((Cell *)value_object(cell))->value;
  if (v != VALUE_UNBOUND) return v;
  return unbound_free(vm, base, name);
}

/* ---- far variables */
Value slow_make_far(VM *vm, Value *base) {
  Code *code = frame_function(base)->code;
  const ImageFunction *fn = &code->fn;
  Dict *far = dict_new(vm);
  Tuple *names = far ? code_varnames(vm, code) : NULL;
  if (!names) return VALUE_FAIL;
  uint32_t parameters = fn->argcount + fn->kwonlycount + !!(fn->flags & FUNCTION_VARARGS) +
                        !!(fn->flags & FUNCTION_VARKEYWORDS);
  for (uint32_t i = FAR_FROM; i < parameters; i++)
    if (!dict_set_str(vm, far, value_object(names->items[i]), base[i])) return VALUE_FAIL;
  return value_from(far);
}

static COLD Value no_far(VM *vm) {
  return raise_error(vm, TYPE_OF(SystemError), "no variables beyond the registers");
}

Value slow_load_far(VM *vm, Value *base, Value far, uint32_t name, UnboundError *complain) {
  if (UNLIKELY(!value_is(far, dict))) return no_far(vm);
  Value v = dict_get_str(vm, value_object(far), frame_name(vm->pc, base, name));
  return v == VALUE_UNBOUND ? complain(vm, base, name) : v;
}

bool slow_store_far(VM *vm, Value *base, Value far, uint32_t name, Value v) {
  if (UNLIKELY(!value_is(far, dict))) return no_far(vm) != VALUE_FAIL;
  Str *text = frame_name(vm->pc, base, name);
  if (v != VALUE_UNBOUND) return dict_set_str(vm, value_object(far), text, v);
  if (dict_remove_str(vm, value_object(far), text) != VALUE_UNBOUND) return true;
  unbound_local(vm, base, name);
  return false;
}

Value slow_free_far(VM *vm, const Value *base, Value index) {
  const Tuple *closure = frame_function(base)->closure;
  if (UNLIKELY(!closure || !value_is_int(index) ||
               (uint64_t)value_as_int(index) >= tuple_length(closure)))
    return no_far(vm);
  return closure->items[value_as_int(index)];
}

bool slow_setup_annotations(VM *vm, Value *base) {
  Value key = value_from(NAME("__annotations__"));
  if (value_is(base[0], dict)) {
    Dict *dict = value_object(base[0]);
    if (dict_get_str(vm, dict, value_object(key)) != VALUE_UNBOUND) return true;
    return dict_set_str(vm, dict, value_object(key), value_from(dict_new(vm)));
  }
  Value there = get_item(vm, base[0], key);
  if (there != VALUE_FAIL) return true;
  if (!error_clear_if(vm, TYPE_OF(KeyError))) return false;
  return set_item(vm, base[0], key, value_from(dict_new(vm)));
}
