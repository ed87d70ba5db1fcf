/* module.c -- the module _decimal: its functions and constants, and what `with localcontext()`
** enters and leaves. */
#include "vm/contracts/import.h"
#include "vm/modules/decimal/decimal.h"
#include "vm/objects/dict.h"
#include "vm/objects/module.h"

typedef struct ContextManager {
  Object h;
  DecimalContext *local, *global; /* [gc] */
} ContextManager;

#define NATIVE_DEF "vm/modules/decimal/context_manager.def"
#define NATIVE_PREFIX manager_
#define NATIVE_SELF ContextManager *
#include "vm/contracts/native_class.inc"

static Value manager_enter(VM *vm, ContextManager *self, const manager_enter_args *a) {
  return context_install(vm, self->local) ? value_from(self->local) : VALUE_FAIL;
}
static Value manager_exit(VM *vm, ContextManager *self, const manager_exit_args *a) {
  return context_install(vm, self->global) ? VALUE_FALSE : VALUE_FAIL;
}
static void manager_trace(Marker *marker, Object *self) {
  mark_object(marker, ((ContextManager *)self)->local);
  mark_object(marker, ((ContextManager *)self)->global);
}
const ClassSpec decimal_ContextManager_class = {
    NATIVE_CLASS(manager_),
    .basic_size = sizeof(ContextManager),
    .trace = manager_trace,
};

/* ---- functions */

#define NATIVE_DEF "vm/modules/decimal/functions.def"
#define NATIVE_PREFIX decimals_
#include "vm/contracts/native_class.inc"

static Value decimals_getcontext(VM *vm, Value self, const decimals_getcontext_args *a) {
  return value_of(context_current(vm));
}

static Value decimals_setcontext(VM *vm, Value self, const decimals_setcontext_args *a) {
  if (!value_is_context(a->context)) return raise_type(vm, "argument must be a context");
  DecimalContext *context = value_object(a->context);
  /* the patterns are not to be changed by what is computed */
  if (a->context == decimal_state.initial || a->context == decimal_state.basic ||
      a->context == decimal_state.extended) {
    context = context_copy(vm, context);
    if (!context) return VALUE_FAIL;
    context->status = 0;
  }
  return value_none_if(context_install(vm, context));
}

static bool set_signals(VM *vm, Value v, uint32_t *out) {
  return value_has_flag(v, TYPE_LIST_SUBCLASS) ? signals_from_list(vm, v, out)
                                               : signals_from_mapping(vm, v, out);
}
static bool set_flags(VM *vm, DecimalContext *context, Value v) {
  return set_signals(vm, v, &context->status);
}
static bool set_traps(VM *vm, DecimalContext *context, Value v) {
  return set_signals(vm, v, &context->traps);
}

/* What localcontext() may be told, in the order in which it is looked at. */
static const struct {
  const char *name;
  bool (*set)(VM *vm, DecimalContext *context, Value v);
} attributes[] = {
    {"prec", context_set_prec},
    {"rounding", context_set_rounding},
    {"Emin", context_set_emin},
    {"Emax", context_set_emax},
    {"capitals", context_set_capitals},
    {"clamp", context_set_clamp},
    {"flags", set_flags},
    {"traps", set_traps},
};

/* true: no name is unknown. */
static bool check_names(VM *vm, Dict *kwargs) {
  for (size_t i = 0; i < kwargs->table->used; i++) {
    Value name = dict_entry_at(kwargs->table, i)->key;
    size_t k = 0;
    while (k < ARRAY_COUNT(attributes) && !str_equal_cstr(value_object(name), attributes[k].name))
      k++;
    if (k == ARRAY_COUNT(attributes))
      return raise_false(vm, TYPE_OF(TypeError),
                         "'%S' is an invalid keyword argument for this function", name);
  }
  return true;
}
static bool set_attributes(VM *vm, DecimalContext *context, Dict *kwargs) {
  if (!check_names(vm, kwargs)) return false;
  for (size_t k = 0; k < ARRAY_COUNT(attributes); k++) {
    Str *name = str_intern_cstr(vm, attributes[k].name);
    Value v = name ? dict_get_str(vm, kwargs, name) : VALUE_FAIL;
    if (value_is_fail(v)) return false;
    bool given = v != VALUE_UNBOUND && v != VALUE_NONE;
    if (given && !attributes[k].set(vm, context, v)) return false;
  }
  return true;
}

