/* bind.c -- binding the arguments of a call to the parameters of a native function, and the
** converters' slow paths.
**
** Law: an entry gets exactly one slot a parameter, VALUE_MISSING for what was not given (VAR: a
** tuple, KWS: a dict or MISSING). Everything that can be wrong with a call is found here, with the
** reference's wording, which depends on the kind of signature: none, one positional, several
** positional, or keywords. */
#include "vm/native/bind.h"

#include "vm/contracts/protocol.h"
#include "vm/objects/float.h"
#include "vm/objects/int.h"
#include "vm/objects/module.h"
#include "vm/objects/tuple.h"

/* ---- names for messages */

static bool class_has_row(const Type *type, const MethodSpec *spec) {
  const ClassSpec *class_spec = type_has(type, TYPE_HEAP) ? NULL : type->spec;
  return class_spec && spec >= class_spec->methods &&
         spec < class_spec->methods + class_spec->nmethods;
}

/* owner_name: the class or module that goes before the function's name ("list", "math"), or
** NULL. */
static const char *owner_name(VM *vm, const MethodSpec *spec, Value self) {
  if (self == VALUE_UNBOUND || self == VALUE_NONE) return NULL;
  if (value_has_flag(self, TYPE_MODULE_SUBCLASS)) {
    Value name = dict_get_str(vm, module_dict(value_object(self)), NAME("__name__"));
    if (!value_is_str(name) || str_equal_cstr(value_object(name), "builtins")) return NULL;
    return str_utf8(vm, value_object(name), NULL);
  }
  if (value_is_type(self) && (spec->flags & METHOD_CLASS))
    return str_utf8(vm, ((Type *)value_object(self))->qualname, NULL);
  Type *type = value_type(self);
  for (Type *t = type; t; t = t->base)
    if (class_has_row(t, spec)) return str_utf8(vm, t->name, NULL);
  return str_utf8(vm, type->name, NULL);
}

/* full_name: "list.append" in `buffer`. */
static const char *full_name(VM *vm, const MethodSpec *spec, Value self, char *buffer,
                             size_t size) {
  const char *owner = owner_name(vm, spec, self);
  if (!owner) return spec->name;
  snprintf(buffer, size, "%s.%s", owner, spec->name);
  return buffer;
}

/* Constructors and __call__ complain in a way of their own. */
static bool is_called_by_class(const MethodSpec *spec) {
  return (spec->flags & (METHOD_NEW | METHOD_CALL)) != 0;
}

static bool is_slot_wrapper(const MethodSpec *spec) { return (spec->flags & METHOD_SLOT) != 0; }

/* said_name: as a function is called in its messages: by its name, a constructor by what its row
** says, else by the built-in class. */
static const char *said_name(VM *vm, const MethodSpec *spec, Value self) {
  if (spec->label) return spec->label;
  if (!is_called_by_class(spec)) return spec->name;
  Type *type = spec->flags & METHOD_SLOT ? value_type(self) : value_object(self);
  while (type_has(type, TYPE_HEAP)) type = type->base;
  return str_utf8(vm, type->name, NULL);
}

/* owns_row: is the row the class's own __init__, or constructor? */
static bool owns_row(const Type *type, const MethodSpec *spec, bool is_init) {
  if (is_init) return class_has_row(type, spec);
  return !type_has(type, TYPE_HEAP) && type->spec->constructor == spec;
}

/* A constructor that takes none lets arguments pass that are meant for a subclass's own __init__
** (or __new__); but those of set, staticmethod and classmethod, which have no signature, refuse
** them for every class. */
static bool others_take(const MethodSpec *spec, Value self) {
  bool is_init = (spec->flags & METHOD_SLOT) != 0;
  if (is_init && spec->flags & METHOD_UNSHOWN) return false;
  Type *type = is_init ? value_type(self) : value_object(self), *owner = type;
  while (owner && !owns_row(owner, spec, is_init)) owner = owner->base;
  int other = is_init ? SPECIAL_new : SPECIAL_init;
  return owner && owner->specials[other] != type->specials[other];
}

/* is_parsed: METHOD_COUNTING and the like, which the reference binds by a format text. */
static bool is_parsed(const MethodSpec *spec) {
  return spec->flags & METHOD_COUNTS && !is_called_by_class(spec) && !is_slot_wrapper(spec);
}

