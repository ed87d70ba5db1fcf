/* module.c -- the module _pickle: its functions, classes and errors. */
#include "vm/modules/pickle/pickle.h"
#include "vm/objects/bytes.h"

#define NATIVE_DEF "vm/modules/pickle/pickle.def"
#define NATIVE_PREFIX pickle_
#include "vm/contracts/native_class.inc"

struct PickleState pickle_state = {VALUE_NONE, VALUE_NONE, VALUE_NONE};

static Pickler *new_pickler(VM *vm, Value protocol, bool fix_imports, Value buffer_callback) {
  Value v = object_new(vm, TYPE_OF(pickle_Pickler));
  if (value_is_fail(v)) return NULL;
  Pickler *p = value_object(v);
  pickler_init(vm, p);
  return pickler_set_protocol(vm, p, protocol, fix_imports, buffer_callback) ? p : NULL;
}

static Value pickle_dumps(VM *vm, Value self, const pickle_dumps_args *a) {
  Pickler *p = new_pickler(vm, a->protocol, a->fix_imports, a->buffer_callback);
  if (!p || !pickler_dump(vm, p, a->obj)) return VALUE_FAIL;
  Bytes *bytes = bytes_from_buffer(vm, &p->out);
  buffer_deinit(&p->out);
  pickler_forget(vm, p);
  return value_of(bytes);
}

static Value pickle_dump(VM *vm, Value self, const pickle_dump_args *a) {
  Pickler *p = new_pickler(vm, a->protocol, a->fix_imports, a->buffer_callback);
  if (!p) return VALUE_FAIL;
  Value write = find_attribute(vm, a->file, NAME("write"));
  if (write == VALUE_UNBOUND) return raise_type(vm, "file must have a 'write' attribute");
  if (value_is_fail(write)) return write;
  p->write = write;
  return value_none_if(pickler_dump(vm, p, a->obj));
}

static Unpickler *new_unpickler(VM *vm, bool fix_imports, Str *encoding, Str *errors,
                                Value buffers) {
  Value v = object_new(vm, TYPE_OF(pickle_Unpickler));
  if (value_is_fail(v)) return NULL;
  Unpickler *u = value_object(v);
  unpickler_init(vm, u);
  u->fix_imports = fix_imports, u->encoding = encoding, u->errors = errors;
  u->buffers = buffers == VALUE_NONE ? VALUE_NONE : get_iterator(vm, buffers);
  if (u->buffers == VALUE_FAIL) return u->buffers = VALUE_NONE, NULL;
  heap_barrier_any(vm, u);
  return u;
}

static Value pickle_loads(VM *vm, Value self, const pickle_loads_args *a) {
  Unpickler *u = new_unpickler(vm, a->fix_imports, a->encoding, a->errors, a->buffers);
  if (!u || !buffer_acquire(vm, a->data, &u->view, false)) return VALUE_FAIL;
  u->source = a->data;
  heap_barrier(vm, u, a->data);
  u->at = u->view.bytes, u->end = u->at + u->view.size;
  Value loaded = unpickler_load(vm, u);
  buffer_release(vm, &u->view);
  return loaded;
}

static Value pickle_load(VM *vm, Value self, const pickle_load_args *a) {
  Unpickler *u = new_unpickler(vm, a->fix_imports, a->encoding, a->errors, a->buffers);
  if (!u) return VALUE_FAIL;
  Value read = find_attribute(vm, a->file, NAME("read")),
        readline = value_is_fail(read) ? read : find_attribute(vm, a->file, NAME("readline"));
  if (value_is_fail(readline)) return readline;
  if (read == VALUE_UNBOUND || readline == VALUE_UNBOUND)
    return raise_type(vm, "file must have 'read' and 'readline' attributes");
  u->read = read, u->readline = readline;
  heap_barrier_any(vm, u);
  return unpickler_load(vm, u);
}

static bool make_errors(VM *vm, Module *module) {
  if (pickle_state.error == VALUE_NONE) {
    heap_add_root(vm, &pickle_state.error);
    heap_add_root(vm, &pickle_state.pickling_error);
    heap_add_root(vm, &pickle_state.unpickling_error);
  }
  pickle_state.error = module_new_exception(vm, "_pickle", "PickleError", TYPE_OF(Exception));
  if (value_is_fail(pickle_state.error)) return false;
  pickle_state.pickling_error =
      module_new_exception(vm, "_pickle", "PicklingError", value_object(pickle_state.error));
  pickle_state.unpickling_error =
      module_new_exception(vm, "_pickle", "UnpicklingError", value_object(pickle_state.error));
  return !value_is_fail(pickle_state.pickling_error) &&
         !value_is_fail(pickle_state.unpickling_error) &&
         module_add(vm, module, "PickleError", pickle_state.error) &&
         module_add(vm, module, "PicklingError", pickle_state.pickling_error) &&
         module_add(vm, module, "UnpicklingError", pickle_state.unpickling_error);
}

static bool init(VM *vm, Module *module) {
  pickle_buffer_register();
  return make_errors(vm, module) && module_add_type(vm, module, TYPE_OF(pickle_Pickler)) &&
         module_add_type(vm, module, TYPE_OF(pickle_Unpickler)) &&
         module_add_type(vm, module, TYPE_OF(PickleBuffer));
}

const ModuleSpec _pickle_module = {
    .name = "_pickle",
    .doc = "Optimized C implementation for the Python pickle module.",
    NATIVE_FUNCTIONS(pickle_),
    .init = init,
};
