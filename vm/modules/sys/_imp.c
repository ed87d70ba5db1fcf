/* _imp.c -- what importlib needs from the interpreter. Nothing is frozen, and there are no
** extension modules. */
#include "vm/contracts/buffer.h"
#include "vm/contracts/protocol.h"
#include "vm/contracts/type.h"
#include "vm/core/options.h"
#include "vm/imports/native_modules.h"
#include "vm/modules/thread/thread.h"
#include "vm/modules/thread/thread_lock.h"
#include "vm/objects/bytes.h"
#include "vm/objects/code.h"
#include "vm/objects/list.h"

#include <xxhash.h>

#define NATIVE_DEF "vm/modules/sys/_imp.def"
#define NATIVE_PREFIX imp_
#include "vm/contracts/native_class.inc"

static RLock import_lock;

static void prepare_lock(void) {
  static bool is_ready;
  if (!is_ready) rlock_init(&import_lock);
  is_ready = true;
}

void import_lock_before_fork(VM *vm) {
  prepare_lock();
  while (!rlock_take(vm, &import_lock)) error_unraisable(vm, "while forking", VALUE_NONE);
}
void import_lock_after_fork(VM *vm) {
  if (!rlock_give(vm, &import_lock)) panic("the lock of imports is not held after fork()");
}

static Value imp_extension_suffixes(VM *vm, Value self, const imp_extension_suffixes_args *a) {
  return value_of(list_new(vm, 0));
}
static Value imp_lock_held(VM *vm, Value self, const imp_lock_held_args *a) {
  return value_bool(import_lock.count > 0);
}
static Value imp_acquire_lock(VM *vm, Value self, const imp_acquire_lock_args *a) {
  return value_none_if(rlock_take(vm, &import_lock));
}
static Value imp_release_lock(VM *vm, Value self, const imp_release_lock_args *a) {
  if (!rlock_give(vm, &import_lock))
    return raise_error(vm, TYPE_OF(RuntimeError), "not holding the import lock");
  return VALUE_NONE;
}
static Value imp_find_frozen(VM *vm, Value self, const imp_find_frozen_args *a) {
  return VALUE_NONE;
}
static Value no_such_frozen(VM *vm, Str *name) {
  return raise_error(vm, TYPE_OF(ImportError), "No such frozen object named %U", name);
}
static Value imp_get_frozen_object(VM *vm, Value self, const imp_get_frozen_object_args *a) {
  return no_such_frozen(vm, a->name);
}
static Value imp_is_frozen_package(VM *vm, Value self, const imp_is_frozen_package_args *a) {
  return no_such_frozen(vm, a->name);
}
static Value imp_init_frozen(VM *vm, Value self, const imp_init_frozen_args *a) {
  return VALUE_NONE;
}
static Value imp_is_frozen(VM *vm, Value self, const imp_is_frozen_args *a) { return VALUE_FALSE; }
static Value imp_frozen_names(VM *vm, Value self, const imp_frozen_names_args *a) {
  return value_of(list_new(vm, 0));
}
static Value imp_override_frozen(VM *vm, Value self, const imp_override_frozen_args *a) {
  return VALUE_NONE;
}

static const ModuleSpec *find(VM *vm, Str *name) {
  const char *text = str_utf8(vm, name, NULL);
  return text ? native_module_find(text) : NULL;
}
static Value imp_is_builtin(VM *vm, Value self, const imp_is_builtin_args *a) {
  if (!find(vm, a->name)) return value_int_unchecked(0);
  bool always = str_equal_cstr(a->name, "sys") || str_equal_cstr(a->name, "builtins");
  return value_int_unchecked(always ? -1 : 1);
}
static Value imp_create_builtin(VM *vm, Value self, const imp_create_builtin_args *a) {
  Value name = get_attribute(vm, a->spec, NAME("name"));
  if (name == VALUE_FAIL) return VALUE_FAIL;
  if (!value_is_str(name)) return raise_type(vm, "name must be string, not %T", name);
  Value known = dict_get(vm, vm->modules, name);
  if (known != VALUE_UNBOUND) return known;
  const ModuleSpec *spec = find(vm, value_object(name));
  if (!spec) return VALUE_NONE;
  return value_of(native_module_make(vm, spec));
}
static Value imp_exec_builtin(VM *vm, Value self, const imp_exec_builtin_args *a) {
  return value_int_unchecked(0);
}
static Value imp_exec_dynamic(VM *vm, Value self, const imp_exec_dynamic_args *a) {
  return value_int_unchecked(0);
}
static Value imp_create_dynamic(VM *vm, Value self, const imp_create_dynamic_args *a) {
  return raise_error(vm, TYPE_OF(ImportError), "extension modules of CPython cannot be loaded");
}
static Value imp_fix_co_filename(VM *vm, Value self, const imp_fix_co_filename_args *a) {
  if (!value_is(a->code, code))
    return raise_type(vm, "_fix_co_filename() argument 1 must be code, not %T", a->code);
  Code *code = value_object(a->code);
  code->filename = a->path;
  heap_barrier_object(vm, code, a->path);
  return VALUE_NONE;
}
static Value imp_source_hash(VM *vm, Value self, const imp_source_hash_args *a) {
  BufferView view;
  if (!buffer_acquire(vm, a->source, &view, false)) return VALUE_FAIL;
  uint64_t hash = XXH3_64bits_withSeed(view.bytes, view.size, (uint64_t)a->key);
  buffer_release(vm, &view);
  return value_of(bytes_new(vm, &hash, sizeof hash));
}
static bool init(VM *vm, Module *module) {
  prepare_lock();
  return module_add_str(vm, module, "check_hash_based_pycs", vm->options->check_hash_based_pycs);
}

const ModuleSpec _imp_module = {
    .name = "_imp",
    .doc = "(Extremely) low-level import machinery bits as used by importlib and imp.",
    NATIVE_FUNCTIONS(imp_),
    .init = init};