static COLD Value refuse_keywords(VM *vm, const MethodSpec *spec, Value self) {
  char buffer[200];
  if (spec->flags & (METHOD_UNNAMED | METHOD_BARE))
    return raise_type(vm, "%s() takes no keyword arguments", spec->name);
  if (is_called_by_class(spec))
    return raise_type(vm, "%s() takes no keyword arguments", said_name(vm, spec, self));
  if (is_slot_wrapper(spec))
    return raise_type(vm, "wrapper %s() takes no keyword arguments", spec->name);
  return raise_type(vm, "%s() takes no keyword arguments",
                    full_name(vm, spec, self, buffer, sizeof buffer));
}

/* shown_name: as keyword signatures are named in messages: "sorted()"; one without a name is
** "function". */
static const char *shown_name(VM *vm, const MethodSpec *spec, Value self, char *buffer,
                              size_t size) {
  const char *name = said_name(vm, spec, self);
  if (!*name) return "function";
  snprintf(buffer, size, "%s()", name);
  return buffer;
}

/* bound_word: which bound a wrong number of positional arguments breaks. */
static const char *bound_word(const MethodSpec *spec, int npos) {
  if (spec->npos_min == spec->npos_max && !(spec->flags & METHOD_HAS_VAR)) return "";
  return npos < spec->npos_min ? "at least " : "at most ";
}

/* wrong_count_of_new: for constructors without parameters that can be given by keyword. */
static COLD Value wrong_count_of_new(VM *vm, const MethodSpec *spec, Value self, int npos) {
  int min = spec->npos_min, max = spec->npos_max, bound = npos < min ? min : max;
  if (max == 0 && spec->flags & METHOD_NEW)
    return raise_type(vm, "%s() takes no positional arguments", said_name(vm, spec, self));
  return raise_type(vm, "%s expected %s%d argument%s, got %d", said_name(vm, spec, self),
                    bound_word(spec, npos), bound, bound == 1 ? "" : "s", npos);
}

/* wrong_count_given: "f() takes at least 1 argument (0 given)". */
static COLD Value wrong_count_given(VM *vm, const MethodSpec *spec, Value self, int npos) {
  int min = spec->npos_min, max = spec->npos_max, bound = npos < min ? min : max;
  char buffer[200];
  return raise_type(vm, "%s takes %s %d argument%s (%d given)",
                    shown_name(vm, spec, self, buffer, sizeof buffer),
                    min == max   ? "exactly"
                    : npos < min ? "at least"
                                 : "at most",
                    bound, bound == 1 ? "" : "s", npos);
}

static COLD Value wrong_count(VM *vm, const MethodSpec *spec, Value self, int npos) {
  char buffer[200];
  int min = spec->npos_min, max = spec->npos_max;
  bool has_var = (spec->flags & METHOD_HAS_VAR) != 0;
  if (spec->flags & (METHOD_COUNTS | METHOD_UNNAMED))
    return wrong_count_given(vm, spec, self, npos);
  if (is_called_by_class(spec)) return wrong_count_of_new(vm, spec, self, npos);
  if (is_slot_wrapper(spec)) {
    const char *unnamed = max > 1 ? " " : ""; /* the name that should stand there */
    if (min == max)
      return raise_type(vm, "%sexpected %d argument%s, got %d", unnamed, min, min == 1 ? "" : "s",
                        npos);
    return raise_type(vm, "%sexpected at %s %d argument%s, got %d", unnamed,
                      npos < min ? "least" : "most", npos < min ? min : max,
                      (npos < min ? min : max) == 1 ? "" : "s", npos);
  }
  if (!has_var && max == 0)
    return raise_type(vm, "%s() takes no arguments (%d given)",
                      full_name(vm, spec, self, buffer, sizeof buffer), npos);
  if (!has_var && max == 1 && min == 1)
    return raise_type(vm, "%s() takes exactly one argument (%d given)",
                      full_name(vm, spec, self, buffer, sizeof buffer), npos);
  int bound = npos < min ? min : max;
  return raise_type(vm, "%s expected %s%d argument%s, got %d", spec->name, bound_word(spec, npos),
                    bound, bound == 1 ? "" : "s", npos);
}

/* ---- positional-only signatures */

