/* closure.c -- Python functions that C can call.
**
** The code that C jumps to is libffi's; it knows its Thunk, which the CFuncPtr keeps alive. C may
** call on any thread, with or without the global lock (thread_enter tells). */
#include "vm/base/libraries.h"
#if WITH_FFI
#include "vm/modules/ctypes/ctypes.h"
#include "vm/modules/thread/thread.h"

#define NATIVE_DEF "vm/modules/ctypes/thunk.def"
#define NATIVE_PREFIX thunk_
#include "vm/contracts/native_class.inc"

typedef struct Thunk {
  Object h;
  ffi_closure *closure; /* [owned] libffi's; NULL when there was no memory */
  void *code;           /* what C calls */
  Value callable, restype;
  Tuple *types;    /* [gc] classes of the arguments */
  RawBytes *parts; /* [gc] ffi_type *[]: of the arguments */
  int flags;
  ffi_cif cif;
} Thunk;

/* ---- a call from C */

/* Whatever C wants back when Python has failed: zero. */
static void clear_result(const ffi_cif *cif, void *result) {
  size_t size = cif->rtype->size > sizeof(ffi_arg) ? cif->rtype->size : sizeof(ffi_arg);
  if (cif->rtype != &ffi_type_void) memset(result, 0, size);
}

/* One argument as Python sees it. */
static Value argument_value(VM *vm, Value cls, const void *at) {
  Type *type = value_object(cls);
  const Layout *layout = layout_of_type(type);
  if (type_is_plain(type)) return code_get(vm, layout->code, layout->is_swapped, at);
  return cdata_copy_of(vm, type, at);
}

/* libffi wants small ints as whole words. */
static void widen(const ffi_cif *cif, void *result) {
  const ffi_type *type = cif->rtype;
  ffi_sarg n;
  if (type == &ffi_type_sint8) n = *(int8_t *)result;
  else if (type == &ffi_type_sint16) n = *(int16_t *)result;
  else if (type == &ffi_type_sint32) n = *(int32_t *)result;
  else return;
  memcpy(result, &n, sizeof n);
}

static bool store_result(VM *vm, const Thunk *thunk, void *result, Value v) {
  if (thunk->restype == VALUE_NONE || thunk->restype == VALUE_UNBOUND) return true;
  const Layout *layout = layout_of_value(thunk->restype);
  Value keep = code_set(vm, layout->code, layout->is_swapped, result, v);
  if (value_is_fail(keep)) {
    clear_result(&thunk->cif, result);
    return false;
  }
  widen(&thunk->cif, result);
  if (keep == VALUE_NONE || layout->code->letter == 'O') return true;
  /* C has an address inside this object, and nobody keeps it. */
  return warn(vm, TYPE_OF(RuntimeWarning), 1, "memory leak in callback function.");
}

static void call_python(VM *vm, Thunk *thunk, void *result, void **data) {
  size_t n = tuple_length(thunk->types);
  Value args[n + 1];
  for (size_t i = 0; i < n; i++) {
    args[i] = argument_value(vm, thunk->types->items[i], data[i]);
    if (!value_is_fail(args[i])) continue;
    error_unraisable(vm, "Exception ignored on creating argument of ctypes callback function",
                     thunk->callable);
    return;
  }
  if (thunk->flags & CALL_USE_ERRNO) ctypes_swap_errno();
  Value v = call_values(vm, thunk->callable, args, (int)n, NULL);
  if (thunk->flags & CALL_USE_ERRNO) ctypes_swap_errno();
  if (value_is_fail(v)) {
    error_unraisable(vm, "Exception ignored on calling ctypes callback function", thunk->callable);
    return;
  }
  if (!store_result(vm, thunk, result, v))
    error_unraisable(vm, "Exception ignored on converting result of ctypes callback function",
                     thunk->callable);
}

