/* call.c -- calling a function of C: arguments, libffi's plan of the call, the result. */
#include "vm/base/libraries.h"
#if WITH_FFI
#include "vm/contracts/poll.h"
#include "vm/modules/ctypes/ctypes.h"
#include "vm/objects/str.h"

#include <errno.h>

/* What libffi has worked out for these types. Law: cif.arg_types == types. */
typedef struct CallPlan {
  ffi_cif cif;
  ffi_type *types[];
} CallPlan;

int *ctypes_errno(void) {
  static __thread int own;
  return &own;
}

void ctypes_swap_errno(void) {
  int *own = ctypes_errno(), theirs = errno;
  errno = *own;
  *own = theirs;
}

/* ---- arguments */

static bool convert_one(VM *vm, const CallTarget *target, int i, Value v, CArgument *out) {
  bool has_type = target->converters && 2 * (size_t)i < tuple_length(target->converters);
  if (!has_type) return argument_convert(vm, v, i + 1, out);
  Value type = target->converters->items[2 * i];
  if (LIKELY(type != VALUE_NONE)) return argument_by_type(vm, value_object(type), v, i + 1, out);
  Value converted = call1(vm, target->converters->items[2 * i + 1], v);
  return !value_is_fail(converted) && argument_convert(vm, converted, i + 1, out);
}

static bool convert_all(VM *vm, const CallTarget *target, const Value *args, int n,
                        CArgument *out) {
  for (int i = 0; i < n; i++) {
    if (LIKELY(convert_one(vm, target, i, args[i], &out[i]))) continue;
    return ctypes_extend_error(vm, value_object(ctypes_state.argument_error),
                               "argument %d: ", i + 1),
           false;
  }
  return true;
}

/* ---- the plan */

static CallPlan *plan_of(RawBytes *bytes) { return (CallPlan *)bytes->bytes; }

static bool plan_fits(const CallPlan *plan, ffi_type *result, ffi_type *const *types, int n) {
  return plan->cif.nargs == (unsigned)n && plan->cif.rtype == result &&
         memcmp(plan->types, types, (size_t)n * sizeof *types) == 0;
}

/* Arguments behind those that have a type: as C promotes what stands for "...". */
static void promote(CArgument *argument) {
  ffi_type *type = argument->ffi;
  if (type == &ffi_type_float) {
    argument->as.d = (double)argument->as.f;
    argument->ffi = &ffi_type_double;
  } else if (type == &ffi_type_sint8) {
    argument->as.n = (int8_t)argument->as.bits;
  } else if (type == &ffi_type_sint16) {
    argument->as.n = (int16_t)argument->as.bits;
  } else if (type == &ffi_type_uint8) {
    argument->as.n = (uint8_t)argument->as.bits;
  } else if (type == &ffi_type_uint16) {
    argument->as.n = (uint16_t)argument->as.bits;
  } else return;
  if (type != &ffi_type_float) argument->ffi = &ffi_type_sint32;
}

static CallPlan *make_plan(VM *vm, const CallTarget *target, ffi_type *result,
                           ffi_type *const *types, int n) {
  RawBytes *bytes = raw_bytes_new(vm, sizeof(CallPlan) + (size_t)n * sizeof *types);
  if (!bytes) return NULL;
  CallPlan *plan = plan_of(bytes);
  memcpy(plan->types, types, (size_t)n * sizeof *types);
  int fixed = target->converters ? (int)(tuple_length(target->converters) / 2) : n;
  ffi_status status =
      fixed < n ? ffi_prep_cif_var(&plan->cif, FFI_DEFAULT_ABI, (unsigned)fixed, (unsigned)n,
                                   result, plan->types)
                : ffi_prep_cif(&plan->cif, FFI_DEFAULT_ABI, (unsigned)n, result, plan->types);
  if (status != FFI_OK) {
    raise_error(vm, TYPE_OF(RuntimeError),
                fixed < n ? "ffi_prep_cif_var failed" : "ffi_prep_cif failed");
    return NULL;
  }
  if (target->function) {
    target->function->plan = bytes;
    heap_barrier_object(vm, target->function, bytes);
  }
  return plan;
}

