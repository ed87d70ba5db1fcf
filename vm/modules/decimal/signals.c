/* signals.c -- conditions as Python sees them: the exception classes, and the mappings that are a
** context's flags and traps. */
#include "vm/contracts/import.h"
#include "vm/modules/decimal/decimal.h"
#include "vm/objects/dict.h"
#include "vm/objects/list.h"

typedef struct SignalDict {
  Object h;
  DecimalContext *context; /* [gc] NULL: made by Python, of nothing */
  bool of_traps;
} SignalDict;

#define NATIVE_DEF "vm/modules/decimal/signal_dict.def"
#define NATIVE_PREFIX signals_
#define NATIVE_SELF SignalDict *
#include "vm/contracts/native_class.inc"

/* In the order in which exceptions are looked for and mappings are shown. */
const uint32_t signal_bits[SIGNAL_COUNT] = {
    STATUS_ALL_INVALID, STATUS_FLOAT_OPERATION, STATUS_DIVISION_BY_ZERO,
    STATUS_OVERFLOW,    STATUS_UNDERFLOW,       STATUS_SUBNORMAL,
    STATUS_INEXACT,     STATUS_ROUNDED,         STATUS_CLAMPED,
};
enum { INVALID_OPERATION, FLOAT_OPERATION, DIVISION_BY_ZERO, OVERFLOW_, UNDERFLOW_, SUBNORMAL };
static const char *const signal_names[SIGNAL_COUNT] = {
    "InvalidOperation", "FloatOperation", "DivisionByZero", "Overflow", "Underflow",
    "Subnormal",        "Inexact",        "Rounded",        "Clamped",
};
/* What makes an operation invalid; the first one is the signal itself. */
static const uint32_t condition_bits[CONDITION_COUNT] = {
    STATUS_INVALID_OPERATION, STATUS_CONVERSION_SYNTAX, STATUS_DIVISION_IMPOSSIBLE,
    STATUS_DIVISION_UNDEFINED, STATUS_INVALID_CONTEXT};
static const char *const condition_names[CONDITION_COUNT] = {"InvalidOperation", "ConversionSyntax",
                                                             "DivisionImpossible",
                                                             "DivisionUndefined", "InvalidContext"};

static const char signals_wanted[] = "valid values for signals are:\n"
                                     "  [InvalidOperation, FloatOperation, DivisionByZero,\n"
                                     "   Overflow, Underflow, Subnormal, Inexact, Rounded,\n"
                                     "   Clamped]";

/* ---- raising */

/* The classes of what is in bits: single conditions of invalid operations, then the signals. */
static Value conditions_list(VM *vm, uint32_t bits) {
  List *list = list_new(vm, 0);
  bool ok = list != NULL;
  for (int i = 0; i < CONDITION_COUNT && ok; i++)
    if (bits & condition_bits[i]) ok = list_append_value(vm, list, decimal_state.conditions[i]);
  for (int i = 1; i < SIGNAL_COUNT && ok; i++)
    if (bits & signal_bits[i]) ok = list_append_value(vm, list, decimal_state.signals[i]);
  return ok ? value_from(list) : VALUE_FAIL;
}

bool signals_raise(VM *vm, uint32_t trapped) {
  Value list = conditions_list(vm, trapped);
  if (value_is_fail(list)) return false;
  int first = 0;
  while (first < SIGNAL_COUNT - 1 && !(trapped & signal_bits[first])) first++;
  raise_with(vm, value_object(decimal_state.signals[first]), list);
  return false;
}

Value signals_list(VM *vm, uint32_t bits) {
  List *list = list_new(vm, 0);
  bool ok = list != NULL;
  for (int i = 0; i < SIGNAL_COUNT && ok; i++)
    if (bits & signal_bits[i]) ok = list_append_value(vm, list, decimal_state.signals[i]);
  return ok ? value_from(list) : VALUE_FAIL;
}