static void called(ffi_cif *cif, void *result, void **data, void *user) {
  VM *vm = the_vm;
  ThreadEntry entry = thread_enter(vm);
  clear_result(cif, result);
  if (entry == THREAD_NOT_ENTERED) return;
  Value pending = error_take(vm); /* none, unless C was called by what is cleaning up */
  call_python(vm, user, result, data);
  error_restore(vm, pending);
  thread_leave(vm, entry);
}

/* ---- making */

static bool read_types(VM *vm, Thunk *thunk, const Layout *layout) {
  Tuple *types = tuple_from_iterable(vm, layout->argtypes);
  if (!types) return false;
  size_t n = tuple_length(types);
  RawBytes *parts = raw_bytes_new(vm, (n + 1) * sizeof(ffi_type *));
  if (!parts) return false;
  for (size_t i = 0; i < n; i++) {
    const Layout *type = layout_of_value(types->items[i]);
    if (!type) return raise_false(vm, TYPE_OF(TypeError), "cannot build parameter");
    ((ffi_type **)parts->bytes)[i] = type->ffi;
  }
  thunk->types = types;
  thunk->parts = parts;
  heap_barrier_any(vm, thunk);
  return true;
}

/* false: there are no callbacks that give back such a thing */
static bool read_result(VM *vm, const Thunk *thunk, ffi_type **out) {
  *out = &ffi_type_void;
  if (thunk->restype == VALUE_NONE || thunk->restype == VALUE_UNBOUND) return true;
  const Layout *layout = layout_of_value(thunk->restype);
  if (!layout || layout->kind != C_SIMPLE)
    return raise_false(vm, TYPE_OF(TypeError), "invalid result type for callback function");
  *out = layout->ffi;
  return true;
}

static bool prepare(VM *vm, Thunk *thunk) {
  ffi_type *result;
  if (!read_result(vm, thunk, &result)) return false;
  thunk->closure = ffi_closure_alloc(sizeof(ffi_closure), &thunk->code);
  if (!thunk->closure) return raise_memory(vm), false;
  unsigned n = (unsigned)tuple_length(thunk->types);
  ffi_type **types = (ffi_type **)thunk->parts->bytes;
  if (ffi_prep_cif(&thunk->cif, FFI_DEFAULT_ABI, n, result, types) != FFI_OK)
    return raise_false(vm, TYPE_OF(RuntimeError), "ffi_prep_cif failed");
  if (ffi_prep_closure_loc(thunk->closure, &thunk->cif, called, thunk, thunk->code) != FFI_OK)
    return raise_false(vm, TYPE_OF(RuntimeError), "ffi_prep_closure failed");
  return true;
}

Object *thunk_new(VM *vm, Value callable, const Layout *layout) {
  if (layout->argtypes == VALUE_UNBOUND)
    return raise_type(vm, "cannot construct instance of this class: no argtypes"), NULL;
  Thunk *thunk = heap_new_zeroed(vm, SHAPE_OF(ctypes_thunk), sizeof *thunk);
  thunk->callable = callable;
  thunk->restype = layout->restype;
  thunk->flags = layout->flags;
  heap_track_destroy(vm, &thunk->h);
  if (!read_types(vm, thunk, layout) || !prepare(vm, thunk)) return NULL;
  threads_expect_foreign(vm);
  return &thunk->h;
}

void *thunk_address(const Object *thunk) { return ((const Thunk *)thunk)->code; }

static void trace(Marker *marker, Object *self) {
  const Thunk *thunk = (const Thunk *)self;
  mark_value(marker, thunk->callable);
  mark_value(marker, thunk->restype);
  mark_object(marker, thunk->types);
  mark_object(marker, thunk->parts);
}

static void destroy(VM *vm, Object *self) {
  Thunk *thunk = (Thunk *)self;
  if (thunk->closure) ffi_closure_free(thunk->closure);
  thunk->closure = NULL;
}

const ClassSpec ctypes_thunk_class = {
    NATIVE_CLASS(thunk_),
    .basic_size = sizeof(Thunk),
    .trace = trace,
    .destroy = destroy,
};
#endif
