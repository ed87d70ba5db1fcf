/* _imp.c -- what importlib needs from the interpreter. There are no extension modules. */
#include "vm/contracts/buffer.h"
#include "vm/contracts/protocol.h"
#include "vm/contracts/type.h"
#include "vm/core/options.h"
#include "vm/contracts/import.h"
#include "vm/imports/frozen.h"
#include "vm/imports/native_modules.h"
#include "vm/imports/absence.h"
#include "vm/modules/thread/thread.h"
#include "vm/modules/thread/thread_lock.h"
#include "vm/objects/bytes.h"
#include "vm/objects/code.h"
#include "vm/objects/list.h"
#include "vm/objects/module.h"

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
/* ---- frozen modules */
static COLD Value raise_frozen(VM *vm, const char *format, Str *name) {
  Str *text = str_format(vm, format, value_from(name));
  Tuple *names = text ? TUPLE(value_from(NAME("name"))) : NULL;
  Value arguments[] = {value_of(text), value_from(name)};
  Value error =
      names ? call_values(vm, value_from(TYPE_OF(ImportError)), arguments, 1, names) : VALUE_FAIL;
  return error == VALUE_FAIL ? error : raise_object(vm, error);
}
static COLD Value no_such_frozen(VM *vm, Str *name) {
  return raise_frozen(vm, "No such frozen object named %R", name);
}
static Value origin_of(VM *vm, const FrozenModule *module) {
  return module->origin ? value_of(str_intern_cstr(vm, module->origin)) : VALUE_NONE;
}

/* marshalled: a memoryview of what marshal makes of the module's code. */
static Value marshalled(VM *vm, const FrozenModule *module) {
  Code *code = frozen_code(vm, module);
  Value marshal = code ? import_module(vm, NAME("marshal")) : VALUE_FAIL;
  Value bytes = marshal == VALUE_FAIL ? VALUE_FAIL
                                      : call_method1(vm, marshal, NAME("dumps"), value_from(code));
  return bytes == VALUE_FAIL ? VALUE_FAIL : call1(vm, value_from(TYPE_OF(memoryview)), bytes);
}
static Value imp_find_frozen(VM *vm, Value self, const imp_find_frozen_args *a) {
  const FrozenModule *module = frozen_find(a->name);
  if (!module) return VALUE_NONE;
  Value data = a->withdata ? marshalled(vm, module) : VALUE_NONE;
  return data == VALUE_FAIL ? data
                            : PACK(data, value_bool(module->is_package), origin_of(vm, module));
}

/* unmarshalled: the code that some bytes hold. */
static Value unmarshalled(VM *vm, Str *name, Value data) {
  Value marshal = import_module(vm, NAME("marshal"));
  if (marshal == VALUE_FAIL) return marshal;
  Value code = call_method1(vm, marshal, NAME("loads"), data);
  if (code == VALUE_FAIL) {
    error_clear(vm);
    return raise_frozen(vm, "Frozen object named %R is invalid", name);
  }
  if (!value_is(code, code))
    return raise_type(vm, "frozen object %R is not a code object", value_from(name));
  return code;
}
static Value imp_get_frozen_object(VM *vm, Value self, const imp_get_frozen_object_args *a) {
  if (value_is_bytes_like(a->data)) return unmarshalled(vm, a->name, a->data);
  if (a->data != VALUE_NONE)
    return raise_type(vm, "get_frozen_object() argument 2 must be bytes, not %T", a->data);
  const FrozenModule *module = frozen_find(a->name);
  return module ? value_of(frozen_code(vm, module)) : no_such_frozen(vm, a->name);
}
static Value imp_is_frozen_package(VM *vm, Value self, const imp_is_frozen_package_args *a) {
  const FrozenModule *module = frozen_find(a->name);
  return module ? value_bool(module->is_package) : no_such_frozen(vm, a->name);
}
static Value imp_is_frozen(VM *vm, Value self, const imp_is_frozen_args *a) {
  return value_bool(frozen_find(a->name) != NULL);
}