/* As the reference writes them: in the order of the conditions, InvalidOperation where the first of
** its own stands. */
static const struct {
  uint32_t bit;
  uint8_t signal;
} text_order[] = {
    {STATUS_CLAMPED, 8},
    {STATUS_CONVERSION_SYNTAX, INVALID_OPERATION},
    {STATUS_DIVISION_BY_ZERO, DIVISION_BY_ZERO},
    {STATUS_DIVISION_IMPOSSIBLE | STATUS_DIVISION_UNDEFINED, INVALID_OPERATION},
    {STATUS_INEXACT, 6},
    {STATUS_INVALID_CONTEXT | STATUS_INVALID_OPERATION, INVALID_OPERATION},
    {STATUS_FLOAT_OPERATION, FLOAT_OPERATION},
    {STATUS_OVERFLOW, OVERFLOW_},
    {STATUS_ROUNDED, 7},
    {STATUS_SUBNORMAL, SUBNORMAL},
    {STATUS_UNDERFLOW, UNDERFLOW_},
};

Str *signals_text(VM *vm, uint32_t bits) {
  StrBuilder b;
  str_builder_init(&b, vm);
  str_builder_char(&b, '[');
  uint32_t written = 0;
  for (size_t k = 0; k < ARRAY_COUNT(text_order); k++) {
    uint32_t mark = UINT32_C(1) << text_order[k].signal;
    if (!(bits & text_order[k].bit) || (written & mark)) continue;
    if (written) str_builder_cstr(&b, ", ");
    str_builder_cstr(&b, signal_names[text_order[k].signal]);
    written |= mark;
  }
  str_builder_char(&b, ']');
  return str_builder_finish(&b);
}

/* ---- out of Python's values */

/* The number of a signal class; -1: KeyError. */
static int signal_number(VM *vm, Value key) {
  for (int i = 0; i < SIGNAL_COUNT; i++)
    if (key == decimal_state.signals[i]) return i;
  raise_error(vm, TYPE_OF(KeyError), "%s", signals_wanted);
  return -1;
}

bool signals_from_list(VM *vm, Value v, uint32_t *out) {
  const Value *items;
  size_t count;
  *out = 0;
  if (!value_has_flag(v, TYPE_LIST_SUBCLASS) || !sequence_view(v, &items, &count))
    return raise_false(vm, TYPE_OF(TypeError), "argument must be a signal dict");
  for (size_t i = 0; i < count; i++) {
    int at = signal_number(vm, items[i]);
    if (at < 0) return false;
    *out |= signal_bits[at];
  }
  return true;
}

static bool is_signal_dict(Value v) {
  return value_is_pointer(v) &&
         type_is_subtype(object_type(value_object(v)), TYPE_OF(decimal_SignalDictMixin));
}
static uint32_t *bits_of(SignalDict *d) {
  return d->of_traps ? &d->context->traps : &d->context->status;
}

bool signals_from_mapping(VM *vm, Value v, uint32_t *out) {
  if (is_signal_dict(v)) {
    SignalDict *d = value_object(v);
    *out = d->context ? *bits_of(d) : 0;
    return true;
  }
  if (!value_has_flag(v, TYPE_DICT_SUBCLASS))
    return raise_false(vm, TYPE_OF(TypeError), "argument must be a signal dict");
  Dict *dict = value_object(v);
  if (dict_length(dict) != SIGNAL_COUNT)
    return raise_false(vm, TYPE_OF(KeyError), "invalid signal dict");
  uint32_t bits = 0;
  for (int i = 0; i < SIGNAL_COUNT; i++) {
    Value set = dict_get(vm, dict, decimal_state.signals[i]);
    if (value_is_fail(set)) return false;
    if (set == VALUE_UNBOUND) return raise_false(vm, TYPE_OF(KeyError), "invalid signal dict");
    Answer truth = value_truth(vm, set);
    if (truth == ANSWER_FAILED) return false;
    if (truth) bits |= signal_bits[i];
  }
  *out = bits;
  return true;
}

/* ---- the mapping */

Value signal_dict_new(VM *vm, DecimalContext *context, bool of_traps) {
  Value v = object_new(vm, value_object(decimal_state.signal_dict));
  if (value_is_fail(v)) return v;
  SignalDict *d = value_object(v);
  d->context = context;
  d->of_traps = of_traps;
  heap_barrier_object(vm, d, context);
  return v;
}