static Value call_positional(VM *vm, const MethodSpec *spec, Value self, const Value *args,
                             int npos) {
  int max = spec->npos_max, n = spec->nparams;
  if (UNLIKELY(npos < spec->npos_min || (npos > max && !(spec->flags & METHOD_HAS_VAR)))) {
    bool meant_for_others = spec->flags & METHOD_NEW && !max && others_take(spec, self);
    if (!meant_for_others) return wrong_count(vm, spec, self, npos);
  }
  Value slots[n + 1];
  int given = npos < max ? npos : max, i = 0;
  for (; i < given; i++) slots[i] = args[i];
  for (; i < n; i++) slots[i] = VALUE_MISSING;
  if (spec->flags & METHOD_HAS_VAR) {
    slots[max] = value_of(tuple_from_values(vm, args + given, (size_t)(npos - given)));
    if (UNLIKELY(slots[max] == VALUE_FAIL)) return VALUE_FAIL;
  }
  return spec->entry(vm, spec, self, slots);
}

/* ---- signatures with keywords */

static int keyword_slots(const MethodSpec *spec) { /* parameters that are neither VAR nor KWS */
  return spec->nparams - ((spec->flags & METHOD_HAS_VAR) != 0) -
         ((spec->flags & METHOD_HAS_KWS) != 0);
}

/* The number of the parameter of this name that may be given by keyword; negative: none. */
static int find_parameter(const MethodSpec *spec, const Str *name) {
  for (int i = 0; i < spec->nparams; i++) {
    const ParamSpec *p = &spec->params[i];
    if ((p->kind == PARAM_PK || p->kind == PARAM_KW) && str_equal_cstr(name, p->name)) return i;
  }
  return -1;
}

static COLD Value too_many(VM *vm, const MethodSpec *spec, Value self, int npos, int nkw) {
  int all = keyword_slots(spec), max = spec->npos_max;
  char buffer[200];
  const char *name = shown_name(vm, spec, self, buffer, sizeof buffer);
  if (npos + nkw > all) {
    return raise_type(vm, "%s takes at most %d %sargument%s (%d given)", name, all,
                      npos == 0 ? "keyword " : "", all == 1 ? "" : "s", npos + nkw);
  }
  if (max == 0) return raise_type(vm, "%s takes no positional arguments", name);
  bool exactly = spec->npos_min == max && !(spec->flags & METHOD_GRADUAL);
  return raise_type(vm, "%s takes %s %d positional argument%s (%d given)", name,
                    exactly ? "exactly" : "at most", max, max == 1 ? "" : "s", npos);
}

static COLD Value refuse_keyword(VM *vm, const MethodSpec *spec, Value self, const Str *name) {
  int i = find_parameter(spec, name);
  char buffer[200];
  const char *shown = shown_name(vm, spec, self, buffer, sizeof buffer);
  if (i >= 0)
    return raise_type(vm, "argument for %s given by name ('%U') and position (%d)", shown, name,
                      i + 1);
  return raise_type(vm, "'%U' is an invalid keyword argument for %s%s", name,
                    *said_name(vm, spec, self) ? "" : "this ", shown);
}

/* store_keywords: named arguments into their slots, unknown ones into *extra. What cannot be stored
** is refused only when nothing required is missing: its name goes to *wrong. */
static bool store_keywords(VM *vm, const MethodSpec *spec, Value *slots, Dict **extra,
                           const Value *args, int npos, Tuple *kwnames, const Str **wrong) {
  for (size_t k = 0; k < tuple_length(kwnames); k++) {
    Str *name = value_object(kwnames->items[k]);
    int i = find_parameter(spec, name);
    if (i >= 0 && !(i < npos && i < spec->npos_max)) {
      slots[i] = args[npos + (int)k];
    } else if (i < 0 && (spec->flags & METHOD_HAS_KWS)) {
      if (!*extra) *extra = dict_new(vm);
      if (!dict_set_str(vm, *extra, name, args[npos + (int)k])) return false;
    } else if (!*wrong || (i >= 0 && find_parameter(spec, *wrong) < 0)) {
      *wrong = name;
    }
  }
  return true;
}

/* converts_so_far: of a row that converts gradually: do the arguments before the first missing one
** convert? Runs no body. */
static bool converts_so_far(VM *vm, const MethodSpec *spec, Value self, const Value *slots) {
  if (!(spec->flags & METHOD_GRADUAL)) return true;
  MethodSpec trial = *spec;
  trial.flags |= METHOD_TRIAL;
  return spec->entry(vm, &trial, self, slots) != VALUE_FAIL || !error_pending(vm);
}

