/* paramflags.c -- prototypes whose parameters have names, defaults and directions. */
#include "vm/base/libraries.h"
#if WITH_FFI
#include "vm/modules/ctypes/ctypes.h"
#include "vm/objects/int.h"
#include "vm/objects/str.h"

enum { PARAM_IN = 1, PARAM_OUT = 2, PARAM_LCID = 4, PARAM_MASK = 7 };

typedef struct ParamFlag {
  int flag;
  Value name, fallback; /* UNBOUND: none */
} ParamFlag;

/* (int [, name [, default]]) */
static bool read_flag(VM *vm, Value item, ParamFlag *out) {
  const Tuple *tuple = value_has_flag(item, TYPE_TUPLE_SUBCLASS) ? value_object(item) : NULL;
  size_t n = tuple ? tuple_length(tuple) : 0;
  int64_t flag;
  bool fits = n >= 1 && n <= 3 && value_is_any_int(tuple->items[0]) &&
              int_to_int64(tuple->items[0], &flag) &&
              (n < 2 || value_is_str(tuple->items[1]) || tuple->items[1] == VALUE_NONE);
  if (!fits)
    return raise_false(vm, TYPE_OF(TypeError),
                       "paramflags must be a sequence of (int [,string [,value]]) tuples");
  out->flag = (int)flag & PARAM_MASK;
  out->name = n > 1 && tuple->items[1] != VALUE_NONE ? tuple->items[1] : VALUE_UNBOUND;
  out->fallback = n > 2 ? tuple->items[2] : VALUE_UNBOUND;
  return true;
}

static bool check_out_type(VM *vm, Value type, size_t number) {
  const Layout *layout = layout_of_value(type);
  bool fits = layout && (layout->kind == C_POINTER || layout->kind == C_ARRAY ||
                         (layout->kind == C_SIMPLE && strchr("PzZ", layout->code->letter)));
  if (fits) return true;
  if (!value_is_type(type))
    return raise_false(vm, TYPE_OF(TypeError), "'out' parameter %zu must be a pointer type",
                       number);
  return raise_false(vm, TYPE_OF(TypeError), "'out' parameter %zu must be a pointer type, not %N",
                     number, (Type *)value_object(type));
}

bool paramflags_check(VM *vm, const Layout *layout, Value flags, Tuple **out) {
  *out = NULL;
  if (flags == VALUE_NONE || layout->argtypes == VALUE_UNBOUND) return true;
  if (!value_has_flag(flags, TYPE_TUPLE_SUBCLASS))
    return raise_false(vm, TYPE_OF(TypeError), "paramflags must be a tuple or None");
  Tuple *given = value_object(flags), *types = tuple_from_iterable(vm, layout->argtypes);
  if (!types) return false;
  if (tuple_length(given) != tuple_length(types))
    return raise_false(vm, TYPE_OF(ValueError), "paramflags must have the same length as argtypes");
  for (size_t i = 0; i < tuple_length(given); i++) {
    ParamFlag flag;
    if (!read_flag(vm, given->items[i], &flag)) return false;
    if (flag.flag == PARAM_OUT && !check_out_type(vm, types->items[i], i + 1)) return false;
    bool is_known = flag.flag <= (PARAM_IN | PARAM_OUT) || flag.flag == (PARAM_IN | PARAM_LCID);
    if (!is_known)
      return raise_false(vm, TYPE_OF(TypeError), "paramflag value %d not supported", flag.flag);
  }
  *out = given;
  return true;
}

/* ---- what the call is given */

typedef struct Given {
  const Value *args;
  int npos, used;
  Tuple *kwnames;
} Given;

static Value next_argument(VM *vm, Given *given, const ParamFlag *flag) {
  if (given->used < given->npos) return given->args[given->used++];
  size_t n = given->kwnames && flag->name != VALUE_UNBOUND ? tuple_length(given->kwnames) : 0;
  for (size_t i = 0; i < n; i++) {
    if (!str_equal(value_object(given->kwnames->items[i]), value_object(flag->name))) continue;
    given->used++;
    return given->args[(size_t)given->npos + i];
  }
  if (flag->fallback != VALUE_UNBOUND) return flag->fallback;
  if (flag->name != VALUE_UNBOUND)
    return raise_type(vm, "required argument '%S' missing", flag->name);
  return raise_type(vm, "not enough arguments");
}