static bool has_context(VM *vm, const SignalDict *self) {
  return self->context ||
         raise_false(vm, TYPE_OF(ValueError), "invalid signal dict: it belongs to no context");
}

static Value signals_op_len(VM *vm, SignalDict *self, const signals_op_len_args *a) {
  return has_context(vm, self) ? value_int_unchecked(SIGNAL_COUNT) : VALUE_FAIL;
}
static Value signals_op_getitem(VM *vm, SignalDict *self, const signals_op_getitem_args *a) {
  if (!has_context(vm, self)) return VALUE_FAIL;
  int at = signal_number(vm, a->key);
  return at < 0 ? VALUE_FAIL : value_bool(*bits_of(self) & signal_bits[at]);
}
static Value signals_op_setitem(VM *vm, SignalDict *self, const signals_op_setitem_args *a) {
  if (!has_context(vm, self)) return VALUE_FAIL;
  int at = signal_number(vm, a->key);
  if (at < 0) return VALUE_FAIL;
  Answer truth = value_truth(vm, a->value);
  if (truth == ANSWER_FAILED) return VALUE_FAIL;
  if (truth) *bits_of(self) |= signal_bits[at];
  else *bits_of(self) &= ~signal_bits[at];
  return VALUE_NONE;
}
static Value signals_op_delitem(VM *vm, SignalDict *self, const signals_op_delitem_args *a) {
  return raise_value(vm, "signal keys cannot be deleted");
}
static Value signals_op_iter(VM *vm, SignalDict *self, const signals_op_iter_args *a) {
  if (!has_context(vm, self)) return VALUE_FAIL;
  Tuple *all = tuple_from_values(vm, decimal_state.signals, SIGNAL_COUNT);
  return all ? get_iterator(vm, value_from(all)) : VALUE_FAIL;
}
static Value signals_op_repr(VM *vm, SignalDict *self, const signals_op_repr_args *a) {
  if (!has_context(vm, self)) return VALUE_FAIL;
  StrBuilder b;
  str_builder_init(&b, vm);
  for (int i = 0; i < SIGNAL_COUNT; i++) {
    str_builder_cstr(&b, i ? ", <class 'decimal." : "{<class 'decimal.");
    str_builder_cstr(&b, signal_names[i]);
    str_builder_cstr(&b, *bits_of(self) & signal_bits[i] ? "'>:True" : "'>:False");
  }
  str_builder_char(&b, '}');
  return value_of(str_builder_finish(&b));
}

static Value compare_dicts(VM *vm, SignalDict *self, Value other, bool equal) {
  uint32_t bits;
  if (!has_context(vm, self)) return VALUE_FAIL;
  if (!is_signal_dict(other) && !value_has_flag(other, TYPE_DICT_SUBCLASS))
    return VALUE_NOT_IMPLEMENTED;
  if (!signals_from_mapping(vm, other, &bits)) {
    if (!error_clear_if(vm, TYPE_OF(KeyError))) return VALUE_FAIL;
    return VALUE_NOT_IMPLEMENTED;
  }
  uint32_t mine = *bits_of(self);
  for (int i = 0; i < SIGNAL_COUNT; i++)
    if (!(mine & signal_bits[i]) != !(bits & signal_bits[i])) return value_bool(!equal);
  return value_bool(equal);
}
static Value signals_op_eq(VM *vm, SignalDict *self, const signals_op_eq_args *a) {
  return compare_dicts(vm, self, a->value, true);
}
static Value signals_op_ne(VM *vm, SignalDict *self, const signals_op_ne_args *a) {
  return compare_dicts(vm, self, a->value, false);
}
static Value signals_copy(VM *vm, SignalDict *self, const signals_copy_args *a) {
  if (!has_context(vm, self)) return VALUE_FAIL;
  Dict *dict = dict_new(vm);
  for (int i = 0; i < SIGNAL_COUNT; i++)
    if (!dict_set(vm, dict, decimal_state.signals[i], value_bool(*bits_of(self) & signal_bits[i])))
      return VALUE_FAIL;
  return value_from(dict);
}