static COLD Value missing_argument(VM *vm, const MethodSpec *spec, Value self, const Value *slots,
                                   int i) {
  char buffer[200];
  if (!converts_so_far(vm, spec, self, slots)) return VALUE_FAIL;
  return raise_type(vm, "%s missing required argument '%s' (pos %d)",
                    shown_name(vm, spec, self, buffer, sizeof buffer), spec->params[i].name, i + 1);
}

static Value call_keywords(VM *vm, const MethodSpec *spec, Value self, const Value *args, int npos,
                           Tuple *kwnames) {
  int n = spec->nparams, nkw = kwnames ? (int)tuple_length(kwnames) : 0, max = spec->npos_max;
  bool has_var = (spec->flags & METHOD_HAS_VAR) != 0, has_kws = (spec->flags & METHOD_HAS_KWS) != 0;
  char buffer[200];
  if (!has_var && npos > max) return too_many(vm, spec, self, npos, nkw);
  if (!has_var && !has_kws && npos + nkw > keyword_slots(spec))
    return too_many(vm, spec, self, npos, nkw);
  int only = 0; /* required positional-only parameters cannot come by name */
  while (only < spec->npos_min && spec->params[only].kind == PARAM_POS) only++;
  if (npos < only)
    return raise_type(vm, "%s takes %s %d positional argument%s (%d given)",
                      shown_name(vm, spec, self, buffer, sizeof buffer),
                      only < max || has_kws ? "at least" : "exactly", only, only == 1 ? "" : "s",
                      npos);
  Value slots[n + 1];
  int given = npos < max ? npos : max;
  for (int i = 0; i < n; i++) slots[i] = i < given ? args[i] : VALUE_MISSING;
  Dict *extra = NULL;
  const Str *wrong = NULL;
  if (kwnames && !store_keywords(vm, spec, slots, &extra, args, npos, kwnames, &wrong))
    return VALUE_FAIL;
  for (int i = 0; i < n; i++) {
    const ParamSpec *p = &spec->params[i];
    if (p->kind == PARAM_VAR) {
      slots[i] = value_of(tuple_from_values(vm, args + given, (size_t)(npos - given)));
      if (slots[i] == VALUE_FAIL) return VALUE_FAIL;
    } else if (p->kind == PARAM_KWS) slots[i] = extra ? value_from(extra) : VALUE_MISSING;
    else if (slots[i] == VALUE_MISSING && !p->optional)
      return missing_argument(vm, spec, self, slots, i);
  }
  if (!wrong) return spec->entry(vm, spec, self, slots);
  return converts_so_far(vm, spec, self, slots) ? refuse_keyword(vm, spec, self, wrong)
                                                : VALUE_FAIL;
}

/* The guard: perf-note 0047. */
Value native_call(VM *vm, const MethodSpec *spec, Value self, const Value *args, int npos,
                  Tuple *kwnames) {
  if (UNLIKELY(!vm_guard_call(vm))) return VALUE_FAIL;
  if (spec->flags & METHOD_RAW) return spec->raw(vm, self, args, npos, kwnames);
  return native_bind_call(vm, spec, self, args, npos, kwnames);
}

/* call_refusing_keywords: keywords are given, the row takes none. */
static COLD Value call_refusing_keywords(VM *vm, const MethodSpec *spec, Value self,
                                         const Value *args, int npos) {
  bool is_new = spec->flags & METHOD_NEW, counts = spec->flags & METHOD_COUNTS;
  bool wrong_count_first = npos && spec->npos_max == 0 && !(spec->flags & METHOD_HAS_VAR);
  if (is_new && (wrong_count_first || counts || others_take(spec, self)))
    return call_positional(vm, spec, self, args, npos);
  return refuse_keywords(vm, spec, self);
}