static Value decimals_localcontext(VM *vm, Value self, const decimals_localcontext_args *a) {
  DecimalContext *global = context_current(vm);
  if (!global) return VALUE_FAIL;
  DecimalContext *from = context_argument(vm, a->ctx);
  DecimalContext *local = from ? context_copy(vm, from) : NULL;
  if (!local) return VALUE_FAIL;
  if (a->kwargs && !set_attributes(vm, local, a->kwargs)) return VALUE_FAIL;
  ContextManager *manager = heap_new_zeroed(vm, SHAPE_OF(decimal_ContextManager), sizeof *manager);
  manager->local = local;
  manager->global = global;
  return value_from(manager);
}

/* ---- the module */

/* DecimalTuple: a named tuple made by the library. */
static bool add_tuple(VM *vm, Module *module) {
  Value collections = import_module(vm, NAME("collections"));
  if (value_is_fail(collections)) return false;
  Value fields =
      PACK(value_from(NAME("sign")), value_from(NAME("digits")), value_from(NAME("exponent")));
  if (value_is_fail(fields)) return false;
  Value class_ =
      call_method2(vm, collections, NAME("namedtuple"), value_from(NAME("DecimalTuple")), fields);
  if (value_is_fail(class_)) return false;
  decimal_state.tuple = class_;
  return type_add(vm, value_object(class_), "__module__", value_from(NAME("decimal"))) &&
         module_add(vm, module, "DecimalTuple", class_);
}

/* Decimal is a numbers.Number, and compares with numbers.Rational. */
static bool join_numbers(VM *vm) {
  Value numbers = import_module(vm, NAME("numbers"));
  if (value_is_fail(numbers)) return false;
  Value number = get_attribute(vm, numbers, NAME("Number"));
  if (value_is_fail(number)) return false;
  Value done = call_method1(vm, number, NAME("register"), value_from(TYPE_OF(decimal_Decimal)));
  decimal_state.rational = get_attribute(vm, numbers, NAME("Rational"));
  return !value_is_fail(done) && !value_is_fail(decimal_state.rational);
}

static bool add_constants(VM *vm, Module *module) {
  for (int i = 0; i < ROUNDING_COUNT; i++) {
    Str *name = str_intern_immortal(vm, rounding_names[i]);
    if (!name || !module_add(vm, module, rounding_names[i], value_from(name))) return false;
  }
  return module_add_int(vm, module, "MAX_PREC", DECIMAL_MAX_PREC) &&
         module_add_int(vm, module, "MAX_EMAX", DECIMAL_MAX_EMAX) &&
         module_add_int(vm, module, "MIN_EMIN", DECIMAL_MIN_EMIN) &&
         module_add_int(vm, module, "MIN_ETINY", DECIMAL_MIN_ETINY) &&
         module_add(vm, module, "HAVE_THREADS", VALUE_TRUE) &&
         module_add(vm, module, "HAVE_CONTEXTVAR", VALUE_TRUE) &&
         module_add_str(vm, module, "__version__", "1.70") &&
         module_add_str(vm, module, "__libmpdec_version__", "2.5.1");
}

/* Imported again, it is filled as the first time: its classes are there once. */
static bool fill_again(VM *vm, Module *module) {
  const DictTable *table = module_dict(value_object(decimal_state.module))->table;
  for (size_t i = 0; i < table->used; i++) {
    const DictEntry *entry = dict_entry_at(table, i);
    if (entry->key == VALUE_UNBOUND || !value_is_str(entry->key)) continue;
    if (!dict_set_str(vm, module_dict(module), value_object(entry->key), entry->value))
      return false;
  }
  return true;
}

static bool init(VM *vm, Module *module) {
  if (decimal_state.module) return fill_again(vm, module);
  decimal_state.module = value_from(module);
  heap_add_root(vm, &decimal_state.module);
  return module_add_type(vm, module, TYPE_OF(decimal_Decimal)) &&
         module_add_type(vm, module, TYPE_OF(decimal_Context)) &&
         decimal_contexts_init(vm, module) && decimal_signals_init(vm, module) &&
         add_tuple(vm, module) && join_numbers(vm) && add_constants(vm, module);
}

const ModuleSpec _decimal_module = {
    .name = "_decimal",
    .doc = "Decimal floating-point and fixed-point arithmetic, natively.",
    NATIVE_FUNCTIONS(decimals_),
    .init = init,
};