static void signals_trace(Marker *marker, Object *self) {
  mark_object(marker, ((SignalDict *)self)->context);
}
const ClassSpec decimal_SignalDictMixin_class = {
    NATIVE_CLASS(signals_),
    .basic_size = sizeof(SignalDict),
    .trace = signals_trace,
};

/* ---- the classes */

/* A new exception class of the module, remembered in *slot. */
static bool add_class(VM *vm, Module *module, const char *name, Value bases, Value *slot) {
  if (value_is_fail(bases)) return false;
  Dict *namespace_ = dict_new(vm);
  Str *text = str_intern_cstr(vm, name);
  if (!text || !dict_set_str(vm, namespace_, NAME("__module__"), value_from(NAME("decimal"))))
    return false;
  Value class_ =
      call3(vm, value_from(TYPE_OF(type)), value_from(text), bases, value_from(namespace_));
  if (value_is_fail(class_)) return false;
  *slot = class_;
  return module_add(vm, module, name, class_);
}

static Value signal_bases(VM *vm, int i) {
  const Value *s = decimal_state.signals;
  Value base = decimal_state.base_exception;
  switch (i) {
  case FLOAT_OPERATION: return PACK(base, value_from(TYPE_OF(TypeError)));
  case DIVISION_BY_ZERO: return PACK(base, value_from(TYPE_OF(ZeroDivisionError)));
  case OVERFLOW_: return PACK(s[SUBNORMAL + 1], s[SUBNORMAL + 2]);
  case UNDERFLOW_: return PACK(s[SUBNORMAL + 1], s[SUBNORMAL + 2], s[SUBNORMAL]);
  default: return PACK(base);
  }
}

static bool add_signals(VM *vm, Module *module) {
  /* those whose bases are signals come last */
  static const uint8_t order[SIGNAL_COUNT] = {
      INVALID_OPERATION, FLOAT_OPERATION, DIVISION_BY_ZERO, SUBNORMAL, 6, 7, 8,
      OVERFLOW_,         UNDERFLOW_};
  Value arithmetic = PACK(value_from(TYPE_OF(ArithmeticError)));
  if (!add_class(vm, module, "DecimalException", arithmetic, &decimal_state.base_exception))
    return false;
  for (int k = 0; k < SIGNAL_COUNT; k++) {
    int i = order[k];
    if (!add_class(vm, module, signal_names[i], signal_bases(vm, i), &decimal_state.signals[i]))
      return false;
  }
  Value invalid = decimal_state.conditions[0] = decimal_state.signals[0];
  for (int i = 1; i < CONDITION_COUNT; i++) {
    bool undefined = condition_bits[i] == STATUS_DIVISION_UNDEFINED;
    Value bases = undefined ? PACK(invalid, value_from(TYPE_OF(ZeroDivisionError))) : PACK(invalid);
    if (!add_class(vm, module, condition_names[i], bases, &decimal_state.conditions[i]))
      return false;
  }
  return true;
}

/* SignalDict(SignalDictMixin, collections.abc.MutableMapping) */
static bool make_signal_dict(VM *vm) {
  Value abc = import_module(vm, NAME("collections.abc"));
  if (value_is_fail(abc)) return false;
  Value mapping = get_attribute(vm, abc, NAME("MutableMapping"));
  if (value_is_fail(mapping)) return false;
  Dict *namespace_ = dict_new(vm);
  Value bases = PACK(value_from(TYPE_OF(decimal_SignalDictMixin)), mapping);
  if (value_is_fail(bases)) return false;
  Value class_ = call3(vm, value_from(value_type(mapping)), value_from(NAME("SignalDict")), bases,
                       value_from(namespace_));
  decimal_state.signal_dict = class_;
  return !value_is_fail(class_);
}

bool decimal_signals_init(VM *vm, Module *module) {
  for (int i = 0; i < SIGNAL_COUNT; i++) heap_add_root(vm, &decimal_state.signals[i]);
  for (int i = 0; i < CONDITION_COUNT; i++) heap_add_root(vm, &decimal_state.conditions[i]);
  heap_add_root(vm, &decimal_state.signal_dict);
  heap_add_root(vm, &decimal_state.base_exception);
  return add_signals(vm, module) && make_signal_dict(vm);
}