Value native_bind_call(VM *vm, const MethodSpec *spec, Value self, const Value *args, int npos,
                       Tuple *kwnames) {
  bool takes_keywords = spec->flags & (METHOD_HAS_KEYWORDS | METHOD_HAS_KWS);
  if (LIKELY(!kwnames) || tuple_length(kwnames) == 0) {
    if (LIKELY(npos == spec->nparams && npos == spec->npos_max && !(spec->flags & METHOD_HAS_VAR)))
      return spec->entry(vm, spec, self, args);
    if (!takes_keywords) return call_positional(vm, spec, self, args, npos);
    kwnames = NULL;
  } else if (!takes_keywords) {
    return call_refusing_keywords(vm, spec, self, args, npos);
  }
  return call_keywords(vm, spec, self, args, npos, kwnames);
}

Value native_entry_by_raw(VM *vm, const MethodSpec *spec, Value self, const Value *args) {
  return spec->raw(vm, self, args, spec->nparams, NULL);
}

/* ---- converters */

static const char *name_in_conversions(const MethodSpec *spec) {
  return spec->label ? spec->label : spec->name;
}

bool convert_fail(VM *vm, Value v, const char *expected, const MethodSpec *spec, int i) {
  const char *given = v == VALUE_NONE ? "None" : str_utf8(vm, value_type(v)->name, NULL);
  if (!spec) return raise_type(vm, "argument must be %s, not %s", expected, given), false;
  bool is_numbered = spec->params[i].kind == PARAM_POS || spec->flags & METHOD_GRADUAL;
  if (!is_numbered)
    return raise_type(vm, "%s() argument '%s' must be %s, not %s", name_in_conversions(spec),
                      spec->params[i].name, expected, given),
           false;
  if (spec->nparams == 1 && !(spec->flags & METHOD_GRADUAL) && !is_parsed(spec))
    return raise_type(vm, "%s() argument must be %s, not %s", name_in_conversions(spec), expected,
                      given),
           false;
  return raise_type(vm, "%s() argument %d must be %s, not %s", name_in_conversions(spec), i + 1,
                    expected, given),
         false;
}

bool convert_index_slow(VM *vm, Value v, int64_t *out, const MethodSpec *spec, int i) {
  Value n;
  if (!value_index(vm, v, &n)) return false;
  if (int_to_int64(n, out)) return true;
  return raise_false(vm, TYPE_OF(OverflowError), "Python int too large to convert to C ssize_t");
}

bool convert_long_slow(VM *vm, Value v, int64_t *out) { return value_long(vm, v, out); }

bool convert_times_slow(VM *vm, Value v, int64_t *out) {
  Value n;
  if (!value_index(vm, v, &n)) return false;
  if (int_to_int64(n, out)) return true;
  return raise_false(vm, TYPE_OF(OverflowError), "cannot fit '%.200T' into an index-sized integer",
                     v);
}

/* The int behind v: false also when it has no 64 bits, then *is_wide and nothing is pending. */
static bool read_int64(VM *vm, Value v, int64_t *out, bool *is_wide) {
  *is_wide = false;
  if (value_is_int(v)) return *out = value_as_int(v), true;
  Value index;
  if (!value_index(vm, v, &index)) return false;
  *is_wide = !int_to_int64(index, out);
  return !*is_wide;
}

bool convert_int_slow(VM *vm, Value v, int *out, const MethodSpec *spec, int i) {
  int64_t n;
  bool is_wide;
  if (!read_int64(vm, v, &n, &is_wide) && !is_wide) return false;
  if (is_wide || n > INT32_MAX || n < INT32_MIN)
    return raise_false(vm, TYPE_OF(OverflowError), "Python int too large to convert to C int");
  *out = (int)n;
  return true;
}

bool convert_format_int_slow(VM *vm, Value v, int *out, const MethodSpec *spec, int i) {
  int64_t n;
  bool is_wide;
  if (!read_int64(vm, v, &n, &is_wide))
    return is_wide &&
           raise_false(vm, TYPE_OF(OverflowError), "Python int too large to convert to C long");
  if (n > INT32_MAX || n < INT32_MIN)
    return raise_false(vm, TYPE_OF(OverflowError),
                       n > 0 ? "signed integer is greater than maximum"
                             : "signed integer is less than minimum");
  *out = (int)n;
  return true;
}

bool convert_bool_slow(VM *vm, Value v, bool *out) {
  Answer truth = value_truth(vm, v);
  *out = truth == ANSWER_YES;
  return truth >= 0;
}

bool convert_double_slow(VM *vm, Value v, double *out, const MethodSpec *spec, int i) {
  return value_to_double(vm, v, out);
}