/* run_in: what remains of the module in sys.modules after its code has run. */
static Value run_in(VM *vm, Module *module, Str *name, Code *code) {
  Dict *dict = module_dict(module);
  if (!dict_set_str(vm, dict, NAME("__builtins__"), value_from(module_dict(vm->builtins))) ||
      run_code(vm, code, dict, value_from(dict), NULL) == VALUE_FAIL)
    return VALUE_FAIL;
  Value made = dict_get(vm, vm->modules, value_from(name));
  if (made != VALUE_UNBOUND) return made;
  return raise_error(vm, TYPE_OF(ImportError), "Loaded module %R not found in sys.modules",
                     value_from(name));
}
static Value imp_init_frozen(VM *vm, Value self, const imp_init_frozen_args *a) {
  const FrozenModule *frozen = frozen_find(a->name);
  if (!frozen) return VALUE_NONE;
  Code *code = frozen_code(vm, frozen);
  Value known = code ? dict_get(vm, vm->modules, value_from(a->name)) : VALUE_FAIL;
  if (known == VALUE_FAIL) return known;
  Module *module = value_is(known, module) ? value_object(known) : module_new(vm, a->name);
  if (!module || !dict_set(vm, vm->modules, value_from(a->name), value_from(module)))
    return VALUE_FAIL;
  Value locations = frozen->is_package ? value_of(list_new(vm, 0)) : VALUE_NONE;
  if (frozen->is_package && !dict_set_str(vm, module_dict(module), NAME("__path__"), locations))
    return VALUE_FAIL;
  Value made = run_in(vm, module, a->name, code);
  return made != VALUE_FAIL && set_attribute(vm, made, NAME("__origname__"), origin_of(vm, frozen))
             ? made
             : VALUE_FAIL;
}
static Value imp_frozen_names(VM *vm, Value self, const imp_frozen_names_args *a) {
  List *names = list_new(vm, frozen_count());
  for (size_t i = 0; names && i < frozen_count(); i++) {
    const FrozenModule *module = frozen_at(i);
    Str *name = str_intern_cstr(vm, module->name);
    if (!name || !list_append_value(vm, names, value_from(name))) return VALUE_FAIL;
  }
  return value_of(names);
}
static Value imp_override_frozen(VM *vm, Value self, const imp_override_frozen_args *a) {
  frozen_override(a->override);
  return VALUE_NONE;
}

/* ---- native modules */
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
  Value name = get_attribute(vm, a->spec, NAME("name"));
  if (name == VALUE_FAIL) return VALUE_FAIL;
  if (!value_is_str(name)) return raise_type(vm, "spec.name must be a string");
  Value file = get_attribute(vm, a->spec, NAME("origin"));
  if (file == VALUE_FAIL) return VALUE_FAIL;
  if (!value_is_str(file)) return raise_type(vm, "bad argument type for built-in operation");
  Str *whole = value_object(name);
  size_t start = whole->length;
  while (start > 0 && str_at(whole, start - 1) != '.') start--;
  Str *tail = str_substring(vm, whole, start, whole->length);
  const char *text = str_utf8(vm, value_object(file), NULL);
  if (!text || !tail) return VALUE_FAIL;
  Str *path = strchr(text, '/') ? value_object(file) : str_format(vm, "./%S", file);
  if (path) import_refuse(vm, tail, path);
  return VALUE_FAIL;
}
static Value imp_fix_co_filename(VM *vm, Value self, const imp_fix_co_filename_args *a) {
  if (!value_is(a->code, code))
    return raise_type(vm, "_fix_co_filename() argument 1 must be code, not %T", a->code);
  Code *code = value_object(a->code);
  code->filename = a->path;
  heap_barrier_object(vm, code, a->path);
  return VALUE_NONE;
}

/* siphash13: SipHash with one round a word and three at the end (Aumasson and Bernstein, 2012), the
** second half of the key 0: what .pyc files checked by content hold of their source. */
static void sip_round(uint64_t v[4]) {
#define ROTATE(x, n) (((x) << (n)) | ((x) >> (64 - (n))))
  v[0] += v[1], v[2] += v[3];
  v[1] = ROTATE(v[1], 13) ^ v[0], v[3] = ROTATE(v[3], 16) ^ v[2];
  v[0] = ROTATE(v[0], 32);
  v[2] += v[1], v[0] += v[3];
  v[1] = ROTATE(v[1], 17) ^ v[2], v[3] = ROTATE(v[3], 21) ^ v[0];
  v[2] = ROTATE(v[2], 32);
#undef ROTATE
}
static void sip_word(uint64_t v[4], uint64_t word) {
  v[3] ^= word;
  sip_round(v);
  v[0] ^= word;
}
static uint64_t siphash13(uint64_t key, const uint8_t *bytes, size_t n) {
  static const char start[] = "somepseudorandomlygeneratedbytes"; /* four words, big-endian */
  uint64_t v[4], word;
  for (int i = 0; i < 4; i++) {
    memcpy(&word, start + 8 * i, 8);
    v[i] = __builtin_bswap64(word) ^ (i % 2 ? 0 : key);
  }
  size_t whole = n / 8 * 8;
  for (size_t i = 0; i < whole; i += 8) memcpy(&word, bytes + i, 8), sip_word(v, word);
  word = 0;
  memcpy(&word, bytes + whole, n - whole);
  sip_word(v, word | (uint64_t)n << 56);
  v[2] ^= 0xFF;
  for (int i = 0; i < 3; i++) sip_round(v);
  return v[0] ^ v[1] ^ v[2] ^ v[3];
}
static Value imp_source_hash(VM *vm, Value self, const imp_source_hash_args *a) {
  uint64_t hash = siphash13((uint64_t)a->key, a->source.bytes, a->source.n);
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
