/* context.c -- contexts: which one is current, and what may be set in one. */
#include "vm/contracts/import.h"
#include "vm/modules/decimal/decimal.h"
#include "vm/objects/dict.h"

struct DecimalState decimal_state;

const char *const rounding_names[ROUNDING_COUNT] = {
    "ROUND_UP",      "ROUND_DOWN",      "ROUND_CEILING",   "ROUND_FLOOR",
    "ROUND_HALF_UP", "ROUND_HALF_DOWN", "ROUND_HALF_EVEN", "ROUND_05UP"};

/* ---- making */

/* What Context() begins with: DefaultContext as it is now, without flags. */
DecimalContext *context_make(VM *vm, Type *cls) {
  Value v = object_new(vm, cls);
  if (value_is_fail(v)) return NULL;
  DecimalContext *context = value_object(v);
  const DecimalContext *pattern =
      value_is_pointer(decimal_state.initial) ? value_object(decimal_state.initial) : NULL;
  const uint32_t usual = STATUS_ALL_INVALID | STATUS_DIVISION_BY_ZERO | STATUS_OVERFLOW;
  const Settings settings = {28, 999999, -999999, ROUNDING_HALF_EVEN, false};
  context->s = pattern ? pattern->s : settings;
  context->traps = pattern ? pattern->traps : usual;
  context->capitals = 1;
  context->flags_view = context->traps_view = VALUE_NONE;
  return context;
}

DecimalContext *context_copy(VM *vm, const DecimalContext *from) {
  DecimalContext *context = context_make(vm, TYPE_OF(decimal_Context));
  if (!context) return NULL;
  context->s = from->s;
  context->status = from->status;
  context->traps = from->traps;
  context->capitals = from->capitals;
  return context;
}

/* ---- the current one */

static void remember(VM *vm, DecimalContext *context) {
  if (!value_is_pointer(vm->context)) return;
  decimal_state.seen = vm->context;
  decimal_state.current = value_from(context);
}

bool context_install(VM *vm, DecimalContext *context) {
  Value token = call_method1(vm, decimal_state.variable, NAME("set"), value_from(context));
  if (value_is_fail(token)) return false;
  remember(vm, context);
  return true;
}

DecimalContext *context_current_slow(VM *vm) {
  Value found = call_method1(vm, decimal_state.variable, NAME("get"), VALUE_NONE);
  if (value_is_fail(found)) return NULL;
  if (value_is_context(found)) {
    remember(vm, value_object(found));
    return value_object(found);
  }
  DecimalContext *fresh = context_copy(vm, value_object(decimal_state.initial));
  if (!fresh) return NULL;
  fresh->status = 0;
  return context_install(vm, fresh) ? fresh : NULL;
}

DecimalContext *context_argument(VM *vm, Value v) {
  if (v == VALUE_NONE || v == VALUE_MISSING) return context_current(vm);
  if (value_is_context(v)) return value_object(v);
  return raise_type(vm, "optional argument must be a context"), NULL;
}

/* ---- attributes */

static bool get_integer(VM *vm, Value v, int64_t *out) {
  if (!value_is_any_int(v)) return raise_false(vm, TYPE_OF(TypeError), "an integer is required");
  if (int_to_int64(v, out)) return true;
  return raise_false(vm, TYPE_OF(OverflowError), "Python int too large to convert to C ssize_t");
}

/* An int of [least, most]; else ValueError with the text. */
static bool get_bounded(VM *vm, Value v, int64_t least, int64_t most, const char *otherwise,
                        int64_t *out) {
  int64_t n;
  if (!get_integer(vm, v, &n)) return false;
  if (n >= least && n <= most) return *out = n, true;
  return raise_false(vm, TYPE_OF(ValueError), "%s", otherwise);
}

bool context_set_prec(VM *vm, DecimalContext *context, Value v) {
  return get_bounded(vm, v, 1, DECIMAL_MAX_PREC, "valid range for prec is [1, MAX_PREC]",
                     &context->s.prec);
}
bool context_set_emax(VM *vm, DecimalContext *context, Value v) {
  return get_bounded(vm, v, 0, DECIMAL_MAX_EMAX, "valid range for Emax is [0, MAX_EMAX]",
                     &context->s.emax);
}
bool context_set_emin(VM *vm, DecimalContext *context, Value v) {
  return get_bounded(vm, v, DECIMAL_MIN_EMIN, 0, "valid range for Emin is [MIN_EMIN, 0]",
                     &context->s.emin);
}
bool context_set_capitals(VM *vm, DecimalContext *context, Value v) {
  int64_t n;
  if (!get_bounded(vm, v, 0, 1, "valid values for capitals are 0 or 1", &n)) return false;
  context->capitals = (int)n;
  return true;
}
bool context_set_clamp(VM *vm, DecimalContext *context, Value v) {
  int64_t n;
  if (!get_bounded(vm, v, 0, 1, "valid values for clamp are 0 or 1", &n)) return false;
  context->s.clamp = n != 0;
  return true;
}

bool rounding_of(VM *vm, Value v, uint8_t *out) {
  if (value_is_str(v))
    for (uint8_t i = 0; i < ROUNDING_COUNT; i++)
      if (str_equal_cstr(value_object(v), rounding_names[i])) return *out = i, true;
  return raise_false(vm, TYPE_OF(TypeError),
                     "valid values for rounding are:\n"
                     "  [ROUND_CEILING, ROUND_FLOOR, ROUND_UP, ROUND_DOWN,\n"
                     "   ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN,\n"
                     "   ROUND_05UP]");
}
bool context_set_rounding(VM *vm, DecimalContext *context, Value v) {
  return rounding_of(vm, v, &context->s.rounding);
}

/* ---- what the module begins with */

static bool add_pattern(VM *vm, Module *module, const char *name, Value *slot) {
  DecimalContext *context = context_make(vm, TYPE_OF(decimal_Context));
  if (!context) return false;
  *slot = value_from(context);
  return module_add(vm, module, name, *slot);
}

static bool make_variable(VM *vm) {
  Value module = import_module(vm, NAME("_contextvars"));
  if (value_is_fail(module)) return false;
  Value variable =
      call_method1(vm, module, NAME("ContextVar"), value_from(NAME("decimal_context")));
  if (value_is_fail(variable)) return false;
  decimal_state.variable = variable;
  return true;
}

bool decimal_contexts_init(VM *vm, Module *module) {
  Value *const slots[] = {&decimal_state.variable, &decimal_state.seen,    &decimal_state.current,
                          &decimal_state.initial,  &decimal_state.basic,   &decimal_state.extended,
                          &decimal_state.tuple,    &decimal_state.rational};
  for (size_t i = 0; i < ARRAY_COUNT(slots); i++) {
    *slots[i] = VALUE_NONE;
    heap_add_root(vm, slots[i]);
  }
  if (!make_variable(vm) || !add_pattern(vm, module, "DefaultContext", &decimal_state.initial) ||
      !add_pattern(vm, module, "BasicContext", &decimal_state.basic) ||
      !add_pattern(vm, module, "ExtendedContext", &decimal_state.extended))
    return false;
  DecimalContext *basic = value_object(decimal_state.basic);
  basic->s.prec = 9;
  basic->s.rounding = ROUNDING_HALF_UP;
  basic->traps |= STATUS_UNDERFLOW | STATUS_CLAMPED;
  DecimalContext *extended = value_object(decimal_state.extended);
  extended->s.prec = 9;
  extended->traps = 0;
  return true;
}