/* ---- the result */

static ffi_type *result_type(const CallTarget *target) {
  if (target->restype == VALUE_UNBOUND) return &ffi_type_sint;
  if (target->restype == VALUE_NONE) return &ffi_type_void;
  const Layout *layout = layout_of_value(target->restype);
  return layout ? layout->ffi : &ffi_type_sint;
}

static Value convert_result(VM *vm, const CallTarget *target, const void *at) {
  if (target->restype == VALUE_NONE) return VALUE_NONE;
  const Layout *layout = target->restype == VALUE_UNBOUND ? NULL : layout_of_value(target->restype);
  Value v;
  if (!layout) {
    int n;
    memcpy(&n, at, sizeof n);
    if (target->restype == VALUE_UNBOUND) return value_int_unchecked(n);
    return call1(vm, target->restype, value_int_unchecked(n));
  }
  Type *type = value_object(target->restype);
  v = type_is_plain(type) ? code_get(vm, layout->code, layout->is_swapped, at)
                          : cdata_copy_of(vm, type, at);
  if (target->checker == VALUE_UNBOUND || value_is_fail(v)) return v;
  return call1(vm, target->checker, v);
}

/* ---- the call */

static void run(VM *vm, const CallTarget *target, CallPlan *plan, void *result, void **data) {
  bool releases = !(target->flags & CALL_PYTHONAPI);
  if (releases) blocking_begin(vm);
  if (target->flags & CALL_USE_ERRNO) ctypes_swap_errno();
  ffi_call(&plan->cif, FFI_FN(target->address), result, data);
  if (target->flags & CALL_USE_ERRNO) ctypes_swap_errno();
  if (releases) blocking_end(vm);
}

static Value call_converted(VM *vm, const CallTarget *target, CArgument *arguments, int n) {
  ffi_type *types[n + 1], *result = result_type(target);
  void *data[n + 1];
  int fixed = target->converters ? (int)(tuple_length(target->converters) / 2) : n;
  for (int i = 0; i < n; i++) {
    if (UNLIKELY(i >= fixed)) promote(&arguments[i]);
    types[i] = arguments[i].ffi;
    data[i] = arguments[i].bytes ? arguments[i].bytes : &arguments[i].as;
  }
  RawBytes *cached = target->function ? target->function->plan : NULL;
  CallPlan *plan = cached && plan_fits(plan_of(cached), result, types, n)
                       ? plan_of(cached)
                       : make_plan(vm, target, result, types, n);
  if (!plan) return VALUE_FAIL;
  const Layout *layout = target->restype == VALUE_UNBOUND ? NULL : layout_of_value(target->restype);
  CWord words[4] = {{.bits = 0}};
  void *at = words;
  if (layout && layout->size > sizeof words) {
    RawBytes *room = raw_bytes_new(vm, layout->size);
    if (!room) return VALUE_FAIL;
    memset(room->bytes, 0, layout->size);
    at = room->bytes;
  }
  run(vm, target, plan, at, data);
  if (UNLIKELY(error_pending(vm))) return VALUE_FAIL; /* of a helper of this module */
  return convert_result(vm, target, at);
}

Value foreign_call(VM *vm, const CallTarget *target, const Value *args, int n) {
  if (n > ARGUMENTS_MAX)
    return raise_error(vm, value_object(ctypes_state.argument_error),
                       "too many arguments (%d), maximum is %d", n, ARGUMENTS_MAX);
  CArgument arguments[n + 1];
  if (!vm_guard_call(vm) || !convert_all(vm, target, args, n, arguments)) return VALUE_FAIL;
  return call_converted(vm, target, arguments, n);
}
#endif