/* What an output parameter is passed: the default, or a new instance of what it points to. */
static Value out_argument(VM *vm, const ParamFlag *flag, Value type) {
  if (flag->fallback != VALUE_UNBOUND) return flag->fallback;
  const Layout *layout = layout_of_value(type);
  if (layout && layout->kind == C_ARRAY) return call0(vm, type);
  if (layout && layout->kind == C_POINTER && layout->item != VALUE_NONE)
    return call0(vm, layout->item);
  if (!value_is_type(type)) return raise_type(vm, "this type has no items");
  return raise_type(vm, "%N 'out' parameter must be passed as default value",
                    (Type *)value_object(type));
}

typedef struct Outputs {
  uint8_t kinds[ARGUMENTS_MAX]; /* 0, PARAM_OUT or PARAM_IN | PARAM_OUT */
  int count;
} Outputs;

static bool build_arguments(VM *vm, const CFunction *self, Given *given, Tuple *types, Value *all,
                            Outputs *outputs) {
  outputs->count = 0;
  for (size_t i = 0; i < tuple_length(types); i++) {
    ParamFlag flag;
    if (!read_flag(vm, self->paramflags->items[i], &flag)) return false;
    outputs->kinds[i] = flag.flag & PARAM_OUT ? (uint8_t)flag.flag : 0;
    outputs->count += (flag.flag & PARAM_OUT) != 0;
    if (flag.flag == PARAM_OUT) {
      all[i] = out_argument(vm, &flag, types->items[i]);
    } else if (flag.flag == (PARAM_IN | PARAM_LCID)) {
      all[i] = flag.fallback != VALUE_UNBOUND ? flag.fallback : value_int_unchecked(0);
    } else {
      all[i] = next_argument(vm, given, &flag);
    }
    if (value_is_fail(all[i])) return false;
  }
  int total = given->npos + (given->kwnames ? (int)tuple_length(given->kwnames) : 0);
  return total == given->used ||
         raise_false(vm, TYPE_OF(TypeError), "call takes exactly %d arguments (%d given)",
                     given->used, total);
}

static Value output_of(VM *vm, Value v, uint8_t kind) {
  if (kind != PARAM_OUT) return v;
  return call_method0(vm, v, NAME("__ctypes_from_outparam__"));
}

static Value build_result(VM *vm, const Value *all, size_t n, const Outputs *outputs) {
  Tuple *results = tuple_new(vm, (size_t)outputs->count);
  if (!results) return VALUE_FAIL;
  size_t at = 0;
  for (size_t i = 0; i < n; i++) {
    if (!outputs->kinds[i]) continue;
    Value v = output_of(vm, all[i], outputs->kinds[i]);
    if (value_is_fail(v) || outputs->count == 1) return v;
    tuple_set_item(vm, results, at++, v);
  }
  return value_from(results);
}

Value paramflags_call(VM *vm, CFunction *self, const Value *args, int npos, Tuple *kwnames) {
  Tuple *types = tuple_from_iterable(vm, layout_of_cdata(self)->argtypes);
  if (!types) return VALUE_FAIL;
  size_t n = tuple_length(types);
  Given given = {args, npos, 0, kwnames};
  Outputs outputs;
  Value all[ARGUMENTS_MAX];
  if (n > ARGUMENTS_MAX || n != tuple_length(self->paramflags))
    return raise_value(vm, "paramflags must have the same length as argtypes");
  if (!build_arguments(vm, self, &given, types, all, &outputs)) return VALUE_FAIL;
  bool replaced;
  Value result = function_invoke(vm, self, all, (int)n, &replaced);
  if (value_is_fail(result) || replaced || outputs.count == 0) return result;
  return build_result(vm, all, n, &outputs);
}
#endif
